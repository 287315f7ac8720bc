"""Three councils with their secretaries, the joint meeting of them, and the steps the Secretariat takes (5-10)."""

from tests.common import ShoraCase, tehran


class JointCase(ShoraCase):
    """``self.council`` (T1), ``self.second`` and ``self.third``; the head and the staff of the Secretariat hold their
    groups by hand, for no department is named.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.env["shora.council"]._coordination_of(cls.env.company)
        cls.body.place = "Secretariat"
        with tehran("2026-09-01 08:00"):
            cls.second, cls.third = cls.make_council("T2"), cls.make_council("T3")
            cls.second_secretary, cls.second_people = cls.staff_council(cls.second, experts=2, prefix="t2")
            cls.third_secretary, cls.third_people = cls.staff_council(cls.third, experts=2, prefix="t3")
        cls.themes = cls.env.ref("shora_council.council_irud").theme_ids
        for user in (cls.head, cls.secretariat):
            user.partner_id.email = f"{user.login}@example.com"

    def joint(self, day="2026-12-10", user=None, **vals):
        """A scheduled joint session with one accepted item."""
        return self.plan(self.body, day, kind="joint", user=user or self.secretariat, **vals)

    def secretaries(self):
        return (self.secretary | self.second_secretary | self.third_secretary).partner_id

    def hold(self, session, ground="secretariat_head", user=None):
        """Open and close ``session`` on its day, everybody present."""
        session = session.with_user(user or self.head)
        with tehran(f"{session.day} 12:30"):
            session.write({"presiding_ground": ground, "state": "open"})
            self.close(session)
        return session

    def theme(self, session=None, **vals):
        """An accepted item of a joint session."""
        session = session or self.joint()
        item = session.env["shora.agenda.item"].create(
            {"session_id": session.id, "name": "Clean air", "theme_ids": [(6, 0, self.themes[:1].ids)], **vals}
        )
        item.action_accept()
        return item

    def pushes(self, item):
        return self.env["shora.joint.push"].search([("item_id", "=", item.id)])
