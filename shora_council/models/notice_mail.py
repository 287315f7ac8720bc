from markupsafe import Markup
from odoo import fields, models

from ..tools.smtp_phase import REFUSED


class ShoraNoticeRecipient(models.Model):
    """E-mail as a channel of the written notice (5-1): letter, documents and a calendar file in one mail a recipient.

    Served with the mail server's acceptance, undone by a bounce. A server that fails loses nothing: the row says in
    words what happened, the secretary gets a to-do, what can be tried again is, and nobody is sent it twice (see
    ``mail.mail``).
    """

    _name = "shora.notice.recipient"
    _inherit = "shora.notice.recipient"

    # --- queueing ---

    def _queue(self, pdf, documents):
        """Queue one mail per row with the letter and all documents; the queue sends, acceptance is recorded by its
        outcome.
        """
        if not self:
            return
        notice = self.notice_id
        letter = self._mail_attachments([{"name": notice.pack_name, "raw": pdf, "mimetype": "application/pdf"}])
        office = self.env["shora.reader"]._of_office(self)  # the mail is the letter's cover
        mails = office._create_mails(notice.subject, notice._mail_sentences(), "REQUEST", letter | documents)
        self.write({"state": "queued"})
        for row, mail in zip(self, mails, strict=True):
            row._store_facts({"mail_id": mail.id, "address": row.partner_id.email_formatted})
        self._wake_mail_queue()

    def _create_mails(self, subject, sentences, method, attachments):
        """One mail per row of one session, each with the recipient's own calendar file.

        :param sentences: Markup paragraphs, the same for all, in the language of these records
        :param method: of the calendar file, see ``tools.ics``
        """
        files = self._mail_attachments(
            [
                {
                    "name": "invitation.ics",
                    "raw": row.session_id._ics(method, row.partner_id),
                    "mimetype": f"text/calendar; method={method}; charset=utf-8",
                }
                for row in self
            ]
        )
        mails = self.env["mail.mail"].sudo()  # the queue is the system's; who may dispatch was judged before
        return mails.create(
            [
                {
                    "model": row._name,
                    "res_id": row.id,
                    "author_id": row._sender().id,
                    "email_from": row._sender().email_formatted,
                    "reply_to": row._sender().email_formatted,  # asked from the mail aliases one by one otherwise
                    "subject": subject,
                    "body": row._mail_body(sentences),  # for the row's history
                    "body_html": row._mail_body(sentences),
                    "recipient_ids": [(4, row.partner_id.id)],
                    "attachment_ids": [(6, 0, (attachments | file).ids)],
                    "auto_delete": False,
                    "state": "outgoing",
                }
                for row, file in zip(self, files, strict=True)
            ]
        )

    def _mail_attachments(self, vals_list):
        """Files that belong to mails alone; the sealed originals stay on the notice."""
        files = self.env["ir.attachment"].sudo()  # as the mails themselves
        return files.create([{"res_model": "mail.mail", "res_id": 0, **vals} for vals in vals_list])

    def _mail_body(self, sentences):
        """Greeting and sentences, right to left where they are read so."""
        language = self.env.lang or "en_US"
        direction = "rtl" if language.startswith("fa") else "ltr"
        return Markup('<div dir="%s" lang="%s"><p><strong>%s</strong></p>%s</div>') % (
            direction,
            language[:2],
            self._addressee(),
            sentences,
        )

    def _sender(self):
        """Who invites: whoever dispatched the notice, also where the machine writes later."""
        return self.notice_id.dispatched_by_id.partner_id or self.env.user.partner_id

    def _is_waiting(self):
        """The letter certainly has not reached anybody yet."""
        self.ensure_one()
        if self.channel != "email" or self.state not in ("queued", "failed"):
            return False
        return self.failure_kind != "uncertain" and not self.sending_since

    def _may_have_arrived(self):
        """The letter reached somebody, or nobody knows whether it did."""
        self.ensure_one()
        return self.channel == "email" and self.state in ("sent", "queued", "failed") and not self._is_waiting()

    # --- what the mail server says ---

    def _begin_sending(self, auto_commit):
        """Note that the mail server is about to be given the letter; committed first where the queue commits.

        :return: False when it must not be given: withdrawn, in somebody else's hands, or given before without an answer
        """
        self.ensure_one()
        row = self._as_system()
        if not row.try_lock_for_update():
            return False
        if row.state == "failed":  # somebody marked the mail itself for another try
            row.write({"state": "queued"})
        if row.state != "queued":
            row.mail_id.cancel()
            return False
        if row.sending_since:
            row.mail_id.write({"state": "exception", "failure_reason": "no answer recorded"})
            row._fail("uncertain", "")
            row._watch()
            return False
        row._store_facts({"sending_since": fields.Datetime.now()})
        if auto_commit:
            row.env.cr.commit()  # the note must survive whatever comes next
            row.lock_for_update()
        return True

    def _mail_outcome(self, failure_reason=False):
        """What the mail server said, called when a queued mail has been tried; one by one where the server was given
        them, and then whoever gave them looks after the consequences, for all of them at once.
        """
        given = self.filtered("sending_since")
        for row in self._as_system():
            if row.mail_id.state == "sent" and row.state in ("queued", "failed"):
                # The step first, then its facts: both are one UPDATE. At a second one the database looks for the
                # session once more, and who closes it then would undo what is known of a letter that has left.
                row.write({"state": "sent"})
                row._store_facts(
                    {
                        "attempts": row.attempts + 1,
                        "failure": False,
                        "failure_kind": False,
                        "sending_since": False,
                        "sent_at": fields.Datetime.now(),
                        "address": row.partner_id.email_formatted,  # may have been put right since the dispatch
                    }
                )
            elif row.mail_id.state == "exception" and row.state == "queued":
                reason = failure_reason or row.mail_id.failure_reason or ""
                row._fail("refused" if REFUSED.search(reason) else "temporary", reason)
        (self - given)._watch()

    def _connection_lost(self, error, handed_over):
        """The connection broke; once the letter's content was on its way, nobody knows whether it was accepted."""
        for row in self._as_system().filtered(lambda row: row.state == "queued"):
            row._fail("uncertain" if handed_over else "temporary", str(error))
        self._wake_mail_queue()  # for those behind it

    def _watch_sent(self, auto_commit):
        """After a round of the mail queue: the consequences of what became of its letters. They cost more than a
        letter does, and of a council more than once for all of its letters; where the process dies before, the
        hourly jobs make them good.

        :param auto_commit: whether the queue commits after each mail
        """
        if not auto_commit:
            self._watch()
            return
        findings = self.env["shora.finding"]
        findings.env.cr.commit()  # as the queue does after each mail: what became of them does not hang on the rest
        findings._again_on_conflict(self._watch)
        findings.env.cr.commit()

    def _fail(self, kind, detail):
        self.write({"state": "failed"})  # first, as above
        self._store_facts(
            {
                "attempts": self.attempts + 1,
                "failure_kind": kind,
                "failure": self._failure_in_words(kind, detail),
                "sending_since": False,
            }
        )

    def _failure_in_words(self, kind, detail):
        """What happened and what comes next, in the language of the office, the server's own words behind."""
        row = self.env["shora.reader"]._of_office(self)
        words = {
            "temporary": row.env._("The mail server did not take the letter; it is tried again every hour."),
            "refused": row.env._(
                "The mail server refuses this address. Correct it and try again, or serve the notice on paper."
            ),
            "uncertain": row.env._(
                "The mail server fell silent while it was given the letter: it may have accepted it. It is not sent "
                "again by itself; ask the recipient, then try again or serve the notice on paper."
            ),
            "cancelled": row.env._(
                "Somebody cancelled the mail in the mail queue. Try again, or serve the notice on paper."
            ),
        }[kind]
        detail = " ".join(detail.split())
        return f"{words} ({detail})" if detail else words

    def _watch(self):
        """Findings and to-dos follow what became of the letters."""
        if not self:
            return
        self.env["shora.finding"].sudo()._check(self.council_id)  # facts of the council, whoever brought them
        self.session_id._watch_deliveries()

    def _message_receive_bounce(self, email, partner):
        """A bounce undoes its channel (5-1)."""
        rows = self.filtered(lambda row: row.channel == "email" and row.state == "sent")._as_system()
        for row in rows:
            office = row.with_context(lang=row.env["shora.pdf"]._language())
            row._store_facts(
                {
                    "failure": office.env._(
                        "The mail came back from %(address)s: the notice is not served by it. Correct the address, or "
                        "serve the notice on paper.",
                        address=email or row.address,
                    )
                }
            )
        rows.write({"state": "bounced"})
        rows._watch()
        return super()._message_receive_bounce(email, partner)

    # --- changes ---

    def _mail_change(self, speak, method):
        """Tell these people by mail that the session changed, with a calendar file that says the same.

        :param speak: see ``_tell()`` of the session
        :param method: ``REQUEST`` where it is still held, else ``CANCEL``
        """
        if not self:
            return
        spoken = self.env["shora.reader"]._spoken(self.session_id, self.partner_id, speak)
        for session, alike, text in spoken:
            rows = self.filtered(lambda row, alike=alike: row.partner_id in alike).with_env(session.env)
            subject = (
                rows.env._("Cancelled: %(session)s", session=session.display_name)
                if method == "CANCEL"
                else rows.env._("Changed: %(session)s", session=session.display_name)
            )
            rows._create_mails(subject, Markup("<p>%s</p>") % text, method, self.env["ir.attachment"])
        self._wake_mail_queue()

    def _mail_withdrawal(self):
        """Whoever is no longer invited reads it, and the session leaves that person's calendar (5-1)."""
        for session, rows in self.grouped("session_id").items():
            session._next_calendar_sequence()
            rows._mail_change(
                lambda told: told.env._("Your invitation to %(session)s is withdrawn.", session=told.display_name),
                "CANCEL",
            )
