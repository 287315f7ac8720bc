"""Forwarding broken off between any two of its steps leaves the signed minutes; the next click forwards, once (5-5)."""

from tests.common import tehran, utc
from tests.shora_council.killing import KillCase

POINTS = [
    "shora.minutes._forwarded_values@before",
    "shora.minutes._forwarded_values@after",
    "shora.pdf._render@before",
    "shora.pdf._render@after",
    "shora.minutes._store_facts@after",
    "shora.minutes.message_notify@after",
    "shora.minutes._add_step@before",
    "shora.minutes._add_step@after",
    "shora.todo._close@after",
    "shora.todo._open@after",
    "shora.minutes._on_forwarded@after",
    "cr.commit@before",
]


def forward(env, minutes_id):
    env["shora.minutes"].browse(minutes_id).action_forward()


class TestForwardingKilled(KillCase):
    STEP = "tests.shora_council.test_forward_killed:forward"

    def setUp(self):
        super().setUp()
        with self.commit():
            session = self.held()
            with tehran("2026-11-09 15:00"):
                minutes = session.env["shora.minutes"]._draft_for(session)
                minutes._sign("password")
            self.user, self.minutes, self.council = self.secretary.id, minutes.id, session.council_id.id

    def traces(self):
        """(state, letters, rows of the history, to-dos of the Secretariat, messages to it) of the minutes."""
        with self.commit() as env:
            minutes = env["shora.minutes"].browse(self.minutes)
            letters = env["ir.attachment"].search_count(
                [("res_model", "=", "shora.minutes"), ("res_field", "=", "covering_pdf"), ("res_id", "=", self.minutes)]
            )
            incoming = env.ref("shora_council.activity_minutes_incoming")
            asked = minutes.activity_ids.filtered(lambda todo: todo.activity_type_id == incoming)
            told = env["mail.message"].search_count(
                [
                    ("model", "=", "shora.minutes"),
                    ("res_id", "=", self.minutes),
                    ("message_type", "=", "user_notification"),
                ]
            )
            return minutes.state, letters, len(minutes.step_ids), len(asked.user_id), told

    def test_between_any_two_steps(self):
        now = utc("2026-11-10 10:00")
        before = self.traces()
        self.assertEqual(before[:3], ("signed", 0, 0))
        outcome = self.kill(self.user, self.minutes, POINTS, now)
        self.assertEqual([how for _point, how in outcome], ["killed"] * len(POINTS), outcome)
        self.assertEqual(self.traces(), before)
        self.assertEqual(self.kill(self.user, self.minutes, ["cr.commit@after"], now), [("cr.commit@after", "killed")])
        forwarded = self.traces()
        self.assertEqual(forwarded[:3], ("forwarded", 1, 1))
        self.assertEqual(forwarded[4], before[4] + 1)
        with self.commit() as env:
            number = env["shora.minutes"].browse(self.minutes).covering_number
        self.assertEqual(self.kill(self.user, self.minutes, [None, None], now), [(None, 0), (None, 0)])
        self.assertEqual(self.traces(), forwarded)
        with self.commit() as env:
            minutes = env["shora.minutes"].browse(self.minutes)
            self.assertEqual((minutes.covering_number, minutes.step_ids.number), (number, number))
