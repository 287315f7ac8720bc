"""Who may do what: every model of the councils × every role of the specification, on real records of one cycle.

A model or a role that is missing from the table fails; the table is written by hand from the specification, section 1.
"""

import base64
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran

EVERYBODY = (
    *("secretary", "staff", "member", "portal", "office", "president", "head", "secretariat", "auditor", "admin", "hr"),
    *("other_secretary", "other_member", "former", "employee", "stranger", "public"),
)
OFFICES = {"office": "r", "president": "r", "head": "r", "secretariat": "r", "auditor": "r"}
BYLAW = {role: "r" for role in EVERYBODY if role not in ("employee", "public")}
COUNCIL = {"secretary": "r", "staff": "r", "member": "r", "portal": "r", **OFFICES, "hr": "r"}
OWN = {"secretary": "rwcu", "staff": "rwcu", **OFFICES}

# role → verbs (read, write, create, unlink) on a record of the council; absent: none. What a role may do with a record
# in a given state is the judge's matter (test_rpc).
TABLE = {
    "shora.bylaw": {**BYLAW, "admin": "rwcu", "head": "rw"},
    "shora.bylaw.clause": {**BYLAW, "admin": "rwcu", "head": "rw"},
    "shora.bylaw.rule": {**BYLAW, "admin": "rwcu"},
    "shora.bylaw.interpretation": {**BYLAW, "admin": "rwcu", "head": "rw"},
    "shora.duty": {**BYLAW, "admin": "rwcu"},
    "shora.theme": {**BYLAW, "admin": "rwcu"},
    "shora.tendency": {**{r: v for r, v in BYLAW.items() if r not in ("portal", "stranger")}, "admin": "rwcu"},
    "shora.council": {**COUNCIL, "admin": "rwc"},
    "shora.seat": {**COUNCIL, "admin": "rwcu"},
    "shora.membership": {**COUNCIL, "secretary": "rw", "hr": "rw", "admin": "r"},
    "shora.decree": {
        "secretary": "rwcu",
        "staff": "r",
        "office": "rwcu",
        "president": "rwcu",
        "hr": "rwcu",
        "head": "r",
        "secretariat": "r",
        "auditor": "r",
    },
    "shora.session": {**OWN, "member": "r", "portal": "r"},
    "shora.agenda.item": {**OWN, "member": "r", "portal": "r"},
    "shora.resolution": {**OWN, "member": "r", "portal": "r"},
    "shora.resolution.vote": {**OWN, "member": "r", "portal": "r"},
    "shora.resolution.answer": {
        "secretary": "rc",
        "staff": "rc",
        **OFFICES,
        "head": "rc",
        "secretariat": "rc",
        "member": "r",
    },
    "shora.attendance": {**OWN, "member": "r", "portal": "r"},
    "shora.session.reply": {"secretary": "r", "staff": "r", **OFFICES, "portal": "r"},
    "shora.document.opening": {"secretary": "r", "staff": "r", **OFFICES, "portal": "r"},
    "shora.ics.token": {},
    "shora.attendance.change": {"secretary": "r", "staff": "r", **OFFICES},
    "shora.notice": {**OWN, "member": "r"},
    "shora.notice.recipient": OWN,
    "shora.notice.certificate": {"secretary": "r", "staff": "r", **OFFICES},
    "shora.sms": {"secretary": "r", "staff": "r", "head": "r", "secretariat": "r", "auditor": "r"},
    "shora.notice.document": {"secretary": "r", "staff": "r", **OFFICES, "member": "r", "portal": "r"},
    "shora.deemed.resignation": {
        "secretary": "r",
        "staff": "r",
        **OFFICES,
        "head": "rw",
        "secretariat": "rw",
        "hr": "r",
    },
    "shora.minutes": {**OWN, "member": "r", "portal": "r"},
    "shora.minutes.item": {"secretary": "rw", "staff": "rw", **OFFICES},
    "shora.minutes.addendum": {**OWN, "member": "r", "portal": "r"},
    "shora.minutes.addendum.line": OWN,
    "shora.minutes.step": {"secretary": "r", "staff": "r", **OFFICES},
    "shora.minutes.defect": {"secretary": "r", "staff": "r", **OFFICES},
    "shora.minutes.file": {"secretary": "r", "staff": "r", **OFFICES},
    "shora.minutes.file.signature": {"secretary": "r", "staff": "r", **OFFICES},
    "shora.seal": {"secretary": "r", "staff": "r", **OFFICES},
    "shora.seal.count": {"auditor": "r"},
    "shora.seal.verification": {"admin": "r"},
    "shora.integrity.check": {"secretary": "r", "staff": "r", **OFFICES},
    "shora.integrity.problem": {"secretary": "r", "staff": "r", **OFFICES},
    "shora.review.note": {**OFFICES, "head": "rc", "secretariat": "rc"},
    "shora.dossier": {**OFFICES, "head": "rwcu", "secretariat": "rwcu"},
    "shora.dossier.minutes": {**OFFICES, "head": "rwcu", "secretariat": "rwcu"},
    "shora.dossier.line": {**OFFICES, "head": "rwcu", "secretariat": "rwcu"},
    "shora.dossier.decision": OFFICES,
    "shora.dossier.scan": OFFICES,
    "shora.decision.time": OFFICES,
    "shora.archive.folder": {"head": "r", "secretariat": "r", "auditor": "r"},
    "shora.archive.copy": {"head": "r", "secretariat": "r", "auditor": "r"},
    "shora.past.decree": {**OFFICES, "hr": "r", "admin": "rc"},
    "shora.finding.round": {},
    "shora.compliance.digest": OFFICES,
    "shora.annual.plan": {**OWN, "office": "rw", "president": "rw", "member": "r"},
    "shora.annual.plan.line": {**OWN, "member": "r"},
    "shora.annual.plan.amendment": {**OWN, "office": "rw", "president": "rw", "member": "r"},
    "shora.annual.plan.amendment.line": {**OWN, "member": "r"},
    # the secretaries in office follow every council's answer (5-10)
    "shora.joint.push": {"secretary": "r", "staff": "r", **OFFICES, "other_secretary": "r"},
    "shora.joint.suggestion": OFFICES,
    "shora.substitute": {"secretary": "rwcu", "staff": "r", **OFFICES, "office": "rwcu", "president": "rwcu"},
    "shora.finding": {"secretary": "r", "staff": "r", **OFFICES, "admin": "r"},
}
VERBS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestAccess(ShoraCase):
    DOCUMENTS = ((0, 0, {"name": "report.txt", "raw": b"report"}),)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {name: getattr(cls, name) for name in (*OFFICES, "admin", "hr", "employee", "secretary")}
        cls.users["staff"] = cls.make_user("t_acc_staff", "shora_council.group_shora_staff")
        cls.council.staff_user_ids = cls.users["staff"]
        for role, group in (("member", "shora_council.group_shora_member"), ("portal", "base.group_portal")):
            cls.users[role] = cls.make_user(f"t_acc_{role}", group)
        cls.users["stranger"] = cls.make_user("t_acc_stranger", "base.group_portal")
        cls.users["public"] = cls.env.ref("base.public_user")
        cls.users["former"] = cls.make_user("t_acc_former", "shora_council.group_shora_member")
        cls.users["other_member"] = cls.make_user("t_acc_other", "shora_council.group_shora_member")
        with tehran("2026-09-02 08:00"):
            for seat, role in (("B8", "member"), ("B9", "portal"), ("B10", "former")):
                cls.appoint(cls.council, seat, cls.users[role].partner_id, "2026-09-02")
            other = cls.make_council("T2")
            cls.users["other_secretary"], _people = cls.staff_council(other, experts=1, prefix="t2")
            cls.appoint(other, "B2", cls.users["other_member"].partner_id, "2026-09-02")
        with tehran("2026-11-22 08:00"):
            cls.end(cls.users["former"].partner_id.shora_membership_ids, day="2026-11-22")

    def cycle(self):
        """{model: a record of this council}, with everything a council's year leaves behind."""
        absentee = self.people["B3"]
        for day in ("2026-09-14", "2026-09-28", "2026-10-12"):
            session = self.held_session(self.council, day, absent=absentee, documents={"D.txt": b"D"})
        resolution = session.env["shora.resolution"].create({"session_id": session.id, "name": "R"})
        resolution._store_facts({"state": "adopted"})  # the session is closed; the judge is not what is tested here
        row = session.attendance_ids.filtered(lambda r: r.partner_id == self.people["B4"])
        row._correct("absent", "Misread")
        minutes = session.env["shora.minutes"]._draft_for(session)
        minutes._sign("password")
        beside = minutes._file("scan", "Sheet.pdf", base64.b64decode(minutes.pdf))
        portal = session._membership_of(self.users["portal"].partner_id)
        session._store_reply(portal, "attending", False)
        document = self.env["ir.attachment"].create({"name": "D", "raw": b"D"})
        self.env["shora.document.opening"]._record(session, portal.partner_id, document)
        addendum = minutes.env["shora.minutes.addendum"].create(
            {
                "minutes_id": minutes.id,
                "reason": "R",
                "line_ids": [(0, 0, {"attendance_id": row.id, "status_to": "present"})],
            }
        )
        addendum._sign("password")
        minutes.action_forward()
        minutes.with_user(self.users["secretariat"]).action_receive()
        minutes.with_user(self.users["secretariat"])._return_with(["Defect"], "2026-12-01")
        session.notice_id.action_issue_certificate()
        copies = self.env["shora.archive.copy"].sudo()
        for kept, originals in session._archive_missing().items():
            copies._keep(kept, originals)
        archive = copies.search([("session_id", "=", session.id)])
        check = self.env["shora.integrity.check"]._check(self.council).sudo()
        problem = {
            "check_id": check.id,
            "kind": "altered",
            "name": "N",
            "res_model": minutes._name,
            "res_id": minutes.id,
        }
        bylaw = self.council.bylaw_id
        found = {
            record._name: record[:1]
            for record in (
                bylaw,
                bylaw.clause_ids,
                bylaw.rule_ids,
                bylaw.interpretation_ids,
                self.env.ref("shora_council.council_irud").duty_ids,
                self.env.ref("shora_council.council_irud").theme_ids,
                self.env["shora.tendency"].search([], limit=1),
                self.council,
                self.council.seat_ids,
                self.council.membership_ids,
                self.council.membership_ids.decree_id,
                session,
                session.agenda_item_ids,
                session.reply_ids,
                session.opening_ids,
                resolution,
                self.vote(resolution, row),
                self.answer(resolution),
                row,
                row.change_ids,
                session.notice_id,
                session.notice_id.recipient_ids,
                self.env["shora.sms"]._queue(session, {session.notice_id.recipient_ids[0].partner_id: "Reminder"}),
                session.notice_id.document_ids,
                session.notice_id.certificate_ids,
                minutes,
                addendum,
                addendum.line_ids,
                minutes.sudo().step_ids,
                beside,
                beside.sudo().signature_ids.create({"file_id": beside.id, "trust": "unknown"}),
                minutes.item_ids,
                minutes.seal_id,
                self.env["shora.seal.count"].sudo().search([("council_id", "=", self.council.id)]),
                self.asked(),
                check,
                check.problem_ids.create(problem),
                archive,
                archive.folder_id,
                minutes.sudo().step_ids.defect_ids,
                self.env["shora.deemed.resignation"].search([("council_id", "=", self.council.id)]),
                *self.annual_plan(),
                *self.dossier(minutes),
                *self.joint_theme(),
                self.past_row(),
                self.calendar_address(),
                self.queued_round(),
                self.env["shora.compliance.digest"].sudo()._digest_of(self.council.company_id, self.council._today()),
                self.council.finding_ids.filtered(lambda f: f.res_model == "shora.session")[:1]
                or self.council.finding_ids.filtered(lambda f: f.code == "approval_date"),
            )
        }
        return found

    def vote(self, resolution, row):
        """A vote as an open session leaves it behind."""
        self.env.flush_all()
        self.cr.execute(
            "INSERT INTO shora_resolution_vote (resolution_id, council_id, company_id, attendance_id, choice) "
            "VALUES (%s, %s, %s, %s, 'for') RETURNING id",
            (resolution.id, resolution.council_id.id, resolution.company_id.id, row.id),
        )
        return self.env["shora.resolution.vote"].browse(self.cr.fetchone())

    def answer(self, resolution):
        """The executor's answer to a resolution that was notified."""
        state = resolution.state
        resolution._store_facts({"state": "notified", "notified_at": "2026-11-01 08:00:00"})
        answer = resolution.env["shora.resolution.answer"].create({"resolution_id": resolution.id, "text": "A"})
        resolution._store_facts({"state": state})
        return answer

    def asked(self):
        questions = self.env["shora.seal.verification"].sudo()
        questions._may_ask("203.0.113.7")
        return questions.search([], limit=1)

    def calendar_address(self):
        tokens = self.env["shora.ics.token"].with_user(self.users["portal"])
        tokens._renew()
        return tokens._mine()

    def queued_round(self):
        rounds = self.env["shora.finding.round"]
        rounds._queue()
        return rounds.search([("council_id", "=", self.council.id)])

    def annual_plan(self):
        """A plan and an amendment of it as they wait for the President's decision, with a line each."""
        plan = self.env["shora.annual.plan"].create({"council_id": self.council.id, "year": 1405})
        line = plan.line_ids.create({"plan_id": plan.id, "name": "L"})
        plan._store_facts({"state": "in_execution"})
        amendment = plan.amendment_ids.create(
            {"plan_id": plan.id, "reason": "R", "line_ids": [(0, 0, {"kind": "drop", "line_id": line.id})]}
        )
        plan._store_facts({"state": "approved", "first_presented_on": "2026-11-01"})
        amendment._store_facts({"state": "approved", "first_presented_on": "2026-11-01"})
        return plan, line, amendment, amendment.line_ids

    def dossier(self, minutes):
        """What the Secretariat and the President leave behind, with a draft that its people may still write."""
        state = minutes.state
        minutes._store_facts({"state": "reviewed"})
        note = self.env["shora.review.note"].create({"minutes_id": minutes.id, "summary": "S"})
        dossier = self.env["shora.dossier"].create({"part_ids": [(0, 0, {"minutes_id": minutes.id})]})
        line = dossier.line_ids
        dossier._store_facts({"state": "presented", "presented_at": "2026-11-20 08:00:00"})
        line.with_user(self.users["office"]).decide("seen", "", 0)
        content = base64.b64encode(base64.b64decode(minutes.pdf)).decode()
        scan = dossier.with_user(self.users["office"]).file_scan("a.pdf", content)
        dossier._store_facts({"state": "draft"})
        minutes._store_facts({"state": state})
        return (
            *(note, dossier, dossier.part_ids, line, line.decision_ids),
            dossier.scan_ids.browse(scan),
            self.env["shora.decision.time"].search([("minutes_id", "=", minutes.id)]),
        )

    def joint_theme(self):
        """A theme put to the council by the joint meeting, one that is suggested, and a substitute of the secretary."""
        body = self.env["shora.council"]._coordination_of(self.env.company)
        session = self.plan(body, "2027-01-10", kind="joint", user=self.users["secretariat"])
        put = self.env["shora.joint.push"].browse(session.agenda_item_ids.push_to(self.council.ids))
        values = {"council_id": self.council.id, "user_id": self.users["staff"].id}
        substitutes = self.env["shora.substitute"].with_user(self.secretary)
        named = substitutes.create({**values, "date_from": "2027-01-01", "date_to": "2027-01-05"})
        return put, self.env["shora.joint.suggestion"].browse(self.env.ref("shora_council.theme_01").id), named

    def past_row(self):
        return self.env["shora.past.decree"].create(
            {
                "council": self.council.code,
                "seat": "B11",
                "person": "Past",
                "kind": "appointment",
                "date_from": "1400/01/01",
                "date_to": "1400/12/29",
            }
        )

    def test_every_model_and_every_role(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("shora.")
            and not model._abstract
            and not model._transient
            and model._original_module == "shora_council"  # those of the reports: test_screen
        }
        self.assertEqual(models, set(TABLE), "a new model needs a line in the table")
        records = self.cycle()
        self.assertEqual(set(records), models)
        self.env.flush_all()
        wrong = []
        for model, expected in TABLE.items():
            self.assertTrue(records[model], model)
            for role in EVERYBODY:
                self.env.invalidate_all()
                record = (
                    records[model].with_user(self.users[role]).with_context(allowed_company_ids=[self.env.company.id])
                )
                may = "".join(letter for letter, verb in VERBS.items() if record.has_access(verb))
                if may != expected.get(role, ""):
                    wrong.append(f"{model} {role}: {may or '-'} instead of {expected.get(role) or '-'}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_search_finds_nothing_for_outsiders(self):
        self.cycle()
        for role in ("other_secretary", "other_member", "former"):
            for model in ("shora.council", "shora.membership", "shora.session", "shora.minutes", "shora.attendance"):
                self.env.invalidate_all()
                found = self.env[model].with_user(self.users[role]).search([])
                councils = found if model == "shora.council" else found.council_id
                with self.subTest(role=role, model=model):
                    self.assertNotIn(self.council.id, councils.ids)

    def test_access_ends_in_the_transaction_that_ends_the_membership(self):
        user = self.users["member"]
        mine = self.council.with_user(user)
        self.assertTrue(mine.has_access("read"))
        yesterday = (self.council._today() - timedelta(days=1)).isoformat()
        self.end(user.partner_id.shora_membership_ids, "revoked", yesterday)
        self.assertFalse(mine.has_access("read"))
        self.assertFalse(self.env["shora.council"].with_user(user).search([("id", "=", self.council.id)]))

    def test_access_ends_at_midnight_in_tehran_without_any_job(self):
        user = self.users["member"]
        for at, may in (("2027-09-01 23:59:59", True), ("2027-09-02 00:00:00", False)):
            with tehran(at):
                self.env.invalidate_all()
                self.assertEqual(self.council.with_user(user).has_access("read"), may, at)

    def test_tendencies_are_for_secretary_president_and_office_only(self):
        member = self.council.membership_ids[:1]
        for role in ("secretary", "president", "office"):
            member.with_user(self.users[role]).read(["tendency_ids"])
        for role in ("staff", "member", "portal", "secretariat", "head", "auditor", "hr", "admin"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                member.with_user(self.users[role]).read(["tendency_ids"])

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.president.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertFalse(self.env["shora.council"].with_user(self.president).search([("id", "=", self.council.id)]))
        with self.assertRaises(AccessError):
            self.council.with_user(self.president).with_context(allowed_company_ids=company.ids).read(["name"])

    def test_the_calendar_moves_a_session_for_nobody_but_its_planners(self):
        with tehran("2026-11-23 08:00"):
            session = self.session(self.council, "2026-12-10")
        later = session.start + timedelta(days=1)
        for role in ("employee", "member", "president", "head", "auditor", "admin"):
            event = session.event_id.with_user(self.users[role])
            with self.subTest(role=role), self.assertRaises(UserError), self.cr.savepoint():
                event.write({"start": later, "stop": later + timedelta(hours=2)})
            with self.subTest(role=role), self.assertRaises(UserError), self.cr.savepoint():
                event.unlink()
        session.write({"start": session.start + timedelta(days=1), "stop": session.stop + timedelta(days=1)})
        self.assertEqual(session.event_id.start, session.start)

    def test_query_budgets(self):
        self.cycle()
        Session = self.env["shora.session"].with_user(self.secretary)
        spec = {"display_name": {}, "start": {}, "state": {}, "council_id": {"fields": {"display_name": {}}}}

        def queries(limit):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            Session.web_search_read([("council_id", "=", self.council.id)], spec, limit=limit)
            return self.cr.sql_log_count - before

        queries(1)
        self.assertEqual(queries(1), queries(3), "a list of sessions costs the same whatever its length")
        partners = self.council.membership_ids.partner_id
        self.env["shora.deemed.resignation"]._judge_council(self.council, partners)
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.env["shora.deemed.resignation"]._judge_council(self.council, partners)
        self.assertLessEqual(self.cr.sql_log_count - before, 8, "judging a council's members")
