from datetime import timedelta

from odoo import models

from .demo_words import DEFECTS, RECOMMENDATIONS, SUMMARY

#: ordinary sessions back: minutes that were late, returned and answered, returned and still to be answered, not checked
LATE = {"IRUD": (10,), "ENV": (4,)}
ANSWERED, RETURNED, UNREVIEWED = 18, 2, 1
#: the last one's are still to be written, or overdue where its week is over
UNWRITTEN = 0
#: days: from the forwarding to the receipt and to the review; the minutes of an extraordinary session were reviewed
#: this many days ago
RECEIVED, REVIEWED, LATELY = 2, 4, 5


class ShoraDemo(models.AbstractModel):
    """Minutes: drafted and signed, forwarded in time or late, received, returned and answered, reviewed (5-5)."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _life_of(self, sitting, day):
        days = timedelta
        entries = super()._life_of(sitting, day)
        entries.append((day + days(days=2), 13, lambda: self._draft_minutes(sitting)))
        rule = sitting.council._rule("minutes_days", day)
        if sitting.back == UNWRITTEN:
            return [*entries, self._night_of(sitting.council, day + days(days=rule.value + 1))]
        forwarded = self._forwarded_on(sitting, day)
        if sitting.back in LATE[sitting.council.code]:
            entries.append(self._night_of(sitting.council, forwarded - days(days=1)))
        entries.append((forwarded, 10, lambda: self._forward_minutes(sitting)))
        received = forwarded + days(days=RECEIVED)
        entries.append((received, 13, lambda: self._at_secretariat(sitting).action_receive()))
        return entries + self._checked(sitting, forwarded, self._reviewed_on(sitting, day))

    def _forwarded_on(self, sitting, day):
        if sitting.back in LATE[sitting.council.code]:
            return day + timedelta(days=sitting.council._rule("minutes_days", day).value + 2)
        return day + timedelta(days=3)

    def _reviewed_on(self, sitting, day):
        """The day on which the Secretariat accepts the minutes of a session held on ``day``; None: not yet."""
        first = sitting.council.code == "IRUD"
        if sitting.back == UNWRITTEN or (first and sitting.back in (RETURNED, UNREVIEWED)):
            return None
        reviewed = self._forwarded_on(sitting, day) + timedelta(days=REVIEWED)
        if sitting.back is None:
            return max(reviewed, self._ago(sitting.council, LATELY))
        return reviewed + timedelta(days=6 if first and sitting.back == ANSWERED else 0)

    def _checked(self, sitting, forwarded, reviewed):
        """The entries of what the Secretariat finds."""
        found = forwarded + timedelta(days=REVIEWED)
        entries = []
        if sitting.council.code == "IRUD" and sitting.back == RETURNED:
            lately = max(found, self._ago(sitting.council, 3))
            entries = [(lately, 11, lambda: self._return_minutes(sitting))]
        elif sitting.council.code == "IRUD" and sitting.back == ANSWERED:
            entries = [
                (found, 11, lambda: self._return_minutes(sitting)),
                (found + timedelta(days=3), 10, lambda: self._answer_defects(sitting)),
                (found + timedelta(days=4), 10, lambda: self._at_secretariat(sitting).action_receive()),
            ]
        return [*entries, (reviewed, 11.5, lambda: self._review_minutes(sitting))] if reviewed else entries

    def _at_secretariat(self, sitting):
        return self._as("secretariat", sitting.minutes)

    def _review_minutes(self, sitting):
        """Accepted, with what the dossier is to say of it (5-9)."""
        self._note(sitting.minutes, lambda resolution: self._intended(sitting, resolution))
        self._at_secretariat(sitting).action_review()

    def _note(self, minutes, intended):
        """
        :param intended: function of a resolution: what the President is to say of it
        """
        session = minutes.session_id
        topics = self.env["shora.words"]._join(f"«{item.name}»" for item in session.agenda_item_ids if item.discussion)
        notes = [{"minutes_id": minutes.id, "summary": SUMMARY.format(topics=topics)}]
        for resolution in session._presentable():
            word = RECOMMENDATIONS[intended(resolution)]
            notes.append({"minutes_id": minutes.id, "resolution_id": resolution.id, "recommendation": word})
        self._as("secretariat", self.env["shora.review.note"]).create(notes)

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
