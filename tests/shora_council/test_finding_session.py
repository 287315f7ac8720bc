"""What is wrong with a session becomes a finding by facts, and is gone with them (article 5)."""

from tests.common import ShoraCase, tehran

BASIC = {"approval_date", "cadence_gap", "day_off", "archive_missing"}


class FindingCase(ShoraCase):
    """The open findings of the council, without those that every council of these tests has."""

    def found(self, council=None, at=None):
        """{code: (subject's model, since, severity, actor, clause)} of what is open now."""
        council = council or self.council
        if at:
            with tehran(at):
                return self.found(council)
        self.env["shora.finding"]._check(council)
        self.env.invalidate_all()
        open_now = council.finding_ids.filtered(lambda f: f.state == "open" and f.code not in BASIC)
        return {f.code: (f.res_model, str(f.date_since), f.severity, f.actor, f.clause_id.code) for f in open_now}

    def amend(self, day, **rules):
        """A version of the by-law from ``day`` on; ``rules`` are {code: {field: value}}."""
        bylaw = self.council.bylaw_ids
        action = bylaw.with_user(self.admin).action_new_version()
        version = self.env["shora.bylaw"].with_user(self.admin).browse(action["res_id"])
        version.date_from = day
        for code, values in rules.items():
            version.rule_ids.filtered(lambda rule, code=code: rule.code == code).write(values)
        version.action_put_in_force()
        return version


class TestSessionFindings(FindingCase):
    def test_a_session_left_undecided_after_its_day(self):
        with tehran("2026-11-23 09:00"):
            session = self.session(self.council, "2026-12-02")
            self.dispatch(session)
        self.assertNotIn("session_unsettled", self.found(at="2026-12-02 23:59"))
        found = self.found(at="2026-12-03 00:00")
        self.assertEqual(found["session_unsettled"], ("shora.session", "2026-12-03", "block", "secretary", "5-2"))
        with tehran("2026-12-03 09:00"):
            session.write({"state": "not_held", "final_reason": "Nobody came"})
            self.assertEqual(self.found(), {})

    def test_attendance_left_unconfirmed(self):
        with tehran("2026-11-23 09:00"):
            session = self.session(self.council, "2026-12-02")
            self.dispatch(session)
        with tehran("2026-12-02 10:00"):
            session.write({"presiding_ground": "chair", "state": "open"})
            self.assertEqual(self.found(), {})
        found = self.found(at="2026-12-03 00:00")
        self.assertEqual(found["attendance_open"], ("shora.session", "2026-12-03", "warn", "secretary", "5-6"))
        with tehran("2026-12-03 10:00"):
            self.close(session)
            self.assertNotIn("attendance_open", self.found())

    def test_no_agenda_when_the_invitation_was_due(self):
        session = self.session(self.council, "2026-12-02")
        session.agenda_item_ids.action_withdraw()
        self.assertEqual(self.found(at="2026-11-25 23:59"), {})
        found = self.found(at="2026-11-26 00:00")
        self.assertEqual(found["agenda_missing"], ("shora.session", "2026-11-26", "block", "secretary", "5-1"))
        self.assertIn("notice_late", found)
        item = session.env["shora.agenda.item"].create({"session_id": session.id, "name": "Other"})
        item.action_accept()
        self.assertNotIn("agenda_missing", self.found(at="2026-11-26 00:01"))

    def test_documents_changed_after_the_invitation(self):
        with tehran("2026-11-23 09:00"):
            session = self.session(self.council, "2026-12-02", documents=None)
            self.dispatch(session)
            self.assertEqual(self.found(), {})
            late = session.env["shora.agenda.item"].create({"session_id": session.id, "name": "Late"})
            late.action_accept()
        self.assertEqual(
            self.found(at="2026-11-24 09:00"),
            {"documents_late": ("shora.session", "2026-11-24", "block", "secretary", "5-1")},
        )
        late.action_withdraw()
        self.assertEqual(self.found(at="2026-11-24 09:01"), {})

    def test_a_stand_in_stays_until_the_minutes_are_forwarded(self):
        with tehran("2026-11-02 09:00"):
            session = self.session(self.council, "2026-11-16")
            self.dispatch(session)
        with tehran("2026-11-16 12:00"):
            session.write({"presiding_ground": "chair", "state": "open"})
            session.with_user(self.secretary).add_present("non_member", name="Deputy of B2", note="for B2")
            self.close(session, absent=self.people["B2"])
            self.assertEqual(self.found()["stand_in"], ("shora.session", "2026-11-16", "info", "secretary", "4-n3"))
        with tehran("2026-11-17 12:00"):
            minutes = session.env["shora.minutes"]._draft_for(session)
            minutes._sign("password")
            minutes.action_forward()
            self.assertEqual(self.found(), {})

    def test_facts_that_guards_keep_out_are_found_where_sql_brought_them(self):
        with tehran("2026-11-20 09:00"):
            session = self.session(self.council, "2026-11-23", kind="extraordinary")
        self.assertEqual(self.found(), {})
        self.env.flush_all()
        self.cr.execute("UPDATE shora_session SET ground = NULL WHERE id = %s", (session.id,))
        self.env.invalidate_all()
        self.assertEqual(
            self.found(), {"ground_missing": ("shora.session", "2026-11-23", "block", "secretary", "5-1-n")}
        )
        self.cr.execute("UPDATE shora_session SET ground = 'Again', state = 'open' WHERE id = %s", (session.id,))
        self.env.invalidate_all()
        self.assertEqual(
            self.found(), {"presiding_missing": ("shora.session", "2026-11-23", "block", "secretary", "5-2")}
        )
        self.cr.execute(
            "UPDATE shora_session SET presiding_partner_id = %s WHERE id = %s", (self.people["B1"].id, session.id)
        )
        self.env.invalidate_all()
        self.assertEqual(self.found(), {})


class TestRulesThatTheByLawLeavesOpen(FindingCase):
    """Quorum and majority where a version sets them and only warns."""

    def held_with_few(self):
        return self.held_session(self.council, "2026-11-16", absent=[self.people[f"B{n}"] for n in range(2, 8)])

    def test_not_set_not_found(self):
        self.held_with_few()
        self.assertNotIn("quorum_missing", self.found())

    def test_a_quorum_that_warns(self):
        self.amend("2026-11-10", quorum={"is_active": True, "value": 50, "unit": "percent", "severity": "warn"})
        session = self.held_with_few()
        self.assertEqual(self.found()["quorum_missing"], ("shora.session", "2026-11-16", "warn", "secretary", "silent"))
        minutes = session.env["shora.minutes"]._draft_for(session)
        minutes._sign("password")
        minutes.action_forward()
        self.assertEqual(self.found(), {})

    def test_a_majority_that_warns(self):
        self.amend("2026-11-10", majority={"is_active": True, "value": 50, "unit": "percent", "severity": "warn"})
        with tehran("2026-11-02 09:00"):
            session = self.session(self.council, "2026-11-16")
            self.dispatch(session)
        with tehran("2026-11-16 12:00"):
            session.write({"presiding_ground": "chair", "state": "open"})
            for row in session.attendance_ids:
                row.status = "present"
            resolution = session.env["shora.resolution"].create(
                {
                    "session_id": session.id,
                    "agenda_item_id": session.agenda_item_ids.id,
                    "name": "Resolved",
                    "body": "It is resolved.",
                    "ballot": "secret",
                    "votes_for": 3,
                }
            )
            resolution.write({"state": "adopted"})
            self.close(session)
            self.assertEqual(
                self.found(),
                {"majority_missing": ("shora.resolution", "2026-11-16", "warn", "secretary", "silent")},
            )

    def test_a_version_that_begins_judges_what_is_open_more_severely(self):
        with tehran("2026-11-23 09:00"):
            self.session(self.council, "2026-12-30")
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-11-20")
        self.assertEqual(self.found()["total_min"][1:3], ("2026-11-21", "warn"))
        self.amend("2026-12-01", total_min={"severity": "block"})
        self.assertEqual(self.found(at="2026-11-30 23:59")["total_min"][1:3], ("2026-11-21", "warn"))
        self.assertEqual(self.found(at="2026-12-01 00:00")["total_min"][1:3], ("2026-11-21", "block"))
        rows = self.council.finding_ids.filtered(lambda f: f.code == "total_min" and f.state == "open")
        self.assertEqual(len(rows), 1, "the same finding, not another one")
        self.assertEqual(rows.age, 3, "21, 22 and 23 November")
