from odoo import SUPERUSER_ID, api
from odoo.addons.shora_council.models.archive_chain import PLACE
from odoo.addons.shora_council.rules import sealing
from odoo.tools import SQL


def migrate(cr, version):
    """Copies that were kept before become the beginning of their council's chain, in the order in which they were
    made; what their records say is bound from now on.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    rows = env["shora.archive.copy"].search([("link", "=", False)], order="id")
    files = env["ir.attachment"]
    for council, copies in rows.grouped("council_id").items():
        there = files.browse(copies.mapped("original_id")).exists().grouped("id")
        previous, position = sealing.GENESIS, 0
        for position, copy in enumerate(copies, start=1):
            values = {name: copy[name] for name in PLACE if name != "folder_id"}
            values |= {"folder_id": copy.folder_id.id, "sha256": copy.sha256}
            row = rows._linked(values, there.get(copy.original_id, files), position, previous)
            previous = row["link"]
            linked = {name: row[name] or None for name in ("position", "previous", "facts_json", "link")}
            sets = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in linked.items())
            cr.execute(SQL("UPDATE shora_archive_copy SET %s WHERE id = %s", sets, copy.id))
        cr.execute(
            SQL(
                "INSERT INTO shora_seal_count (council_id, chain, positions) VALUES (%s, 'copies', %s)",
                council.id,
                position,
            )
        )
    env.invalidate_all()
