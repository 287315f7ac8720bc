"""Decrees by remote calls alone (article 4): HR registers, the secretary proposes, everybody else is refused."""

from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.common import ShoraHttpCase


@tagged("post_install", "-at_install")
class TestDecreeRpc(ShoraHttpCase):
    def setUp(self):
        super().setUp()
        self.caller = None
        self.make_offices()
        self.council = self.make_council()
        self.secretary, self.people = self.staff_council(self.council, experts=2, date_from="2026-11-01")
        other = self.make_council("T2")
        self.foreign, _people = self.staff_council(other, experts=1, prefix="t2", date_from="2026-11-01")
        for user in (self.secretary, self.foreign, self.hr, self.president, self.employee, self.auditor):
            user.password = user.login

    def call(self, user, model, method, *args, **kwargs):
        if self.caller != user:
            self.authenticate(user.login, user.login)
            self.caller = user
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    def refused(self, user, method, *args, model="shora.decree", **kwargs):
        with (
            self.subTest(user=user.login, method=method),
            mute_logger("odoo.http", "odoo.sql_db"),
            self.assertRaises(JsonRpcException),
        ):
            self.call(user, model, method, *args, **kwargs)

    def values(self, seat, name, **vals):
        return {
            "council_id": self.council.id,
            "seat_id": self.council.seat_ids.filtered(lambda s: s.code == seat).id,
            "partner_id": self.make_partner(name).id,
            "date_from": "2026-11-02",
            "academic_rank": "Professor",
            "field_of_study": "Law",
            **vals,
        }

    def test_hr_registers_what_the_secretary_proposed(self):
        decree = self.call(self.secretary, "shora.decree", "create", [self.values("B5", "By RPC")])
        self.call(self.secretary, "shora.decree", "action_propose", decree)
        self.refused(self.secretary, "action_issue", decree)
        self.refused(self.hr, "action_issue", decree)  # without the signed paper's number
        self.call(self.hr, "shora.decree", "write", decree, {"official_number": "9/9", "official_date": "2026-11-01"})
        self.call(self.hr, "shora.decree", "action_issue", decree)
        self.assertEqual(self.env["shora.decree"].browse(decree).membership_id.state, "current")

    def test_strangers_are_refused(self):
        decree = self.decree(self.council, "B5", self.make_partner("Proposed"), "2026-11-02")
        for user in (self.foreign, self.employee, self.auditor):
            self.refused(user, "create", [self.values("B6", f"By {user.login}")])
            self.refused(user, "write", decree.ids, {"date_from": "2026-11-05"})
            self.refused(user, "action_issue", decree.ids)
            self.refused(user, "unlink", decree.ids)
        for user in (self.foreign, self.employee):
            self.refused(user, "read", decree.ids, ["partner_id"])
        self.assertEqual(decree.state, "proposed")

    def test_nobody_forges_a_fact(self):
        issued = self.people["B2"].shora_membership_ids.decree_id
        for vals in (
            {"state": "ended", "end_reason": "resigned"},
            {"is_imported": True},
            {"gives_membership": False},
            {"proposed_by_id": self.hr.id},
            {"partner_id": self.people["B1"].id},
        ):
            self.refused(self.hr, "write", issued.ids, vals)
            self.refused(self.president, "write", issued.ids, vals)
        self.refused(self.hr, "create", [self.values("B6", "Forged", state="in_force")])
        self.refused(self.hr, "create", [self.values("B6", "Forged too", is_imported=True)])
        context = {"default_state": "issued", "default_is_imported": True, "default_gives_membership": True}
        decree = self.call(self.hr, "shora.decree", "create", [self.values("B6", "By context")], context=context)
        decree = self.env["shora.decree"].browse(decree)
        self.assertEqual((decree.state, decree.is_imported, decree.gives_membership), ("draft", False, False))

    def test_no_representative_but_in_the_seat_that_allows_one(self):
        principal = self.people["A1"].id
        for seat in ("A1", "A2", "A3", "B6"):
            vals = self.values(seat, f"Stand-in {seat}", kind="representative", principal_id=principal)
            self.refused(self.hr, "create", [vals])
        self.refused(self.hr, "create", [self.values("B6", "Quiet stand-in", principal_id=principal)])

    def test_private_steps_stay_private(self):
        decree = self.people["B2"].shora_membership_ids.decree_id
        for method in ("_stop", "_store_facts", "_give_membership", "_create_as_fact", "_as_system"):
            self.refused(self.president, method, decree.ids)
