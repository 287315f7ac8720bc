"""Joint sessions, themes, substitutes and the Secretariat's posts: what is refused, refused through RPC (5-8, 5-10)."""

from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.common import ShoraHttpCase, tehran

QUIET = ("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestJointRpc(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "en_US"})
        cls.make_offices()
        with tehran("2026-09-01 08:00"):
            cls.council, cls.second = cls.make_council(), cls.make_council("T2")
            cls.secretary, cls.people = cls.staff_council(cls.council, experts=1)
            cls.second_secretary, cls.second_people = cls.staff_council(cls.second, experts=1, prefix="t2")
        cls.body = cls.env["shora.council"]._coordination_of(cls.env.company)
        cls.staff = cls.make_user("t_rpc_staff", "shora_council.group_shora_staff")
        cls.council.staff_user_ids = cls.staff
        cls.member = cls.make_user("t_rpc_member", "shora_council.group_shora_member")
        cls.appoint(cls.council, "B2", cls.member.partner_id)
        for user in (
            *(cls.secretary, cls.second_secretary, cls.staff, cls.member, cls.secretariat, cls.head),
            *(cls.president, cls.office, cls.auditor, cls.admin, cls.hr, cls.employee),
        ):
            user.password = user.login

    def setUp(self):
        super().setUp()
        with tehran("2026-11-20 09:00"):
            self.meeting = self.plan(self.body, "2026-11-20", kind="joint", user=self.secretariat)
            self.item = self.meeting.agenda_item_ids
            self.dispatch(self.meeting)
            self.meeting.write({"presiding_ground": "secretariat_head", "state": "open"})
            self.close(self.meeting)
            self.minutes = self.meeting.env["shora.minutes"]._draft_for(self.meeting)
            self.planned = self.plan(self.body, "2027-03-01", kind="joint", user=self.secretariat)

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    def refused(self, users, model, method, *args, **kwargs):
        for user in users:
            self.authenticate(user.login, user.login)
            with self.subTest(user=user.login, model=model, method=method), self.assertRaises(JsonRpcException):
                self.call(model, method, *args, **kwargs)

    @mute_logger(*QUIET)
    def test_only_the_secretariat_runs_joint_sessions(self):
        others = (self.secretary, self.staff, self.member, self.president, self.office, self.auditor, self.admin)
        values = {"council_id": self.body.id, "kind": "joint", "start": "2027-03-10 06:30:00"}
        self.refused(others, "shora.session", "create", [values])
        for method in ("action_prepare_notice", "action_hold"):
            self.refused(others, "shora.session", method, self.planned.ids)
        self.refused(others, "shora.session", "write", self.planned.ids, {"state": "cancelled", "final_reason": "R"})
        self.refused(others, "shora.agenda.item", "create", [{"session_id": self.planned.id, "name": "X"}])
        self.refused(others, "shora.attendance", "write", self.meeting.attendance_ids.ids, {"note": "X"})
        self.authenticate(self.secretariat.login, self.secretariat.login)
        self.assertTrue(self.call("shora.session", "create", [values]))
        self.assertEqual(self.planned.state, "scheduled")

    @mute_logger(*QUIET)
    def test_draft_minutes_are_the_secretariats_and_the_signature_the_heads(self):
        readers = (self.secretary, self.staff, self.member, self.president, self.office, self.auditor, self.admin)
        self.refused(readers, "shora.minutes", "read", self.minutes.ids, ["text"])
        self.refused((*readers, self.secretariat), "shora.minutes", "action_sign", self.minutes.ids)
        self.refused((*readers, self.secretariat), "shora.minutes", "write", self.minutes.ids, {"state": "signed"})
        with tehran("2026-11-21 09:00"):
            self.minutes.with_user(self.head)._sign("password")
        for user in (self.secretary, self.second_secretary, self.president, self.auditor):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.call("shora.minutes", "read", self.minutes.ids, ["state"])[0]["state"], "reviewed")
        outsiders = (self.staff, self.member, self.hr, self.employee)
        self.refused(outsiders, "shora.minutes", "read", self.minutes.ids, ["state"])
        self.refused((self.head, self.secretariat), "shora.minutes", "write", self.minutes.ids, {"text": "x"})

    @mute_logger(*QUIET)
    def test_facts_of_joint_sessions_are_nobodys_to_write(self):
        head = self.meeting.attendance_ids.filtered(lambda row: row.kind == "secretariat")
        member = self.meeting.attendance_ids - head
        users = (self.head, self.secretariat, self.secretary)
        for model, record, vals in (
            ("shora.council", self.body, {"is_coordination": False}),
            ("shora.council", self.council, {"is_coordination": True}),
            ("shora.session", self.meeting, {"presiding_partner_id": self.secretary.partner_id.id}),
            ("shora.attendance", member[:1], {"capacity": "x"}),
            ("shora.attendance", member[:1], {"kind": "secretariat"}),
            ("shora.agenda.item", self.item, {"source": "joint"}),
            ("shora.agenda.item", self.planned.agenda_item_ids, {"joint_push_id": 1}),
        ):
            self.refused(users, model, "write", record.ids, vals)
        self.refused(users, "shora.attendance", "unlink", head.ids)

    @mute_logger(*QUIET)
    def test_themes_are_put_by_the_secretariat(self):
        others = (self.secretary, self.staff, self.member, self.president, self.office, self.auditor, self.admin)
        self.refused(others, "shora.agenda.item", "push_to", self.item.ids, self.council.ids)
        self.refused(others, "shora.joint.put", "create", [{"item_id": self.item.id}])
        values = {"item_id": self.item.id, "council_id": self.council.id}
        self.refused((*others, self.head), "shora.joint.push", "create", [values])
        self.authenticate(self.head.login, self.head.login)
        first = self.call("shora.agenda.item", "push_to", self.item.ids, self.council.ids)
        self.assertEqual(self.call("shora.agenda.item", "push_to", self.item.ids, self.council.ids), first)
        self.refused((self.member, self.employee, self.hr), "shora.joint.push", "read", first, ["state"])
        self.refused((self.secretary, self.head), "shora.joint.push", "write", first, {"with_documents": False})
        self.refused((self.secretary, self.head), "shora.joint.push", "_place", first)
        theme = self.env.ref("shora_council.theme_01")
        self.refused(
            (self.secretary, self.member, self.auditor), "shora.joint.suggestion", "action_put_on_agenda", theme.ids
        )

    @mute_logger(*QUIET)
    def test_substitutes_are_named_by_the_office(self):
        values = {"user_id": self.staff.id, "date_from": "2099-01-01", "date_to": "2099-01-05"}
        mine = {**values, "council_id": self.council.id}
        self.refused(
            (self.second_secretary, self.staff, self.member, self.head, self.secretariat, self.admin, self.hr),
            "shora.substitute",
            "create",
            [mine],
        )
        self.authenticate(self.secretary.login, self.secretary.login)
        made = self.call("shora.substitute", "create", [mine])
        self.refused((self.staff, self.second_secretary, self.head), "shora.substitute", "unlink", made)
        self.refused((self.secretary,), "shora.substitute", "write", made, {"principal_id": self.staff.partner_id.id})
        for_head = {**values, "council_id": self.body.id, "user_id": self.secretariat.id}
        self.refused((self.secretary, self.secretariat, self.admin), "shora.substitute", "create", [for_head])

    @mute_logger(*QUIET)
    def test_the_department_is_the_administrators_to_name(self):
        department = self.env["hr.department"].create({"name": "Secretariat"})
        users = (self.head, self.secretariat, self.secretary, self.president, self.hr)
        self.refused(users, "shora.council", "write", self.body.ids, {"secretariat_department_id": department.id})
        self.refused((self.admin,), "res.users", "_shora_sync_secretariat", [])
