"""Seats that go with a post (4-A1, 4-A3, 4-A4): who holds it, what ends with it, and what asks for a new decree."""

from datetime import date

from odoo.addons.shora_council.rules import post
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger
from psycopg2 import IntegrityError

from tests.common import ShoraCase, tehran

TODO = "shora_council.activity_new_decree"
RULES = {"A1": "ends", "A3": "decree", "A4": "decree"}


class PostCase(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for seat in cls.council.seat_ids.filtered(lambda s: s.code in RULES):
            seat.write({"post_rule": RULES[seat.code], "clause_code": f"4-{seat.code}"})
        cls.a1, cls.a2, cls.a3, cls.a4 = cls.council.seat_ids[:4]
        cls.job = cls.env["hr.job"].create({"name": "Deputy"})
        cls.other_job = cls.env["hr.job"].create({"name": "Clerk"})
        with tehran("2026-09-01 08:00"):
            cls.deputy = cls.hire("Deputy one", cls.people["A3"], cls.job, "2026-08-01")
            cls.a3.job_id = cls.job

    @classmethod
    def hire(cls, name, partner, job, since):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "work_contact_id": partner.id,
                "job_id": job.id,
                "date_version": since,
                "company_id": cls.env.company.id,
            }
        )

    def record(self, seat, holder, since="2026-11-23", user=None, letter="100/1"):
        dialog = self.env["shora.post.change"].with_user(user or self.office)
        dialog.create(
            {"seat_id": seat.id, "holder_id": holder.id if holder else False, "since": since, "letter": letter}
        ).action_confirm()
        self.env.invalidate_all()

    def findings(self, seat):
        domain = [("code", "=", "post_changed"), ("res_id", "=", seat.id), ("state", "=", "open")]
        return self.env["shora.finding"].search(domain)

    def todos(self, seat):
        kind = self.env.ref(TODO)
        return self.env["mail.activity"].search([("res_id", "=", seat.id), ("activity_type_id", "=", kind.id)])

    def member(self, seat):
        return seat.membership_ids.filtered(lambda m: m.state == "current")

    def age(self, employee):
        """What was entered in HR long ago: tests live in one transaction, where everything looks new."""
        self.env.flush_all()
        self.cr.execute(
            SQL("UPDATE hr_version SET create_date = '2026-01-01' WHERE employee_id IN %s", tuple(employee.ids))
        )
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestTenure(PostCase):
    """The rule itself, without records."""

    def held(self, day, *versions, active=True):
        return post.tenure([post.Version(*version) for version in versions], 7, date.fromisoformat(day), active)

    def test_a_version_counts_from_its_day_on(self):
        first, second = (date(2026, 1, 1), 5), (date(2026, 6, 1), 7)
        self.assertEqual(self.held("2026-05-31", first, second), post.Tenure(False, date(2026, 1, 1)))
        self.assertEqual(self.held("2026-06-01", first, second), post.Tenure(True, date(2026, 6, 1)))
        self.assertEqual(self.held("2025-12-31", first, second), post.Tenure(False))

    def test_a_version_that_changes_something_else_does_not_begin_a_new_tenure(self):
        versions = ((date(2026, 1, 1), 7), (date(2026, 6, 1), 7))
        self.assertEqual(self.held("2026-07-01", *versions), post.Tenure(True, date(2026, 1, 1)))

    def test_the_day_of_departure_is_the_last_in_the_post(self):
        version = (date(2026, 1, 1), 7, date(2026, 3, 31))
        self.assertTrue(self.held("2026-03-31", version).held)
        self.assertEqual(self.held("2026-04-01", version), post.Tenure(False, date(2026, 4, 1), True))

    def test_somebody_archived_holds_nothing(self):
        self.assertEqual(self.held("2026-04-01", (date(2026, 1, 1), 7), active=False), post.Tenure(False))

    def test_a_correction_of_what_was_in_force_already_counts_from_today(self):
        today, old = date(2026, 11, 23), post.Tenure(True, date(2020, 1, 1))
        self.assertEqual(post.effective_day(old, date(2026, 11, 22), today), today)
        entered_now = post.Tenure(True, date(2026, 11, 10), True)
        self.assertEqual(post.effective_day(entered_now, date(2026, 11, 22), today), date(2026, 11, 10))
        by_calendar = post.Tenure(True, date(2026, 11, 21))
        self.assertEqual(post.effective_day(by_calendar, date(2026, 11, 20), today), date(2026, 11, 21))
        self.assertEqual(post.effective_day(by_calendar, date(2026, 11, 21), today), today)


@tagged("post_install", "-at_install")
class TestSeatWithJob(PostCase):
    def test_the_first_look_finds_the_holder_and_changes_nothing(self):
        self.assertEqual(self.a3.post_holder_id, self.people["A3"])
        self.assertEqual(str(self.a3.post_holder_since), "2026-08-01")
        self.assertFalse(self.findings(self.a3) or self.todos(self.a3))

    def test_a_new_holder_asks_for_a_new_decree_and_the_member_stays(self):
        successor = self.make_partner("Successor")
        self.deputy.job_id = self.other_job
        self.hire("Deputy two", successor, self.job, "2026-11-20")
        self.assertEqual((self.a3.post_holder_id, str(self.a3.post_holder_since)), (successor, "2026-11-20"))
        self.assertEqual(self.member(self.a3).partner_id, self.people["A3"], "only a decree ends this membership")
        finding = self.findings(self.a3)
        self.assertEqual((finding.clause_id.code, finding.actor), ("4-A3", "hr"))
        self.assertIn(self.hr, self.todos(self.a3).user_id)
        self.assertTrue(self.a3.needs_decree)
        action = self.a3.with_user(self.hr).action_new_decree()
        decree = self.env["shora.decree"].with_user(self.hr).with_context(**action["context"]).create({})
        self.assertEqual((decree.partner_id, decree.seat_id, decree.kind), (successor, self.a3, "appointment"))
        decree.write({"official_number": "7/1", "official_date": "2026-11-23"})
        decree.action_propose()
        self.assertTrue(self.todos(self.a3), "a proposed decree settles nothing")
        decree.action_issue()
        self.env.invalidate_all()
        self.assertFalse(self.findings(self.a3) or self.todos(self.a3))
        self.assertEqual(self.member(self.a3).partner_id, successor)

    def test_the_change_taken_back_in_hr_takes_the_to_do_back(self):
        self.deputy.job_id = self.other_job
        self.assertFalse(self.a3.post_holder_id)
        self.assertTrue(self.findings(self.a3) and self.todos(self.a3))
        self.deputy.job_id = self.job
        self.assertEqual(self.a3.post_holder_id, self.people["A3"])
        self.assertFalse(self.findings(self.a3) or self.todos(self.a3))

    def test_archiving_the_employee_leaves_the_post_without_holder(self):
        self.deputy.with_context(no_wizard=True).action_archive()
        self.assertFalse(self.a3.post_holder_id)
        self.assertEqual(str(self.a3.post_holder_since), "2026-11-23")
        self.assertTrue(self.findings(self.a3))
        self.deputy.action_unarchive()
        self.assertEqual(self.a3.post_holder_id, self.people["A3"])
        self.assertFalse(self.findings(self.a3))

    def test_departure_counts_from_the_day_after_it(self):
        self.deputy.departure_date = "2026-11-23"
        self.assertEqual(self.a3.post_holder_id, self.people["A3"])
        with tehran("2026-11-24 00:10"):
            self.run_job("cron_terms")
            self.assertFalse(self.a3.post_holder_id)
            self.assertEqual(str(self.a3.post_holder_since), "2026-11-24")

    def test_another_contact_is_another_holder_and_deleting_the_employee_none(self):
        other = self.make_partner("Other contact")
        self.deputy.work_contact_id = other
        self.assertEqual(self.a3.post_holder_id, other)
        self.deputy.unlink()
        self.assertFalse(self.a3.post_holder_id)

    def test_a_version_of_a_coming_day_takes_effect_at_midnight_in_tehran(self):
        successor = self.make_partner("Successor")
        with tehran("2026-11-23 12:00"):
            clerk = self.hire("Clerk", successor, self.other_job, "2026-08-01")
            self.deputy.create_version({"date_version": "2026-12-01", "job_id": self.other_job.id})
            clerk.create_version({"date_version": "2026-12-01", "job_id": self.job.id})
            self.age(self.deputy | clerk)
            self.assertEqual(self.a3.post_holder_id, self.people["A3"])
        with tehran("2026-11-30 23:59"):
            self.assertIs(self.run_job("cron_terms"), True)
            self.assertEqual(self.a3.post_holder_id, self.people["A3"])
        with tehran("2026-12-01 00:00"):
            self.assertIs(self.run_job("cron_terms"), True)
            self.assertEqual((self.a3.post_holder_id, str(self.a3.post_holder_since)), (successor, "2026-12-01"))
            self.assertTrue(self.findings(self.a3) and self.todos(self.a3))

    def test_a_missed_job_does_not_move_the_day(self):
        self.deputy.create_version({"date_version": "2026-12-01", "job_id": self.other_job.id})
        self.age(self.deputy)
        with tehran("2026-12-04 09:00"):
            self.run_job("cron_terms")
            self.assertEqual(str(self.a3.post_holder_since), "2026-12-01")

    def test_a_job_changed_in_an_old_version_counts_from_today(self):
        successor = self.make_partner("Successor")
        clerk = self.hire("Clerk", successor, self.other_job, "2020-01-01")
        self.age(self.deputy | clerk)
        self.deputy.job_id = self.other_job
        self.assertEqual(str(self.a3.post_holder_since), "2026-11-23")
        clerk.job_id = self.job
        self.assertEqual((self.a3.post_holder_id, str(self.a3.post_holder_since)), (successor, "2026-11-23"))

    def test_of_two_holders_the_recorded_one_stays(self):
        self.hire("Deputy two", self.make_partner("Second"), self.job, "2026-11-20")
        self.assertEqual(self.a3.post_holder_id, self.people["A3"])
        self.assertFalse(self.findings(self.a3))

    def test_of_two_strangers_nobody_is_chosen(self):
        self.hire("Deputy two", self.make_partner("Second"), self.job, "2026-11-20")
        third = self.hire("Deputy three", self.make_partner("Third"), self.job, "2026-11-21")
        self.deputy.job_id = self.other_job
        self.assertEqual(self.a3.post_holder_id, self.people["A3"], "left as it was")
        self.assertEqual(str(self.findings(self.a3).date_since), "2026-11-21")
        third.job_id = self.other_job
        self.assertEqual(self.a3.post_holder_id.name, "Second")

    def test_two_holders_become_clear_again(self):
        self.hire("Deputy two", self.make_partner("Second"), self.job, "2026-11-20")
        self.hire("Deputy three", self.make_partner("Third"), self.job, "2026-11-21")
        self.deputy.job_id = self.other_job
        self.assertTrue(self.findings(self.a3))
        self.deputy.job_id = self.job
        self.assertFalse(self.findings(self.a3) or self.todos(self.a3))

    def test_the_job_of_the_seat_can_be_changed_without_ending_anybody(self):
        self.a1.write({"job_id": self.other_job.id})
        self.hire("Clerk", self.make_partner("Somebody"), self.other_job, "2026-11-20")
        self.assertEqual(self.a1.post_holder_id.name, "Somebody")
        self.assertEqual(self.member(self.a1).partner_id, self.people["A1"], "found, not changed")
        self.assertTrue(self.findings(self.a1))

    def test_hr_needs_no_right_in_the_councils(self):
        self.deputy.with_user(self.hr).write({"job_id": self.other_job.id})
        self.assertFalse(self.a3.post_holder_id)

    def test_other_changes_of_employees_ask_nothing(self):
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.env["shora.seat"]._tied_to_employees(self.env["hr.employee"])
        self.assertEqual(self.cr.sql_log_count - before, 1)
        self.a3.job_id = False
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.assertFalse(self.env["shora.seat"]._tied_to_employees(self.deputy))
        self.assertEqual(self.cr.sql_log_count - before, 1, "no seat has a job: one query")

    def test_the_cost_does_not_grow_with_the_seats(self):
        other = self.make_council("T2")
        other.seat_ids.filtered(lambda s: s.kind == "ex_officio").write({"post_rule": "decree"})

        def queries(seats):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            seats._tenures(seats._fields["post_looked_on"].from_string("2026-11-23"))
            return self.cr.sql_log_count - before

        def late(seats):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            seats._post_mismatches()
            return self.cr.sql_log_count - before

        tied = other.seat_ids.filtered(lambda s: s.post_rule != "none")
        tied.write({"job_id": self.job.id})
        for count in (queries, late):
            count(tied)
            self.assertEqual(count(tied[:1]), count(tied))


@tagged("post_install", "-at_install")
class TestSeatWithLetter(PostCase):
    def test_the_city_councils_member_leaves_with_the_post(self):
        member = self.member(self.a1)
        self.record(self.a1, self.people["A1"], "2026-09-01")
        self.assertEqual(member.state, "current", "the holder is the member")
        successor = self.make_partner("Successor")
        self.record(self.a1, successor, "2026-11-20")
        self.assertEqual((member.state, member.end_reason, str(member.date_to)), ("ended", "post_lost", "2026-11-19"))
        self.assertEqual(member.decree_id.state, "ended")
        self.assertEqual(str(self.a1.vacant_since), "2026-11-20")
        self.assertTrue(self.findings(self.a1), "a holder, and nobody sits")
        self.appoint(self.council, "A1", successor, "2026-11-23")
        self.assertFalse(self.findings(self.a1) or self.todos(self.a1))

    def test_without_successor_the_seat_is_vacant_and_no_decree_is_asked_for(self):
        self.record(self.a1, self.people["A1"], "2026-09-01")
        self.record(self.a1, False, "2026-11-23")
        self.assertFalse(self.member(self.a1) or self.findings(self.a1))
        self.assertEqual(str(self.a1.vacant_since), "2026-11-23")

    def test_the_representative_falls_with_the_principal(self):
        principal, successor = self.make_partner("Principal"), self.make_partner("Successor")
        self.end(self.people["A4"].shora_membership_ids, day="2026-11-10")
        self.record(self.a4, principal, "2026-09-01")
        envoy = self.decree(
            self.council, "A4", self.make_partner("Envoy"), "2026-11-11", "representative", principal_id=principal.id
        )
        envoy.action_issue()
        self.assertFalse(self.findings(self.a4), "represented is as good as present")
        self.record(self.a4, principal, "2026-10-01")
        self.assertEqual(envoy.state, "in_force", "the same holder, a corrected day")
        self.record(self.a4, successor, "2026-11-23")
        member = envoy.membership_id
        self.assertEqual((envoy.state, envoy.end_reason, str(envoy.date_ended)), ("ended", "post_lost", "2026-11-22"))
        self.assertEqual((member.state, str(member.date_to)), ("ended", "2026-11-22"))
        self.assertTrue(self.findings(self.a4) and self.todos(self.a4))

    def test_a_principal_who_sits_in_person_stays_until_a_new_decree(self):
        self.record(self.a4, self.people["A4"], "2026-09-01")
        self.record(self.a4, self.make_partner("Successor"))
        self.assertEqual(self.member(self.a4).partner_id, self.people["A4"])
        self.assertTrue(self.findings(self.a4))
        self.record(self.a4, self.people["A4"])
        self.assertFalse(self.findings(self.a4) or self.todos(self.a4))

    def test_what_was_attended_under_a_late_letter_stays(self):
        principal = self.make_partner("Principal")
        self.end(self.people["A4"].shora_membership_ids, day="2026-09-30")
        envoy = self.decree(
            self.council, "A4", self.make_partner("Envoy"), "2026-10-01", "representative", principal_id=principal.id
        )
        envoy.action_issue()
        self.held_session(self.council, "2026-11-02")
        self.record(self.a4, self.make_partner("Successor"), "2026-09-15")
        self.assertEqual((envoy.state, str(envoy.date_ended)), ("ended", "2026-11-22"))
        self.assertEqual(envoy.membership_id.state, "ended", "a session was attended: it is no void membership")

    def test_everybody_concerned_is_told(self):
        self.record(self.a1, self.people["A1"], "2026-09-01")
        (self.hr | self.office).lang = "en_US"
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.record(self.a1, self.make_partner("Successor"), user=self.hr)
        message = self.env["mail.message"].search([("id", ">", before), ("message_type", "=", "user_notification")])
        message = message.filtered(lambda m: m.model == "shora.seat")
        told = message.notified_partner_ids
        for partner in (self.hr.partner_id, self.office.partner_id, self.secretary.partner_id):
            self.assertIn(partner, told)
        self.assertIn("(Article 4", message.body)
        self.assertIn("has ended with the post", message.body)

    def test_who_may_record(self):
        for name in ("hr", "office", "president", "admin"):
            user = getattr(self, name)
            self.record(self.a4, self.make_partner(f"By {name}"), user=user)
            self.assertEqual(self.a4.post_holder_id.name, f"By {name}")
        portal = self.make_user("t_post_portal", "base.group_portal")
        for user in (self.secretary, self.head, self.secretariat, self.auditor, self.employee, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.record(self.a4, self.people["A4"], user=user)
        with self.assertRaisesRegex(UserError, "belongs to"):  # a dialog of somebody else's
            dialog = self.env["shora.post.change"].with_user(self.office)
            dialog = dialog.create({"seat_id": self.a4.id, "letter": "1"})
            dialog.with_user(self.secretary).action_confirm()

    def test_what_the_dialog_refuses(self):
        someone = self.people["A4"]
        for seat, since, letter, words in (
            (self.a3, "2026-11-23", "1", "Article 4.*comes from HR"),
            (self.a2, "2026-11-23", "1", "does not go with a post"),
            (self.a4, "2026-11-24", "1", "on the day on which it takes effect"),
            (self.a4, "2026-11-23", "  ", "Give the letter"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.record(seat, someone, since, letter=letter)
        self.record(self.a4, someone, "2026-11-23")

    def test_the_holder_is_written_by_nobody(self):
        for user in (self.admin, self.env.user):
            for name, value in (("post_holder_id", self.people["A4"].id), ("post_holder_since", "2026-11-23")):
                with self.subTest(user=user.login, name=name), self.assertRaisesRegex(UserError, "not written by hand"):
                    self.a4.with_user(user).write({name: value})
        vals = {"council_id": self.council.id, "code": "A9", "name": "A9", "kind": "ex_officio", "post_rule": "decree"}
        Seat = self.env["shora.seat"].with_user(self.admin)
        with self.assertRaisesRegex(UserError, "not written by hand"):
            Seat.create({**vals, "post_holder_id": self.people["A4"].id})
        seat = Seat.with_context(default_post_holder_id=self.people["A4"].id).create(vals)
        self.assertFalse(seat.post_holder_id)
        for user in (self.hr, self.office, self.secretary):
            with self.assertRaises(AccessError):
                self.a4.with_user(user).write({"post_rule": "none"})

    def test_another_company_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.office.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        with self.assertRaises(AccessError):
            self.record(self.a4, self.people["A4"])


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
