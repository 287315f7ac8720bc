from markupsafe import Markup
from odoo import SUPERUSER_ID, models


class MailThread(models.AbstractModel):
    """What jobs tell people is signed by nobody: the platform's own user would sign as "System"."""

    _name = "mail.thread"
    _inherit = "mail.thread"

    def message_notify(self, *, author_id=None, **kwargs):
        if self.env.uid == SUPERUSER_ID and not author_id and self._name.startswith(("shora.", "mail.thread")):
            kwargs.setdefault("email_add_signature", False)
        return super().message_notify(author_id=author_id, **kwargs)

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
