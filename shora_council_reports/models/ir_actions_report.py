from odoo import fields, models


class IrActionsReport(models.Model):
    """Tables on paper are a kind of report of their own: no template of a record, and no wkhtmltopdf."""

    _name = "ir.actions.report"
    _inherit = "ir.actions.report"

    report_type = fields.Selection(
        selection_add=[("shora-table-pdf", "PDF of a table")], ondelete={"shora-table-pdf": "cascade"}
    )
