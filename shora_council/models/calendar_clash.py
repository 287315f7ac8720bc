from odoo import api, models
from odoo.tools import SQL


class CalendarEvent(models.Model):
    """Who and what is taken when a session is planned (5-1)."""

    _name = "calendar.event"
    _inherit = "calendar.event"

    @api.model
    def _clashes(self, slots, besides):
        """Who and what is taken at the times of ``slots``: {key: [(kind, name)]}, one query for all.

        ``kind`` is ``partner`` (somebody who has not declined a busy event then) or ``place`` (an event in the same
        place then). Nothing of the events themselves is told: they may be private.

        :param slots: {key: (start, stop, day, partners, place)}; times naive UTC, ``day`` in Tehran for events that
            last all day
        :param besides: events that do not count: those of the sessions that are being moved
        """
        keys = list(slots)
        if not keys:
            return {}
        partners = sorted({partner for slot in slots.values() for partner in slot[3].ids})
        self.flush_model(["start", "stop", "allday", "start_date", "stop_date", "active", "show_as", "location"])
        self.env["calendar.attendee"].flush_model(["event_id", "partner_id", "state"])
        times = SQL(", ").join(
            SQL(
                "(%s, %s::timestamp, %s::timestamp, %s::date, %s)",
                index,
                start,
                stop,
                day,
                (place or "").strip(),
            )
            for index, (start, stop, day, _partners, place) in enumerate(slots.values())
        )
        self.env.cr.execute(
            SQL(
                """
                WITH slot (key, start, stop, day, place) AS (VALUES %(times)s),
                     taken AS (
                    SELECT slot.key, slot.place, event.id, trim(event.location) AS location
                      FROM slot
                      JOIN calendar_event event
                        ON event.active
                       AND event.show_as = 'busy'
                       AND event.id <> ALL(%(besides)s)
                       AND CASE WHEN event.allday
                                THEN slot.day BETWEEN event.start_date AND event.stop_date
                                ELSE event.start < slot.stop AND event.stop > slot.start
                           END)
                SELECT DISTINCT taken.key, 'partner', partner.id, partner.name
                  FROM taken
                  JOIN calendar_attendee attendee ON attendee.event_id = taken.id AND attendee.state <> 'declined'
                  JOIN res_partner partner ON partner.id = attendee.partner_id
                 WHERE partner.id = ANY(%(partners)s)
                 UNION
                SELECT DISTINCT taken.key, 'place', 0, taken.location
                  FROM taken
                 WHERE taken.location <> '' AND taken.location = taken.place
                 ORDER BY 1, 2 DESC, 4
                """,
                times=times,
                besides=list(besides.ids) or [0],
                partners=partners or [0],
            )
        )
        found = {}
        for index, kind, partner, name in self.env.cr.fetchall():
            key = keys[index]
            if kind == "place" or partner in slots[key][3].ids:
                found.setdefault(key, []).append((kind, name))
        return found
