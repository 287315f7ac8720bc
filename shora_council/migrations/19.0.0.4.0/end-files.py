from odoo import SUPERUSER_ID, api
from odoo.tools.sql import column_exists


def migrate(cr, version):
    """The scan that minutes had in a field of their own becomes a file beside them, by whom and when it was stored
    there; the chain says that it came in so. After the minutes themselves (``post-chain``) and after the translations.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    scans = env["ir.attachment"].search(
        [("res_model", "=", "shora.minutes"), ("res_field", "=", "signed_scan")], order="id"
    )
    minutes = env["shora.minutes"].browse(scans.mapped("res_id")).exists()
    names = _names(cr, minutes.ids)
    for scan in scans:
        owner = minutes.filtered(lambda one, scan=scan: one.id == scan.res_id)
        if owner.content_sha256 and scan.raw:
            env["shora.minutes.file"]._file(
                owner,
                scan.raw,
                identity="before_chain",
                kind="scan",
                name=names.get(owner.id) or scan.name,
                filed_at=scan.create_date,
                filed_by_id=scan.create_uid.id,
                filed_name=scan.create_uid.name,
            )
            scan.unlink()
        elif owner:  # a scan of what is not signed yet: kept as an ordinary file of the draft
            scan.write({"res_field": False, "name": names.get(owner.id) or scan.name})


def _names(cr, ids):
    """{minutes: name of the file}; the column goes at the end of the update."""
    if not ids or not column_exists(cr, "shora_minutes", "signed_scan_name"):
        return {}
    cr.execute("SELECT id, signed_scan_name FROM shora_minutes WHERE id IN %s", [tuple(ids)])
    return dict(cr.fetchall())
