"""The President's decisions made final, broken off between any two steps: nothing of them; a click more does it."""

from tests.common import tehran, utc
from tests.shora_council.dossier_case import DossierSteps
from tests.shora_council.killing import KillCase

POINTS = [
    "shora.dossier.line._store@after",
    "shora.resolution._store_facts@after",
    "shora.resolution.message_notify@before",
    "shora.resolution.message_notify@after",
    "shora.resolution._record_decision@after",
    "shora.minutes._add_step@after",
    "shora.minutes._on_closed@after",
    "shora.todo._close@after",
    "shora.dossier.message_notify@after",
    "shora.finding._check@after",
    "cr.commit@before",
]


def finalize(env, dossier_id):
    dossier = env["shora.dossier"].browse(dossier_id)
    dossier.finalize({line.id: line.revision for line in dossier.line_ids})


class TestFinalKilled(DossierSteps, KillCase):
    STEP = "tests.shora_council.test_dossier_killed:finalize"

    def setUp(self):
        super().setUp()
        with self.commit() as env:
            self.make_offices()
            with tehran("2026-09-01 08:00"):
                council = self.make_council("KILL")
                self.secretary, self.people = self.staff_council(council)
            with tehran("2026-10-24 09:00"):
                session = self.plan(council, "2026-11-02")
                self.dispatch(session)
            with tehran("2026-11-02 12:30"):
                session.write({"presiding_ground": "chair", "state": "open"})
                resolution = session.env["shora.resolution"].create(
                    {
                        "session_id": session.id,
                        "name": "R",
                        "owner_id": env["res.partner"].create({"name": "Executor", "email": "e@example.com"}).id,
                    }
                )
                resolution.action_adopt()
                self.close(session)
            minutes = self.reviewed(session)
            dossier = self.presented(minutes)
            with tehran("2026-11-10 10:00"):
                dossier.line_ids.with_user(self.president).decide("instruct", "At once", 0)
            self.user, self.dossier = self.president.id, dossier.id
            self.resolution, self.minutes_id = resolution.id, minutes.id

    def traces(self):
        """(states and decision, rows of the history, messages to the people told) of what follows from it."""
        with self.commit() as env:
            dossier = env["shora.dossier"].browse(self.dossier)
            resolution = env["shora.resolution"].browse(self.resolution)
            minutes = env["shora.minutes"].browse(self.minutes_id)
            told = env["mail.message"].search_count(
                [("model", "=", "shora.resolution"), ("res_id", "=", resolution.id), ("body", "like", "At once")]
            )
            notify = env.ref("shora_council.activity_resolution_notify")
            todos = resolution.activity_ids.filtered(lambda todo: todo.activity_type_id == notify)
            return (
                (dossier.state, minutes.state, resolution.president_decision, dossier.line_ids.is_final),
                (len(minutes.step_ids), told, len(todos), len(dossier.activity_ids)),
            )

    def test_between_any_two_steps(self):
        now = utc("2026-11-11 10:00")
        before = self.traces()
        self.assertEqual(before[0], ("presented", "presented", False, False))
        outcome = self.kill(self.user, self.dossier, POINTS, now)
        self.assertEqual([how for _point, how in outcome], ["killed"] * len(POINTS), outcome)
        self.assertEqual(self.traces(), before)
        self.assertEqual(self.kill(self.user, self.dossier, ["cr.commit@after"], now), [("cr.commit@after", "killed")])
        after = self.traces()
        self.assertEqual(after[0], ("decided", "closed", "instruct", True))
        self.assertEqual(after[1], (before[1][0] + 1, 2, 1, 0))
        self.assertEqual(self.kill(self.user, self.dossier, [None, None], now), [(None, 0), (None, 0)])
        self.assertEqual(self.traces(), after)
