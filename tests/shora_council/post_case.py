"""A council whose ex-officio seats go with posts: one kept by HR, the others recorded by letter."""

from odoo.tools import SQL

from tests.common import ShoraCase, tehran

TODO = "shora_council.activity_new_decree"
RULES = {"A1": "ends", "A3": "decree", "A4": "decree"}


class PostCase(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for seat in cls.council.seat_ids.filtered(lambda s: s.code in RULES):
            seat.write({"post_rule": RULES[seat.code], "clause_code": f"4-{seat.code}"})
        cls.a1, cls.a2, cls.a3, cls.a4 = cls.council.seat_ids[:4]
        cls.job = cls.env["hr.job"].create({"name": "Deputy"})
        cls.other_job = cls.env["hr.job"].create({"name": "Clerk"})
        with tehran("2026-09-01 08:00"):
            cls.deputy = cls.hire("Deputy one", cls.people["A3"], cls.job, "2026-08-01")
            cls.a3.job_id = cls.job

    @classmethod
    def hire(cls, name, partner, job, since):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "work_contact_id": partner.id,
                "job_id": job.id,
                "date_version": since,
                "company_id": cls.env.company.id,
            }
        )

    def record(self, seat, holder, since="2026-11-23", user=None, letter="100/1"):
        dialog = self.env["shora.post.change"].with_user(user or self.office)
        dialog.create(
            {"seat_id": seat.id, "holder_id": holder.id if holder else False, "since": since, "letter": letter}
        ).action_confirm()
        self.env.invalidate_all()

    def findings(self, seat):
        domain = [("code", "=", "post_changed"), ("res_id", "=", seat.id), ("state", "=", "open")]
        return self.env["shora.finding"].search(domain)

    def todos(self, seat):
        kind = self.env.ref(TODO)
        return self.env["mail.activity"].search([("res_id", "=", seat.id), ("activity_type_id", "=", kind.id)])

    def member(self, seat):
        return seat.membership_ids.filtered(lambda m: m.state == "current")

    def age(self, employee):
        """What was entered in HR long ago: tests live in one transaction, where everything looks new."""
        self.env.flush_all()
        self.cr.execute(
            SQL("UPDATE hr_version SET create_date = '2026-01-01' WHERE employee_id IN %s", tuple(employee.ids))
        )
        self.env.invalidate_all()
