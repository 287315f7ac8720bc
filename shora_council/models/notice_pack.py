import base64

from odoo import api, fields, models

from ..rules import sealing

#: states of an item that a guest may still see, and of its session (4 note 4)
GUEST_ITEMS = ("accepted", "discussed")
GUEST_SESSIONS = ("scheduled", "invited", "open", "held")


class ShoraNotice(models.Model):
    """What a written notice consists of (5-1): the letter, and the pack with agenda and all documents."""

    _name = "shora.notice"
    _inherit = "shora.notice"

    pack = fields.Binary(attachment=True, copy=False)
    pack_name = fields.Char(compute="_compute_pack_name")
    pack_pages = fields.Integer(copy=False, string="Pages of the pack")
    item_ids = fields.Many2many(
        "shora.agenda.item",
        "shora_notice_item_rel",
        "notice_id",
        "item_id",
        string="Items dispatched",
        copy=False,
        help="The agenda as the members were given it.",
    )
    document_ids = fields.One2many("shora.notice.document", "notice_id", string="Documents dispatched", readonly=True)

    @api.depends("internal_number")
    def _compute_pack_name(self):
        for notice in self:
            notice.pack_name = f"pack-{(notice.internal_number or str(notice.id)).replace('/', '-')}.pdf"

    def _agenda_items(self):
        """The items the notice is about: those that were dispatched, of a draft those accepted by now."""
        self.ensure_one()
        items = self.item_ids or self.session_id.agenda_item_ids.filtered(lambda item: item.state == "accepted")
        return items.sorted(lambda item: (item.sequence, item.id))

    def _documents_in_order(self):
        """(item, attachment) of each document, in the order of the agenda, then as they were added."""
        return [
            (item, attachment)
            for item in self._agenda_items()
            for attachment in item.attachment_ids.sudo().sorted("id")  # of items the secretary reads
        ]

    def _pack_title(self):
        office = self.env["shora.reader"]._of_office(self)
        return office.env["shora.pdf"]._notice_title(office.session_id)

    def _pack_entries(self):
        """The documents of the pack, each as a mapping; ``order`` counts from 1 through the whole notice, ``number`` is
        the item's on the agenda.
        """
        numbers = {item.id: number for number, item in enumerate(self._agenda_items(), start=1)}
        entries = []
        for order, (item, attachment) in enumerate(self._documents_in_order(), start=1):
            raw = attachment.raw or b""
            entries.append(
                {
                    "order": order,
                    "number": numbers[item.id],
                    "item": item.sudo(),
                    "attachment": attachment,
                    "name": attachment.name,
                    "raw": raw,
                    "sha256": sealing.sha256_hex(raw),
                    "size": len(raw),
                    "mimetype": attachment.mimetype,
                }
            )
        return entries

    def _seal_pack(self):
        """Make the pack and keep it, with each of its documents, as dispatched now."""
        self.ensure_one()
        self._store_facts({"item_ids": [(6, 0, self._agenda_items().ids)]})
        made = self.env["shora.pdf"]._pack(self)
        self._store_facts({"pack_sha256": sealing.sha256_hex(made.pdf), "pack_pages": made.pages})
        files = self.env["ir.attachment"].sudo()  # as the field itself would, but under the name the members see
        files.create(
            {
                "name": self.pack_name,
                "raw": made.pdf,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_field": "pack",
                "res_id": self.id,
            }
        )
        self.invalidate_recordset(["pack"])
        self.env["shora.notice.document"]._freeze(self, made.entries)

    def _letter(self):
        """The file that e-mail carries, as it was dispatched: the pack, which begins with the letter; bytes."""
        self.ensure_one()
        notice = self.with_context(bin_size=False)
        return base64.b64decode(notice.pack or notice.pdf or b"")

    def _pack_file(self):
        """The dispatched pack, an attachment in superuser mode; empty when there is none."""
        files = self.env["ir.attachment"].sudo()
        return files.search([("res_model", "=", self._name), ("res_field", "=", "pack"), ("res_id", "in", self.ids)])

    def _documents(self):
        """Files for a mail of what was dispatched beside the pack."""
        return self.document_ids._mail_copies()

    def _documents_of(self, partner):
        """The dispatched documents that ``partner`` may open now: a member of the council all of them, a guest those
        of the items invited to until the session is closed (4 note 4), anybody else none.

        :return: ``shora.notice.document`` in the caller's environment
        """
        rows = self.env["shora.notice.document"].sudo()  # who asks has a right to the answer about ``partner`` only
        for notice in self.sudo().filtered(lambda notice: notice.state == "dispatched"):
            council = notice.council_id
            if partner in council._members_on(council._today()).partner_id:
                rows |= notice.document_ids
            elif notice.session_id.state in GUEST_SESSIONS:
                rows |= notice.document_ids.filtered(
                    lambda row: row.item_id.state in GUEST_ITEMS and partner in row.item_id.guest_ids
                )
        return rows.with_env(self.env)

    def action_preview_pack(self):
        """The whole pack as it would be dispatched now; of a dispatched notice, the one that was."""
        return self.env["shora.pdf"]._action_render("shora_council.document_pack", self)

    def action_print_pack(self):
        return self.env["shora.pdf"]._action(self, "pack")
