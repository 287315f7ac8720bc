"""The draft of the minutes (5-5): built from the session, refreshed without loss, readable for good."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from tests.common import ShoraCase, tehran, utc


class TestDraft(ShoraCase):
    TODAY = "2026-11-10 12:00"

    def setUp(self):
        super().setUp()
        council, absent = self.council, self.people["B2"]
        with tehran("2026-10-31 09:00"):
            session = self.plan(council, "2026-11-09", documents={})
            self.dispatch(session)
        with tehran("2026-11-09 10:00"):
            session.write({"presiding_ground": "chair", "state": "open"})
            self.guest = self.make_partner("Guest")
            self.stand_in = self.make_partner("Stand-in")
            session.write(
                {
                    "attendance_ids": [
                        Command.create({"partner_id": self.guest.id, "kind": "guest", "status": "present"}),
                        Command.create(
                            {
                                "partner_id": self.stand_in.id,
                                "kind": "non_member",
                                "status": "present",
                                "note": "For B2",
                            }
                        ),
                    ]
                }
            )
            self.item = session.agenda_item_ids
            self.item.write({"discussion": "<p>Talked.</p>", "decision": "<p>Agreed.</p>"})
            self.resolution = session.env["shora.resolution"].create(
                {
                    "session_id": session.id,
                    "agenda_item_id": self.item.id,
                    "name": "Charter",
                    "body": "<p>Adopt it.</p>",
                    "owner_id": self.people["B4"].id,
                    "date_due": "2026-12-01",
                }
            )
            self.resolution.action_adopt()
            late = session.attendance_ids.filtered(lambda r: r.partner_id == self.people["B3"])
            self.close_late(session, late, absent)
        self.session_held = session
        self.minutes = session.env["shora.minutes"]._draft_for(session)

    def close_late(self, session, late, absent):
        for row in session.attendance_ids.filtered(lambda r: r.kind == "member"):
            row.status = "absent" if row.partner_id == absent else "present"
        late.write({"status": "late", "arrived_at": utc("2026-11-09 10:20"), "left_at": utc("2026-11-09 11:00")})
        self.item.action_discuss()
        session.action_hold()
        session.action_close()

    def row(self, seat):
        return self.session_held.attendance_ids.filtered(lambda r: r.partner_id == self.people[seat])

    def test_it_is_built_from_the_facts(self):
        content = self.minutes._content()
        self.assertEqual((content["number"], content["date"], content["place"]), (1, "2026-11-09", "Hall"))
        self.assertEqual(content["presiding"]["ground"], "chair")
        self.assertEqual([p["name"] for p in content["absent"]], [self.people["B2"].name])
        [late] = content["late"]
        self.assertEqual((late["name"], late["arrived"], late["left"]), (self.people["B3"].name, "10:20", "11:00"))
        self.assertEqual([p["name"] for p in content["guests"]], ["Guest"])
        self.assertEqual([(p["name"], p["note"]) for p in content["non_members"]], [("Stand-in", "For B2")])
        self.assertEqual(len(content["present"]), 9)
        [item] = content["items"]
        self.assertEqual((item["discussion_html"], item["decision_html"]), ("<p>Talked.</p>", "<p>Agreed.</p>"))
        [resolution] = content["resolutions"]
        self.assertEqual((resolution["title"], resolution["executor"]), ("Charter", self.people["B4"].name))

    def test_what_was_written_stays(self):
        line = self.minutes.item_ids
        self.assertFalse(line.is_written)
        line.discussion = "<p>Talked at length.</p>"
        self.minutes.text = "<p>In the minutes.</p>"
        self.assertTrue(line.is_written)
        # What the session says changes past all guards, as a repair by the rules would.
        self.env.cr.execute(
            "UPDATE shora_agenda_item SET discussion = '<p>Other.</p>', decision = '<p>New.</p>' WHERE id = %s",
            (self.item.id,),
        )
        self.env.invalidate_all()
        self.minutes.action_refresh()
        self.assertEqual(line.discussion, "<p>Talked at length.</p>")
        self.assertEqual(line.decision, "<p>New.</p>")
        self.assertEqual(line.taken_discussion, "<p>Other.</p>")
        self.assertEqual(self.minutes.text, "<p>In the minutes.</p>")
        line.action_take_again()
        self.assertEqual((line.discussion, line.is_written), ("<p>Other.</p>", False))

    def test_a_correction_is_seen_before_it_is_signed(self):
        self.assertFalse(self.minutes.changes)
        self.row("B2")._correct("excused", "A letter was found")
        self.minutes.invalidate_recordset()
        self.assertIn(f"{self.people['B2'].name}: Absent, excused (was: Absent)", self.minutes.changes)
        with self.assertRaisesRegex(UserError, r"refresh it and read it again:\n.*excused"), self.cr.savepoint():
            self.minutes._sign("password")
        self.minutes.action_refresh()
        self.assertFalse(self.minutes.changes)
        self.minutes._sign("password")
        [absent] = json.loads(self.minutes.content_json)["content"]["absent"]
        self.assertTrue(absent["excused"])

    def test_names_stay_whatever_becomes_of_people(self):
        self.people["B3"].write({"shora_title": "Dr.", "name": "Old Name"})
        self.minutes.action_refresh()
        self.minutes._sign("password")
        pdf = self.minutes.pdf
        sealed = self.minutes._sealed_content()
        for partner in (self.people["B3"], self.guest, self.secretary.partner_id):
            partner.sudo().name = "Renamed"
        self.secretary.sudo().active = False
        (self.people["B3"] | self.guest).sudo().action_archive()
        self.env.invalidate_all()
        html = self.env["shora.pdf"]._html("shora_council.document_minutes", self.minutes.sudo(), content=sealed)
        self.assertIn("Dr. Old Name", html)
        self.assertIn("۱۴۰۵/۰۹/۱۰", html)  # the resolution's due date
        self.assertIn("Guest", html)
        self.assertNotIn("Renamed", html)
        self.assertEqual((self.minutes.sudo().pdf, self.minutes.sudo().signed_name), (pdf, "secretary"))
        # the row of the attendance holds the person
        with self.assertRaises(Exception), mute_logger("odoo.sql_db"), self.cr.savepoint():  # noqa: B017
            self.guest.sudo().unlink()

    def test_votes_are_printed(self):
        votes = {"ballot": "secret", "for": 7, "against": 1, "abstain": 0}
        phrase = self.env["shora.pdf"].with_context(lang="en_US")._votes_phrase
        self.assertEqual(phrase(votes), "7 in favour, 1 against, 0 abstained (secret vote)")
        named = {**votes, "ballot": "open", "names": {"for": ["A", "B"], "against": ["C"], "abstain": []}}
        self.assertTrue(phrase(named).endswith("(open vote) · In favour: A, B · Against: C"))

    def test_lines_are_the_sessions(self):
        line = self.minutes.item_ids
        other = self.minutes.env["shora.minutes.item"]
        for refused in (
            lambda: other.create({"minutes_id": self.minutes.id, "item_id": self.item.id}),
            lambda: line.write({"taken_discussion": "<p>X</p>"}),
            lambda: line.write({"item_id": self.item.id}),
            line.unlink,
            lambda: self.minutes.write({"facts_json": "{}"}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                refused()
        with self.assertRaises(AccessError), self.cr.savepoint():
            line.with_user(self.head).read(["discussion"])  # a draft is the council's own
        self.minutes._sign("password")
        for refused in (
            lambda: line.write({"discussion": "<p>X</p>"}),
            line.action_take_again,
            self.minutes.action_refresh,
            lambda: line.sudo().unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                refused()
        self.assertEqual(line.with_user(self.head).discussion, "<p>Talked.</p>")

    def test_rows_changed_past_the_guards_are_named(self):
        self.minutes._sign("password")
        check = self.env["shora.integrity.check"]
        self.assertFalse(check._check(self.council).problem_ids)
        line, row = self.minutes.item_ids, self.row("B2")
        for query, expected in (
            (f"UPDATE shora_minutes_item SET decision = 'X' WHERE id = {line.id}", ("altered", line)),
            (f"UPDATE shora_resolution SET body = 'X' WHERE id = {self.resolution.id}", ("altered", self.resolution)),
            (f"UPDATE shora_attendance SET status = 'present' WHERE id = {row.id}", ("altered", row)),
            (f"UPDATE shora_agenda_item SET name = 'X' WHERE id = {self.item.id}", ("altered", self.item)),
        ):
            with self.subTest(query):
                with self.cr.savepoint() as savepoint:
                    self.env.flush_all()
                    self.env.cr.execute(query)
                    self.env.invalidate_all()
                    found = check._check(self.council).problem_ids
                    self.assertEqual(
                        [(p.kind, p.res_model, p.res_id) for p in found],
                        [(expected[0], expected[1]._name, expected[1].id)],
                    )
                    savepoint.rollback()
                self.env.invalidate_all()

    def named(self, *queries):
        """[(kind, model, id)] of a check after ``queries``, of which nothing stays."""
        with self.cr.savepoint() as savepoint:
            self.env.flush_all()
            for query in queries:
                self.env.cr.execute(query)
            self.env.invalidate_all()
            found = self.env["shora.integrity.check"]._check(self.council).problem_ids
            result = [(p.kind, p.res_model, p.res_id) for p in found]
            savepoint.rollback()
        self.env.invalidate_all()
        return result

    def test_what_the_screen_shows_of_the_session_is_as_sealed(self):
        self.minutes._sign("password")
        session, row = self.session_held, self.row("B3")
        other = self.make_partner("Somebody else")
        for query, record in (
            (f"UPDATE shora_session SET place = 'Elsewhere' WHERE id = {session.id}", session),
            (f"UPDATE shora_session SET number = 77 WHERE id = {session.id}", session),
            (f"UPDATE shora_session SET start = start + interval '5 minutes' WHERE id = {session.id}", session),
            (f"UPDATE shora_session SET presiding_ground = 'delegation' WHERE id = {session.id}", session),
            (f"UPDATE shora_attendance SET arrived_at = NULL WHERE id = {row.id}", row),
            (f"UPDATE shora_attendance SET left_at = left_at + interval '1 hour' WHERE id = {row.id}", row),
            (f"UPDATE shora_attendance SET note = 'X' WHERE id = {row.id}", row),
            (f"UPDATE shora_attendance SET partner_id = {other.id} WHERE id = {row.id}", row),
            (f"UPDATE shora_agenda_item SET state = 'withdrawn' WHERE id = {self.item.id}", self.item),
            (f"UPDATE shora_resolution SET state = 'rejected' WHERE id = {self.resolution.id}", self.resolution),
            (
                f"UPDATE shora_resolution SET ballot = 'secret', votes_for = 3 WHERE id = {self.resolution.id}",
                self.resolution,
            ),
        ):
            with self.subTest(query):
                first, *copies = self.named(query)
                self.assertEqual(first, ("altered", record._name, record.id))
                # number and hour are copied onto rows, which no longer say the same
                beside = {"number": "shora.minutes", "start": "shora.attendance"}.get(query.split()[3])
                self.assertEqual({model for _kind, model, _id in copies}, {beside} - {None})
        self.people["B3"].sudo().name = "Renamed"  # is no other person
        self.assertEqual(self.named(), [])

    def test_rows_added_and_removed_past_the_guards_are_named(self):
        self.minutes._sign("password")
        line, row, resolution = self.minutes.item_ids, self.row("B2"), self.resolution
        guest = self.make_partner("Slipped in")
        everything = "council_id, company_id, session_id"
        for queries, expected in (
            ([f"DELETE FROM shora_minutes_item WHERE id = {line.id}"], ("missing", "shora.minutes")),
            ([f"DELETE FROM shora_resolution WHERE id = {resolution.id}"], ("missing", "shora.resolution")),
            (
                [
                    f"INSERT INTO shora_resolution ({everything}, name, state, ballot) SELECT {everything}, 'New',"
                    f" 'adopted', 'open' FROM shora_resolution WHERE id = {resolution.id}"
                ],
                ("added", "shora.resolution"),
            ),
            (
                [
                    f"INSERT INTO shora_agenda_item ({everything}, name, state, source) SELECT {everything}, 'New',"
                    f" state, source FROM shora_agenda_item WHERE id = {self.item.id}"
                ],
                ("added", "shora.agenda.item"),
            ),
            ([f"DELETE FROM shora_attendance WHERE id = {row.id}"], ("missing", "shora.attendance")),
            (
                [
                    f"INSERT INTO shora_attendance ({everything}, session_start, partner_id, kind, status)"
                    f" SELECT {everything}, session_start, {guest.id}, 'guest', 'present' FROM shora_attendance"
                    f" WHERE id = {row.id}"
                ],
                ("added", "shora.attendance"),
            ),
        ):
            with self.subTest(queries):
                self.assertEqual([found[:2] for found in self.named(*queries)], [expected])

    def test_lines_of_an_addendum_removed_and_slipped_in_are_named(self):
        self.minutes._sign("password")
        addendum = self.minutes.env["shora.minutes.addendum"].create(
            {
                "minutes_id": self.minutes.id,
                "reason": "A letter was found",
                "line_ids": [Command.create({"attendance_id": self.row("B2").id, "status_to": "present"})],
            }
        )
        addendum._sign("password")
        here = f"WHERE addendum_id = {addendum.id}"
        self.assertEqual(
            self.named(f"DELETE FROM shora_minutes_addendum_line {here}"), [("missing", addendum._name, addendum.id)]
        )
        [(kind, model, _id)] = self.named(
            "INSERT INTO shora_minutes_addendum_line (addendum_id, council_id, company_id, attendance_id, status_from,"
            f" status_to) SELECT addendum_id, council_id, company_id, {self.row('B4').id}, 'present', 'absent'"
            f" FROM shora_minutes_addendum_line {here}"
        )
        self.assertEqual((kind, model), ("added", "shora.minutes.addendum.line"))

    def test_a_person_who_was_archived_before_the_draft_is_named_in_it(self):
        people = self.people["B3"] | self.guest | self.resolution.owner_id
        people.sudo().action_archive()
        self.env.invalidate_all()
        self.minutes.action_refresh()
        content = self.minutes._content()
        self.assertEqual([p["name"] for p in content["late"]], [self.people["B3"].name])
        self.assertEqual([p["name"] for p in content["guests"]], ["Guest"])
        self.assertEqual(content["resolutions"][0]["executor"], self.people["B4"].name)

    def test_what_an_addendum_corrects_is_as_sealed(self):
        self.minutes._sign("password")
        addendum = self.minutes.env["shora.minutes.addendum"].create(
            {
                "minutes_id": self.minutes.id,
                "reason": "A letter was found",
                "line_ids": [Command.create({"attendance_id": self.row("B2").id, "status_to": "present"})],
            }
        )
        addendum._sign("password")
        check = self.env["shora.integrity.check"]
        self.assertEqual(self.row("B2").status, "present")
        self.assertFalse(check._check(self.council).problem_ids)
        self.env.flush_all()
        self.env.cr.execute("UPDATE shora_minutes_addendum_line SET status_to = 'absent'")
        self.env.invalidate_all()
        [problem] = check._check(self.council).problem_ids
        self.assertEqual((problem.res_model, problem.res_id), ("shora.minutes.addendum.line", addendum.line_ids.id))
