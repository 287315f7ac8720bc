"""Every rule of the by-law is watched by a finding, or cannot be broken, or says nothing that could be."""

from odoo.tests import TransactionCase

from tests.common import tagged_post_install

#: rule → findings that say it is broken
WATCHED = {
    "total_min": {"total_min"},
    "total_max": {"total_max"},
    "ex_officio_seats": {"ex_officio_seats", "post_changed"},
    "expert_min": {"expert_min"},
    "expert_max": {"expert_max"},
    "expert_term": {"term_over"},
    "renewal_reminder_3": {"term_ending"},
    "coverage_advice": {"coverage_gap"},
    "chair_is_expert": {"chair_not_expert"},
    "one_chair": {"one_chair"},
    "no_proxy": {"stand_in"},
    "session_interval": {"cadence_gap", "day_off"},
    "notice_days": {"notice_late"},
    "extraordinary_notice_days": {"notice_late"},
    "notice_agenda": {"agenda_missing", "documents_late"},
    "extraordinary_ground": {"ground_missing"},
    "presiding": {"session_unsettled", "presiding_missing"},
    "minutes_days": {"minutes_overdue", "answer_overdue"},
    "absence_limit": {"absence_near", "attendance_open", "resignation_open"},
    "archive_copy": {"archive_missing", "integrity"},
    "quorum": {"quorum_missing"},
    "majority": {"majority_missing"},
    "minutes_approval": {"minutes_unapproved"},
    "annual_plan_day": {"plan_missing"},
    "presenting_days": {"presenting_overdue"},
    "decision_days": {"decision_overdue"},
    "financial_regulation": {"burden_missing"},
    "financial_unit": {"burden_missing"},
    "financial_budget": {"burden_missing"},
    "financial_approver": {"burden_missing"},
}
#: rules that change how another one is judged, or say when somebody is reminded: nothing of their own to break
NO_DUTY = {
    "remote_attendance",
    "absence_exempt_ex_officio",
    "absence_valid_notice_only",
    "renewal_reminder_1",
    "renewal_reminder_2",
    "notice_reminder_1",
    "notice_reminder_2",
    "session_reminder",
    "minutes_reminder_1",
    "minutes_reminder_2",
}


@tagged_post_install
class TestRulesAndFindings(TransactionCase):
    def test_every_rule_is_watched_or_says_why_not(self):
        shipped = set(self.env.ref("shora_council.bylaw_irud").rule_ids.mapped("code"))
        self.assertEqual(shipped - WATCHED.keys() - NO_DUTY, set(), "a rule that nobody watches")
        self.assertFalse(WATCHED.keys() & NO_DUTY)
        self.assertEqual((WATCHED.keys() | NO_DUTY) - shipped, set(), "no such rule")

    def test_the_findings_named_here_exist(self):
        known = set(self.env["shora.finding"]._fields["code"].get_values(self.env))
        self.assertLessEqual(set().union(*WATCHED.values()), known)
