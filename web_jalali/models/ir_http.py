from odoo import api, models
from odoo.http import request

from ..hooks import post_load
from ..tools import babel_patch, reader


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _register_hook(self):
        result = super()._register_hook()
        # Where something imported the addon before Odoo loaded it, nobody has called post_load yet.
        post_load()
        self.env["res.config.settings"]._remember_calendar_switch()
        return result

    @classmethod
    def _dispatch(cls, endpoint):
        # The page's language is known here, and what the endpoint returns is rendered before it comes back.
        with babel_patch.settled(cls._calendar_wish()):
            return super()._dispatch(endpoint)

    @classmethod
    def _calendar_wish(cls):
        """False where this request's dates are Gregorian whatever its language, else None."""
        wishes = request.env.user._wishes_gregorian() or reader.is_switched_off(request.env)
        return False if wishes else None

    def _calendar_system(self, lang):
        """``jalali`` or ``gregorian``: what dates of a client or page in ``lang`` are."""
        jalali = self.env.user.with_context(lang=lang)._reads_jalali()
        return "jalali" if jalali else "gregorian"

    def session_info(self):
        info = super().session_info()
        # The language the client will start in; that of the session may be older.
        info["calendar_system"] = self._calendar_system(info.get("user_context", {}).get("lang"))
        return info

    @api.model
    def get_frontend_session_info(self):
        info = super().get_frontend_session_info()
        # A page is Jalali by its own language, whoever looks at it; the wish for Gregorian counts there as well.
        info["calendar_system"] = self._calendar_system(self.env.lang or "en_US")
        return info
