"""The year of a council with a by-law of its own: 18 members, weekly sessions, four absences, quorum and majority."""

from tests.shora_council.year import days, on


class SecondCouncil:
    """What happens in ``self.b``. Mixed into the year's case; ``renew`` and ``membership`` are the first council's."""

    def second_council(self):
        changed = {number: {"invited": self.sb[number].day - days(8)} for number in range(50)}
        changed[0]["invited"] = self.sb[0].day - days(7)
        self.second_members()
        self.second_sittings(changed)
        for number, own in changed.items():
            if own is not None:
                self.run_session(self.sb[number], **own)

    def second_members(self):
        """Eighteen are the least and the most: seventeen are too few, a nineteenth is refused."""
        self.at(on(3, 3), 9, lambda: self.end(self.membership(self.others["B14"]), day=str(on(3, 2))))
        self.at(on(3, 9), 9, lambda: self.appoint(self.b, "B14", self.make_partner("Next B14"), str(on(3, 9))))
        self.expect(self.b, "expert_min", on(3, 3), on(3, 3), on(3, 9), "4-B")
        self.expect(self.b, "total_min", on(3, 3), on(3, 3), on(3, 9), "4")
        for code in [f"B{number}" for number in range(1, 14) if number != 5]:
            self.at(on(12, 10), 10, self.renew, self.b, code, self.others[code])

    def second_sittings(self, changed):
        """Weekly: seven days between, seven of notice, four absences; a quorum and a majority that warn."""
        cancelled = self.sb[12]
        changed[12] = None
        told = cancelled.day - days(9)
        self.at(told, 9, lambda: cancelled.write({"state": "cancelled", "final_reason": "Hall closed"}))
        self.expect(self.b, "cadence_gap", told, told, self.sb[13].day, "5-1")

        changed[5]["invited"] = self.sb[5].day - days(6)
        self.expect(self.b, "notice_late", self.sb[5].day - days(6), self.sb[5].day - days(6), self.sb[5].day, "5-1")
        changed[7]["forwarded"] = self.sb[7].day + days(7)  # the last day
        changed[8]["forwarded"] = self.sb[8].day + days(10)
        day = self.sb[8].day
        self.expect(self.b, "minutes_overdue", day + days(8), day + days(8), day + days(10), "5-5")

        for number in (20, 21, 22, 23):
            changed[number]["absent"] = lambda: [self.others["B5"]]
        self.expect(self.b, "absence_near", self.sb[22].day, self.sb[22].day, self.sb[23].day, "5-6")
        after = self.sb[23].day + days(1)
        again = after + days(3)
        self.at(again, 9, lambda: self.appoint(self.b, "B5", self.make_partner("Next B5"), str(again)))
        self.expect(self.b, "expert_min", after, after, again, "4-B")
        self.expect(self.b, "total_min", after, after, again, "4")
        for number in (30, 31, 32):
            changed[number]["absent"] = lambda: [self.others["B6"]]
        self.expect(self.b, "absence_near", self.sb[32].day, self.sb[32].day, self.sb[33].day, "5-6")

        few = self.sb[40]
        changed[40]["absent"] = lambda: [self.others[f"B{number}"] for number in (2, 3, 4, 6, 7, 8, 9, 10, 11, 12)]
        self.expect(self.b, "quorum_missing", few.day, few.day, few.day + days(3), "silent")
        voted = self.sb[42]
        changed[42]["closed"] = voted.day
        self.at(voted.day, 12, self.adopt, voted)
        self.expect(self.b, "majority_missing", voted.day, voted.day, voted.day + days(3), "silent")

    def adopt(self, session):
        """Three of eighteen in favour; the rule warns, so that it is not refused."""
        session.attendance_ids.filtered(lambda row: row.kind == "member").write({"status": "present"})
        resolution = session.env["shora.resolution"].create(
            {
                "session_id": session.id,
                "agenda_item_id": session.agenda_item_ids[:1].id,
                "name": "Resolved",
                "body": "It is resolved.",
                "ballot": "secret",
                "votes_for": 3,
            }
        )
        resolution.write({"state": "adopted"})
