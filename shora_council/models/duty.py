from odoo import fields, models


class ShoraDuty(models.Model):
    """A duty of a council (article 2)."""

    _name = "shora.duty"
    _description = "Duty"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(aggregator=False)
