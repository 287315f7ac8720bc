from odoo import api, fields, models
from odoo.exceptions import UserError


class ShoraPlanAgenda(models.TransientModel):
    """Puts lines of the annual plan, or the plan itself for approval, on the agenda of a coming session (5-4)."""

    _name = "shora.plan.agenda"
    _description = "From the annual plan to an agenda"

    plan_id = fields.Many2one("shora.annual.plan", ondelete="cascade", string="Plan to approve")
    amendment_id = fields.Many2one("shora.annual.plan.amendment", ondelete="cascade", string="Amendment to approve")
    council_id = fields.Many2one("shora.council", required=True, ondelete="cascade")
    session_id = fields.Many2one(
        "shora.session",
        required=True,
        ondelete="cascade",
        domain="[('council_id', '=', council_id), ('state', 'in', ('draft', 'scheduled', 'invited'))]",
    )
    line_ids = fields.Many2many("shora.annual.plan.line", string="Lines")

    @api.model
    def _dialog(self, record):
        """For the approval of a plan or an amendment."""
        record.ensure_one()
        link = "plan_id" if record._name == "shora.annual.plan" else "amendment_id"
        return self._asked(record.council_id, {f"default_{link}": record.id})

    @api.model
    def _dialog_of_lines(self, lines, plan=None, session=None):
        council = (plan or session).council_id
        if not lines:
            raise UserError(self.env._("No line of a plan in execution waits to be put on an agenda."))
        return self._asked(council, {"default_line_ids": [(6, 0, lines.ids)]}, session)

    @api.model
    def _asked(self, council, context, session=None):
        session = session or council.next_session_id.filtered(lambda one: one.state in ("scheduled", "invited"))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put on an agenda"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_council_id": council.id, "default_session_id": session.id, **context},
        }

    def action_confirm(self):
        """
        :return: the session, where its agenda is seen
        :raises UserError: the session takes no items any more, or the plan is not at that step
        """
        self.ensure_one()
        record = self.plan_id or self.amendment_id
        if record:
            self.session_id._take_for_approval(record)
        else:
            self.session_id._take_lines(self.line_ids)
        return self.session_id._get_records_action()
