from odoo import api, fields, models

from ..tools import jalali, reader


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

    def _wishes_gregorian(self):
        """Whether this user asked for Gregorian dates whatever the language; nobody, as in a job, asks for nothing."""
        return self.calendar_system == "gregorian"  # an empty recordset has no wish

    @api.model
    def _print_time(self, moment):
        """A moment as the head of a printed page shows it: as stock, or in Jalali for a Jalali reader."""
        if not reader.reads_jalali(self.env):
            return moment.strftime("%Y-%m-%d %H:%M")
        return f"{jalali.format_jalali(moment)} {jalali.persian_digits(f'{moment:%H:%M}')}"

    def _reads_jalali(self):
        """Whether the interface of this user shows Jalali dates: Persian, no wish for Gregorian, the switch not off."""
        self.ensure_one()
        persian = (self.env.context.get("lang") or self.lang or "").startswith("fa")
        return persian and not self._wishes_gregorian() and not reader.is_switched_off(self.env)
