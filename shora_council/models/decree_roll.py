from odoo import api, models
from odoo.fields import Domain

from .decree import ISSUED, MEMBER_KINDS


class ShoraDecree(models.Model):
    """Who sat in a council on any day, from decrees alone: past, today and future."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    @api.model
    def _domain_on(self, day):
        """Domain of the decrees whose effect includes the Tehran day ``day``. What rests on a membership ends with it
        (note 2).
        """
        not_over = [
            Domain(field, "=", False) | Domain(field, ">=", day)
            for field in ("date_to", "date_ended", "membership_id.date_to")
        ]
        return (
            Domain("state", "in", ISSUED)
            & Domain("date_from", "<=", day)
            & Domain("membership_id.state", "!=", "void")
            & Domain.AND(not_over)
        )

    def _by_council(self, councils, domain):
        """{council id: decree} of ``domain``; the latest decree wins, one query."""
        decrees = self.search(Domain("council_id", "in", councils.ids) & domain, order="date_from, id")
        return {decree.council_id.id: decree for decree in decrees}

    @api.model
    def _roll_on(self, councils, day):
        """The decrees by which the members of ``councils`` sat on ``day``, in the order of seats."""
        decrees = self.search(
            self._domain_on(day) & Domain("council_id", "in", councils.ids) & Domain("gives_membership", "=", True)
        )
        return decrees.sorted(lambda d: (d.council_id.sequence, d.council_id.id, d.seat_id.sequence, d.seat_id.id))

    @api.model
    def _chairs_on(self, councils, day):
        """{council id: chair decree} in force on the Tehran day ``day``; a chair whose expert membership ended is none
        (note 2).
        """
        return self._by_council(councils, self._domain_on(day) & Domain("kind", "=", "chair"))

    @api.model
    def _chairs_from(self, council, day):
        """Every chair decree in force on ``day`` or later."""
        chairs = self.search(
            [
                ("council_id", "=", council.id),
                ("kind", "=", "chair"),
                ("state", "in", ("issued", "in_force")),
            ]
        )
        return chairs.filtered(lambda chair: not chair._last_effective_day() or chair._last_effective_day() >= day)

    @api.model
    def _acting_on(self, councils, day):
        """{council id: decree of the acting secretary} on the Tehran day ``day``."""
        return self._by_council(councils, self._domain_on(day) & Domain("kind", "=", "acting"))

    @api.model
    def _secretaries_on(self, councils, day):
        """{council id: decree of the secretary or the acting secretary} on the Tehran day ``day`` (4-A2)."""
        return self._by_council(councils, self._domain_of_secretaries(day))

    @api.model
    def _domain_of_secretaries(self, day):
        """Domain of the decrees by which somebody is secretary, or acts as one, on ``day``."""
        return self._domain_on(day) & Domain("seat_id.is_secretary", "=", True) & Domain("kind", "in", MEMBER_KINDS)

    def _last_effective_day(self):
        """The last day on which the decree has its effect; None = no end known."""
        self.ensure_one()
        days = (self.date_to, self.date_ended, self.membership_id.date_to)
        return min((day for day in days if day), default=None)
