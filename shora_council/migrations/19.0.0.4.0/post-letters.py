import hashlib

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

LETTERS = (("shora.minutes", "covering_pdf", "covering_sha256"), ("shora.minutes.step", "letter_pdf", "letter_sha256"))


def migrate(cr, version):
    """Covering letters made before their fingerprints were kept get them, as they are now."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model, name, mark in LETTERS:
        table = env[model]._table
        files = env["ir.attachment"].search([("res_model", "=", model), ("res_field", "=", name)])
        for file in files.filtered("raw"):
            digest = hashlib.sha256(file.raw).hexdigest()
            env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(mark)s = %(digest)s WHERE id = %(id)s AND %(mark)s IS NULL",
                    table=SQL.identifier(table),
                    mark=SQL.identifier(mark),
                    digest=digest,
                    id=file.res_id,
                )
            )
