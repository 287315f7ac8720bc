from odoo import api, fields, models


class ShoraJointPut(models.TransientModel):
    """Asks to which councils a theme raised in a joint session is put (5-10)."""

    _name = "shora.joint.put"
    _description = "Put a theme to councils"

    item_id = fields.Many2one("shora.agenda.item", required=True, readonly=True, ondelete="cascade", string="Theme")
    candidate_ids = fields.Many2many("shora.council", compute="_compute_candidate_ids")
    council_ids = fields.Many2many(
        "shora.council",
        compute="_compute_council_ids",
        store=True,
        readonly=False,
        string="Councils",
        domain="[('id', 'in', candidate_ids)]",
    )
    with_documents = fields.Boolean(default=True, string="With the documents")

    @api.depends("item_id")
    def _compute_candidate_ids(self):
        """Councils of the company that do not have it yet."""
        for wizard in self:
            councils = wizard.item_id.council_id._councils_of_body().sudo(False)
            wizard.candidate_ids = councils - wizard.item_id.push_ids.council_id

    @api.depends("candidate_ids")
    def _compute_council_ids(self):
        """Those whose themes the item's are; the Secretariat chooses."""
        for wizard in self:
            themes = wizard.item_id._origin.theme_ids
            councils = wizard.candidate_ids._origin
            wizard.council_ids = councils.filtered(lambda council, own=themes: council.theme_ids & own)

    @api.model
    def _dialog(self, item):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put to councils"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_item_id": item.id},
        }

    def action_confirm(self):
        """Put it there; the page below shows what became of it.

        :raises UserError: no council was chosen
        """
        self.ensure_one()
        self.item_id.push_to(self.council_ids.ids, self.with_documents)
        return {"type": "ir.actions.act_window_close"}
