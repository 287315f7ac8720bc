"""The member's side as it is used: with a thumb, on a phone, in Persian, in a real browser."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.shora_council.controllers import portal
from odoo.addons.shora_council.rules import clock
from odoo.tests import tagged

from tests.common import ShoraHttpCase, tehran

NAMES = {"A1": "کاوه نادری", "A3": "فرهاد امینی", "A4": "لیلا فرزام", "B1": "شیرین رستمی"}


@tagged("post_install", "-at_install")
class TestPhone(ShoraHttpCase):
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env["res.lang"].search_count([("code", "=", "fa_IR")]):
            cls.env["res.lang"]._activate_lang("fa_IR")
            cls.env["ir.module.module"]._load_module_terms(["portal", "web_jalali", "shora_council"], ["fa_IR"])
        cls.env = cls.env(context={**cls.env.context, "lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.env["res.users"].search([("login", "=", "admin")]).lang = "fa_IR"
        cls.make_offices()
        cls.today = clock.tehran_day(fields.Datetime.now())
        first = cls.day(-90)
        cls.council = cls.make_council("PHON")
        cls.council.write({"name": "شورای آزمون گوشی", "short_name": "آزمون گوشی", "place": "تالار شورا"})
        for seat in cls.council.seat_ids:
            seat.name = "عضو حقیقی" if seat.kind == "expert" else "عضو حقوقی"
        cls.secretary = cls.make_user("t_phone_secretary", "shora_council.group_shora_secretary", "نیلوفر سعادت")
        cls.secretary.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.people = {"A2": cls.secretary.partner_id}
        cls.member = cls.make_user("t_phone_member", "base.group_portal", "مهرداد کیانی")
        cls.member.write({"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.people["B2"] = cls.member.partner_id
        for seat in ("A1", "A2", "A3", "A4", "B1", "B2"):
            partner = cls.people.get(seat) or cls.make_partner(seat)
            partner.write({"name": NAMES.get(seat, partner.name), "lang": "fa_IR"})
            cls.people[seat] = partner
            cls.appoint(cls.council, seat, partner, first)
        cls.appoint(cls.council, "B1", cls.people["B1"], first, kind="chair")

    @classmethod
    def day(cls, days):
        return str(cls.today + timedelta(days=days))

    def setUp(self):
        """One cancelled; one held without the member, with a resolution and signed minutes; one to come, invited, with
        a document.
        """
        super().setUp()
        with tehran(f"{self.day(-30)} 09:00"):
            self.plan(self.council, self.day(-21)).write({"final_reason": "تعطیل عمومی", "state": "cancelled"})
        past = self.held_session(self.council, self.day(-14), absent=self.member.partner_id)
        resolution = past.env["shora.resolution"].create({"session_id": past.id, "name": "همکاری با شهرهای خواهر"})
        resolution._store_facts({"state": "adopted"})
        with tehran(f"{self.day(-13)} 09:00"):
            past.env["shora.minutes"]._draft_for(past)._sign("password")
        self.coming = self.plan(self.council, self.day(10))
        item = self.coming.agenda_item_ids
        item.write({"name": "نشست شهرداران جهان", "description": "<p>بررسی گزارش</p>"})
        document = {"name": "گزارش.pdf", "raw": b"%PDF-1.4", "res_model": item._name, "res_id": item.id}
        item.attachment_ids = self.env["ir.attachment"].create(document)
        self.dispatch(self.coming)

    def test_the_members_side(self):
        with patch.object(portal, "PAGE", 1):  # the past has two pages
            self.tour("/my", "shora_portal_phone", self.member)
        reply = self.coming.reply_ids
        self.assertEqual((reply.partner_id, reply.answer), (self.member.partner_id, "not_attending"))
        self.assertEqual(reply.reason, "مأموریت خارج از کشور")
        proposal = self.coming.agenda_item_ids.filtered(lambda item: item.source == "member")
        self.assertEqual((proposal.name, proposal.state), ("دیپلماسی آب", "proposed"))
        self.assertIn("کم‌آبی", proposal.description)
        row = self.coming.notice_id.recipient_ids.filtered(
            lambda r: r.partner_id == self.member.partner_id and r.channel == "portal"
        )
        self.assertEqual(row.state, "opened")

    def test_the_phones_calendar(self):
        tokens = self.env["shora.ics.token"].with_user(self.member)
        self.tour("/my/councils", "shora_portal_calendar", self.member)
        self.assertTrue(tokens._mine())
        self.tour("/my/councils", "shora_portal_calendar_revoked", self.member)
        self.assertFalse(tokens._mine())
