from odoo import api, fields, models


class ShoraBylawInterpretation(models.Model):
    """The register of readings: what the by-law leaves ambiguous, how it is read, who confirmed that and when."""

    _name = "shora.bylaw.interpretation"
    _description = "Reading of a by-law"
    _inherit = ["shora.bylaw.part"]
    _order = "bylaw_id, sequence, id"

    _rec_name = "question"

    _open_fields = frozenset({"confirmed_by_id", "confirmed_on", "note"})

    clause_id = fields.Many2one("shora.bylaw.clause", ondelete="restrict")
    sequence = fields.Integer(default=10)
    question = fields.Text(required=True, translate=True, string="Open question")
    reading = fields.Text(required=True, translate=True, string="Reading in force")
    confirmed_by_id = fields.Many2one("res.users", string="Confirmed by", copy=False)
    confirmed_on = fields.Date(string="Confirmed on", copy=False)
    note = fields.Text(string="Remark", copy=False)
    explanation = fields.Text(
        compute="_compute_explanation", help="Figures of this version: how the two ranges of article 4 fit each other."
    )

    @api.depends("clause_id.code", "bylaw_id.rule_ids.value", "bylaw_id.rule_ids.is_active")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for reading in self:
            about_ranges = reading.clause_id.code == "4"
            reading.explanation = "\n".join(reading.bylaw_id._conflict_lines()) if about_ranges else False
