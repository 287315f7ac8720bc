from odoo import api, models


class ShoraPortal(models.AbstractModel):
    """The pack of the notice on the member's page of a session, and which documents came after it (5-1)."""

    _name = "shora.portal"
    _inherit = "shora.portal"

    @api.model
    def _pack_of(self, session):
        """The dispatched pack of ``session`` as a file for the current visitor: a member of the council today.

        :return: attachment in superuser mode; empty for anybody else, a guest among them, and before the dispatch
        """
        notice = session.sudo().notice_id.filtered(lambda one: one.state == "dispatched")
        council = session.sudo().council_id
        members = council._members_on(council._today()).partner_id
        return notice._pack_file() if notice and self.env.user.partner_id in members else notice._pack_file().browse()

    @api.model
    def _session_page(self, session):
        pack = self._pack_of(session)
        notice = session.sudo().notice_id
        late = {one["document"].id for one in notice._late() if "document" in one} if notice else set()
        page = super(ShoraPortal, self.with_context(shora_late_documents=tuple(late)))._session_page(session)
        return {
            **page,
            "pack": {
                "url": f"/my/councils/session/{session.id}/pack.pdf",
                "size": self.env._(
                    "%(count)s pages, %(size)s",
                    count=self.env["shora.words"]._digits(notice.pack_pages),
                    size=self._size(pack.file_size),
                ),
            }
            if pack
            else None,
        }

    def _documents(self, item):
        """In the order in which they were added, as in the pack."""
        return super()._documents(item).sorted("id")

    def _item_line(self, number, item):
        line = super()._item_line(number, item)
        late = self.env.context.get("shora_late_documents", ())
        for document, shown in zip(self._documents(item), line["documents"], strict=True):
            shown["is_late"] = document.id in late
        return line
