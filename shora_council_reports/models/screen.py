from odoo import models


class ShoraScreenMixin(models.AbstractModel):
    """Rows that a query makes, looked at as pivot, graph and list, and read by the tables of print and sheets
    (``report/table.py``), so that they cannot disagree. Nothing is stored; a row leads to the record it is about.
    """

    _name = "shora.screen.mixin"
    _description = "Rows of a report on screen"

    def _record(self):
        """The record that this row is about."""
        raise NotImplementedError

    def action_open(self):
        """Open the record that the row is about, by the reader's own rights."""
        self.ensure_one()
        self.check_access("read")
        return self._record()._get_records_action(view_mode="form", views=[(False, "form")])
