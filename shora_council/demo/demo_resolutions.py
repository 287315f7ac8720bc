from datetime import timedelta

from odoo import models

from .demo_words import ABANDONED, ANSWERS, JOINT_ITEMS, JOINT_RESOLUTION, RESOLUTIONS

REGULATION = {"regulation": "نظام‌نامه پژوهشی مرکز", "regulation_reference": "۱۲/۴۵۶ مورخ ۱۴۰۲/۰۳/۱۰، ماده ۸"}
#: days after the President's word: the letter, the beginning of the work, the executor's answer
NOTIFIED, EXECUTED, ANSWERED = 4, 9, 30
DUE = 60
#: sessions back: what waits for the regulation of 5-3, is returned, is referred, is late, is given up
GATED = {"IRUD": (4,), "ENV": (2,)}
RETURNED, REFERRED, ABANDONS = (5,), (7,), (8,)
OVERDUE = {"IRUD": (6, 9), "ENV": (3,)}
#: sessions back in which something was rejected and something put off as well
DISPUTED = 2


class ShoraDemo(models.AbstractModel):
    """Resolutions: adopted, and once the President has decided, notified, carried out or not (5-3, 5-9)."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _life_of(self, sitting, day):
        entries = super()._life_of(sitting, day)
        decided = self._decided_on(sitting, day)
        if not decided:
            return entries
        days = timedelta
        return [
            *entries,
            (decided + days(days=NOTIFIED), 11, lambda: self._notify(sitting)),
            (decided + days(days=NOTIFIED), 11.5, lambda: self._close_others(sitting)),
            (decided + days(days=EXECUTED), 11, lambda: self._execute(sitting)),
            (decided + days(days=ANSWERED), 11, lambda: self._finish(sitting)),
        ]

    def _resolve(self, sitting):
        super()._resolve(sitting)
        code, session = sitting.council.code, sitting.session
        sitting.resolution = sitting.others = session.env["shora.resolution"]
        for item in session.agenda_item_ids.filtered(lambda one: one.annual_plan_id or one.plan_amendment_id):
            paper = item.annual_plan_id or item.plan_amendment_id
            sitting.others |= self._put_to_vote(sitting, item, f"تصویب {paper.display_name}", "", None)
        for item in session.agenda_item_ids.filtered(
            lambda one: one.state == "discussed" and one.joint_push_id and one.name == JOINT_ITEMS[0][0]
        ):
            sitting.others |= self._put_to_vote(sitting, item, *JOINT_RESOLUTION, DUE)
        sitting.others.action_adopt()
        if sitting.number % 3 == 2 and sitting.back not in (*GATED[code], *OVERDUE[code], *RETURNED, *REFERRED, 0, 1):
            return
        title, text, burden = RESOLUTIONS[code][sitting.number % len(RESOLUTIONS[code])]
        sitting.burden = burden or sitting.back in GATED[code]
        item = session.agenda_item_ids.filtered(
            lambda one: not one.annual_plan_id and not one.plan_amendment_id and not one.joint_push_id
        )[:1]
        sitting.resolution = self._put_to_vote(sitting, item, title, text, DUE)
        sitting.resolution.action_adopt()
        if code == "IRUD" and sitting.back == DISPUTED:
            self._put_to_vote(
                sitting, item, "تمدید تفاهم‌نامه‌های غیرفعال", "بدون ارزیابی تمدید شوند.", None
            ).action_reject()
            self._put_to_vote(sitting, item, "تأسیس دفتر در شهر خواهر", "به جلسه بعد موکول شد.", None).action_defer()

    def _put_to_vote(self, sitting, item, title, text, due):
        session, council = sitting.session, sitting.council
        values = {
            "session_id": session.id,
            "agenda_item_id": item.id,
            "name": title,
            "body": f"<p>{text}</p>" if text else False,
            "owner_id": self._partner("a3" if council.code == "IRUD" else "e3").id,
            "date_due": session.day + timedelta(days=due) if due else False,
        }
        if council._rule("majority", session.day):
            present = session._present_members()
            values |= {"ballot": "secret", "votes_for": present - 1, "votes_against": 1}
        return session.env["shora.resolution"].create(values)

    def _intended(self, sitting, resolution):
        """What the President is to say of it, and the Secretariat to recommend."""
        if resolution != sitting.resolution:
            return "seen"
        ordinary = "instruct" if sitting.number % 3 else "seen"
        if sitting.council.code != "IRUD":
            return ordinary
        return {**dict.fromkeys(RETURNED, "return"), **dict.fromkeys(REFERRED, "refer")}.get(sitting.back, ordinary)

    # --- what becomes of it ---

    def _close_others(self, sitting):
        """What the council resolved beside it, such as the approval of its plan, is done with its letter."""
        for resolution in sitting.others.filtered(lambda one: one.state == "adopted" and one.president_decision):
            resolution.burden = "no"
            resolution.action_notify()
            resolution.action_execute()
            self._answer(resolution, done=True)
            resolution.action_done()

    def _notify(self, sitting):
        resolution, code = sitting.resolution, sitting.council.code
        if not resolution or resolution.president_decision not in ("seen", "instruct"):
            return
        resolution.burden = "yes" if sitting.burden else "no"
        if sitting.burden and sitting.back not in GATED[code]:
            resolution.write(REGULATION)
        resolution.action_notify()

    def _execute(self, sitting):
        resolution = sitting.resolution
        if resolution.state != "notified" or resolution.burden_missing:
            return
        resolution.action_execute()
        resolution.progress = 20 + 10 * (sitting.number % 5)
        if sitting.council.code == "IRUD" and sitting.back in ABANDONS:
            resolution.abandon_reason = ABANDONED
            resolution.action_abandon()

    def _finish(self, sitting):
        """Most are done in time; some are still in execution after their due date."""
        resolution = sitting.resolution
        if resolution.state != "in_execution":
            return
        late = sitting.back in OVERDUE[sitting.council.code]
        self._answer(resolution, done=not late)
        if not late:
            resolution.action_done()

    def _answer(self, resolution, done):
        resolution.env["shora.resolution.answer"].create(
            {"resolution_id": resolution.id, "text": ANSWERS[done], "number": f"م/{resolution.number}"}
        )
