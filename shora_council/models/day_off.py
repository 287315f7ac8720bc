from datetime import timedelta

from markupsafe import Markup
from odoo import api, models
from odoo.fields import Domain

from ..rules import clock

NOON = timedelta(hours=12)
# How many days after the last one asked for may be off in a row
REACH = timedelta(days=60)
#: rules that say how far a deadline lies from its session
DEADLINES = ("notice_days", "extraordinary_notice_days", "minutes_days")


class ShoraDayOff(models.AbstractModel):
    """Days on which a company does not work: the weekly holidays of its working calendar and the public holidays in
    ``resource.calendar.leaves``, as days of Tehran; and what a day declared off hits.
    """

    _name = "shora.day.off"
    _description = "Days off"

    @api.model
    def _public_holidays(self, company, first, last):
        """{Tehran day: its names, or False for a day without name} of the days off of ``company``; one query.

        A day is off when the leave covers its noon, so that neither an early closing nor the hours of an office make
        a difference.
        """
        calendar = company.resource_calendar_id
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()  # the days off of the company are no secret of its staff's
            .search(
                Domain("resource_id", "=", False)
                & Domain("time_type", "=", "leave")
                & Domain("calendar_id", "in", [False, calendar.id])
                & Domain("company_id", "in", [False, company.id])
                & Domain("date_from", "<", clock.day_end_utc(last))
                & Domain("date_to", ">=", clock.day_start_utc(first))
            )
        )
        names = {}
        for leave in leaves:
            for day in self._days_of(leave.date_from, leave.date_to):
                if first <= day <= last:
                    names.setdefault(day, []).append(leave.name or "")
        return {day: "، ".join(filter(None, found)) for day, found in names.items()}

    @api.model
    def _days_of(self, start, stop):
        """The Tehran days whose noon lies between two naive UTC moments, stop included."""
        day, days = clock.tehran_day(start), []
        while clock.day_start_utc(day) + NOON <= stop:
            if clock.day_start_utc(day) + NOON >= start:
                days.append(day)
            day += timedelta(days=1)
        return days

    @api.model
    def _reasons(self, company, first, last):
        """A function of a day: why it is off (the name of the holiday, or "weekly holiday"), empty for a working day.

        Public holidays are read once, from ``first`` to ``last`` and a while after.
        """
        holidays = self._public_holidays(company, first, last + REACH)
        calendar = company.resource_calendar_id.sudo()  # as above
        weekly, unnamed = self.env._("weekly holiday"), self.env._("public holiday")

        def reason(day):
            if day in holidays:
                return holidays[day] or unnamed
            works = not calendar.attendance_ids or calendar._works_on_date(day)
            return "" if works else weekly

        return reason

    # --- what a day off hits ---

    @api.model
    def _hits(self, days):
        """What falls on ``days``, with the reader's rights: [(day, kind, session)], by day.

        Kinds: ``session`` planned for the day; ``notice`` and ``minutes``, the last day of a deadline, which does not
        move: deadlines are calendar days (5-1, 5-5).
        """
        if not days:
            return []
        reach = self._deadline_reach()
        sessions = self.env["shora.session"].search(
            Domain("day", ">=", min(days) - reach)
            & Domain("day", "<=", max(days) + reach)
            & Domain("state", "in", ("draft", "scheduled", "invited", "open", "held", "closed"))
        )
        hits = []
        for session in sessions:
            if session.day in days and session.state in ("draft", "scheduled", "invited"):
                hits.append((session.day, "session", session))
            if session.notice_last_day in days and session.state in ("draft", "scheduled"):
                hits.append((session.notice_last_day, "notice", session))
            waits = session.minutes_awaited or session.state in ("scheduled", "invited", "open")
            if session.minutes_last_day in days and waits:
                hits.append((session.minutes_last_day, "minutes", session))
        return sorted(hits, key=lambda hit: (hit[0], hit[2].start, hit[1]))

    @api.model
    def _deadline_reach(self):
        """How far a deadline lies from its session at most, by all the by-laws there are."""
        rules = self.env["shora.bylaw.rule"].sudo()  # the widest of all councils; each session has its own
        [(most,)] = rules._read_group([("code", "in", DEADLINES), ("is_active", "=", True)], [], ["value:max"])
        return timedelta(days=most or 0)

    @api.model
    def _sentence(self, kind, session):
        name = session.display_name
        if kind == "session":
            return self.env._("%(session)s is planned for this day", session=name)
        if kind == "notice":
            return self.env._("last day of the invitation to %(session)s; it does not move", session=name)
        return self.env._("last day of the minutes of %(session)s; it does not move", session=name)

    @api.model
    def _declare(self, days, company):
        """Days have become off, or no longer are: the findings agree again, and each council's secretary, with whoever
        stands in, is told what the days ahead hit; of joint sessions the head of the Secretariat. Nobody is told twice
        in one go: one message a council.
        """
        councils = self.env["shora.council"].sudo().search(Domain("company_id", "=", company.id))
        today = councils._today()
        ahead = {day for day in days if day >= today}
        if not councils or not ahead:
            return
        system = self.sudo().with_context(active_test=True)  # whoever declares a day off need not read the councils
        system.env.flush_all()
        hits = [hit for hit in system._hits(ahead) if hit[2].council_id in councils]
        if not hits:
            return
        hit_councils = self.env["shora.council"].sudo().union(*(hit[2].council_id for hit in hits))
        self.env["shora.finding"]._check(hit_councils)
        still_off = {day for day in ahead if day in system._public_holidays(company, min(ahead), max(ahead))}
        secretaries = self.env["shora.decree"].sudo()._secretaries_on(hit_councils, today)
        users = hit_councils._office_users()  # whoever stands in while the secretary is on leave
        for council in hit_councils:
            partners = users[council.id].partner_id
            if council.is_coordination:
                partners |= council._secretariat_head().partner_id
            elif council.id in secretaries:
                partners |= secretaries[council.id].partner_id
            own = [hit for hit in hits if hit[2].council_id == council and hit[0] in still_off]
            if partners and own:
                system._tell(council, partners, own)

    def _tell(self, council, partners, hits):
        def speak(told):
            reader, words = self.with_env(told.env), told.env["shora.words"]
            lines = [
                Markup("<li>%s: %s</li>") % (words._day(day), reader._sentence(kind, session.with_env(told.env)))
                for day, kind, session in hits
            ]
            intro = told.env._("Days were declared off. On them:")
            return Markup("<p>%s</p><ul>%s</ul>") % (intro, Markup("").join(lines))

        council.with_env(self.env)._tell_readers(
            partners,
            speak,
            name=lambda told: told.env._("Days declared off"),
            email_layout_xmlid="mail.mail_notification_light",
        )
