# Input of ``odoo-bin shell`` after ``screens.py``: an upgraded database is checked and goes on living.
import json

from tests.common import CouncilBuilder, tehran

env = env(context={"tracking_disable": True})  # noqa: F821
found = {"screens": screens(env), "versions": installed(env), "problems": [], "seals": 0}  # noqa: F821
for council in env["shora.council"].search([]):
    check = env["shora.integrity.check"]._check(council)
    found["seals"] += check.seal_count
    found["problems"] += [f"{problem.kind} {problem.name} {problem.detail}" for problem in check.problem_ids]


class Life(CouncilBuilder):
    """A year's cycle in the hands of the people who sign it."""

    DOCUMENTS = ((0, 0, {"name": "D.txt", "raw": b"D"}),)

    def __init__(self):
        self.make_offices()
        with tehran("2026-09-01 08:00"):
            self.council = self.make_council("LIFE")
            self.secretary, self.people = self.staff_council(self.council, prefix="life")
        session = self.held_session(self.council, "2026-11-09", absent=self.people["B3"])
        with tehran("2026-11-10 10:00"):
            minutes = session.env["shora.minutes"]._draft_for(session)
            minutes.with_user(self.secretary)._sign("password")
            self.env.cr.commit()  # jobs look from outside
            self.env.ref("shora_council.cron_archive").method_direct_trigger()
        with tehran("2026-11-11 09:00"):
            self.plan(self.council, "2026-12-21")


Life.env = env
with tehran("2026-09-01 08:00"):
    Life()
env.cr.commit()
print("DONE", json.dumps(found))
