"""The member's card: kind and number of the decree, whom a representative stands for, who acts, what was imported; for
everybody who sees the member, at a cost that does not grow. And the jobs' sentences in the language of the office.
"""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran

CARD = ("decree_label", "decree_kind", "principal_name", "is_acting", "is_chair", "days_left", "absences_in_a_row")


@tagged("post_install", "-at_install")
class TestMembershipCard(ShoraCase):
    def member(self, seat):
        return self.people[seat].shora_membership_ids

    def test_kind_and_number_of_the_decree(self):
        member = self.member("B2")
        self.assertEqual(member.decree_label, f"Appointment {member.decree_id.internal_number}")
        self.assertEqual(member.decree_kind, "appointment")
        self.assertFalse(member.principal_name)

    def test_the_offices_number_goes_before_ours(self):
        decree = self.decree(self.council, "B8", self.make_partner("Numbered"), "2026-11-23")
        decree.write({"official_number": "9001/77", "official_date": "2026-11-22"})
        decree.action_issue()
        self.assertEqual(decree.membership_id.decree_label, "Appointment 9001/77")

    def test_whom_a_representative_stands_for(self):
        self.end(self.member("A4"), "post_lost", "2026-11-22")
        principal = self.make_partner("Top Official")
        decree = self.decree(
            self.council,
            "A4",
            self.make_partner("Their Representative"),
            "2026-11-23",
            "representative",
            principal_id=principal.id,
        )
        decree.action_issue()
        card = decree.membership_id
        self.assertEqual((card.decree_kind, card.principal_name), ("representative", "Top Official"))
        Membership = self.env["shora.membership"]
        found = Membership.search([("decree_kind", "=", "representative"), ("council_id", "=", self.council.id)])
        self.assertEqual(found, card)

    def test_an_acting_secretary_is_marked_as_long_as_the_decree_lasts(self):
        self.end(self.member("A2"), day="2026-11-22")
        decree = self.decree(self.council, "A2", self.people["B3"], "2026-11-23", "acting")
        decree.action_issue()
        self.assertTrue(self.member("B3").is_acting)
        self.assertFalse(self.member("B2").is_acting)
        self.end(decree, "revoked", "2026-11-30")
        for at, acting in (("2026-11-30 23:59:59", True), ("2026-12-01 00:00:00", False)):
            with tehran(at):
                self.env.invalidate_all()
                self.assertEqual(self.member("B3").is_acting, acting, at)

    def test_days_left_count_tehran_days(self):
        for at, days in (("2027-08-29 23:59:59", 2), ("2027-08-30 00:00:00", 1), ("2027-08-31 23:59:59", 0)):
            with tehran(at):
                self.env.invalidate_all()
                self.assertEqual(self.member("B2").days_left, days, at)

    def test_members_read_the_card_but_not_the_decree(self):
        fellow = self.make_user("t_card_fellow", "shora_council.group_shora_member")
        self.appoint(self.council, "B8", fellow.partner_id, "2026-11-23")
        self.env.invalidate_all()
        card = self.member("B2").with_user(fellow)
        self.assertTrue(card.read(CARD)[0]["decree_label"].startswith("Appointment"))
        with self.assertRaises(AccessError):
            card.decree_id.read(["body"])
        with self.assertRaises(AccessError):
            self.member("B2").with_user(self.employee).read(CARD)

    def test_the_list_costs_the_same_whatever_its_length(self):
        Membership = self.env["shora.membership"].with_user(self.secretary)
        spec = {name: {} for name in (*CARD, "access_state", "renewal_stage", "is_imported", "date_to")}
        spec |= {name: {"fields": {"display_name": {}}} for name in ("seat_id", "partner_id")}

        def queries(limit):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            Membership.web_search_read([("council_id", "=", self.council.id)], spec, limit=limit)
            return self.cr.sql_log_count - before

        queries(1)
        self.assertLessEqual(queries(11), queries(5))  # the fifth row is the first whose seat has a term

    def test_jobs_write_in_the_language_of_whoever_shall_act(self):
        if "fa_IR" not in dict(self.env["res.lang"].get_installed()):
            self.env["res.lang"]._activate_lang("fa_IR")
        self.env["ir.module.module"]._load_module_terms(["shora_council"], ["fa_IR"])
        self.secretary.lang = "fa_IR"
        with tehran("2027-07-02 06:00"):
            self.assertIs(self.run_job("cron_renewals"), True)
        todo = self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", self.env.ref("shora_council.activity_renewal").id),
                ("res_id", "=", self.member("B2").id),
            ]
        )
        self.assertIn("مدت عضویت", todo.summary)
