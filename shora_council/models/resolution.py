from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ShoraResolution(models.Model):
    """What a council resolves on an agenda item; the council advises, the President decides (5-9).

    draft → adopted (gets its number in the council's Jalali year) / rejected / deferred. Its life after adoption
    (notification, execution) begins with the President's decision.
    """

    _name = "shora.resolution"
    _description = "Resolution"
    _inherit = ["shora.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "council_id, id desc"

    _transitions = {
        "draft": {
            "adopted": ("secretary", "staff"),
            "rejected": ("secretary", "staff"),
            "deferred": ("secretary", "staff"),
        },
        "deferred": {"draft": ("secretary", "staff")},
    }
    _frozen_states = ("adopted", "rejected")
    _fact_fields = frozenset({"number"})

    session_id = fields.Many2one("shora.session", required=True, index=True, ondelete="restrict")
    council_id = fields.Many2one(related="session_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    agenda_item_id = fields.Many2one(
        "shora.agenda.item",
        index=True,
        ondelete="restrict",
        domain="[('session_id', '=', session_id)]",
        string="Agenda item",
    )
    number = fields.Char(copy=False)
    name = fields.Char(required=True, string="Title", tracking=True)
    body = fields.Html(string="Text")
    state = fields.Selection(
        [("draft", "Draft"), ("adopted", "Adopted"), ("rejected", "Rejected"), ("deferred", "Deferred")],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    owner_id = fields.Many2one("res.partner", string="Executor")
    date_due = fields.Date(string="Due date")
    theme_ids = fields.Many2many("shora.theme", string="Themes")
    duty_id = fields.Many2one("shora.duty")

    _number_unique = models.UniqueIndex(
        "(council_id, number) WHERE number IS NOT NULL", "Two resolutions of a council cannot have the same number."
    )

    @api.constrains("session_id", "agenda_item_id")
    def _check_item(self):
        for resolution in self:
            if resolution.agenda_item_id and resolution.agenda_item_id.session_id != resolution.session_id:
                raise ValidationError(
                    self.env._(
                        "“%(resolution)s”: its agenda item belongs to another session.", resolution=resolution.name
                    )
                )

    @api.depends("number", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        digits = self.env["shora.words"]._digits
        for resolution in self:
            resolution.display_name = (
                f"{digits(resolution.number)} · {resolution.name}" if resolution.number else resolution.name
            )

    def _session_blockers(self):
        if self.session_id.state not in ("open", "held"):
            return [self.env._("A council resolves in a session that is open or held and not yet closed.")]
        return []

    def _adopted_blockers(self):
        return self._session_blockers()

    def _rejected_blockers(self):
        return self._session_blockers()

    def _deferred_blockers(self):
        return self._session_blockers()

    def _adopted_values(self):
        """Numbered when adopted, per council and Jalali year of the session's day."""
        sequence = self.council_id._sequence("resolution")
        return {"number": sequence.next_by_id(sequence_date=self.session_id.day)}

    def action_adopt(self):
        self.write({"state": "adopted"})

    def action_reject(self):
        self.write({"state": "rejected"})

    def action_defer(self):
        self.write({"state": "deferred"})
