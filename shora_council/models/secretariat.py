from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .council_roles import HEAD


class ShoraCouncil(models.Model):
    """The Secretariat as a department of its own, directly under the President (5-8).

    The coordination body names the department. From then on the rights follow the posts: the head is the department's
    manager, the staff its employees, those of its sections too, by the version of the employee in force today. A
    council's secretary has no rights in it: whoever holds both posts gets none, and a finding says so; neither the
    decree nor the department is refused, for both are lawful acts of others. Where no department is named, rights stay
    with whoever was given the groups by hand.
    """

    _name = "shora.council"
    _inherit = "shora.council"

    secretariat_department_id = fields.Many2one(
        "hr.department",
        string="Department of the Secretariat",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )
    secretariat_effect = fields.Text(
        compute="_compute_secretariat_effect",
        string="Rights by this department",
        groups="shora_council.group_shora_admin,shora_council.group_shora_secretariat_head",
    )

    may_configure = fields.Boolean(compute="_compute_may_configure")

    @api.depends_context("uid")
    def _compute_may_configure(self):
        self.may_configure = self.env.user.has_group("shora_council.group_shora_admin")

    @api.constrains("secretariat_department_id")
    def _check_secretariat_department(self):
        for council in self:
            department = council.sudo().secretariat_department_id
            if department and not council.is_coordination:
                raise ValidationError(
                    self.env._("The joint meeting of secretaries names the Secretariat's department.")
                )
            if department.company_id and department.company_id != council.company_id:
                raise ValidationError(
                    self.env._("“%(department)s” belongs to another company.", department=department.name)
                )

    def write(self, vals):
        result = super().write(vals)
        if "secretariat_department_id" in vals:
            self.env["res.users"]._shora_sync_secretariat()
        return result

    @api.depends("secretariat_department_id")
    @api.depends_context("lang")
    def _compute_secretariat_effect(self):
        """Said before the department is stored: who is who by it, and who would lose what was given by hand."""
        join = self.env["shora.words"]._join
        for council in self:
            department = council.secretariat_department_id
            if not council.is_coordination or not department:
                council.secretariat_effect = False
                continue
            body = council._origin.sudo() or council.sudo()
            heads, staff = body._entitled_by(department.sudo())
            none = self.env._("nobody")
            lines = [
                self.env._("Head: %(names)s", names=join(heads.mapped("name")) or none),
                self.env._("Staff: %(names)s", names=join((staff - heads).mapped("name")) or none),
            ]
            losing = body.env["res.users"]._shora_holders() - heads - staff
            losing = losing.filtered(lambda user, body=body: user.company_ids <= body.company_id)
            if losing:
                lines.append(self.env._("Lose their rights: %(names)s", names=join(losing.mapped("name"))))
            council.secretariat_effect = "\n".join(lines)

    # --- who is who ---

    def _clause_5_8(self):
        """The clause on the Secretariat in the by-law of the company's councils; empty where none has it."""
        return self._clause_of_councils("5-8")

    def _cited_by_5_8(self, text):
        clause = self._clause_5_8()
        return f"({clause.citation}) {text}" if clause else text

    def _secretaries_among(self, users):
        """Those of ``users`` who are secretary or acting secretary of a council of these bodies' companies today."""
        if not users:
            return users
        Decree = self.env["shora.decree"].sudo()  # who is secretary is no secret of the decree's
        decrees = Decree.search(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("partner_id", "in", users.sudo().partner_id.ids)
            & Decree._domain_of_secretaries(self._today())
        )
        return users.filtered(lambda user: user.sudo().partner_id in decrees.partner_id)

    def _manager_user(self, department):
        """The user of the department's manager: an active employee with an active user inside the house."""
        manager = department.sudo().manager_id.filtered("active")
        return manager.user_id.filtered(lambda user: user.active and not user.share)

    def _entitled_by(self, department):
        """(heads, staff) of the Secretariat by ``department`` today; superuser mode."""
        self.ensure_one()
        users = self.env["res.users"].sudo()
        heads = users.browse(self._manager_user(department).ids)
        staff = users.browse(department._shora_users_today()).filtered(lambda user: user.active and not user.share)
        both = self._secretaries_among(heads | staff)
        return heads - both, (heads | staff) - both

    def _secretariat_head(self):
        """The user who is head of the Secretariat today: of the department, or where none is named whoever holds the
        group; empty when there is none, or more than one and none of them asks.
        """
        self.ensure_one()
        body = self.sudo()  # who is head is no secret
        department = body.secretariat_department_id
        if department:
            return body._entitled_by(department)[0]
        group = self.env.ref(HEAD)
        heads = body.env["res.users"].search(
            Domain("all_group_ids", "in", group.ids)
            & Domain("share", "=", False)
            & Domain("company_ids", "in", body.company_id.ids)
        )
        heads -= body._secretaries_among(heads)
        return heads & self.env.user or (heads if len(heads) == 1 else heads.browse())


class HrDepartment(models.Model):
    """A department that is the Secretariat's takes the rights of its people along (5-8)."""

    _name = "hr.department"
    _inherit = "hr.department"

    def _shora_users_today(self):
        """Ids of the users whose employee works in these departments, or in one of their sections, on the Tehran day of
        today, by the version of the employee in force; one query.
        """
        today = self.env["shora.council"]._today()
        if not self.ids:
            return []
        departments = self.sudo().with_context(active_test=False).search([("id", "child_of", self.ids)])
        self.env["hr.version"].flush_model(["employee_id", "department_id", "date_version", "active", "departure_date"])
        self.env["hr.employee"].flush_model(["active", "user_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.user_id
                  FROM hr_employee e
                  JOIN LATERAL (SELECT v.department_id, v.departure_date FROM hr_version v
                                 WHERE v.employee_id = e.id AND v.active AND v.date_version <= %(today)s
                                 ORDER BY v.date_version DESC LIMIT 1) now ON TRUE
                 WHERE e.active AND e.user_id IS NOT NULL AND now.department_id IN %(departments)s
                   AND (now.departure_date IS NULL OR now.departure_date >= %(today)s)
                """,
                today=today,
                departments=tuple(departments.ids),
            )
        )
        return [user for (user,) in rows]
