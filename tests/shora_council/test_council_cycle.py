"""The council's card shows its cycle as one line of days (5-1, 5-5)."""

from odoo.tests import tagged

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestCouncilCycle(ShoraCase):
    def cycle(self):
        self.env.invalidate_all()
        return [(step["label"], step["note"], step["level"]) for step in self.council._cycle()]

    def test_nothing_planned(self):
        self.assertEqual(self.cycle(), [])
        self.assertFalse(self.council.cycle_html)

    def test_days_in_order_with_their_clauses(self):
        self.held_session(self.council, "2026-11-16")
        self.session(self.council, "2026-12-03")
        self.assertEqual(
            self.cycle(),
            [
                ("Minutes of the last session", "today", "warning"),
                ("Written notice", "3 days left", "warning"),
                ("Next session", "10 days left", "secondary"),
                ("Minutes of the next session", "17 days left", "secondary"),
            ],
        )
        for clause in ("Article 5, clause 1", "Article 5, clause 5"):
            self.assertIn(clause, self.council.cycle_html)
        clauses = [step["clause"] for step in self.council._cycle()]
        self.assertEqual([clause[-1] for clause in clauses], ["5", "1", "1", "5"], "the rhythm, not who presides")

    def test_overdue_is_said(self):
        self.held_session(self.council, "2026-11-16")
        with tehran("2026-11-24 00:00"):
            self.assertEqual(self.cycle()[0][1:], ("1 days overdue", "danger"))

    def test_a_dispatched_notice_is_no_step_any_more(self):
        session = self.session(self.council, "2026-12-03")
        self.dispatch(session)
        self.assertNotIn("Written notice", [label for label, *_rest in self.cycle()])
