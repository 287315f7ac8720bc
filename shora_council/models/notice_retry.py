from odoo import api, fields, models

from ..tools.smtp_phase import REFUSED


class ShoraNoticeRecipient(models.Model):
    """Letters that the mail server did not take are tried again (5-1): by the secretary, or by the hourly job."""

    _name = "shora.notice.recipient"
    _inherit = "shora.notice.recipient"

    def action_retry(self):
        """Give failed letters to the mail server once more, by the secretary's decision."""
        rows = self.filtered(lambda row: row.channel == "email" and row.state == "failed")
        rows.write({"state": "queued"})
        rows._requeue()
        rows._watch()

    def _requeue(self):
        for row in self._as_system():
            if row.mail_id:
                row.mail_id.mark_outgoing()
            else:  # somebody deleted the mail from the queue
                row._queue(row.notice_id._letter(), row.notice_id.document_ids._mail_copies())
        self._wake_mail_queue()

    @api.model
    def _cron_retry_mails(self):
        """Letters that the server did not take are tried again, hourly, until the session begins; Odoo's queue never
        retries them. Not tried again: a refused address, a letter nobody knows the fate of, and one that
        somebody cancelled.
        """
        self._find_orphans()
        rows = self.search(
            [
                ("state", "=", "failed"),
                ("failure_kind", "in", ("temporary", False)),
                ("session_id.start", ">", fields.Datetime.now()),
            ]
        )
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(rows))
        for row in rows:
            if row.try_lock_for_update():
                row._as_system().write({"state": "queued"})
                row._requeue()
            if not progress(1):
                break
        self._retry_changes()
        self.env["mail.mail"]._retry_told()
        self._wake_mail_queue()
        self.env["shora.session"]._watch_unreached()

    @api.model
    def _find_orphans(self):
        """Rows that wait for a mail which is not in the queue any more say so."""
        rows = self.search([("state", "=", "queued"), ("channel", "=", "email")])
        orphans = rows.filtered(
            lambda row: not row.mail_id or row.mail_id.state in ("exception", "cancel")
        )._as_system()
        for row in orphans:
            cancelled = row.mail_id.state == "cancel"
            row._fail("cancelled" if cancelled else "temporary", row.mail_id.failure_reason or "")
        if orphans:
            orphans._watch()

    @api.model
    def _retry_changes(self):
        """Mails about a changed or withdrawn invitation that the server did not take; a refused address stays so, and
        so does a mail of which nobody knows whether it was taken.
        """
        mails = self.env["mail.mail"].search(
            [("model", "=", self._name), ("state", "=", "exception"), ("sending_since", "=", False)]
        )
        rows = self.browse(mails.mapped("res_id")).exists()
        coming = rows.filtered(lambda row: row.session_id.start > fields.Datetime.now())
        letters = coming.mail_id
        mails.filtered(
            lambda mail: (
                mail.res_id in coming.ids and mail not in letters and not REFUSED.search(mail.failure_reason or "")
            )
        ).mark_outgoing()
