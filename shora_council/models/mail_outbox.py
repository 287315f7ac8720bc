from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.smtp_phase import REFUSED

#: days for which what the mail server did not take is tried again
TRIED_DAYS = 7
#: what no later try changes
HOPELESS = ("mail_email_missing", "mail_email_invalid")


class MailMail(models.Model):
    """Everything else that the councils tell people by mail: of forwarded minutes, resignations, reminders.

    As with the letters of a notice (see the other part of this model), each is given to the mail server at most once:
    a note, committed before, says that it is being given, and goes when the server has answered. Here the note is the
    mail's own. What the server did not take is tried again every hour for a week. The record itself, its to-dos and its
    messages say the same on the screen, so that no duty hangs on these mails.
    """

    _name = "mail.mail"
    _inherit = "mail.mail"

    sending_since = fields.Datetime(
        copy=False, readonly=True, help="Noted before the mail server is given the letter, cleared with its answer."
    )

    def _told(self):
        """Those that the councils write; asked of what is no letter of a notice."""
        return self.filtered(lambda mail: (mail.model or "").startswith("shora."))

    def _one_a_person(self):
        """Mails of one recipient each: of one that dies half-way nobody could say who has it."""
        mails = self.browse()
        for mail in self:
            mails |= mail
            if not mail.is_notification or len(mail.recipient_ids) < 2:
                continue
            notified = self.env["mail.notification"].sudo().search([("mail_mail_id", "=", mail.id)])
            for partner in mail.recipient_ids[1:]:
                own = mail.copy(
                    {
                        "mail_message_id": mail.mail_message_id.id,
                        "headers": mail.headers,
                        "recipient_ids": partner.ids,
                        "email_to": False,
                        "email_cc": False,
                    }
                )
                notified.filtered(lambda row, to=partner: row.res_partner_id == to).mail_mail_id = own
                mails |= own
            mail.recipient_ids = mail.recipient_ids[0]
        return mails

    def _begin_sending(self, auto_commit):
        """Note that the mail server is about to be given the mail; committed first where the queue commits.

        :return: False when it must not be given: in somebody else's hands, or given before without an answer
        """
        [mail] = self
        if not mail.try_lock_for_update():
            return False
        if mail.state == "outgoing" and mail.sending_since:
            mail.write({"state": "exception", "failure_reason": "no answer recorded"})
            return False
        mail.sending_since = fields.Datetime.now()
        if auto_commit:
            mail.env.cr.commit()  # the note must survive whatever comes next
            mail.lock_for_update()
        return True

    def _connection_lost(self, error, handed_over):
        """The connection broke; once the content was on its way, nobody knows whether it was accepted."""
        [mail] = self
        if not handed_over:
            mail.sending_since = False
        mail.env["mail.thread"]._wake_mail_queue()  # for those behind it

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        self.filtered("sending_since").sending_since = False  # the server has answered; before super, which may delete
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )

    def mark_outgoing(self):
        self.filtered("sending_since").sending_since = False  # somebody wants it sent, whatever became of it
        return super().mark_outgoing()

    @api.model
    def _retry_told(self):
        """What the mail server did not take is put back into the queue; letters and changes have their own way."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=TRIED_DAYS)
        mails = self.search(
            Domain("state", "=", "exception")
            & Domain("sending_since", "=", False)
            & Domain("model", "=like", "shora.%")
            & Domain("model", "!=", "shora.notice.recipient")
            & Domain("date", ">", since)
        )
        mails.filtered(
            lambda mail: mail.failure_type not in HOPELESS and not REFUSED.search(mail.failure_reason or "")
        ).mark_outgoing()
