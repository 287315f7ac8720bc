from odoo import fields, models
from odoo.fields import Domain

from .council_roles import SECRETARIAT


class ShoraFinding(models.Model):
    """The Secretariat as a department of its own, directly under the President, with a head; nobody in it who is a
    council's secretary (5-8). Kept with the coordination body, which is the Secretariat's.
    """

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[
            ("secretariat_missing", "The Secretariat is no department in HR"),
            ("secretariat_not_direct", "The Secretariat is not directly under the President"),
            ("secretariat_vacant", "The Secretariat has no head"),
            ("secretariat_conflict", "A council's secretary is of the Secretariat"),
        ],
        ondelete={
            "secretariat_missing": "cascade",
            "secretariat_not_direct": "cascade",
            "secretariat_vacant": "cascade",
            "secretariat_conflict": "cascade",
        },
    )

    def _joint_expectations(self):
        return [*super()._joint_expectations(), self._expect_secretariat]

    def _expect_secretariat(self, bodies):
        found = {}
        today = bodies._today()
        for body in bodies:
            if not body._councils_of_body():
                continue  # nothing to be the Secretariat of
            department = body.secretariat_department_id
            if not department:
                found[body.id, "secretariat_missing", body._name, body.id] = self._by_5_8(body, "admin", "info", today)
            else:
                for code in self._wrong_with(body, department):
                    key = (body.id, code, department._name, department.id)
                    found[key] = self._by_5_8(body, "hr", "warn", today)
            for partner in body._both_posts():
                key = (body.id, "secretariat_conflict", partner._name, partner.id)
                found[key] = self._by_5_8(body, "hr", "warn", today)
        return found

    def _wrong_with(self, body, department):
        """Codes of what 5-8 does not find in this department."""
        above = department.parent_id.manager_id
        presidents = self.env["res.users"]._shora_users_with_role("president", body.company_id)
        under_president = above.active and above.user_id and above.user_id in presidents
        # Managed by the President himself it would be his own department, not one under him.
        own = department.manager_id.user_id not in presidents
        if not under_president or not own or not department.active:
            yield "secretariat_not_direct"
        if not body._entitled_by(department)[0]:
            yield "secretariat_vacant"

    def _by_5_8(self, body, actor, severity, since):
        return {
            "clause_id": body._clause_5_8().id,
            "severity": severity,
            "actor": actor,
            "date_since": since,
        }


class ShoraCouncil(models.Model):
    _name = "shora.council"
    _inherit = "shora.council"

    def _both_posts(self):
        """Who is a council's secretary today and, by department or where none is named by group, of the Secretariat."""
        self.ensure_one()
        users = self.env["res.users"].sudo()
        department = self.sudo().secretariat_department_id
        if department:
            users = users.browse(department._shora_users_today()) | self._manager_user(department)
        else:
            users = users.search(
                Domain("all_group_ids", "in", self.env.ref(SECRETARIAT).ids)
                & Domain("company_ids", "in", self.company_id.ids)
                & Domain("share", "=", False)
            )
        return self._secretaries_among(users.filtered("active")).partner_id
