from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..rules import clock

try:
    from freezegun import freeze_time
except ImportError:  # a server without Odoo's own requirements: it has no demonstration and needs none
    freeze_time = None

EVENING = 23.5
#: days between two nights on which everything is looked through, beside those that are asked for
NIGHTS = 9


class ShoraDemo(models.AbstractModel):
    """The past of the demonstration is lived on its own days: clock, records and letters say the same.

    The clock is turned by freezegun, one of Odoo's own requirements. Only this thread's transaction sees the records
    before they are committed; whatever else runs in the process meanwhile would see another day, which is why
    demonstrations are not loaded into a server at work.
    """

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _subjects(self):
        return [*super()._subjects(), self._diary_of_nights]

    def _has_clock(self):
        """Whether the clock can be turned here."""
        return freeze_time is not None

    @api.model
    def _live(self, councils):
        """Do what the diary says, up to now; what is said of later moments has not happened."""
        present = fields.Datetime.now()
        with self._past() as turn:
            before = None
            for day, hour, act in self._diary(councils):
                if self._moment(day, hour) > present:
                    break
                if before and day != before:
                    turn(before, EVENING)
                    self._archive(councils)
                turn(day, hour)
                act()
                before = day
        self._night(councils)

    def _moment(self, day, hour):
        """Naive UTC of an hour, 9.5 for half past nine, of a Tehran day."""
        return clock.day_start_utc(day) + timedelta(hours=hour)

    @contextmanager
    def _past(self):
        """Everything inside happens at the moments named to the function it gives: ``turn(day, hour)``."""
        cursor = self.env.cr
        with freeze_time(fields.Datetime.now()) as frozen:
            today = None

            def turn(day, hour):
                nonlocal today
                self.env.flush_all()
                frozen.move_to(self._moment(day, hour))
                cursor._now = fields.Datetime.now()  # what Odoo dates records with
                if day != today:
                    self.env.invalidate_all()  # what follows from the day is worked out anew
                today = day

            try:
                yield turn
                self.env.flush_all()
            finally:
                cursor._now = None
        self.env.invalidate_all()

    # --- what time itself brings ---

    def _diary_of_nights(self, councils):
        first = min(self._founded(council) for council in councils)
        nights = range(0, (councils._today() - first).days, NIGHTS)
        return [self._night_of(councils, first + timedelta(days=number)) for number in nights]

    def _night_of(self, councils, day):
        """The entry of a night that is asked for, where the day alone brings something to light."""
        return (day, EVENING, lambda: self._night(councils))

    def _night(self, councils):
        """As the nightly jobs, without their commits."""
        system = self.env["shora.decree"]._as_system()
        today = councils._today()
        system.search([("state", "=", "issued"), ("date_from", "<=", today)])._enter_into_force()
        over = Domain("date_to", "<", today) | Domain("date_ended", "<", today)
        system.search(Domain("state", "=", "in_force") & over, order="kind")._expire_if_over()
        self._archive(councils)
        self.env["shora.finding"]._check(councils)

    def _archive(self, councils):
        """The Secretariat's copies (5-7) of what has been made."""
        sessions = self.env["shora.session"]._as_system()
        for owner, lost in sessions._archive_owners(councils).items():
            sessions.env["shora.archive.copy"]._keep(owner, lost)
