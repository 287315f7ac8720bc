from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools import SQL

from ..tools import jalali

TEHRAN = ZoneInfo("Asia/Tehran")
UTC = ZoneInfo("UTC")


def tehran_day(value):
    """Calendar day in Tehran of a sequence date: date, datetime (naive means UTC), or the text of either.

    :returns: datetime.date, or None for nothing
    """
    if isinstance(value, str):
        value = fields.Datetime.to_datetime(value) if len(value) > 10 else fields.Date.to_date(value)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(TEHRAN).date()
    return value or None


class IrSequence(models.Model):
    """Sequences by Jalali year: sub-sequences from 1 Farvardin to the end of Esfand, the year in prefix and suffix."""

    _inherit = "ir.sequence"

    calendar = fields.Selection(
        [("gregorian", "Gregorian"), ("jalali", "Jalali")],
        required=True,
        default="gregorian",
        help="With sub-sequences per date range, Jalali makes each span a Jalali year. "
        "Prefix and suffix know %(jyear)s, %(jmonth)s and %(jday)s.",
    )

    def _sequence_day(self, date=None):
        return tehran_day(date or self.env.context.get("ir_sequence_date")) or tehran_day(fields.Datetime.now())

    def _next(self, sequence_date=None):
        if self.calendar != "jalali":
            return super()._next(sequence_date=sequence_date)
        # Stock takes UTC's day, and today for the prefix; a number belongs to the Tehran day of its own date.
        day = self._sequence_day(sequence_date)
        dated = self.with_context(ir_sequence_date=fields.Date.to_string(day))
        return super(IrSequence, dated)._next(sequence_date=day)

    def _get_prefix_suffix(self, date=None, date_range=None):
        """The stock variables; of the effective date also ``jyear``, ``jmonth``, ``jday``: Jalali, Latin digits."""
        self.ensure_one()
        texts = {name: self[name] or "" for name in ("prefix", "suffix")}
        if not any("%(j" in text for text in texts.values()):
            return super()._get_prefix_suffix(date=date, date_range=date_range)
        year, month, number = jalali.to_jalali(self._sequence_day(date))
        values = {"%(jyear)s": f"{year:04}", "%(jmonth)s": f"{month:02}", "%(jday)s": f"{number:02}"}
        for name, text in texts.items():
            for variable, value in values.items():
                text = text.replace(variable, value)
            texts[name] = text
        plain = self.new({**texts, "calendar": "gregorian", "name": self.name})
        return super(IrSequence, plain)._get_prefix_suffix(date=date, date_range=date_range)

    def _create_date_range_seq(self, date):
        if self.calendar != "jalali":
            return super()._create_date_range_seq(date)
        # Two draw the first numbers of a year at once: touching the row makes the database refuse the later one, and
        # Odoo starts it again with the year that the first has opened. A lock alone would let it go on without.
        touch = SQL("UPDATE ir_sequence SET write_date = write_date WHERE id IN %s", tuple(self.ids))
        self.env.cr.execute(touch, log_exceptions=False)
        day = self._sequence_day(date)
        first, last = jalali.jalali_year_bounds(jalali.jalali_year(day))
        # Ranges that are there already, of a sequence that counted by another year, keep their days.
        for taken in self.date_range_ids:
            if taken.date_to < day:
                first = max(first, taken.date_to + timedelta(days=1))
            elif taken.date_from > day:
                last = min(last, taken.date_from - timedelta(days=1))
        return (
            self.env["ir.sequence.date_range"]
            .sudo()  # as stock does: whoever draws a number may open its year
            .create({"date_from": first, "date_to": last, "sequence_id": self.id})
        )
