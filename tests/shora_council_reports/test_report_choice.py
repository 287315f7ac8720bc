"""Who may have which report: by the dialog, by RPC, and by the address of a workbook with somebody else's ids."""

import html
import json
from datetime import date
from unittest.mock import patch

from odoo.addons.shora_council_reports.report import TABLES, printed
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.common import ShoraHttpCase, tehran

from .report_case import YEAR, History, ReportCase, Workbooks

PDF = "shora-table-pdf"
ATTENDANCE = {"attendance_matrix", "attendance_register"}
QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models")
REFUSED = QUIET + ("odoo.addons.report_xlsx.controllers.main",)

#: role → reports of the first council that it may have, written from the specification, section 1
MAY = {
    **dict.fromkeys(("secretary", "staff", "secretariat", "head", "president", "office", "auditor"), set(TABLES)),
    "member": ATTENDANCE,
    **dict.fromkeys(("portal", "hr", "admin", "employee", "other_member", "other_secretary"), set()),
}


@tagged("post_install", "-at_install")
class TestChoice(ReportCase):
    def test_every_report_and_every_role(self):
        for role, may in MAY.items():
            user = getattr(self, role)
            for code in TABLES:
                self.env.invalidate_all()
                with self.subTest(role=role, report=code):
                    if code in may:
                        for table in self.table(code, user):
                            list(table.rows())
                    else:
                        with self.assertRaises(AccessError):
                            self.table(code, user)

    def test_nobody_reads_rows_of_other_councils(self):
        """Without naming a council each gets the own ones, and never a name of the others'."""
        for role, code in (("other_member", "attendance_register"), ("other_secretary", "attendance_register")):
            self.env.invalidate_all()
            choice = self.choice(code, getattr(self, role), councils=self.env["shora.council"])
            (table,) = choice._tables()
            self.assertEqual({line["council"] for line in self.lines(table)}, {"T2"}, role)

    def test_a_report_of_mixed_councils_is_refused_whole(self):
        both = self.council | self.other
        for role, code in (("secretary", "minutes_register"), ("member", "attendance_matrix")):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.table(code, getattr(self, role), councils=both)
        self.assertEqual(len(self.table("attendance_matrix", self.secretariat, councils=both)), 2)

    def test_a_secretary_who_is_member_elsewhere_reads_there_as_a_member(self):
        with tehran("2026-11-20 08:00"):
            self.appoint(self.council, "B10", self.other_secretary.partner_id, "2026-11-20")
        self.assertTrue(self.lines(self.table("attendance_register", self.other_secretary)[0]))
        for code in set(TABLES) - ATTENDANCE:
            with self.subTest(report=code), self.assertRaises(AccessError):
                self.table(code, self.other_secretary)

    def test_the_right_ends_with_the_membership(self):
        self.table("attendance_register", self.member)
        with tehran("2026-11-22 08:00"):
            self.end(self.member.partner_id.shora_membership_ids, day="2026-11-22")
        with self.assertRaises(AccessError):
            self.table("attendance_register", self.member)

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.auditor.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        with self.assertRaises(AccessError):
            self.table("attendance_register")

    def test_no_choice_of_a_council_one_may_not_read(self):
        with self.assertRaises(AccessError):
            self.choice("attendance_register", self.other_member, councils=self.council)

    def test_choices_are_ones_own(self):
        choice = self.choice("attendance_register", self.member)
        with self.assertRaises(AccessError):
            choice.with_user(self.other_member).read(["report"])
        self.assertFalse(self.env["shora.report.choice"].with_user(self.other_member).search([]))
        with self.assertRaises(AccessError):
            self.env["shora.report.choice"].with_user(self.employee).create({"report": "attendance_register"})

    def test_period_and_state(self):
        with self.assertRaises(ValidationError):
            self.choice("finding_register", period="days", date_from="2026-11-02", date_to="2026-11-01")
        scope = self.choice("attended_sessions")._scope()
        self.assertEqual((scope.year, scope.first, scope.last), (YEAR, date(2026, 3, 21), date(2027, 3, 20)))
        scope = self.choice("attended_sessions", period="days", date_from="2026-11-02")._scope()
        self.assertEqual((scope.year, scope.first, scope.last), (None, date(2026, 11, 2), None))
        scope = self.choice("decree_register", resolution_state="open", decree_state="ended")._scope()
        self.assertEqual(scope.state, "ended", "the state of other reports is not asked about")
        self.assertIsNone(self.choice("council_summary", partner_ids=self.people["B4"].ids)._scope().partners)

    def test_the_year_that_runs_is_proposed(self):
        choice = self.env["shora.report.choice"].with_user(self.auditor).create({"report": "finding_register"})
        self.assertEqual(choice.year, str(YEAR))

    def test_the_dialog_offers_ones_own_councils(self):
        for role, councils in (("secretary", self.council), ("auditor", self.council | self.other)):
            choice = self.choice("finding_register", getattr(self, role), councils=self.council)
            offered = choice.allowed_council_ids.filtered(lambda one: one.code in ("T1", "T2"))
            self.assertEqual(offered, councils.with_env(choice.env), role)

    def test_exporting_asks_for_the_workbook(self):
        action = self.choice("attended_sessions", self.secretary).action_export()
        self.assertEqual((action["report_type"], action["report_name"]), ("xlsx", "shora_council_reports.choice"))
        with self.assertRaises(AccessError):
            self.choice("attended_sessions", self.member).action_export()
        with self.assertRaises(UserError):
            self.choice("attended_sessions", self.secretary, period="all", by_month=True).action_export()

    def test_printing_asks_for_the_pdf(self):
        action = self.choice("attended_sessions", self.secretary).action_print()
        self.assertEqual(
            (action["report_type"], action["report_name"]), ("shora-table-pdf", "shora_council_reports.choice")
        )
        with self.assertRaises(AccessError):
            self.choice("attended_sessions", self.member).action_print()

    def test_every_workbook_of_a_list_is_offered_as_pdf_too(self):
        actions = self.env["ir.actions.report"].search([("report_name", "=like", "shora_council_reports.%")])
        offered = {kind: set() for kind in ("xlsx", "shora-table-pdf")}
        for action in actions:
            place = (action.report_name, action.binding_model_id.model, action.binding_view_types, action.group_ids)
            offered[action.report_type].add(place)
        self.assertEqual(offered["shora-table-pdf"], offered["xlsx"])

    def test_menus(self):
        """Members are offered attendance, nobody an entry that would refuse them."""
        for role, may in MAY.items():
            if role == "portal":
                continue  # has no menus
            menus = self.env["ir.ui.menu"].with_user(getattr(self, role))._visible_menu_ids()
            offered = {code for code in TABLES if self.env.ref(f"shora_council_reports.shora_{code}_menu").id in menus}
            if role in ("other_member", "other_secretary"):
                may = MAY["member" if role == "other_member" else "secretary"]  # of their own council
            if role == "admin":
                may = ATTENDANCE  # the group is a member's too; of councils it keeps no seat in it is refused
            self.assertEqual(offered, may, role)


@tagged("post_install", "-at_install")
class TestRoute(History, Workbooks, ShoraHttpCase):
    """Neither Odoo's route nor report_xlsx asks for a group: the reports refuse by themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_english_council()
        cls.make_history()
        for role in ("secretary", "member", "portal", "other_member", "other_secretary", "employee", "hr", "auditor"):
            getattr(cls, role).password = getattr(cls, role).login
        cls.resolution = cls.first.env["shora.resolution"].create({"session_id": cls.first.id, "name": "Ours"})
        cls.resolution._store_facts({"state": "adopted", "number": "1405/1"})

    def get(self, user, name, ids="", kind="xlsx", **query):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/report/{kind}/shora_council_reports.{name}/{ids}", params=query)

    def test_the_pdf_comes_as_a_file(self):
        choice = self.choice("attended_sessions", self.secretary)
        answer = self.get(self.secretary, "choice", choice.id, PDF, context=json.dumps({"lang": "en_US"}))
        self.assertEqual((answer.status_code, answer.content[:5]), (200, b"%PDF-"))
        self.assertIn("Attended%20sessions%20", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    @mute_logger(*REFUSED)
    def test_a_pdf_that_is_too_long_is_said_in_a_dialog(self):
        """The web client reads an error in this form; the sentence names the limit."""
        choice = self.choice("attended_sessions", self.secretary)
        self.authenticate(self.secretary.login, self.secretary.login)
        with patch.object(printed, "MOST_ROWS", 1):
            answer = self.url_open(
                "/report/download",
                data={
                    "data": json.dumps([f"/report/{PDF}/shora_council_reports.choice/{choice.id}", PDF]),
                    "context": json.dumps({"lang": "en_US"}),
                    "csrf_token": self.csrf_token(),
                },
            )
        told = json.loads(html.unescape(answer.text))
        self.assertIn("more than 1 rows", told["data"]["message"])

    def test_the_workbook_comes_as_a_file(self):
        choice = self.choice("attended_sessions", self.secretary)
        answer = self.get(self.secretary, "choice", choice.id, context=json.dumps({"lang": "en_US"}))
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Length"], str(len(answer.content)))
        self.assertIn("filename*=UTF-8''Attended%20sessions%20", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        people = [cell["Person"] for cell in self.cells(self.opened(answer.content).active)]
        self.assertIn("person B3", people)

    def test_as_the_web_client_asks(self):
        choice = self.choice("attended_sessions", self.secretary)
        self.authenticate(self.secretary.login, self.secretary.login)
        context = json.dumps({"lang": "fa_IR", "allowed_company_ids": self.env.company.ids})
        answer = self.url_open(
            "/report/download",
            data={
                "data": json.dumps([f"/report/xlsx/shora_council_reports.choice/{choice.id}?context={{}}", "xlsx"]),
                "context": context,
                "csrf_token": self.csrf_token(),
            },
        )
        self.assertEqual(answer.status_code, 200)
        sheet = self.opened(answer.content).active
        self.assertEqual((sheet["A1"].value, sheet.sheet_view.rightToLeft), ("صورت حضور در جلسات", True))

    def csrf_token(self):
        from odoo import http

        return http.Request.csrf_token(self)

    @mute_logger(*REFUSED)
    def test_ids_of_others_are_refused(self):
        mine = self.choice("attendance_register", self.member)
        rows = self.first.attendance_ids[:2]
        for user, name, ids in (
            (self.other_member, "choice", mine.id),  # somebody else's choice
            (self.other_member, "attendance", ",".join(map(str, rows.ids))),
            (self.other_member, "session", self.first.id),
            (self.other_secretary, "resolution", self.resolution.id),
            (self.other_secretary, "notice", self.first.notice_id.id),
            (self.other_secretary, "finding", self.council.finding_ids[:1].id),
            (self.other_secretary, "council", self.council.id),
            (self.other_secretary, "attendance", f"{self.elsewhere.attendance_ids[:1].id},{rows[:1].id}"),
            (self.member, "decree", self.council.membership_ids[:1].decree_id.id),
            (self.member, "resolution", self.resolution.id),  # reads it, and is no office
            (self.member, "council", self.council.id),
            (self.portal, "attendance", rows[:1].id),
            (self.portal, "session", self.first.id),
            (self.hr, "decree", self.council.membership_ids[:1].decree_id.id),
            (self.employee, "attendance", rows[:1].id),
        ):
            for kind in ("xlsx", PDF):
                with self.subTest(user=user.login, report=name, ids=ids, kind=kind):
                    answer = self.get(user, name, ids, kind)
                    self.assertEqual(answer.status_code, 403)
                    self.assertNotIn(answer.content[:2], (b"PK", b"%P"))

    def test_a_choice_that_was_given_a_foreign_council(self):
        """What its owner may not read does not exist for the owner."""
        choice = self.choice("attendance_register", self.other_member, councils=self.other)
        choice.sudo().council_ids = self.council  # the dialog itself would have refused it
        answer = self.get(self.other_member, "choice", choice.id, context=json.dumps({"lang": "en_US"}))
        cells = self.cells(self.opened(answer.content).active)
        self.assertEqual({cell["Council"] for cell in cells}, {"T2"})

    @mute_logger(*REFUSED)
    def test_a_context_names_nothing_else(self):
        """report_xlsx takes model and records from a client's context; ours does not."""
        context = json.dumps({"active_model": "res.users", "active_ids": self.first.attendance_ids.ids})
        answer = self.get(self.member, "attendance", "", context=context)
        self.assertEqual(answer.status_code, 422)
        answer = self.get(self.member, "attendance", self.first.attendance_ids[:1].id, context="{")
        self.assertEqual(answer.status_code, 400)

    @mute_logger(*REFUSED)
    def test_no_other_report_by_the_same_address(self):
        for name in ("sheets", "selected", "nothing"):
            for kind in ("xlsx", PDF):
                self.assertEqual(self.get(self.auditor, name, 1, kind).status_code, 404)

    @mute_logger(*REFUSED)
    def test_nobody_without_a_login(self):
        self.authenticate(None, None)
        choice = self.choice("attended_sessions", self.secretary)
        answer = self.url_open(f"/report/xlsx/shora_council_reports.choice/{choice.id}", allow_redirects=False)
        self.assertNotEqual(answer.status_code, 200)

    @mute_logger(*QUIET)
    def test_methods_over_rpc(self):
        """The abstract models' methods are public, as report_xlsx wrote them."""
        choice = self.choice("attended_sessions", self.secretary)
        for user in (self.portal, self.employee, self.member, self.other_secretary):
            self.authenticate(user.login, user.login)
            for model, method, args in (
                ("report.shora_council_reports.choice", "create_xlsx_report", [choice.ids, {}]),
                ("report.shora_council_reports.resolution", "create_xlsx_report", [self.resolution.ids, {}]),
                ("shora.report.choice", "action_export", [choice.ids]),
                ("shora.report.choice", "_tables", [choice.ids]),
                ("shora.report.choice", "read", [choice.ids]),
            ):
                params = {"model": model, "method": method, "args": args, "kwargs": {}}
                with self.subTest(user=user.login, method=method), self.assertRaises(JsonRpcException):
                    self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)
