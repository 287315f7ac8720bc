"""A council's past through Odoo's import: every row final and silent, or nothing kept."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
from odoo.addons.web_jalali.tools import jalali
from odoo.tests import tagged

from tests.common import tehran
from tests.shora_council.past import HEADINGS, OPTIONS, PastCase, row, text_table, workbook


@tagged("post_install", "-at_install")
class TestPastDecree(PastCase):
    def test_five_hundred_rows_with_three_faulty_ones(self):
        rows = self.years(500)
        faulty = {
            17: {"seat": "B77"},
            250: {"date_to": "1402/12/30"},
            499: {"kind": "appointed"},
        }
        bad = [{**cells, **faulty.get(index, {})} for index, cells in enumerate(rows)]
        before = self.kept()
        for dryrun in (True, False):
            reasons = self.bring(text_table(bad), dryrun=dryrun)
            named = {int(message["record"]): message["message"] for message in reasons["messages"]}
            self.assertEqual(set(named), {index + 2 for index in faulty}, named)
            self.assertIn("B77", named[19])
            self.assertIn("Last day", named[252])
            self.assertIn("1402/12/30", named[252])
            self.assertIn("appointed", named[501])
            self.assertFalse(reasons["ids"])
            self.assertEqual(self.kept(), before)
        good = [cells for index, cells in enumerate(rows) if index not in faulty]
        self.assertEqual(len(self.bring(text_table(good), dryrun=True)["ids"]), 497)
        self.assertEqual(self.kept(), before)
        result = self.bring(text_table(good))
        self.assertEqual((len(result["ids"]), result["messages"], result["nextrow"]), (497, [], 0))
        self.assertEqual(len(self.decrees()), 497)
        self.assertEqual(set(self.decrees().mapped("state")), {"ended"})

    def test_a_batch_size_does_not_leave_a_part_in(self):
        rows = self.years(30)
        rows[29]["seat"] = "B77"
        before = self.kept()
        result = self.bring(text_table(rows), limit=10)
        self.assertFalse(result["ids"])
        self.assertEqual(result["nextrow"], 0)
        self.assertEqual(self.kept(), before)
        result = self.bring(text_table(rows), skip=5)
        self.assertIn("whole file", result["messages"][0]["message"])
        self.assertEqual(self.kept(), before)
        rows[29]["seat"] = "B8"
        self.assertEqual(len(self.bring(text_table(rows), limit=10)["ids"]), 30)

    def test_a_batch_asked_for_through_the_context_is_one_act_too(self):
        Past = self.env["shora.past.decree"].with_user(self.admin).with_context(_import_limit=1)
        rows = self.years(3)
        result = Past.load(list(rows[0]), [list(cells.values()) for cells in rows])
        self.assertEqual((len(result["ids"]), result["nextrow"]), (3, 0))

    def test_more_than_ten_faulty_rows_are_all_named(self):
        rows = [{**cells, "seat": f"B{50 + index}"} for index, cells in enumerate(self.years(40))]
        self.assertEqual(set(self.reasons(*rows)), set(range(2, 42)))

    def test_final_states_from_the_dates(self):
        """Today is 2026-11-23, 2 Azar 1405."""
        rows = [
            row(seat="B1", person="Ended", email="e@example.com"),
            row(seat="B2", person="Runs", date_from="1405/01/15", date_to="1406/01/14"),
            row(seat="B3", person="Comes", date_from="1405/10/01", date_to="1406/09/30"),
            row(seat="B4", person="Last day today", date_from="1404/09/03", date_to="1405/09/02"),
            row(seat="B5", person="Over yesterday", date_from="1404/09/02", date_to="1405/09/01"),
            row(seat="A1", person="Open end", date_from="1403/01/01", date_to=""),
            row(seat="A3", person="Lost", date_from="1398/03/01", date_to="1400/03/01", end_reason="از دست دادن سمت"),
            row(seat="B6", person="Left", date_to="1402/10/10", end_reason="استعفا"),
        ]
        self.assertEqual(self.bring_rows(*rows)["messages"], [])
        found = {d.partner_id.name: d for d in self.decrees()}
        expected = {
            "Ended": ("ended", "ended", "expired", date(2024, 7, 21)),
            "Runs": ("in_force", "current", False, False),
            "Comes": ("issued", "upcoming", False, False),
            "Last day today": ("in_force", "current", False, False),
            "Over yesterday": ("ended", "ended", "expired", date(2026, 11, 22)),
            "Open end": ("in_force", "current", False, False),
            "Lost": ("ended", "ended", "post_lost", date(2021, 5, 22)),
            "Left": ("ended", "ended", "resigned", date(2023, 12, 31)),
        }
        for name, (state, member_state, reason, ended) in expected.items():
            decree = found[name]
            member = decree.membership_id
            with self.subTest(name):
                self.assertEqual((decree.state, decree.end_reason, decree.date_ended), (state, reason, ended))
                self.assertEqual((member.state, member.end_reason), (member_state, reason))
                self.assertEqual(member.date_from, decree.date_from)
                self.assertEqual((member.date_to, member.date_decreed_to), (decree.date_to, decree.date_to))
                self.assertEqual(member.decree_id, decree)
                self.assertTrue(decree.is_imported and member.is_imported and decree.gives_membership)
        self.assertEqual(found["Comes"].date_to, jalali.from_jalali(1406, 9, 30))
        self.assertFalse(found["Open end"].date_to)

    def test_the_day_after_an_imported_term_the_job_ends_it(self):
        self.bring_rows(row(seat="B4", person="Last day today", date_from="1404/09/03", date_to="1405/09/02"))
        decree = self.decrees()
        decree.invalidate_recordset()
        with tehran("2026-11-24 00:00"):
            decree._expire_if_over()
        self.assertEqual((decree.state, decree.end_reason), ("ended", "expired"))
        self.assertEqual(decree.membership_id.state, "ended")

    def test_what_still_lasts_ends_and_is_renewed_by_decree(self):
        self.bring_rows(
            row(seat="B1", person="Leaves", date_from="1405/01/15", date_to="1406/01/14"),
            row(seat="B2", person="Stays", date_from="1404/10/01", date_to="1405/09/30"),
        )
        leaves, stays = self.decrees().sorted(lambda decree: decree.seat_id.code)
        self.end(leaves, day="2026-11-22")
        self.assertEqual((leaves.state, leaves.end_reason), ("ended", "resigned"))
        self.assertEqual(leaves.membership_id.date_to, date(2026, 11, 22))
        renewed = self.appoint(self.past, "B2", stays.partner_id, date(2026, 12, 22), kind="renewal")
        self.assertEqual((renewed.seat_id, renewed.state), (stays.seat_id, "upcoming"))

    def test_nothing_is_sealed_numbered_told_or_found(self):
        counted = ("shora.finding", "mail.activity", "mail.mail", "mail.message", "mail.followers", "ir.attachment")
        before = {model: self.env[model].search_count([]) for model in counted}
        left = {"date_to": "1403/01/01", "end_reason": "resigned"}
        numbered = {"official_number": "12/34", "official_date": "1402/04/20"}
        self.bring_rows(row(email="one@example.com"), row(kind="chair"), row(seat="A2", person="S", **left, **numbered))
        self.assertEqual({model: self.env[model].search_count([]) for model in counted}, before)
        self.assertEqual(len(self.decrees()), 3)
        for decree in self.decrees():
            self.assertFalse(decree.pdf or decree.pdf_sha256 or decree.internal_number or decree.issued_at)
        number = self.decrees().filtered("official_number")
        self.assertEqual((number.official_number, number.official_year), ("12/34", 1402))

    def test_maxima_of_the_composition_do_not_judge_the_past(self):
        rows = [row(seat=f"B{n}", person=f"Expert {n}") for n in range(1, 12)]  # eleven experts, ten may be
        self.assertEqual(len(self.bring_rows(*rows)["ids"]), 11)

    def test_the_roll_of_a_past_day_shows_them(self):
        self.bring_rows(row(seat="B1", person="One"), row(seat="B1", person="One", kind="chair"))
        Decree = self.env["shora.decree"]
        for day, sat in (("2023-07-22", 0), ("2023-07-23", 1), ("2024-07-21", 1), ("2024-07-22", 0)):
            with self.subTest(day):
                self.assertEqual(len(Decree._roll_on(self.past, day)), sat)
                self.assertEqual(len(Decree._chairs_on(self.past, day)), sat)

    def test_expertise_reaches_decree_and_membership(self):
        self.bring_rows(row(academic_rank="استاد", field_of_study="حقوق", title="دکتر"))
        decree = self.decrees()
        for record in (decree, decree.membership_id):
            self.assertEqual((record.academic_rank, record.field_of_study), ("استاد", "حقوق"))
        self.assertEqual((decree.recipient_title, decree.partner_id.shora_title), ("دکتر", "دکتر"))

    # --- files ---

    def test_a_workbook_with_date_cells_and_jalali_text(self):
        content = workbook(
            [
                row(seat="B1", person="Cells", date_from=date(2023, 7, 23), date_to=datetime(2024, 7, 21, 0, 0)),
                row(seat="B2", person="Jalali", date_from="۱۴۰۲/۰۵/۰۱", date_to="٣١ تير ١٤٠٣"),
                row(seat="B3", person="Digits", date_from=14020501, date_to=20240721),
            ]
        )
        for options in ({}, {"date_format": "%d/%m/%Y", "datetime_format": "%m/%d/%Y %H:%M"}):
            with self.subTest(options=options):
                result = self.bring(content, "past.xlsx", dryrun=bool(not options), **options)
                self.assertEqual(result["messages"], [])
        self.assertEqual(set(self.decrees().mapped("date_from")), {date(2023, 7, 23)})
        self.assertEqual(set(self.decrees().mapped("date_to")), {date(2024, 7, 21)})

    def test_a_jalali_day_that_a_program_took_for_a_gregorian_one_is_refused(self):
        wizard = self.wizard(b"x")
        text = wizard._stringify_date_like_objects(date(1402, 5, 1), {})
        self.assertRegex(self.reasons(row(date_from=text))[2], "First day: “1402-05-01 \\(date cell\\)”")

    def test_a_table_of_the_old_windows_code_page(self):
        cells = row(person="علي كريمي", seat="ب-1", kind="انتصاب", academic_rank="استاد")
        result = self.bring(text_table([cells], encoding="cp1256"))
        self.assertEqual(result["messages"], [])
        self.assertEqual(self.decrees().academic_rank, "استاد")
        self.assertEqual(self.decrees().partner_id.name, "علي كريمي")

    def test_wrong_files_are_named_and_nothing_is_read(self):
        twice = [*HEADINGS.values()]
        twice[3] = " council "
        ragged = text_table([row()]) + b"P1,B2,Short\r\n"
        for content, words in (
            (text_table([row()], headings=twice), "occurs twice"),
            (ragged, "Row 3 has 3 cells"),
            (b"", "empty"),
        ):
            with self.subTest(words):
                self.assertIn(words, self.preview(content)["error"])
                result = self.wizard(content).execute_import(list(HEADINGS), list(HEADINGS), {**OPTIONS})
                self.assertIn(words, result["messages"][0]["message"])

    def test_missing_and_foreign_columns_are_named(self):
        Past = self.env["shora.past.decree"].with_user(self.admin)
        for names, words in (
            (["council", "person"], "“Kind of decree” is missing"),
            (["council", "person", "kind", "date_from", "id"], "“id” cannot be imported"),
            (["council", "person", "kind", "date_from", ".id"], "“.id” cannot be imported"),
            (["council", "person", "kind", "date_from", "decree_id/id"], "“decree_id/id” cannot be imported"),
            (["council", "person", "kind", "date_from", "person"], "“Name of the person” occurs twice"),
        ):
            with self.subTest(words):
                result = Past.load(names, [["1"] * len(names)])
                self.assertFalse(result["ids"])
                self.assertIn(words, "\n".join(message["message"] for message in result["messages"]))

    def test_a_bomb_is_not_unpacked(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<x/>")
            archive.writestr("xl/worksheets/sheet1.xml", b" " * (65 * 2**20))
        self.assertLess(len(buffer.getvalue()), 200_000)
        self.assertIn("64 MB", self.preview(buffer.getvalue(), "bomb.xlsx")["error"])
        self.assertIn("64 MB", self.preview(buffer.getvalue(), "bomb.ods")["error"])

    def test_a_cell_in_the_farthest_corner_is_not_walked_to(self):
        content = workbook([row()])
        book = io.BytesIO(content)
        sheet = openpyxl.load_workbook(book)
        sheet.active["XFD1048576"] = "x"
        corner = io.BytesIO()
        sheet.save(corner)
        self.assertIn("far outside", self.preview(corner.getvalue(), "corner.xlsx")["error"])

    def test_other_models_are_read_as_ever(self):
        wizard = self.env["base_import.import"].create(
            {"res_model": "res.partner", "file": b"Name\nSomebody\n", "file_name": "p.csv", "file_type": "text/csv"}
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        self.assertEqual(wizard.execute_import(["name"], ["Name"], options)["messages"], [])
        self.assertTrue(self.env["res.partner"].search([("name", "=", "Somebody")]))


@tagged("post_install", "-at_install")
class TestPastCost(PastCase):
    def test_queries_grow_with_batches_of_a_hundred_only(self):
        def queries(count, shift):
            rows = self.years(count)
            for cells in rows:
                number = f"{shift}/{cells['official_number']}"
                cells.update(council=shift, email="", person=f"{shift} {cells['person']}", official_number=number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            result = self.bring(text_table(rows))
            self.env.flush_all()
            self.assertEqual(result["messages"], [])
            return self.cr.sql_log_count - before

        for code in ("Q1", "Q2", "Q3"):
            self.make_council(code)
        queries(5, "Q1")
        few, many = queries(10, "Q2"), queries(500, "Q3")
        self.assertLess(many - few, 60, f"{few} queries for 10 rows, {many} for 500")
