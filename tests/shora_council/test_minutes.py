"""Clause 5-5: minutes signed by the secretary, at the Secretariat within the week, sealed, corrected by addendum."""

import hashlib
import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestMinutes(ShoraCase):
    DAY = "2026-10-12"  # the 7th day after is 2026-10-19

    def setUp(self):
        super().setUp()
        self.held = self.held_session(self.council, self.DAY, absent=self.people["B3"])

    def signed(self, at="2026-10-14 10:00"):
        with tehran(at):
            minutes = self.held.env["shora.minutes"]._draft_for(self.held)
            minutes._sign("password")
        return minutes

    def test_forwarded_in_the_last_minute_of_the_seventh_day_is_in_time(self):
        for zone in ("UTC", "Pacific/Auckland"):
            self.env.user.tz = self.secretary.tz = zone
        minutes = self.signed()
        with tehran("2026-10-19 23:59:59"):
            minutes.action_forward()
        self.assertFalse(minutes.is_late)
        self.assertFalse(self.held.minutes_awaited)

    def test_overdue_from_midnight_of_the_eighth_day(self):
        minutes = self.signed()
        codes = self.council.finding_ids.filtered(lambda f: f.state == "open").mapped("code")
        self.assertNotIn("minutes_overdue", codes)
        with tehran("2026-10-20 00:00:00"):
            self.env.invalidate_all()
            self.env["shora.finding"]._check(self.council)
            finding = self.council.finding_ids.filtered(lambda f: f.code == "minutes_overdue" and f.state == "open")
            self.assertEqual(
                (finding.res_id, finding.clause_id.code, finding.actor), (self.held.id, "5-5", "secretary")
            )
            minutes.action_forward()
        self.assertTrue(minutes.is_late)
        self.assertEqual(finding.state, "closed")

    def test_no_finding_on_the_seventh_day(self):
        with tehran("2026-10-19 23:59:59"):
            self.env.invalidate_all()
            self.env["shora.finding"]._check(self.council)
        self.assertNotIn("minutes_overdue", self.council.finding_ids.mapped("code"))

    def test_seal_is_the_hash_of_what_is_stored(self):
        minutes = self.signed()
        self.assertEqual(hashlib.sha256(minutes.content_json.encode()).hexdigest(), minutes.content_sha256)
        raw = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", "shora.minutes"), ("res_field", "=", "pdf"), ("res_id", "=", minutes.id)])
            .raw
        )
        self.assertEqual(hashlib.sha256(raw).hexdigest(), minutes.pdf_sha256)
        content = json.loads(minutes.content_json)["content"]
        self.assertEqual([row["name"] for row in content["absent"]], [self.people["B3"].name])
        chair = self.people["B1"]
        presiding = {"title": "", "name": chair.name, "person": chair.id, "ground": "chair"}
        self.assertEqual(content["presiding"], presiding)

    def test_sealed_minutes_refuse_every_writer(self):
        minutes = self.signed()
        for vals in ({"text": "x"}, {"content_json": "{}"}, {"pdf": b"eA=="}, {"state": "draft"}, {"signed_name": "x"}):
            for actor in (minutes, minutes.sudo(), minutes.with_user(self.env.ref("base.user_root"))):
                with self.subTest(vals=vals, user=actor.env.user.login), self.assertRaises(UserError):
                    actor.write(vals)
        with self.assertRaises(UserError):
            minutes.sudo().unlink()
        with self.assertRaises(UserError):
            minutes.with_context(_force_unlink=True).unlink()

    def test_attendance_after_signing_changes_only_by_addendum(self):
        minutes = self.signed()
        row = self.held.attendance_ids.filtered(lambda r: r.partner_id == self.people["B3"])
        with self.assertRaisesRegex(UserError, "addendum"):
            row._correct("present", "Was there")
        with self.assertRaises(UserError):
            row.sudo().write({"status": "present"})
        addendum = minutes.env["shora.minutes.addendum"].create(
            {
                "minutes_id": minutes.id,
                "reason": "The sheet shows the signature",
                "line_ids": [(0, 0, {"attendance_id": row.id, "status_to": "present"})],
            }
        )
        addendum._sign("password")
        self.assertEqual(row.status, "present")
        self.assertEqual(row.change_ids.addendum_id, addendum)
        self.assertEqual(addendum.number, 1)
        self.assertEqual(json.loads(addendum.content_json)["content"]["lines"][0]["from"], "absent")
        with self.assertRaises(UserError):
            addendum.line_ids.sudo().write({"status_to": "late"})

    def test_addendum_feeds_the_absence_rule(self):
        for day in ("2026-10-26", "2026-11-09"):
            last = self.held_session(self.council, day, absent=self.people["B3"])
        self.assertEqual(self.people["B3"].shora_membership_ids.end_reason, "deemed_resigned")
        minutes = self.signed("2026-11-10 10:00")
        row = self.held.attendance_ids.filtered(lambda r: r.partner_id == self.people["B3"])
        addendum = minutes.env["shora.minutes.addendum"].create(
            {
                "minutes_id": minutes.id,
                "reason": "Was present",
                "line_ids": [(0, 0, {"attendance_id": row.id, "status_to": "late"})],
            }
        )
        addendum._sign("password")
        self.assertEqual(self.people["B3"].shora_membership_ids.state, "current")
        self.assertEqual(last.state, "closed")

    def test_minutes_only_of_a_closed_session_and_once(self):
        with tehran("2026-10-15 09:00"):
            session = self.session(self.council, "2026-10-26")
            with self.assertRaisesRegex(UserError, "Article 5, clause 5"):
                session.env["shora.minutes"]._draft_for(session)

    def test_only_the_secretary_signs(self):
        minutes = self.held.env["shora.minutes"]._draft_for(self.held)
        staff = self.make_user("t_staff", "shora_council.group_shora_staff")
        self.council.staff_user_ids = staff
        with self.assertRaisesRegex(UserError, "Council secretary"):
            minutes.with_user(staff)._sign("password")
        self.assertEqual(minutes.state, "draft")
