"""Who may do what: every model of the councils × every role of the specification, on real records of one cycle.

A model or a role that is missing from the table fails; the table is written by hand from the specification, section 1.
"""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.common import tehran
from tests.shora_council.access_case import AccessCase

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
class TestAccess(AccessCase):
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
