"""A council with a plan of the year, and the steps it takes (5-4)."""

import base64

from tests.common import ShoraCase, tehran

SCAN = base64.b64encode(b"%PDF-1.4 decision")


class PlanCase(ShoraCase):
    """The council of :class:`ShoraCase` with duties and themes; ``year`` is the Jalali year 1405."""

    DOCUMENTS = ((0, 0, {"name": "report.txt", "raw": b"report"}),)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        irud = cls.env.ref("shora_council.council_irud")
        cls.duties, cls.themes = irud.duty_ids, irud.theme_ids
        cls.council.write({"duty_ids": [(6, 0, cls.duties.ids)], "theme_ids": [(6, 0, cls.themes.ids)]})
        cls.staff = cls.make_user("t_plan_staff", "shora_council.group_shora_staff")
        cls.council.staff_user_ids = cls.staff

    def plan_line(self, **values):
        return {
            "name": "Line",
            "goal": "Goal",
            "need": "Need",
            "duty_ids": [(6, 0, self.duties[:1].ids)],
            "theme_ids": [(6, 0, self.themes[:1].ids)],
            "responsible_ids": [(6, 0, self.people["B2"].ids)],
            "date_from": "2026-12-01",
            "date_to": "2026-12-31",
            **values,
        }

    def make_plan(self, *lines, user=None, council=None, year=1405):
        lines = lines or (self.plan_line(**({} if year == 1405 else {"date_from": False, "date_to": False})),)
        return (
            self.env["shora.annual.plan"]
            .with_user(user or self.secretary)
            .create(
                {
                    "council_id": (council or self.council).id,
                    "year": year,
                    "line_ids": [(0, 0, line) for line in lines],
                }
            )
        )

    def approve_in_session(self, record, day="2026-12-10"):
        """``record`` before the council in a session on ``day``, and the resolution that approves it."""
        before = int(day[-2:]) - 9
        with tehran(f"{day[:8]}{before:02} 09:00"):
            session = self.plan(self.council, day)
            item = session._take_for_approval(record.with_user(self.secretary))
            item.action_accept()
            self.dispatch(session)
        with tehran(f"{day} 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            resolution = session.env["shora.resolution"].create(
                {"session_id": session.id, "agenda_item_id": item.id, "name": "The plan is approved"}
            )
            resolution.action_adopt()
            self.close(session)
        return resolution

    def confirm(self, record, user=None, verdict="confirmed", **values):
        """The President's decision, as the dialog takes it."""
        wizard = self.env["shora.plan.decision"].with_user(user or self.president)
        link = "plan_id" if record._name == "shora.annual.plan" else "amendment_id"
        wizard.create({link: record.id, "verdict": verdict, **values}).action_confirm()

    def running_plan(self, *lines):
        """A plan in execution since 2026-12-11."""
        plan = self.make_plan(*lines)
        plan.action_present()
        self.approve_in_session(plan)
        with tehran("2026-12-11 09:00"):
            plan.action_approve()
            self.confirm(plan)
        return plan

    def amend(self, plan, *changes):
        return plan.env["shora.annual.plan.amendment"].create(
            {"plan_id": plan.id, "reason": "The need changed", "line_ids": [(0, 0, change) for change in changes]}
        )
