"""What else is watched in the year of the first council: posts, resolutions, days off, a resignation undone, and
what no step of anybody can break, brought about past Odoo and put back.
"""

from datetime import timedelta

from odoo.tools import SQL

from tests.common import utc
from tests.shora_council import files
from tests.shora_council.year import FIRST, days, on

#: findings that nothing but a write past Odoo, or a job that stood still, can bring about
ONLY_BY_FORCE = {"burden_missing", "presiding_missing", "ground_missing", "chair_not_expert", "term_over"}


class Rest:
    """Mixed into the year's case after the two councils."""

    def the_rest(self):
        self.rest_of_posts()
        self.rest_of_resolutions()
        self.rest_of_days_off()
        self.rest_of_resignation()
        self.rest_of_numbers()
        self.rest_of_approvals()
        self.rest_of_terms()
        self.rest_by_force()

    def by_sql(self, record, **values):
        """Write past Odoo, as no step of anybody does."""
        self.env.flush_all()
        for name, value in values.items():
            query = SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL.identifier(name),
                value,
                record.id,
            )
            self.cr.execute(query)
        self.env.invalidate_all()

    def rest_of_posts(self):
        """4-A4: the post changes hands, the decree follows five days later; at A1 nothing changes."""
        seat = self.a.seat_ids.filtered(lambda one: one.code == "A4")
        self.at(FIRST, 8, lambda: seat.write({"post_rule": "decree", "clause_code": "4-A4"}))
        self.at(FIRST, 9, lambda: self.record_post(seat, self.people["A4"]))
        self.at(on(8, 5), 9, lambda: self.record_post(seat, self.make_partner("Next of A4")))
        self.at(on(8, 10), 9, self.follow_post, seat)
        self.expect(self.a, "post_changed", on(8, 5), on(8, 5), on(8, 10), "4-A4")

    def record_post(self, seat, holder):
        self.env["shora.post.change"].with_user(self.office).create(
            {"seat_id": seat.id, "holder_id": holder.id, "since": self.a._today(), "letter": "100/1"}
        ).action_confirm()

    def follow_post(self, seat):
        today = self.a._today()
        self.end(self.membership(self.people["A4"]), "post_lost", str(today - days(1)))
        self.env["shora.decree"].search([("state", "=", "in_force")])._expire_if_over()
        self.appoint(self.a, "A4", seat.post_holder_id, str(today))

    # --- 5-3, 5-9 ---

    def rest_of_resolutions(self):
        """Two are resolved: one is done on its last day, the other nine days late and without what 5-3 asks for."""
        session = self.sa[12]
        kept, late = {}, {}
        self.at(session.day, 13, self.resolve, session, kept, session.day + days(40))
        self.at(session.day, 13, self.resolve, session, late, session.day + days(40))
        for one in (kept, late):
            self.at(session.day + days(10), 9, self.decide_and_notify, one)
            self.at(session.day + days(12), 9, lambda o=one: o["resolution"].action_execute())
        self.at(session.day + days(40), 22, self.finish, kept)
        self.at(session.day + days(50), 9, self.finish, late)
        due = session.day + days(41)
        self.expect(self.a, "resolution_overdue", due, due, session.day + days(50), "5-9")
        forced = session.day + days(20)
        self.at(forced, 9, lambda: self.by_sql(late["resolution"], regulation=None))
        self.at(forced + days(2), 9, lambda: self.by_sql(late["resolution"], regulation="Of the Centre"))
        self.expect(self.a, "burden_missing", session.day + days(12), forced, forced + days(2), "5-3")

    def resolve(self, session, kept, due):
        kept["resolution"] = resolution = session.env["shora.resolution"].create(
            {
                "session_id": session.id,
                "agenda_item_id": session.agenda_item_ids[:1].id,
                "name": "Resolved",
                "owner_id": self.people["A3"].id,
                "date_due": due,
            }
        )
        resolution.action_adopt()

    def decide_and_notify(self, one):
        resolution = one["resolution"]
        resolution.sudo()._record_decision("instruct", "At once", self.a._today())
        resolution.write({"burden": "yes", "regulation": "Of the Centre", "regulation_reference": "12/3"})
        resolution.action_notify()

    def finish(self, one):
        resolution = one["resolution"]
        resolution.env["shora.resolution.answer"].create({"resolution_id": resolution.id, "text": "Done"})
        resolution.action_done()

    # --- 5-1 ---

    def rest_of_days_off(self):
        """The day of a session ahead is declared off, and three days later no longer."""
        session = self.sa[19]
        told = session.day - days(20)
        leaves = []
        self.at(told, 9, lambda: leaves.append(self.declare_off(session.day)))
        self.at(told + days(3), 9, lambda: leaves[0].unlink())
        self.expect(self.a, "day_off", told, told, told + days(3), "5-1")

    def declare_off(self, day):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Feast",
                "calendar_id": False,
                "date_from": utc(f"{day} 00:00"),
                "date_to": utc(f"{day} 00:00") + timedelta(hours=23, minutes=59),
            }
        )

    # --- 5-6 ---

    def rest_of_resignation(self):
        """The member deemed resigned has a successor when a correction breaks the run; the Secretariat decides."""
        last = self.sa[10].day
        self.at(last + days(10), 9, lambda: self.follow("B5", last + days(10)))
        self.at(last + days(15), 9, self.correct, self.sa[7], "B5")
        self.at(last + days(18), 9, self.settle)
        self.expect(self.a, "resignation_open", last, last + days(15), last + days(18), "5-6")

    def correct(self, session, code):
        minutes = session.minutes_id
        row = session.attendance_ids.filtered(lambda one: one.partner_id == self.people[code])
        addendum = minutes.env["shora.minutes.addendum"].create(
            {
                "minutes_id": minutes.id,
                "reason": "Was there",
                "line_ids": [(0, 0, {"attendance_id": row.id, "status_to": "present"})],
            }
        )
        addendum._sign("password")

    def settle(self):
        record = self.env["shora.deemed.resignation"].search(
            [("council_id", "=", self.a.id), ("needs_decision", "=", True)]
        )
        record = record.with_user(self.secretariat)
        record.decision_note = "The successor stays"
        record.action_decided()

    # --- article 4 ---

    def rest_of_numbers(self):
        """The second version allows eleven members and seven experts; twelve and eight sit until one leaves."""
        begins, left = on(7, 1), on(7, 12)
        leaving = f"Follows {self.first_follower}"
        self.at(left, 9, lambda: self.leave(self.env["res.partner"].search([("name", "=", leaving)]), left - days(1)))
        self.expect(self.a, "total_max", begins, begins, left, "4")
        self.expect(self.a, "expert_max", begins, begins, left, "4-B")

    # --- approval of the minutes, which the second version asks for ---

    def rest_of_approvals(self):
        """Filed with the minutes, but for one session four days later."""
        session = self.sa[16]
        self.unapproved = {session}
        sent = session.day + days(3)
        self.at(sent + days(4), 9, lambda: self.approve(session.minutes_id))
        self.expect(self.a, "minutes_unapproved", sent, sent, sent + days(4), "silent")

    def approve(self, minutes):
        minutes._file("scan", "signed.pdf", files.pdf(width=500 + next(self.paper)))

    # --- terms, and what only force brings about ---

    def rest_of_terms(self):
        """A ninth expert of last year: the end of the term comes near undecided, and for two nights no job ends it."""
        ends = on(1, 29)
        self.at(
            FIRST, 6, lambda: self.appoint(self.a, "B9", self.make_partner("Of last year"), str(on(1, 30) - days(365)))
        )
        self.expect(self.a, "term_ending", ends - days(15), ends - days(15), ends + days(1), "4-B")
        self.terms_closed = {ends + days(1), ends + days(2)}
        self.expect(self.a, "term_over", ends + days(1), ends + days(1), ends + days(3), "4-B")

    def rest_by_force(self):
        silent = self.sa[11]  # open for two days
        self.at(silent.day, 12, lambda: self.hide_presiding(silent))
        self.at(silent.day + days(1), 9, lambda: self.by_sql(silent, presiding_partner_id=self.presided))
        self.expect(self.a, "presiding_missing", silent.day, silent.day, silent.day + days(1), "5-2")

        urgent = {}
        self.at(on(9, 3), 9, lambda: urgent.update(session=self.plan_urgent()))
        self.at(on(9, 4), 9, lambda: self.by_sql(urgent["session"], ground=None))
        self.at(on(9, 6), 9, lambda: self.by_sql(urgent["session"], ground="Urgent"))
        self.at(on(9, 7), 9, lambda: urgent["session"].write({"state": "cancelled", "final_reason": "Settled"}))
        self.expect(self.a, "ground_missing", on(9, 4), on(9, 4), on(9, 6), "5-1-n")

        chair = {}
        self.at(on(5, 30), 9, lambda: chair.update(member=self.membership(self.people["B1"])))
        self.at(on(5, 30), 10, lambda: self.by_sql(chair["member"], seat_kind="ex_officio"))
        self.at(on(6, 1), 8, lambda: self.by_sql(chair["member"], seat_kind="expert"))
        self.expect(self.a, "chair_not_expert", on(5, 28), on(5, 30), on(6, 1), "4-n2")
        self.expect(self.a, "ex_officio_seats", on(5, 30), on(5, 30), on(6, 1), "4-A")  # five where four are seats

    def hide_presiding(self, session):
        self.presided = session.presiding_partner_id.id
        self.by_sql(session, presiding_partner_id=None)

    def plan_urgent(self):
        return self.plan(self.a, str(on(9, 20)), "extraordinary", user=self.a_secretary)
