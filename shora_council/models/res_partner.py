from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = "res.partner"

    # Odoo 19 has no titles of its own; letters print them as they were on the day (house practice, spec section 6).
    shora_title = fields.Char(string="Title in letters", help="For example «جناب آقای دکتر», printed before the name.")
    # Who reads no memberships must still be able to read every field of an address.
    shora_membership_ids = fields.One2many(
        "shora.membership",
        "partner_id",
        string="Council memberships",
        groups="shora_council.group_shora_member,hr.group_hr_user",
    )
    shora_membership_count = fields.Integer(
        compute="_compute_shora_membership_count",
        string="Memberships in councils",
        groups="shora_council.group_shora_member,hr.group_hr_user",
    )

    @api.depends("shora_membership_ids")
    def _compute_shora_membership_count(self):
        counts = self.env["shora.membership"]._read_group(
            Domain("partner_id", "in", self.ids) & Domain("state", "!=", "void"), ["partner_id"], ["__count"]
        )
        counted = {partner.id: count for partner, count in counts}
        for partner in self:
            partner.shora_membership_count = counted.get(partner.id, 0)

    def action_open_shora_memberships(self):
        """The council memberships of this person that the reader may see."""
        self.ensure_one()
        return self._action_shora_memberships()

    def _action_shora_memberships(self):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_membership_action"),
            "domain": [("partner_id", "=", self.id), ("state", "!=", "void")],
            "context": {"create": False},
        }
