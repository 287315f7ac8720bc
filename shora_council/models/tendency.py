from odoo import fields, models


class ShoraTendency(models.Model):
    """A view or tendency which the experts should preferably cover (4 note 1); a person's tendencies are sensitive,
    this list is not.
    """

    _name = "shora.tendency"
    _description = "Tendency"
    _order = "dimension, sequence, id"

    name = fields.Char(required=True, translate=True)
    dimension = fields.Selection(
        [("intellectual", "Intellectual"), ("scientific", "Scientific"), ("executive", "Executive")], required=True
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(aggregator=False)
