from datetime import timedelta

from odoo import models

WEEKS, SATURDAY = 3, 5


class ShoraDemo(models.AbstractModel):
    """The weekly digests of compliance that the head of the Secretariat has read lately."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _subjects(self):
        return [*super()._subjects(), self._diary_of_digests]

    def _diary_of_digests(self, councils):
        today = councils._today()
        last = today - timedelta(days=(today.weekday() - SATURDAY) % 7)
        digests = self.env["shora.compliance.digest"].sudo()  # the job sees every company
        return [
            (day, 7.5, lambda d=day: digests._digest_of(councils.company_id, d))
            for day in (last - timedelta(days=7 * week) for week in range(WEEKS))
        ]
