from odoo import api, fields, models

from .report_choice import YEARS_BACK


class ShoraYearOrder(models.TransientModel):
    """Asks of which Jalali year a council's file is to be made. Access: the Secretariat; only one's own orders."""

    _name = "shora.year.order"
    _description = "Order of a year's file"

    council_id = fields.Many2one("shora.council", required=True, ondelete="cascade")
    year = fields.Selection("_select_year", string="Jalali year", required=True, default=lambda self: self._last_year())

    @api.model
    def _select_year(self):
        this, digits = self.env["shora.report.choice"]._this_year(), self.env["shora.words"]._digits
        return [(str(year), digits(year)) for year in range(this, this - YEARS_BACK - 1, -1)]

    @api.model
    def _last_year(self):
        return str(self.env["shora.report.choice"]._this_year() - 1)

    @api.depends("council_id")
    def _compute_display_name(self):
        for order in self:
            order.display_name = order.council_id.short_name or ""

    def action_order(self):
        """Have the file made; show how far it is.

        :raises AccessError: see ``shora.year.file._check_may_order``
        """
        self.ensure_one()
        return self.env["shora.year.file"]._place_order(self.council_id, int(self.year))._get_records_action()
