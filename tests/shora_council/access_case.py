"""What a council's year leaves behind, one record of every model, and everybody of the specification (section 1)."""

import base64

from odoo.tests import tagged

from tests.common import ShoraCase, tehran

OFFICES = ("office", "president", "head", "secretariat", "auditor")


@tagged("post_install", "-at_install")
class AccessCase(ShoraCase):
    """A council, everybody who may or may not see it, and a record of every kind that its year leaves behind."""

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
