from odoo import models


class ShoraCouncil(models.Model):
    """The way from a council to its compliance."""

    _name = "shora.council"
    _inherit = "shora.council"

    def action_open_compliance(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.actions"]._for_xml_id("shora_council.shora_compliance_action"),
            "name": self.short_name or self.name,
            "context": {"active_id": self.id, "active_model": self._name},
        }
