"""What is looked at on screen: whose rows, how many, the same as the tables and the rules say, and what it costs."""

from datetime import date, timedelta

from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import AccessError
from odoo.tests import tagged

from tests.common import tehran

from .report_case import FIRST, ReportCase

SCREENS = ("shora.attendance.report", "shora.resolution.report", "shora.deadline.report", "shora.composition.report")
#: role → the councils whose rows it reads, by screen; what is not named is refused
BOTH, OWN, OTHER = ("T1", "T2"), ("T1",), ("T2",)
READERS = {
    **{role: dict.fromkeys(SCREENS, BOTH) for role in ("president", "office", "head", "secretariat", "auditor")},
    "secretary": dict.fromkeys(SCREENS, OWN),
    "staff": dict.fromkeys(SCREENS, OWN),
    "other_secretary": dict.fromkeys(SCREENS, OTHER),
    "member": {"shora.attendance.report": OWN},
    "other_member": {"shora.attendance.report": OTHER},
    "former": {"shora.attendance.report": ()},
    "admin": {"shora.attendance.report": ()},
    **{role: {} for role in ("hr", "employee", "portal", "public")},
}


@tagged("post_install", "-at_install")
class TestScreen(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.former = cls.make_user("t_rep_former", "shora_council.group_shora_member")
        cls.public = cls.env.ref("base.public_user")
        with tehran("2026-09-02 08:00"):
            cls.appoint(cls.council, "B10", cls.former.partner_id, "2026-09-02")
        with tehran(cls.TODAY):
            cls.end(cls.former.partner_id.shora_membership_ids, day="2026-11-22")
            values = {"state": "adopted", "number": "1405/1", "date_due": "2026-11-20"}
            for session, council in ((cls.first, cls.council), (cls.elsewhere, cls.other)):
                one = session.env["shora.resolution"].create({"session_id": session.id, "name": council.code})
                one._store_facts(values)
        cls.env.flush_all()

    def rows(self, model, user=None, domain=(), lang="en_US"):
        self.env.invalidate_all()
        return self.env(user=user or self.auditor, context={"lang": lang})[model].search(list(domain))

    # --- whose rows ---

    def test_every_role_sees_its_councils_and_no_others(self):
        made = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "shora_council_reports" and not model._abstract and not model._transient
        }
        others = {"shora.year.file", "shora.year.file.unit"}  # the Secretariat's: test_year_file.py
        self.assertEqual(made - others, set(SCREENS), "a new model needs its readers here")
        for role, screens in READERS.items():
            user = getattr(self, role)
            for model in SCREENS:
                with self.subTest(role=role, model=model):
                    if model not in screens:
                        with self.assertRaises(AccessError):
                            self.rows(model, user)
                        continue
                    found = self.rows(model, user).sudo().council_id.mapped("code")
                    self.assertEqual({code for code in found if code in BOTH}, set(screens[model]))

    def test_nobody_writes_them(self):
        for model in SCREENS:
            row = self.rows(model, self.secretary)[:1]
            for verb in ("write", "create", "unlink"):
                with self.subTest(model=model, verb=verb):
                    self.assertFalse(row.has_access(verb))

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.president.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        for model in SCREENS:
            self.assertFalse(self.rows(model, self.president))

    # --- the same as the rules and the tables say ---

    def test_attendance_agrees_with_the_table(self):
        (table,) = self.table("attended_sessions")
        line = {line["person"]: line for line in self.lines(table)}["person B4"]
        grouped = (
            self.env["shora.attendance.report"]
            .with_user(self.auditor)
            ._read_group(
                [("partner_id", "=", self.people["B4"].id)],
                [],
                ["__count", "attended:sum", "absent:sum", "excused:sum", "share:avg"],
            )
        )
        self.assertEqual(grouped, [(4, 3, 1, 1, 0.75)])
        self.assertEqual(tuple(line[name] for name in ("sessions", "attended", "absent", "excused")), (4, 3, 1, 1))
        (register,) = self.table("attendance_register", councils=self.council | self.other)
        self.assertEqual(
            len(list(register.rows())),
            len(self.rows("shora.attendance.report", domain=[("council_id", "in", (self.council | self.other).ids)])),
        )

    def test_resolutions_agree_with_the_table(self):
        row = self.rows("shora.resolution.report", domain=[("council_id", "=", self.council.id)])
        self.assertEqual((row.age, row.age_band, row.days_overdue, row.is_open), (42, "090", 3, True))
        (table,) = self.table("resolution_tracker")
        (line,) = self.lines(table)
        self.assertEqual((line["age"], line["overdue"].text), (42, "3"))

    def test_ages_at_the_bounds_of_their_bands(self):
        (one,) = self.council.session_ids.resolution_ids
        for days, band in (
            (0, "030"),
            (30, "030"),
            (31, "090"),
            (90, "090"),
            (91, "180"),
            (180, "180"),
            (181, "older"),
        ):
            with tehran(f"{date.fromisoformat(FIRST) + timedelta(days=days)} 00:00"):
                row = self.rows("shora.resolution.report", domain=[("id", "=", one.id)])
                self.assertEqual((row.age, row.age_band), (days, band))
        with tehran("2026-11-20 23:59"):
            self.assertFalse(self.rows("shora.resolution.report", domain=[("id", "=", one.id)]).is_overdue)
        one._store_facts({"state": "done", "done_on": "2026-10-22"})
        row = self.rows("shora.resolution.report", domain=[("id", "=", one.id)])
        self.assertEqual((row.age, row.is_open, row.is_overdue), (10, False, False), "the days it took")
        one._store_facts({"state": "rejected"})
        row = self.rows("shora.resolution.report", domain=[("id", "=", one.id)])
        self.assertFalse(row.age_band, "what is not carried out has no age")

    def deadline(self, kind, session):
        domain = [("kind", "=", kind), ("session_id", "=", session.id)]
        return self.rows("shora.deadline.report", domain=domain)

    def test_deadlines_of_the_minutes(self):
        row = self.deadline("minutes", self.third)
        self.assertEqual((row.due, row.state, row.days_left), (date(2026, 11, 16), "overdue", -7))
        self.assertEqual((row.due, row.days_left), (self.third.minutes_last_day, self.third.minutes_days_left))
        self.assertEqual(row.clause_id.citation, "Article 5, clause 5")
        with tehran("2026-11-16 23:59:59"):
            self.assertEqual((self.deadline("minutes", self.third).state, row.days_late), ("open", 0))
        minutes = self.third.env["shora.minutes"]._draft_for(self.third)
        minutes._store_facts({"state": "forwarded", "forwarded_at": "2026-11-16 20:29:59"})
        self.assertEqual(self.deadline("minutes", self.third).state, "in_time", "a second to midnight in Tehran")
        minutes._store_facts({"forwarded_at": "2026-11-16 20:30:00"})
        row = self.deadline("minutes", self.third)
        self.assertEqual((row.state, row.days_late, row.met_on), ("late", 1, date(2026, 11, 17)))
        self.assertEqual(row.action_open()["res_model"], "shora.minutes")

    def test_deadlines_of_the_notice(self):
        row = self.deadline("notice", self.first)
        self.assertEqual((row.due, row.state), (self.first.notice_last_day, "late"), "held, and nobody was served")
        self.assertEqual((row.days_left, row.days_late), (0, 7))
        served = self.first.notice_id.recipient_ids
        served._store_facts({"state": "sent", "sent_at": "2026-10-05 20:29:59"})
        self.assertEqual(self.deadline("notice", self.first).state, "in_time", "a second to midnight in Tehran")
        served[-1]._store_facts({"sent_at": "2026-10-05 20:30:00"})
        served.filtered(lambda one: one.partner_id == served[-1].partner_id)._store_facts(
            {"sent_at": "2026-10-05 20:30:00"}
        )
        row = self.deadline("notice", self.first)
        self.assertEqual((row.state, row.days_late, row.met_on), ("late", 1, date(2026, 10, 6)))
        self.assertFalse(self.deadline("notice", self.urgent), "no rule is set for extraordinary sessions")
        with tehran(self.TODAY):
            coming = self.session(self.council, "2026-11-30")
        row = self.deadline("notice", coming)
        self.assertEqual((row.due, row.days_left, row.state), (date(2026, 11, 23), 0, "open"), "today is the last day")
        self.assertEqual((row.due, row.days_left), (coming.notice_last_day, coming.notice_days_left))
        with tehran("2026-11-24 00:00"):
            self.assertEqual(self.deadline("notice", coming).state, "overdue")
        coming.write({"final_reason": "None", "state": "cancelled"})
        self.assertFalse(self.deadline("notice", coming), "nobody is invited to what is not held")

    def test_deadlines_by_the_version_of_the_session_s_day(self):
        """A version of the by-law that begins later changes no past deadline."""
        bylaw = self.env["shora.bylaw"].browse(self.council.bylaw_id.action_new_version()["res_id"])
        bylaw.date_from = "2026-11-01"
        bylaw._rule("minutes_days").value = 20
        bylaw.with_user(self.admin).sudo().action_put_in_force()
        self.assertEqual(self.deadline("minutes", self.second).due, date(2026, 11, 2), "of before")
        self.assertEqual(self.deadline("minutes", self.third).due, date(2026, 11, 29), "of after")
        for session in (self.first, self.second, self.third):
            session.invalidate_recordset()
            self.assertEqual(self.deadline("minutes", session).due, session.minutes_last_day)

    def test_deadlines_agree_with_the_summary(self):
        (table,) = self.table("council_summary")
        (line,) = self.lines(table)
        rows = self.rows("shora.deadline.report", domain=[("council_id", "=", self.council.id)])
        minutes = rows.filtered(lambda row: row.kind == "minutes")
        self.assertEqual(line["awaited"], len(minutes.filtered(lambda row: row.state in ("open", "overdue"))))
        notices = rows.filtered(lambda row: row.kind == "notice" and row.state in ("late", "overdue"))
        self.assertEqual((line["notices_late"], len(notices)), (3, 3))
        (register,) = self.table("deadline_register", year=None)
        self.assertEqual(len(list(register.rows())), len(rows))
        (overdue,) = self.table("deadline_register", state="overdue")
        self.assertEqual({line["state"].tone for line in self.lines(overdue)}, {"bad"})

    def test_composition_at_the_ends_of_the_months(self):
        rows = self.rows("shora.composition.report", domain=[("council_id", "=", self.council.id)]).sorted("day")
        ends = [date(2026, 9, 22), date(2026, 10, 22), date(2026, 11, 21), date(2026, 11, 23)]
        self.assertEqual(rows.mapped("day"), ends, "the last days of Shahrivar, Mehr and Aban, and today")
        for row in rows:
            counted = self.council._composition_on(row.day)
            self.assertEqual(
                (row.ex_officio, row.experts, row.total), (counted.ex_officio, counted.experts, counted.total)
            )
        self.assertEqual(rows.mapped("experts"), [10, 10, 9, 8], "B3 is deemed resigned, one more has left")
        self.assertEqual(len(rows[-1].action_open()["domain"]), 2)
        members = self.env["shora.membership"].search(rows[-1].action_open()["domain"])
        self.assertEqual(len(members), rows[-1].total)
        (table,) = self.table("composition_history")
        self.assertEqual([line["experts"] for line in self.lines(table)], [10, 10, 9, 8])
        (summary,) = self.table("council_summary")
        self.assertEqual(self.lines(summary)[0]["experts"], 8)

    # --- as the pivot asks ---

    def test_groups_by_jalali_months(self):
        groups = (
            self.env(user=self.auditor, context={"lang": "fa_IR"})["shora.attendance.report"]
            .with_context(tz="Asia/Tehran")
            .formatted_read_group(
                [("council_id", "=", self.council.id), ("kind", "=", "member")],
                ["day:month"],
                ["__count", "attended:sum"],
            )
        )
        labels = [group["day:month"][1] for group in groups]
        self.assertEqual(labels, ["مهر ۱۴۰۵", "آبان ۱۴۰۵"])
        by_hand = {}
        for row in self.rows("shora.attendance.report", domain=[("council_id", "=", self.council.id)]):
            if row.kind == "member":
                by_hand.setdefault(jalali.to_jalali(row.day)[1], []).append(row.attended)
        self.assertEqual(
            [(group["__count"], group["attended:sum"]) for group in groups],
            [(len(by_hand[month]), sum(by_hand[month])) for month in (7, 8)],
        )

    def test_a_list_costs_the_same_whatever_its_length(self):
        for model in SCREENS:
            screen = self.env[model].with_user(self.auditor)
            costs = []
            for limit in (2, 1, 4):
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                screen.web_search_read(
                    [], {"display_name": {}, "council_id": {"fields": {"display_name": {}}}}, limit=limit
                )
                costs.append(self.cr.sql_log_count - before)
            with self.subTest(model=model):
                self.assertLessEqual(costs[2], costs[1] + 2)

    def test_the_filter_on_a_council_reaches_the_tables(self):
        """The database begins with the council's own rows: no rows of others are read to be thrown away."""
        for model, table in (
            ("shora.attendance.report", "shora_attendance"),
            ("shora.resolution.report", "shora_resolution"),
            ("shora.deadline.report", "shora_session"),
            ("shora.composition.report", "shora_membership"),
        ):
            query = self.env[model]._search([("council_id", "=", self.council.id)])
            self.cr.execute("SET LOCAL enable_seqscan = off")
            self.cr.execute("EXPLAIN " + self.cr.mogrify(query.select()).decode())
            plan = "\n".join(line for (line,) in self.cr.fetchall())
            with self.subTest(model=model):
                self.assertRegex(plan, rf"(?s){table}.*?council_id = {self.council.id}\)")
                self.assertNotRegex(plan, r"Filter: \(\(?(x|shora_\w+_report)\.council_id")

    def test_persian_labels(self):
        for model in SCREENS:
            screen = self.env(context={"lang": "fa_IR"})[model]
            for name, field in screen.fields_get(attributes=["string"]).items():
                if name not in ("id", "display_name"):
                    self.assertNotRegex(field["string"].replace("(%)", ""), "[A-Za-z]", f"{model}.{name}")
