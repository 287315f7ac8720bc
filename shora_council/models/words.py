from zoneinfo import ZoneInfo

from babel.dates import format_date as babel_date
from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.tools import format_date
from odoo.tools.misc import get_lang

from ..rules import clock


class ShoraWords(models.AbstractModel):
    """Days, hours and numbers in words, in the reader's language and in Tehran time."""

    _name = "shora.words"
    _description = "Words for days and numbers"

    @api.model
    def _is_persian(self):
        # As the sentences around it: they are English for en_US, active or not.
        return (self.env.lang or get_lang(self.env).code).startswith("fa")

    @api.model
    def _is_unspoken(self):
        """Whether the sentences are English in a database that knows Persian alone: Odoo would format as in Persian."""
        return not self._is_persian() and get_lang(self.env).code.startswith("fa")

    @api.model
    def _ordinal(self, number):
        """«چهل‌وسوم» for a Persian reader, figures for others."""
        return jalali.ordinal_words(number) if number and self._is_persian() else str(number or "")

    @api.model
    def _day(self, day):
        """A date as the reader writes it; Jalali in Persian through ``web_jalali``."""
        if day and self._is_unspoken():
            return fields.Date.to_date(day).isoformat()
        return format_date(self.env, day) if day else ""

    @api.model
    def _long_day(self, day):
        """«دوشنبه ۲ آذر ۱۴۰۵», else the weekday and the date; empty for none."""
        if not day:
            return ""
        if self._is_persian():
            return jalali.long_jalali(day, weekday=True)
        if self._is_unspoken():
            return babel_date(day, "EEEE d MMMM y", locale="en")
        return format_date(self.env, day, date_format="EEEE d MMMM y")

    @api.model
    def _local(self, moment):
        """Hour and minute in Tehran of a naive UTC ``moment``, Latin digits; empty for none."""
        if not moment:
            return ""
        local = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(clock.TEHRAN)
        return local.strftime("%H:%M")

    @api.model
    def _digits(self, text):
        """``text`` with the reader's digits; for shown names only, what is stored keeps Latin ones."""
        return jalali.persian_digits(text) if self._is_persian() else str(text)

    @api.model
    def _join(self, texts):
        """``texts`` as a list in one line, with the reader's comma."""
        return ("، " if self._is_persian() else ", ").join(texts)
