"""The Secretariat's desk: one inbox over all councils, with ages, last days and defects."""

from odoo.exceptions import AccessError, UserError

from tests.common import tagged_post_install, tehran

from .dossier_case import DossierCase


@tagged_post_install
class TestSecretariatDesk(DossierCase):
    def desk(self, user=None):
        self.env.invalidate_all()
        return self.env["shora.secretariat.desk"].with_user(user or self.secretariat).get_desk()

    def rows(self, stage, user=None):
        return [row for row in self.desk(user)["rows"] if row["stage"] == stage and row["council"] in ("T1", "T2")]

    def test_expected_until_it_is_forwarded_and_late_from_the_eighth_day(self):
        meeting = self.held_session(self.council, "2026-11-16")
        for now, days, late in (("2026-11-23 23:59", 0, False), ("2026-11-24 00:00", -1, True)):
            with tehran(now):
                [row] = self.rows("expected")
                self.assertEqual((row["model"], row["id"]), ("shora.session", meeting.id))
                self.assertEqual((row["days"], row["late"]), (days, late), now)
                [council] = [one for one in self.desk()["councils"] if one["name"] == "T1"]
                self.assertEqual((council["counts"]["expected"], council["late"]["expected"]), (1, int(late)))
        self.minutes_of(meeting)
        self.assertFalse(self.rows("expected"))

    def test_each_stage_with_its_age(self):
        meeting, _resolution = self.adopted("2026-11-16")
        minutes = meeting.env["shora.minutes"]._draft_for(meeting)
        with tehran("2026-11-17 10:00"):
            minutes._sign("password")
            minutes.action_forward()
        [row] = self.rows("forwarded")
        self.assertEqual((row["id"], row["age"], row["resolutions"]), (minutes.id, 6, 1))
        with tehran("2026-11-20 00:00"):
            minutes.with_user(self.secretariat).action_receive()
        [row] = self.rows("received")
        self.assertEqual((row["age"], row["due"], row["late"]), (3, "", False))
        minutes.with_user(self.secretariat)._return_with(["No list of guests"], "2026-11-29")
        [row] = self.rows("returned")
        self.assertEqual((row["days"], row["defects"], row["late"]), (6, ["No list of guests"], False))
        with tehran("2026-11-30 08:00"):
            [row] = self.rows("returned")
            self.assertEqual((row["days"], row["late"]), (-1, True))
        [row] = self.rows("reviewed")
        self.assertEqual((row["minutes_id"], row["noted"], row["age"]), (self.minutes.id, True, 17))

    def test_reviewed_drafted_presented_referred(self):
        dossier = self.drafted(self.minutes)
        [row] = self.rows("reviewed")
        self.assertEqual(row["dossier"], dossier.display_name)
        dossier.with_user(self.head).action_present()
        [row] = self.rows("presented")
        self.assertEqual((row["model"], row["id"]), ("shora.dossier", dossier.id))
        self.rule_on(dossier.line_ids, "refer", "To the deputy")
        self.finalized(dossier)
        self.assertFalse(self.rows("presented"))
        [row] = self.rows("referred")
        self.assertEqual((row["model"], row["id"]), ("shora.resolution", self.resolution.id))

    def test_over_all_councils_with_the_late_ones_first(self):
        council, secretary = self.second_council()
        self.adopted_elsewhere(council, secretary, "2026-11-03")
        self.held_session(self.council, "2026-11-20")
        desk = self.desk()
        ours = [row for row in desk["rows"] if row["council"] in ("T1", "T2")]
        self.assertEqual([(row["council"], row["stage"]) for row in ours if row["late"]], [("T2", "expected")])
        self.assertTrue(ours[0]["late"])
        stage = next(one for one in desk["stages"] if one["key"] == "expected")
        mine = [row for row in desk["rows"] if row["stage"] == "expected"]
        self.assertEqual((stage["count"], stage["late"]), (len(mine), sum(row["late"] for row in mine)))

    def test_a_dossier_is_prepared_from_it(self):
        council, secretary = self.second_council()
        meeting, _other = self.adopted_elsewhere(council, secretary)
        both = self.minutes | self.reviewed(meeting, secretary)
        desk = self.env["shora.secretariat.desk"].with_user(self.secretariat)
        action = desk.prepare_dossier(both.ids)
        dossier = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(dossier.part_ids.minutes_id, both)
        with self.assertRaisesRegex(UserError, "Choose"):
            desk.prepare_dossier([])

    def test_whose_desk_it_is(self):
        for user in (self.secretariat, self.head):
            self.assertTrue(self.desk(user)["may_prepare"])
        for user in (self.president, self.office, self.auditor):
            self.assertFalse(self.desk(user)["may_prepare"])
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.env["shora.secretariat.desk"].with_user(user).prepare_dossier(self.minutes.ids)
        member = self.make_user("t_desk_member2", "shora_council.group_shora_member")
        for user in (self.secretary, self.admin, self.hr, self.employee, member):
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.desk(user)

    def test_cost_does_not_grow_with_minutes(self):
        def queries():
            self.desk()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["shora.secretariat.desk"].with_user(self.secretariat).get_desk()
            return self.cr.sql_log_count - before

        def add(days):
            for day in days:
                meeting, _resolution = self.adopted(day)
                minutes = self.reviewed(meeting)
                if day.endswith("12"):
                    self.presented(minutes, "2026-11-20")

        self.held_session(self.council, "2026-11-09")
        add(("2026-11-12",))
        few = queries()
        add(("2026-11-13", "2026-11-14", "2026-11-15"))
        self.held_session(self.council, "2026-11-16")
        self.assertLessEqual(queries(), few)
        self.assertLessEqual(few, 70)


@tagged_post_install
class TestHouseTerms(DossierCase):
    """5-9 sets no term; a house that sets one in a by-law of its own is told when it is exceeded."""

    def with_terms(self, presenting=3, decision=5):
        version = self.env["shora.bylaw"].browse(self.council.bylaw_id.action_new_version()["res_id"])
        version.date_from = "2026-10-01"
        for code, value in (("presenting_days", presenting), ("decision_days", decision)):
            version.rule_ids.filtered(lambda rule, code=code: rule.code == code).write(
                {"value": value, "is_active": True}
            )
        version.council_ids = self.council
        version.with_user(self.admin).action_put_in_force()
        self.env.invalidate_all()

    def test_without_them_nothing_is_found(self):
        self.assertFalse(self.findings("presenting_overdue", "2027-06-01"))
        self.presented(self.minutes)
        self.assertFalse(self.findings("decision_overdue", "2027-06-01"))

    def test_reviewed_and_not_presented(self):
        self.with_terms()  # reviewed on 2026-11-06: until 2026-11-09
        self.assertFalse(self.findings("presenting_overdue", "2026-11-09"))
        found = self.findings("presenting_overdue", "2026-11-10")
        self.assertEqual((found.actor, found.res_id, str(found.date_since)), ("head", self.minutes.id, "2026-11-10"))
        with tehran("2026-11-11 10:00"):
            desk = self.env["shora.secretariat.desk"].with_user(self.head).get_desk()
            [row] = [row for row in desk["rows"] if row["stage"] == "reviewed" and row["council"] == "T1"]
            self.assertEqual((row["days"], row["late"]), (-2, True))
        self.presented(self.minutes, "2026-11-12")
        self.assertFalse(self.findings("presenting_overdue", "2026-11-12"))

    def test_presented_and_not_decided(self):
        self.with_terms()
        dossier = self.presented(self.minutes, "2026-11-09")  # until 2026-11-14
        self.assertFalse(self.findings("decision_overdue", "2026-11-14"))
        found = self.findings("decision_overdue", "2026-11-15")
        self.assertEqual((found.actor, str(found.date_since)), ("president", "2026-11-15"))
        self.rule_on(dossier.line_ids, "seen", "")
        self.finalized(dossier)
        self.assertFalse(self.findings("decision_overdue", "2026-11-23"))
