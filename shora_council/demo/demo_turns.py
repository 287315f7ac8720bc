from datetime import timedelta
from types import SimpleNamespace

from odoo import models

from .demo_words import AGENDAS, REFERRALS

#: days back around which the President's first referral was dealt with
REFERRED = 47
#: days from the postponement to the new day at least: the notice is given anew
ANEW = 8


class ShoraDemo(models.AbstractModel):
    """Sessions that take another turn: postponed, cancelled, not held, extraordinary; and what lies ahead."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _subjects(self):
        return [*super()._subjects(), self._diary_of_referrals, self._diary_ahead]

    def _working_day(self, council, day, taken=()):
        """The first working day from ``day`` on on which the council does not sit anyway."""
        last = day + timedelta(days=45)
        off, pauses = council._off(day, last), council._pauses(day, last)
        free = (day + timedelta(days=number) for number in range(45))
        return next(
            one for one in free if not off(one) and one not in taken and not any(a <= one <= b for a, b in pauses)
        )

    # --- turns of ordinary sessions ---

    def _turn_postponed(self, sitting):
        """To a day that leaves time for a notice of its own (5-1)."""
        told = sitting.day - timedelta(days=2)
        day = self._working_day(sitting.council, told + timedelta(days=ANEW), set(self._days_of(sitting.council)))

        def postpone():
            old = sitting.session
            old.write(
                {
                    "final_reason": "هم‌زمانی با نشست اضطراری مدیریت شهری",
                    "postponed_to": self._moment(day, sitting.council.session_hour),
                    "state": "postponed",
                }
            )
            sitting.session = old.successor_id
            if sitting.session.state == "draft":
                sitting.session.action_schedule()

        return [
            (told, 9, postpone),
            (told, 11, lambda: self._invite(sitting.session)),
            *self._life_of(sitting, day),
        ]

    def _turn_cancelled(self, sitting):
        told = sitting.day - timedelta(days=3)
        values = {"final_reason": "تعمیرات اساسی سالن جلسات", "state": "cancelled"}
        return [(told, 9, lambda: sitting.session.write(values)), self._night_of(sitting.council, told)]

    def _turn_not_held(self, sitting):
        values = {"final_reason": "رئیس و دبیر شورا هر دو در مأموریت بودند.", "state": "not_held"}
        return [(sitting.day, 12, lambda: sitting.session.write(values)), self._night_of(sitting.council, sitting.day)]

    # --- extraordinary ones ---

    def _diary_of_referrals(self, councils):
        """Urgent matters that the President referred (5-1 note): one dealt with, one for today or the next working
        day.
        """
        council, entries = councils.filtered(lambda one: one.code == "IRUD"), []
        taken = set(self._days_of(council))
        past = self._working_day(council, self._ago(council, REFERRED), taken)
        coming = self._working_day(council, council._today(), taken)
        for number, day in enumerate((past, coming)):
            sitting = SimpleNamespace(council=council, day=day, number=number, back=None, turn=None, session=None)
            told = day - timedelta(days=2 if day == past else 1)
            entries.append((told, 10, lambda one=sitting: self._refer(one)))
            if day == past:
                entries += self._life_of(sitting, day)
        return entries

    def _refer(self, sitting):
        matter, description, reference = REFERRALS[sitting.number]
        referral = self._as("office", self.env["shora.referral"]).create(
            {
                "council_id": sitting.council.id,
                "name": matter,
                "description": f"<p>{description}</p>",
                "reference": reference,
                "start": self._moment(sitting.day, 16),
            }
        )
        session = self.env["shora.session"].browse(referral.action_confirm()["res_id"])
        sitting.session = self._by_secretary(sitting.council, session)

    # --- ahead ---

    def _diary_ahead(self, councils):
        """What the next session of the first council shows: a document, a guest, a proposal, answers."""
        council = councils.filtered(lambda one: one.code == "IRUD")
        yesterday = self._ago(council, 1)
        return [(yesterday, 15, lambda: self._prepare_next(council))]

    def _prepare_next(self, council):
        coming = self.env["shora.session"].search(
            [
                ("council_id", "=", council.id),
                ("kind", "=", "ordinary"),
                ("day", ">", council._today()),
                ("state", "in", ("scheduled", "invited")),
            ],
            order="start",
        )
        invited = coming.filtered(lambda session: session.state == "invited")[:1]
        for name, answer, reason in (
            ("chair", "attending", None),
            ("member", "not_attending", "شرکت در همایش بین‌المللی"),
        ):
            if invited:
                self._as(name, invited).reply(answer, reason)
        later = self._by_secretary(council, (coming - invited)[:1])
        if not later:
            return
        titles = [title for title, _theme in AGENDAS["IRUD"]]
        item = self._add_item(later, titles[1], 30, presenter_id=self._partner("a3").id)
        item.attachment_ids = [(6, 0, self._last_minutes(council, item).ids)]
        self._add_item(later, titles[2], 20).guest_ids = self._partner("guest")
        self._as("portal", later).propose_item(
            {
                "name": "میزبانی نشست شهرداران خواهرخوانده",
                "description": "<p>پیشنهاد می‌شود زمان و محل نشست در این جلسه بررسی شود.</p>",
            }
        )

    def _last_minutes(self, council, item):
        """A document for the agenda: the sealed minutes of the session before, as a copy."""
        minutes = self.env["shora.minutes"].search(
            [("council_id", "=", council.id), ("pdf_sha256", "!=", False)], limit=1, order="id desc"
        )
        return item.env["ir.attachment"].create(
            {
                "name": "صورتجلسه جلسه پیشین.pdf",
                "datas": minutes.with_context(bin_size=False).pdf,
                "res_model": item._name,
                "res_id": item.id,
            }
        )
