from odoo import SUPERUSER_ID, api
from odoo.addons.shora_council.models.archive_chain import FACTS_SCHEMA
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
            facts = rows._facts_of(there.get(copy.original_id, files))
            row = {name: copy[name] for name in ("name", "res_model", "res_id", "original_id", "checksum", "sha256")}
            row |= {"folder_id": copy.folder_id.id, "kept_at": copy.kept_at, "position": position}
            row |= {"previous": previous, "facts_json": None}
            if facts:
                row["facts_json"] = sealing.canonical(facts, FACTS_SCHEMA).decode()
            previous = sealing.link(*rows._parts(row))
            linked = {**{name: row[name] for name in ("position", "previous", "facts_json")}, "link": previous}
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
