"""Two councils through a Jalali year, day by day: what people do on a day, and the jobs of every night."""

from collections import defaultdict
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.addons.web_jalali.tools import jalali
from odoo.tests import TransactionCase

from tests.common import CouncilBuilder, tagged_post_install, tehran

YEAR = 1406
FIRST, LAST = jalali.jalali_year_bounds(YEAR)


def on(month, day):
    """Gregorian date of a day of the simulated Jalali year."""
    return jalali.from_jalali(YEAR, month, day)


def days(number):
    return timedelta(days=number)


@tagged_post_install
class YearCase(CouncilBuilder, TransactionCase):
    """A diary of what happens when, and the nights between; documents are named, not laid out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "en_US"})
        cls.env["shora.council"].search([]).active = False
        cls.paper = count(1)
        cls.patches = ExitStack()
        cls.addClassCleanup(cls.patches.close)
        for model, name, replacement in (
            ("shora.pdf", "_render", lambda model, *args, **kwargs: cls.document()),
            ("shora.pdf", "_pack", lambda model, notice: SimpleNamespace(pdf=cls.document(), pages=1, entries=[])),
            ("ir.cron", "_commit_progress", lambda model, *args, **kwargs: float("inf")),
        ):
            cls.patches.enter_context(patch.object(cls.registry[model], name, replacement))
        # What is written bears the day of the simulation, not the one of this machine.
        cls.patches.enter_context(patch.object(type(cls.env.cr), "now", lambda cr: fields.Datetime.now()))
        cls.make_offices()

    @classmethod
    def document(cls):
        return b"%%PDF-1.7 %d" % next(cls.paper)

    def setUp(self):
        super().setUp()
        self.diary = defaultdict(list)
        self.expected = set()
        #: days on which the jobs of the archive and of the terms stand still
        self.archive_closed, self.terms_closed = set(), set()
        #: sessions whose minutes go out without the members' approval
        self.unapproved = set()

    # --- the diary ---

    def at(self, day, hour, act, *args, **kwargs):
        """``act`` happens on ``day`` at ``hour`` (Tehran)."""
        self.diary[day].append((hour, len(self.diary[day]), act, args, kwargs))

    def expect(self, council, code, since, opened, closed, clause):
        """A finding of ``council``: since when it lasts, on which day it is found and on which gone (None: never)."""
        self.expected.add((council.code, code, since, opened, closed, clause, 0))

    def live(self):
        """Every day of the year: what the diary says, then the night."""
        day = FIRST
        while day <= LAST:
            for hour, _number, act, args, kwargs in sorted(self.diary.get(day, ()), key=lambda entry: entry[:2]):
                with tehran(f"{day} {hour:02}:00"):
                    self.env.invalidate_all()
                    act(*args, **kwargs)
            with tehran(f"{day} 23:30"):
                self.night(day)
            day += days(1)

    def night(self, day):
        self.env.flush_all()
        self.env.invalidate_all()
        if day not in self.terms_closed:
            self.env["shora.decree"]._cron_terms()
        self.env["shora.deemed.resignation"]._cron_judge_all()
        if day not in self.archive_closed:
            self.env["shora.session"]._cron_archive()
        self.env.invalidate_all()
        self.env["shora.finding"]._cron_check()

    def found(self, councils):
        """What was found in the year, in the shape of ``expect``; what stood for less than a day is not counted."""
        rows = set()
        for finding in self.env["shora.finding"].search([("council_id", "in", councils.ids)], order="id"):
            opened = clock.tehran_day(finding.opened_at)
            closed = clock.tehran_day(finding.closed_at) if finding.closed_at else None
            if opened == closed:
                continue
            key = (
                finding.council_id.code,
                finding.code,
                finding.date_since,
                opened,
                closed,
                finding.clause_id.code,
            )
            rows.add((*key, next(number for number in count() if (*key, number) not in rows)))
        return rows

    # --- what people do ---

    def invite(self, session):
        notice = self.dispatch(session)
        for mail in notice.recipient_ids.sudo().mail_id:
            mail.write({"state": "sent"})
        notice.recipient_ids.sudo().mail_id._postprocess_sent_message([], [])

    def hold(self, session, absent=(), close=True):
        session.write({"presiding_ground": "chair" if session._officers()[0] else "chair_absent", "state": "open"})
        if close:
            self.close(session, absent)

    def send_minutes(self, session):
        minutes = session.env["shora.minutes"]._draft_for(session)
        minutes._sign("password")
        if minutes._approval_rule() and session not in self.unapproved:
            self.approve(minutes)
        minutes.action_forward()

    def present_plan(self, council, secretary):
        whole = self.env.ref("shora_council.council_irud")
        council.write({"duty_ids": [(6, 0, whole.duty_ids.ids)], "theme_ids": [(6, 0, whole.theme_ids.ids)]})
        line = {
            "name": "Line",
            "goal": "Goal",
            "need": "Need",
            "duty_ids": [(6, 0, whole.duty_ids[:1].ids)],
            "theme_ids": [(6, 0, whole.theme_ids[:1].ids)],
            "responsible_ids": [(6, 0, secretary.partner_id.ids)],
            "date_from": on(2, 15),
            "date_to": on(12, 1),
        }
        plans = self.env["shora.annual.plan"].with_user(secretary)
        plans.create({"council_id": council.id, "year": YEAR, "line_ids": [(0, 0, line)]}).action_present()

    def run_session(self, session, **changed):
        """Invitation, sitting and minutes in time; ``changed`` are the days of the year on which they are instead.

        :param changed: ``invited``, ``closed``, ``forwarded`` (dates), ``absent`` (function giving partners, asked on
            the day)
        """
        day = session.day
        absent = changed.get("absent", tuple)
        self.at(changed.get("invited", day - days(12)), 8, self.invite, session)
        if "closed" in changed:
            self.at(day, 11, self.hold, session, close=False)
            self.at(changed["closed"], 14, lambda: self.close(session, absent()))
        else:
            self.at(day, 11, lambda: self.hold(session, absent()))
        self.at(changed.get("forwarded", day + days(3)), 12, self.send_minutes, session)

    def new_bylaw(self, council, day=date(2019, 4, 26), like=None, approved=True, **rules):
        """A version of its own for ``council``, in force from ``day``.

        :param rules: {code: value, or a dict of fields}
        """
        like = like or self.env.ref("shora_council.bylaw_irud")
        action = like.with_user(self.admin).action_new_version()
        version = self.env["shora.bylaw"].with_user(self.admin).browse(action["res_id"])
        version.write({"date_from": day, "council_ids": [(6, 0, council.ids)]})
        if approved:
            version.approval_date = day
        for code, values in rules.items():
            rule = version.rule_ids.filtered(lambda rule, code=code: rule.code == code)
            rule.write(values if isinstance(values, dict) else {"value": values})
        version.action_put_in_force()
        return version
