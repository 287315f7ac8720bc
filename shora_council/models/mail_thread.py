from markupsafe import Markup
from odoo import SUPERUSER_ID, models


class MailThread(models.AbstractModel):
    """What jobs tell people is signed by nobody: the platform's own user would sign as "System".

    What the councils tell people by mail goes through the queue (``mail_outbox.py``): sent with the request, a mail
    server that hangs would keep whoever clicked waiting, and a process killed meanwhile would tell some people twice.
    """

    _name = "mail.thread"
    _inherit = "mail.thread"

    def message_notify(self, *, author_id=None, **kwargs):
        if self._name.startswith(("shora.", "mail.thread")):
            if self.env.uid == SUPERUSER_ID and not author_id:
                kwargs.setdefault("email_add_signature", False)
            kwargs.setdefault("force_send", False)
            self._wake_mail_queue()
        return super().message_notify(author_id=author_id, **kwargs)

    def _wake_mail_queue(self):
        """Have the queue run after this transaction, once: nobody waits for its next full hour."""
        asked = self.env.cr.precommit.data  # forgotten with the transaction, and with what is undone
        if "shora_mail_queue" not in asked:
            asked["shora_mail_queue"] = True
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _tell_readers(self, partners, speak, name=None, **kwargs):
        """Tell each of ``partners`` of this record as they read: one message for all who read alike.

        :param speak: takes this record as they read it and gives the message: plain text, or Markup of whole paragraphs
        :param name: the same for the subject; the record's name by default
        :param kwargs: of ``message_notify()``
        """
        self.ensure_one()

        def say(told):
            body = speak(told)
            return body if isinstance(body, Markup) else Markup("<p>%s</p>") % body, (
                name(told) if name else told.display_name
            )

        for told, alike, (body, subject) in self.env["shora.reader"]._spoken(self, partners, say):
            told.message_notify(body=body, subject=subject, partner_ids=alike.ids, **kwargs)
