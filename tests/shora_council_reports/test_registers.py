"""The registers against what happened, as it is told here: decrees, resolutions, notices, minutes, findings, plan."""

from datetime import date, datetime

from odoo.addons.shora_council_reports.report import TABLES, Scope
from odoo.tests import tagged

from tests.common import tehran, utc

from .report_case import FIRST, THIRD, URGENT, YEAR, ReportCase


def day(text):
    return date.fromisoformat(text)


@tagged("post_install", "-at_install")
class TestRegisters(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        with tehran(cls.TODAY):
            case.make_resolutions()
        case.make_minutes()
        with tehran(cls.TODAY):
            case.make_plan()
            cls.env.invalidate_all()  # days left were computed on other days
            cls.env["shora.finding"]._check(cls.council | cls.other)

    def make_minutes(self):
        """The first minutes in time, the second signed and late, the third not yet, the urgent one none."""
        cls = type(self)
        cls.minutes = [session.env["shora.minutes"]._draft_for(session) for session in (self.first, self.second)]
        with tehran("2026-10-14 10:00"):
            self.minutes[0]._sign("password")
        with tehran("2026-10-19 23:00"):
            self.minutes[0].action_forward()
        with tehran("2026-10-20 09:00"):
            self.minutes[0].with_user(self.secretariat).action_receive()
        with tehran("2026-11-03 00:10"):
            self.minutes[1]._sign("password")
            self.minutes[1].action_forward()
        cls.draft = self.third.env["shora.minutes"]._draft_for(self.third)

    def make_resolutions(self):
        cls = type(self)
        Resolution = self.first.env["shora.resolution"]
        cls.resolutions = Resolution.create(
            [
                {"session_id": self.first.id, "name": "Open", "owner_id": self.people["B6"].id},
                {"session_id": self.second.id, "name": "=Done()", "body": "<p>One</p><p>Two</p>"},
                {"session_id": self.second.id, "name": "Rejected"},
                {"session_id": self.second.id, "name": "Draft"},
            ]
        )
        opened, done, rejected, _draft = self.resolutions
        opened._store_facts({"state": "adopted", "number": "1405/1", "date_due": "2026-11-20"})
        notified = {"state": "notified", "notified_at": utc("2026-10-30 23:50")}
        done._store_facts({**notified, "number": "1405/2", "president_decision": "instruct"})
        for on, text in (("2026-11-01", "First"), ("2026-11-05", "Last")):
            answer = {"resolution_id": done.id, "text": text, "day": on}
            done.env["shora.resolution.answer"].create(answer)
        done._store_facts(
            {
                "state": "done",
                "done_on": "2026-11-08",
                "addressee_title": "Dr",
                "addressee_name": "Former Executor",
                "official_number": "77/1",
                "official_date": "2026-10-31",
                "progress": 100,
            }
        )
        rejected._store_facts({"state": "rejected"})

    def make_plan(self):
        plan = self.env["shora.annual.plan"].create({"council_id": self.council.id, "year": YEAR})
        days = {"date_from": "2026-10-23", "date_to": "2026-12-21"}
        line = plan.line_ids.create({"plan_id": plan.id, "name": "Line", "goal": "Goal", **days})
        plan._store_facts({"state": "in_execution"})
        line.progress = 40
        type(self).line = line

    # --- decrees ---

    def test_decrees(self):
        (table,) = self.table("decree_register")
        lines = self.lines(table)
        issued = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("state", "!=", "proposed")])
        self.assertEqual(len(lines), len(issued))
        ended = [line for line in lines if line["person"].endswith("person B3")]
        self.assertEqual([(line["state"], line["end_reason"]) for line in ended], [("Ended", "Deemed resigned")])
        self.assertEqual((ended[0]["first"], ended[0]["ended"]), (day("2026-09-01"), day(THIRD)))

    def test_decrees_keep_the_name_of_their_day(self):
        self.people["B4"].name = "Renamed"
        (table,) = self.table("decree_register", partners=self.people["B4"])
        self.assertIn("person B4", self.lines(table)[0]["person"])

    def test_decrees_by_their_official_date(self):
        decree = self.env["shora.decree"].search(
            [("council_id", "=", self.council.id), ("partner_id", "=", self.people["B5"].id)]
        )
        decree.with_user(self.office).write({"official_number": "12/7", "official_date": "2026-03-20"})
        (before,), (after,) = (
            self.table("decree_register", partners=self.people["B5"], year=year) for year in (YEAR - 1, YEAR)
        )
        self.assertEqual([line["number"] for line in self.lines(before)], ["12/7"], "29 Esfand 1404")
        self.assertFalse(self.lines(after))

    def test_only_issued_decrees_are_registered(self):
        with tehran("2026-11-20 09:00"):
            self.decree(self.council, "B10", self.make_partner("Proposed"))
        (table,) = self.table("decree_register")
        self.assertNotIn("Proposed", " ".join(line["person"] for line in self.lines(table)))

    # --- resolutions ---

    def tracked(self, **asked):
        (table,) = self.table("resolution_tracker", **asked)
        return self.lines(table)

    def test_resolutions(self):
        opened, done, rejected = self.tracked()
        self.assertEqual((opened["number"], opened["day"], opened["owner"]), ("1405/1", day(FIRST), "person B6"))
        self.assertEqual((opened["overdue"].text, opened["overdue"].tone), ("3", "bad"), "due on 20 November")
        self.assertEqual(opened["age"], 42, "from 12 October to 23 November")
        self.assertEqual((done["state"], done["owner"], done["letter"]), ("Done", "Dr Former Executor", "77/1"))
        self.assertEqual(done["notified"], day("2026-10-30"), "ten to midnight in Tehran")
        self.assertEqual((done["answered"], done["answer"]), (day("2026-11-05"), "Last"))
        self.assertEqual((done["age"], done["progress"], done["overdue"]), (13, 1.0, None))
        self.assertEqual(done["text"].split(), ["One", "Two"])
        self.assertEqual((rejected["state"], rejected["age"]), ("Rejected", None))

    def test_resolutions_by_state_and_executor(self):
        self.assertEqual([line["title"] for line in self.tracked(state="open")], ["Open"])
        self.assertEqual([line["title"] for line in self.tracked(state="rejected")], ["Rejected"])
        self.assertEqual([line["title"] for line in self.tracked(partners=self.people["B6"])], ["Open"])

    def test_a_title_that_is_a_formula(self):
        sheet = self.workbook("resolution_tracker").active
        self.assertIn("'=Done()", [cell["Resolution"] for cell in self.cells(sheet)])

    # --- notices ---

    def test_notices(self):
        (table,) = self.table("notice_register")
        lines = self.lines(table)
        notices = self.env["shora.notice"].search([("council_id", "=", self.council.id)])
        self.assertEqual(len(lines), len(notices.recipient_ids))
        first = [line for line in lines if line["day"] == day(FIRST)]
        self.assertEqual({line["due"] for line in first}, {day("2026-10-05")}, "seven days before")
        self.assertEqual({line["pack"] for line in first}, {self.first.notice_id.pack_sha256})

    def test_each_row_by_itself_is_in_time_or_late(self):
        rows = self.first.notice_id.recipient_ids.filtered(lambda row: row.channel == "email")
        for row, (state, sent) in zip(
            rows,
            (
                ("sent", utc("2026-10-05 23:59")),
                ("sent", utc("2026-10-06 00:00")),
                ("bounced", utc("2026-10-03 09:00")),
            ),
            strict=False,
        ):
            row._store_facts({"state": state, "sent_at": sent})
        (table,) = self.table("notice_register", partners=rows[:3].partner_id)
        lines = [line for line in self.lines(table) if line["day"] == day(FIRST) and line["channel"] == "E-mail"]
        self.assertEqual([line["in_time"].text for line in lines], ["in time", "late", "not served"])
        self.assertEqual(lines[0]["served"], datetime(2026, 10, 5, 23, 59), "on Tehran's clock")

    # --- minutes ---

    def test_minutes(self):
        (table,) = self.table("minutes_register", self.secretary)
        first, second, third, urgent = self.lines(table)
        self.assertEqual((first["due"], first["forwarded"], first["taken"]), (day("2026-10-19"), day("2026-10-19"), 7))
        self.assertEqual((first["in_time"].text, first["state"]), ("in time", "Received"))
        self.assertEqual((first["received"], bool(first["receipt"])), (day("2026-10-20"), True))
        self.assertEqual((first["present"], first["absent"]), (12, 1))
        self.assertEqual((second["taken"], second["in_time"].text), (8, "late"), "ten past midnight of the eighth day")
        self.assertEqual((third["state"], third["in_time"].text), ("Draft", "overdue"))
        self.assertEqual((urgent["state"], urgent["day"]), ("Not yet signed", day(URGENT)))

    def test_the_secretariat_sees_no_draft(self):
        (table,) = self.table("minutes_register", self.secretariat)
        self.assertEqual([line["state"] for line in self.lines(table)][2:], ["Not yet signed"] * 2)

    def test_minutes_awaited(self):
        (table,) = self.table("minutes_register", state="awaited")
        self.assertEqual([line["day"] for line in self.lines(table)], [day(THIRD), day(URGENT)])
        (table,) = self.table("minutes_register", state="received")
        self.assertEqual([line["day"] for line in self.lines(table)], [day(FIRST)])

    # --- findings ---

    def test_findings(self):
        (table,) = self.table("finding_register")
        lines = self.lines(table)
        found = self.env["shora.finding"].search([("council_id", "=", self.council.id)])
        self.assertEqual(len(lines), len(found))
        overdue = [line for line in lines if line["what"] == "Minutes overdue" and line["state"] == "Unresolved"]
        self.assertEqual({line["clause"] for line in overdue}, {"Article 5, clause 5"})
        self.assertIn(day("2026-11-17"), {line["since"] for line in overdue}, "the day after the seventh")

    def test_findings_of_a_period_are_those_that_were_open_in_it(self):
        (table,) = self.table("finding_register", year=None, last=day("2026-10-01"))
        self.assertFalse([line for line in self.lines(table) if line["what"] == "Minutes overdue"])

    # --- plan ---

    def test_plan(self):
        (table,) = self.table("plan_actual")
        (line,) = self.lines(table)
        self.assertEqual((line["line"], line["year"], line["progress"]), ("Line", "1405", 0.4))
        self.assertEqual(line["expected"], self.line.expected_progress / 100)
        self.assertEqual((line["status"].text, line["status"].tone), ("Behind", "warn"))
        (table,) = self.table("plan_actual", year=YEAR - 1)
        self.assertFalse(self.lines(table))

    # --- all councils ---

    def test_summary(self):
        (table,) = self.table("council_summary", councils=self.council | self.other)
        one, other = self.lines(table)
        self.assertEqual((one["council"], other["council"]), ("T1", "T2"))
        self.assertEqual((one["members"], one["experts"]), (12, 8), "B3 is deemed resigned")
        self.assertEqual((one["held"], one["extraordinary"], one["resigned"]), (4, 1, 1))
        self.assertEqual((one["forwarded"], one["forwarded_late"], one["awaited"], one["taken"]), (2, 1, 2, 8))
        self.assertEqual((one["adopted"], one["open"], one["overdue"], one["done"]), (2, 1, 1, 1))
        self.assertEqual((other["held"], other["awaited"], other["taken"], other["adopted"]), (1, 1, None, 0))
        self.assertEqual(one["plan"], f"40 of {self.line.expected_progress} percent")

    def test_summary_agrees_with_the_other_reports(self):
        (table,) = self.table("council_summary")
        (line,) = self.lines(table)
        (attended,) = self.table("attended_sessions")
        members = [row for row in self.lines(attended) if row["capacity"] == "Member"]
        share = sum(row["attended"] for row in members) / sum(row["sessions"] for row in members)
        self.assertAlmostEqual(line["share"], share)
        (findings,) = self.table("finding_register", year=None, state="open")
        self.assertEqual(line["findings"], len(list(findings.rows())))
        (minutes,) = self.table("minutes_register", state="awaited")
        self.assertEqual(line["awaited"], len(list(minutes.rows())))
        (resolutions,) = self.table("resolution_tracker", state="open")
        self.assertEqual(line["open"], len(list(resolutions.rows())))

    def test_summary_costs_the_same_for_one_council_and_for_two(self):
        costs = []
        for councils in (self.council | self.other, self.council, self.council | self.other):
            self.env.invalidate_all()
            (table,) = self.table("council_summary", councils=councils)
            before = self.cr.sql_log_count
            list(table.rows())
            costs.append(self.cr.sql_log_count - before)
        self.assertLessEqual(costs[2] - costs[1], 2, "the second council's by-law is its own to read")
        self.assertLessEqual(costs[2], 40)

    # --- all of them ---

    def test_every_sheet_says_what_its_table_says(self):
        """Values, types, headings and no formula, in both languages."""
        for code, lang in ((code, lang) for code in TABLES for lang in ("fa_IR", "en_US")):
            with self.subTest(report=code, lang=lang):
                tables = self.table(code, lang=lang)
                sheets = self.workbook(code, lang=lang).worksheets
                counted = [self.check_sheet(*pair, lang) for pair in zip(tables, sheets, strict=True)]
                self.assertTrue(sum(counted))

    def check_sheet(self, table, sheet, lang):
        """The sheet of one table; the number of its rows."""
        rows = list(table.rows())
        self.assertEqual(bool(sheet.sheet_view.rightToLeft), lang == "fa_IR")
        headings = [cell.value for cell in sheet[self.header_line(sheet)]]
        self.assertEqual(len(headings), len(set(headings)), "a heading names one column")
        shown = self.cells(sheet) if rows else []
        self.assertEqual(len(shown), len(rows))
        for row, cells in zip(rows, shown, strict=True):
            self.check_row(table, row, list(cells.values()))
        types = {cell.data_type for line in sheet.iter_rows() for cell in line}
        self.assertLessEqual(types, {"s", "n", "d"})
        return len(rows)

    def check_row(self, table, row, cells):
        for column, value in zip(table.columns, row, strict=True):
            cell = cells.pop(0)
            if column.kind in ("day", "moment"):
                true = cells.pop(0)
                if value is None:
                    self.assertEqual((cell, true), (None, None))
                    continue
                begin = datetime.combine(value, datetime.min.time()) if column.kind == "day" else value
                self.assertLess(abs((true - begin).total_seconds()), 1)
            elif column.kind in ("integer", "share"):
                self.assertEqual(cell, value)
            elif value:
                text = value.text if column.kind == "mark" else value
                plain = (cell or "").lstrip("'").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
                wanted = text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
                self.assertEqual("".join(plain.split()), "".join(wanted.split()))
        self.assertFalse(cells)

    def test_nothing_english_on_a_persian_sheet(self):
        for code in TABLES:
            for table in self.table(code, lang="fa_IR"):
                for text in (table.title, *table.notes, *[column.label for column in table.columns]):
                    with self.subTest(report=code, text=text):
                        self.assertNotRegex(text.replace("SHA-256", "").replace("PDF", ""), "[A-Za-z]")

    def test_tables_write_nothing(self):
        for code, table in TABLES.items():
            env = self.env(user=self.auditor)
            self.env.flush_all()
            with self.subTest(report=code):
                scope = Scope.of_year(self.council.with_env(env), YEAR)
                for each in table.tables(env, scope):
                    before = self.written()
                    list(each.rows())
                    self.assertEqual(self.written(), before)

    def written(self):
        """Rows that this transaction inserted, changed or removed."""
        self.cr.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return self.cr.fetchone()[0]

    def test_selected_records(self):
        """From the Print menu of a list: what is selected there and nothing else."""
        for code, records, wanted in (
            ("resolution", self.resolutions[:1], 1),
            ("minutes", self.minutes[0], 1),
            ("notice", self.first.notice_id, len(self.first.notice_id.recipient_ids)),
            ("session", self.second, 13),
            ("attendance", self.second.attendance_ids[:2], 2),
            ("decree", self.council.membership_ids[:3].decree_id, 3),
            ("finding", self.council.finding_ids[:1], 1),
            ("plan", self.line.plan_id, 1),
            ("council", self.council, 1),
        ):
            with self.subTest(report=code):
                report = self.env(user=self.auditor)[f"report.shora_council_reports.{code}"]
                content, _kind = report.create_xlsx_report(records.ids, {})
                self.assertEqual(len(self.cells(self.opened(content).active)), wanted)
