from odoo import fields, models


class ShoraDecree(models.Model):
    """What the buttons of a decree do; every step is judged in ``write()``."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    def action_propose(self):
        self.write({"state": "proposed"})

    def action_back_to_draft(self):
        self.write({"state": "draft"})

    def action_issue(self):
        self.write({"state": "issued"})

    def action_basket(self):
        """Show these decrees together: the composition without and with them, and what stands in the way."""
        return self.env["shora.decree.basket"]._dialog(self)

    def action_end(self):
        """A new decree that ends this one, to be filled in and issued like any other."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("End of membership"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                "default_kind": "end",
                "default_end_ground": "resigned",
                "default_ends_decree_id": self.id,
                "default_date_from": fields.Date.add(self.env["shora.council"]._today(), days=1),
            },
        }

    def action_print(self):
        """The sealed letter; before the issue, how it would look."""
        self.ensure_one()
        pdf = self.env["shora.pdf"]
        if self.pdf_sha256:
            return pdf._action(self, "pdf")
        return pdf._action_render("shora_council.document_decree", self)
