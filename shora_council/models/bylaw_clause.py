from odoo import api, fields, models


class ShoraBylawClause(models.Model):
    """An article, clause or note of a by-law: our short wording, and room for the official text."""

    _name = "shora.bylaw.clause"
    _description = "Clause of a by-law"
    _inherit = ["shora.bylaw.part"]
    _order = "bylaw_id, sequence, id"

    _open_fields = frozenset({"official_text"})
    _clause_field = "parent_id"

    parent_id = fields.Many2one("shora.bylaw.clause", index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    article = fields.Integer(aggregator=False)
    kind = fields.Selection(
        [("article", "Article"), ("clause", "Clause"), ("note", "Note"), ("closing", "Closing"), ("silent", "Silent")],
        required=True,
        default="clause",
    )
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True, string="Short wording")
    citation = fields.Char(required=True, translate=True)
    official_text = fields.Text(string="Official text")

    _code_unique = models.UniqueIndex("(bylaw_id, code)", "A clause appears once in a by-law.")

    @api.depends("citation")
    def _compute_display_name(self):
        for clause in self:
            clause.display_name = clause.citation or clause.code
