"""From the session to the decision, in Tehran days (5-5, 5-9)."""

from odoo.exceptions import AccessError, UserError

from tests.common import tagged_post_install, tehran

from .dossier_case import DossierCase


@tagged_post_install
class TestDecisionTime(DossierCase):
    def row(self, resolution=None):
        self.env.invalidate_all()
        resolution = self.resolution if resolution is None else resolution
        times = self.env["shora.decision.time"].with_user(self.secretariat)
        return times.search([("resolution_id", "=", resolution.id)])

    def days(self, row):
        names = ("forwarding", "receipt", "review", "presenting", "decision", "total")
        return [row[f"days_{name}"] for name in names]

    def test_each_stage_in_days(self):
        dossier = self.presented(self.minutes, "2026-11-09")
        self.rule_on(dossier.line_ids, "seen", "", day="2026-11-20")
        self.assertFalse(self.row().decided_on, "not final yet")
        self.assertFalse(dossier.part_ids.is_decided)
        self.finalized(dossier)
        # 11-02 session, 11-03 forwarded, 11-05 received, 11-06 reviewed, 11-09 presented, 11-20 decided
        self.assertEqual(self.days(self.row()), [1, 2, 1, 3, 11, 18])
        part = dossier.with_user(self.head).part_ids
        self.assertEqual(self.days(part), [1, 2, 1, 3, 11, 18])
        self.assertTrue(part.is_decided)

    def test_a_day_ends_at_midnight_in_tehran(self):
        for at, day in (("2026-11-08 23:59:59", "2026-11-08"), ("2026-11-09 00:00:00", "2026-11-09")):
            with self.subTest(at=at), self.cr.savepoint():
                dossier = self.drafted(self.minutes)
                with tehran(at):
                    dossier.with_user(self.head).action_present()
                self.assertEqual(str(self.row().presented_on), day)
                self.env.flush_all()
                self.cr.execute("UPDATE shora_minutes SET state = 'reviewed' WHERE id = %s", [self.minutes.id])
                self.cr.execute("DELETE FROM shora_minutes_step WHERE kind = 'presented'")
                self.cr.execute("DELETE FROM shora_dossier_line WHERE dossier_id = %s", [dossier.id])
                self.cr.execute("DELETE FROM shora_dossier_minutes WHERE dossier_id = %s", [dossier.id])
                self.env.invalidate_all()

    def test_stages_that_are_not_reached_are_empty(self):
        row = self.row()
        self.assertEqual((str(row.reviewed_on), row.presented_on, row.decided_on), ("2026-11-06", False, False))
        meeting = self.held_session(self.council, "2026-11-16")
        minutes = self.minutes_of(meeting)
        row = self.env["shora.decision.time"].with_user(self.head).search([("minutes_id", "=", minutes.id)])
        self.assertEqual((len(row), row.resolution_id.ids, row.days_receipt), (1, [], 2))

    def test_referred_counts_from_its_first_presentation_to_its_last_decision(self):
        dossier = self.presented(self.minutes, "2026-11-09")
        with tehran("2026-11-12 10:00"):
            self.rule_on(dossier.line_ids, "refer", "To the deputy")
            self.finalized(dossier)
        again = self.env["shora.dossier"].with_user(self.secretariat).create({})
        again.action_add_referred()
        with tehran("2026-11-15 10:00"):
            again.with_user(self.head).action_present()
        with tehran("2026-11-20 10:00"):
            self.rule_on(again.line_ids, "seen", "")
            self.finalized(again)
        row = self.row()
        self.assertEqual((str(row.presented_on), str(row.decided_on)), ("2026-11-09", "2026-11-20"))

    def test_averages_of_each_council_in_one_query(self):
        council, secretary = self.second_council()
        meeting, _other = self.adopted_elsewhere(council, secretary, "2026-11-03")
        dossier = self.presented(self.minutes | self.reviewed(meeting, secretary), "2026-11-11")
        self.rule_on(dossier.line_ids[0], "seen", "", day="2026-11-12")
        self.rule_on(dossier.line_ids[1], "seen", "", day="2026-11-17")
        self.finalized(dossier)
        self.env.flush_all()
        self.env.invalidate_all()
        times = self.env["shora.decision.time"].with_user(self.head)
        domain = [("council_id", "in", (self.council | council).ids)]
        times._read_group(domain, ["council_id"], ["days_total:avg"])
        before = self.cr.sql_log_count
        found = dict(times._read_group(domain, ["council_id"], ["days_total:avg"]))
        self.assertEqual(found, {self.council.with_user(self.head): 10.0, council.with_user(self.head): 14.0})
        self.assertLessEqual(self.cr.sql_log_count - before, 3)

    def test_for_the_offices_and_written_by_nobody(self):
        self.row()
        for user in (self.secretary, self.admin, self.hr, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.env["shora.decision.time"].with_user(user).search([])
        for user in (self.secretariat, self.head, self.president, self.office, self.auditor):
            self.env["shora.decision.time"].with_user(user).search([]).mapped("days_total")
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                self.row().with_user(user).write({"days_total": 1})
