from datetime import timedelta

from odoo import models

from .demo_words import DEFECTS

#: ordinary sessions back: minutes that were late, returned and answered, returned and still to be answered, not checked
LATE = {"IRUD": (10,), "ENV": (4,)}
ANSWERED, RETURNED, UNREVIEWED = 18, 2, 1
#: the last one's are still to be written, or overdue where its week is over
UNWRITTEN = 0


class ShoraDemo(models.AbstractModel):
    """Minutes: drafted and signed, forwarded in time or late, received, returned and answered, reviewed (5-5)."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _life_of(self, sitting, day):
        days = timedelta
        entries = super()._life_of(sitting, day)
        entries.append((day + days(days=2), 13, lambda: self._draft_minutes(sitting)))
        if sitting.back == UNWRITTEN:
            rule = sitting.council._rule("minutes_days", day)
            return [*entries, self._night_of(sitting.council, day + days(days=rule.value + 1))]
        forwarded = day + days(days=3)
        if sitting.back in LATE[sitting.council.code]:
            rule = sitting.council._rule("minutes_days", day)
            forwarded = day + days(days=rule.value + 2)
            entries.append(self._night_of(sitting.council, forwarded - days(days=1)))
        entries.append((forwarded, 10, lambda: self._forward_minutes(sitting)))
        entries.append((forwarded + days(days=2), 13, lambda: self._at_secretariat(sitting).action_receive()))
        return entries + self._checked(sitting, forwarded)

    def _checked(self, sitting, forwarded):
        """The entries of what the Secretariat finds."""
        days = timedelta
        if sitting.council.code == "IRUD" and sitting.back == RETURNED:
            lately = max(forwarded + days(days=4), self._ago(sitting.council, 3))
            return [(lately, 11, lambda: self._return_minutes(sitting))]
        if sitting.back == UNREVIEWED:
            return []
        reviewed, entries = forwarded + days(days=4), []
        if sitting.council.code == "IRUD" and sitting.back == ANSWERED:
            entries = [
                (reviewed, 11, lambda: self._return_minutes(sitting)),
                (reviewed + days(days=3), 10, lambda: self._answer_defects(sitting)),
                (reviewed + days(days=4), 10, lambda: self._at_secretariat(sitting).action_receive()),
            ]
            reviewed += days(days=6)
        return [*entries, (reviewed, 11.5, lambda: self._at_secretariat(sitting).action_review())]

    def _at_secretariat(self, sitting):
        return self._as("secretariat", sitting.minutes)

    def _draft_minutes(self, sitting):
        session = sitting.session
        sitting.minutes = session.env["shora.minutes"]._draft_for(session)
        sitting.minutes.text = "<p>جلسه با قرائت دستور جلسه آغاز و با جمع‌بندی رئیس جلسه پایان یافت.</p>"

    def _forward_minutes(self, sitting):
        sitting.minutes._sign("password")
        sitting.minutes.action_forward()

    def _return_minutes(self, sitting):
        wizard = self._as("secretariat", self.env["shora.minutes.return"]).create(
            {"minutes_id": sitting.minutes.id, "line_ids": [(0, 0, {"name": defect}) for defect in DEFECTS]}
        )
        wizard.action_confirm()

    def _answer_defects(self, sitting):
        addendum = sitting.minutes.env["shora.minutes.addendum"].create(
            {
                "minutes_id": sitting.minutes.id,
                "reason": "رفع نواقص اعلام‌شده از سوی دبیرخانه شوراهای راهبردی",
                "text": "<p>نام ارائه‌دهنده گزارش: معاون برنامه‌ریزی مرکز. پیوست گزارش در پرونده جلسه بایگانی شد.</p>",
            }
        )
        addendum._sign("password")
        sitting.minutes.action_forward()
