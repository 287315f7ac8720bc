"""Clause 5-5 from the forwarding on: received, returned with defects, answered, reviewed; reminders and escalation."""

import base64
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran
from tests.shora_council.pdf_text import text_of


class WeekCase(ShoraCase):
    DAY = "2026-10-12"  # the 7th day after is 2026-10-19

    def setUp(self):
        super().setUp()
        self.held = self.held_session(self.council, self.DAY)

    def signed(self, at="2026-10-14 10:00"):
        with tehran(at):
            minutes = self.held.env["shora.minutes"]._draft_for(self.held)
            minutes._sign("password")
        return minutes

    def forwarded(self, at="2026-10-15 10:00"):
        minutes = self.signed()
        with tehran(at):
            minutes.action_forward()
        return minutes

    def returned(self, defects=("No list of guests",), due="2026-10-24"):
        minutes = self.forwarded()
        with tehran("2026-10-17 09:00"):
            there = minutes.with_user(self.secretariat)
            there.action_receive()
            wizard = self.env["shora.minutes.return"].with_user(self.secretariat).create({"minutes_id": minutes.id})
            wizard.write({"due": due, "line_ids": [(0, 0, {"name": text}) for text in defects]})
            wizard.action_confirm()
        self.env.invalidate_all()
        return minutes

    def answer(self, minutes, at="2026-10-20 10:00"):
        with tehran(at):
            addendum = minutes.env["shora.minutes.addendum"].create(
                {"minutes_id": minutes.id, "reason": "The Secretariat asked", "text": "<p>No guests came.</p>"}
            )
            addendum._sign("password")
        return addendum

    def todos(self, record, kind):
        kind = self.env.ref(f"shora_council.{kind}")
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("res_id", "=", record.id)])

    def told(self, record, partner):
        return self.env["mail.message"].search_count(
            [("model", "=", record._name), ("res_id", "=", record.id), ("partner_ids", "in", partner.ids)]
        )

    def open_findings(self, code):
        self.env.invalidate_all()
        return self.council.finding_ids.filtered(lambda f: f.code == code and f.state == "open")


@tagged("post_install", "-at_install")
class TestMinutesWeek(WeekCase):
    def steps(self, minutes):
        return [(step.kind, step.round) for step in minutes.sudo().step_ids]

    # --- receipt ---

    def test_received_under_a_number_of_the_secretariat(self):
        minutes = self.forwarded()
        self.assertIn(self.secretariat, self.todos(minutes, "activity_minutes_incoming").user_id)
        with tehran("2026-10-17 09:00"):
            minutes.with_user(self.secretariat).action_receive()
        step = minutes.sudo().step_ids[-1]
        self.assertEqual((minutes.state, step.kind, step.by_id), ("received", "received", self.secretariat))
        self.assertRegex(minutes.receipt_number, r"^1405/و/\d+$")
        self.assertTrue(self.told(minutes, self.secretary.partner_id))
        self.assertEqual(
            self.env["shora.minutes"].search([("receipt_number", "ilike", minutes.receipt_number)]), minutes
        )

    def test_minutes_of_before_the_history_begin_it_when_received(self):
        minutes = self.forwarded()
        self.env.flush_all()
        self.cr.execute("DELETE FROM shora_minutes_step WHERE minutes_id = %s", [minutes.id])
        self.env.invalidate_all()
        minutes.with_user(self.secretariat).action_receive()
        self.assertEqual(self.steps(minutes), [("forwarded", 1), ("received", 1)])
        first = minutes.sudo().step_ids[0]
        self.assertEqual((first.at, first.by_id), (minutes.forwarded_at, self.secretary))

    def test_twice_is_once(self):
        minutes = self.forwarded()
        there = minutes.with_user(self.secretariat)
        there.action_receive()
        number = minutes.receipt_number
        there.action_receive()
        self.assertEqual((minutes.receipt_number, self.steps(minutes)), (number, [("forwarded", 1), ("received", 1)]))
        there.action_review()
        there.action_review()
        self.assertEqual(self.steps(minutes)[2:], [("reviewed", 1)])

    def test_each_step_belongs_to_its_role(self):
        minutes = self.signed()
        for user in (self.secretariat, self.head, self.president, self.admin):
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                minutes.with_user(user).action_forward()
        minutes.action_forward()
        for user in (self.secretary, self.president, self.office, self.auditor, self.admin, self.employee):
            for step in ("action_receive", "action_review"):
                with (
                    self.subTest(user=user.login, step=step),
                    self.assertRaises(UserError),
                    self.cr.savepoint(),
                ):
                    getattr(minutes.with_user(user), step)()
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                minutes.with_user(user).write({"state": "received"})
        with self.assertRaisesRegex(UserError, "no way"), self.cr.savepoint():
            minutes.with_user(self.secretariat).action_review()  # not before it is received
        self.assertEqual(minutes.state, "forwarded")

    def test_the_secretariat_changes_nothing_that_the_council_signed(self):
        minutes = self.forwarded()
        minutes.with_user(self.secretariat).action_receive()
        for vals in ({"text": "x"}, {"pdf": b"eA=="}, {"state": "reviewed"}, {"official_number": "1"}):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.cr.savepoint():
                minutes.with_user(self.secretariat).write(vals)
        for state in ("forwarded", "received"):
            with self.subTest(state=state), self.assertRaises(UserError), self.cr.savepoint():
                minutes.sudo().write({"text": "x"})

    # --- return and answer ---

    def test_returned_with_a_list_and_answered_by_an_addendum(self):
        minutes = self.returned(("No list of guests", "Second page missing"))
        self.assertEqual(minutes.state, "returned")
        self.assertEqual(
            minutes.sudo().step_ids.defect_ids.mapped("name"), ["No list of guests", "Second page missing"]
        )
        self.assertEqual(str(minutes.answer_due), "2026-10-24")
        self.assertEqual(self.todos(minutes, "activity_minutes_answer").user_id, self.secretary)
        self.assertFalse(self.todos(minutes, "activity_minutes_incoming"))
        with self.assertRaisesRegex(UserError, "addendum"), self.cr.savepoint():
            minutes.action_forward()
        first = (minutes.forwarded_at, minutes.covering_number, minutes.covering_pdf)
        self.answer(minutes)
        with tehran("2026-10-20 11:00"):
            minutes.action_forward()
        self.assertEqual((minutes.forwarded_at, minutes.covering_number, minutes.covering_pdf), first)
        step = minutes.sudo().step_ids[-1]
        self.assertEqual((step.kind, step.round, step.is_late, str(step.due)), ("forwarded", 2, False, "2026-10-24"))
        self.assertNotEqual(step.number, first[1])
        text = text_of(base64.b64decode(step.letter_pdf))
        self.assertIn("Second page missing", text)
        self.assertFalse(minutes.is_late)
        self.assertFalse(self.todos(minutes, "activity_minutes_answer"))
        there = minutes.with_user(self.secretariat)
        there.action_receive()
        there.action_review()
        self.assertEqual(
            self.steps(minutes),
            [(kind, 1) for kind in ("forwarded", "received", "returned")]
            + [(kind, 2) for kind in ("forwarded", "received", "reviewed")],
        )

    def test_an_addendum_of_before_the_return_answers_nothing(self):
        minutes = self.forwarded()
        self.answer(minutes, "2026-10-16 10:00")
        there = minutes.with_user(self.secretariat)
        there.action_receive()
        there._return_with(["Unclear"], "2026-11-30")
        with self.assertRaisesRegex(UserError, "addendum"), self.cr.savepoint():
            minutes.action_forward()
        self.answer(minutes, "2026-11-23 10:00")
        minutes.action_forward()
        self.assertEqual(minutes.state, "forwarded")

    def test_nothing_is_returned_without_a_defect(self):
        minutes = self.forwarded()
        minutes.with_user(self.secretariat).action_receive()
        for lines in ([], [(0, 0, {"name": "  "})]):
            with self.subTest(lines=lines), self.assertRaisesRegex(UserError, "defects"), self.cr.savepoint():
                wizard = self.env["shora.minutes.return"].with_user(self.secretariat)
                wizard.create({"minutes_id": minutes.id, "line_ids": lines}).action_confirm()
        with self.assertRaises(UserError), self.cr.savepoint():
            minutes._return_with(["By the secretary"], "2026-12-01")
        self.assertEqual(minutes.state, "received")

    def test_two_of_the_secretariat_return_at_once(self):
        """The second hears of it, unless it is the first one's second click."""
        minutes = self.returned(("Unclear",))
        there = minutes.with_user(self.head)
        there._return_with(["Unclear"], "2026-10-24")
        with self.assertRaisesRegex(UserError, "T secretariat has returned these minutes already"), self.cr.savepoint():
            there._return_with(["Page 2 is missing"], "2026-10-24")
        self.assertEqual(self.steps(minutes), [(kind, 1) for kind in ("forwarded", "received", "returned")])
        self.assertEqual(minutes.sudo().step_ids.defect_ids.mapped("name"), ["Unclear"])

    def test_defects_are_text(self):
        minutes = self.returned(("<script>window.hacked = 1</script>",))
        told = self.env["mail.message"].search(
            [("model", "=", minutes._name), ("res_id", "=", minutes.id), ("body", "ilike", "hacked")]
        )
        self.assertTrue(told)
        self.assertNotIn("<script", "".join(told.mapped("body")))
        self.answer(minutes)
        html = self.env["shora.pdf"]._html(
            "shora_council.document_answer_letter",
            minutes,
            returned=minutes.sudo().step_ids[-1],
            letter_number="1",
            forwarded_at=minutes.forwarded_at,
            forwarded_by="X",
        )
        self.assertNotIn("<script", html)

    def test_another_company_hears_nothing(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.make_user("t_elsewhere", "base.group_user,shora_council.group_shora_secretariat")
        stranger.write({"company_ids": [(6, 0, elsewhere.ids)], "company_id": elsewhere.id})
        minutes = self.returned()
        self.answer(minutes)
        minutes.action_forward()
        self.assertTrue(self.told(minutes, self.secretariat.partner_id))
        self.assertFalse(self.told(minutes, stranger.partner_id))
        self.assertNotIn(stranger, minutes.sudo().activity_ids.user_id)

    def test_the_official_number_of_the_first_letter_stays(self):
        minutes = self.returned()
        self.answer(minutes)
        with self.assertRaisesRegex(UserError, "first covering letter"), self.cr.savepoint():
            minutes.write({"official_number": "99", "state": "forwarded"})

    def test_the_answer_has_a_clock_of_its_own(self):
        minutes = self.returned(due="2026-10-24")
        for moment, late in (("2026-10-24 23:59:59", False), ("2026-10-25 00:00:00", True)):
            with tehran(moment):
                self.env["shora.finding"]._check(self.council)
                self.assertEqual(bool(self.open_findings("answer_overdue")), late, moment)
                self.assertFalse(self.open_findings("minutes_overdue"), "the first forwarding satisfies 5-5")
        with tehran("2026-10-25 08:00"):
            self.assertIs(self.run_job("cron_minutes"), True)
            self.assertEqual(self.todos(minutes, "activity_minutes_answer").user_id, self.secretary | self.head)
        self.answer(minutes, "2026-10-26 10:00")
        with tehran("2026-10-26 11:00"):
            minutes.action_forward()
        self.assertTrue(minutes.sudo().step_ids[-1].is_late)
        self.assertFalse(self.open_findings("answer_overdue"))
        self.assertFalse(self.todos(minutes, "activity_minutes_answer"))

    def test_history_is_kept_from_everybody(self):
        minutes = self.returned()
        step = minutes.sudo().step_ids[-1]
        for record in (step, step.defect_ids):
            for user in (self.secretary, self.secretariat, self.head, self.admin, self.env.ref("base.user_root")):
                for act in (
                    lambda r: r.write({"company_id": False}),
                    lambda r: r.unlink(),
                    lambda r: r.sudo().write({"create_date": False}),
                    lambda r: r.sudo().unlink(),
                    lambda r: r.copy(),
                ):
                    with (
                        self.subTest(record=record, user=user.login),
                        self.assertRaises(UserError),
                        self.cr.savepoint(),
                    ):
                        act(record.with_user(user))

    def test_the_desk_says_whose_turn_it_is(self):
        def lines(user):
            self.env.invalidate_all()
            desk = self.env["shora.desk"].with_user(user).get_desk()
            mine = [line for line in desk["due"] if line["model"] == "shora.minutes"]
            return [(line["label"], line["mine"], line["id"]) for line in mine]

        minutes = self.forwarded()
        self.assertEqual(lines(self.secretariat), [("Register the receipt", True, minutes.id)])
        self.assertEqual(lines(self.secretary), [("Register the receipt", False, minutes.id)])
        minutes.with_user(self.secretariat).action_receive()
        self.assertEqual(lines(self.head), [("Check the minutes", True, minutes.id)])
        minutes.with_user(self.secretariat)._return_with(["Unclear"], "2026-12-01")
        self.assertEqual(lines(self.secretary), [("Answer the defects", True, minutes.id)])

    # --- breaking off ---

    def broken(self, minutes, model, name, step):
        """``step`` with ``name`` of ``model`` breaking off; nothing of it is left."""

        def kill(*args, **kwargs):
            raise RuntimeError("broken off")

        with (
            patch.object(self.registry[model], name, kill),
            self.assertRaisesRegex(RuntimeError, "broken off"),
            self.cr.savepoint(),
        ):
            step()
        self.env.invalidate_all()

    def test_a_forwarding_that_breaks_off_leaves_no_trace_and_goes_on_once(self):
        minutes = self.signed()
        for model, name in (
            ("ir.sequence", "next_by_code"),
            ("shora.pdf", "_render"),
            ("shora.minutes", "message_notify"),
            ("shora.minutes", "_add_step"),
            ("shora.todo", "_open"),
            ("shora.finding", "_check"),
        ):
            with self.subTest(name=name):
                self.broken(minutes, model, name, minutes.action_forward)
                self.assertEqual((minutes.state, minutes.covering_number), ("signed", False))
                self.assertFalse(minutes.sudo().step_ids)
                self.assertFalse(self.todos(minutes, "activity_minutes_incoming"))
        minutes.action_forward()
        minutes.action_forward()
        self.assertEqual(self.steps(minutes), [("forwarded", 1)])
        self.assertEqual(minutes.sudo().step_ids.number, minutes.covering_number)

    def test_an_answer_that_breaks_off_leaves_no_trace_and_goes_on_once(self):
        minutes = self.returned()
        self.answer(minutes)
        before = self.steps(minutes)
        for model, name in (
            ("ir.sequence", "next_by_code"),
            ("shora.pdf", "_render"),
            ("shora.minutes", "message_notify"),
            ("shora.todo", "_open"),
        ):
            with self.subTest(name=name):
                self.broken(minutes, model, name, minutes.action_forward)
                self.assertEqual((minutes.state, self.steps(minutes)), ("returned", before))
        minutes.action_forward()
        minutes.action_forward()
        self.assertEqual(self.steps(minutes)[len(before) :], [("forwarded", 2)])


@tagged("post_install", "-at_install")
class TestMinutesReminders(WeekCase):
    def run_at(self, moment):
        with tehran(moment):
            self.assertIs(self.run_job("cron_minutes"), True)

    def test_three_days_and_one_day_before_each_once(self):
        before = self.told(self.held, self.secretary.partner_id)
        for moment, messages in (
            ("2026-10-15 23:59", 0),
            ("2026-10-16 00:00", 1),
            ("2026-10-16 01:00", 1),
            ("2026-10-17 23:59", 1),
            ("2026-10-18 00:00", 2),
            ("2026-10-19 23:59", 2),
        ):
            self.run_at(moment)
            self.assertEqual(self.told(self.held, self.secretary.partner_id) - before, messages, moment)
            todo = self.todos(self.held, "activity_minutes")
            self.assertEqual(len(todo), bool(messages), moment)
        self.assertEqual((todo.user_id, str(todo.date_deadline)), (self.secretary, "2026-10-19"))
        self.assertFalse(self.todos(self.held, "activity_minutes_overdue"))

    def test_slept_through_only_the_stage_reached(self):
        self.run_at("2026-10-19 08:00")
        self.assertEqual(self.held.minutes_reminded_days, 1)
        self.assertEqual(len(self.todos(self.held, "activity_minutes")), 1)

    def test_the_head_hears_of_it_from_midnight_of_the_eighth_day(self):
        self.run_at("2026-10-19 23:59")
        self.assertFalse(self.todos(self.held, "activity_minutes_overdue"))
        before = self.told(self.held, self.head.partner_id)
        self.run_at("2026-10-20 00:00")
        self.run_at("2026-10-20 01:00")
        self.assertIn(self.head, self.todos(self.held, "activity_minutes_overdue").user_id)
        self.assertNotIn(self.secretariat, self.todos(self.held, "activity_minutes_overdue").user_id)
        self.assertEqual(self.told(self.held, self.head.partner_id), before + 1)

    def test_forwarding_closes_all_of_it_at_once(self):
        minutes = self.signed()
        self.run_at("2026-10-18 08:00")
        self.run_at("2026-10-20 08:00")
        with tehran("2026-10-20 09:00"):
            minutes.action_forward()
        for kind in ("activity_minutes", "activity_minutes_overdue"):
            self.assertFalse(self.todos(self.held, kind))
        self.run_at("2026-10-21 09:00")
        self.assertFalse(self.todos(self.held, "activity_minutes_overdue"))

    def test_a_to_do_that_outlived_its_reason_goes_with_the_next_run(self):
        self.run_at("2026-10-18 08:00")
        self.env.flush_all()
        self.cr.execute("UPDATE shora_session SET minutes_awaited = false WHERE id = %s", [self.held.id])
        self.env.invalidate_all()
        self.run_at("2026-10-18 09:00")
        self.assertFalse(self.todos(self.held, "activity_minutes"))

    def test_nobody_sets_what_was_reminded(self):
        for name, value in (("minutes_reminded_days", 1), ("minutes_escalated", True)):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "never by hand"), self.cr.savepoint():
                self.held.with_user(self.secretary).write({name: value})
