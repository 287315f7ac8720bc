from odoo import SUPERUSER_ID, models


class MailThread(models.AbstractModel):
    """What jobs tell people is signed by nobody: the platform's own user would sign as "System"."""

    _name = "mail.thread"
    _inherit = "mail.thread"

    def message_notify(self, *, author_id=None, **kwargs):
        if self.env.uid == SUPERUSER_ID and not author_id and self._name.startswith(("shora.", "mail.thread")):
            kwargs.setdefault("email_add_signature", False)
        return super().message_notify(author_id=author_id, **kwargs)
