from odoo import api, models
from odoo.http import request

from ..tools import babel_patch


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _register_hook(self):
        result = super()._register_hook()
        # Where something imported the addon before Odoo loaded it, nobody has called post_load yet.
        babel_patch.post_load()
        return result

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        # A thread serves many users: set for every request, never left over.
        user = request.env.user
        wanted = user.calendar_system if user else False
        babel_patch.preference.set(False if wanted == "gregorian" else None)
        return result

    def session_info(self):
        info = super().session_info()
        # The language the client will start in; that of the session may be older.
        lang = info.get("user_context", {}).get("lang")
        jalali = self.env.user.with_context(lang=lang)._reads_jalali()
        info["calendar_system"] = "jalali" if jalali else "gregorian"
        return info

    @api.model
    def get_frontend_session_info(self):
        info = super().get_frontend_session_info()
        # A page speaks its own language, whatever that of the reader is.
        jalali = self.env.user.with_context(lang=request.env.lang)._reads_jalali()
        info["calendar_system"] = "jalali" if jalali else "gregorian"
        return info
