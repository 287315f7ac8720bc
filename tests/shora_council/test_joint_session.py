"""Joint meetings of the secretaries (5-10): who belongs to the body, and its sessions on the councils' machinery."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from tests.common import tehran, utc
from tests.shora_council.joint_case import JointCase


@tagged("post_install", "-at_install")
class TestBody(JointCase):
    def test_a_secretary_opens_the_body_and_reads_the_own_membership_there(self):
        people = {"member_count": {}, "current_membership_ids": {"fields": {"partner_id": {"fields": {}}}}}
        [shown] = self.body.with_user(self.secretary).web_read(people)
        partners = [member["partner_id"]["id"] for member in shown["current_membership_ids"]]
        self.assertEqual((shown["member_count"], partners), (3, self.secretary.partner_id.ids))
        [shown] = self.body.with_user(self.head).web_read(people)
        self.assertEqual(len(shown["current_membership_ids"]), 3)

    def test_one_a_company_under_a_by_law_of_its_own(self):
        self.assertEqual(len(self.body), 1)
        self.assertEqual(self.body.bylaw_id, self.env.ref("shora_council.bylaw_joint"))
        self.assertEqual(self.body.bylaw_id.state, "in_force")
        codes = self.body.bylaw_id.clause_ids.mapped("code")
        self.assertEqual(codes, ["5", "5-10"])
        irud = self.env.ref("shora_council.bylaw_irud")
        inapplicable = irud.rule_ids.mapped("code")
        self.assertFalse([code for code in inapplicable if self.body._rule(code)], "no rule of a council applies")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertFalse(self.env["shora.council"]._coordination_of(company))
        council = self.env["shora.council"].create(
            {"name": "E", "short_name": "E", "code": "E", "company_id": company.id, "bylaw_ids": [(6, 0, irud.ids)]}
        )
        other = self.env["shora.council"]._coordination_of(company)
        self.assertEqual(len(other), 1, "the body comes with the company's first council")
        self.assertEqual(other.name, self.body.name)
        council.copy({"code": "E2"})
        self.assertEqual(self.env["shora.council"]._coordination_of(company), other)

    def test_nobody_makes_or_removes_it_by_hand(self):
        councils = self.env["shora.council"].with_user(self.admin)
        values = {"name": "X", "short_name": "X", "code": "X", "is_coordination": True}
        self.assertFalse(councils.create(values).is_coordination)
        values["code"] = "Y"
        forged = councils.with_context(default_is_coordination=True).create({**values, "is_coordination": False})
        self.assertFalse(forged.is_coordination)
        for record, vals in (
            (self.body, {"company_id": self.env["res.company"].create({"name": "Elsewhere"}).id}),
            (self.body, {"is_coordination": False}),
            (self.council, {"is_coordination": True}),
        ):
            with self.assertRaises(UserError):
                record.with_user(self.admin).write(vals)
        with self.assertRaises(UserError):
            self.body.unlink()

    def test_nobody_is_appointed_to_it(self):
        with self.assertRaisesRegex(ValidationError, "Article 5, clause 10"):
            self.env["shora.seat"].create({"council_id": self.body.id, "code": "A1", "name": "Seat"})
        with self.assertRaisesRegex(ValidationError, "Article 5, clause 10"):
            self.env["shora.annual.plan"].create({"council_id": self.body.id, "year": 1405})
        self.assertFalse(self.body.membership_ids)

    def test_members_are_the_secretaries_in_office_on_the_day(self):
        self.assertEqual(self.body._members_on(self.body._today()).partner_id, self.secretaries())
        acting = self.make_user("t_acting", "shora_council.group_shora_secretary")
        self.end(self.second_people["A2"].shora_membership_ids, day="2026-12-15")
        self.appoint(self.second, "A2", acting.partner_id, "2026-12-16", kind="acting")
        days = {"2026-12-15": self.second_secretary, "2026-12-16": acting}
        for day, who in days.items():
            with tehran(f"{day} 10:00"):
                self.env.invalidate_all()
                members = self.body._members_on(self.body._today()).partner_id
                self.assertEqual(members & (self.second_secretary | acting).partner_id, who.partner_id, day)
                self.assertTrue(self.body.with_user(who).i_am_member)
        with tehran("2026-12-16 10:00"):
            self.env.invalidate_all()
            self.assertEqual(
                self.body._capacities_on(self.body._today())[acting.partner_id.id],
                "Acting secretary of the Council T2",
            )

    def test_a_person_who_is_secretary_twice_belongs_to_it_once(self):
        self.end(self.third_people["A2"].shora_membership_ids, day="2026-11-22")
        self.appoint(self.third, "A2", self.secretary.partner_id, "2026-11-23")
        today = self.body._today()
        members = self.body._members_on(today).partner_id
        self.assertEqual(len(self.body._members_on(today)), len(members))
        capacity = self.body._capacities_on(today)[self.secretary.partner_id.id]
        self.assertEqual(capacity, "Secretary of the Council T1, Secretary of the Council T3")

    def test_it_stays_out_of_the_councils_figures(self):
        overview = self.env["shora.compliance"].with_user(self.head).get_overview()
        self.assertNotIn(self.body.id, [row["id"] for row in overview["councils"]])
        with self.assertRaises(AccessError):
            self.env["shora.compliance"].with_user(self.head).get_council(self.body.id)
        desk = self.env["shora.desk"].with_user(self.head).get_desk()
        self.assertNotIn(self.body.id, [card["id"] for card in desk["councils"]])
        self.env["shora.finding"]._check(self.body | self.council)
        codes = set(self.body.finding_ids.mapped("code"))
        self.assertLessEqual(codes, {"secretariat_missing"}, "no finding of articles 4 and 5-1 to 5-7")
        self.assertFalse(self.body.composition_text)
        domain = self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_council_action")["domain"]
        self.assertIn("is_coordination", domain)
        planner = self.env["shora.session.planner"]
        self.assertFalse(planner.with_user(self.secretariat)._default_council())


@tagged("post_install", "-at_install")
class TestJointSession(JointCase):
    def test_joint_is_the_only_kind_and_the_bodys_alone(self):
        Session = self.env["shora.session"]
        values = {"start": utc("2026-12-10 10:00")}
        made = Session.with_user(self.secretariat).create({**values, "council_id": self.body.id})
        self.assertEqual(made.kind, "joint")
        for council, kind, user in (
            (self.body, "ordinary", self.secretariat),
            (self.council, "joint", self.secretary),
        ):
            with self.subTest(kind=kind), self.assertRaisesRegex(ValidationError, "5-10"):
                Session.with_user(user).create({**values, "council_id": council.id, "kind": kind})
        dialog = Session.with_user(self.head).with_context(default_kind="joint").new({})
        self.assertEqual(dialog.council_id._origin or dialog.council_id, self.body)

    def test_the_whole_cycle_by_the_secretariat(self):
        self.in_english()
        with tehran("2026-12-08 09:00"):
            session = self.joint("2026-12-10")
            notice = self.dispatch(session)
            self.assertFalse(notice.is_late, "5-1 asks a week of councils, not of the joint meeting")
        self.assertEqual(session.state, "invited")
        self.assertEqual(notice.recipient_ids.partner_id, self.secretaries())
        self.assertIn("Secretary of the Council T2", notice.recipient_ids.mapped("capacity"))
        self.assertEqual(session.event_id.sudo().partner_ids, self.secretaries())
        staff = session.with_user(self.secretariat)
        with tehran("2026-12-10 12:30"):
            staff.write({"presiding_ground": "secretariat_head", "state": "open"})
            self.assertEqual(staff.presiding_partner_id, self.head.partner_id)
            self.assertEqual(len(staff.attendance_ids), 4)
            head = staff.attendance_ids.filtered(lambda row: row.kind == "secretariat")
            self.assertEqual((head.partner_id, head.status), (self.head.partner_id, "present"))
            row = staff.attendance_ids.filtered(lambda row: row.partner_id == self.third_secretary.partner_id)
            self.assertEqual(row.capacity, self.body._capacities_on(session.day)[row.partner_id.id])
            run = staff.get_run()
            self.assertEqual(len(run["members"]), 3)
            self.assertIn(row.capacity, [line["seat"] for line in run["members"]])
            resolution = staff.env["shora.resolution"].create(
                {"session_id": staff.id, "agenda_item_id": staff.agenda_item_ids.id, "name": "A common calendar"}
            )
            resolution.action_adopt()
            with self.assertRaisesRegex(UserError, "Article 5, clause 9"):
                resolution.with_user(self.head).action_notify()
            self.close(staff, absent=self.third_secretary.partner_id)
        self.assertEqual((session.state, session.minutes_awaited), ("closed", True))
        minutes = staff.env["shora.minutes"]._draft_for(staff)
        minutes.text = "<p>Agreed.</p>"
        with tehran("2026-12-11 09:00"):
            minutes.with_user(self.head)._sign("password")
        self.assertEqual((minutes.state, minutes.seal_position > 0), ("reviewed", True))
        self.assertFalse(session.minutes_awaited)
        content = minutes._sealed_content()
        self.assertEqual(content["presiding"]["ground"], "secretariat_head")
        self.assertEqual(len(content["present"]), 2)
        self.assertEqual(content["absent"][0]["seat"], row.capacity)
        self.assertFalse(self.env["shora.integrity.check"]._check(self.body).problem_ids.mapped("name"))

    def test_joint_absences_are_nobodys_resignation(self):
        absent = self.second_secretary.partner_id
        for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
            session = self.joint(day).with_user(self.head)
            with tehran(f"{day} 12:30"):
                session.write({"presiding_ground": "secretariat_head", "state": "open"})
                self.close(session, absent=absent)
        self.assertFalse(session.attendance_ids.filtered("counted"))
        member = absent.shora_membership_ids
        self.assertEqual((member.state, member.absences_in_a_row), ("current", 0))

    def test_presiding_is_the_secretariats_over_joint_sessions_alone(self):
        session = self.joint("2026-11-23")
        for ground in (False, "chair", "chair_absent"):
            with self.subTest(ground=ground), self.assertRaisesRegex(UserError, "head of the Secretariat presides"):
                session.with_user(self.head).write({"presiding_ground": ground, "state": "open"})
        with self.assertRaisesRegex(UserError, "No substitute"):
            session.with_user(self.head).write({"presiding_ground": "head_substitute", "state": "open"})
        own = self.plan(self.council, "2026-11-23", kind="extraordinary")
        with self.assertRaisesRegex(UserError, "joint sessions only"):
            own.write({"presiding_ground": "secretariat_head", "state": "open"})
        with self.assertRaisesRegex(UserError, "has not come"):
            self.joint("2026-12-24").with_user(self.head).write(
                {"presiding_ground": "secretariat_head", "state": "open"}
            )

    def test_without_a_head_nobody_presides(self):
        session = self.joint("2026-11-23")
        self.head.active = False
        with self.assertRaisesRegex(UserError, "not clear who is head"):
            session.write({"presiding_ground": "secretariat_head", "state": "open"})

    def test_staff_prepares_and_the_head_signs(self):
        session = self.hold(self.joint("2026-11-23"))
        minutes = session.with_user(self.secretariat).env["shora.minutes"]._draft_for(session)
        with self.assertRaisesRegex(UserError, "Head of the Secretariat"):
            minutes.with_user(self.secretariat)._sign("password")
        minutes.with_user(self.head)._sign("password")
        with self.assertRaisesRegex(UserError, "no way"):
            minutes.with_user(self.head).action_forward()

    def test_minutes_of_a_council_are_not_reviewed_before_they_are_forwarded(self):
        session = self.held_session(self.council, "2026-10-12")
        minutes = session.env["shora.minutes"]._draft_for(session)
        minutes._sign("password")
        with self.assertRaisesRegex(UserError, "not been forwarded"):
            minutes._as_system().write({"state": "reviewed"})

    def test_a_postponed_joint_session_stays_one(self):
        session = self.joint("2026-12-10").with_user(self.head)
        session.write({"state": "postponed", "final_reason": "R", "postponed_to": utc("2026-12-17 10:00")})
        self.assertEqual((session.successor_id.kind, session.successor_id.council_id), ("joint", self.body))

    def test_secretaries_read_and_propose_and_write_nothing(self):
        session = self.joint("2026-12-10")
        self.dispatch(session)
        mine = session.with_user(self.second_secretary)
        self.assertTrue(mine.has_access("read") and mine.agenda_item_ids.has_access("read"))
        self.assertTrue(mine.notice_id.has_access("read"))
        item = mine.env["shora.agenda.item"].browse(mine.propose_item({"name": "Mine"}))
        self.assertEqual((item.sudo().state, item.sudo().source), ("proposed", "member"))
        for record in (mine, mine.agenda_item_ids, mine.notice_id):
            self.assertFalse(record.has_access("write"), record._name)
        with self.assertRaises(AccessError):
            mine.write({"place": "Elsewhere"})
        with self.assertRaises(AccessError):
            mine.env["shora.session"].create({"council_id": self.body.id, "start": utc("2026-12-20 10:00")})
        values = {"council_id": self.body.id, "start": utc("2026-12-22 10:00")}
        draft = self.env["shora.session"].with_user(self.secretariat).create(values)
        self.assertFalse(draft.with_user(self.second_secretary).has_access("read"))

    def test_who_is_no_secretary_any_more_reads_nothing(self):
        session = self.joint("2026-12-10")
        self.assertTrue(session.with_user(self.second_secretary).has_access("read"))
        self.end(self.second_people["A2"].shora_membership_ids, day="2026-11-22")
        self.assertFalse(session.with_user(self.second_secretary).has_access("read"))
        member = self.make_user("t_joint_member", "shora_council.group_shora_member")
        self.appoint(self.council, "B8", member.partner_id, "2026-11-01")
        self.assertFalse(session.with_user(member).has_access("read"), "members of councils are not of the body")

    def test_the_secretariat_writes_in_no_council(self):
        session = self.plan(self.council, "2026-12-10")
        for user in (self.head, self.secretariat):
            for record in (session, session.agenda_item_ids):
                self.assertTrue(record.with_user(user).has_access("read"))
                self.assertFalse(record.with_user(user).has_access("write"), (user.login, record._name))
            with self.assertRaises(AccessError):
                self.env["shora.session"].with_user(user).create(
                    {"council_id": self.council.id, "start": utc("2026-12-20 10:00")}
                )

    def test_another_companys_secretariat_is_a_stranger(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = self.make_user("t_other_head", "shora_council.group_shora_secretariat_head")
        other.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        session = self.joint("2026-12-10").with_user(other).with_context(allowed_company_ids=company.ids)
        self.assertFalse(session.has_access("read"))


@tagged("post_install", "-at_install")
class TestSecretaryChanges(JointCase):
    """Between invitation and session."""

    def setUp(self):
        super().setUp()
        self.meeting = self.joint("2026-12-10")
        self.new = self.make_user("t_new_secretary", "shora_council.group_shora_secretary")
        self.new.partner_id.email = "new@example.com"

    def rows(self, partner, live=True):
        rows = self.meeting.notice_id.recipient_ids.filtered(lambda row: row.partner_id == partner)
        return rows.filtered(lambda row: row.state != "withdrawn") if live else rows

    def replace_second(self, last="2026-12-01", first="2026-12-02"):
        self.end(self.second_people["A2"].shora_membership_ids, day=last)
        return self.appoint(self.second, "A2", self.new.partner_id, first)

    def test_the_new_one_is_invited_and_the_old_one_withdrawn(self):
        notice = self.dispatch(self.meeting)
        old = self.second_secretary.partner_id
        kept = self.rows(self.secretary.partner_id)
        self.replace_second()
        self.assertFalse(self.rows(old))
        self.assertEqual(set(self.rows(old, live=False).mapped("state")), {"withdrawn"})
        new = self.rows(self.new.partner_id)
        self.assertEqual(set(new.mapped("channel")), {"email", "portal"})
        self.assertEqual(set(new.mapped("state")), {"queued", "sent"})
        self.assertEqual(new.filtered(lambda row: row.channel == "email").mail_id.state, "outgoing")
        self.assertGreaterEqual(
            new.filtered(lambda row: row.channel == "portal").sent_at, notice.dispatched_at, "served when invited"
        )
        self.assertEqual(self.rows(self.secretary.partner_id), kept, "the others are left in peace")
        attendees = self.meeting.event_id.sudo().partner_ids
        self.assertIn(self.new.partner_id, attendees)
        self.assertNotIn(old, attendees)

    def test_twice_gives_nothing_twice_and_who_comes_back_is_invited_again(self):
        self.dispatch(self.meeting)
        member = self.second_people["B2"]
        self.end(self.second_people["A2"].shora_membership_ids, day="2026-12-01")
        self.appoint(self.second, "A2", member, "2026-12-02", kind="acting")
        self.assertTrue(self.rows(member))
        self.assertFalse(self.rows(self.second_secretary.partner_id))
        before = self.meeting.notice_id.recipient_ids
        self.second._follow_secretaries()
        self.assertEqual(self.meeting.notice_id.recipient_ids, before)
        self.appoint(self.second, "A2", self.second_secretary.partner_id, "2026-12-06")
        self.assertFalse(self.rows(member))
        self.assertTrue(self.rows(self.second_secretary.partner_id))
        every = self.rows(self.second_secretary.partner_id, live=False)
        self.assertIn("withdrawn", every.mapped("state"))

    def test_a_draft_notice_follows_too(self):
        notice = self.meeting.env["shora.notice"]._prepare_for(self.meeting)
        self.replace_second()
        self.assertIn(self.new.partner_id, notice.recipient_ids.partner_id)
        self.assertNotIn(self.second_secretary.partner_id, notice.recipient_ids.partner_id)
        notice.action_dispatch()
        self.assertEqual(self.meeting.state, "invited")

    def test_a_change_after_the_session_changes_nothing(self):
        self.dispatch(self.meeting)
        self.replace_second("2026-12-10", "2026-12-11")
        self.assertTrue(self.rows(self.second_secretary.partner_id))
        self.assertFalse(self.rows(self.new.partner_id))

    def test_moved_to_another_day_it_follows_the_secretaries_of_that_day(self):
        self.replace_second("2026-12-12", "2026-12-13")
        self.dispatch(self.meeting)
        self.assertFalse(self.rows(self.new.partner_id))
        self.meeting.write({"start": utc("2026-12-14 10:00")})
        self.assertTrue(self.rows(self.new.partner_id))
        self.assertFalse(self.rows(self.second_secretary.partner_id))

    def test_the_roll_of_the_day_is_the_one_of_its_decrees(self):
        self.dispatch(self.meeting)
        self.replace_second("2026-12-09", "2026-12-10")
        session = self.hold(self.meeting)
        names = session.attendance_ids.filtered(lambda row: row.kind == "member").partner_id
        self.assertIn(self.new.partner_id, names)
        self.assertNotIn(self.second_secretary.partner_id, names)

    def test_without_channel_it_is_owed_on_paper(self):
        self.new.write({"active": False})
        self.new.partner_id.email = False
        self.dispatch(self.meeting)
        self.replace_second()
        row = self.rows(self.new.partner_id)
        self.assertEqual((row.channel, row.state), ("paper", "planned"))

    def test_a_council_keeps_its_week(self):
        """After the dispatch of a council's notice only paper is added, by whomever; to a joint one by nobody (5-1)."""
        notice = self.dispatch(self.plan(self.council, "2026-12-10"))
        later = self.appoint(self.council, "B8", self.make_partner("Later"), "2026-11-23")
        with self.assertRaisesRegex(UserError, "only a delivery on paper"), self.cr.savepoint():
            self.env["shora.notice.recipient"]._as_system().create(
                {"notice_id": notice.id, "partner_id": later.partner_id.id, "channel": "email"}
            )
        joint = self.dispatch(self.meeting)
        self.new.partner_id.email = False
        self.replace_second()
        self.new.partner_id.email = "new@example.com"
        with self.assertRaisesRegex(UserError, "only a delivery on paper"), self.cr.savepoint():
            joint.recipient_ids.create(
                {"notice_id": joint.id, "partner_id": self.new.partner_id.id, "channel": "email"}
            )
