from odoo import models


class ShoraCouncil(models.Model):
    """The file of a council's year is ordered from the council."""

    _name = "shora.council"
    _inherit = "shora.council"

    def action_order_year_file(self):
        """Ask for the year, then have its file made.

        :raises AccessError: not the Secretariat
        """
        self.ensure_one()
        self.env["shora.year.file"]._check_may_order(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("File of the year"),
            "res_model": "shora.year.order",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_council_id": self.id},
        }
