from odoo import api, fields, models


class ResourceCalendarLeaves(models.Model):
    """Days off of the whole company. One declared after sessions were planned says what it hits."""

    _inherit = "resource.calendar.leaves"

    shora_holiday_key = fields.Char(
        string="Public holiday",
        readonly=True,
        copy=False,
        help="Which public holiday this is; brought in once, whatever is changed in it afterwards.",
    )

    _shora_holiday_once = models.UniqueIndex(
        "(company_id, shora_holiday_key) WHERE shora_holiday_key IS NOT NULL",
        "This public holiday is in the calendar already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._declare_days_off(leaves._shora_days())
        return leaves

    def write(self, vals):
        if not {"date_from", "date_to", "resource_id", "calendar_id", "company_id", "time_type"} & set(vals):
            return super().write(vals)
        before = self._shora_days()
        result = super().write(vals)
        after = self._shora_days()
        changed = {company: before.get(company, set()) | after.get(company, set()) for company in {**before, **after}}
        self._declare_days_off(changed)
        return result

    def unlink(self):
        days = self._shora_days()
        result = super().unlink()
        self._declare_days_off(days)
        return result

    def _shora_days(self):
        """{company: Tehran days off by these leaves}; those of a single person are no concern of the councils."""
        days = {}
        for leave in self:
            if not leave.resource_id and leave.time_type == "leave":
                company = leave.company_id or self.env.company
                days.setdefault(company, set()).update(
                    self.env["shora.day.off"]._days_of(leave.date_from, leave.date_to)
                )
        return days

    def _declare_days_off(self, days):
        for company, declared in days.items():
            self.env["shora.day.off"]._declare(declared, company)

    def action_shora_hits(self):
        """What these days off hit."""
        days = set().union(*self._shora_days().values())
        return self.env["shora.day.off.hit"]._dialog(days)
