from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali, reader
from odoo.fields import Domain

#: what decides whether the employee counts, and as whom; ``user_id`` brings its own contact along
WATCHED = {"active", "work_contact_id", "user_id"}


class HrEmployee(models.Model):
    """Council memberships of employees, for HR alone; and the holders of posts follow archiving and contacts."""

    _name = "hr.employee"
    _inherit = "hr.employee"

    # Linked to the person, not to the employee: memberships outlive employment (article 4).
    shora_membership_ids = fields.Many2many(
        "shora.membership",
        compute="_compute_shora_membership_ids",
        string="Council memberships",
        groups="hr.group_hr_user",
    )
    shora_membership_count = fields.Integer(
        compute="_compute_shora_membership_ids", string="Memberships in councils", groups="hr.group_hr_user"
    )

    @api.depends("work_contact_id")
    def _compute_shora_membership_ids(self):
        members = self.env["shora.membership"].search(
            Domain("partner_id", "in", self.work_contact_id.ids) & Domain("state", "!=", "void")
        )
        by_partner = members.grouped("partner_id")
        for employee in self:
            own = by_partner.get(employee.work_contact_id, members.browse())
            employee.shora_membership_ids = own
            employee.shora_membership_count = len(own)

    @api.depends_context("lang")
    def _compute_birthday_public_display_string(self):
        """Stock writes day and month through ``strftime``: Gregorian and in English whatever the language."""
        super()._compute_birthday_public_display_string()
        if not reader.reads_jalali(self.env):
            return
        for employee in self:
            if employee.birthday and employee.birthday_public_display:
                _year, month, day = jalali.to_jalali(employee.birthday)
                employee.birthday_public_display_string = jalali.persian_digits(f"{day} {jalali.MONTHS[month - 1]}")

    def action_open_shora_memberships(self):
        """The memberships of this employee's person, with the reader's own rights."""
        self.ensure_one()
        return self.work_contact_id._action_shora_memberships()

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        seats = self.env["shora.seat"]._tied_to_employees(employees)
        if seats:
            seats._sync_posts()
        return employees

    def write(self, vals):
        result = super().write(vals)
        if WATCHED & vals.keys():
            seats = self.env["shora.seat"]._tied_to_employees(self)
            if seats:
                seats._sync_posts()
        return result

    def unlink(self):
        seats = self.env["shora.seat"]._tied_to_employees(self)
        result = super().unlink()
        if seats:
            seats._sync_posts()
        return result
