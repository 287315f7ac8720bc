from odoo import fields, models


class ShoraBylawInterpretation(models.Model):
    """The register of readings: what the by-law leaves ambiguous, how it is read, who confirmed that and when."""

    _name = "shora.bylaw.interpretation"
    _description = "Reading of a by-law"
    _inherit = ["shora.bylaw.part"]
    _order = "bylaw_id, sequence, id"

    _open_fields = frozenset({"confirmed_by_id", "confirmed_on", "note"})

    clause_id = fields.Many2one("shora.bylaw.clause", ondelete="restrict")
    sequence = fields.Integer(default=10)
    question = fields.Text(required=True, translate=True, string="Open question")
    reading = fields.Text(required=True, translate=True, string="Reading in force")
    confirmed_by_id = fields.Many2one("res.users", string="Confirmed by", copy=False)
    confirmed_on = fields.Date(string="Confirmed on", copy=False)
    note = fields.Text(string="Remark", copy=False)
