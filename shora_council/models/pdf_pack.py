import io
import logging
from datetime import timedelta
from types import SimpleNamespace

from odoo import models
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ..tools import pdf_pages, weasy

_logger = logging.getLogger(__name__)

LETTER = "shora_council.document_notice"
FRONT = "shora_council.document_pack_front"
SHEETS = "shora_council.document_pack_sheets"
STAMPS = "shora_council.document_pack_stamps"


class ShoraPdf(models.AbstractModel):
    """The pack of a written notice (5-1): one file with the letter, a table of contents, the agenda and all documents.

    Documents that are PDF come in with their own pages, pictures as pages; anything else, and what is locked or
    damaged, is named with its SHA-256 on a sheet in its place and goes beside the pack. No document that somebody
    uploaded can keep the notice from being dispatched.
    """

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _phrases(self):
        return {
            **super()._phrases(),
            "page": lambda page: self.env._("page %(page)s", page=self._digits(page)),
            "pages": lambda count: self.env._("%(count)s pages", count=self._digits(count)),
        }

    def _made(self, name, record):
        return self._pack(record).pdf if name == "pack" else super()._made(name, record)

    def _pack(self, notice):
        """The pack of ``notice`` as it would be dispatched now.

        :return: ``pdf`` (bytes), ``pages`` (number), and ``entries``: those of :meth:`shora.notice._pack_entries`,
            each with ``place`` (``pages``, ``picture`` or ``beside``), ``why`` (code, beside only), ``pages`` and
            ``first_page`` (counted from 1) too
        :raises UserError: see :meth:`_render`
        """
        entries = [SimpleNamespace(**entry) for entry in notice._pack_entries()]
        for entry in entries:
            entry.place, entry.why, entry.parts = self._taken_over(entry)
        letter = PdfReader(io.BytesIO(self._render(LETTER, notice, page_of=""))).pages
        try:
            return self._bound(notice, letter, entries)
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            # Each file could be copied alone, all together could not: the notice goes out all the same.
            _logger.exception("The documents of notice %s could not be bound; they go beside its pack", notice.id)
            for entry in entries:
                if entry.place == "pages":
                    entry.place, entry.why, entry.parts = "beside", "broken", []
            return self._bound(notice, letter, entries)

    def _bound(self, notice, letter, entries):
        self._lay_sheets(notice, entries)
        front, places = self._lay_front(notice, entries, len(letter))
        parts = [*letter, *front]
        for entry in entries:
            parts += entry.parts
        pdf = pdf_pages.bind(
            parts,
            self._stamps(notice, entries, len(letter) + len(front), len(parts)),
            title=notice._pack_title(),
            language="fa" if self._language().startswith("fa") else "en",
            outline=self._outline(notice, entries, len(letter), places),
        )
        return SimpleNamespace(pdf=pdf, pages=len(parts), entries=entries)

    def _taken_over(self, entry):
        """(place, why, pages or picture) of one document, by what its bytes are and not by what it is called."""
        try:
            if b"%PDF-" in entry.raw[:1024]:
                return "pages", False, pdf_pages.pages_of(entry.raw)
            return "picture", False, [pdf_pages.picture_of(entry.raw)]
        except pdf_pages.Unusable as error:
            return "beside", error.code, []

    def _lay_sheets(self, notice, entries):
        """Make the pages of pictures and the sheets that name what goes beside; all in one layout."""
        drawn = [entry for entry in entries if entry.place != "pages"]
        if not drawn:
            return
        values = self._pack_values(notice, entries)
        pdf, count, places = self._laid_out(self._html(SHEETS, notice, drawn=drawn, **values))
        pages = PdfReader(io.BytesIO(pdf)).pages
        starts = [places[f"d{entry.order}"] for entry in drawn]
        for entry, start, stop in zip(drawn, starts, [*starts[1:], count], strict=True):
            entry.parts = list(pages[start:stop])

    def _lay_front(self, notice, entries, before):
        """Contents and agenda, laid out again when they are longer than thought: their own length moves what they say.

        :param before: pages of the letter, which come first
        :return: (pages, {id of an element: index of its page among them})
        """
        count, places, pdf = 2, {"contents": 0, "agenda": 1, "end": 1}, b""  # as most are: then once is enough
        for _time in range(3):
            first = before + count + 1
            for entry in entries:
                entry.pages = len(entry.parts)
                entry.first_page, first = first, first + entry.pages
            values = self._pack_values(notice, entries)
            starts = {name: before + index + 1 for name, index in places.items()}
            laid = count, places
            pdf, count, places = self._laid_out(self._html(FRONT, notice, starts=starts, total=first - 1, **values))
            if (count, places) == laid:
                break
        return list(PdfReader(io.BytesIO(pdf)).pages), places

    def _pack_values(self, notice, entries):
        """What the templates of the pack share."""
        items = notice._agenda_items()
        return {
            "session": notice.session_id.with_env(self._office_env()),
            "items": items.with_env(self._office_env()),
            "entries": entries,
            "entries_of": lambda item: [entry for entry in entries if entry.item.id == item.id],
            "hours": self._item_hours(notice.session_id, items),
            "size_of": self.with_env(self._office_env())._size_phrase,
            "why_of": self.with_env(self._office_env())._beside_phrase,
        }

    def _office_env(self):
        return self.with_context(lang=self._language(), tz="Asia/Tehran").sudo().env

    def _item_hours(self, session, items):
        """{item id: (from, to)}: naive UTC moments at which each item begins and ends, if every one keeps its time."""
        hours, at = {}, session.start
        for item in items:
            until = at + timedelta(minutes=item.minutes_planned or 0)
            hours[item.id] = (at, until)
            at = until
        return hours

    def _size_phrase(self, size):
        if size >= 1024 * 1024:
            return self.env._("%(size)s MB", size=self._digits(round(size / 1024 / 1024, 1)))
        return self.env._("%(size)s KB", size=self._digits(max(1, round(size / 1024))))

    def _beside_phrase(self, code):
        """Why a document is not among the pages."""
        return {
            "encrypted": self.env._("The file is locked (encrypted), so its pages cannot be shown here."),
            "broken": self.env._("The file is damaged, so its pages cannot be shown here."),
            "long": self.env._("The file has too many pages to be shown here."),
        }.get(code) or self.env._("A file of this kind has no pages that could be shown here.")

    def _stamps(self, notice, entries, front, total):
        """PDF with one small page «صفحه x از y» for each page of the pack."""
        office = self.with_env(self._office_env())
        numbers = [0] * front + [entry.order for entry in entries for _page in entry.parts]
        texts = [
            office.env._(
                "Document %(document)s · Page %(page)s of %(pages)s",
                document=office._digits(document),
                page=office._digits(page),
                pages=office._digits(total),
            )
            if document
            else office.env._("Page %(page)s of %(pages)s", page=office._digits(page), pages=office._digits(total))
            for page, document in enumerate(numbers, start=1)
        ]
        html = self._html(STAMPS, notice, texts=texts, stamp_size=pdf_pages.STAMP)
        with self._renderer_in_words():
            return weasy.render_often(html, "")

    def _outline(self, notice, entries, before, places):
        """(level, text, page index) of the file's own table of contents."""
        office = self.with_env(self._office_env())
        marks = [
            (0, office.env._("Invitation"), 0),
            (0, office.env._("Contents"), before + places["contents"]),
            (0, office.env._("Agenda"), before + places["agenda"]),
        ]
        for item in notice._agenda_items():
            own = [entry for entry in entries if entry.item.id == item.id]
            if own:
                marks.append((0, item.name, own[0].first_page - 1))
                marks += [(1, entry.name, entry.first_page - 1) for entry in own]
        return marks
