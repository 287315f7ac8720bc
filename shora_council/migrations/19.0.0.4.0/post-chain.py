from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Documents signed before the chain existed become its first links, in the order of their signatures; the chain
    says of them that they came in so.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    signed = []
    for model in ("shora.minutes", "shora.minutes.addendum"):
        records = env[model].search([("content_sha256", "!=", False), ("pdf_sha256", "!=", False)])
        signed += [(record.signed_at, record.id, record) for record in records if not record.seal_id]
    for _signed_at, _id, record in sorted(signed, key=lambda entry: entry[:2]):
        env["shora.seal"]._append(record, "before_chain")
