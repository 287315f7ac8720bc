from odoo import fields, models


class ShoraNoticeRecipient(models.Model):
    """Whom a letter of the notice names, as it was printed."""

    _name = "shora.notice.recipient"
    _inherit = "shora.notice.recipient"

    printed_title = fields.Char(copy=False, string="Title as printed")
    printed_name = fields.Char(copy=False, string="Name as printed")
    printed_post = fields.Char(copy=False, string="Position as printed")
    printed_number = fields.Char(copy=False, string="Number as printed", help="Of the letter, official or internal.")

    def _freeze_addressee(self):
        """Title, name, position and the letter's number as they are printed now; persons change, letters do not."""
        for row in self:
            partner, notice = row.partner_id, row.notice_id
            row._store_facts(
                {
                    "printed_title": partner.shora_title or False,
                    "printed_name": partner.name,
                    "printed_post": partner.function or False,
                    "printed_number": notice.official_number or notice.internal_number,
                }
            )

    def _addressee(self):
        """«جناب آقای دکتر …» as printed, or as it would be printed now."""
        self.ensure_one()
        title, name = self.printed_title, self.printed_name
        if not name:
            title, name = self.partner_id.shora_title, self.partner_id.name
        return f"{title} {name}" if title else name or ""
