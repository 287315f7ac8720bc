from odoo import models


class IrCron(models.Model):
    """What the jobs of the councils write to people is in the language of the office, as the documents are.

    A job has no reader and so no language; without one its sentences would come in English beside Jalali dates.
    """

    _name = "ir.cron"
    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        job = self
        if (self.model_id.model or "").startswith("shora."):
            job = self.env["shora.reader"]._of_office(self)
        return super(IrCron, job)._callback(cron_name, server_action_id)
