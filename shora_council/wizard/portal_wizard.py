from odoo import models


class PortalWizardUser(models.TransientModel):
    """Members of councils are invited in the words of the councils, in their own language."""

    _name = "portal.wizard.user"
    _inherit = "portal.wizard.user"

    def _send_email(self):
        self.ensure_one()
        if not self.partner_id.sudo().shora_membership_ids:  # whose invitation it is decides about its words only
            return super()._send_email()
        user = self.user_id.sudo()
        user.partner_id.signup_prepare()
        lang = user.lang or self.env["shora.pdf"]._language()
        template = self.env.ref("shora_council.mail_template_access").sudo()
        template.with_context(lang=lang).send_mail(user.id)
        return True
