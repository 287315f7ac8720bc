from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    calendar_system = fields.Selection(
        [("auto", "By language"), ("gregorian", "Gregorian")],
        default="auto",
        required=True,
        help="By language: Jalali dates where the interface is Persian.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "calendar_system"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "calendar_system"]

    def _reads_jalali(self):
        """Whether the interface of this user shows Jalali dates: Persian, and no wish for Gregorian."""
        self.ensure_one()
        persian = (self.env.context.get("lang") or self.lang or "").startswith("fa")
        return persian and self.calendar_system != "gregorian"
