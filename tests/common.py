"""Base classes and builders: a council of the by-law, its people, and time as Tehran sees it."""

import logging
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from itertools import count
from types import SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tests.common import ChromeBrowser
from pypdf import PdfWriter

# Odoo gives test tags only to modules under odoo.addons; a top-level test must carry its own.
tagged_post_install = tagged("post_install", "-at_install")

#: of documents that are not laid out: no two are the same
NUMBERS = count(1)
EX_OFFICIO = ("A1", "A2", "A3", "A4")
OFFICES = {
    "president": "shora_council.group_shora_president",
    "office": "shora_council.group_shora_president_office",
    "head": "shora_council.group_shora_secretariat_head",
    "secretariat": "shora_council.group_shora_secretariat",
    "auditor": "shora_council.group_shora_auditor",
    "admin": "shora_council.group_shora_admin",
    "hr": "hr.group_hr_user",
    "employee": "base.group_user",
}


@contextmanager
def tehran(text):
    """Freeze time at ``YYYY-MM-DD HH:MM[:SS]`` of Tehran's clock (+03:30 since 2023)."""
    local = datetime.fromisoformat(text)
    with freeze_time(local - timedelta(hours=3, minutes=30)) as frozen:
        yield frozen


def utc(text):
    """Naive UTC of a Tehran wall-clock time (since 2023)."""
    return datetime.fromisoformat(text) - timedelta(hours=3, minutes=30)


@cache
def blank_page():
    """A PDF of one empty page; bytes."""
    file, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(file)
    return file.getvalue()


class CouncilBuilder:
    """Builds councils through the steps people take; mixed into the base classes below."""

    TODAY = "2026-11-23 12:00"  # دوشنبه ۲ آذر ۱۴۰۵
    #: commands for the documents of the item of every session that is planned
    DOCUMENTS = ()

    @classmethod
    def make_offices(cls):
        for name, group in OFFICES.items():
            setattr(
                cls,
                name,
                cls.make_user(f"t_{name}", f"base.group_user,{group}", f"T {name}"),
            )

    @classmethod
    def make_english_council(cls):
        """``council``, of four ex-officio members, seven experts and a chair since 2026-09-01, and all offices; texts
        are English.
        """
        cls.env["res.lang"]._activate_lang("en_US")  # a Persian database may have put it aside; dates follow it
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "en_US"})
        cls.make_offices()
        with tehran("2026-09-01 08:00"):
            cls.council = cls.make_council()
            cls.secretary, cls.people = cls.staff_council(cls.council)

    @classmethod
    def make_persian_offices(cls):
        """All offices, and Persian for what is made from here on."""
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env = cls.env(context={**cls.env.context, "lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.make_offices()

    @classmethod
    def make_persian_council(cls, code, **values):
        """A council whose screens have nothing Latin but its code."""
        council = cls.make_council(code)
        council.write({"name": "شورای آزمون", "short_name": "شورای آزمون", "place": "تالار شورا", **values})
        for seat in council.seat_ids:
            seat.name = f"کرسی {seat.sequence}"
        return council

    @classmethod
    def name_documents(cls, registry, when=lambda: True):
        """Documents and packs are numbered, not laid out, until this class is through, as long as ``when()``."""
        pdf = registry["shora.pdf"]

        def document(*_args, **_kwargs):
            return blank_page() + b"%% document %d\n" % next(NUMBERS)

        def pack(_model, notice):
            entries = [SimpleNamespace(**entry) for entry in notice._pack_entries()]
            for number, entry in enumerate(entries, start=2):
                entry.place, entry.why, entry.pages, entry.first_page = "pages", False, 1, number
            return SimpleNamespace(pdf=document(), pages=len(entries) + 1, entries=entries)

        for name, made in (("_render", document), ("_pack", pack)):
            renderer = patch.object(pdf, name, cls.instead(getattr(pdf, name), made, when))
            renderer.start()
            cls.addClassCleanup(renderer.stop)

    @staticmethod
    def instead(real, made, when):
        return lambda *args, **kwargs: (made if when() else real)(*args, **kwargs)

    @classmethod
    def make_council(cls, code="T1", bylaw=None):
        bylaw = bylaw or cls.env.ref("shora_council.bylaw_irud")
        council = cls.env["shora.council"].create(
            {
                "name": f"Council {code}",
                "short_name": code,
                "code": code,
                "bylaw_ids": [(6, 0, bylaw.ids)],
                "place": "Hall",
            }
        )
        seats = [
            {
                "council_id": council.id,
                "code": seat,
                "name": f"Seat {seat}",
                "kind": "ex_officio" if seat in EX_OFFICIO else "expert",
                "is_secretary": seat == "A2",
                "is_representable": seat == "A4",
                "sequence": index,
                "clause_code": "4-A2" if seat == "A2" else "4-B",
            }
            for index, seat in enumerate((*EX_OFFICIO, *(f"B{n}" for n in range(1, 12))), start=1)
        ]
        cls.env["shora.seat"].create(seats)
        return council

    @classmethod
    def make_user(cls, login, group, name=None):
        # The platform's own invitation mail cannot be rendered in Persian. What is committed to a copy of the database
        # is outside of the platform's test cases, which spare the rounds of the password's hash as well.
        with patch("odoo.addons.base.models.res_users.MIN_ROUNDS", 1):
            return new_test_user(cls.env, login, groups=group, name=name or login, context={"no_reset_password": True})

    @classmethod
    def make_partner(cls, name):
        return cls.env["res.partner"].create({"name": name, "email": f"{name.replace(' ', '.').lower()}@example.com"})

    @classmethod
    def decree(cls, council, seat, partner, date_from="2026-09-01", kind="appointment", user=None, **vals):
        """A proposed decree in the hands of the President."""
        decree = (
            cls.env["shora.decree"]
            .with_user(user or cls.president)
            .create(
                {
                    "council_id": council.id,
                    "kind": kind,
                    "seat_id": council.seat_ids.filtered(lambda s: s.code == seat).id,
                    "partner_id": partner.id,
                    "date_from": date_from,
                    "proposal_note": "10/1",
                    **({"academic_rank": "Professor", "field_of_study": "Law"} if seat.startswith("B") else {}),
                    **vals,
                }
            )
        )
        decree.action_propose()
        return decree

    @classmethod
    def appoint(cls, council, seat, partner, date_from="2026-09-01", kind="appointment", **vals):
        decree = cls.decree(council, seat, partner, date_from, kind, **vals)
        decree.action_issue()
        return decree.membership_id

    @classmethod
    def end(cls, decree, ground="resigned", day="2026-11-23", user=None):
        """An issued decree that ends ``decree`` (or a membership's decree); ``day`` is the last day of membership."""
        if decree._name == "shora.membership":
            decree = decree.decree_id
        end = (
            cls.env["shora.decree"]
            .with_user(user or cls.president)
            .create(
                {
                    "kind": "end",
                    "ends_decree_id": decree.id,
                    "end_ground": ground,
                    "date_from": date.fromisoformat(day) + timedelta(days=1),
                }
            )
        )
        end.action_propose()
        end.action_issue()
        return end

    @classmethod
    def staff_council(cls, council, experts=7, prefix="", date_from="2026-09-01"):
        """Appoint four ex-officio members (the secretary with a user), ``experts`` experts and the chair."""
        secretary = cls.make_user(f"{prefix}secretary", "shora_council.group_shora_secretary")
        secretary.partner_id.email = f"{prefix}secretary@example.com"
        people = {"A2": secretary.partner_id}
        for seat in (*EX_OFFICIO, *(f"B{n}" for n in range(1, experts + 1))):
            partner = people.setdefault(seat, cls.make_partner(f"{prefix} person {seat}"))
            cls.appoint(council, seat, partner, date_from)
        cls.appoint(council, "B1", people["B1"], date_from, kind="chair")
        return secretary, people

    def plan(self, council, day, kind="ordinary", hour=10, user=None, documents=None, **vals):
        """A scheduled session on the Tehran day ``day`` with one accepted item and its ``documents``, {name: bytes}."""
        Session = self.env["shora.session"].with_user(user or self.secretary)
        session = Session.create(
            {
                "council_id": council.id,
                "kind": kind,
                "start": utc(f"{day} {hour:02}:00"),
                "ground": "Urgent" if kind == "extraordinary" else False,
                **vals,
            }
        )
        item = session.env["shora.agenda.item"].create(
            {"session_id": session.id, "name": "Item", "attachment_ids": list(self.DOCUMENTS)}
        )
        item.action_accept()
        session.action_schedule()
        return session

    def dispatch(self, session, paper=False):
        notice = session.env["shora.notice"]._prepare_for(session)
        if paper:
            self.on_paper(notice)
        if notice.is_late:
            notice.late_reason = "Late for the test"
        notice.action_dispatch()
        return notice

    @staticmethod
    def on_paper(notice):
        """Everybody by paper and by nothing else."""
        for rows in notice.recipient_ids.grouped("partner_id").values():
            rows[1:].unlink()
        notice.recipient_ids.write({"channel": "paper"})

    def invite_and_open(self, session, ground="chair"):
        self.dispatch(session)
        session.write({"presiding_ground": ground, "state": "open"})
        return session

    def close(self, session, absent=(), excused=()):
        """Mark everybody (``absent`` and ``excused`` are partners), discuss the items and close."""
        for row in session.attendance_ids:
            if row.partner_id in absent:
                row.status = "absent"
            elif row.partner_id in excused:
                row.status = "excused"
            else:
                row.status = "present"
        for item in session.agenda_item_ids.filtered(lambda i: i.state == "accepted"):
            item.action_discuss()
        session.action_hold()
        session.action_close()
        return session

    def held_session(self, council, day, absent=(), kind="ordinary", excused=(), documents=None):
        """A whole session on ``day``: planned and invited nine days before, held and closed on the day."""
        before = (datetime.fromisoformat(day) - timedelta(days=9)).date()
        with tehran(f"{before} 09:00"):
            session = self.plan(council, day, kind, documents=documents)
            self.dispatch(session)
        with tehran(f"{day} 12:30"):
            ground = "chair" if session._officers()[0] else "chair_absent"
            session.write({"presiding_ground": ground, "state": "open"})
            self.close(session, absent, excused)
        return session


class PaperSaver:
    """Laying out documents is a third of the time of these tests: what the set-up makes is numbered only, what a test
    makes is real.
    """

    #: for tests that look into the documents of their set-up
    LAYS_OUT = False
    setting_up = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.LAYS_OUT:
            cls.name_documents(cls.registry, lambda: cls.setting_up)

    def _callTestMethod(self, method):
        type(self).setting_up = False
        try:
            return super()._callTestMethod(method)
        finally:
            type(self).setting_up = True


@tagged_post_install
class ShoraCase(PaperSaver, CouncilBuilder, TransactionCase):
    """A council of four ex-officio members, seven experts and a chair, appointed on 2026-09-01."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_english_council()

    def setUp(self):
        super().setUp()
        clock = tehran(self.TODAY)
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)

    def run_job(self, name):
        """Run a scheduled job of ``shora_council`` as the scheduler would.

        :return: True, or, where the job raised, the dialog with the traceback that Odoo would show; it reads its own
            log for that, so the log must be open whatever level the tests are run with
        """
        logger = logging.getLogger("odoo.addons.base.models.ir_cron")
        self.addCleanup(logger.setLevel, logger.level)
        logger.setLevel(logging.ERROR)
        with self.enter_registry_test_mode():
            outcome = self.env.ref(f"shora_council.{name}").method_direct_trigger()
        self.env.invalidate_all()
        return outcome

    def in_english(self):
        """What the office is told comes in English for the rest of this test, whatever its database speaks."""
        language = patch.object(self.registry["shora.pdf"], "_language", lambda model: "en_US")
        language.start()
        self.addCleanup(language.stop)

    session = CouncilBuilder.plan  # not in the builder: HttpCase keeps its web session under this name


@tagged_post_install
class ShoraHttpCase(PaperSaver, CouncilBuilder, HttpCase):
    """The same, reachable by a browser and by RPC."""

    def tour(self, path, name, user, timeout=180):
        """Run a tour as ``user`` in a browser that stands in Tehran, wherever the machine does."""
        navigate = ChromeBrowser.navigate_to

        def from_tehran(browser, *args, **kwargs):
            browser._websocket_request("Emulation.setTimezoneOverride", params={"timezoneId": "Asia/Tehran"})
            return navigate(browser, *args, **kwargs)

        with patch.object(ChromeBrowser, "navigate_to", from_tehran):
            self.start_tour(path, name, login=user.login, timeout=timeout)
        self.env.invalidate_all()
