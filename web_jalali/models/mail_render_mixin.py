from datetime import date

from odoo import api, models
from odoo.tools import format_date
from odoo.tools.misc import babel_locale_parse, get_lang

from ..tools import babel_patch

DIGEST = "digest.digest_mail_main"


class MailRenderMixin(models.AbstractModel):
    """The day in the digest's mail: stock writes it through ``strftime``, in English whatever the language."""

    _inherit = "mail.render.mixin"

    @api.model
    def _render_template(self, template_src, model, res_ids, engine="inline_template", add_context=None, options=None):
        if template_src == DIGEST and babel_patch.is_active(babel_locale_parse(get_lang(self.env).code)):
            add_context = {**add_context, "formatted_date": format_date(self.env, date.today(), date_format="d MMMM y")}
        return super()._render_template(template_src, model, res_ids, engine, add_context, options)
