from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.api import SUPERUSER_ID
from odoo.fields import Domain

from .demo_council import EX_OFFICIO, EXPERTS
from .demo_people import SECOND
from .demo_words import AGENDAS, ANSWERS, DISCUSSIONS, RESOLUTIONS, WORDS_OF_THE_PRESIDENT

#: Tehran days before today: of the first decrees, and of the first session
FOUNDED, FIRST_SESSION = 545, 354
#: absent without excuse three ordinary sessions in a row, and so deemed resigned (5-6)
RESIGNS = {"IRUD": "B7", "ENV": None}
THURSDAY, FRIDAY = 3, 4
REGULATION = {"regulation": "نظام‌نامه پژوهشی مرکز", "regulation_reference": "۱۲/۴۵۶ مورخ ۱۴۰۲/۰۳/۱۰، ماده ۸"}


class ShoraDemo(models.AbstractModel):
    """A year of two councils, lived through one diary: for every entry the clock is turned to its day, and the step is
    taken by the user whose step it is.
    """

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _diary(self, councils):
        """Everything that happened: list of (day, hour, what to do), in the order of time."""
        diary = []
        for council in councils:
            diary += self._diary_of_people(council)
            diary += self._diary_of_sessions(council)
            diary += self._diary_of_plan(council)
        return sorted(diary, key=lambda entry: entry[:2])

    @api.model
    def _live(self, councils):
        today = councils._today()
        with self._past() as turn:
            judged = None
            for day, hour, act in self._diary(councils):
                if day > today:
                    break
                if judged and (day - judged).days > 3:  # what a day alone changes is found within these days
                    turn(judged + timedelta(days=3), 1)
                    self._night(councils)
                turn(day, hour)
                act()
                judged = day
            turn(today, 8)
            self._night(councils)

    def _night(self, councils):
        system = self.env["shora.decree"].with_user(SUPERUSER_ID)
        today = councils._today()
        for decree in system.search([("state", "=", "issued"), ("date_from", "<=", today)]):
            decree._enter_into_force()
        over = Domain("date_to", "<", today) | Domain("date_ended", "<", today)
        for decree in system.search(Domain("state", "=", "in_force") & over, order="kind"):
            decree._expire_if_over()
        self.env["shora.finding"]._check(councils)

    def _ago(self, council, days):
        return fields.Date.subtract(council._today(), days=days)

    # --- people ---

    def _seats_of(self, council):
        """{seat: (name of the demo person, day of the first decree)}."""
        if council.code == "ENV":
            return {code: (name, FOUNDED - 40) for code, (name, *_person) in SECOND.items()}
        people = {code: (name, FOUNDED) for code, name in (EX_OFFICIO | EXPERTS).items()}
        people["B8"] = (people["B8"][0], 335)  # ends soon: waits for its renewal
        return people

    def _diary_of_people(self, council):
        diary = []
        for number, (code, (name, ago)) in enumerate(self._seats_of(council).items()):
            day = self._ago(council, ago)
            diary.append((day, 9 + number / 100, partial(self._decree, council, "appointment", code, name, day)))
        chair, ago = self._seats_of(council)["B1"]
        first = self._ago(council, ago)
        diary.append((first, 10, lambda: self._decree(council, "chair", "B1", chair, first)))
        ends = self._ago(council, ago - 355)
        diary.append((ends - timedelta(days=20), 9, lambda: self._renew(council)))
        return diary

    def _renew(self, council):
        """The secretary proposes, the President issues, the chair's decree beside it (4-B, note 2)."""
        members = self.env["shora.membership"].search([("council_id", "=", council.id), ("is_renewal_due", "=", True)])
        for name in (self._secretary_name(council), "office"):
            self._as(name, members).action_propose_renewal()
        decrees = self.env["shora.decree"].search(
            [
                ("council_id", "=", council.id),
                ("kind", "in", ("renewal", "chair")),
                ("state", "in", ("draft", "proposed")),
            ]
        )
        for decree in decrees:
            if decree.state == "draft":
                self._as("office", decree).action_propose()
        self._as("president", decrees).action_issue()

    def _secretary_name(self, council):
        return "secretary2" if council.code == "ENV" else "secretary"

    # --- sessions ---

    def _days_of(self, council):
        """Days of the ordinary sessions held so far: every fortnight, none around Nowruz, none on a weekend."""
        last = self._ago(council, 11 if council.code == "ENV" else 4)
        while last.weekday() in (THURSDAY, FRIDAY):
            last -= timedelta(days=1)
        days = [last - timedelta(days=14 * back) for back in range(FIRST_SESSION // 14)]
        return sorted(day for day in days if not self._is_nowruz(day))

    def _is_nowruz(self, day):
        _year, month, number = jalali.to_jalali(day)
        return (month, number) >= (12, 26) or (month == 1 and number <= 13)

    def _diary_of_sessions(self, council):
        diary = []
        days = self._days_of(council)
        for number, day in enumerate(days):
            life = {"number": number, "last": len(days) - 1}
            diary += [
                (day - timedelta(days=12), 9.5, lambda d=day, o=life: self._plan_session(council, d, o)),
                (day - timedelta(days=9), 10.5, lambda o=life: self._send_notice(council, o)),
                (day, 12.5, lambda o=life: self._hold(council, o)),
                (day + timedelta(days=2), 13, lambda o=life: self._write_minutes(council, o)),
                (day + timedelta(days=5), 13, lambda o=life: self._at_the_secretariat(council, o)),
                (day + timedelta(days=20), 11, lambda o=life: self._president_decides(council, o)),
                (day + timedelta(days=24), 11, lambda o=life: self._notify(council, o)),
                (day + timedelta(days=30), 11, lambda o=life: self._execute(council, o)),
                (day + timedelta(days=75), 11, lambda o=life: self._finish(council, o)),
            ]
        return diary

    def _plan_session(self, council, day, life):
        number, titles = life["number"], AGENDAS[council.code]
        items = [(titles[(number * 2 + step) % len(titles)], 40 - 10 * step) for step in range(2)]
        life["session"] = self._session(council, day, items)
        if number == 0 and council.code == "ENV":
            life["session"].agenda_item_ids[:1].presenter_id = self._partner("e6")

    def _send_notice(self, council, life):
        session = life["session"]
        plan = self.env["shora.annual.plan"].search([("council_id", "=", council.id), ("state", "=", "presented")])
        if plan and not self.env["shora.agenda.item"].search([("annual_plan_id", "=", plan.id)]):
            self._as(self._secretary_name(council), session)._take_for_approval(plan).action_accept()
        self._invite(session)

    def _hold(self, council, life):
        number = life["number"]
        session = self._as(self._secretary_name(council), life["session"])
        session.write({"presiding_ground": "chair" if session._officers()[0] else "chair_absent", "state": "open"})
        for place, row in enumerate(session.attendance_ids.sorted("seat_sequence")):
            row.status = self._presence(council, number, life["last"], place, row.membership_id.seat_id.code)
        for place, item in enumerate(session.agenda_item_ids.filtered(lambda one: one.state == "accepted")):
            item.discussion = f"<p>{DISCUSSIONS[(number + place) % len(DISCUSSIONS)]}</p>"
            item.action_discuss()
            if item.annual_plan_id:
                self._resolve(session, item, f"تصویب {item.annual_plan_id.display_name}", "", self._partner("a3"), 300)
        title, text, burden = RESOLUTIONS[council.code][number % len(RESOLUTIONS[council.code])]
        owner = self._partner("a3" if council.code == "IRUD" else "e3")
        life["burden"] = burden
        life["resolution"] = self._resolve(session, session.agenda_item_ids[:1], title, text, owner, 60)
        session.action_hold()
        session.action_close()

    def _presence(self, council, number, last, place, code):
        if code == RESIGNS[council.code] and last - 9 <= number <= last - 7:
            return "absent"
        if (number * 3 + place) % 9 == 4 and code != "B1":  # the chair presides
            return "excused" if place % 2 else "absent"
        return "late" if (number + place) % 13 == 6 else "present"

    def _resolve(self, session, item, title, text, owner, days):
        resolution = session.env["shora.resolution"].create(
            {
                "session_id": session.id,
                "agenda_item_id": item.id,
                "name": title,
                "body": f"<p>{text}</p>" if text else False,
                "owner_id": owner.id,
                "date_due": session.day + timedelta(days=days),
            }
        )
        resolution.action_adopt()
        return resolution

    def _write_minutes(self, council, life):
        session = self._as(self._secretary_name(council), life["session"])
        life["minutes"] = minutes = session.env["shora.minutes"]._draft_for(session)
        minutes.text = "<p>جلسه با قرائت دستور جلسه آغاز و با جمع‌بندی رئیس پایان یافت.</p>"
        if life["number"] < life["last"]:
            minutes._sign("password")
            minutes.action_forward()

    def _at_the_secretariat(self, council, life):
        minutes = life["minutes"]
        if minutes.state != "forwarded":
            return
        there = self._as("secretariat", minutes)
        there.action_receive()
        if life["number"] < life["last"] - 1:
            there.action_review()

    # --- the President's word, and what becomes of a resolution ---

    def _president_decides(self, council, life):
        number = life["number"]
        decision = "refer" if number % 9 == 5 else "instruct" if number % 3 else "seen"
        text = WORDS_OF_THE_PRESIDENT[number % 3] or ("برای اظهار نظر به معاونت حقوقی." if decision == "refer" else "")
        life["resolution"].sudo()._record_decision(decision, text, council._today())

    def _notify(self, council, life):
        resolution = self._as(self._secretary_name(council), life["resolution"])
        if resolution.president_decision not in ("seen", "instruct"):
            return
        if life["burden"]:
            resolution.burden = "yes"
            if life["number"] % 7:
                resolution.write(REGULATION)
        else:
            resolution.burden = "no"
        resolution.action_notify()

    def _execute(self, council, life):
        resolution = self._as(self._secretary_name(council), life["resolution"])
        if resolution.state == "notified" and not resolution.burden_missing:
            resolution.action_execute()
            resolution.progress = 20 + 10 * (life["number"] % 5)

    def _finish(self, council, life):
        """Most are done within two months and a half; some are still in execution after their due date."""
        resolution = self._as(self._secretary_name(council), life["resolution"])
        if resolution.state != "in_execution":
            return
        last = life["number"] % 6 != 2
        resolution.env["shora.resolution.answer"].create(
            {"resolution_id": resolution.id, "text": ANSWERS[last], "number": f"۱۴۰۵/م/{life['number'] + 100}"}
        )
        if last:
            resolution.action_done()
