from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.uninstall import is_uninstalling


class ShoraNoticeDocument(models.Model):
    """One document as it was dispatched with a written notice (5-1): name, place in the pack, fingerprint and the file.

    A copy of its own: what happens to the item's document afterwards does not touch it. Written by the dispatch, once.
    """

    _name = "shora.notice.document"
    _description = "Document of a dispatched notice"
    _order = "notice_id, sequence, id"
    #: the notice's own, for the guard of sealed files
    _frozen_states = ("dispatched", "void")

    notice_id = fields.Many2one("shora.notice", required=True, index=True, ondelete="restrict", readonly=True)
    state = fields.Selection(related="notice_id.state", string="State of the notice")
    session_id = fields.Many2one(related="notice_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="notice_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    item_id = fields.Many2one("shora.agenda.item", required=True, index=True, ondelete="restrict", readonly=True)
    item_name = fields.Char(required=True, readonly=True, string="Title of the item")
    item_number = fields.Integer(required=True, readonly=True, string="Item no.", aggregator=False)
    sequence = fields.Integer(required=True, readonly=True, string="No.")
    name = fields.Char(required=True, readonly=True, string="Document")
    sha256 = fields.Char(required=True, readonly=True, string="SHA-256")
    size = fields.Integer(required=True, readonly=True, help="In bytes.")
    mimetype = fields.Char(readonly=True)
    place = fields.Selection(
        [("pages", "In the pack"), ("picture", "Picture in the pack"), ("beside", "Beside the pack")],
        required=True,
        readonly=True,
    )
    why = fields.Selection(
        [
            ("format", "No pages of its own"),
            ("encrypted", "Locked (encrypted)"),
            ("broken", "Damaged"),
            ("long", "Too many pages"),
        ],
        readonly=True,
        string="Why beside",
    )
    pages = fields.Integer(required=True, readonly=True)
    first_page = fields.Integer(required=True, readonly=True, string="Page in the pack", aggregator=False)
    content = fields.Binary(attachment=True, readonly=True, string="File")
    checksum = fields.Char(readonly=True, help="SHA-1 by which Odoo keeps files; tells whether the original changed.")
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="set null", index="btree_not_null")

    _once = models.UniqueIndex("(notice_id, sequence)", "A document has one place in a notice.")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_by_dispatch()
        return super().create(vals_list)

    def write(self, vals):
        if self:
            self._refuse()
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env) and self:
            self._refuse()
        return super().unlink()

    def _check_by_dispatch(self):
        if not self.env.su:
            self._refuse()

    def _refuse(self):
        raise UserError(
            self.env._(
                "(Clause 5-1) A document is recorded by the dispatch of its notice and never changed or deleted."
            )
        )

    @api.model
    def _freeze(self, notice, entries):
        """Record ``entries`` (see ``shora.pdf._pack``) as dispatched with ``notice``, their files copied."""
        rows = self.sudo().create(  # nobody may write these; the dispatch was judged
            [
                {
                    "notice_id": notice.id,
                    "item_id": entry.item.id,
                    "item_name": entry.item.name,
                    "item_number": entry.number,
                    "sequence": entry.order,
                    "name": entry.name,
                    "sha256": entry.sha256,
                    "size": entry.size,
                    "mimetype": entry.mimetype,
                    "place": entry.place,
                    "why": entry.why,
                    "pages": entry.pages,
                    "first_page": entry.first_page,
                    "checksum": entry.attachment.checksum,
                    "attachment_id": entry.attachment.id,
                }
                for entry in entries
            ]
        )
        rows._store_contents([entry.raw for entry in entries])
        return rows

    def _store_contents(self, contents):
        """The files, all at once; they arrive as the attachments of ``content``, sealed as soon as they are there."""
        self.env["ir.attachment"].create(
            [
                {
                    "name": row.name,
                    "raw": raw,
                    "mimetype": row.mimetype,
                    "res_model": row._name,
                    "res_field": "content",
                    "res_id": row.id,
                }
                for row, raw in zip(self, contents, strict=True)
            ]
        )
        self.invalidate_recordset(["content"])

    def _mail_copies(self):
        """Attachments for a mail of what goes beside the pack; the frozen files themselves stay here."""
        beside = self.sudo().filtered(lambda row: row.place == "beside").with_context(bin_size=False)
        kept = self._files()
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(  # as the letter's copy: the queue's, not a reader's
                [
                    {
                        "name": row.name,
                        "raw": kept[row.id].raw,
                        "mimetype": row.mimetype,
                        "res_model": "mail.mail",
                        "res_id": 0,
                    }
                    for row in beside
                ]
            )
        )

    def _files(self):
        """{row id: its frozen file, an attachment in superuser mode}."""
        found = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_field", "=", "content"), ("res_id", "in", self.ids)])
        )
        return {attachment.res_id: attachment for attachment in found}

    def action_download(self):
        """The file as it was dispatched."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/content?filename_field=name&download=true",
            "target": "self",
        }
