from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.uninstall import is_uninstalling


class ShoraMinutesAddendumLine(models.Model):
    """One corrected attendance of an addendum (5-6 reads the corrected row)."""

    _name = "shora.minutes.addendum.line"
    _description = "Corrected attendance"

    addendum_id = fields.Many2one("shora.minutes.addendum", required=True, index=True, ondelete="cascade")
    session_id = fields.Many2one(related="addendum_id.session_id")
    council_id = fields.Many2one(related="addendum_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    attendance_id = fields.Many2one(
        "shora.attendance",
        required=True,
        ondelete="restrict",
        domain="[('session_id', '=', session_id)]",
    )
    status_from = fields.Selection(
        # in the words, and so in the language, of the attendance sheet
        lambda self: self.env["shora.attendance"]._fields["status"]._description_selection(self.env),
        compute="_compute_status_from",
        store=True,
        string="Was",
    )
    status_to = fields.Selection(
        [("present", "Present"), ("late", "Present, late"), ("absent", "Absent"), ("excused", "Absent, excused")],
        required=True,
        string="Is",
    )

    @api.depends("attendance_id")
    def _compute_status_from(self):
        for line in self:
            line.status_from = line.attendance_id.status

    @api.depends("attendance_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.attendance_id.partner_id.name

    @api.constrains("attendance_id", "addendum_id")
    def _check_session(self):
        for line in self:
            if line.attendance_id.session_id != line.addendum_id.session_id:
                raise ValidationError(
                    self.env._("(Clause 5-5) An addendum corrects the attendance of its own session.")
                )

    def _check_addendum_open(self):
        """
        :raises UserError: the addendum is signed
        """
        self.addendum_id._claim()
        if any(line.addendum_id.state != "draft" for line in self):
            raise UserError(self.env._("(Clause 5-5) A signed addendum is not changed; write another one."))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_addendum_open()
        return lines

    def write(self, vals):
        if "addendum_id" in vals and any(line.addendum_id.id != vals["addendum_id"] for line in self):
            raise UserError(self.env._("(Clause 5-5) A corrected attendance keeps its addendum."))
        self._check_addendum_open()
        result = super().write(vals)
        self._check_addendum_open()
        return result

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        self._check_addendum_open()
