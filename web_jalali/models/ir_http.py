from odoo import models
from odoo.http import request

from ..tools import babel_patch


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        super()._pre_dispatch(rule, args)
        # A thread serves many users: set for every request, never left over.
        user = request.env.user
        wanted = user.calendar_system if user else False
        babel_patch.preference.set(False if wanted == "gregorian" else None)

    def session_info(self):
        info = super().session_info()
        info["jalali"] = self.env.user._reads_jalali()
        return info
