from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Drafts made before the proceedings were written in the minutes take them from their sessions."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["shora.minutes"].search([("state", "=", "draft")])._refresh()
