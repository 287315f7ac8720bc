from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.tools import format_date
from odoo.tools.misc import babel_locale_parse, get_lang

from ..tools import babel_patch, jalali


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model
    def _get_display_time(self, start, stop, zduration, zallday):
        """Stock writes this text through ``strftime``, which babel never sees."""
        if not babel_patch.is_active(babel_locale_parse(get_lang(self.env).code)):
            return super()._get_display_time(start, stop, zduration, zallday)
        zone = ZoneInfo(self.env.context.get("tz") or self.env.user.tz or "UTC")
        first, last = (moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone) for moment in (start, stop))
        if zallday:
            return self.env._("All Day, %(day)s", day=format_date(self.env, start))
        hours = tuple(jalali.persian_digits(f"{moment:%H:%M}") for moment in (first, last))
        if zduration < 24:
            return self.env._(
                "%(day)s at (%(start)s To %(end)s) (%(timezone)s)",
                day=format_date(self.env, first),
                start=hours[0],
                end=hours[1],
                timezone=zone.key,
            )
        return self.env._(
            "%(date_start)s at %(time_start)s To\n %(date_end)s at %(time_end)s (%(timezone)s)",
            date_start=format_date(self.env, first),
            time_start=hours[0],
            date_end=format_date(self.env, last),
            time_end=hours[1],
            timezone=zone.key,
        )
