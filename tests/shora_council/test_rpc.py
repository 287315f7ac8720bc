"""What is refused must be refused through RPC too, and no state is reached but by its edges."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.common import ShoraCase, ShoraHttpCase, tehran


@tagged("post_install", "-at_install")
class TestGraph(ShoraCase):
    """The judge stands in ``write()``; the superuser meets it as everybody does."""

    def records(self):
        session = self.held_session(self.council, "2026-10-12")
        minutes = session.env["shora.minutes"]._draft_for(session)
        addendum = minutes.env["shora.minutes.addendum"].create({"minutes_id": minutes.id, "reason": "R"})
        resolution = session.env["shora.resolution"].create({"session_id": session.id, "name": "R"})
        self.env["shora.finding"]._check(self.council)
        member = self.council.membership_ids[:1]
        resignation = (
            self.env["shora.deemed.resignation"]
            ._as_system()
            .create(
                {
                    "number": "1",
                    "council_id": self.council.id,
                    "membership_id": member.id,
                    "partner_id": member.partner_id.id,
                    "date": "2026-10-12",
                }
            )
        )
        return [
            session,
            session.agenda_item_ids,
            session.notice_id,
            session.notice_id.recipient_ids[:1],
            minutes,
            addendum,
            resolution,
            member,
            member.decree_id,
            resignation,
            self.council.finding_ids[:1],
            self.council.bylaw_id,
            *self.annual_plan(),
            self.env["shora.dossier"].create({}),
        ]

    def annual_plan(self):
        plan = self.env["shora.annual.plan"].create({"council_id": self.council.id, "year": 1405})
        plan._store_facts({"state": "in_execution"})
        return plan, plan.amendment_ids.create({"plan_id": plan.id, "reason": "R"})

    def test_no_way_but_the_edges(self):
        records = self.records()
        mixin = {name for name, model in self.env.registry.items() if getattr(model, "_transitions", None)}
        self.assertEqual({record._name for record in records}, mixin, "a new model with states needs a record here")
        for record in records:
            states = [key for key, _label in record._fields["state"].selection]
            graph = record._transitions
            for state in states:
                for target in states:
                    if state == target or target in graph.get(state, {}):
                        continue
                    with self.subTest(model=record._name, edge=f"{state}→{target}"):
                        with self.assertRaises(UserError), self.cr.savepoint():
                            record.sudo()._store_facts({"state": state})
                            record.sudo().write({"state": target})
                        record.invalidate_recordset()

    def test_every_edge_asks_for_its_role(self):
        """A user without any role passes no edge, though the records were open to him."""
        records = self.records()
        for record in records:
            for state, edges in record._transitions.items():
                for target in edges:
                    with self.subTest(model=record._name, edge=f"{state}→{target}"):
                        record.sudo()._store_facts({"state": state})
                        reasons = record.with_user(self.employee).sudo()._reasons_against(target)
                        self.assertIn("This step belongs to", reasons[0])

    def test_nothing_is_born_in_a_later_state(self):
        session = self.held_session(self.council, "2026-10-12")
        values = {"council_id": self.council.id, "start": "2026-12-01 06:30:00"}
        with self.assertRaises(UserError):
            session.create({**values, "state": "closed"})
        self.assertEqual(session.with_context(default_state="closed").create(values).state, "draft")
        with self.assertRaises(UserError):
            session.env["shora.minutes"].sudo().create({"session_id": session.id, "state": "signed"})


@tagged("post_install", "-at_install")
class TestRpc(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "en_US"})
        cls.make_offices()
        with tehran("2026-09-01 08:00"):
            cls.council = cls.make_council()
            cls.secretary, cls.people = cls.staff_council(cls.council)
        cls.staff = cls.make_user("t_rpc_staff", "shora_council.group_shora_staff")
        cls.council.staff_user_ids = cls.staff
        for user in (cls.secretary, cls.staff, cls.president, cls.hr, cls.secretariat, cls.employee, cls.auditor):
            user.password = user.login

    def setUp(self):
        super().setUp()
        self.held = self.held_session(self.council, "2026-10-12", absent=self.people["B3"])
        self.minutes = self.held.env["shora.minutes"]._draft_for(self.held)
        notice, member = self.held.notice_id, self.council.membership_ids[:1]
        self.paper = notice.recipient_ids.create(
            {"notice_id": notice.id, "membership_id": member.id, "partner_id": member.partner_id.id, "channel": "paper"}
        )
        self.paper.action_handed()

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    def refused(self, user, model, method, *args, **kwargs):
        self.authenticate(user.login, user.login)
        with self.subTest(user=user.login, model=model, method=method), self.assertRaises(JsonRpcException):
            self.call(model, method, *args, **kwargs)

    @mute_logger("odoo.http")
    def test_steps_of_others_are_refused(self):
        decree = self.decree(self.council, "B9", self.make_partner("Proposed"))
        self.refused(self.secretary, "shora.decree", "action_issue", [decree.id])
        self.refused(self.secretary, "shora.decree", "write", [decree.id], {"state": "issued"})
        self.refused(self.staff, "shora.minutes", "action_sign", [self.minutes.id])
        self.refused(self.staff, "shora.minutes", "write", [self.minutes.id], {"state": "signed"})
        self.refused(self.secretary, "shora.minutes", "write", [self.minutes.id], {"state": "signed"})
        self.refused(self.secretary, "shora.minutes", "_sign", [self.minutes.id], "password")
        self.refused(self.auditor, "shora.minutes", "write", [self.minutes.id], {"text": "x"})
        self.refused(self.employee, "shora.desk", "get_desk")
        for user in (self.employee, self.hr):
            self.refused(user, "shora.compliance", "get_overview")
            self.refused(user, "shora.compliance", "get_council", self.council.id)
        self.assertEqual((decree.state, self.minutes.state), ("proposed", "draft"))

    @mute_logger("odoo.http")
    def test_facts_are_nobodys_to_write(self):
        row = self.held.attendance_ids.filtered(lambda r: r.partner_id == self.people["B3"])
        member = row.membership_id
        served = self.paper.sent_at
        for model, record, vals in (
            ("shora.session", self.held, {"number": 99}),
            ("shora.session", self.held, {"attendance_confirmed_at": False}),
            ("shora.minutes", self.minutes, {"signed_at": "2026-10-13 00:00:00"}),
            ("shora.notice", self.held.notice_id, {"dispatched_at": "2026-01-01 00:00:00"}),
            ("shora.notice.recipient", self.held.notice_id.recipient_ids[:1], {"sent_at": "2026-01-01 00:00:00"}),
            # beside a state that is reached already nothing may be given
            ("shora.notice.recipient", self.paper, {"state": "handed", "sent_at": "2026-10-05 00:00:00"}),
            ("shora.attendance", row, {"status": "present"}),
            ("shora.attendance", row, {"partner_id": self.people["B4"].id}),
            ("shora.membership", member, {"date_to": "2030-01-01"}),
            ("shora.session", self.held, {"attendance_ids": [[1, row.id, {"status": "present"}]]}),
            ("shora.session", self.held, {"notice_ids": [[1, self.held.notice_id.id, {"subject": "x"}]]}),
        ):
            self.refused(self.secretary, model, "write", record.ids, vals)
        self.assertEqual((row.status, self.paper.sent_at), ("absent", served))

    @mute_logger("odoo.http")
    def test_records_stay_what_and_whose_they_are(self):
        """5-1: what members were invited to, by whom and with which agenda, is no field to be written."""
        other = self.make_council("T2")
        with tehran("2026-10-13 09:00"):
            session = self.plan(self.council, "2026-10-26")
            notice = self.dispatch(session, paper=True)
        row = notice.recipient_ids[:1]
        for model, record, vals in (
            ("shora.session", session, {"kind": "extraordinary", "ground": "Urgent"}),
            ("shora.session", session, {"council_id": other.id}),
            ("shora.agenda.item", session.agenda_item_ids, {"council_id": other.id}),
            ("shora.agenda.item", session.agenda_item_ids, {"state": "discussed"}),
            ("shora.notice.recipient", row, {"partner_id": self.president.partner_id.id, "membership_id": False}),
            ("shora.notice.recipient", row, {"state": "queued"}),
        ):
            self.refused(self.secretary, model, "write", record.ids, vals)
        self.refused(self.secretary, "shora.notice.recipient", "write", row.ids, {"late_reason": "Forged"})
        self.refused(self.secretary, "shora.notice.recipient", "_explain", row.ids, "Forged")
        for user in (self.president, self.auditor, self.employee):
            dialog = self.env["shora.notice.delay"].sudo().create({"recipient_id": row.id, "reason": "Forged"})
            self.refused(user, "shora.notice.delay", "action_record", dialog.ids)
        self.assertFalse(row.late_reason)
        self.refused(self.secretary, "shora.notice.recipient", "unlink", row.ids)
        self.assertEqual((session.kind, session.council_id, row.exists()), ("ordinary", self.council, row))

    @mute_logger("odoo.http")
    def test_votes_and_marks_stay_in_their_council(self):
        """Record rules go by the copies of council and company: nobody writes them, a client's defaults neither."""
        other = self.make_council("T3")
        with tehran("2026-10-14 09:00"):
            session = self.plan(self.council, "2026-10-14", kind="extraordinary")
            session.write({"presiding_ground": "chair", "state": "open"})
            rows = session.attendance_ids.filtered(lambda row: row.status == "present")
            resolution = session.env["shora.resolution"].create({"session_id": session.id, "name": "R"})
            guest = self.make_partner("A guest")
            vote = {"resolution_id": resolution.id, "attendance_id": rows.id, "choice": "for"}
            mark = {"session_id": session.id, "partner_id": guest.id, "kind": "guest", "status": "present"}
            item = {"session_id": session.id, "name": "Item"}
            forged = {"default_council_id": other.id, "default_seat_sequence": 99}
            made_of = {"shora.resolution.vote": vote, "shora.attendance": mark, "shora.agenda.item": item}
            for model, vals in made_of.items():
                self.refused(self.secretary, model, "create", [{**vals, "council_id": other.id}])
                [made] = self.call(model, "create", [vals], context=forged)
                record = self.env[model].browse(made)
                self.assertEqual(record.council_id, self.council)
                for copy in ("council_id", "company_id", "seat_sequence", "session_start"):
                    if copy in record._fields:
                        self.refused(self.secretary, model, "write", record.ids, {copy: False})
            votes = {"vote_ids": [[1, resolution.vote_ids.id, {"council_id": other.id}]]}
            self.refused(self.secretary, "shora.resolution", "write", resolution.ids, votes)
        self.assertEqual(resolution.vote_ids.council_id, self.council)
        self.assertEqual(resolution.vote_ids.seat_sequence, rows.seat_sequence)

    @mute_logger("odoo.http")
    def test_no_proxy_by_any_way(self):
        """Article 4, note 3."""
        with tehran("2026-10-14 09:00"):
            session = self.plan(self.council, "2026-10-14", kind="extraordinary")
            session.write({"presiding_ground": "chair", "state": "open"})
        row = session.attendance_ids.filtered(lambda r: r.partner_id == self.people["B4"])
        member = {"session_id": session.id, "partner_id": self.people["B4"].id, "kind": "member"}
        self.refused(self.secretary, "shora.attendance", "create", [{**member, "membership_id": row.membership_id.id}])
        self.refused(self.secretary, "shora.attendance", "write", row.ids, {"partner_id": self.people["B5"].id})
        loaded = (
            self.env["shora.attendance"]
            .with_user(self.secretary)
            .load(
                ["session_id/.id", "partner_id/.id", "kind", "membership_id/.id"],
                [[str(session.id), str(self.people["A1"].id), "member", str(row.membership_id.id)]],
            )
        )
        self.assertFalse(loaded["ids"])

    @mute_logger("odoo.http")
    def test_private_methods_stay_private(self):
        for model, record, method in (
            ("shora.minutes", self.minutes, "_store_facts"),
            ("shora.attendance", self.held.attendance_ids[:1], "_apply"),
            ("shora.membership", self.council.membership_ids[:1], "_end"),
            ("shora.session", self.held, "_as_system"),
        ):
            self.refused(self.secretary, model, method, record.ids, {})

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_nobody_changes_what_is_sealed(self):
        """As each role and as administrator: fields, forms, rows beside, removal, copy and import (5-5)."""
        with tehran("2026-10-14 10:00"):
            self.minutes._sign("password")
            addendum = self.minutes.env["shora.minutes.addendum"].create(
                {"minutes_id": self.minutes.id, "reason": "R", "text": "<p>T</p>"}
            )
            addendum._sign("password")
            self.minutes.action_forward()
        check = self.env["shora.integrity.check"]
        self.env.flush_all()
        sealed = {
            "shora.minutes": (self.minutes, {"text": "<p>x</p>"}, {"state": "draft"}, {"pdf": "eA=="}),
            "shora.minutes.addendum": (addendum, {"reason": "x"}, {"state": "draft"}),
            "shora.minutes.item": (self.minutes.item_ids, {"discussion": "<p>x</p>"}),
            "shora.minutes.step": (self.minutes.sudo().step_ids, {"number": "1"}),
            "shora.seal": (self.minutes.seal_id, {"signer": "x"}),
        }
        administrator = self.env.ref("base.user_admin")
        administrator.password = administrator.login
        others = (self.head, self.office, self.admin, administrator)
        for user in (self.secretary, self.staff, self.secretariat, self.president, self.auditor, self.hr, *others):
            for model, (record, *changes) in sealed.items():
                for vals in changes:
                    self.refused(user, model, "write", record.ids, vals)
                    self.refused(user, model, "web_save", record.ids, vals, specification={})
                for method in ("unlink", "copy"):
                    self.refused(user, model, method, record.ids)
        self.assertFalse(check._check(self.council).problem_ids)

    @mute_logger("odoo.http")
    def test_sealed_minutes_over_rpc(self):
        with tehran("2026-10-14 10:00"):
            self.minutes._sign("password")
        for vals in ({"text": "x"}, {"pdf": "eA=="}, {"content_sha256": "0"}, {"state": "draft"}):
            self.refused(self.secretary, "shora.minutes", "write", self.minutes.ids, vals)
        self.refused(self.secretary, "shora.minutes", "unlink", self.minutes.ids)
        self.refused(self.secretary, "shora.minutes", "unlink", self.minutes.ids, context={"_force_unlink": True})
        self.refused(self.secretary, "shora.session", "unlink", self.held.ids)
        self.authenticate(self.employee.login, self.employee.login)
        answer = self.url_open(f"/web/content/shora.minutes/{self.minutes.id}/pdf")
        self.assertIn(answer.status_code, (403, 404))
        self.authenticate(self.secretariat.login, self.secretariat.login)
        answer = self.url_open(f"/web/content/shora.minutes/{self.minutes.id}/pdf")
        self.assertEqual((answer.status_code, answer.content[:5]), (200, b"%PDF-"))


@tagged("post_install", "-at_install")
class TestCycleOverRpc(ShoraHttpCase):
    """The whole cycle by remote calls alone, each by the user whose step it is, today."""

    def step(self, user, model, method, *args, **kwargs):
        if self.caller != user:
            self.authenticate(user.login, user.login)
            self.caller = user
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    def setUp(self):
        super().setUp()
        self.caller = None
        self.make_offices()
        self.council = self.make_council()
        self.secretary, self.people = self.staff_council(self.council, experts=2, date_from="2026-11-01")
        for user in (self.secretary, self.president):
            user.password = user.login

    def test_from_appointment_to_forwarded_minutes(self):
        me, boss = self.secretary, self.president
        seat = self.council.seat_ids.filtered(lambda s: s.code == "B3")
        values = {
            "council_id": self.council.id,
            "seat_id": seat.id,
            "partner_id": self.make_partner("By RPC").id,
            "academic_rank": "Professor",
            "field_of_study": "Law",
            "date_from": "2026-11-01",
        }
        decree = self.step(me, "shora.decree", "create", [values])
        self.step(me, "shora.decree", "action_propose", decree)
        self.step(boss, "shora.decree", "action_issue", decree)
        start = fields.Datetime.to_string(fields.Datetime.now())
        session = self.step(me, "shora.session", "create", [{"council_id": self.council.id, "start": start}])
        item = self.step(me, "shora.agenda.item", "create", [{"session_id": session[0], "name": "Item"}])
        self.step(me, "shora.agenda.item", "action_accept", item)
        self.step(me, "shora.session", "action_schedule", session)
        notice = [self.step(me, "shora.session", "action_prepare_notice", session)["res_id"]]
        self.step(me, "shora.notice", "write", notice, {"late_reason": "Convened today"})
        self.step(me, "shora.notice", "action_dispatch", notice)
        dialog = self.step(me, "shora.session", "action_open", session)
        wizard = self.step(me, "shora.session.open", "create", [{}], context=dialog["context"])
        self.step(me, "shora.session.open", "action_confirm", wizard)
        rows = self.step(me, "shora.attendance", "search", [["session_id", "=", session[0]]])
        for row in rows:
            seen = self.step(me, "shora.attendance", "read", [row], ["status"])[0]["status"]
            if seen != "present":
                self.step(me, "shora.attendance", "mark", [row], {"status": "present"}, {"status": seen})
        self.step(me, "shora.agenda.item", "action_discuss", item)
        self.step(me, "shora.session", "action_hold", session)
        self.step(me, "shora.session", "action_close", session)
        minutes = [self.step(me, "shora.session", "action_minutes", session)["res_id"]]
        dialog = [self.step(me, "shora.minutes", "action_sign", minutes)["res_id"]]
        wrong = self.step(me, "shora.sign", "action_confirm", dialog, context={"password": "wrong"})
        self.assertEqual(wrong["res_model"], "shora.sign")
        self.step(me, "shora.sign", "action_confirm", dialog, context={"password": me.login})
        self.step(me, "shora.minutes", "action_forward", minutes)
        self.env.invalidate_all()
        sealed = self.env["shora.minutes"].browse(minutes)
        self.assertEqual((sealed.state, sealed.is_late, len(sealed.pdf_sha256)), ("forwarded", False, 64))
        self.assertEqual(len(rows), 7)
        self.assertEqual(self.env["shora.session"].browse(session).state, "closed")
        self.assertEqual(self.env["shora.decree"].browse(decree).membership_id.state, "current")
