"""Review notes, the dossier and its presentation (5-9)."""

import base64
import json
from unittest.mock import patch

from odoo.addons.shora_council.rules import sealing
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from tests.common import tagged_post_install, tehran
from tests.shora_council.pdf_text import text_of

from .dossier_case import DossierCase


@tagged_post_install
class TestReviewNotes(DossierCase):
    def setUp(self):
        super().setUp()
        self.notes = self.env["shora.review.note"].with_user(self.secretariat)

    def test_author_and_time_are_kept_whatever_is_said(self):
        with tehran("2026-11-08 09:15"):
            note = self.notes.create(
                {
                    "minutes_id": self.minutes.id,
                    "summary": "S",
                    "author_id": self.president.id,
                    "author_name": "X",
                    "noted_at": "2020-01-01",
                }
            )
        self.assertEqual((note.author_id, note.author_name), (self.secretariat, self.secretariat.name))
        self.assertEqual(str(note.noted_at), "2026-11-08 05:45:00")

    def test_notes_stay_as_they_are_written(self):
        note = self.minutes.with_user(self.secretariat).review_note_ids[:1]
        for user in (self.secretariat, self.head, self.president, self.env.ref("base.user_root")):
            for act in (lambda one: one.write({"summary": "x"}), lambda one: one.unlink(), lambda one: one.copy()):
                with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                    act(note.with_user(user))

    def test_the_sheet_keeps_only_what_was_changed(self):
        before = self.notes.search_count([("minutes_id", "=", self.minutes.id)])
        action = self.minutes.with_user(self.secretariat).action_note()
        sheet = self.env[action["res_model"]].with_user(self.secretariat).browse(action["res_id"])
        self.assertEqual(sheet.summary, "The council met on the valleys.")
        self.assertEqual(sheet.line_ids.recommendation, f"Instruct on {self.resolution.name}")
        with Form(sheet) as form, form.line_ids.edit(0) as line:
            line.recommendation = "Refer it to the deputy"
        sheet.action_save()
        latest = self.notes._latest(self.minutes)
        self.assertEqual(latest[self.resolution.with_user(self.secretariat)].recommendation, "Refer it to the deputy")
        self.assertEqual(self.notes.search_count([("minutes_id", "=", self.minutes.id)]), before + 1)

    def test_the_sheet_accepts_received_minutes(self):
        meeting, _resolution = self.adopted("2026-11-16")
        minutes = self.minutes_of(meeting)
        action = minutes.with_user(self.secretariat).action_note()
        sheet = self.env[action["res_model"]].with_user(self.secretariat).browse(action["res_id"])
        sheet.summary = "Short"
        sheet.action_save_and_review()
        self.assertEqual((minutes.state, self.notes._latest(minutes)[minutes].summary), ("reviewed", "Short"))
        with self.assertRaises(UserError):
            sheet.action_save_and_review()

    def test_noted_while_at_the_secretariat_and_not_after_the_presentation(self):
        meeting, _resolution = self.adopted("2026-11-16")
        draft = meeting.env["shora.minutes"]._draft_for(meeting)
        with self.assertRaisesRegex(UserError, r"\(Article 5, clause 9\)"), self.cr.savepoint():
            self.notes.create({"minutes_id": draft.id, "summary": "Too early"})
        self.presented(self.minutes)
        with self.assertRaisesRegex(UserError, "not yet presented"), self.cr.savepoint():
            self.notes.create({"minutes_id": self.minutes.id, "summary": "Too late"})

    def test_a_note_says_something_of_its_own_minutes(self):
        _meeting, other = self.adopted("2026-11-16")
        for vals in ({"summary": "  "}, {"resolution_id": other.id, "summary": "S"}):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.cr.savepoint():
                self.notes.create({"minutes_id": self.minutes.id, **vals})

    def test_notes_are_hidden_from_the_council_before_and_after(self):
        dossier = self.presented(self.minutes)
        self.rule_on(dossier.line_ids)
        self.finalized(dossier)
        member = self.people["B1"]
        staff = self.make_user("t_note_staff", "shora_council.group_shora_staff")
        self.council.staff_user_ids = staff
        for user in (self.secretary, staff, self.admin, self.hr, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.env["shora.review.note"].with_user(user).search([])
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.minutes.with_user(user).read(["review_note_ids"])
        self.assertFalse(self.messages(self.minutes, "met on the valleys"))
        self.assertFalse(member.user_ids)
        for user in (self.secretariat, self.head, self.president, self.office, self.auditor):
            self.assertTrue(self.minutes.with_user(user).review_note_ids)

    def test_only_the_secretariat_notes(self):
        for user in (self.secretary, self.president, self.office, self.auditor, self.admin):
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.env["shora.review.note"].with_user(user).create({"minutes_id": self.minutes.id, "summary": "S"})
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.minutes.with_user(user).action_note()

    def test_what_the_council_signed_is_untouched(self):
        before = (self.minutes.content_sha256, self.minutes.pdf_sha256, self.minutes.content_json)
        self.note(self.minutes)
        check = self.env["shora.integrity.check"]._check(self.council)
        self.assertFalse(check.problem_ids)
        self.assertEqual((self.minutes.content_sha256, self.minutes.pdf_sha256, self.minutes.content_json), before)


@tagged_post_install
class TestDossier(DossierCase):
    def test_lines_follow_from_the_minutes(self):
        dossier = self.drafted(self.minutes)
        self.assertEqual(dossier.part_ids.summary, "The council met on the valleys.")
        self.assertEqual(dossier.line_ids.resolution_id, self.resolution)
        self.assertEqual(dossier.line_ids.recommendation, "Instruct on Plan of the river valleys")
        self.assertEqual((dossier.state, dossier.number), ("draft", False))

    def test_minutes_of_several_councils(self):
        council, secretary = self.second_council()
        meeting, other = self.adopted_elsewhere(council, secretary)
        minutes = self.minutes | self.reviewed(meeting, secretary)
        dossier = self.drafted(minutes)
        self.assertEqual(dossier.council_ids, self.council | council)
        self.assertEqual(dossier.line_ids.resolution_id, self.resolution | other)

    def test_minutes_without_resolutions_are_a_line_themselves(self):
        meeting = self.held_session(self.council, "2026-11-16")
        dossier = self.drafted(self.reviewed(meeting))
        self.assertEqual(len(dossier.line_ids), 1)
        self.assertFalse(dossier.line_ids.resolution_id)

    def test_only_reviewed_minutes_once(self):
        meeting, _resolution = self.adopted("2026-11-16")
        received = self.minutes_of(meeting)
        with self.assertRaisesRegex(UserError, r"\(Article 5, clause 9\).*only reviewed"), self.cr.savepoint():
            self.drafted(received)
        self.drafted(self.minutes)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.drafted(self.minutes)

    def test_taken_out_they_can_be_put_into_another_one(self):
        dossier = self.drafted(self.minutes)
        dossier.part_ids.unlink()
        self.assertFalse(dossier.line_ids)
        dossier.unlink()
        self.assertTrue(self.drafted(self.minutes).line_ids)

    def test_the_head_presents_the_staff_prepares(self):
        dossier = self.drafted(self.minutes)
        for user in (self.secretariat, self.president, self.office, self.auditor, self.secretary, self.admin):
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                dossier.with_user(user).action_present()
        dossier.with_user(self.head).action_present()
        self.assertEqual((dossier.state, dossier.presented_by_id), ("presented", self.head))

    def test_presenting_numbers_freezes_and_moves_the_minutes(self):
        dossier = self.presented(self.minutes)
        self.assertRegex(dossier.number, r"^1405/گ/\d+$")
        self.assertEqual((dossier.state, self.minutes.state), ("presented", "presented"))
        self.assertEqual(self.minutes.sudo().step_ids[-1].kind, "presented")
        raw = base64.b64decode(dossier.pdf)
        self.assertTrue(raw.startswith(b"%PDF"))
        self.assertEqual(dossier.pdf_sha256, sealing.sha256_hex(raw))
        self.assertEqual(dossier.content_sha256, sealing.sha256_hex(dossier.content_json.encode()))
        content = json.loads(dossier.content_json)["content"]
        [line] = content["parts"][0]["lines"]
        self.assertEqual(line["recommendation"], "Instruct on Plan of the river valleys")
        text = text_of(raw)
        for part in ("Plan of the river valleys", "Executor", "The council met on the valleys."):
            self.assertIn(part, text)

    def test_twice_presented_is_once(self):
        dossier = self.presented(self.minutes)
        number, pdf = dossier.number, dossier.pdf_sha256
        dossier.with_user(self.head).action_present()
        self.assertEqual((dossier.number, dossier.pdf_sha256), (number, pdf))
        self.assertEqual(self.minutes.sudo().step_ids.mapped("kind").count("presented"), 1)

    def test_a_summary_is_what_the_clause_asks_for(self):
        dossier = self.drafted(self.minutes)
        dossier.part_ids.summary = " "
        with self.assertRaisesRegex(UserError, r"\(Article 5, clause 9\) Write the summary"):
            dossier.with_user(self.head).action_present()
        empty = self.env["shora.dossier"].with_user(self.head).create({})
        with self.assertRaisesRegex(UserError, "Put reviewed minutes"):
            empty.action_present()

    def test_nothing_of_a_presented_dossier_changes(self):
        dossier = self.presented(self.minutes)
        records = [
            (dossier, {"introduction": "x"}),
            (dossier, {"name": "x"}),
            (dossier, {"pdf": "eA=="}),
            (dossier, {"content_json": "{}"}),
            (dossier, {"state": "draft"}),
            (dossier, {"line_ids": [(1, dossier.line_ids.id, {"recommendation": "x"})]}),
            (dossier.part_ids, {"summary": "x"}),
            (dossier.part_ids, {"minutes_id": self.minutes.id}),
            (dossier.line_ids, {"recommendation": "x"}),
            (dossier.line_ids, {"decision": "seen"}),
            (dossier.line_ids, {"is_final": True}),
        ]
        for record, vals in records:
            for user in (self.secretariat, self.head, self.president, self.office, self.admin, self.env.user):
                refused = self.assertRaises(UserError)
                with self.subTest(record=record._name, vals=vals, user=user.login), refused, self.cr.savepoint():
                    record.with_user(user).write(vals)
        for record in (dossier, dossier.part_ids, dossier.line_ids):
            for user in (self.head, self.env.user):
                with self.subTest(record=record._name), self.assertRaises(UserError), self.cr.savepoint():
                    record.with_user(user).unlink()
                with self.subTest(record=record._name), self.assertRaises(UserError), self.cr.savepoint():
                    record.with_user(user).copy()

    def test_no_line_by_hand_and_no_decision_with_it(self):
        dossier = self.drafted(self.minutes)
        _meeting, other = self.adopted("2026-11-16")
        lines = self.env["shora.dossier.line"].with_user(self.secretariat)
        for vals in (
            {"minutes_id": self.minutes.id, "resolution_id": other.id},
            {"resolution_id": other.id, "is_again": True},
            {"resolution_id": other.id, "is_again": True, "decision": "seen"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.cr.savepoint():
                lines.create({"dossier_id": dossier.id, **vals})
        with self.assertRaises(UserError), self.cr.savepoint():
            dossier.line_ids.with_user(self.secretariat).unlink()

    def test_no_default_of_a_client_decides(self):
        forged = {"default_decision": "seen", "default_is_final": True, "default_revision": 3, "default_number": "1"}
        dossiers = self.env["shora.dossier"].with_user(self.secretariat).with_context(**forged)
        dossier = dossiers._prepare(self.minutes)
        self.assertEqual((dossier.number, dossier.state), (False, "draft"))
        line = dossier.line_ids
        self.assertEqual((line.decision, line.is_final, line.revision), (False, False, 0))

    def test_official_number_with_its_date_once(self):
        dossier = self.presented(self.minutes).with_user(self.head)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            dossier.official_number = "140/1"
        dossier.write({"official_number": "140/1", "official_date": "2026-11-10"})
        with self.assertRaises(UserError), self.cr.savepoint():
            dossier.official_number = "140/2"

    def test_president_and_office_are_asked_and_told(self):
        dossier = self.presented(self.minutes)
        kind = self.env.ref("shora_council.activity_dossier_decide")
        todos = dossier.sudo().activity_ids.filtered(lambda todo: todo.activity_type_id == kind)
        self.assertEqual(todos.user_id & (self.president | self.office), self.president | self.office)
        told = self.messages(dossier, "waits for the President").partner_ids
        self.assertLessEqual((self.president | self.office).partner_id, told)
        self.assertTrue(self.messages(self.minutes, "were presented to the President"))

    def test_the_desk_shows_whose_turn_it_is(self):
        def mine(user):
            self.env.invalidate_all()
            desk = self.env["shora.desk"].with_user(user).get_desk()
            labels = {
                "Put the minutes into a dossier",
                "Present the dossier",
                "Decide on the dossier",
            }
            return [(line["label"], line["clause"]) for line in desk["due"] if line["label"] in labels and line["mine"]]

        clause = "Article 5, clause 9"
        self.assertEqual(mine(self.secretariat), [("Put the minutes into a dossier", clause)])
        dossier = self.drafted(self.minutes)
        self.assertEqual(mine(self.head), [("Present the dossier", clause)])
        self.assertEqual(mine(self.secretariat), [])
        dossier.with_user(self.head).action_present()
        for user in (self.president, self.office):
            self.assertEqual(mine(user), [("Decide on the dossier", clause)])
        self.assertEqual((mine(self.head), mine(self.secretary)), ([], []))

    def test_a_copy_is_kept_with_every_session_of_it(self):
        council, secretary = self.second_council()
        meeting, _other = self.adopted_elsewhere(council, secretary)
        dossier = self.presented(self.minutes | self.reviewed(meeting, secretary))
        self.assertIs(self.run_job("cron_archive"), True)
        copies = self.env["shora.archive.copy"].search([("res_model", "=", "shora.dossier")])
        self.assertEqual(copies.session_id, self.meeting | meeting)
        self.assertEqual(set(copies.mapped("sha256")), {dossier.pdf_sha256})
        self.assertIs(self.run_job("cron_archive"), True)
        self.assertEqual(len(self.env["shora.archive.copy"].search([("res_model", "=", "shora.dossier")])), 2)

    def test_the_integrity_check_reads_its_file(self):
        dossier = self.presented(self.minutes)
        self.assertFalse(self.env["shora.integrity.check"]._check(self.council).problem_ids)
        self.env.flush_all()
        content = dossier.content_json
        self.cr.execute("UPDATE shora_dossier SET content_json = '{}' WHERE id = %s", [dossier.id])
        problem = self.env["shora.integrity.check"]._check(self.council).problem_ids
        self.assertEqual((problem.kind, problem.detail), ("altered", "Presented content"))
        self.cr.execute("UPDATE shora_dossier SET content_json = %s WHERE id = %s", [content, dossier.id])
        file = self.env["ir.attachment"].search([("res_model", "=", dossier._name), ("res_field", "=", "pdf")])
        self.env.flush_all()
        self.cr.execute("UPDATE ir_attachment SET store_fname = NULL, db_datas = %s WHERE id = %s", [b"x", file.id])
        problem = self.env["shora.integrity.check"]._check(self.council).problem_ids
        self.assertEqual((problem.kind, problem.res_model, problem.res_id), ("altered", dossier._name, dossier.id))

    def test_presenting_that_breaks_off_leaves_no_trace_and_goes_on_once(self):
        dossier = self.drafted(self.minutes).with_user(self.head)

        def kill(*args, **kwargs):
            raise RuntimeError("broken off")

        for model, name in (
            ("ir.sequence", "next_by_code"),
            ("shora.minutes", "_add_step"),
            ("shora.pdf", "_render"),
            ("shora.todo", "_open"),
            ("shora.dossier", "message_notify"),
        ):
            broken = self.assertRaisesRegex(RuntimeError, "broken off")
            with (
                self.subTest(name=name),
                patch.object(self.registry[model], name, kill),
                broken,
                self.cr.savepoint(),
            ):
                dossier.action_present()
            self.env.invalidate_all()
            self.assertEqual((dossier.state, dossier.number, dossier.pdf), ("draft", False, False))
            self.assertEqual(self.minutes.state, "reviewed")
        dossier.action_present()
        self.assertEqual((dossier.state, self.minutes.state), ("presented", "presented"))

    def test_minutes_are_presented_in_a_dossier_only(self):
        with self.assertRaisesRegex(UserError, r"\(Article 5, clause 9\)"), self.cr.savepoint():
            self.minutes.with_user(self.head).sudo().write({"state": "presented"})
        self.presented(self.minutes)
        with self.assertRaisesRegex(UserError, "not final yet"), self.cr.savepoint():
            self.minutes.with_user(self.president).sudo().write({"state": "closed"})

    def test_another_company_sees_nothing(self):
        dossier = self.presented(self.minutes)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.president.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertFalse(self.env["shora.dossier"].with_user(self.president).search([("id", "=", dossier.id)]))
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.rule_on(dossier.line_ids, seen=0)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.env["shora.president.desk"].with_user(self.president).get_page(dossier.id)
