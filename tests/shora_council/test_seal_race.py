"""Signing while somebody else changes what is signed: one of the two begins again and is judged anew (5-5)."""

from odoo.fields import Command

from tests.common import tehran
from tests.shora_council.killing import KillCase


class TestSigningRace(KillCase):
    def setUp(self):
        super().setUp()
        with self.commit():
            self.offices()
            name = f"race{self.env['shora.council'].search_count([])}"
            with tehran("2026-09-01 08:00"):
                council = self.make_council(name)
                self.secretary, self.people = self.staff_council(council, prefix=name)
            self.council, self.user = council.id, self.secretary.id
            self.sessions = [
                self.held_session(council, day, absent=self.people["B2"]).id for day in ("2026-10-26", "2026-11-09")
            ]
            self.minutes = [self.minutes_of(session) for session in self.sessions]
            first = self.env["shora.minutes"].with_user(self.secretary).browse(self.minutes[0])
            first._sign("password")
            self.addenda = [
                self.env["shora.minutes.addendum"]
                .with_user(self.secretary)
                .create(
                    {
                        "minutes_id": first.id,
                        "reason": status,
                        "line_ids": [Command.create({"attendance_id": self.absent(first).id, "status_to": status})],
                    }
                )
                .id
                for status in ("present", "excused")
            ]
            self.absentee = self.people["B2"].id

    def minutes_of(self, session):
        return self.env["shora.minutes"].with_user(self.secretary).create({"session_id": session}).id

    def absent(self, minutes):
        return minutes.attendance_ids.filtered(lambda row: row.partner_id == self.people["B2"])

    def race(self, first, second):
        """``second`` has read everything before ``first`` commits, and goes on after it, as a request does.

        :return: what became of ``second``: None or its error
        """
        return self.overtaken((self.user, first), (self.user, second))

    def sign(self, env):
        env["shora.minutes"].browse(self.minutes[1])._sign("password")

    def correct(self, env):
        rows = env["shora.minutes"].browse(self.minutes[1]).attendance_ids
        rows.filtered(lambda row: row.partner_id.id == self.absentee)._correct("excused", "A letter was found")

    def write_on(self, env):
        env["shora.minutes"].browse(self.minutes[1]).item_ids.write({"decision": "<p>Other</p>"})

    def assertWhole(self):
        with self.commit() as env:
            check = env["shora.integrity.check"]._check(env["shora.council"].browse(self.council))
            self.assertEqual([(p.kind, p.name, p.detail) for p in check.problem_ids], [])

    def test_correction_before_the_signature(self):
        with tehran("2026-11-10 10:00"):
            self.assertIn("The session changed since this draft was made", self.race(self.correct, self.sign))
        self.assertWhole()

    def test_signature_before_the_correction(self):
        with tehran("2026-11-10 10:00"):
            self.assertIn("changes only by an addendum", self.race(self.sign, self.correct))
        self.assertWhole()

    def test_text_before_the_signature(self):
        with tehran("2026-11-10 10:00"):
            self.assertIsNone(self.race(self.write_on, self.sign))
        with self.commit() as env:
            minutes = env["shora.minutes"].browse(self.minutes[1])
            self.assertEqual(minutes._sealed_content()["items"][0]["decision_html"], "<p>Other</p>")
        self.assertWhole()

    def test_signature_before_the_text(self):
        with tehran("2026-11-10 10:00"):
            self.assertIn("Signed minutes are not changed", self.race(self.sign, self.write_on))
        self.assertWhole()

    def test_two_addenda_of_one_row(self):
        with tehran("2026-11-10 10:00"):
            one, two = (
                lambda env, id_=addendum: env["shora.minutes.addendum"].browse(id_)._sign("password")
                for addendum in self.addenda
            )
            self.assertIn("Attendance changed since this was drafted", self.race(one, two))
        self.assertWhole()
