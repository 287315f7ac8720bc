"""Tracked dates in the mail that tells of a change: stock writes them as they are on the wire."""

from odoo import models
from odoo.tools import format_date, format_datetime
from odoo.tools.misc import babel_locale_parse, get_lang

from ..tools import babel_patch

SHOWN = "web_jalali_tracking"


class MailThread(models.AbstractModel):
    _name = "mail.thread"
    _inherit = "mail.thread"

    def _notify_by_email_prepare_rendering_context(
        self,
        message,
        msg_vals=False,
        model_description=False,
        force_email_company=False,
        force_email_lang=False,
        force_record_name=False,
    ):
        lang = force_email_lang or get_lang(self.env).code
        if babel_patch.is_active(babel_locale_parse(lang)):
            self = self.with_context(**{SHOWN: lang})
        return super()._notify_by_email_prepare_rendering_context(
            message, msg_vals, model_description, force_email_company, force_email_lang, force_record_name
        )


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def _format_display_value(self, field_type, new=True):
        lang = self.env.context.get(SHOWN)
        if not lang or field_type not in ("date", "datetime"):
            return super()._format_display_value(field_type, new=new)
        show = format_date if field_type == "date" else format_datetime
        values = self.mapped("new_value_datetime" if new else "old_value_datetime")
        return [show(self.env, value, lang_code=lang) if value else value for value in values]
