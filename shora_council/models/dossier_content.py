import json

from odoo import models

from ..rules import clock


class ShoraDossier(models.Model):
    """What a dossier says, as plain data: the source of the sealed bytes and of the PDF alike (5-9)."""

    _name = "shora.dossier"
    _inherit = "shora.dossier"

    def _content(self):
        """Names, titles and texts written out, so that they stay readable whatever becomes of the records."""
        self.ensure_one()
        presenter = self.presented_by_id or self.env.user
        return {
            "number": self.number or "",
            "title": self.name,
            "introduction": self.introduction or "",
            "presented_at": self.presented_at.isoformat() if self.presented_at else "",
            "presented_by": {
                "title": self.presented_name and presenter.partner_id.shora_title or "",  # a draft is nobody's yet
                "name": self.presented_name or "",
            },
            "president": self._president_content(),
            "parts": [part._part_content() for part in self.part_ids],
            "again": [line._line_content() for line in self.line_ids.filtered("is_again")],
        }

    def _president_content(self):
        presidents = self._deciders().filtered(lambda user: "president" in user._shora_roles(self.env["shora.council"]))
        person = presidents.partner_id if len(presidents) == 1 else presidents.partner_id.browse()
        return {"title": person.shora_title or "", "name": person.name or ""}

    def _sealed_content(self):
        """The frozen content; of a draft, what would be frozen now."""
        self.ensure_one()
        return json.loads(self.content_json)["content"] if self.content_json else self._content()


class ShoraDossierMinutes(models.Model):
    _name = "shora.dossier.minutes"
    _inherit = "shora.dossier.minutes"

    def _part_content(self):
        minutes, session = self.minutes_id, self.session_id
        steps = {step.kind: step for step in minutes.sudo().step_ids}  # the last of each kind; the head reads them all

        def day(kind):
            return clock.tehran_day(steps[kind].at).isoformat() if kind in steps else ""

        return {
            "minutes": minutes.id,
            "council": session.council_id.name,
            "session_number": session.number,
            "session_kind": session.kind,
            "day": session.day.isoformat(),
            "present": session.present_count,
            "absent": session.absent_count,
            "content_sha256": minutes.content_sha256 or "",
            "receipt": minutes.receipt_number or "",
            "forwarded": clock.tehran_day(minutes.forwarded_at).isoformat() if minutes.forwarded_at else "",
            "received": day("received"),
            "reviewed": day("reviewed"),
            "summary": self.summary or "",
            "lines": [line._line_content() for line in self.line_ids],
        }


class ShoraDossierLine(models.Model):
    _name = "shora.dossier.line"
    _inherit = "shora.dossier.line"

    def _line_content(self):
        resolution, session = self.resolution_id, self.session_id
        return {
            "resolution": resolution.id or 0,
            "number": resolution.number or "",
            "title": resolution.name or "",
            "council": session.council_id.name,
            "session_number": session.number,
            "session_kind": session.kind,
            "body_html": str(resolution.body or ""),
            "executor": resolution.owner_id.sudo().name or "",  # named in the letter, whoever reads the address book
            "due": resolution.date_due.isoformat() if resolution.date_due else "",
            "summary": self.summary or "",
            "recommendation": self.recommendation or "",
            "previous": self._page_previous(),
        }
