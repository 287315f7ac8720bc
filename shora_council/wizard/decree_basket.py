from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ShoraDecreeBasket(models.TransientModel):
    """Several decrees of one council before they are issued: the composition without and with them, and in words what
    stands in the way. Issuing is all or nothing, judged by ``shora.decree`` (article 4).
    """

    _name = "shora.decree.basket"
    _description = "Basket of decrees"

    council_id = fields.Many2one("shora.council", required=True, ondelete="cascade")
    decree_ids = fields.Many2many(
        "shora.decree",
        "shora_decree_basket_rel",
        "basket_id",
        "decree_id",
        string="Decrees",
        domain="[('council_id', '=', council_id), ('state', 'in', ('draft', 'proposed'))]",
    )
    day = fields.Date(compute="_compute_composition", string="Composition on")
    composition_html = fields.Html(compute="_compute_composition", sanitize=False, string="Composition")
    reasons = fields.Text(compute="_compute_composition", string="What stands in the way")
    may_issue = fields.Boolean(compute="_compute_composition")
    has_drafts = fields.Boolean(compute="_compute_composition")

    @api.depends("council_id")
    def _compute_display_name(self):
        for basket in self:
            basket.display_name = self.env._("Decrees to be issued together")

    @api.depends("decree_ids", "decree_ids.state", "decree_ids.official_number", "decree_ids.official_date")
    def _compute_composition(self):
        for basket in self:
            decrees = basket.decree_ids._origin
            open_ones = decrees.filtered(lambda decree: decree.state in ("draft", "proposed"))
            today = self.env["shora.council"]._today()
            basket.day = max([today, *open_ones.mapped("date_from")])
            basket.has_drafts = any(decree.state == "draft" for decree in decrees)
            basket.composition_html = self.env["shora.composition"]._render(basket.council_id, basket.day, open_ones)
            basket.reasons = "\n".join(open_ones._together_reasons(judged=False)) if open_ones else False
            basket.may_issue = bool(open_ones) and not open_ones._together_reasons()

    @api.constrains("council_id", "decree_ids")
    def _check_one_council(self):
        for basket in self:
            self._refuse_several_councils(basket.council_id | basket.decree_ids.council_id)

    @api.model
    def _dialog(self, decrees):
        """Open the basket with ``decrees``.

        :raises UserError: they belong to several councils, or none can still be issued
        """
        waiting = decrees.filtered(lambda decree: decree.state in ("draft", "proposed"))
        if not waiting:
            raise UserError(self.env._("None of these decrees is waiting to be issued."))
        self._refuse_several_councils(waiting.council_id)
        basket = self.create({"council_id": waiting.council_id.id, "decree_ids": [(6, 0, waiting.ids)]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decrees to be issued together"),
            "res_model": self._name,
            "res_id": basket.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _refuse_several_councils(self, councils):
        if len(councils) > 1:
            raise UserError(
                self.env._(
                    "Decrees are issued together within one council; these belong to: %(councils)s.",
                    councils=self.env["shora.words"]._join(councils.mapped("short_name")),
                )
            )

    def action_propose(self):
        self.ensure_one()
        self.decree_ids.filtered(lambda decree: decree.state == "draft").write({"state": "proposed"})
        return self._again()

    def action_issue(self):
        """Issue all of them, or none.

        :raises UserError: naming every reason, each with its decree and clause
        """
        self.ensure_one()
        decrees = self.decree_ids
        decrees.write({"state": "issued"})
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_decree_action"),
            "domain": Domain("id", "in", decrees.ids),
        }

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }
