"""The running session: one-tap marks that lose nothing, guests, the item before the council, and what stands in the
way of closing.
"""

from lxml import etree
from odoo.exceptions import AccessError, UserError, ValidationError

from tests.common import ShoraCase, tehran, utc

DAY = "2026-12-07"


class RunCase(ShoraCase):
    def setUp(self):
        super().setUp()
        with tehran("2026-11-24 09:00"):
            self.run_of = self.session(self.council, DAY)
            self.dispatch(self.run_of)
        clock = tehran(f"{DAY} 10:05")
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)
        self.run_of.write({"presiding_ground": "chair", "state": "open"})
        self.item = self.run_of.agenda_item_ids

    def row(self, seat, user=None):
        rows = self.run_of.attendance_ids.filtered(lambda row: row.partner_id == self.people[seat])
        return rows.with_user(user or self.secretary)

    def mark_all(self, status="present", but=()):
        for row in self.run_of.attendance_ids.filtered(lambda r: r.status == "unmarked"):
            if row.partner_id not in but:
                row.mark({"status": status}, {"status": "unmarked"})


class TestScreen(RunCase):
    def test_everybody_in_the_order_of_seats_and_who_presides_on_which_ground(self):
        run = self.run_of.get_run()
        seats = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4", "B5", "B6", "B7")
        self.assertEqual([line["partner_id"] for line in run["members"]], [self.people[seat].id for seat in seats])
        self.assertEqual(run["presiding"]["name"], self.people["B1"].name)
        self.assertEqual(run["presiding"]["why"], "The chair presides")
        self.assertIn("clause 2", run["presiding"]["clause"])
        self.assertEqual([item["name"] for item in run["items"]], ["Item"])
        self.assertEqual(
            (run["session"]["length"], run["session"]["planned"], run["session"]["opened"]), (120, 20, "10:05")
        )
        self.assertTrue(run["may_mark"])

    def test_it_is_read_with_the_readers_rights(self):
        for user in (self.president, self.auditor, self.secretariat):
            run = self.run_of.with_user(user).get_run()
            self.assertEqual((len(run["members"]), run["may_mark"], run["next"]), (11, False, None))
        other = self.make_council("T2")
        with tehran("2026-12-01 10:00"):
            stranger, _people = self.staff_council(other, prefix="other ", date_from="2026-11-24")
        for user in (self.employee, stranger):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                self.run_of.with_user(user).get_run()
            with self.assertRaises(AccessError):
                self.row("B2", user).mark({"status": "present"}, {"status": "unmarked"})
            with self.assertRaises(AccessError):
                self.run_of.with_user(user).add_present("guest", name="Somebody")
        with self.assertRaises(AccessError):
            self.run_of.with_user(self.auditor).find_people("person")

    def test_as_many_queries_for_fifteen_members_as_for_five(self):
        counts = []
        small = self.make_council("T5")
        with tehran("2026-11-24 09:00"):
            secretary, _people = self.staff_council(small, experts=1, prefix="five ", date_from="2026-11-24")
            few = self.session(small, DAY, user=secretary)
            self.dispatch(few)
            large = self.make_council("T15")
            secretary_15, _people = self.staff_council(large, experts=10, prefix="many ", date_from="2026-11-24")
            many = self.session(large, DAY, user=secretary_15)
            self.dispatch(many)
        for session in (few, many):
            session.write({"presiding_ground": "chair", "state": "open"})
            session.get_run()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            session.get_run()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 60)


class TestMarks(RunCase):
    def test_one_tap(self):
        row = self.row("B2")
        line = row.mark({"status": "present"}, {"status": "unmarked"})
        self.assertEqual((line["status"], row.status), ("present", "present"))
        line = self.row("B3").mark({"status": "late"}, {"status": "unmarked"})
        self.assertEqual((line["status"], line["arrived_at"]), ("late", "10:05"))
        line = self.row("B3").mark({"status": "excused"}, {"status": "late", "arrived_at": "10:05"})
        self.assertEqual((line["status"], line["arrived_at"]), ("excused", ""))

    def test_a_stale_mark_is_refused_and_names_what_is_recorded(self):
        staff = self.make_user("t_run_staff", "shora_council.group_shora_staff", "T staff")
        self.council.staff_user_ids = staff
        self.row("B2", staff).mark({"status": "absent"}, {"status": "unmarked"})
        with self.assertRaisesRegex(UserError, "marked “Absent” by T staff meanwhile"):
            self.row("B2").mark({"status": "present"}, {"status": "unmarked"})
        self.assertEqual(self.row("B2").status, "absent")
        self.row("B2").mark({"status": "present"}, {"status": "absent"})
        self.row("B2", staff).mark({"left_at": "11:20"}, {"left_at": ""})
        with self.assertRaisesRegex(UserError, "meanwhile"):
            self.row("B2").mark({"left_at": "11:40"}, {"left_at": ""})
        self.assertEqual(self.row("B2").mark({"note": "By train"}, {"note": ""})["left_at"], "11:20")
        with self.assertRaisesRegex(UserError, "meanwhile"):  # it would take hours away that this screen never showed
            self.row("B2").mark({"status": "excused"}, {"status": "present", "arrived_at": "", "left_at": ""})
        self.assertEqual(self.env["shora.words"]._local(self.row("B2").left_at), "11:20")

    def test_hours_are_of_tehran_on_the_sessions_day(self):
        row = self.row("B2")
        self.secretary.tz = "Pacific/Auckland"
        row.mark({"status": "late", "arrived_at": "10:40"}, {"status": "unmarked", "arrived_at": ""})
        self.assertEqual(str(row.arrived_at), "2026-12-07 07:10:00")
        row.mark({"left_at": "11:30"}, {"left_at": ""})
        self.assertEqual(str(row.left_at), "2026-12-07 08:00:00")
        for wrong in ("25:00", "10.5", "soon"):
            with self.assertRaisesRegex(UserError, "no hour"):
                row.mark({"left_at": wrong}, {"left_at": "11:30"})
        with self.assertRaisesRegex(UserError, "before arriving"), self.cr.savepoint():
            row.mark({"left_at": "09:00"}, {"left_at": "11:30"})

    def test_the_list_of_the_form_knows_the_same_rules(self):
        row = self.row("B2")
        hours = {"arrived_at": utc("2026-12-07 10:40"), "left_at": utc("2026-12-07 10:10")}
        with self.assertRaisesRegex(UserError, "before arriving"), self.cr.savepoint():
            row.write({"status": "late", **hours})
        row.write({"status": "late", "arrived_at": hours["arrived_at"]})
        row.write({"status": "absent"})
        self.assertFalse(row.arrived_at, "who was not there did not come at an hour")

    def dialog(self, seat, user=None):
        action = self.row(seat, user).action_mark()
        return self.env[action["res_model"]].with_user(user or self.secretary).browse(action["res_id"])

    def test_two_people_marking_on_the_form_lose_nothing(self):
        staff = self.make_user("t_form_staff", "shora_council.group_shora_staff", "T staff")
        self.council.staff_user_ids = staff
        mine, theirs = self.dialog("B2"), self.dialog("B2", staff)
        theirs.write({"status": "late", "arrived_at": "۱۰:۲۵", "note": "By train"})
        theirs.action_record()
        mine.status = "absent"
        with self.assertRaisesRegex(UserError, "marked “Present, late” by T staff meanwhile"), self.cr.savepoint():
            mine.action_record()
        row = self.row("B2")
        self.assertEqual((row.status, row.note), ("late", "By train"))
        self.assertEqual(self.env["shora.words"]._local(row.arrived_at), "10:25")
        remark = self.dialog("B2")
        self.assertEqual((remark.status, remark.arrived_at), ("late", "10:25"), "it shows what is recorded now")
        self.row("B2", staff).mark({"left_at": "11:20"}, {"left_at": ""})
        remark.note = "By bus"
        remark.action_record()
        self.assertEqual((row.note, self.env["shora.words"]._local(row.left_at)), ("By bus", "11:20"), "both stay")
        away = self.dialog("B2")
        away.status = "excused"
        away.action_record()
        self.assertEqual((row.status, row.arrived_at, row.left_at), ("excused", False, False))

    def test_the_form_itself_writes_no_mark_of_who_is_on_the_list(self):
        view = (
            self.env["shora.session"]
            .with_user(self.secretary)
            .get_view(self.env.ref("shora_council.shora_session_view_form").id, "form")
        )
        arch = etree.fromstring(view["arch"])
        [rows] = arch.xpath("//field[@name='attendance_ids']/list")
        open_to_typing = {
            field.get("name")
            for field in rows.iter("field")
            if field.get("name") in ("status", "arrived_at", "left_at", "by_video", "note")
            and field.get("readonly") != "id"
        }
        self.assertFalse(open_to_typing)
        self.assertEqual(rows.xpath("button[@name!='action_correct']/@name"), ["action_mark"])

    def test_the_dialog_opens_for_whoever_may_mark_and_while_it_may_be(self):
        for user in (self.president, self.auditor, self.employee):
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                self.row("B2", user).action_mark()
        late = self.dialog("B2")
        late.status = "absent"
        self.close(self.run_of)
        with self.assertRaisesRegex(UserError, "not open for marking"), self.cr.savepoint():
            self.row("B2").action_mark()
        with self.assertRaises(UserError):
            late.action_record()

    def test_marking_ends_with_the_session_and_keeps_the_person(self):
        with self.assertRaisesRegex(UserError, "Article 4, note 3"):
            self.row("B2").mark({"partner_id": self.people["B3"].id}, {"partner_id": self.people["B2"].id})
        self.close(self.run_of)
        with self.assertRaisesRegex(UserError, "not open for marking"):
            self.row("B2").mark({"status": "absent"}, {"status": "present"})


class TestOthers(RunCase):
    def test_a_guest_and_a_stand_in_are_added_by_name_and_never_counted(self):
        guest = self.run_of.add_present("guest", name="Dr Guest")
        stand_in = self.run_of.add_present("non_member", partner_id=self.make_partner("Stand In").id, note="For B3")
        run = self.run_of.get_run()
        self.assertEqual([line["id"] for line in run["others"]], [guest["id"], stand_in["id"]])
        self.assertEqual((guest["kind"], stand_in["kind"], stand_in["note"]), ("guest", "non_member", "For B3"))
        self.assertEqual(self.run_of.present_count, 1)
        with self.assertRaisesRegex(UserError, "on the list already"):
            self.run_of.add_present("guest", partner_id=stand_in["partner_id"])
        with self.assertRaisesRegex(UserError, "guest, or no member"):
            self.run_of.add_present("member", partner_id=self.make_partner("Other").id)
        with self.assertRaisesRegex(UserError, "on the list already"):
            self.run_of.add_present("guest", partner_id=self.people["B3"].id)

    def test_people_are_found_by_name_unless_they_are_listed(self):
        outsider = self.make_partner("Zebra Outsider")
        self.assertEqual(self.run_of.find_people("zebra"), [{"id": outsider.id, "name": "Zebra Outsider"}])
        self.assertFalse(self.run_of.find_people("z"))
        self.run_of.add_present("guest", partner_id=outsider.id)
        self.assertFalse(self.run_of.find_people("zebra"))

    def test_invited_guests_are_expected_until_they_come(self):
        guest = self.make_partner("Invited Guest")
        self.item.guest_ids = guest
        self.assertEqual(self.run_of.get_run()["expected"], [{"partner_id": guest.id, "name": "Invited Guest"}])
        self.run_of.add_present("guest", partner_id=guest.id)
        self.assertFalse(self.run_of.get_run()["expected"])


class TestItems(RunCase):
    def test_one_item_is_before_the_council_and_its_time_runs(self):
        self.item.take_up()
        with tehran(f"{DAY} 10:30"):
            run = self.run_of.get_run()
            self.assertEqual(run["session"]["current_item_id"], self.item.id)
            self.assertEqual((run["items"][0]["elapsed"], run["items"][0]["minutes_planned"]), (25, 20))
            self.item.settle("discussed")
        with tehran(f"{DAY} 11:30"):
            run = self.run_of.get_run()
            self.assertEqual((run["session"]["current_item_id"], run["items"][0]["elapsed"]), (False, 25))
        with self.assertRaisesRegex(UserError, "only an accepted item"):
            self.item.take_up()
        with self.assertRaisesRegex(UserError, "never by hand"):
            self.item.write({"taken_up_at": "2026-12-07 05:00:00"})

    def test_notes_are_appended_so_that_nobodys_is_lost(self):
        staff = self.make_user("t_run_staff", "shora_council.group_shora_staff")
        self.council.staff_user_ids = staff
        self.item.add_note("First <b>note</b>")
        self.item.with_user(staff).add_note("Second")
        self.assertIn("First &lt;b&gt;note", str(self.item.discussion))
        self.assertIn("Second", str(self.item.discussion))
        with self.assertRaises(AccessError):
            self.item.with_user(self.auditor).add_note("Third")
        with self.assertRaisesRegex(UserError, "Write what"):
            self.item.add_note("  ")
        with self.assertRaisesRegex(UserError, "Write what"):
            self.item.add_note("Text", "state")

    def test_a_decision_is_a_resolution_with_its_number_or_nothing(self):
        resolution = self.env["shora.resolution"].browse(
            self.item.decide({"name": "A yearly meeting", "body": "Is held"}, "adopted")
        )
        self.assertEqual((resolution.state, resolution.agenda_item_id), ("adopted", self.item))
        self.assertTrue(resolution.number)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.item.decide({"name": "Wrong"}, "closed")
        self.assertEqual(self.run_of.resolution_ids, resolution)
        with self.assertRaisesRegex(UserError, "title"):
            self.item.decide({"name": " "}, "adopted")

    def test_reasons_against_closing_are_on_the_screen(self):
        self.assertEqual(self.run_of.get_run()["next"], {"state": "held", "label": "End the sitting", "reasons": []})
        self.run_of.action_hold()
        reasons = "\n".join(self.run_of.get_run()["next"]["reasons"])
        self.assertRegex(reasons, "(?s)clause 6.*not marked.*without an outcome")
        self.mark_all()
        self.item.settle("discussed")
        self.assertFalse(self.run_of.get_run()["next"]["reasons"])
        self.run_of.action_close()
        self.assertIsNone(self.run_of.get_run()["next"])


class TestVoting(RunCase):
    def switch_on(self, code, value, **vals):
        rule = self.council.bylaw_id.rule_ids.filtered(lambda rule: rule.code == code)
        self.env.cr.execute(
            "UPDATE shora_bylaw_rule SET is_active = true, value = %s, unit = %s WHERE id = %s",
            (value, vals.get("unit", "percent"), rule.id),
        )
        self.env.invalidate_all()

    def test_not_set_it_is_neither_shown_nor_asked(self):
        run = self.run_of.get_run()
        self.assertEqual((run["quorum"], run["votes_asked"]), (None, False))
        self.item.decide({"name": "R", "votes": {self.row("B2").id: "for"}}, "adopted")
        self.assertFalse(self.run_of.resolution_ids.vote_ids)

    def test_without_the_quorum_the_session_is_neither_held_nor_closed(self):
        self.switch_on("quorum", 50)
        self.assertFalse(self.run_of.get_run()["quorum"]["reached"])
        for seat in ("B2", "B3", "B4", "B5"):
            self.row(seat).mark({"status": "present"}, {"status": "unmarked"})
        self.assertEqual(self.run_of.get_run()["quorum"]["needed"], 6)
        self.run_of.add_present("guest", name="Guest")
        with self.assertRaisesRegex(UserError, "5 members are present; the quorum is 6"):
            self.run_of.action_hold()
        self.row("B6").mark({"status": "late"}, {"status": "unmarked"})
        self.run_of.action_hold()
        self.mark_all("absent")
        self.item.settle("discussed")
        self.row("B6").mark({"status": "absent"}, {"status": "late", "arrived_at": "10:05"})
        with self.assertRaisesRegex(UserError, "the quorum is 6"):
            self.run_of.action_close()
        self.row("B6").mark({"status": "present"}, {"status": "absent"})
        self.run_of.action_close()

    def test_who_voted_how_in_secret_is_written_nowhere(self):
        self.switch_on("majority", 50)
        row = self.row("A1")
        row.mark({"status": "present"}, {"status": "unmarked"})
        votes = self.env["shora.resolution.vote"].with_user(self.secretary)
        resolution = self.run_of.env["shora.resolution"].create({"session_id": self.run_of.id, "name": "R"})
        vote = {"resolution_id": resolution.id, "attendance_id": row.id, "choice": "for"}
        votes.create(vote)
        with self.assertRaisesRegex(ValidationError, "totals only"), self.cr.savepoint():
            resolution.ballot = "secret"
        resolution.vote_ids.unlink()
        resolution.ballot = "secret"
        with self.assertRaisesRegex(ValidationError, "totals only"), self.cr.savepoint():
            votes.create(vote)

    def test_adoption_needs_the_majority_of_those_present(self):
        self.switch_on("majority", 50)
        for seat in ("A1", "A2", "A3", "B2", "B3"):  # with the chair six
            self.row(seat).mark({"status": "present"}, {"status": "unmarked"})
        with self.assertRaisesRegex(UserError, "Record the votes"), self.cr.savepoint():
            self.item.decide({"name": "R"}, "adopted")
        three = {self.row(seat).id: "for" for seat in ("A1", "A2", "A3")}
        with self.assertRaisesRegex(UserError, "3 votes in favour; 4 are needed"), self.cr.savepoint():
            self.item.decide({"name": "R", "votes": three}, "adopted")
        four = {**three, self.row("B2").id: "for", self.row("B3").id: "against"}
        with self.assertRaisesRegex(UserError, "reach the majority"), self.cr.savepoint():
            self.item.decide({"name": "R", "votes": four}, "rejected")
        self.item.decide({"name": "R", "votes": four}, "adopted")
        resolution = self.run_of.resolution_ids
        self.assertEqual(resolution.votes_text, "4 in favour, 1 against, 0 abstained")
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            resolution.vote_ids[0].choice = "against"
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            resolution.vote_ids.unlink()

    def test_a_secret_vote_is_its_totals(self):
        self.switch_on("majority", 66)
        for seat in ("A1", "A2"):
            self.row(seat).mark({"status": "present"}, {"status": "unmarked"})
        secret = {"name": "R", "ballot": "secret", "votes_for": 2, "votes_against": 1}
        with self.assertRaisesRegex(UserError, "More votes"), self.cr.savepoint():
            self.item.decide({**secret, "votes_abstain": 1}, "adopted")
        self.item.decide(secret, "adopted")
        self.assertFalse(self.run_of.resolution_ids.vote_ids)

    def test_guests_stand_ins_and_the_absent_have_no_vote(self):
        self.switch_on("majority", 50)
        guest = self.run_of.add_present("guest", name="Guest")
        self.row("B3").mark({"status": "absent"}, {"status": "unmarked"})
        for row, message in ((guest["id"], "no member in this session"), (self.row("B3").id, "not marked present")):
            with self.assertRaisesRegex(UserError, message), self.cr.savepoint():
                self.item.decide({"name": "R", "votes": {row: "for"}}, "deferred")
