from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from .demo_words import AGENDAS, DISCUSSIONS, GUEST_ITEM

#: days before a session: when it is planned, when its agenda is made, when its notice goes out
PLANNED, AGENDA, NOTICE = 40, 14, 13
#: what is out of the ordinary, by council and number of ordinary sessions back from the last one
TURNS = {
    "IRUD": {6: "notice_late", 11: "chair_absent", 12: "postponed", 13: "delegation", 14: "cancelled", 16: "not_held"},
    "ENV": {-1: "notice_late", 3: "chair_absent"},
}
#: {seat: sessions back that its member missed}: three in a row are a resignation (5-6), two are one short of it
MISSED = {"IRUD": {"B7": (7, 8, 9), "B5": (0, 1)}, "ENV": {"B3": (0, 5), "B4": (0,), "B6": (0, 2), "A1": (0, 4)}}
MISSED["ENV"] |= {"A3": (0,), "B7": (0, 6)}
GUEST, STAND_IN = 4, 5


class ShoraDemo(models.AbstractModel):
    """Ordinary sessions on their way: planned, agenda, written notice, held and closed (5-1, 5-2, 5-6)."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _subjects(self):
        return [*super()._subjects(), self._diary_of_sessions]

    def _diary_of_sessions(self, councils):
        entries = []
        for council in councils:
            for sitting in self._sittings(council):
                sitting.turn = TURNS[council.code].get(sitting.back)
                entries += self._way_of(sitting)
        return entries

    def _way_of(self, sitting):
        """The entries of one ordinary session until it is held or given up, and what follows (``_life_of``)."""
        day = sitting.day
        planned = max(day - timedelta(days=PLANNED), self._founded(sitting.council) + timedelta(days=1))
        entries = [
            (planned, 9.5, lambda: self._plan_session(sitting)),
            (day - timedelta(days=AGENDA), 9.5, lambda: self._make_agenda(sitting)),
            *self._notice_of(sitting),
        ]
        turned = getattr(self, f"_turn_{sitting.turn}", None) if sitting.turn else None
        return entries + (turned(sitting) if turned else self._life_of(sitting, day))

    def _notice_of(self, sitting):
        late = sitting.turn == "notice_late"
        rule = sitting.council._rule("notice_days", sitting.day)
        ahead = rule.value - 1 if late else NOTICE
        day = sitting.day - timedelta(days=ahead)
        entries = [(day, 10.5, lambda: self._invite(sitting.session, late))]
        if late:  # the first day on which it is late comes to light in its night
            entries.append(self._night_of(sitting.council, day - timedelta(days=1)))
        return entries

    def _life_of(self, sitting, day):
        """The entries of a session from its day on; extended by what follows from it.

        :param day: the day on which it is held, which is not ``sitting.day`` where it was postponed
        """
        return [(day, 12.5, lambda: self._hold(sitting))]

    # --- prepared ---

    def _plan_session(self, sitting):
        council = sitting.council
        start = self._moment(sitting.day, council.session_hour)
        sessions = self._by_secretary(council, self.env["shora.session"])
        sitting.session = sessions.create({"council_id": council.id, "start": start})
        sitting.session.action_schedule()

    def _make_agenda(self, sitting):
        number, titles = sitting.number, AGENDAS[sitting.council.code]
        themes = self.env["shora.theme"].search(Domain.TRUE)
        for step in range(2):
            title, theme = titles[(number * 2 + step) % len(titles)]
            item = self._add_item(sitting.session, title, 40 - 10 * step, theme_ids=[(6, 0, themes[theme - 1].ids)])
            if sitting.back == GUEST and step:
                item.write({"name": GUEST_ITEM, "guest_ids": [(6, 0, self._partner("guest").ids)]})

    def _add_item(self, session, title, minutes, **values):
        item = session.env["shora.agenda.item"].create(
            {"session_id": session.id, "name": title, "minutes_planned": minutes, "sequence": 50, **values}
        )
        item.action_accept()
        return item

    def _invite(self, session, late=False):
        """By the portal for whom there is a login, for the others on paper, handed over at once."""
        notice = session.env["shora.notice"]._prepare_for(session)
        kept = notice.recipient_ids.browse()
        for rows in notice.recipient_ids.grouped("partner_id").values():
            kept |= rows.filtered(lambda row: row.channel == "portal")[:1] or rows[:1]
        (notice.recipient_ids - kept).unlink()
        paper = kept.filtered(lambda row: row.channel != "portal")
        paper.write({"channel": "paper"})
        if late:
            notice.late_reason = "تأخیر در وصول مستندات از معاونت مربوطه."
        notice.action_dispatch()
        paper.action_handed()

    # --- held ---

    def _hold(self, sitting):
        session = sitting.session
        absent = sitting.turn == "chair_absent"
        values = {"presiding_ground": "chair" if session._officers()[0] and not absent else "chair_absent"}
        if sitting.turn == "delegation":
            values = {"presiding_ground": "delegation", "delegation_note": "نامه شماره ۲۳/۴۵ رئیس شورا"}
        session.write({**values, "state": "open"})
        self._mark(sitting)
        for place, item in enumerate(session.agenda_item_ids.filtered(lambda one: one.state == "accepted")):
            item.discussion = f"<p>{DISCUSSIONS[(sitting.number + place) % len(DISCUSSIONS)]}</p>"
            self._discuss(item)
        self._resolve(sitting)
        session.action_hold()
        session.action_close()

    def _discuss(self, item):
        item.action_discuss()

    def _mark(self, sitting):
        rows = sitting.session.attendance_ids
        marks = {}
        for place, row in enumerate(rows.sorted("seat_sequence")):
            status = self._presence(sitting, place, row.membership_id.seat_id)
            marks[status] = marks.get(status, rows.browse()) | row
        for status, marked in marks.items():
            marked.write({"status": status})
        if sitting.back == STAND_IN:
            sitting.session.add_present("non_member", name="ناصر بیات", note="به جای عضو شورای اسلامی شهر")
        if sitting.back == GUEST and sitting.session.agenda_item_ids.guest_ids:
            sitting.session.add_present("guest", partner_id=self._partner("guest").id)

    def _presence(self, sitting, place, seat):
        """Present, but for who is to be missing; one in nine at a time, and nobody twice in a row."""
        if sitting.back in MISSED[sitting.council.code].get(seat.code, ()):
            return "absent"
        if seat.code == "B1":
            return "excused" if sitting.turn == "chair_absent" else "present"
        if seat.is_secretary or seat.code in MISSED[sitting.council.code]:
            return "present"
        if (sitting.number * 3 + place) % 9 == 4:
            return "excused" if place % 2 else "absent"
        return "late" if (sitting.number + place) % 13 == 6 else "present"

    def _resolve(self, sitting):
        """What the council resolves in the open session; see the file of resolutions."""
