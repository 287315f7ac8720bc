from odoo import api, fields, models
from odoo.tools import SQL


class ShoraDocumentOpening(models.Model):
    """Who opened which document of a session on the portal, first and last time: proof beside the notice (5-1)."""

    _name = "shora.document.opening"
    _description = "Opening of a document"
    _order = "session_id, first_at, id"

    session_id = fields.Many2one("shora.session", required=True, index=True, ondelete="cascade", readonly=True)
    council_id = fields.Many2one(related="session_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict", readonly=True, string="Person"
    )
    attachment_id = fields.Many2one("ir.attachment", ondelete="set null", readonly=True, index="btree_not_null")
    checksum = fields.Char(required=True, readonly=True, help="SHA-1 of the file as Odoo keeps it.")
    name = fields.Char(required=True, readonly=True, string="Document")
    first_at = fields.Datetime(required=True, readonly=True, string="First opened")
    last_at = fields.Datetime(required=True, readonly=True, string="Last opened")
    times = fields.Integer(required=True, readonly=True)

    _once = models.UniqueIndex(
        "(session_id, partner_id, checksum, name)", "A document is listed once per person and session."
    )

    @api.model
    def _record(self, session, partner, attachment):
        """Count an opening; two at the same time are two."""
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO shora_document_opening
                       (session_id, council_id, company_id, partner_id, attachment_id, checksum, name,
                        first_at, last_at, times, create_uid, write_uid, create_date, write_date)
                VALUES (%(session)s, %(council)s, %(company)s, %(partner)s, %(attachment)s, %(checksum)s, %(name)s,
                        %(now)s, %(now)s, 1, %(uid)s, %(uid)s, %(now)s, %(now)s)
                    ON CONFLICT (session_id, partner_id, checksum, name)
                    DO UPDATE SET last_at = EXCLUDED.last_at, times = shora_document_opening.times + 1
                """,
                session=session.id,
                council=session.council_id.id,
                company=session.council_id.company_id.id,
                partner=partner.id,
                attachment=attachment.id,
                checksum=attachment.checksum or "",
                name=attachment.name,
                now=now,
                uid=self.env.uid,
            )
        )
        self.env.invalidate_all()


class ShoraSession(models.Model):
    _name = "shora.session"
    _inherit = "shora.session"

    opening_ids = fields.One2many("shora.document.opening", "session_id", string="Openings", readonly=True)
