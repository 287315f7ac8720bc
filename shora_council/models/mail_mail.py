import re
import smtplib
from time import monotonic

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
        }
        letters, told = self._notice_rows(), self.browse()
        if self.env["ir.mail_server"]._disable_send():
            letters = letters.browse()
        else:
            told = (self - letters.mail_id)._told()
        if rest := self - letters.mail_id - told:
            super(MailMail, rest)._send(post_send_callback=post_send_callback, **args)
        tried = letters.browse()
        for keeper, mail in self._with_keepers(letters, told):
            if not keeper._begin_sending(auto_commit):
                continue
            callback = post_send_callback if mail in self else None  # the queue counts those it knows
            if keeper._name == tried._name:
                tried |= keeper
            with DataPhase(smtp_session) as phase:
                try:
                    super(MailMail, mail)._send(post_send_callback=callback, **args)
                except smtplib.SMTPServerDisconnected as error:
                    # Odoo leaves such a mail "exception" and tells nobody; the session is dead for those behind it.
                    keeper._connection_lost(error, phase.begun)
                    tried._watch_sent(auto_commit)
                    raise
            if auto_commit and self._time_is_over():
                self.env["mail.thread"]._wake_mail_queue()
                break
        tried._watch_sent(auto_commit)
        return True

    def _time_is_over(self):
        """Whether the job has had its time: the rest stays in the queue, for its next run. The platform gives a worker
        one measure of processor time for all that it does in a row, and ends it in the middle of a letter when that is
        used up.
        """
        return monotonic() > self.env.context.get("cron_end_time", float("inf"))

    @staticmethod
    def _with_keepers(letters, told):
        """(record that keeps the note of the sending, mail): of a letter its row, of anything else told the mail."""
        for row in letters:
            yield row, row.mail_id
        for mail in told._one_a_person():
            yield mail, mail

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
