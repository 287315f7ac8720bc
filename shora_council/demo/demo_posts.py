from datetime import timedelta

from odoo import models

#: days back of the day on which another person came to head the international centre (4-A4)
CHANGED = 9


class ShoraDemo(models.AbstractModel):
    """The posts behind the ex-officio seats: one kept by HR, two recorded by letter, one that changed hands."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _subjects(self):
        return [*super()._subjects(), self._diary_of_posts]

    def _diary_of_posts(self, councils):
        council = councils.filtered(lambda one: one.code == "IRUD")
        founded, changed = self._founded(council), self._ago(council, CHANGED)
        return [
            (founded - timedelta(days=2), 9, lambda: self._make_posts(council)),
            (changed, 10, lambda: self._record_post(council, "A4", "p2", "۱۰۰/۸۷۶۵")),
        ]

    def _make_posts(self, council):
        job = self.env["hr.job"].create({"name": "معاون برنامه‌ریزی مرکز", "company_id": council.company_id.id})
        self.env["hr.employee"].create(
            {
                "name": self._partner("a3").name,
                "work_contact_id": self._partner("a3").id,
                "job_id": job.id,
                "date_version": council._today(),
                "company_id": council.company_id.id,
            }
        )
        council.seat_ids.filtered(lambda seat: seat.code == "A3").job_id = job
        for code, name in (("A1", "a1"), ("A4", "a4")):
            self._record_post(council, code, name, "۱۰۰/۲۳۴۵")

    def _record_post(self, council, code, name, letter):
        seat = council.seat_ids.filtered(lambda one: one.code == code)
        self._as("office", self.env["shora.post.change"]).create(
            {"seat_id": seat.id, "holder_id": self._partner(name).id, "since": council._today(), "letter": letter}
        ).action_confirm()
