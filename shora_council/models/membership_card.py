from odoo import api, fields, models


class ShoraMembership(models.Model):
    """The member's card: by which decree, for whom, acting or not, readable for everybody who sees the member.

    Decrees themselves are open to the offices only; their kind, number and whom a representative stands for are no
    secret within the council.
    """

    _name = "shora.membership"
    _inherit = "shora.membership"

    decree_kind = fields.Selection(related="decree_id.kind", string="Kind of decree")
    decree_label = fields.Char(compute="_compute_decree_label", string="Kind and number of the decree")
    principal_name = fields.Char(compute="_compute_decree_label", string="Representative of")
    is_acting = fields.Boolean(compute="_compute_is_acting", string="Acting secretary")

    @api.depends("decree_id.kind", "decree_id.official_number", "decree_id.internal_number", "decree_id.principal_id")
    @api.depends_context("lang")
    def _compute_decree_label(self):
        words = self.env["shora.words"]
        kinds = dict(self.env["shora.decree"]._fields["kind"]._description_selection(self.env))
        for member in self:
            decree = member.decree_id.sudo()  # see the class
            number = words._digits(decree.official_number or decree.internal_number or "")
            member.decree_label = " ".join(part for part in (kinds.get(decree.kind), number) if part)
            member.principal_name = decree.principal_id.name

    def _compute_is_acting(self):
        decrees = self.env["shora.decree"].sudo()._acting_on(self.council_id, self.env["shora.council"]._today())
        memberships = {decree.membership_id.id for decree in decrees.values()}
        for member in self:
            member.is_acting = member.id in memberships
