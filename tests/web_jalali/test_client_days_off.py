"""What calendar views are told of days off."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from tests.web_jalali.common import JalaliCase

# Saturday 30 Aban to Friday 6 Azar 1405 in Tehran.
WEEK = ("2026-11-20 20:30:00", "2026-11-27 20:29:59")


class TestDaysOff(JalaliCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iran = cls.env.ref("web_jalali.resource_calendar_iran")
        cls.company = cls.env.company
        cls.company.resource_calendar_id = cls.iran
        hours = [{"name": day, "dayofweek": day, "hour_from": 8, "hour_to": 16} for day in "01234"]
        cls.left = cls.env["resource.calendar"].create(
            {"name": "Monday to Friday", "tz": "Asia/Tehran", "attendance_ids": [(5,), *((0, 0, day) for day in hours)]}
        )

    def days_off(self, user=None):
        return self.env["resource.calendar"].with_user(user or self.reader).get_days_off(*WEEK)

    def holiday(self, name, first, last, **values):
        return self.env["resource.calendar.leaves"].create(
            {"name": name, "date_from": first, "date_to": last, "calendar_id": False, **values}
        )

    def test_thursday_and_friday(self):
        self.assertEqual(self.days_off(), {"rest": ["2026-11-26", "2026-11-27"], "holidays": {}, "is_assumed": False})

    def test_holiday(self):
        """A day of Tehran is named once, ends at its midnight, and is a day of rest."""
        self.holiday("H", "2026-11-23 20:30:00", "2026-11-24 20:30:00")
        found = self.days_off()
        self.assertEqual(found["holidays"], {"2026-11-24": "H"})
        self.assertEqual(found["rest"], ["2026-11-24", "2026-11-26", "2026-11-27"])

    def test_holiday_of_days_and_two_on_one(self):
        self.holiday("A", "2026-11-23 20:30:00", "2026-11-25 20:29:59")
        self.holiday("B", "2026-11-24 20:30:00", "2026-11-25 20:29:59", calendar_id=self.iran.id)
        self.assertEqual(self.days_off()["holidays"], {"2026-11-24": "A", "2026-11-25": "A، B"})

    def test_not_everybodys(self):
        """Leave of one resource, other calendars and what is no time off are no public holidays."""
        resource = self.env["resource.resource"].create({"name": "R", "calendar_id": self.iran.id})
        moments = ("2026-11-23 20:30:00", "2026-11-24 20:29:59")
        self.holiday("One", *moments, resource_id=resource.id, calendar_id=self.iran.id)
        self.holiday("Other", *moments, calendar_id=self.iran.copy().id)
        self.holiday("Training", *moments, time_type="other")
        self.assertEqual(self.days_off()["holidays"], {})

    def test_left_on_monday_to_friday(self):
        """In Iran, or nowhere, the platform's week was left rather than chosen; elsewhere it is what it says."""
        self.company.resource_calendar_id = self.left
        for code, rest, assumed in (
            ("IR", ["2026-11-26", "2026-11-27"], True),
            (False, ["2026-11-26", "2026-11-27"], True),
            ("DE", ["2026-11-21", "2026-11-22"], False),
        ):
            self.company.country_id = code and self.env["res.country"].search([("code", "=", code)])
            found = self.days_off()
            self.assertEqual((found["rest"], found["is_assumed"]), (rest, assumed), code)

    def test_adopted_in_iran_alone(self):
        for code, calendar in (("IR", self.iran), ("DE", self.left)):
            self.company.write(
                {
                    "resource_calendar_id": self.left.id,
                    "country_id": self.env["res.country"].search([("code", "=", code)]).id,
                }
            )
            self.env["resource.calendar"]._adopt_in_iran()
            self.assertEqual(self.company.resource_calendar_id, calendar, code)

    def test_internal_users_alone(self):
        portal = new_test_user(
            self.env, "portal_days", "base.group_portal", context={"no_reset_password": True}, lang="fa_IR"
        )
        with self.assertRaises(AccessError):
            self.days_off(portal)

    def test_queries(self):
        """As many for a month full of holidays as for a week without any."""
        counts = []
        for number in (0, 1, 6):
            for day in range(number):
                self.holiday(f"H{day}", f"2026-11-2{day} 20:30:00", f"2026-11-2{day + 1} 20:29:59")
            self.env.flush_all()
            self.env.invalidate_all()
            begun = self.cr.sql_log_count
            self.days_off()
            counts.append(self.cr.sql_log_count - begun)
        self.assertLessEqual(max(counts), 30)
        self.assertEqual(counts[1], counts[2])
