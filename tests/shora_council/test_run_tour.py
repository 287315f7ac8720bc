"""The running screen in a real browser, in Persian: opened, the fullest council marked, an item settled, closed."""

from odoo import fields
from odoo.addons.shora_council.rules import clock

from tests.common import EX_OFFICIO, ShoraHttpCase

ORDINALS = (
    *("یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم", "یازدهم", "دوازدهم", "سیزدهم"),
    "چهاردهم",
)
EXPERTISE = {"academic_rank": "استاد", "field_of_study": "حقوق بین‌الملل", "proposal_note": "۱۰/۱"}


class TestRunningScreen(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_persian_offices()
        cls.today = clock.tehran_day(fields.Datetime.now())
        first = str(fields.Date.subtract(cls.today, days=60))
        cls.council = cls.make_persian_council("RUN")
        cls.secretary = cls.make_user("run_secretary", "shora_council.group_shora_secretary")
        cls.secretary.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        seats = (*EX_OFFICIO, *(f"B{number}" for number in range(1, 11)))
        cls.people = {}
        for code, ordinal in zip(seats, ORDINALS, strict=True):
            seat = cls.council.seat_ids.filtered(lambda s, code=code: s.code == code)
            seat.name = f"کرسی {ordinal}"
            partner = cls.secretary.partner_id if code == "A2" else cls.env["res.partner"].create({"name": "-"})
            partner.write({"name": f"عضو {ordinal}", "lang": "fa_IR"})
            cls.people[ordinal] = partner
            cls.appoint(cls.council, code, partner, first, **(EXPERTISE if code.startswith("B") else {}))
        cls.appoint(cls.council, "B1", cls.people["پنجم"], first, kind="chair")

    def test_from_opening_to_closing_on_one_screen(self):
        session = self.plan(self.council, str(self.today), kind="extraordinary", ground="ارجاع رئیس مرکز")
        session.agenda_item_ids.write({"name": "گزارش سالانه"})
        self.tour(f"/odoo/shora-sessions/{session.id}", "shora_session_run", self.secretary)
        self.assertEqual((session.state, session.presiding_partner_id), ("closed", self.people["پنجم"]))
        marks = {row.partner_id.name: row.status for row in session.attendance_ids if row.kind == "member"}
        expected = {f"عضو {ordinal}": "present" for ordinal in ORDINALS}
        expected |= {"عضو دوازدهم": "late", "عضو سیزدهم": "absent", "عضو یازدهم": "excused", "عضو چهاردهم": "absent"}
        self.assertEqual(marks, expected)
        late = session.attendance_ids.filtered(lambda row: row.status == "late")
        self.assertEqual(self.env["shora.words"]._local(late.arrived_at), "10:25")
        others = {row.partner_id.name: row.kind for row in session.attendance_ids if row.kind != "member"}
        self.assertEqual(others, {"استاد میهمان": "guest", "جانشین عضو سیزدهم": "non_member"})
        item = session.agenda_item_ids
        self.assertEqual(item.state, "discussed")
        self.assertIn("دیدگاه‌ها شنیده شد.", item.discussion)
        self.assertEqual((session.resolution_ids.name, session.resolution_ids.state), ("گزارش سالانه", "adopted"))
