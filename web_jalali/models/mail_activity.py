"""The deadline in the note "assigned to you": stock writes it through ``strftime``, which babel never sees."""

from odoo import models
from odoo.tools import format_date
from odoo.tools.misc import get_lang

DEADLINE = "web_jalali_deadline"


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def action_notify(self):
        # One by one: the note itself does not know of which deadline it speaks.
        result = None
        for activity in self:
            result = super(MailActivity, activity.with_context(**{DEADLINE: activity.date_deadline})).action_notify()
        return result


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def message_notify(self, *, subtitles=None, **kwargs):
        deadline = self.env.context.get(DEADLINE)
        if deadline and subtitles:
            # Equal outside Persian, where format_date knows the same pattern.
            stock = deadline.strftime(get_lang(self.env).date_format)
            shown = format_date(self.env, deadline)
            subtitles = [text.replace(stock, shown) for text in subtitles]
        if subtitles is not None:
            kwargs["subtitles"] = subtitles
        return super().message_notify(**kwargs)
