from odoo import fields, models
from odoo.exceptions import UserError


class ShoraAgendaItem(models.Model):
    """A member's proposal is answered: put on the agenda, or declined with its reason; the proposer is told."""

    _name = "shora.agenda.item"
    _inherit = "shora.agenda.item"

    _fields_with_state = {"withdrawn": ("withdraw_reason",)}

    withdraw_reason = fields.Text(string="Reason of the refusal", copy=False)

    def _is_proposal(self):
        """A member's proposal that still waits for its answer; one carried to a later session goes on waiting there."""
        return self.source == "member" and self.state == "proposed" and not self.carried_to_id

    def _withdrawn_blockers(self):
        if self._is_proposal() and not (self.withdraw_reason or "").strip():
            return [self.env._("Give the reason of the refusal; the member who proposed the item is told.")]
        return []

    def write(self, vals):
        if "proposer_id" in vals:
            self._check_proposer_stays()
        new = vals.get("state")
        answered = (
            self.filtered(lambda item: item._is_proposal()) if new in ("accepted", "withdrawn") else self.browse()
        )
        result = super().write(vals)
        for item in answered.filtered(lambda item: not item.carried_to_id):
            item._tell_proposer()
        return result

    def _check_proposer_stays(self):
        """
        :raises UserError: one of the items is a member's own proposal
        """
        if "member" in self.mapped("source"):
            raise UserError(self.env._("Who proposed a member's item is a fact; it stays with the item."))

    def _tell_proposer(self):
        self.ensure_one()
        proposer = self.sudo().proposer_id  # a member whose contact the secretary need not read
        if not proposer or proposer == self.env.user.partner_id:
            return
        self._tell_readers(
            proposer,
            lambda told: told._answer_to_proposer(),
            name=lambda told: told.name,
            email_layout_xmlid="mail.mail_notification_light",
        )

    def _answer_to_proposer(self):
        session = self.session_id.display_name
        if self.state == "accepted":
            return self.env._("“%(item)s” is on the agenda of %(session)s.", item=self.name, session=session)
        return self.env._(
            "“%(item)s” was not put on the agenda of %(session)s: %(reason)s",
            item=self.name,
            session=session,
            reason=self.withdraw_reason,
        )
