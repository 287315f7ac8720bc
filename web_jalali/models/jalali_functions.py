from odoo import models

from ..tools import sql_functions


class JalaliFunctions(models.AbstractModel):
    """Brings the addon's SQL functions up to date at every installation and update."""

    _name = "jalali.functions"
    _description = "SQL functions of the Jalali calendar"

    def init(self):
        sql_functions.create(self.env.cr)
