from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        # The mail server's word is the proof of dispatch (5-1); asked before super, which may delete mails.
        rows = self.env["shora.notice.recipient"].sudo().search([("mail_id", "in", self.ids)])
        rows._mail_outcome(failure_reason)
        self.env["shora.finding"].sudo()._check(rows.council_id)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
