from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.uninstall import is_uninstalling
from .resolution_decision import DECISIONS

#: what the Secretariat writes of a line, or of minutes, while the dossier is a draft
IN_DRAFT = frozenset({"summary", "recommendation", "sequence"})
#: what a recorded decision consists of; set by ``decide`` and ``finalize``, never by hand
DECISION_FACTS = frozenset(
    {
        *("decision", "text", "decided_on", "recorded_by_id", "recorded_name", "recorded_at", "on_behalf"),
        *("revision", "is_final", "final_at", "final_name", "is_withdrawn"),
    }
)


class ShoraDossier(models.Model):
    _name = "shora.dossier"
    _inherit = "shora.dossier"

    def _check_open(self):
        """
        :raises UserError: one of them is presented
        """
        for dossier in self:
            if dossier.state != "draft":
                dossier._check_frozen({"line_ids": True})


class ShoraDossierLine(models.Model):
    """What the President decides on: one resolution with the Secretariat's recommendation, or, where minutes brought
    none, the minutes themselves (5-9).

    A resolution that he referred comes once more in a later dossier (``is_again``). Until the dossier is presented the
    Secretariat writes summary and recommendation; afterwards only his decision is recorded.
    """

    _name = "shora.dossier.line"
    _description = "Line of a dossier"
    _order = "dossier_id, is_again, sequence, part_id, id"

    dossier_id = fields.Many2one("shora.dossier", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="dossier_id.company_id", store=True, index=True)
    dossier_state = fields.Selection(related="dossier_id.state", string="State of the dossier")
    part_id = fields.Many2one("shora.dossier.minutes", index="btree_not_null", ondelete="cascade", readonly=True)
    minutes_id = fields.Many2one("shora.minutes", required=True, index=True, ondelete="restrict", readonly=True)
    session_id = fields.Many2one(related="minutes_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="minutes_id.council_id", store=True, index=True)
    resolution_id = fields.Many2one("shora.resolution", index="btree_not_null", ondelete="restrict", readonly=True)
    is_again = fields.Boolean(readonly=True, string="Presented again")
    sequence = fields.Integer(default=10)
    summary = fields.Text()
    recommendation = fields.Text()
    decision = fields.Selection(DECISIONS, readonly=True, string="President's decision")
    text = fields.Text(readonly=True, string="Marginal note")
    decided_on = fields.Date(readonly=True, string="Decided on")
    recorded_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    recorded_name = fields.Char(readonly=True, string="Recorded by")
    on_behalf = fields.Char(readonly=True, string="On behalf of", help="Empty: the President himself.")
    recorded_at = fields.Datetime(readonly=True, string="Recorded at")
    revision = fields.Integer(
        readonly=True, help="How often it was recorded; who decides says which one he saw.", aggregator=False
    )
    is_final = fields.Boolean(readonly=True, string="Final")
    final_at = fields.Datetime(readonly=True, string="Final since")
    final_name = fields.Char(readonly=True, string="Made final by")

    _once = models.UniqueIndex(
        "(dossier_id, resolution_id) WHERE resolution_id IS NOT NULL", "A resolution is in a dossier once."
    )
    _one_waits = models.UniqueIndex(
        "(resolution_id) WHERE resolution_id IS NOT NULL AND is_final IS NOT TRUE",
        "This resolution waits for the President in another dossier.",
    )

    @api.depends("resolution_id", "minutes_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (line.resolution_id or line.minutes_id).display_name

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_hand(vals)
            # Set, not only checked: no default of the client's context records a decision.
            vals.update(dict.fromkeys(DECISION_FACTS, False), revision=0)
            if vals.setdefault("is_again", False):
                resolution = self.env["shora.resolution"].browse(vals.get("resolution_id"))
                self._check_again(resolution)
                vals.update(minutes_id=resolution.session_id.minutes_id.id, part_id=False)
            elif not self.env.su:
                raise UserError(self.env._("The lines of a dossier follow from its minutes."))
        lines = super().create(vals_list)
        lines.dossier_id._check_open()
        return lines

    @api.model
    def _check_again(self, resolution):
        """
        :raises UserError: the President did not refer it
        """
        if resolution not in self.env["shora.resolution"]._referred(self.env.companies):
            raise UserError(self.env._("Only a resolution that the President referred is presented again."))

    def write(self, vals):
        self._check_hand(vals)
        if set(vals) - IN_DRAFT:
            raise UserError(self.env._("Of a line of a dossier, summary and recommendation are written."))
        self.dossier_id._check_open()
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        """
        :raises UserError: the dossier is presented, or the line follows from minutes that are in it
        """
        self.dossier_id._check_open()
        if not self.env.su and not all(self.mapped("is_again")):
            raise UserError(self.env._("The lines of a dossier follow from its minutes."))

    def copy(self, default=None):
        if self:
            raise UserError(self.env._("The lines of a dossier follow from its minutes."))
        return super().copy(default)

    def _store(self, vals):
        """Write what ``decide`` and ``finalize`` have judged."""
        return super().write(vals)

    @api.model
    def _check_hand(self, vals):
        """
        :raises UserError: a fact of the decision is given by hand
        """
        facts = sorted(DECISION_FACTS & set(vals))
        if facts:
            raise UserError(
                self.env._(
                    "%(fields)s: recorded by the President's decision, never by hand.",
                    fields=self.env["shora.words"]._join(
                        self._fields[name]._description_string(self.env) for name in facts
                    ),
                )
            )
