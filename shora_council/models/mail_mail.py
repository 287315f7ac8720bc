import re
import smtplib

from odoo import models

from ..tools.smtp_phase import DataPhase

METHOD = re.compile(r"(?<=method=)\w+")


class MailMail(models.Model):
    """Letters of a written notice in Odoo's mail queue (5-1).

    What is guaranteed. Odoo's queue commits after each mail, so a letter whose acceptance was committed is never sent
    again. Between the server's acceptance and that commit the process may die; Odoo alone would find the mail still
    "outgoing" and send it a second time. Therefore, before the server is given a letter of ours, its row notes it and
    the note is committed: a letter that is found "outgoing" with that note was given to the server by somebody who
    never came back. It is not sent again by itself; its row says that nobody knows, and the secretary decides. So the
    machine sends each letter at most once; SMTP knows no stronger promise (RFC 1047). All tries of a letter carry the
    same Message-ID, so that a mailbox may drop a second copy when a person asked for it. Only the queue can promise
    this: "Send now" on a mail commits nothing before the end of the request.
    """

    _inherit = "mail.mail"

    def _send(
        self,
        auto_commit=False,
        raise_exception=False,
        smtp_session=None,
        alias_domain_id=False,
        mail_server=False,
        post_send_callback=None,
    ):
        args = {
            "auto_commit": auto_commit,
            "raise_exception": raise_exception,
            "smtp_session": smtp_session,
            "alias_domain_id": alias_domain_id,
            "mail_server": mail_server,
            "post_send_callback": post_send_callback,
        }
        rows = self._notice_rows()
        if not rows or self.env["ir.mail_server"]._disable_send():
            return super()._send(**args)
        rest = self - rows.mail_id
        if rest:
            super(MailMail, rest)._send(**args)
        for row in rows:
            if not row._begin_sending(auto_commit):
                continue
            with DataPhase(smtp_session) as phase:
                try:
                    super(MailMail, row.mail_id)._send(**args)
                except smtplib.SMTPServerDisconnected as error:
                    # Odoo leaves such a mail "exception" and tells nobody; the session is dead for those behind it.
                    row._connection_lost(error, phase.begun, auto_commit)
                    raise
        return True

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        # The mail server's word is the proof of dispatch (5-1); asked before super, which may delete mails.
        self._notice_rows()._mail_outcome(failure_reason)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )

    def _prepare_outgoing_list(self, *args, **kwargs):
        # Attachments keep their type in small letters; calendars compare the method with the file's own, letter by
        # letter.
        letters = super()._prepare_outgoing_list(*args, **kwargs)
        for letter in letters:
            letter["attachments"] = [(name, raw, _with_method(mime)) for name, raw, mime in letter["attachments"]]
        return letters

    def _notice_rows(self):
        """The rows of written notices whose letters these mails are."""
        rows = self.env["shora.notice.recipient"].sudo()  # the queue's own business, whoever runs it
        return rows.search([("mail_id", "in", self.ids)], order="id")


def _with_method(mime):
    """``text/calendar; method=request`` → ``text/calendar; method=REQUEST``; other types as they are."""
    if not (mime or "").startswith("text/calendar"):
        return mime
    return METHOD.sub(lambda found: found[0].upper(), mime)
