from contextlib import contextmanager
from datetime import timedelta

from odoo import fields, models

from ..rules import clock


class ShoraDemo(models.AbstractModel):
    """The past of the demonstration is lived on its own days: clock, records and letters say the same.

    The clock is turned by freezegun, which Odoo lists among its own requirements.
    """

    _name = "shora.demo"
    _inherit = "shora.demo"

    @contextmanager
    def _past(self):
        """Everything inside happens on the days named to the function it gives: ``turn(day, hour)``, Tehran time."""
        from freezegun import freeze_time

        present = fields.Datetime.now()
        cursor = self.env.cr
        with freeze_time(present) as frozen:

            def turn(day, hour=9):
                self.env.flush_all()
                moment = min(clock.day_start_utc(day) + timedelta(hours=hour), present)
                frozen.move_to(moment)
                cursor._now = moment  # what Odoo dates new records with
                self.env.invalidate_all()

            try:
                yield turn
                self.env.flush_all()
            finally:
                cursor._now = None
        self.env.invalidate_all()
