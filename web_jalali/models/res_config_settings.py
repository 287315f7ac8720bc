from odoo import api, fields, models

from ..tools import reader


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    web_jalali_gregorian = fields.Boolean(
        "Gregorian Calendar for Everybody",
        config_parameter=reader.SWITCH,
        help="Dates stay Gregorian for Persian readers too, for instance where another addon shows Jalali dates.",
    )

    @api.model
    def _remember_calendar_switch(self):
        """Tell this process what text outside of requests and jobs should be."""
        self.env.registry._web_jalali_off = reader.is_switched_off(self.env)

    def set_values(self):
        result = super().set_values()
        registry, is_off = self.env.registry, reader.is_switched_off(self.env)
        self.env.cr.postcommit.add(lambda: setattr(registry, "_web_jalali_off", is_off))
        return result
