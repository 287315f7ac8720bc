"""Typed text of the councils is stored in one spelling, whatever keyboard wrote it; sealed copies are not touched."""

from unittest.mock import patch

from odoo.addons.web_jalali.tools import persian
from odoo.fields import Command
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from tests.common import ShoraCase, tagged_post_install, tehran

ARABIC = "كميته ملي ١٤"
PERSIAN = "کمیته ملی ۱۴"


@tagged_post_install
class TestPersianText(ShoraCase):
    def test_char_text_and_html(self):
        theme = self.env["shora.theme"].create({"name": ARABIC})
        self.assertEqual(theme.name, PERSIAN)
        theme.name = "شـورا"
        self.assertEqual(theme.name, "شورا")
        session = self.session(self.council, "2026-12-20")
        item = session.agenda_item_ids
        item.write({"name": ARABIC})
        self.assertEqual(item.name, PERSIAN)
        html = {name for name, field in item._fields.items() if field.type == "html" and not field.readonly}
        self.assertTrue(html)
        for name in html:
            item[name] = f'<p><a href="https://example.com/ملي">{ARABIC}</a></p>'
            self.assertIn(PERSIAN, item[name])
            self.assertIn("/%D9%85%D9%84%D9%8A", item[name], "addresses in tags stay")

    def test_through_rpc_commands_too(self):
        self.council.with_user(self.admin).write(
            {"seat_ids": [(0, 0, {"code": "B١٥", "name": ARABIC, "kind": "expert", "sequence": 99})]}
        )
        seat = self.council.seat_ids.filtered(lambda s: s.sequence == 99)
        self.assertEqual((seat.code, seat.name), ("B15", PERSIAN))

    def test_numbers_are_one_in_all_digits(self):
        """An official number typed in Persian digits is the one typed in Latin ones, so it cannot be given twice."""
        people = [self.make_partner("One"), self.make_partner("Two")]
        for partner, number, seat in zip(people, ("12/34", "۱۲/۳۴"), ("B8", "B9"), strict=True):
            decree = self.decree(self.council, seat, partner, "2026-12-01")
            decree.action_issue()
            wanted = {"official_number": number, "official_date": "2026-11-23"}
            if number == "12/34":
                decree.write(wanted)
                self.assertEqual(decree.official_number, "12/34")
                continue
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                decree.write(wanted)
                self.env.flush_all()

    def test_copies_as_printed_and_seals_stay(self):
        """A signer whose contact is spelt with Arabic letters is printed so; what is sealed is what is stored."""
        self.secretary.partner_id.name = "علي كريمي"
        session = self.held_session(self.council, "2026-11-09", absent=self.people["B2"])
        row = session.attendance_ids.filtered(lambda r: r.partner_id == self.people["B2"])
        with tehran("2026-11-09 15:00"):
            minutes = session.env["shora.minutes"]._draft_for(session)
            minutes.text = f"<p>{ARABIC}</p>"
            minutes._sign("password")
            addendum = minutes.env["shora.minutes.addendum"].create(
                {
                    "minutes_id": minutes.id,
                    "reason": ARABIC,
                    "line_ids": [Command.create({"attendance_id": row.id, "status_to": "excused"})],
                }
            )
            addendum._sign("password")
        self.assertEqual(minutes.signed_name, "علي كريمي")
        self.assertIn(PERSIAN, minutes.text)
        self.assertEqual(addendum.reason, PERSIAN)
        self.assertFalse(self.env["shora.integrity.check"]._check(self.council).problem_ids)

    def test_machine_s_fields_are_not_spelt(self):
        """No model of ours has its hashes, canonical forms or passwords respelt."""
        seen = set()
        for name, model in self.env.registry.items():
            if not name.startswith("shora."):
                continue
            for field in model._fields.values():
                machine = field.name.endswith(("_json", "sha256", "_url", "password", "token", "lookup"))
                if machine and field.type in ("char", "text", "html"):
                    record = self.env[name]
                    with patch.object(persian, "normalise", side_effect=AssertionError(field)):
                        vals = {field.name: ARABIC}
                        kept = record._in_one_spelling(vals) if record._is_typed_here() else vals
                    if not field.name.endswith("sha256"):  # nothing but ASCII comes into those
                        self.assertEqual(kept, vals, field)
                    seen.add(field.name)
        self.assertLessEqual({"content_json", "content_sha256", "password", "video_url"}, seen)

    def test_other_models_keep_what_was_typed(self):
        self.assertEqual(self.env["res.partner"].create({"name": ARABIC}).name, ARABIC)
