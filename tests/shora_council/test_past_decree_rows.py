"""What stands against a row of a council's past, and against several: named with column or clause."""

from odoo.addons.web_jalali.tools import jalali
from odoo.tests import tagged

from tests.shora_council.past import PastCase, row


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
            ({"principal": "Head"}, "note 3.*Represents: only a standing representative"),
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
        self.assertEqual({message["record"] for message in result["messages"]}, {"2"})
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
        self.assertIn(
            "ends on", self.reasons(row(date_from="1398/02/06", date_to="1399/02/06", end_reason="expired"))[2]
        )
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
        self.assertIn(
            "The seat B1 is held by",
            self.reasons(row(**{**cells, "date_to": "1405/06/10", "end_reason": "expired"}))[2],
        )
        self.assertEqual(self.bring_rows(row(**{**cells, "date_to": "1405/06/09", "end_reason": ""}))["messages"], [])
        name = self.people["B1"].name
        reason = self.reasons(
            row(
                council="T1",
                seat="B9",
                person=name,
                date_from="1405/06/10",
                date_to="1405/06/10",
                end_reason="resigned",
            )
        )
        self.assertIn("is a member in the seat B1 at the same time", reason[2])
        chair = row(
            council="T1",
            seat="",
            person=name,
            kind="chair",
            date_from="1405/07/01",
            date_to="1405/07/02",
            end_reason="resigned",
        )
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
        acting = row(
            seat="A2", kind="سرپرست", person="One", date_from="1402/08/01", date_to="1402/09/01", end_reason="revoked"
        )
        rows = [
            row(person="One"),
            acting,
            {**acting, "person": "Two", "date_from": "1402/09/02", "date_to": "1402/10/01"},
        ]
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
