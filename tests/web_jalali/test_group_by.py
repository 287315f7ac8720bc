"""Groups by Jalali periods: what a label says is what its domain finds, for dates and moments, through leap years."""

import random
from datetime import date, datetime, timedelta

import babel.dates
from odoo.addons.web_jalali.tools import babel_patch, jalali, periods
from odoo.tests import tagged

from .common import JalaliCase

UNITS = ("year", "quarter", "month", "week", "day")
#: moments around ends of leap years, of months, and the nights in which Tehran's clock changed; those of 1979 are left
#: out, on which the zone tables of Python and PostgreSQL may differ by their version
TIGHT = (
    "2025-03-20 20:29:59",  # 30 Esfand 1403, the last second
    "2025-03-20 20:30:00",  # 1 Farvardin 1404
    "2026-03-20 20:29:59",
    "2026-03-20 20:30:00",
    "2017-03-21 20:29:59",  # night of the clock of 1396
    "2017-03-21 20:30:00",
    "2017-09-21 18:30:00",  # 30 Shahrivar 1396, twice 23:15
    "2017-09-21 19:45:00",
    "2017-09-21 20:29:59",
    "2017-09-21 20:30:00",  # 31 Shahrivar
    "2022-09-21 19:30:00",  # the last time
    "1991-08-22 19:29:59",
    "1991-08-22 19:30:00",  # 1 Shahrivar 1370 by summer time
    "1900-01-01 00:00:00",
)


@tagged("post_install", "-at_install")
class TestGroupBy(JalaliCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader.group_ids += cls.env.ref("base.group_system")
        chance = random.Random(1405)
        cls.sequence = cls.env["ir.sequence"].create({"name": "Days", "use_date_range": True})
        days = [date(1921, 1, 1) + timedelta(days=chance.randrange(60000)) for _ in range(150)]
        days += [jalali.from_jalali(year, 12, 29) + timedelta(days=n) for year in (1399, 1403, 1404) for n in range(4)]
        days += [date(1405, 9, 2), date(9999, 12, 31)]
        cls.dates = cls.env["ir.sequence.date_range"].create(
            [{"sequence_id": cls.sequence.id, "date_from": day, "date_to": day} for day in days]
        )
        cls.days = days
        moments = [datetime(1985, 1, 1) + timedelta(seconds=chance.randrange(60 * 365 * 86400)) for _ in range(150)]
        moments += [datetime.fromisoformat(text) for text in TIGHT]
        cls.calendar = cls.env["resource.calendar"].create({"name": "Moments", "attendance_ids": [(5,)]})
        cls.moments = moments
        cls.leaves = cls.env["resource.calendar.leaves"].create(
            [{"calendar_id": cls.calendar.id, "date_from": moment, "date_to": moment} for moment in moments]
        )

    def model(self, name, env=None, **context):
        env = env or self.persian
        return env[name].with_user(self.reader).with_context(**context)

    def tables(self, **context):
        """(model, field, domain, number of records) of a date and of a moment."""
        dates = self.model("ir.sequence.date_range", **context)
        leaves = self.model("resource.calendar.leaves", **context)
        yield dates, "date_from", [("id", "in", self.dates.ids)], len(self.dates)
        yield leaves, "date_from", [("id", "in", self.leaves.ids)], len(self.leaves)

    def label(self, value, unit, zone="Asia/Tehran"):
        """What the group of a stored value must be called, reckoned without SQL and without the group."""
        if isinstance(value, datetime):
            import pytz

            value = pytz.utc.localize(value).astimezone(pytz.timezone(zone)).date()
        year, month, number = jalali.to_jalali(value)
        if not periods.FIRST_YEAR <= year <= periods.LAST_YEAR and unit in periods.MONTHS:
            return "پیش از ۱۲۰۰" if year < 1200 else "از ۱۵۰۰"
        texts = {
            "year": f"{year}",
            "quarter": f"{jalali.QUARTERS[(month - 1) // 3]} {year}",
            "month": f"{jalali.MONTHS[month - 1]} {year}",
            "day": f"{number} {jalali.MONTHS[month - 1]} {year}",
        }
        return jalali.persian_digits(texts[unit])

    def test_domain_returns_its_count(self):
        for model, name, domain, total in self.tables():
            for unit in UNITS:
                groups = model.formatted_read_group(domain, [f"{name}:{unit}"], ["__count"])
                self.assertEqual(sum(group["__count"] for group in groups), total)
                labels = [group[f"{name}:{unit}"][1] for group in groups]
                self.assertEqual(len(labels), len(set(labels)), "no two groups of one name")
                for group in groups:
                    found = model.search([*group["__extra_domain"], *domain])
                    self.assertEqual(len(found), group["__count"], group)
                    if unit == "week":
                        continue
                    for record in found:
                        far = record[name].year == 9999  # outside the calendar
                        expected = "از ۱۵۰۰" if far else self.label(record[name], unit)
                        if not (far and unit == "day"):
                            self.assertEqual(group[f"{name}:{unit}"][1], expected, record[name])

    def test_other_zones(self):
        for zone in ("UTC", "America/Sao_Paulo", "Asia/Kabul", "Pacific/Auckland", False):
            model = self.model("resource.calendar.leaves", tz=zone)
            for unit in ("month", "year"):
                groups = model.formatted_read_group(
                    [("id", "in", self.leaves.ids)], [f"date_from:{unit}"], ["id:array_agg"]
                )
                for group in groups:
                    found = model.search([*group["__extra_domain"], ("id", "in", self.leaves.ids)])
                    self.assertEqual(sorted(found.ids), sorted(group["id:array_agg"]))
                    for record in found:
                        label = self.label(record.date_from, unit, zone or "UTC")
                        self.assertEqual(group[f"date_from:{unit}"][1], label)

    def test_wire_stays_gregorian_in_utc(self):
        model = self.model("resource.calendar.leaves")
        day = [("date_from", ">=", "2026-03-20 20:30:00"), ("id", "in", self.leaves.ids)]
        (group,) = model.formatted_read_group([*day, ("date_from", "<", "2026-03-20 20:31:00")], ["date_from:month"])
        self.assertEqual(group["date_from:month"], ("2026-03-20 20:30:00", "فروردین ۱۴۰۵"))
        self.assertEqual(
            group["__extra_domain"],
            ["&", ("date_from", ">=", "2026-03-20 20:30:00"), ("date_from", "<", "2026-04-20 20:30:00")],
        )

    def test_several_levels_and_sets(self):
        for model, name, domain, total in self.tables():
            specs = [f"{name}:year", f"{name}:quarter", f"{name}:month"]
            groups = model.formatted_read_group(domain, specs, ["__count"])
            self.assertEqual(sum(group["__count"] for group in groups), total)
            for group in groups:
                self.assertEqual(model.search_count([*group["__extra_domain"], *domain]), group["__count"])
            sets = model.formatted_read_grouping_sets(domain, [[], specs[:1], specs[:2]], ["__count"])
            self.assertEqual(sets[0][0]["__count"], total)
            for groups in sets[1:]:
                for group in groups:
                    self.assertEqual(model.search_count([*group["__extra_domain"], *domain]), group["__count"])

    def test_list_and_kanban(self):
        """Groups with their records, opened by themselves, in two levels and page by page."""
        for model, name, domain, _total in self.tables():
            answer = model.web_read_group(
                domain,
                [f"{name}:year", f"{name}:month"],
                ["__count"],
                limit=3,
                order=f"{name} desc",
                auto_unfold=True,
                unfold_read_specification={name: {}},
            )
            everything = model.formatted_read_group(domain, [f"{name}:year"], ["__count"])
            self.assertEqual(answer["length"], len(everything))
            for year in answer["groups"]:
                self.assertEqual(sum(m["__count"] for m in year["__groups"]["groups"]), year["__count"])
            opened = model.web_read_group(
                domain, [f"{name}:month"], [], limit=5, auto_unfold=True, unfold_read_specification={name: {}}
            )
            for group in opened["groups"]:
                self.assertEqual(len(group["__records"]), group["__count"])

    def test_progress_bar(self):
        """Keys are those by which the client finds its columns."""
        leaves = self.model("resource.calendar.leaves")
        domain = [("id", "in", self.leaves.ids)]
        bar = {"field": "time_type", "colors": {"leave": "success", "other": "danger"}}
        counts = leaves.read_progress_bar(domain, "date_from:month", bar)
        groups = leaves.formatted_read_group(domain, ["date_from:month"], ["__count"])
        self.assertEqual(
            {group["date_from:month"][0]: group["__count"] for group in groups},
            {key: value["leave"] for key, value in counts.items()},
        )

    def test_path(self):
        dates = self.model("ir.sequence.date_range")
        self.env.cr.execute(
            "UPDATE ir_sequence SET create_date = '2025-03-20 20:30:00' WHERE id = %s", [self.sequence.id]
        )
        self.env.invalidate_all()
        (group,) = dates.formatted_read_group(
            [("id", "in", self.dates.ids)], ["sequence_id.create_date:month"], ["__count"]
        )
        self.assertEqual(group["sequence_id.create_date:month"][1], "فروردین ۱۴۰۴")
        self.assertEqual(dates.search_count([*group["__extra_domain"], ("id", "in", self.dates.ids)]), len(self.dates))

    def test_dates_among_properties(self):
        """Dates that users add to a form themselves group like those of the model; moments by days of UTC, as stock."""
        definition = self.env["properties.base.definition"]._get_definition_for_property_field(
            "res.partner", "properties"
        )
        definition.properties_definition = [
            {"name": "day", "type": "date", "string": "Day"},
            {"name": "moment", "type": "datetime", "string": "Moment"},
        ]
        partners = self.env["res.partner"].create(
            [
                {"name": "Dated", "properties": {"day": day, "moment": moment}}
                for day, moment in (
                    ("2025-03-20", "2025-03-20 23:59:59"),
                    ("2025-03-21", "2025-03-21 00:00:00"),
                    ("2025-04-20", "2025-04-20 23:59:59"),
                )
            ]
        )
        mine, model = [("id", "in", partners.ids)], self.model("res.partner")
        for name in ("day", "moment"):
            spec = f"properties.{name}:month"
            groups = model.web_read_group(mine, [spec], ["__count"])["groups"]
            self.assertEqual([group[spec][1] for group in groups], ["اسفند ۱۴۰۳", "فروردین ۱۴۰۴"], name)
            self.assertEqual([group["__count"] for group in groups], [1, 2], name)
            for group in groups:
                found = model.search_count(mine + group["__extra_domain"])
                self.assertEqual(found, group["__count"], f"{name} {group[spec][1]}")

    def test_empty_periods(self):
        dates = self.model("ir.sequence.date_range", fill_temporal=True)
        window = [
            ("id", "in", self.dates.ids),
            ("date_from", ">=", "2021-03-19"),
            ("date_from", "<=", "2026-03-21"),
        ]
        groups = dates.formatted_read_group(window, ["date_from:month"], ["__count"])
        labels = [group["date_from:month"][1] for group in groups]
        self.assertEqual(labels[0], "اسفند ۱۳۹۹")
        self.assertEqual(labels[-1], "فروردین ۱۴۰۵")
        self.assertEqual(len(labels), 5 * 12 + 2)
        self.assertEqual(labels[1], "فروردین ۱۴۰۰")
        for group in groups:
            self.assertEqual(dates.search_count([*group["__extra_domain"], *window]), group["__count"])
        bounds = {"fill_from": "2026-03-20", "fill_to": "2026-04-21", "min_groups": 4}
        for name in ("ir.sequence.date_range", "resource.calendar.leaves"):
            model = self.model(name, fill_temporal=bounds)
            groups = model.formatted_read_group([("id", "=", False)], ["date_from:month"], ["__count"])
            self.assertEqual(
                [group["date_from:month"][1] for group in groups],
                ["اسفند ۱۴۰۴", "فروردین ۱۴۰۵", "اردیبهشت ۱۴۰۵", "خرداد ۱۴۰۵"],
            )

    def test_old_read_group(self):
        """Scripts still call it: same periods, domains and ranges."""
        for model, name, domain, total in self.tables():
            for unit in ("", ":year", ":month", ":week", ":day"):
                with self.assertWarns(DeprecationWarning):
                    groups = model.read_group(domain, ["__count"], [f"{name}{unit}", "id"])
                self.assertEqual(sum(group[f"{name}_count"] for group in groups), total)
                for group in groups:
                    self.assertEqual(model.search_count(group["__domain"]), group[f"{name}_count"])
                    self.assertIs(type(group["__context"]["group_by"][0]), str)
            with self.assertWarns(DeprecationWarning):
                groups = model.with_context(fill_temporal=True).read_group(
                    [*domain, (name, ">=", "2017-03-01"), (name, "<", "2026-04-01")], ["__count"], [name], lazy=False
                )
            self.assertGreater(len(groups), 100)
            names = [group[name] for group in groups]
            self.assertEqual(len(names), len(set(names)))

    def test_business_code_keeps_gregorian_months(self):
        for model, name, domain, _total in self.tables():
            rows = model._read_group(domain, [f"{name}:month"], ["__count"])
            self.assertTrue(all(start.day == 1 for start, _count in rows))

    def test_everybody_else_gets_stock_groups(self):
        """English, Persian with the wish for Gregorian, and nobody in particular: same buckets, same domains."""
        self.reader.calendar_system = "gregorian"
        plain = self.env(context={"tz": "Asia/Tehran"})
        for env in (self.english, self.persian, plain):
            model = self.model("resource.calendar.leaves", env)
            for unit in UNITS:
                spec = f"date_from:{unit}"
                groups = model.formatted_read_group([("id", "in", self.leaves.ids)], [spec], ["__count"])
                stock = model._web_read_group_format(
                    (spec,),
                    ("__count",),
                    model._read_group([("id", "in", self.leaves.ids)], [spec], ["__count"], order=spec),
                )
                self.assertEqual(groups, stock)
                self.assertIs(type(next(iter(groups[0]))), str)
        # Persian words for Gregorian months, never Jalali names on Gregorian buckets
        gregorian = self.model("resource.calendar.leaves").formatted_read_group(
            [("date_from", "=", "2026-03-20 20:30:00")], ["date_from:month"]
        )
        with babel_patch.settled(False):
            march = babel.dates.format_date(date(2026, 3, 1), "MMMM yyyy", locale="fa_IR")
        self.assertEqual(gregorian[0]["date_from:month"], ("2026-02-28 20:30:00", march))
        months = self.model("resource.calendar.leaves", self.english).formatted_read_group(
            [("date_from", "=", "2026-03-20 20:30:00")], ["date_from:month"]
        )
        self.assertEqual(months[0]["date_from:month"], ("2026-02-28 20:30:00", "March 2026"))

    def test_a_client_cannot_ask_for_another_calendar(self):
        model = self.model("ir.sequence.date_range", self.english, web_jalali_periods=True)
        groups = model.formatted_read_group([("date_from", "=", "2025-03-20")], ["date_from:month"])
        self.assertEqual(groups[0]["date_from:month"], ("2025-03-01", "March 2025"))
