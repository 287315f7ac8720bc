from odoo import api, fields, models


class ShoraDemo(models.AbstractModel):
    """The posts behind the ex-officio seats: one kept by HR, two recorded by letter."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    @api.model
    def _build(self):
        result = super()._build()
        self._build_posts(self.env.ref("shora_council.council_irud"))
        return result

    def _build_posts(self, council):
        seats = {seat.code: seat for seat in council.seat_ids}
        first = fields.Date.subtract(council._today(), days=400)
        job = self.env["hr.job"].create({"name": "معاون برنامه‌ریزی مرکز", "company_id": council.company_id.id})
        self.env["hr.employee"].create(
            {
                "name": self._partner("a3").name,
                "work_contact_id": self._partner("a3").id,
                "job_id": job.id,
                "date_version": first,
                "company_id": council.company_id.id,
            }
        )
        seats["A3"].job_id = job
        for code, name in (("A1", "a1"), ("A4", "a4")):
            self._as("office", self.env["shora.post.change"]).create(
                {"seat_id": seats[code].id, "holder_id": self._partner(name).id, "since": first, "letter": "۱۰۰/۲۳۴۵"}
            ).action_confirm()
