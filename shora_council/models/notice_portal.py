from odoo import api, fields, models

from .notice_recipient import SERVED


class ShoraNoticeRecipient(models.Model):
    """The portal as a channel of the written notice (5-1).

    Dispatch counts, not receipt: a row is served with the publication on the portal, which is the dispatch itself.
    That the member opened it is recorded beside, as proof, and changes nothing about being in time.
    """

    _name = "shora.notice.recipient"
    _inherit = "shora.notice.recipient"

    @api.model
    def _channels_of(self, partners, session):
        channels = super()._channels_of(partners, session)
        for partner in partners.sudo().user_ids.filtered("active").partner_id:  # whether there is a login, not whose
            channels[partner.sudo(False)].append("portal")
        return channels

    def _publish(self):
        """With the dispatch the notice stands on the portal: the members' pages show dispatched notices only."""
        rows = self.filtered(lambda row: row.channel == "portal" and row.state == "planned")._as_system()
        for at, published in rows.grouped(lambda row: row.notice_id.dispatched_at).items():
            published._store_facts({"sent_at": at})
        rows.write({"state": "sent"})

    def _sent_blockers(self):
        if self.state == "planned" and self.channel != "portal":
            return [self._refusal(self.session_id._notice_rule(), self.env._("Only the portal serves by publication."))]
        return []

    @api.model
    def _record_opened(self, session, partner):
        """``partner`` has opened the page of ``session`` on the portal; the first time is kept, twice is once.

        :return: the row that says so, empty when the notice did not go to this person by the portal
        """
        rows = self.sudo().search(  # the member may not read rows; it is the fact of opening that is written
            [
                ("session_id", "in", session.ids),
                ("notice_id.state", "=", "dispatched"),
                ("partner_id", "in", partner.ids),
                ("channel", "=", "portal"),
                ("state", "in", tuple(SERVED)),
            ]
        )
        fresh = rows.filtered(lambda row: row.state == "sent")
        if fresh:
            fresh._as_system().write({"state": "opened"})
        return rows

    def _opened_values(self):
        return {"opened_at": fields.Datetime.now()}

    def _opened_blockers(self):
        if self.channel != "portal":
            return [self._refusal(self.session_id._notice_rule(), self.env._("Only the portal records an opening."))]
        return []
