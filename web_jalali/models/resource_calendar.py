from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    @api.model
    @api.readonly
    def get_days_off(self, date_from, date_to):
        """Days off of the user's company for a calendar view.

        :param str date_from: first moment, UTC
        :param str date_to: last moment, UTC
        :returns: ``rest``, days without working hours; ``holidays``, {day: name} of public holidays, some of them on
            days of rest; ``is_assumed``, whether the company or the user was left on Monday to Friday.
            Days as in 2026-11-26, in the calendar's time zone
        """
        calendar, is_assumed = self._calendar_of_company()
        zone = ZoneInfo(calendar.tz or "UTC")
        start, end = (
            fields.Datetime.to_datetime(moment).replace(tzinfo=UTC).astimezone(zone) for moment in (date_from, date_to)
        )
        # The platform counts the days from the hour it is given: from midnight on, else it leaves out the last.
        first = start.replace(hour=0, minute=0, second=0)
        unusual = calendar._get_unusual_days(first, end, self.env.company) if calendar else {}
        return {
            "rest": [day for day, is_off in unusual.items() if is_off],
            "holidays": calendar._public_holidays(first, end),
            "is_assumed": is_assumed,
        }

    @api.model
    def _calendar_of_company(self):
        """(working calendar, whether it is assumed): in Iran a week from Monday to Friday was not chosen but left."""
        calendar = self.env.company.resource_calendar_id
        iran = self.env.ref("web_jalali.resource_calendar_iran", raise_if_not_found=False)
        if iran and self.env.company.country_id.code in (False, "IR"):
            if not calendar or calendar._is_monday_to_friday():
                return iran, True
            # The person's own calendar, which views of the platform shade by, may have been left as well.
            return calendar, self.env.user.resource_calendar_id._is_monday_to_friday()
        return calendar, False

    def _is_monday_to_friday(self):
        return set(self.attendance_ids.mapped("dayofweek")) == set("01234")

    def _public_holidays(self, start, end):
        """{day: name} of the holidays of everybody between two moments, of this calendar or of all."""
        leaves = self.env["resource.calendar.leaves"].search(
            Domain("resource_id", "=", False)
            & Domain("calendar_id", "in", [False, *self.ids])
            & Domain("company_id", "in", [False, self.env.company.id])
            & Domain("time_type", "=", "leave")
            & Domain("date_from", "<=", end.astimezone(UTC).replace(tzinfo=None))
            & Domain("date_to", ">", start.astimezone(UTC).replace(tzinfo=None))
        )
        names = {}
        for leave in leaves:
            # A holiday that ends at midnight does not touch the next day.
            first, last = (
                moment.replace(tzinfo=UTC).astimezone(start.tzinfo).date()
                for moment in (leave.date_from, leave.date_to - timedelta(seconds=1))
            )
            for number in range((last - first).days + 1):
                names.setdefault(fields.Date.to_string(first + timedelta(days=number)), []).append(leave.name or "")
        return {day: "، ".join(filter(None, found)) for day, found in names.items()}

    @api.model
    def _adopt_in_iran(self):
        """Companies in Iran that were left on the platform's Monday to Friday take the shipped calendar."""
        companies = self.env["res.company"].search([("partner_id.country_id.code", "=", "IR")])
        companies.filtered(
            lambda company: not company.resource_calendar_id or company.resource_calendar_id._is_monday_to_friday()
        ).write({"resource_calendar_id": self.env.ref("web_jalali.resource_calendar_iran").id})
