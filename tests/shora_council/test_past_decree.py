"""A council's past through Odoo's import: every row final and silent, or every faulty row named and nothing kept."""

import io
import zipfile
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.addons.web_jalali.tools import jalali
from odoo.tests import tagged

from tests.common import OFFICES, ShoraCase
from tests.shora_council.past import HEADINGS, Importer, row, text_table, workbook

EXPERTS = 11


@tagged("post_install", "-at_install")
class PastCase(Importer, ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.past = cls.make_council("P1")
        cls.hr_manager = cls.make_user("t_hr_manager", "base.group_user,hr.group_hr_manager")

    def decrees(self):
        return self.env["shora.decree"].search([("council_id", "=", self.past.id)])

    def kept(self):
        """Everything that an import could leave behind."""
        return [
            self.env[model].search_count([])
            for model in ("shora.past.decree", "shora.decree", "shora.membership", "res.partner")
        ]

    def years(self, count):
        """``count`` experts' years in consecutive Jalali years from 1355, eleven seats."""
        rows = []
        for index in range(count):
            year = 1355 + index // EXPERTS
            rows.append(
                row(
                    seat=f"B{index % EXPERTS + 1}",
                    person=f"Expert number {index % 30}-{index % EXPERTS}",
                    email=f"expert{index % 30}x{index % EXPERTS}@example.com",
                    date_from=f"{year}/02/01",
                    date_to=f"{year + 1}/01/31",
                    kind="renewal" if index % 2 else "appointment",
                    end_reason="expired",
                    official_number=f"{index}",
                    official_date=f"{year}/01/20",
                )
            )
        return rows


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
            named = {message["record"]: message["message"] for message in reasons["messages"]}
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
        with self.tomorrow():
            decree._expire_if_over()
        self.assertEqual((decree.state, decree.end_reason), ("ended", "expired"))
        self.assertEqual(decree.membership_id.state, "ended")

    def tomorrow(self):
        from tests.common import tehran

        return tehran("2026-11-24 00:00")

    def test_nothing_is_sealed_numbered_told_or_found(self):
        counted = ("shora.finding", "mail.activity", "mail.mail", "mail.message", "mail.followers", "ir.attachment")
        before = {model: self.env[model].search_count([]) for model in counted}
        self.bring_rows(row(email="one@example.com"), row(kind="chair"), row(seat="A2", person="S", date_to="1403/01/01",
                        end_reason="resigned", official_number="12/34", official_date="1402/04/20"))  # fmt: skip
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
                result = self.wizard(content).execute_import(list(HEADINGS), list(HEADINGS), {"quoting": '"', "separator": ",", "has_headers": True})  # fmt: skip
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
        import openpyxl

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
class TestPastCells(PastCase):
    def test_one_faulty_cell_each(self):
        """The sentence names the column or the clause, and the value."""
        known = self.make_partner("Known Somebody")
        self.make_partner("Twin Person").email = "one.twin@example.com"
        self.make_partner("Twin Person").email = "other.twin@example.com"
        cases = [
            ({"council": "Nowhere"}, "Council: there is no council “Nowhere”"),
            ({"council": ""}, "Council: must be filled in"),
            ({"seat": "B77"}, "Seat: “P1” has no seat “B77”"),
            ({"seat": ""}, "Seat: must be filled in"),
            ({"kind": "end"}, "Kind of decree: “end” is not known"),
            ({"date_from": "1402/13/01"}, "First day: there is no day “1402/13/01”"),
            ({"date_from": "1403/07/31"}, "First day: there is no day “1403/07/31”"),
            ({"date_from": "2023-02-29"}, "First day: there is no day “2023-02-29”"),
            ({"date_from": "02/05/01"}, "year with four digits"),
            ({"date_from": "01/05/1402"}, "First day: “01/05/1402” is no date; write it as 1402/05/01"),
            ({"date_from": "1042/05/01"}, "First day: “1042/05/01” is too far"),
            ({"date_from": "tomorrow"}, "First day: “tomorrow” is no date"),
            ({"date_from": "1402/05/10", "date_to": "1402/05/09"}, "Last day: before the first day"),
            ({"date_to": ""}, "part B\\) An expert's decree has a last day"),
            ({"date_to": "1403/05/01"}, "part B\\) Last day: the term from 07/23/2023 ends on 07/21/2024"),
            ({"date_to": "1403/04/30"}, "Reason of the end: say why it ended"),
            ({"end_reason": "went away"}, "Reason of the end: “went away” is not known"),
            ({"date_from": "1405/05/01", "date_to": "1406/04/31", "end_reason": "resigned"}, "only for what is over"),
            ({"official_number": "12"}, "Official number: goes with the official date"),
            ({"email": "nobody"}, "E-mail of the person: “nobody” is no e-mail"),
            ({"email": known.email}, "belongs to Known Somebody, not to Past person"),
            ({"person": "Twin Person"}, "2 contacts are called Twin Person; give the e-mail"),
            ({"person": "=HYPERLINK(1)"}, "Name of the person: “=HYPERLINK\\(1\\)” is a formula"),
            ({"person": "@SUM(1)"}, "is a formula"),
            ({"person": "A\x00B"}, "Name of the person: “A�B” .* control"),
            ({"person": "x" * 201}, "longer than 200"),
            ({"kind": "representative"}, "note 3.*Say whom the representative represents"),
            ({"kind": "representative", "principal": "Head"}, "note 3.*Nobody may be represented in the seat B1"),
            ({"principal": "Head"}, "note 3.*Representative of: only a standing representative"),
            ({"kind": "acting"}, "secretary's seat, not to B1"),
            ({"kind": "renewal", "seat": "A1"}, "no term that could be renewed"),
            ({"kind": "chair", "seat": "A1"}, "note 2.*no expert's seat"),
            ({"kind": "chair", "seat": ""}, "note 2.*no expert member on the first day"),
        ]
        before = self.kept()
        for cells, words in cases:
            with self.subTest(cells=cells):
                reasons = self.reasons(row(**cells))
                self.assertEqual(set(reasons), {2})
                self.assertRegex(reasons[2], words)
                self.assertEqual(self.kept(), before)

    def test_every_faulty_cell_of_a_row_is_named(self):
        result = self.bring_rows(row(seat="B77", kind="x", date_from="y"))
        self.assertEqual({message["record"] for message in result["messages"]}, {2})
        self.assertEqual(len(result["messages"]), 3)

    def test_thirty_esfand(self):
        self.assertIn("there is no day", self.reasons(row(date_from="1402/12/30", date_to="1403/12/29"))[2])
        self.assertIn("ends on", self.reasons(row(date_from="1402/12/29", date_to="1403/12/29"))[2])
        self.assertEqual(self.bring_rows(row(date_from="1403/12/30", date_to="1404/12/29"))["messages"], [])
        self.assertEqual(self.decrees().date_from, jalali.from_jalali(1403, 12, 30))

    def test_a_whole_leap_year(self):
        self.assertEqual(self.bring_rows(row(date_from="1403/01/01", date_to="1403/12/30"))["messages"], [])
        self.assertEqual((self.decrees().date_to - self.decrees().date_from).days, 365)

    def test_before_the_by_law_no_term_is_judged(self):
        """The by-law is in force from 1398/02/06."""
        self.assertIn("ends on", self.reasons(row(date_from="1398/02/06", date_to="1399/02/06", end_reason="expired"))[2])
        result = self.bring_rows(row(date_from="1398/02/05", date_to="1400/02/04"))
        self.assertEqual(result["messages"], [])

    def test_words_seats_and_names_as_people_type_them(self):
        rows = [
            row(council="Council P1", seat="الف-۳", kind="انتصاب", person="رضا كيانى", date_to="1403/01/01",
                end_reason="از دست دادن سمت"),
            row(council=" p1 ", seat="ب ۲", kind="تمدید", person="علی\u200cاصغر  نوري", end_reason="پایان دوره"),
            row(council="P1", seat="b-2", kind="تمديد", person="علي اصغر نوری", date_from="1403/05/01",
                date_to="1404/04/31"),
            row(council="P1", seat="", kind="رئیس شورا", person="علی اصغر نوری", date_from="1403/06/01",
                date_to=""),
        ]  # fmt: skip
        self.assertEqual(self.bring_rows(*rows)["messages"], [])
        self.assertEqual(len(self.decrees().partner_id), 2)
        self.assertEqual(sorted(self.decrees().mapped("kind")), ["appointment", "chair", "renewal", "renewal"])
        self.assertEqual(set(self.decrees().seat_id.mapped("code")), {"A3", "B2"})


@tagged("post_install", "-at_install")
class TestPastPeople(PastCase):
    def test_by_address_by_name_or_new(self):
        by_address = self.make_partner("Sara Rad")
        by_name = self.make_partner("Mina Sadr")
        rows = [
            row(seat="B1", person="Dr. Sara Rad", email=by_address.email.upper()),
            row(seat="B2", person="mina  sadr"),
            row(seat="B3", person="New One", email="new.one@example.com", title="Dr."),
            row(seat="B3", person="New One", date_from="1403/05/01", date_to="1404/04/31", kind="renewal"),
        ]
        before = self.env["res.partner"].search_count([])
        self.assertEqual(self.bring_rows(*rows)["messages"], [])
        seats = {d.seat_id.code: d.partner_id for d in self.decrees()}
        self.assertEqual((seats["B1"], seats["B2"]), (by_address, by_name))
        self.assertEqual((seats["B3"].email, seats["B3"].shora_title), ("new.one@example.com", "Dr."))
        self.assertEqual(len(seats["B3"]), 1)
        self.assertEqual(self.env["res.partner"].search_count([]), before + 1)

    def test_a_namesake_with_another_address_is_not_taken(self):
        self.make_partner("Sara Rad").email = "rad@example.com"
        self.assertIn("with another address", self.reasons(row(person="Sara Rad", email="sara@example.com"))[2])

    def test_a_namesake_without_address_is_the_person(self):
        partner = self.env["res.partner"].create({"name": "Sara Rad"})
        self.bring_rows(row(person="Sara Rad", email="sara@example.com"))
        self.assertEqual(self.decrees().partner_id, partner)

    def test_two_new_people_of_one_name_need_their_addresses(self):
        rows = [
            row(seat="B1", person="Twin", email="t1@example.com"),
            row(seat="B2", person="Twin", email="t2@example.com"),
            row(seat="B3", person="Twin", date_from="1404/01/01", date_to="1404/12/29"),
        ]
        self.assertIn("several people called Twin", self.reasons(*rows)[4])
        self.assertEqual(self.bring_rows(*rows[:2])["messages"], [])
        self.assertEqual(len(self.decrees().partner_id), 2)

    def test_a_contact_of_another_company_is_not_found(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self.make_partner("Sara Rad")
        foreign.company_id = company
        self.bring_rows(row(person="Sara Rad"))
        self.assertNotEqual(self.decrees().partner_id, foreign)

    def test_a_representative_and_the_principal(self):
        head = self.make_partner("Head Of Municipality")
        cells = {"seat": "A4", "kind": "نماینده تام‌الاختیار", "date_to": "1403/01/01", "end_reason": "revoked"}
        for principal in ("Head of municipality", head.email):
            with self.subTest(principal):
                savepoint = self.env.cr.savepoint()
                self.assertEqual(self.bring_rows(row(principal=principal, **cells))["messages"], [])
                self.assertEqual((self.decrees().kind, self.decrees().principal_id), ("representative", head))
                savepoint.close(rollback=True)
                self.env.invalidate_all()
        reasons = self.reasons(row(principal="Past person", **cells))
        self.assertIn("Nobody is the representative of the own person", reasons[2])


@tagged("post_install", "-at_install")
class TestPastTogether(PastCase):
    def test_two_in_one_seat(self):
        first = row(person="One")
        for day, words in (("1403/04/31", "The seat B1 is held by One at the same time: row 2"), ("1403/05/01", None)):
            second = row(person="Two", date_from=day, date_to="1404/04/30", end_reason="expired")
            with self.subTest(day):
                if words:
                    self.assertIn(words, self.reasons(first, second)[3])
                else:
                    self.assertEqual(self.bring_rows(first, second)["messages"], [])

    def test_against_what_is_there(self):
        """T1 has experts since 2026-09-01 (1405/06/10)."""
        cells = {"council": "T1", "seat": "B1", "date_from": "1404/06/10", "end_reason": "resigned"}
        self.assertIn("The seat B1 is held by", self.reasons(row(**{**cells, "date_to": "1405/06/10", "end_reason": "expired"}))[2])
        self.assertEqual(self.bring_rows(row(**{**cells, "date_to": "1405/06/09", "end_reason": ""}))["messages"], [])
        name = self.people["B1"].name
        reason = self.reasons(row(council="T1", seat="B9", person=name, date_from="1405/06/10", date_to="1405/06/10", end_reason="resigned"))
        self.assertIn("is a member in the seat B1 at the same time", reason[2])
        chair = row(council="T1", seat="", person=name, kind="chair", date_from="1405/07/01", date_to="1405/07/02", end_reason="resigned")
        self.assertRegex(self.reasons(chair)[2], "note 2.*is chair at the same time")

    def test_an_open_end_blocks_the_seat_for_ever(self):
        open_end = row(seat="A1", person="One", date_from="1390/01/01", date_to="")
        after = row(seat="A1", person="Two", date_from="1403/01/01", date_to="")
        self.assertIn("to no end", self.reasons(open_end, after)[3])

    def test_the_same_person_twice(self):
        rows = [row(person="One"), row(seat="B2", person="One", date_from="1403/04/31", date_to="1404/04/30")]
        self.assertIn("One is a member in the seat B1 at the same time: row 2", self.reasons(*rows)[3])

    def test_the_same_decree_twice(self):
        self.assertIn("The same decree as in row 2", self.reasons(row(), row())[3])
        self.bring_rows(row())
        self.assertIn("The seat B1 is held by Past person", self.reasons(row())[2])

    def test_chairs(self):
        one = row(person="One")
        two = row(seat="B2", person="Two")
        chair = row(seat="", person="One", kind="chair", date_to="1402/12/29", end_reason="resigned")
        late = row(seat="", person="Two", kind="chair", date_from="1402/12/29", date_to="")
        self.assertIn("One is chair at the same time: row 4", self.reasons(one, two, chair, late)[5])
        late["date_from"] = "1403/01/01"
        self.assertEqual(self.bring_rows(one, two, chair, late)["messages"], [])
        chairs = self.decrees().filtered(lambda d: d.kind == "chair").sorted("date_from")
        members = self.decrees().filtered(lambda d: d.kind == "appointment")
        self.assertEqual(chairs.membership_id, members.membership_id)
        self.assertEqual(chairs.mapped("end_reason"), ["resigned", "expired"])
        self.assertEqual(chairs[1].date_to, jalali.from_jalali(1403, 4, 31))
        self.assertEqual(chairs.mapped("gives_membership"), [False, False])

    def test_a_chair_ends_with_the_membership(self):
        rows = [row(), row(seat="", kind="chair", date_to="1403/05/01")]
        self.assertIn("Last day: the membership it rests on ends on", self.reasons(*rows)[3])
        rows = [row(), row(seat="B2", kind="chair")]
        self.assertIn("Seat: Past person sits in B1", self.reasons(*rows)[3])

    def test_a_chair_of_a_faulty_row_is_not_blamed(self):
        rows = [row(date_from="1402/00/01"), row(seat="", kind="chair")]
        self.assertEqual(set(self.reasons(*rows)), {2})

    def test_a_chair_whose_membership_came_before(self):
        self.bring_rows(row())
        self.assertEqual(self.bring_rows(row(kind="chair"))["messages"], [])
        self.assertEqual(len(self.decrees().membership_id), 1)

    def test_acting_secretary(self):
        acting = row(seat="A2", kind="سرپرست", person="One", date_from="1402/08/01", date_to="1402/09/01", end_reason="revoked")
        rows = [row(person="One"), acting, {**acting, "person": "Two", "date_from": "1402/09/02", "date_to": "1402/10/01"}]
        self.assertEqual(self.bring_rows(*rows)["messages"], [])
        own = self.decrees().filtered(lambda d: d.kind == "appointment").membership_id
        one, two = self.decrees().filtered(lambda d: d.kind == "acting").sorted("date_from")
        self.assertEqual((one.membership_id, one.gives_membership), (own, False))
        self.assertTrue(two.gives_membership)
        again = {**acting, "person": "Three", "date_from": "1402/08/20", "date_to": "1402/08/21"}
        self.assertIn("The seat A2 is held by One", self.reasons(again)[2])

    def test_official_numbers(self):
        numbered = {"official_number": "12/۳", "official_date": "1402/04/01"}
        rows = [row(person="One", **numbered), row(seat="B2", person="Two", **{**numbered, "official_number": "۱۲/3"})]
        self.assertIn("“۱۲/3” is the number of row 2 in that year", self.reasons(*rows)[3])
        rows[1]["official_date"] = "1403/01/01"
        self.assertEqual(self.bring_rows(*rows)["messages"], [])
        other = row(seat="B3", person="Three", official_number="12/3", official_date="1402/12/29")
        self.assertIn("another decree", self.reasons(other)[2])


@tagged("post_install", "-at_install")
class TestPastAccess(PastCase):
    def test_who_imports(self):
        readers = {"president", "office", "head", "secretariat", "auditor", "hr", "admin"}
        for role in (*OFFICES, "secretary"):
            user = getattr(self, role)
            Past = self.env["shora.past.decree"].with_user(user)
            with self.subTest(role):
                self.assertEqual(Past.has_access("read"), role in readers)
                if role == "admin":
                    continue
                for attempt in (lambda p=Past: p.create([row()]), lambda p=Past: p.load(list(row()), [list(row().values())])):
                    with self.assertRaises(AccessError):
                        attempt()
        self.assertEqual(self.bring_rows(row(), user=self.hr_manager)["messages"], [])
        rows = self.env["shora.past.decree"].search([])
        self.assertEqual((rows.create_uid, rows.decree_id), (self.hr_manager, self.decrees()))

    def test_rows_are_proof(self):
        self.bring_rows(row())
        past = self.env["shora.past.decree"].search([])
        for user in (self.admin, self.hr_manager, self.president, self.env.ref("base.user_admin"), self.env.ref("base.user_root")):
            own = past.with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(UserError):  # AccessError is one
                    own.write({"person": "Other"})
                with self.assertRaises(UserError):  # AccessError is one
                    own.unlink()
                if not user._is_superuser():
                    with self.assertRaises(UserError):
                        own.with_context(_force_unlink=True).unlink()
        with self.assertRaises(UserError):
            self.decrees()._as_system().unlink()

    def test_a_client_forges_nothing(self):
        Past = self.env["shora.past.decree"].with_user(self.admin)
        existing = self.council.membership_ids[0].decree_id
        for name, value in (("decree_id", existing.id), ("council_id", self.council.id), ("create_uid", self.president.id)):
            with self.subTest(name), self.assertRaisesRegex(UserError, name):
                Past.create([{**row(), name: value}])
        forged = Past.with_context(
            default_decree_id=existing.id,
            default_council_id=self.council.id,
            default_is_imported=False,
            default_state="draft",
            default_end_reason="revoked",
            default_internal_number="9",
            tracking_disable=False,
        )
        past = forged.create([row()])
        self.assertEqual(past.council_id, self.past)
        self.assertNotEqual(past.decree_id, existing)
        self.assertTrue(past.decree_id.is_imported)
        self.assertFalse(past.decree_id.internal_number)
        self.assertEqual((past.decree_id.end_reason, past.end_reason), ("expired", False))

    def test_create_names_every_faulty_row(self):
        Past = self.env["shora.past.decree"].with_user(self.admin)
        before = self.kept()
        with self.assertRaises(ValidationError) as caught:
            Past.create([row(seat="B77"), row(), row(person="")])
        self.assertRegex(str(caught.exception), r"(?s)Row 1: Seat.*Row 3: Name of the person")
        self.assertEqual(self.kept(), before)

    def test_imported_decrees_cannot_be_made_by_hand(self):
        with self.assertRaises(UserError):
            self.decree(self.past, "B1", self.make_partner("X"), is_imported=True)
        with self.assertRaises(UserError):
            self.decree(self.past, "B1", self.make_partner("Y"), state="ended")
        self.bring_rows(row())
        with self.assertRaises(UserError):
            self.decrees().with_user(self.president).write({"date_from": "2020-01-01"})

    def test_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.bring_rows(row())
        self.admin.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.env.invalidate_all()
        self.assertFalse(self.env["shora.past.decree"].with_user(self.admin).search([]))
        self.assertIn("there is no council “P1”", self.reasons(row(seat="B2"))[2])

    def test_the_template_is_read_back(self):
        Past = self.env["shora.past.decree"].with_user(self.admin)
        (template,) = Past.get_import_templates()
        self.assertEqual(template["template"], "/shora/past-decrees/template.xlsx")
        from odoo.addons.shora_council.tools import past_template

        for lang in ("en_US", "fa_IR"):
            with self.subTest(lang):
                content = past_template.workbook(*Past.with_context(lang=lang)._template())
                self.past.sequence = -1  # the council of the examples
                result = self.bring(content, "template.xlsx", dryrun=True)
                self.assertEqual(result["messages"], [])
                self.assertEqual(len(result["ids"]), 2)


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
