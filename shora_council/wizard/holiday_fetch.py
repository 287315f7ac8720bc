import re
from datetime import timedelta

import holidays
from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..rules import clock

# How the library writes a name, and how it is written.
SPELLING = {"عیدنوروز": "عید نوروز"}


class ShoraHolidayFetch(models.TransientModel):
    """Brings the public holidays of Iran for one Jalali year into the days off of the company, each once.

    The days come from the library ``holidays``; lunar ones ahead are estimates and say so. All stay editable, and what
    was changed or moved is not brought in again.
    """

    _name = "shora.holiday.fetch"
    _description = "Fetch public holidays of Iran"

    year = fields.Integer(string="Jalali year", required=True, default=lambda self: self._default_year())
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)

    def _default_year(self):
        return jalali.jalali_year(self.env["shora.council"]._today())

    def action_fetch(self):
        """Write what is missing and show the days off of the year.

        :raises UserError: the library knows no holidays of that year
        :raises AccessError: the days off of the company are not the user's to change
        """
        self.ensure_one()
        try:
            first, last = jalali.jalali_year_bounds(self.year)
        except ValueError:
            first = last = None
        found = self._holidays(self.year, first, last) if first else {}
        if not found:
            year = self.env["shora.words"]._digits(self.year)
            raise UserError(self.env._("No public holidays are known of the year %(year)s.", year=year))
        begin, end = clock.day_start_utc(first), clock.day_end_utc(last)
        within = Domain("date_from", "<", end) & Domain("date_to", ">=", begin)
        leaves = self.env["resource.calendar.leaves"].with_company(self.company_id)
        present = leaves.sudo().search(  # those of all calendars of the company, whoever may see them
            Domain("resource_id", "=", False)
            & Domain("company_id", "=", self.company_id.id)
            & (Domain("shora_holiday_key", "in", list(found)) | within)
        )
        keys = set(present.mapped("shora_holiday_key"))
        named = {(clock.tehran_day(leave.date_from), leave.name) for leave in present}
        leaves.create(
            [
                {
                    "name": name,
                    "shora_holiday_key": key,
                    "company_id": self.company_id.id,
                    "calendar_id": False,
                    "date_from": clock.day_start_utc(day),
                    "date_to": clock.day_end_utc(day) - timedelta(seconds=1),
                }
                for key, (day, name) in found.items()
                if key not in keys and (day, name) not in named
            ]
        )
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_day_off_action"),
            "domain": Domain("resource_id", "=", False) & within,
        }

    @api.model
    def _holidays(self, year, first, last):
        """{key: (day, Persian name)} of the public holidays of a Jalali year, in the order of days.

        The key outlives corrections of an estimated day: the year, the holiday, and which time it falls in that year
        (a lunar day may fall twice; some last several days).
        """
        gregorian = range(first.year, last.year + 1)
        plain = holidays.Iran(years=gregorian, language="fa_IR", islamic_show_estimated=False)
        shown = holidays.Iran(years=gregorian, language="fa_IR")
        found, times = {}, {}
        for day in sorted(day for day in plain if first <= day <= last):
            for name, label in zip(plain.get_list(day), shown.get_list(day), strict=True):
                times[name] = times.get(name, 0) + 1
                found[f"IR/{year}/{self._spell(name)}/{times[name]}"] = (day, self._spell(label))
        return found

    @api.model
    def _spell(self, name):
        for wrong, right in SPELLING.items():
            name = name.replace(wrong, right)
        return jalali.persian_digits(re.sub(r"\s*؛\s*", "؛ ", name))
