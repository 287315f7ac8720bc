from odoo import models

from ..tools import babel_patch, reader


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        # A job serves nobody in particular: language decides, and the database's switch.
        with babel_patch.settled(False if reader.is_switched_off(self.env) else None):
            return super()._callback(cron_name, server_action_id)
