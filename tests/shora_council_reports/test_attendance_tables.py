"""Attendance as tables: who attended how many sessions, who was absent in a row."""

from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.common import utc

from .report_case import FIRST, SECOND, THIRD, URGENT, YEAR, ReportCase

#: person → (sessions, attended, ordinary, extraordinary, absent, excused), as the history of the case tells it
EXPECTED = {
    "person A1": (4, 4, 3, 1, 0, 0),
    "person B3": (3, 0, 0, 0, 3, 0),
    "person B4": (4, 3, 2, 1, 1, 1),
    "person B5": (4, 3, 3, 0, 1, 0),
}


@tagged("post_install", "-at_install")
class TestAttendanceTables(ReportCase):
    # --- attended sessions per person and period ---

    def attended(self, **asked):
        (table,) = self.table("attended_sessions", **asked)
        return self.lines(table)

    def figures(self, line):
        return tuple(line[name] for name in ("sessions", "attended", "ordinary", "extraordinary", "absent", "excused"))

    def test_figures_are_those_of_the_sessions(self):
        lines = {line["person"]: line for line in self.attended()}
        for person, figures in EXPECTED.items():
            self.assertEqual(self.figures(lines[person]), figures, person)
        self.assertEqual(len(lines), 13, "eleven members and the two appointed a day later")
        self.assertEqual(lines["person B4"]["numbers"], f"{self.first.number}, {self.third.number}, 4")
        self.assertEqual(lines["person B5"]["share"], 0.75)

    def test_they_agree_with_the_rows(self):
        """Counted again from the records, without the report's SQL."""
        rows = self.env["shora.attendance"].search([("council_id", "=", self.council.id)])
        for line in self.attended():
            own = rows.filtered(lambda row, line=line: row.partner_id.name.strip() == line["person"])
            there = own.filtered(lambda row: row.status in ("present", "late"))
            self.assertEqual((line["sessions"], line["attended"]), (len(own), len(there)), line["person"])

    def test_an_open_session_does_not_count(self):
        session = self.plan(self.council, "2026-11-23", kind="extraordinary", hour=9)
        session.write({"presiding_ground": "chair", "state": "open"})
        for row in session.attendance_ids:
            row.status = "present"
        for item in session.agenda_item_ids:
            item.action_discuss()
        session.action_hold()
        lines = {line["person"]: line for line in self.attended()}
        self.assertEqual(self.figures(lines["person A1"]), EXPECTED["person A1"], "attendance is not confirmed yet")
        session.action_close()
        lines = {line["person"]: line for line in self.attended()}
        self.assertEqual(lines["person A1"]["attended"], 5)

    def test_month_by_month(self):
        lines = [line for line in self.attended(by_month=True) if line["person"] == "person B4"]
        self.assertEqual(
            [(line["period"], line["sessions"], line["attended"]) for line in lines],
            [("1405/07", 1, 1), ("1405/08", 3, 2)],
        )
        (table,) = self.table("attended_sessions", by_month=True, lang="fa_IR")
        self.assertEqual({line["period"] for line in self.lines(table)}, {"مهر ۱۴۰۵", "آبان ۱۴۰۵"})

    def test_months_need_both_days(self):
        with self.assertRaises(UserError):
            self.table("attended_sessions", year=None, first=date(2026, 10, 1), by_month=True)

    def test_the_period_is_of_tehran_days(self):
        lines = self.attended(year=None, first=date.fromisoformat(SECOND), last=date.fromisoformat(THIRD))
        self.assertEqual({line["sessions"] for line in lines}, {2})
        lines = self.attended(year=None, first=date.fromisoformat(THIRD), last=date.fromisoformat(THIRD))
        self.assertEqual({line["sessions"] for line in lines}, {1})
        self.assertFalse(self.attended(year=YEAR - 1))

    def test_one_person(self):
        lines = self.attended(partners=self.people["B4"])
        self.assertEqual([line["person"] for line in lines], ["person B4"])

    def test_who_is_no_member_is_listed_as_such(self):
        guest = self.make_partner("Stand-in")
        self.env.flush_all()  # a closed session takes no row by hand
        self.cr.execute(
            "INSERT INTO shora_attendance (session_id, council_id, company_id, session_start, kind, partner_id, status)"
            " VALUES (%s, %s, %s, %s, 'non_member', %s, 'present')",
            (self.urgent.id, self.council.id, self.council.company_id.id, self.urgent.start, guest.id),
        )
        line = self.attended()[-1]
        self.assertEqual(
            (line["person"], line["capacity"], line["seat"], line["attended"]),
            ("Stand-in", "Present, not a member", None, 1),
        )

    # --- members × sessions ---

    def matrix(self, **asked):
        (table,) = self.table("attendance_matrix", **asked)
        return table, {line["person"]: line for line in self.lines(table)}

    def marks(self, table, line):
        return [line[f"session_{session.id}"].text for session in table.sessions]

    def test_marks_runs_and_the_deemed_resigned(self):
        table, lines = self.matrix()
        self.assertEqual(table.sessions.ids, [self.first.id, self.second.id, self.third.id, self.urgent.id])
        self.assertEqual(self.marks(table, lines["person A1"]), ["P", "P", "P", "P"])
        self.assertEqual(self.marks(table, lines["person B3"]), ["A 1", "A 2", "A 3*", "–"])
        self.assertEqual(self.marks(table, lines["person B4"]), ["P", "E 1", "P", "P"])
        self.assertEqual(self.marks(table, lines["person B5"]), ["P", "P", "P", "A"], "urgent sessions make no run")
        self.assertEqual(lines["person B3"]["resigned"], date.fromisoformat(THIRD))
        self.assertEqual({line["resigned"] for person, line in lines.items() if person != "person B3"}, {None})
        self.assertEqual((lines["person B3"]["longest"], lines["person B3"]["current"]), (3, 0))
        self.assertEqual((lines["person B4"]["longest"], lines["person B4"]["current"]), (1, 0))
        tones = [lines["person B3"][f"session_{session.id}"].tone for session in table.sessions]
        self.assertEqual(tones, ["warn", "bad", "bad", "none"])

    def test_a_run_that_began_before_the_period(self):
        table, lines = self.matrix(year=None, first=date.fromisoformat(SECOND))
        self.assertEqual(self.marks(table, lines["person B3"])[:2], ["A 2", "A 3*"])

    def test_a_correction_takes_the_mark_away(self):
        row = self.second.attendance_ids.filtered(lambda row: row.partner_id == self.people["B3"])
        row.with_user(self.secretary)._correct("present", "Was there")
        table, lines = self.matrix()
        self.assertEqual(self.marks(table, lines["person B3"]), ["A 1", "P", "A 1", "–"])
        self.assertIsNone(lines["person B3"]["resigned"])

    def test_figures_agree_with_attended_sessions(self):
        _table, lines = self.matrix()
        (attended,) = self.table("attended_sessions")
        for line in self.lines(attended):
            own = lines[line["person"]]
            self.assertEqual(
                (own["sessions"], own["attended"], own["absent"], own["share"]),
                (line["sessions"], line["attended"], line["absent"], line["share"]),
                line["person"],
            )

    def test_one_table_for_each_council(self):
        tables = self.table("attendance_matrix", councils=self.council | self.other)
        self.assertEqual([table.sheet_title for table in tables], ["T1", "T2"])
        self.assertEqual(tables[1].sessions, self.elsewhere.with_env(tables[1].env))

    def test_cost_does_not_grow_with_the_members(self):
        costs = []
        for people in (None, self.people["B3"], None):  # the first time is also that of the groups
            self.env.invalidate_all()
            (table,) = self.table("attendance_matrix", partners=people)
            before = self.cr.sql_log_count
            list(table.rows())
            costs.append(self.cr.sql_log_count - before)
        self.assertEqual(costs[1], costs[2])
        self.assertLessEqual(costs[2], 11)

    # --- row by row ---

    def test_rows(self):
        (table,) = self.table("attendance_register")
        lines = self.lines(table)
        rows = self.env["shora.attendance"].search([("council_id", "=", self.council.id)])
        self.assertEqual(len(lines), len(rows))
        missed = [line for line in lines if line["person"] == "person B3"]
        self.assertEqual([line["status"] for line in missed], ["Absent"] * 3)
        days = [date.fromisoformat(day) for day in (FIRST, SECOND, THIRD)]
        self.assertEqual([line["day"] for line in missed], days)
        self.assertEqual([line["seat"] for line in lines[:4]], ["A1", "A2", "A3", "A4"], "in the order of seats")

    def test_state_and_person(self):
        (table,) = self.table("attendance_register", state="excused")
        self.assertEqual([line["person"] for line in self.lines(table)], ["person B4"])
        (table,) = self.table("attendance_register", partners=self.people["B5"], state="absent")
        self.assertEqual([line["day"] for line in self.lines(table)], [date.fromisoformat(URGENT)])

    def test_times_are_those_of_tehran(self):
        row = self.first.attendance_ids.filtered(lambda row: row.partner_id == self.people["B6"])
        row._write_effective({"status": "late", "arrived_at": utc(f"{FIRST} 10:25")})
        self.assertEqual(row.arrived_at, datetime(2026, 10, 12, 6, 55))
        (table,) = self.table("attendance_register", partners=self.people["B6"])
        line = self.lines(table)[0]
        self.assertEqual((line["status"], line["arrived"]), ("Present, late", "10:25"))
        (table,) = self.table("attendance_register", partners=self.people["B6"], lang="fa_IR")
        shown = dict(zip([column.name for column in table.columns], table.shown(next(table.rows())), strict=True))
        self.assertEqual((shown["arrived"], shown["seat"], shown["day"]), ("۱۰:۲۵", "ب-۶", "۱۴۰۵/۰۷/۲۰"))
