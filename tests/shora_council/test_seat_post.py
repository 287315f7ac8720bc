"""Seats whose post HR keeps (4-A3): the holder follows HR by the calendar of Tehran, and a change asks for a decree."""

from odoo.tests import tagged

from tests.common import tehran
from tests.shora_council.post_case import PostCase


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
