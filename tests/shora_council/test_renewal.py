"""4-B: the renewal queue and the reminders 60, 30 and 15 days before the last day of an expert's Jalali year."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran

# Terms begin on 2026-09-01 and end on 2027-08-31: 60 days before it is 2027-07-02.
LAST = "2027-08-31"


@tagged("post_install", "-at_install")
class TestRenewalQueue(ShoraCase):
    def queue(self, user=None):
        self.env.invalidate_all()
        members = self.env["shora.membership"].with_user(user or self.president)
        return members.search([("is_renewal_due", "=", True), ("council_id", "=", self.council.id)])

    def todos(self):
        return self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", self.env.ref("shora_council.activity_renewal").id),
                ("res_id", "in", self.council.membership_ids.ids),
            ]
        )

    def test_sixty_days_and_not_a_day_earlier(self):
        for day, size in (("2027-07-01 23:59:59", 0), ("2027-07-02 00:00:00", 7), (f"{LAST} 23:59:59", 7)):
            with tehran(day):
                self.assertEqual(len(self.queue()), size, day)
        with tehran("2027-09-01 00:00"):
            self.assertIs(self.run_job("cron_terms"), True)
            self.assertFalse(self.queue())

    def test_the_by_law_sets_the_days_not_the_code(self):
        version = self.env["shora.bylaw"].browse(self.council.bylaw_id.action_new_version()["res_id"])
        version.rule_ids.filtered(lambda r: r.code == "renewal_reminder_1").value = 90
        version.date_from = "2027-01-01"
        version.council_ids = self.council
        version.action_put_in_force()
        with tehran("2027-06-02 09:00"):
            self.assertEqual(len(self.queue()), 7)
            self.assertEqual(set(self.queue().mapped("renewal_stage")), {90})

    def test_one_click_by_the_secretary_proposes(self):
        with tehran("2027-07-02 09:00"):
            member = self.queue(self.secretary).filtered(lambda m: m.seat_id.code == "B2")
            member.action_propose_renewal()
            renewal = member.renewal_id
            self.assertEqual((renewal.state, renewal.proposed_by_id), ("proposed", self.secretary))
            self.assertEqual(str(renewal.date_from), "2027-09-01")
            self.assertEqual(str(renewal.date_to), "2028-08-30", "1406/06/10 to 1407/06/09")
            self.assertEqual(renewal.academic_rank, "Professor", "from the membership")
            member.action_propose_renewal()
            self.assertEqual(self.env["shora.decree"].search_count([("kind", "=", "renewal")]), 1, "never twice")

    def test_the_chairs_decree_comes_along_for_the_offices(self):
        with tehran("2027-07-02 09:00"):
            chair = self.queue(self.office).filtered("is_chair")
            action = chair.action_propose_renewal()
            basket = self.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(set(basket.decree_ids.mapped("kind")), {"renewal", "chair"})
            self.assertEqual(set(basket.decree_ids.mapped("state")), {"draft"}, "the proposal is still to be named")
            basket.decree_ids.filtered(lambda d: d.kind == "renewal").proposal_note = "12/3"
            basket.with_user(self.office).action_propose()
            basket.with_user(self.president).action_issue()
            self.assertEqual(set(basket.decree_ids.mapped("state")), {"issued"})
            self.assertNotIn(chair, self.queue())
        for at in (f"{LAST} 23:59:59", "2027-09-01 00:00:00"):
            with tehran(at):
                self.env.invalidate_all()
                self.assertEqual(self.council.chair_id, self.people["B1"], at)

    def test_without_renewal_the_chair_falls_at_midnight(self):
        for at, chair in ((f"{LAST} 23:59:59", self.people["B1"]), ("2027-09-01 00:00:00", self.env["res.partner"])):
            with tehran(at):
                self.env.invalidate_all()
                self.assertEqual(self.council.chair_id, chair, at)

    def test_refused_to_others(self):
        member = self.make_user("t_r_member", "shora_council.group_shora_member")
        self.appoint(self.council, "B8", member.partner_id, "2026-11-23")
        other = self.make_council("T2")
        foreign, _people = self.staff_council(other, experts=1, prefix="t2")
        with tehran("2027-07-02 09:00"):
            queue = self.queue()
            for user in (member, foreign, self.auditor, self.secretariat, self.employee):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    queue.with_user(user).action_propose_renewal()
        self.assertFalse(self.env["shora.decree"].search_count([("kind", "=", "renewal")]))

    # --- reminders ---

    def told(self, member):
        return self.env["mail.message"].search(
            [("model", "=", member._name), ("res_id", "=", member.id), ("message_type", "=", "user_notification")]
        )

    def remind_on(self, day):
        with tehran(f"{day} 06:00"):
            self.assertIs(self.run_job("cron_renewals"), True)

    def test_reminders_at_each_stage_and_once(self):
        self.remind_on("2027-07-01")
        self.assertFalse(self.todos())
        self.remind_on("2027-07-02")
        self.assertEqual(len(self.todos()), 7)
        self.assertEqual(self.todos().user_id, self.secretary)
        self.assertEqual({str(todo.date_deadline) for todo in self.todos()}, {LAST})
        member = self.people["B2"].shora_membership_ids
        self.assertEqual(self.told(member).notified_partner_ids, self.secretary.partner_id)
        for day in ("2027-07-02", "2027-07-20", "2027-07-31"):
            self.remind_on(day)
        self.assertEqual(len(self.told(member)), 1)
        self.remind_on("2027-08-02")  # 29 days: the 30th was slept through
        self.assertEqual(len(self.told(member)), 2)
        self.assertIn(self.hr.partner_id, self.told(member).notified_partner_ids)
        self.remind_on("2027-08-16")
        self.assertEqual((len(self.told(member)), member.reminded_days), (3, 15))
        self.assertEqual(len(self.todos()), 7, "one to-do, its date unchanged")

    def test_an_outage_sends_one_reminder_not_three(self):
        self.remind_on("2027-08-20")
        member = self.people["B2"].shora_membership_ids
        self.assertEqual(member.reminded_days, 15)
        self.assertEqual(len(self.told(member)), 1)

    def test_the_to_do_is_gone_with_its_reason(self):
        self.remind_on("2027-07-02")
        with tehran("2027-07-03 09:00"):
            member = self.queue(self.secretary).filtered(lambda m: m.seat_id.code == "B2")
            member.action_propose_renewal()
            self.assertNotIn(member.id, self.todos().mapped("res_id"))
            self.end(self.people["B3"].shora_membership_ids, day="2027-07-02")
            self.assertIs(self.run_job("cron_renewals"), True)
        self.assertNotIn(self.people["B3"].shora_membership_ids.id, self.todos().mapped("res_id"))
        self.assertEqual(len(self.todos()), 5)

    def test_the_to_do_goes_to_the_next_secretary_and_a_ticked_one_rests_until_the_next_stage(self):
        self.remind_on("2027-07-02")
        heir = self.make_user("t_r_heir", "base.group_user,shora_council.group_shora_secretary")
        with tehran("2027-07-03 09:00"):
            ticked = self.todos().filtered(lambda t: t.res_id == self.people["B3"].shora_membership_ids.id)
            ticked.action_done()
            self.end(self.people["A2"].shora_membership_ids, day="2027-07-02")
            self.appoint(self.council, "A2", heir.partner_id, "2027-07-03")
        self.remind_on("2027-07-04")
        self.assertEqual((len(self.todos()), self.todos().user_id), (6, heir))
        self.remind_on("2027-08-01")
        self.assertEqual((len(self.todos()), self.todos().user_id), (7, heir))

    def test_the_queue_costs_the_same_whatever_its_length(self):
        spec = {
            name: {} for name in ("days_left", "renewal_state", "is_chair", "absences_in_a_row", "renewal_stage")
        } | {"renewal_id": {"fields": {"display_name": {}}}, "partner_id": {"fields": {"display_name": {}}}}

        def queries(limit):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["shora.membership"].with_user(self.president).web_search_read(
                [("is_renewal_due", "=", True)], spec, limit=limit
            )
            return self.cr.sql_log_count - before

        with tehran("2027-07-02 09:00"):
            queries(1)
            self.assertLessEqual(queries(7), queries(1) + 1)
