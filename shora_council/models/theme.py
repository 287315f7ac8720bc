from odoo import fields, models


class ShoraTheme(models.Model):
    """A strategic theme of a council (article 3)."""

    _name = "shora.theme"
    _description = "Strategic theme"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(aggregator=False)
