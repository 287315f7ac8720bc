from markupsafe import Markup
from odoo import api, fields, models

#: states of an item whose documents the members are to have had
ON_THE_AGENDA = ("accepted", "discussed")


class ShoraNotice(models.Model):
    """What came after the dispatch (5-1): items accepted late, documents added, changed or taken away since.

    Found by comparing what the items hold now with what was frozen at the dispatch, never by a flag: a change is late
    whichever way it was made.
    """

    _name = "shora.notice"
    _inherit = "shora.notice"

    late_count = fields.Integer(compute="_compute_late", string="Came late")
    late_html = fields.Html(compute="_compute_late", sanitize=False, string="Late after the dispatch")

    @api.depends(
        "state",
        "item_ids",
        "document_ids",
        "session_id.agenda_item_ids.state",
        "session_id.agenda_item_ids.attachment_ids",
    )
    @api.depends_context("lang")
    def _compute_late(self):
        for notice in self:
            late = notice._late()
            notice.late_count = len(late)
            notice.late_html = (
                Markup("<ul class='mb-0'>%s</ul>")
                % Markup("").join(Markup("<li>%s</li>") % notice._late_sentence(one) for one in late)
                if late
                else False
            )

    def _late(self):
        """What the members were not given with the notice, in the order of the agenda.

        :return: list of ``{"kind", "item", "name", "at"}``; ``kind`` is ``item`` (accepted after the dispatch),
            ``added``, ``changed`` or ``removed`` (a document), ``at`` the naive UTC moment, False where none is known;
            ``item`` in superuser mode; ``document``, the attachment, where it is there still
        """
        self.ensure_one()
        if self.state != "dispatched" or not self.pack_pages:
            return []  # a notice of before there were packs kept no list to compare with
        notice = self.sudo()  # whether something changed does not depend on who asks
        frozen = notice.document_ids.grouped("item_id")
        items = notice.session_id.agenda_item_ids.filtered(lambda item: item.state in ON_THE_AGENDA)
        late = []
        for item in items.sorted(lambda item: (item.sequence, item.id)):
            if item not in notice.item_ids:
                late.append({"kind": "item", "item": item, "name": item.name, "at": False})
            late += self._late_documents(item, frozen.get(item, notice.document_ids.browse()))
        return late

    def _late_documents(self, item, rows):
        late = []
        known = rows.grouped("attachment_id")
        for document in item.attachment_ids.sorted("id"):
            row = known.get(document)
            if not row:
                late.append(self._late_document("added", item, document, document.create_date))
            elif (row.checksum, row.name) != (document.checksum, document.name):
                late.append(self._late_document("changed", item, document, document.write_date))
        late += [
            {"kind": "removed", "item": item, "name": row.name, "at": False}
            for row in rows
            if row.attachment_id not in item.attachment_ids
        ]
        return late

    def _late_document(self, kind, item, document, at):
        return {"kind": kind, "item": item, "name": document.name, "at": at, "document": document}

    def _late_sentence(self, one):
        """One line of the list, in the reader's language."""
        words = self.env["shora.words"]
        facts = {
            "item": one["item"].name,
            "document": one["name"],
            "day": words._day(fields.Datetime.context_timestamp(self.with_context(tz="Asia/Tehran"), one["at"]).date())
            if one["at"]
            else "",
            "hour": words._digits(words._local(one["at"])),
        }
        return {
            "item": self.env._("Item accepted after the dispatch: “%(item)s”", **facts),
            "added": self.env._("Added on %(day)s at %(hour)s: “%(document)s” (%(item)s)", **facts),
            "changed": self.env._("Changed on %(day)s at %(hour)s: “%(document)s” (%(item)s)", **facts),
            "removed": self.env._("Taken away after the dispatch: “%(document)s” (%(item)s)", **facts),
        }[one["kind"]]


class ShoraSession(models.Model):
    _name = "shora.session"
    _inherit = "shora.session"

    late_count = fields.Integer(compute="_compute_late", string="Late documents and items")
    late_html = fields.Html(compute="_compute_late", sanitize=False, string="Late after the dispatch")

    @api.depends("notice_ids.late_html", "agenda_item_ids.state")
    @api.depends_context("lang")
    def _compute_late(self):
        for session in self:
            notice = session.notice_id
            session.late_count = notice.late_count if notice else 0
            session.late_html = notice.late_html if notice else False
