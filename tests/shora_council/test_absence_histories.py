"""Clause 5-6: the nightly check and the immediate one agree over random histories, and both with plain counting."""

import random
from datetime import date, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from tests.common import ShoraCase, tehran
from tests.rules import reference
from tests.seeds import seeds

FIRST = date(2026, 9, 14)
STATUSES = ("present", "late", "absent", "excused")
LIMIT = 3


class TestAbsenceHistories(ShoraCase):
    def setUp(self):
        super().setUp()
        # the letters of these histories are of no interest here, and take most of the time
        pack = SimpleNamespace(pdf=b"%PDF-", pages=1, entries=[])
        for name, made in (("_render", b"%PDF-"), ("_pack", pack)):
            renderer = patch.object(self.registry["shora.pdf"], name, lambda *args, made=made, **values: made)
            renderer.start()
            self.addCleanup(renderer.stop)
        self.limit = LIMIT
        self.members = self.env["shora.membership"].search([("council_id", "=", self.council.id)])
        self.Resignation = self.env["shora.deemed.resignation"]

    # --- a history ---

    def hold(self, day, statuses, before=9):
        """One ordinary session, its notice handed over ``before`` days before it.

        :param statuses: {partner: status} of those who may be absent; everybody else is present
        """
        with tehran(f"{day - timedelta(days=before)} 09:00"):
            session = self.session(self.council, str(day))
            self.dispatch(session, paper=True).recipient_ids.action_handed()
        with tehran(f"{day} 12:30"):
            chair = session._officers()[0]
            ground = "chair" if chair and statuses.get(chair) in ("present", "late") else "chair_absent"
            session.write({"presiding_ground": ground, "state": "open"})
            for row in session.attendance_ids:
                row.status = statuses.get(row.partner_id, "present")
            session.agenda_item_ids.action_discuss()
            session.action_hold()
            session.action_close()
        return session

    def live(self, seed, corrections):
        """Hold 6 to 9 ordinary sessions with random marks, correcting random marks of the past on the way.

        :return: the Tehran day on which the history ends
        """
        chance = random.Random(seed)
        # the secretary acts in all of this, and so stays
        absentees = self.members.partner_id - self.secretary.partner_id
        sessions = self.env["shora.session"].with_user(self.secretary)
        for number in range(chance.randint(6, 9)):
            day = FIRST + timedelta(days=7 * number)
            statuses = {partner: chance.choices(STATUSES, (3, 1, 4, 2))[0] for partner in absentees}
            sessions |= self.hold(day, statuses)
            if corrections and chance.random() < 0.7:
                self.correct(chance, sessions, day + timedelta(days=1))
        return day + timedelta(days=2)

    def correct(self, chance, sessions, day):
        rows = sessions.attendance_ids.filtered(
            lambda row: row.partner_id not in (self.secretary.partner_id, row.session_id.presiding_partner_id)
        ).sorted("id")
        with tehran(f"{day} 10:00"):
            for row in chance.sample(list(rows), 3):
                row._correct(chance.choice([status for status in STATUSES if status != row.status]), "Wrongly marked")

    # --- two answers ---

    def answer(self):
        """What the database says, person by person."""
        self.env.invalidate_all()
        return {member.partner_id.name: self.answer_of(member) for member in self.members}

    def answer_of(self, member):
        records = self.Resignation.search([("membership_id", "=", member.id), ("state", "=", "in_force")])
        de_facto = self.env["shora.attendance"].search([("membership_id", "=", member.id), ("is_de_facto", "=", True)])
        resigned = member.end_reason == "deemed_resigned"
        self.assertEqual(resigned, bool(records))
        self.assertEqual(member.decree_id.end_reason == "deemed_resigned", resigned)
        if resigned:
            self.assertEqual(member.date_to, records.date)
        return [(r.date, tuple(sorted(r.session_ids.ids))) for r in records], set(de_facto.session_id.ids)

    def oracle(self, until):
        """The same by living through every day."""
        return {member.partner_id.name: self.oracle_of(member, until) for member in self.members}

    def oracle_of(self, member, until):
        rows = self.env["shora.attendance"].search([("membership_id", "=", member.id)])
        marks = [
            (row.session_id.day, row.session_id.start, row.session_id.id, row.status in ("present", "late"))
            for row in rows
        ]
        spells = [(member.date_from, member.date_decreed_to or None)]
        resignations, _counted, de_facto, _run, _member = reference.simulate(
            spells, marks, lambda day: self.limit, until
        )
        return [(day, tuple(sorted(keys))) for day, keys in resignations], de_facto

    def told(self):
        return self.env["mail.message"].search_count([])

    def nightly(self):
        self.assertIs(self.run_job("cron_absence"), True)

    def check_history(self, seed, corrections=True):
        until = self.live(seed, corrections)
        with tehran(f"{until} 02:00"):
            immediate = self.answer()
            self.assertEqual(immediate, self.oracle(until))
            before = self.told()
            self.nightly()
            self.assertEqual(self.answer(), immediate)
            self.assertEqual(self.told(), before, "the nightly check tells nobody twice")
        return immediate

    def test_history_1(self):
        self.check_history(13980206)

    def test_history_2(self):
        self.check_history(27)

    def test_history_3(self):
        self.check_history(56)

    def test_history_4(self):
        self.check_history(1405)

    def test_history_5(self):
        self.check_history(313)

    def test_history_6(self):
        self.check_history(2024)

    def test_history_without_corrections(self):
        answer = self.check_history(90210, corrections=False)
        self.assertTrue(any(records for records, _de_facto in answer.values()), "a history in which nobody resigns")

    def test_histories_under_by_laws_with_other_limits(self):
        """The database's suspects and its judging at each closing, with a limit drawn from the seed."""
        for seed in seeds(1, soak=100):
            with self.subTest(seed=seed), self.cr.savepoint() as savepoint:
                self.limit = random.Random(f"limit {seed}").choice((1, 2, 2, 4, 5))
                version = self.env["shora.bylaw"].browse(self.council.bylaw_id.action_new_version()["res_id"])
                version.date_from = "2026-09-02"
                version.rule_ids.filtered(lambda rule: rule.code == "absence_limit").value = self.limit
                self.council.bylaw_ids += version
                version.with_user(self.admin).action_put_in_force()
                self.check_history(seed)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_the_nightly_check_alone_finds_everything(self):
        """Nobody judged at the time: those who should have gone kept coming, de facto."""
        with patch.object(self.registry["shora.deemed.resignation"], "_judge_council", lambda *args, **kwargs: None):
            until = self.live(7, corrections=True)
        with tehran(f"{until} 02:00"):
            self.assertFalse(any(records for records, _de_facto in self.answer().values()))
            self.nightly()
            answer = self.answer()
            self.assertEqual(answer, self.oracle(until))
            self.assertTrue(any(records for records, _de_facto in answer.values()))
            self.assertTrue(any(de_facto for _records, de_facto in answer.values()))

    def test_a_session_without_valid_notice_hides_no_run_from_the_nightly_check(self):
        """Absent, present at a session invited late, absent, absent: three in a row where only valid notice counts."""
        absentee = self.people["B3"]
        version = self.env["shora.bylaw"].browse(self.council.bylaw_id.action_new_version()["res_id"])
        version.date_from = "2026-09-02"
        version.rule_ids.filtered(lambda rule: rule.code == "absence_valid_notice_only").is_active = True
        self.council.bylaw_ids += version
        version.with_user(self.admin).action_put_in_force()
        history = ((FIRST, "absent", 9), (FIRST + timedelta(days=7), "present", 2))
        history += tuple((FIRST + timedelta(days=days), "absent", 9) for days in (14, 21))
        with patch.object(self.registry["shora.deemed.resignation"], "_judge_council", lambda *args, **kwargs: None):
            for day, mark, before in history:
                self.hold(day, {absentee: mark, self.people["B1"]: "present"}, before)
        member = self.members.filtered(lambda m: m.partner_id == absentee)
        with tehran("2026-10-06 02:00"):
            self.nightly()
            [(day, keys)], _de_facto = self.answer_of(member)
        self.assertEqual((day, len(keys)), (date(2026, 10, 5), 3))

    # --- facts changed behind the rule's back ---

    def mark_by_sql(self, session, partner, status):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE shora_attendance SET status = %s WHERE session_id = %s AND partner_id = %s",
            [status, session.id, partner.id],
        )
        self.assertEqual(self.env.cr.rowcount, 1)
        self.env.invalidate_all()

    def test_facts_changed_by_sql_are_found_at_night(self):
        absentee = self.people["B3"]
        member = self.members.filtered(lambda m: m.partner_id == absentee)
        marks = ("absent", "present", "absent")
        sessions = [
            self.hold(FIRST + timedelta(days=14 * n), {absentee: mark, self.people["B1"]: "present"})
            for n, mark in enumerate(marks)
        ]
        with tehran("2026-10-13 02:00"):
            self.nightly()
            self.assertEqual(self.answer_of(member), ([], set()))

            self.mark_by_sql(sessions[1], absentee, "absent")
            self.nightly()
            keys = tuple(sorted(session.id for session in sessions))
            self.assertEqual(self.answer_of(member), ([(date(2026, 10, 12), keys)], set()))
            self.assertEqual((member.state, member.date_to), ("ended", date(2026, 10, 12)))

            self.mark_by_sql(sessions[1], absentee, "present")
            self.nightly()
            self.assertEqual(self.answer_of(member), ([], set()))
            void = self.Resignation.search([("membership_id", "=", member.id)])
            self.assertEqual((void.state, member.state, member.date_to), ("void", "current", member.date_decreed_to))
