"""By whatever way somebody comes to what is sealed, and to what belongs to it, it is refused (5-5)."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from tests.common import tehran
from tests.shora_council.test_seal import SealCase


class TestWays(SealCase):
    def setUp(self):
        super().setUp()
        self.row = self.first.attendance_ids.filtered(lambda r: r.partner_id == self.people["B2"])
        self.signed_addendum = self.addendum(self.first, self.row)
        self.administrator = self.env.ref("base.user_admin")
        self.everybody = (self.secretary, self.head, self.admin, self.administrator, self.env.ref("base.user_root"))

    def refused(self, way):
        with self.assertRaises(UserError), self.cr.savepoint():
            way()

    def test_commands_of_the_records_above(self):
        minutes, addendum, session = self.first, self.signed_addendum, self.first.session_id
        commands = [
            (session, "minutes_ids", Command.update(minutes.id, {"text": "<p>x</p>"})),
            (session, "minutes_ids", Command.delete(minutes.id)),
            (session, "minutes_ids", Command.unlink(minutes.id)),
            (session, "minutes_ids", Command.clear()),
            (session, "minutes_ids", Command.set([])),
            (session, "minutes_ids", Command.link(self.second.id)),
            (session, "attendance_ids", Command.update(self.row.id, {"status": "present"})),
            (session, "attendance_ids", Command.delete(self.row.id)),
            (session, "agenda_item_ids", Command.update(session.agenda_item_ids.id, {"name": "x"})),
            (minutes, "item_ids", Command.update(minutes.item_ids.id, {"decision": "<p>x</p>"})),
            (minutes, "item_ids", Command.delete(minutes.item_ids.id)),
            (minutes, "addendum_ids", Command.update(addendum.id, {"reason": "x"})),
            (minutes, "addendum_ids", Command.delete(addendum.id)),
            (minutes, "addendum_ids", Command.clear()),
            (addendum, "line_ids", Command.update(addendum.line_ids.id, {"status_to": "late"})),
            (addendum, "line_ids", Command.delete(addendum.line_ids.id)),
            (addendum, "line_ids", Command.create({"attendance_id": self.row.id, "status_to": "late"})),
        ]
        for user in self.everybody:
            for record, name, command in commands:
                with self.subTest(user=user.login, field=name, command=command):
                    self.refused(lambda r=record, u=user, n=name, c=command: r.with_user(u).write({n: [c]}))
        self.assertEqual(self.problems(), set())

    def test_server_actions(self):
        """An administrator's own actions meet the same wall, in superuser mode too."""
        for model, record in (("shora.minutes", self.first), ("shora.minutes.addendum", self.signed_addendum)):
            for code in (
                "record.write({'text': 'x'})",
                "record.sudo().write({'text': 'x'})",
                "record.sudo().write({'state': 'draft'})",
                "record.sudo().unlink()",
                "record.sudo().copy()",
                "env['ir.attachment'].sudo().search([('res_model', '=', record._name), ('res_field', '=', 'pdf')])"
                ".write({'raw': b'x'})",
            ):
                action = self.env["ir.actions.server"].create(
                    {"name": "x", "model_id": self.env["ir.model"]._get_id(model), "state": "code", "code": code}
                )
                context = {"active_model": model, "active_id": record.id, "active_ids": record.ids}
                with (
                    self.subTest(model=model, code=code),
                    mute_logger("odoo.addons.base.models.ir_actions", "odoo.tools.safe_eval"),
                ):
                    self.refused(lambda a=action, c=context: a.with_user(self.administrator).with_context(**c).run())
        self.assertEqual(self.problems(), set())

    def test_there_is_nothing_to_archive(self):
        for record in (self.first, self.signed_addendum, self.first.seal_id):
            self.assertNotIn("active", record._fields)
            for way in ("action_archive", "action_unarchive"):
                with self.subTest(record=record, way=way), self.assertRaises(Exception), self.cr.savepoint():  # noqa: B017
                    getattr(record.with_user(self.administrator).sudo(), way)()
        self.assertEqual(self.problems(), set())

    def test_import_and_mail_do_not_reach_an_addendum(self):
        addendum = self.signed_addendum
        self.env["ir.model.data"].create(
            {"module": "test", "name": "sealed_addendum", "model": addendum._name, "res_id": addendum.id}
        )
        for user in (self.secretary, self.administrator):
            with mute_logger("odoo.models", "odoo.sql_db"):
                loaded = addendum.with_user(user).load(["id", "reason"], [["test.sealed_addendum", "Other"]])
            self.assertFalse(loaded["ids"])
        message = (
            "From: secretary@example.com\nTo: catchall@example.com\nSubject: x\nMessage-Id: <a@example.com>\n"
            "Content-Type: text/plain\n\nPlease change it\n"
        )
        with mute_logger("odoo.addons.mail.models.mail_thread"), self.cr.savepoint() as savepoint:
            try:
                self.env["mail.thread"].message_process(
                    addendum._name, message, custom_values={"reason": "Other"}, thread_id=addendum.id
                )
            except UserError:
                savepoint.rollback()
        self.assertEqual((addendum.reason, self.problems()), ("A letter was found", set()))

    def test_a_second_file_by_way_of_the_context(self):
        """What a client leaves out of the values and puts into its context is looked at as well."""
        for record in (self.first, self.signed_addendum):
            place = {"res_model": record._name, "res_field": "pdf", "res_id": record.id}
            for given in ((), ("res_model", "res_id"), ("res_model", "res_field"), tuple(place)):
                values = {name: place[name] for name in given}
                context = {f"default_{name}": value for name, value in place.items() if name not in given}
                files = self.env["ir.attachment"].with_user(self.secretary).with_context(**context)
                with self.subTest(record=record, given=given):
                    self.refused(lambda f=files, v=values: f.create({"name": "pdf", "raw": b"%PDF-", **v}))
        self.assertEqual(self.problems(), set())

    def test_letters_and_copies_have_no_other_file(self):
        with tehran("2026-11-12 09:00"):
            self.first.action_forward()
        self.env["shora.archive.copy"]._keep_missing(self.first.session_id.sudo())
        copy = self.env["shora.archive.copy"].search([("session_id", "=", self.first.session_id.id)], limit=1)
        letter = self.env["ir.attachment"].search(
            [("res_model", "=", "shora.minutes"), ("res_field", "=", "covering_pdf"), ("res_id", "=", self.first.id)]
        )
        for file in (letter, copy._attachment()):
            for way in (
                lambda f: f.write({"raw": b"x"}),
                lambda f: f.write({"res_id": self.second.id}),
                lambda f: f.unlink(),
                lambda f: f.create(
                    {"name": "x", "raw": b"x", **{n: f[n] for n in ("res_model", "res_field", "res_id")}}
                ),
            ):
                with self.subTest(file=file.res_model):
                    self.refused(lambda f=file, w=way: w(f.sudo()))
        self.assertEqual(self.problems(), set())


class TestBeside(SealCase):
    """What belongs to a document stays with it; nobody reaches another council's through it."""

    def setUp(self):
        super().setUp()
        with tehran("2026-09-01 08:00"):
            other = self.make_council("T2")
            self.stranger, _people = self.staff_council(other, prefix="other ")
        session = self.plan_for(other)
        self.theirs = session.env["shora.minutes"]._draft_for(session)
        self.theirs._sign("password")
        self.their_addendum = self.draft(self.theirs)
        self.mine = self.draft(self.first)

    def plan_for(self, council):
        ours, self.secretary = self.secretary, self.stranger
        try:
            return self.held_session(council, "2026-10-26")
        finally:
            self.secretary = ours

    def draft(self, minutes):
        row = minutes.session_id.attendance_ids[:1]
        line = Command.create({"attendance_id": row.id, "status_to": "excused"})
        return minutes.env["shora.minutes.addendum"].create(
            {"minutes_id": minutes.id, "reason": "R", "line_ids": [line]}
        )

    def test_an_addendum_keeps_its_minutes_and_a_line_its_addendum(self):
        foreign_row = self.theirs.session_id.attendance_ids[1]
        for way in (
            lambda: self.mine.write({"minutes_id": self.theirs.id, "line_ids": [Command.clear()]}),
            lambda: self.mine.write({"minutes_id": self.second.id, "line_ids": [Command.clear()]}),
            lambda: self.mine.line_ids.write(
                {"addendum_id": self.their_addendum.id, "attendance_id": foreign_row.sudo().id}
            ),
        ):
            with self.assertRaisesRegex(UserError, "keeps its"), self.cr.savepoint():
                way()
        self.mine.write({"minutes_id": self.first.id, "reason": "As the form sends it"})
        self.assertEqual(len(self.their_addendum.line_ids), 1)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nothing_is_made_for_another_council(self):
        for model, values in (
            ("shora.minutes.addendum", {"minutes_id": self.theirs.id, "reason": "R"}),
            ("shora.resolution", {"session_id": self.theirs.session_id.id, "name": "R"}),
        ):
            with self.subTest(model), self.assertRaises(UserError), self.cr.savepoint():
                self.env[model].with_user(self.secretary).create(values)


class TestResolutions(SealCase):
    def setUp(self):
        super().setUp()
        session = self.held_session(self.council, "2026-11-11")
        self.minutes = session.env["shora.minutes"]._draft_for(session)
        resolutions = session.env["shora.resolution"]
        self.draft = resolutions.create({"session_id": session.id, "name": "Left open", "body": "<p>B</p>"})
        self.deferred = resolutions.create({"session_id": session.id, "name": "Put off"})
        self.deferred._store_facts({"state": "deferred"})
        self.minutes.action_refresh()

    def test_before_the_signature_they_are_the_secretarys(self):
        self.draft.name = "Left open for good"
        self.assertIn("Left open for good", "".join(self.minutes._changes()))

    def test_signed_minutes_freeze_the_resolutions_they_name(self):
        self.minutes._sign("password")
        sentence = r"\(Article 5, clause 5\).*minutes of the session are signed"
        for way in (
            lambda: self.draft.write({"body": "<p>Other</p>"}),
            lambda: self.draft.sudo().write({"name": "Other"}),
            lambda: self.deferred.write({"name": "Other"}),
            lambda: self.deferred.write({"state": "draft"}),
            lambda: self.draft.unlink(),
            lambda: self.draft.create({"session_id": self.minutes.session_id.id, "name": "One more"}),
            lambda: self.draft.copy(),
        ):
            with self.assertRaisesRegex(UserError, sentence), self.cr.savepoint():
                way()
        for resolution in (self.draft, self.deferred):
            with self.assertRaisesRegex(UserError, "keeps its session"), self.cr.savepoint():
                resolution.write({"session_id": self.second.session_id.id})
        self.assertEqual(self.problems(), set())

    def test_the_next_session_takes_up_what_was_put_off(self):
        self.minutes._sign("password")
        coming = self.session(self.council, "2026-12-07")
        coming.action_bring_forward()
        self.assertIn(self.deferred, coming.agenda_item_ids.followed_resolution_id)


class TestLetters(SealCase):
    def test_a_letter_changed_in_the_database_is_named(self):
        self.first.action_forward()
        self.assertEqual(self.problems(), set())
        here = ("shora.minutes", self.first.id)
        for query, kind in (
            ("UPDATE shora_minutes SET covering_sha256 = repeat('0', 64) WHERE id = %s", "altered"),
            ("DELETE FROM ir_attachment WHERE res_field = 'covering_pdf' AND res_id = %s", "missing"),
        ):
            with self.subTest(query), self.cr.savepoint() as savepoint:
                self.sql(query, self.first.id)
                self.assertEqual(self.problems(), {(kind, *here)})
                savepoint.rollback()
                self.env.invalidate_all()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.first.write({"covering_sha256": "0" * 64})

    def test_the_letter_of_an_answer_too(self):
        self.first.action_forward()
        there = self.first.with_user(self.secretariat)
        there.action_receive()
        there._return_with(["Unclear"], "2026-12-01")
        self.addendum(self.first, self.first.attendance_ids[:1])
        self.first.action_forward()
        step = self.first.sudo().step_ids[-1]
        self.assertTrue(base64.b64decode(step.letter_pdf).startswith(b"%PDF"))
        self.assertEqual(self.problems(), set())
        self.sql("UPDATE shora_minutes_step SET letter_sha256 = repeat('0', 64) WHERE id = %s", step.id)
        self.assertEqual(self.problems(), {("altered", step._name, step.id)})
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            step.with_user(self.admin).read(["letter_pdf"])
