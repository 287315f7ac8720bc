from odoo import fields, models
from odoo.fields import Domain

from ..rules import clock
from .minutes_week import SIGNED
from .resolution_life import ADOPTED
from .review_note import READERS


class ShoraMinutesStep(models.Model):
    _name = "shora.minutes.step"
    _inherit = "shora.minutes.step"

    kind = fields.Selection(
        selection_add=[("presented", "Presented"), ("closed", "Closed by decision")],
        ondelete={"presented": "cascade", "closed": "cascade"},
    )


class ShoraMinutes(models.Model):
    """Reviewed minutes before the President (5-9): presented with their dossier, closed by his decisions.

    These steps follow from the dossier and are taken by it; the judge asks here whether it says so. Of a dossier that
    was withdrawn they come back (``dossier_withdrawn``).
    """

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    _transitions = {
        "draft": {"signed": ("secretary",)},
        # «system»: joint minutes, which the Secretariat itself writes (5-10)
        "signed": {"forwarded": ("secretary",), "reviewed": ("system",)},
        "forwarded": {"received": ("secretariat",)},
        "received": {"returned": ("secretariat",), "reviewed": ("secretariat",)},
        "returned": {"forwarded": ("secretary",)},
        "reviewed": {"presented": ("head",)},
        "presented": {"closed": ("president", "office"), "reviewed": ("head",)},
        "closed": {},
    }
    _frozen_states = (*SIGNED, "presented", "closed")

    state = fields.Selection(
        selection_add=[("presented", "Presented"), ("closed", "Closed by decision")],
        ondelete={"presented": "cascade", "closed": "cascade"},
    )
    dossier_part_ids = fields.One2many(
        "shora.dossier.minutes", "minutes_id", string="In the dossier", readonly=True, groups=READERS
    )

    def _presented_blockers(self):
        parts = self.sudo().dossier_part_ids  # asked by the judge, whoever reads dossiers
        if "presented" in parts.mapped("dossier_id.state"):
            return []
        return [self._by_5_9(self.env._("Minutes are presented to the President in a dossier."))]

    def _closed_blockers(self):
        lines = self.env["shora.dossier.line"].sudo()  # as above
        own = Domain("minutes_id", "=", self.id) & Domain("is_withdrawn", "=", False)
        if lines.search_count(own & Domain("is_final", "=", True)) and not (
            lines.search_count(own & Domain("is_final", "=", False))
        ):
            return []
        return [self._by_5_9(self.env._("The President's decision on every resolution in them is not final yet."))]

    def _stage_days(self):
        """{minutes: Tehran day of their last step at the Secretariat}; one query."""
        steps = self.env["shora.minutes.step"].sudo()  # whoever reads the minutes may know where they are
        rows = steps._read_group(Domain("minutes_id", "in", self.ids), ["minutes_id"], ["at:max"])
        return {minutes.with_env(self.env): clock.tehran_day(at) for minutes, at in rows}

    def _on_presented(self):
        for minutes in self:
            minutes._add_step("presented", minutes._round())
            minutes._tell_secretary(
                lambda told: told.env._("%(minutes)s were presented to the President.", minutes=told.display_name)
            )
        self.env["shora.finding"]._check(self.council_id)

    def _on_closed(self):
        for minutes in self:
            minutes._add_step("closed", minutes._round())
            minutes._tell_secretary(
                lambda told: told.env._(
                    "The President has decided on everything in %(minutes)s; they are closed.",
                    minutes=told.display_name,
                )
            )
        self.env["shora.finding"]._check(self.council_id)


class ShoraSession(models.Model):
    """What of a session goes before the President."""

    _name = "shora.session"
    _inherit = "shora.session"

    def _presentable(self):
        """The resolutions that the council adopted, in their order; rejected and deferred ones end in the council."""
        return self.resolution_ids.filtered(lambda one: one.state in ADOPTED).sorted("id")
