"""A council with an adopted resolution, and the steps of its life after the adoption."""

from datetime import date

from tests.common import ShoraCase, tehran

REGULATION = {"burden": "yes", "regulation": "Regulation of research", "regulation_reference": "12/345, article 6"}


class ResolutionCase(ShoraCase):
    """``self.resolution``: adopted on 2026-11-02 and due on 2026-12-31; as the secretary sees it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.executor = cls.env["res.partner"].create(
            {"name": "Executor", "email": "executor@example.com", "shora_title": "Mr", "function": "Director"}
        )

    def setUp(self):
        super().setUp()
        self.meeting, self.resolution = self.adopted("2026-11-02")

    def adopted(self, day, council=None, **vals):
        """(session, resolution) of a session held on ``day``."""
        council = council or self.council
        before = date.fromisoformat(day).toordinal() - 9
        with tehran(f"{date.fromordinal(before)} 09:00"):
            session = self.plan(council, day)
            self.dispatch(session)
        with tehran(f"{day} 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            resolution = self.draft(session, **vals)
            resolution.action_adopt()
            self.close(session)
        return session, resolution

    def draft(self, session, **vals):
        return session.env["shora.resolution"].create(
            {
                "session_id": session.id,
                "agenda_item_id": session.agenda_item_ids[:1].id,
                "name": "Plan of the river valleys",
                "body": "<p>The plan is made.</p>",
                "owner_id": self.executor.id,
                "date_due": "2026-12-31",
                **vals,
            }
        )

    def decide(self, resolution=None, decision="instruct", text="At once", day="2026-11-10"):
        resolution = self.resolution if resolution is None else resolution
        with tehran(f"{day} 10:00"):
            resolution.sudo()._record_decision(decision, text, date.fromisoformat(day))

    def notified(self, resolution=None, day="2026-11-11", **vals):
        resolution = self.resolution if resolution is None else resolution
        self.decide(resolution)
        with tehran(f"{day} 10:00"):
            if vals:
                resolution.write(vals)
            resolution.action_notify()
        return resolution

    def executed(self, resolution=None, day="2026-11-12"):
        resolution = self.notified(resolution, burden="no")
        with tehran(f"{day} 10:00"):
            resolution.action_execute()
        return resolution

    def answered(self, resolution, day="2026-11-20", user=None, **vals):
        answers = self.env["shora.resolution.answer"].with_user(user or self.secretary)
        with tehran(f"{day} 10:00"):
            return answers.create({"resolution_id": resolution.id, "text": "Half is done", "day": day, **vals})

    def findings(self, code, day):
        """The open findings ``code`` of the council as judged on ``day``."""
        with tehran(f"{day} 10:00"):
            self.env["shora.finding"]._check(self.council)
        return self.council.finding_ids.filtered(lambda one: one.code == code and one.state == "open")

    def todos(self, xmlid, resolution=None):
        kind = self.env.ref(f"shora_council.{xmlid}")
        resolution = self.resolution if resolution is None else resolution
        return resolution.sudo().activity_ids.filtered(lambda one: one.activity_type_id == kind)
