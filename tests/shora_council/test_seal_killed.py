"""Signing broken off between any two of its steps leaves a draft without a trace; the next click signs (5-5)."""

from tests.common import utc
from tests.shora_council.killing import KillCase

POINTS = [
    "shora.minutes._signed_values@before",
    "shora.minutes._signed_values@after",
    "shora.pdf._render@before",
    "shora.pdf._render@after",
    "shora.minutes._store_facts@after",
    "shora.seal.count._next@before",
    "shora.seal.count._next@after",
    "shora.seal.create@after",
    "shora.minutes._on_signed@after",
    "cr.commit@before",
]


def sign(env, minutes_id):
    env["shora.minutes"].browse(minutes_id)._sign("password")


class TestSigningKilled(KillCase):
    STEP = "tests.shora_council.test_seal_killed:sign"

    def setUp(self):
        super().setUp()
        with self.commit():
            session = self.held()
            minutes = session.env["shora.minutes"]._draft_for(session)
            self.user, self.minutes, self.council = self.secretary.id, minutes.id, session.council_id.id

    def traces(self):
        """(state, files, links, positions given out) of the minutes."""
        with self.commit() as env:
            minutes = env["shora.minutes"].browse(self.minutes)
            files = env["ir.attachment"].search_count(
                [("res_model", "=", "shora.minutes"), ("res_field", "=", "pdf"), ("res_id", "=", self.minutes)]
            )
            count = env["shora.seal.count"].search([("council_id", "=", self.council)]).positions
            links = env["shora.seal"].search_count([("council_id", "=", self.council)])
            return minutes.state, files, links, count

    def test_between_any_two_steps(self):
        now = utc("2026-11-10 10:00")
        outcome = self.kill(self.user, self.minutes, POINTS, now)
        self.assertEqual([how for _point, how in outcome], ["killed"] * len(POINTS), outcome)
        self.assertEqual(self.traces(), ("draft", 0, 0, 0))
        self.assertEqual(self.kill(self.user, self.minutes, ["cr.commit@after"], now), [("cr.commit@after", "killed")])
        signed = self.traces()
        self.assertEqual(signed, ("signed", 1, 1, 1))
        self.assertEqual(self.kill(self.user, self.minutes, [None], now), [(None, 0)])  # the click again
        self.assertEqual(self.traces(), signed)
        with self.commit() as env:
            check = env["shora.integrity.check"]._check(env["shora.council"].browse(self.council))
            self.assertEqual([(p.kind, p.name, p.detail) for p in check.problem_ids], [])
