from odoo import models


class ShoraNotice(models.Model):
    """What the dispatch of a notice asks of its channels, and does by each of them (5-1)."""

    _name = "shora.notice"
    _inherit = "shora.notice"

    def _dispatched_blockers(self):
        return super()._dispatched_blockers() + self._channel_blockers()

    def _channel_blockers(self):
        rule = self.session_id._notice_rule() or self.session_id.council_id._rule("notice_days", self.session_id.day)
        by_portal = self.recipient_ids.filtered(lambda row: row.channel == "portal").partner_id
        without = by_portal - by_portal.sudo().user_ids.filtered("active").partner_id  # whether, not whose
        if not without:
            return []
        names = self.env["shora.words"]._join(without.mapped("name"))
        return [self._refusal(rule, self.env._("No access to the portal: %(names)s. Choose paper.", names=names))]

    def _on_dispatched(self):
        self.recipient_ids._publish()
        return super()._on_dispatched()
