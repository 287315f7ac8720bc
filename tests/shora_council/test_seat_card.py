"""What a seat is, what its card shows, and who reads it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from tests.common import tehran
from tests.shora_council.post_case import PostCase


@tagged("post_install", "-at_install")
class TestSeatStructure(PostCase):
    def test_a_seat_with_decrees_stays_what_it_was(self):
        other = self.make_council("T2")
        for name, value in (
            ("code", "Z1"),
            ("kind", "expert"),
            ("is_secretary", True),
            ("is_representable", True),
            ("council_id", other.id),
        ):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "(?s)Article 4.*Decrees exist"):
                self.a3.with_user(self.admin).write({name: value})
        self.a3.with_user(self.admin).write({"code": "A3", "name": "Another name", "council_id": self.council.id})
        free = self.council.seat_ids.filtered(lambda seat: seat.code == "B11")
        free.with_user(self.admin).write({"code": "B12"})
        self.decree(self.council, "B12", self.make_partner("Proposed"))
        with self.assertRaisesRegex(UserError, "Decrees exist"):
            free.with_user(self.admin).write({"code": "B13"})

    @mute_logger("odoo.sql_db")
    def test_only_ex_officio_seats_are_represented_or_go_with_a_post(self):
        free = self.council.seat_ids.filtered(lambda seat: seat.code == "B11")
        for vals in ({"is_representable": True}, {"post_rule": "decree"}):
            with self.subTest(vals=vals), self.assertRaises(IntegrityError), self.cr.savepoint():
                free.with_user(self.admin).write(vals)
                self.env.flush_all()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.a2.write({"job_id": self.job.id})
            self.env.flush_all()

    def test_the_card_of_a_seat(self):
        seats = self.council.seat_ids
        self.env.invalidate_all()
        b11 = seats.filtered(lambda seat: seat.code == "B11")
        self.assertEqual(str(b11.vacant_since), "2026-09-01", "never held: the council's first day")
        self.assertFalse(self.a3.vacant_since)
        self.assertEqual((self.a3.holder_id, str(self.a3.holder_from)), (self.people["A3"], "2026-09-01"))
        self.end(self.people["B2"].shora_membership_ids, day="2026-11-22")
        b2 = seats.filtered(lambda seat: seat.code == "B2")
        self.assertEqual(str(b2.vacant_since), "2026-11-23")
        with tehran("2026-11-22 12:00"):
            self.env.invalidate_all()
            self.assertFalse(b2.vacant_since)
        self.assertFalse(self.make_council("T3").seat_ids[0].vacant_since, "no council yet, no vacancy with an age")

    def test_the_cards_cost_the_same_whatever_their_number(self):
        Seat = self.env["shora.seat"].with_user(self.hr)
        names = ("display_name", "holder_from", "holder_to", "vacant_since", "needs_decree", "post_holder_since")
        spec = {name: {} for name in names}
        spec.update({name: {"fields": {"display_name": {}}} for name in ("holder_id", "principal_id", "job_id")})

        def queries(limit):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            Seat.web_search_read([("council_id", "=", self.council.id)], spec, limit=limit, order="sequence")
            return self.cr.sql_log_count - before

        queries(15)
        self.assertEqual(queries(4), queries(15))

    def test_who_reads_seats(self):
        member = self.make_user("t_post_member", "shora_council.group_shora_member")
        other = self.make_council("T2")
        stranger, _people = self.staff_council(other, experts=1, prefix="t2")
        self.appoint(self.council, "B9", member.partner_id, "2026-11-23")
        names = ["holder_from", "vacant_since", "needs_decree", "post_holder_id", "job_id", "appointed_by"]
        for user in (self.hr, self.office, self.president, self.head, self.auditor, self.secretary, member):
            self.env.invalidate_all()
            self.assertEqual(self.a3.with_user(user).read(names)[0]["post_holder_id"][0], self.people["A3"].id)
        for user in (stranger, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.a3.with_user(user).read(names)

    def test_the_to_do_is_read_by_the_one_who_has_it(self):
        self.deputy.job_id = self.other_job
        mine = self.todos(self.a3).filtered(lambda todo: todo.user_id == self.hr)
        self.assertEqual(mine.with_user(self.hr).read(["summary", "res_name"])[0]["id"], mine.id)

    def test_the_shipped_seats(self):
        rules = {seat: self.env.ref(f"shora_council.seat_irud_{seat}").post_rule for seat in ("a1", "a2", "a3", "a4")}
        self.assertEqual(rules, {"a1": "ends", "a2": "none", "a3": "decree", "a4": "decree"})
