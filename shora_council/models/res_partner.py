from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Odoo 19 has no titles of its own; letters print them as they were on the day (house practice, spec section 6).
    shora_title = fields.Char(string="Title in letters", help="For example «جناب آقای دکتر», printed before the name.")
    shora_membership_ids = fields.One2many("shora.membership", "partner_id", string="Council memberships")
