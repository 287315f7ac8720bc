from zoneinfo import ZoneInfo

from odoo import fields, models

from ..tools import jalali

TEHRAN = ZoneInfo("Asia/Tehran")


class IrSequence(models.Model):
    """Sequences by Jalali year: sub-sequences from 1 Farvardin to the end of Esfand, and the year in prefix or suffix."""

    _inherit = "ir.sequence"

    calendar = fields.Selection(
        [("gregorian", "Gregorian"), ("jalali", "Jalali")],
        required=True,
        default="gregorian",
        help="With sub-sequences per date range, Jalali makes each span a Jalali year. "
        "Prefix and suffix know %(jyear)s, %(jmonth)s and %(jday)s.",
    )

    def _jalali_today(self):
        return fields.Datetime.now().replace(tzinfo=ZoneInfo("UTC")).astimezone(TEHRAN).date()

    def _next(self, sequence_date=None):
        if self.calendar != "jalali":
            return super()._next(sequence_date=sequence_date)
        # Stock takes UTC's day, and today for the prefix; a number belongs to the year that it is in Tehran on its own date.
        day = sequence_date or self.env.context.get("ir_sequence_date") or self._jalali_today()
        return super(IrSequence, self.with_context(ir_sequence_date=fields.Date.to_string(day)))._next(sequence_date=day)

    def _get_prefix_suffix(self, date=None, date_range=None):
        """The stock variables, and of the effective date in Jalali with Latin digits ``jyear``, ``jmonth``, ``jday``."""
        self.ensure_one()
        texts = {name: self[name] or "" for name in ("prefix", "suffix")}
        if not any("%(j" in text for text in texts.values()):
            return super()._get_prefix_suffix(date=date, date_range=date_range)
        day = fields.Date.to_date(date or self.env.context.get("ir_sequence_date")) or self._jalali_today()
        year, month, number = jalali.to_jalali(day)
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
        first, last = jalali.jalali_year_bounds(jalali.jalali_year(fields.Date.to_date(date)))
        return (
            self.env["ir.sequence.date_range"]
            .sudo()  # as stock does: whoever draws a number may open its year
            .create({"date_from": first, "date_to": last, "sequence_id": self.id})
        )
