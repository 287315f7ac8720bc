from odoo import api, fields, models
from odoo.exceptions import UserError


class ShoraMinutesReturn(models.TransientModel):
    """Asks the Secretariat what is wanting in the minutes, and until when it is answered (5-5)."""

    _name = "shora.minutes.return"
    _description = "Return minutes with defects"

    minutes_id = fields.Many2one("shora.minutes", required=True, ondelete="cascade")
    line_ids = fields.One2many("shora.minutes.return.line", "return_id", string="Defects")
    due = fields.Date(
        required=True, compute="_compute_due", store=True, precompute=True, readonly=False, string="Answer due"
    )
    note = fields.Text()

    @api.depends("minutes_id")
    def _compute_due(self):
        """The days of 5-5 once more, unless the Secretariat says otherwise; asked for where the by-law sets none."""
        today = self.env["shora.council"]._today()
        for wizard in self:
            days = wizard.minutes_id.session_id._minutes_days()
            wizard.due = fields.Date.add(today, days=days) if days else False

    @api.model
    def _dialog(self, minutes):
        minutes.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return with defects"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_minutes_id": minutes.id},
        }

    def action_confirm(self):
        """
        :raises UserError: no defect is named, or the answer would be due before today
        """
        self.ensure_one()
        if self.due < self.env["shora.council"]._today():
            raise UserError(self.env._("The answer cannot be due before today."))
        defects = [name.strip() for name in self.line_ids.mapped("name") if (name or "").strip()]
        self.minutes_id._return_with(defects, self.due, self.note)


class ShoraMinutesReturnLine(models.TransientModel):
    _name = "shora.minutes.return.line"
    _description = "Defect to be named"

    return_id = fields.Many2one("shora.minutes.return", required=True, ondelete="cascade")
    name = fields.Char(required=True, string="Defect")
