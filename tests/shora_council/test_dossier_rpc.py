"""The way to the President by remote calls, as each role, and on Persian screens in a real browser (5-9)."""

from datetime import timedelta

from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.common import ShoraHttpCase, tehran

from .dossier_case import SCAN, DossierSteps


class DossierHttpCase(DossierSteps, ShoraHttpCase):
    """Minutes of a session twenty days ago with one resolution, as the Secretariat has reviewed them."""

    LANG = "en_US"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(cls.LANG)
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": cls.LANG, "tz": "Asia/Tehran"})
        cls.make_offices()
        cls.council = cls.make_council("DOSS")
        with tehran(f"{cls.day(-90)} 08:00"):
            cls.secretary, cls.people = cls.staff_council(cls.council, prefix="doss", date_from=str(cls.day(-90)))

    @classmethod
    def day(cls, days):
        return clock.tehran_day(fields.Datetime.now()) + timedelta(days=days)

    def meeting_on(self, day, name):
        before = day - timedelta(days=9)
        with tehran(f"{before} 09:00"):
            session = self.plan(self.council, str(day))
            self.dispatch(session)
        with tehran(f"{day} 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            resolution = session.env["shora.resolution"].create(
                {
                    "session_id": session.id,
                    "agenda_item_id": session.agenda_item_ids[:1].id,
                    "name": name,
                    "body": "<p>کارگروه ظرف دو ماه گزارش دهد.</p>",
                }
            )
            resolution.action_adopt()
            self.close(session)
        return session, resolution


@tagged("post_install", "-at_install")
class TestDossierRpc(DossierHttpCase):
    def setUp(self):
        super().setUp()
        self.caller = None
        meeting, self.resolution = self.meeting_on(self.day(-20), "R")
        self.minutes = self.reviewed(meeting)
        self.staff = self.make_user("t_doss_staff", "shora_council.group_shora_staff")
        self.council.staff_user_ids = self.staff
        self.stranger = self.make_user("t_doss_portal", "base.group_portal")
        self.users = (
            *(self.secretary, self.staff, self.secretariat, self.head, self.president, self.office, self.auditor),
            *(self.admin, self.hr, self.employee, self.stranger),
        )
        for user in self.users:
            user.password = user.login

    def call(self, user, model, method, *args, **kwargs):
        if self.caller != user:
            self.authenticate(user.login, user.login)
            self.caller = user
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    def refused(self, users, model, method, *args, **kwargs):
        for user in users:
            with self.subTest(user=user.login, model=model, method=method), self.assertRaises(JsonRpcException):
                self.call(user, model, method, *args, **kwargs)

    @mute_logger("odoo.http")
    def test_each_step_belongs_to_its_role(self):
        secretariat = (self.secretariat, self.head)
        deciders = (self.president, self.office)
        others = tuple(user for user in self.users if user not in (*secretariat, *deciders))
        note = {"minutes_id": self.minutes.id, "summary": "By RPC"}
        self.refused((*others, *deciders), "shora.review.note", "create", [note])
        self.call(self.secretariat, "shora.review.note", "create", [note])
        self.refused((*others, *deciders), "shora.secretariat.desk", "prepare_dossier", self.minutes.ids)
        action = self.call(self.secretariat, "shora.secretariat.desk", "prepare_dossier", self.minutes.ids)
        dossier = self.env["shora.dossier"].browse(action["res_id"])
        for method in ("action_present", "write"):
            args = ([dossier.id],) if method == "action_present" else ([dossier.id], {"state": "presented"})
            self.refused((*others, *deciders, self.secretariat), "shora.dossier", method, *args)
        self.refused(self.users, "shora.minutes", "write", self.minutes.ids, {"state": "presented"})
        self.call(self.head, "shora.dossier", "action_present", [dossier.id])
        line = dossier.line_ids
        self.refused((*others, *secretariat), "shora.dossier.line", "decide", [line.id], "seen", "", 0)
        self.refused((*others, *secretariat), "shora.dossier", "finalize", [dossier.id], {line.id: 0})
        self.refused((*others, *secretariat), "shora.dossier", "file_scan", [dossier.id], "a.png", SCAN)
        self.call(self.office, "shora.dossier.line", "decide", [line.id], "instruct", "At once", 0)
        self.refused((self.president,), "shora.dossier.line", "decide", [line.id], "return", "No", 0)
        self.refused((self.office,), "shora.dossier", "finalize", [dossier.id], {str(line.id): 1})
        self.call(self.office, "shora.dossier", "file_scan", [dossier.id], "a.png", SCAN)
        self.assertEqual(self.call(self.office, "shora.dossier", "finalize", [dossier.id], {str(line.id): 1}), 1)
        self.env.invalidate_all()
        self.assertEqual((dossier.state, self.minutes.state), ("decided", "closed"))
        self.assertEqual(self.resolution.president_decision, "instruct")

    @mute_logger("odoo.http")
    def test_the_head_alone_withdraws(self):
        dossier = self.presented(self.minutes, str(self.day(-10)))
        values = {"state": "withdrawn", "withdraw_reason": "By RPC"}
        others = tuple(user for user in self.users if user != self.head)
        self.refused(others, "shora.dossier", "write", [dossier.id], values)
        self.refused(self.users, "shora.dossier", "write", [dossier.id], {"withdraw_reason": "By RPC"})
        self.refused(self.users, "shora.dossier", "write", [dossier.id], {"withdrawn_name": "X", **values})
        self.refused(self.users, "shora.dossier.line", "write", dossier.line_ids.ids, {"is_withdrawn": True})
        self.refused(self.users, "shora.dossier.minutes", "write", dossier.part_ids.ids, {"is_withdrawn": True})
        self.refused(self.users, "shora.dossier.minutes", "_store", dossier.part_ids.ids, {"is_withdrawn": True})
        self.refused(self.users, "shora.minutes", "write", self.minutes.ids, {"state": "reviewed"})
        strangers = tuple(user for user in others if user != self.secretariat)
        dialog = {"dossier_id": dossier.id, "reason": "By RPC"}
        self.refused(strangers, "shora.dossier.withdraw", "create", [dialog])
        [asked] = self.call(self.secretariat, "shora.dossier.withdraw", "create", [dialog])
        self.refused((self.secretariat,), "shora.dossier.withdraw", "action_confirm", [asked])
        self.refused((self.head,), "shora.dossier", "write", [dossier.id], {"state": "withdrawn"})
        self.env.invalidate_all()
        self.assertEqual((dossier.state, dossier.withdraw_reason), ("presented", False))
        self.call(self.head, "shora.dossier", "write", [dossier.id], values)
        self.env.invalidate_all()
        self.assertEqual((dossier.state, self.minutes.state), ("withdrawn", "reviewed"))
        deciders = (self.president, self.office)
        self.refused(deciders, "shora.dossier.line", "decide", dossier.line_ids.ids, "seen", "", 0)

    @mute_logger("odoo.http")
    def test_facts_and_kept_rows_are_nobodys_to_write(self):
        dossier = self.presented(self.minutes, str(self.day(-10)))
        line = dossier.line_ids
        self.call(self.president, "shora.dossier.line", "decide", [line.id], "seen", "", 0)
        self.call(self.office, "shora.dossier", "file_scan", [dossier.id], "a.png", SCAN)
        self.env.invalidate_all()
        administrator = self.env.ref("base.user_admin")
        administrator.password = administrator.login
        everybody = (*self.users, administrator)
        for record, vals in (
            (dossier, {"number": "1"}),
            (dossier, {"state": "decided"}),
            (dossier, {"pdf_sha256": "0"}),
            (line, {"decision": "instruct"}),
            (line, {"is_final": True}),
            (line, {"recommendation": "x"}),
            (line.decision_ids, {"text": "x"}),
            (dossier.scan_ids, {"sha256": "0"}),
            (self.minutes.sudo().review_note_ids[:1], {"summary": "x"}),
            (self.resolution, {"president_decision": "seen"}),
        ):
            self.refused(everybody, record._name, "write", record.ids, vals)
            self.refused(everybody, record._name, "web_save", record.ids, vals, specification={})
            self.refused(everybody, record._name, "unlink", record.ids)
        self.refused(everybody, "shora.dossier.line", "_store", [line.id], {"is_final": True})
        self.refused(everybody, "shora.dossier.line", "_finalize", [line.id])
        self.refused(everybody, "shora.resolution", "_record_decision", self.resolution.ids, "seen", "", "2026-11-10")
        self.assertFalse(line.is_final)

    @mute_logger("odoo.http")
    def test_the_papers_of_the_secretariat_are_not_read_by_others(self):
        dossier = self.presented(self.minutes, str(self.day(-10)))
        self.call(self.office, "shora.dossier", "file_scan", [dossier.id], "a.png", SCAN)
        self.env.invalidate_all()
        others = (self.secretary, self.staff, self.admin, self.hr, self.employee, self.stranger)
        for record in (dossier, dossier.part_ids, dossier.line_ids, dossier.scan_ids):
            self.refused(others, record._name, "read", record.ids, ["display_name"])
        self.refused(others, "shora.decision.time", "search_read", [], ["days_total"])
        self.refused(others, "shora.president.desk", "get_page", dossier.id)
        self.refused(others, "shora.secretariat.desk", "get_desk")
        paths = (
            f"/shora/document/shora.dossier/{dossier.id}/dossier.pdf",
            f"/web/content/shora.dossier/{dossier.id}/pdf",
            f"/web/content/shora.dossier.scan/{dossier.scan_ids.id}/file",
        )
        for user in (*others, self.auditor, self.president, self.secretariat):
            self.authenticate(user.login, user.login)
            for path in paths:
                with self.subTest(user=user.login, path=path):
                    answer = self.url_open(path)
                    self.assertEqual(answer.status_code == 200, user not in others, answer.status_code)


class DossierTourCase(DossierHttpCase):
    LANG = "fa_IR"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.name = "مرکز مطالعات"
        cls.council.write({"name": "شورای آزمون", "short_name": "شورای آزمون", "place": "تالار شورا"})
        names = {
            "president": "رئیس مرکز",
            "office": "دفتر رئیس",
            "secretariat": "کارشناس دبیرخانه",
            "head": "مسئول دبیرخانه",
            "secretary": "دبیر آزمون",
        }
        for login, name in names.items():
            getattr(cls, login).write({"name": name, "lang": "fa_IR", "tz": "Asia/Tehran"})
        for number, partner in enumerate(cls.council.membership_ids.partner_id - cls.secretary.partner_id, start=1):
            partner.name = f"عضو {number}"

    def note(self, minutes, user=None):
        return (
            self.env["shora.review.note"]
            .with_user(user or self.secretariat)
            .create(
                [{"minutes_id": minutes.id, "summary": "شورا درباره رودها گفت‌وگو کرد."}]
                + [
                    {"minutes_id": minutes.id, "resolution_id": one.id, "recommendation": "ارجاع به معاون پژوهشی"}
                    for one in minutes.session_id._presentable()
                ]
            )
        )


@tagged("post_install", "-at_install")
class TestDossierTour(DossierTourCase):
    @mute_logger("odoo.http")  # what is refused in words is a part of the story
    def test_from_the_secretariats_desk_to_the_presidents_word(self):
        meeting, first = self.meeting_on(self.day(-20), "طرح رودها")
        self.reviewed(meeting)
        other, second = self.meeting_on(self.day(-12), "طرح ایستگاه‌ها")
        self.reviewed(other)
        late, _third = self.meeting_on(self.day(-9), "طرح دیرکرده")
        self.start_tour("/odoo/shora-inbox", "shora_secretariat_desk", login=self.head.login, timeout=180)
        self.env.invalidate_all()
        dossier = self.env["shora.dossier"].search([("company_id", "=", self.env.company.id)], limit=1)
        self.assertEqual(dossier.state, "presented")
        self.assertEqual(dossier.line_ids.resolution_id, first | second)
        self.assertTrue(late.minutes_awaited)
        self.start_tour("/odoo/shora-president", "shora_president_desk", login=self.president.login, timeout=180)
        self.env.invalidate_all()
        decided = {line.resolution_id: (line.decision, line.text, line.is_final) for line in dossier.line_ids}
        self.assertEqual(decided[first], ("instruct", "از راه معاون پژوهشی اقدام شود", True))
        self.assertEqual(decided[second], ("seen", False, True))
        self.assertEqual((dossier.state, first.president_decision), ("decided", "instruct"))

    @mute_logger("odoo.http")
    def test_the_office_records_with_day_and_scan(self):
        meeting, resolution = self.meeting_on(self.day(-20), "طرح رودها")
        dossier = self.presented(self.reviewed(meeting), str(self.day(-10)))
        self.start_tour("/odoo/shora-president", "shora_president_office", login=self.office.login, timeout=180)
        self.env.invalidate_all()
        line = dossier.line_ids
        self.assertEqual((line.decision, line.recorded_by_id, line.is_final), ("return", self.office, True))
        self.assertTrue(line.on_behalf)
        self.assertEqual(line.decided_on, self.day(-3))
        self.assertEqual(resolution.president_decision, "return")
