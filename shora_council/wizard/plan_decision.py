from odoo import api, fields, models


class ShoraPlanDecision(models.TransientModel):
    """The President's decision on an annual plan or an amendment, as he or his office records it (5-4)."""

    _name = "shora.plan.decision"
    _description = "Decision on an annual plan"

    plan_id = fields.Many2one("shora.annual.plan", ondelete="cascade", string="Annual plan")
    amendment_id = fields.Many2one("shora.annual.plan.amendment", ondelete="cascade")
    verdict = fields.Selection([("confirmed", "Confirm"), ("draft", "Return")], required=True, default="confirmed")
    day = fields.Date(
        required=True, default=lambda self: self.env["shora.council"]._today(), string="Day of the decision"
    )
    note = fields.Text(string="Marginal note")
    reason = fields.Text(string="Reason of the return")
    scan = fields.Binary()
    scan_name = fields.Char()

    @api.model
    def _dialog(self, record, verdict):
        record.ensure_one()
        link = "plan_id" if record._name == "shora.annual.plan" else "amendment_id"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Confirm") if verdict == "confirmed" else self.env._("Return"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{link}": record.id, "default_verdict": verdict},
        }

    def action_confirm(self):
        """Record the decision; the judge of the record says whether it may be.

        :raises UserError: no right to decide, a day in the future or before the council's approval, no reason
        """
        self.ensure_one()
        values = {
            "decision_day": self.day,
            "decision_note": self.note,
            "decision_scan": self.with_context(bin_size=False).scan,
            "decision_scan_name": self.scan_name,
        }
        if self.verdict == "draft":
            values["return_reason"] = self.reason
        (self.plan_id or self.amendment_id).write({"state": self.verdict, **values})
