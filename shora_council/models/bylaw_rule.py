from odoo import fields, models


class ShoraBylawRule(models.Model):
    """A rule of a by-law as data: the code that the software asks for, its value, its clause, and whether it is set at
    all.
    """

    _name = "shora.bylaw.rule"
    _description = "Rule of a by-law"
    _inherit = ["shora.bylaw.part"]
    _order = "bylaw_id, clause_sequence, id"

    clause_id = fields.Many2one("shora.bylaw.clause", ondelete="restrict", index=True)
    clause_sequence = fields.Integer(related="clause_id.sequence", store=True, aggregator=False)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True, string="Rule")
    value = fields.Integer(aggregator=False)
    unit = fields.Selection(
        [
            ("none", "—"),
            ("days", "Days"),
            ("members", "Members"),
            ("sessions", "Sessions"),
            ("jalali_years", "Jalali years"),
            ("percent", "Percent"),
        ],
        required=True,
        default="none",
    )
    severity = fields.Selection(
        [("block", "Blocks"), ("warn", "Warns"), ("info", "Informs")], required=True, default="warn"
    )
    is_active = fields.Boolean(string="Set", default=True, help="Not set: left open by the by-law.")
    note = fields.Char(string="Remark", translate=True)

    _code_unique = models.UniqueIndex("(bylaw_id, code)", "A rule appears once in a by-law.")

    def _cite(self):
        """Citation of the rule's clause in the user's language, "Article 5, clause 6"; its name when it has none."""
        self.ensure_one()
        rule = self.sudo()  # a refusal names its clause to whoever meets it
        return rule.clause_id.citation or rule.name
