"""The year of the council that runs by the by-law as shipped, and from 1 Mehr on by a stricter version."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tools import SQL

from tests.shora_council.year import FIRST, LAST, days, on


class FirstCouncil:
    """What happens in ``self.a``: each clause broken once, the rest of the year kept. Mixed into the year's case."""

    def first_council(self):
        self.changed = {number: {} for number in range(25)}
        self.first_closing()
        self.first_plan()
        self.first_agenda()
        self.first_rhythm()
        self.first_minutes()
        self.first_absences()
        self.first_members()
        self.first_archive()
        for number, changed in self.changed.items():
            if changed is not None:
                self.run_session(self.sa[number], **changed)

    def first_closing(self):
        """Closing clause: the date of approval is entered on 10 Ordibehesht."""
        self.at(on(2, 10), 9, lambda: self.first.write({"approval_date": date(2019, 4, 26)}))
        self.expect(self.a, "approval_date", self.first.date_from, FIRST, on(2, 10), "closing")

    def first_plan(self):
        """5-4: the plan is presented five days after the last of Farvardin; the other council's on that very day."""
        self.at(on(2, 5), 9, self.present_plan, self.a, self.a_secretary)
        self.expect(self.a, "plan_missing", on(2, 1), on(2, 1), on(2, 5), "5-4")
        self.at(on(1, 31), 23, self.present_plan, self.b, self.b_secretary)

    def first_agenda(self):
        """5-1: an invitation a day late, one without agenda in time, one changed after the dispatch. The second version
        asks for ten days: what was in time before is late under it.
        """
        day = self.sa[2].day
        self.changed[2]["invited"] = day - days(6)
        self.expect(self.a, "notice_late", day - days(6), day - days(6), day, "5-1")
        self.changed[20]["invited"] = self.sa[20].day - days(8)
        self.expect(self.a, "notice_late", self.sa[20].day - days(9), self.sa[20].day - days(9), self.sa[20].day, "5-1")
        self.changed[0]["invited"] = self.sa[0].day - days(8)  # in time: seven days are asked for
        session = self.sa[3]
        self.changed[3]["invited"] = session.day - days(5)
        self.at(session.day - days(20), 9, lambda: session.agenda_item_ids.action_withdraw())
        self.at(session.day - days(5), 7, self.add_item, session, "Found at last")
        self.expect(
            self.a, "agenda_missing", session.day - days(6), session.day - days(6), session.day - days(5), "5-1"
        )
        self.expect(self.a, "notice_late", session.day - days(6), session.day - days(6), session.day, "5-1")
        changed = self.sa[4]
        self.at(changed.day - days(6), 9, self.add_item, changed, "Came late")
        self.expect(self.a, "documents_late", changed.day - days(6), changed.day - days(6), changed.day, "5-1")

    def add_item(self, session, name):
        session.env["shora.agenda.item"].create({"session_id": session.id, "name": name}).action_accept()

    def first_rhythm(self):
        """5-1: a session is cancelled and leaves a gap; 5-2: another is neither held nor declared not held for a day,
        and a third closed two days late (5-6).
        """
        cancelled = self.sa[6]
        self.changed[6] = None
        told = cancelled.day - days(9)
        self.at(told, 9, lambda: cancelled.write({"state": "cancelled", "final_reason": "Hall closed"}))
        self.expect(self.a, "cadence_gap", told, told, self.sa[7].day, "5-1")
        silent = self.sa[9]
        self.changed[9] = None
        self.at(silent.day - days(12), 8, self.invite, silent)
        self.at(silent.day + days(2), 9, lambda: silent.write({"state": "not_held", "final_reason": "Nobody came"}))
        self.expect(
            self.a, "session_unsettled", silent.day + days(1), silent.day + days(1), silent.day + days(2), "5-2"
        )
        self.expect(self.a, "cadence_gap", silent.day + days(1), silent.day + days(2), self.sa[10].day, "5-1")
        late = self.sa[11]
        self.changed[11]["closed"] = late.day + days(2)
        self.expect(self.a, "attendance_open", late.day + days(1), late.day + days(1), late.day + days(2), "5-6")
        self.at(self.sa[12].day, 9, self.without_ground)

    def without_ground(self):
        """5-1 note: an extraordinary session without ground is refused, so that there is nothing to find."""
        with self.assertRaisesRegex(UserError, "ground"), self.cr.savepoint():
            self.plan(self.a, str(self.sa[12].day + days(3)), "extraordinary", user=self.a_secretary, ground=False)

    def first_minutes(self):
        """5-5: a week under the first version, five days under the second; an answer to defects that is late."""
        for number, last in ((5, 7), (21, 5)):
            day = self.sa[number].day
            self.changed[number]["forwarded"] = day + days(last + 2)
            self.expect(
                self.a, "minutes_overdue", day + days(last + 1), day + days(last + 1), day + days(last + 2), "5-5"
            )
        self.changed[1]["forwarded"] = self.sa[1].day + days(7)  # the last day of the first version
        self.changed[22]["forwarded"] = self.sa[22].day + days(5)  # and of the second
        session = self.sa[14]
        self.at(session.day + days(4), 9, self.return_minutes, session, session.day + days(6))
        self.at(session.day + days(8), 9, self.answer, session)
        self.expect(
            self.a, "answer_overdue", session.day + days(7), session.day + days(7), session.day + days(8), "5-5"
        )

    def return_minutes(self, session, due):
        there = session.minutes_id.with_user(self.secretariat)
        there.action_receive()
        wizard = self.env["shora.minutes.return"].with_user(self.secretariat).create({"minutes_id": there.id})
        wizard.write({"due": due, "line_ids": [(0, 0, {"name": "No list of guests"})]})
        wizard.action_confirm()

    def answer(self, session):
        minutes = session.minutes_id
        addendum = minutes.env["shora.minutes.addendum"].create(
            {"minutes_id": minutes.id, "reason": "The Secretariat asked", "text": "<p>No guests came.</p>"}
        )
        addendum._sign("password")
        minutes.action_forward()

    def first_absences(self):
        """5-6: two absences and presence; three and a resignation; three under the version that allows three. 4 note 3:
        somebody stands in.
        """
        for number in (2, 3):
            self.absent(number, "B4")
        self.expect(self.a, "absence_near", self.sa[3].day, self.sa[3].day, self.sa[4].day, "5-6")
        for number in (7, 8, 10):
            self.absent(number, "B5")
        self.expect(self.a, "absence_near", self.sa[8].day, self.sa[8].day, self.sa[10].day, "5-6")
        for number in (15, 16, 17):
            self.absent(number, "B6")
        self.expect(self.a, "absence_near", self.sa[17].day, self.sa[17].day, self.sa[18].day, "5-6")
        session = self.sa[12]
        self.changed[12]["closed"] = session.day
        self.at(session.day, 12, lambda: session.add_present("non_member", name="Deputy of A1", note="for A1"))
        self.expect(self.a, "stand_in", session.day, session.day, session.day + days(3), "4-n3")

    def absent(self, number, seat):
        self.changed[number]["absent"] = lambda: [self.people[seat]]

    def first_members(self):
        """Article 4: a vacant seat, too few members and experts, no chair, a renewal that comes late, coverage."""
        seat = self.people["A3"]
        self.at(on(3, 11), 9, lambda: self.end(self.membership(seat), "post_lost", str(on(3, 10))))
        self.at(on(3, 20), 9, self.appoint, self.a, "A3", self.make_partner("Next deputy"), str(on(3, 20)))
        self.expect(self.a, "ex_officio_seats", on(3, 11), on(3, 11), on(3, 20), "4-A")

        leaving = ("B2", "B3", "B7")
        self.first_follower = leaving[0]
        for code in leaving:
            self.at(on(4, 21), 9, self.leave, self.people[code], on(4, 20))
        for code in leaving:
            self.at(on(4, 29), 9, self.follow, code, on(4, 29))
        self.expect(self.a, "expert_min", on(4, 21), on(4, 21), on(4, 29), "4-B")
        self.expect(self.a, "total_min", on(4, 21), on(4, 21), on(4, 29), "4")

        self.at(on(5, 21), 9, self.leave_chair, on(5, 20))
        self.at(on(5, 28), 9, self.appoint, self.a, "B1", self.people["B1"], str(on(5, 28)), kind="chair")
        self.expect(self.a, "one_chair", on(5, 21), on(5, 21), on(5, 28), "4-n2")

        tendencies = self.env["shora.tendency"].search([])
        self.at(on(6, 1), 9, self.tend, tendencies[:1])
        self.at(on(6, 9), 9, self.tend, tendencies)
        self.expect(self.a, "coverage_gap", on(6, 1), on(6, 1), on(6, 9), "4-n1")

        for code in ("B1", "B4", "B6"):  # B5 is deemed resigned by then, the others were appointed in the year
            self.at(on(12, 10), 9, self.renew, self.a, code, self.people[code])
        self.at(on(12, 20), 9, self.renew, self.a, "B8", self.people["B8"])
        self.expect(self.a, "term_ending", on(12, 14), on(12, 14), on(12, 20), "4-B")

    def membership(self, partner):
        return partner.shora_membership_ids.filtered(lambda member: member.state == "current")

    def leave(self, partner, day):
        self.end(self.membership(partner), day=str(day))

    def follow(self, code, day):
        self.appoint(self.a, code, self.make_partner(f"Follows {code}"), str(day))

    def leave_chair(self, day):
        chair = self.env["shora.decree"].search(
            [("council_id", "=", self.a.id), ("kind", "=", "chair"), ("state", "=", "in_force")]
        )
        self.end(chair, day=str(day))

    def tend(self, tendencies):
        self.membership(self.people["B1"]).with_user(self.a_secretary).tendency_ids = tendencies

    def renew(self, council, code, partner):
        self.decree(council, code, partner, str(LAST + days(1)), kind="renewal").action_issue()

    def first_archive(self):
        """5-7: for two nights nothing is copied; and signed minutes are altered past Odoo, and put back."""
        session = self.sa[18]
        sent = session.day - days(12)
        self.archive_closed = {sent, sent + days(1)}
        self.expect(self.a, "archive_missing", sent, sent + days(1), sent + days(2), "5-7")
        self.at(on(11, 1), 9, self.tamper, self.sa[0], "<p>Other</p>")
        self.at(on(11, 1), 10, self.look)
        self.at(on(11, 3), 9, self.tamper, self.sa[0], None)
        self.at(on(11, 3), 10, self.look)
        self.expect(self.a, "integrity", on(11, 1), on(11, 1), on(11, 3), "5-7")

    def tamper(self, session, text):
        minutes = session.minutes_id
        if text:
            self.kept = minutes.content_json
        self.env.flush_all()
        self.cr.execute(SQL("UPDATE shora_minutes SET content_json = %s WHERE id = %s", text or self.kept, minutes.id))
        self.env.invalidate_all()

    def look(self):
        self.env["shora.integrity.check"]._check(self.a)
