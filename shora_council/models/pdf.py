from contextlib import contextmanager
from urllib.parse import quote

from markupsafe import Markup
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import file_open
from odoo.tools.mail import html_sanitize

from ..tools import mixed_script, weasy

# (model, name of the document) → the sealed field that wins over a new rendering, once it holds something.
ON_DEMAND = {
    ("shora.decree", "decree"): "pdf",
    ("shora.notice", "notice"): "pdf",
    ("shora.notice", "notice_paper"): None,
    ("shora.notice", "pack"): "pack",
    ("shora.notice", "certificate"): None,
    ("shora.session", "attendance"): None,
    ("shora.minutes", "minutes"): "pdf",
    ("shora.minutes", "covering_letter"): "covering_pdf",
    ("shora.deemed.resignation", "resignation"): None,
    ("shora.roll", "roll"): None,
    ("shora.resolution", "resolution"): "letter_pdf",
    ("shora.dossier", "dossier"): "pdf",
    ("shora.annual.plan", "annual_plan"): None,
    ("shora.annual.plan.amendment", "plan_amendment"): None,
}
FROM_CONTENT = frozenset({"minutes", "addendum", "dossier"})
NAME_FIELDS = {
    "pdf": "pdf_name",
    "pack": "pack_name",
    "covering_pdf": "covering_name",
    "letter_pdf": "letter_name",
    "file": "name",
}
PREFIX = "shora_council.document_"
#: languages in which a document can be had, as its address names them
LANGUAGES = {"fa": "fa_IR", "en": "en_US"}
READING = "shora_reading"
STYLE = "shora_council/static/src/documents/document.css"


class ReadingLanguage(str):
    """A language that the program asked for: what comes in a client's context is plain text, which no seal follows."""

    __slots__ = ()


class ShoraPdf(models.AbstractModel):
    """The renderer of the legal documents: QWeb to PDF by WeasyPrint, in process, in the language of the office.

    A document says the same whoever prints it, so it is rendered as superuser; who may have it is judged before: by
    the step that seals it, or by ``_action_render``'s route. It comes out whole or not at all, and loads nothing from
    network or disk.
    """

    _name = "shora.pdf"
    _description = "Renderer of legal documents"

    def _language(self):
        """Documents are Persian wherever that is active, else the user's language; of a copy for reading, its own."""
        asked = self.env.context.get(READING)
        if isinstance(asked, ReadingLanguage):
            return str(asked)
        installed = dict(self.env["res.lang"].get_installed())
        for code in ("fa_IR", self.env.lang):
            if code in installed:
                return code
        return "en_US"

    def _reading_language(self, name):
        """The language of a copy for reading, None where ``name`` is that of the documents themselves.

        :param name: ``fa``, ``en`` or nothing
        """
        code = LANGUAGES.get(name)
        if not code or code == self._language() or (code == "fa_IR" and not self._has_persian()):
            return None
        return ReadingLanguage(code)

    def _has_persian(self):
        return bool(self.env["res.lang"]._get_data(code="fa_IR"))

    def _render(self, template, record, **values):
        """The PDF of one record.

        :param template: xml id of the QWeb template
        :param values: for the template; ``content`` is the sealed content of minutes and addenda
        :return: bytes
        :raises UserError: the renderer is missing or does not come to an end, or no font has one of the letters
        """
        return self._laid_out(self._html(template, record, **values))[0]

    def _laid_out(self, html):
        """The PDF of a whole page in the house's style.

        :return: (bytes, number of pages, {id of an element: index of the page on which it begins})
        :raises UserError: as :meth:`_render`
        """
        with file_open(STYLE) as file:
            css = file.read()
        with self._renderer_in_words():
            return weasy.render_marked(html, css)

    @contextmanager
    def _renderer_in_words(self):
        """
        :raises UserError: instead of what the renderer says
        """
        try:
            yield
        except weasy.RendererMissing as error:
            raise UserError(
                self.env._(
                    "The document cannot be made: the PDF renderer is missing on the server (%(detail)s). Install the "
                    "Python "
                    "package weasyprint and the Debian packages libpango-1.0-0 and libpangoft2-1.0-0.",
                    detail=error,
                )
            ) from error
        except weasy.RendererSlow as error:
            raise UserError(
                self.env._(
                    "The document took too long to be made, so nothing was saved. Do it again; if that does not help, "
                    "shorten its longest text or tell the administrator."
                )
            ) from error
        except weasy.GlyphsMissing as error:
            raise UserError(
                self.env._(
                    "The document cannot be made: no font on the server has the letters “%(letters)s”. Remove them "
                    "from the text, or install a font that has them (for Persian: Vazirmatn, or the Debian package "
                    "fonts-noto-core).",
                    letters=error.characters,
                )
            ) from error

    def _check_makeable(self, name, record):
        """
        :raises AccessError: reading ``record`` is not enough for its document ``name``
        """
        record.check_access("read")

    def _made(self, name, record):
        """The PDF of a document of ``ON_DEMAND`` by its name, made now; bytes."""
        return self._render(f"{PREFIX}{name}", record)

    def _copied(self, name, record, language):
        """The same in another language, for reading; it says which one is the document, and by which hash it is sealed.

        :param language: of :meth:`_reading_language`
        """
        record = record.with_context(**{READING: language})
        return record.env["shora.pdf"]._made(name, record)

    def _reading_sentence(self, doc):
        """What a copy for reading says of itself; nothing on a document."""
        if not isinstance(self.env.context.get(READING), ReadingLanguage):
            return False
        sealed = "pdf_sha256" in doc._fields and doc.pdf_sha256
        if sealed:
            return self.env._(
                "A copy for reading. The document is the Persian one, sealed with the SHA-256 %(hash)s.", hash=sealed
            )
        return self.env._("A copy for reading. The document is the Persian one.")

    def _html(self, template, record, **values):
        """The whole page as text, in the language of documents."""
        record.ensure_one()
        renderer = self.with_context(lang=self._language(), tz="Asia/Tehran").sudo()  # see the class
        doc = record.with_env(renderer.env)
        if "is_imported" in doc._fields and doc.is_imported:
            raise UserError(self.env._("Imported from an earlier year: the signed paper is the document."))
        if "content" not in values and template.removeprefix(PREFIX) in FROM_CONTENT:
            values["content"] = doc.with_env(record.env)._sealed_content()
        page = renderer.env["ir.qweb"]._render(
            template,
            {
                **renderer._vocabulary(),
                "doc": doc,
                "is_draft": self._is_draft(doc),
                "written": self._written(doc),
                "reading": renderer._reading_sentence(doc),
                **values,
            },
        )
        if not renderer._is_persian():
            page = mixed_script.mark_right_to_left(page)
        return f"<!DOCTYPE html>\n{page}"

    def _is_draft(self, doc):
        """Whether the page must say that it is no document yet."""
        return "pdf" in doc._fields and doc.state not in doc._frozen_states

    def _written(self, doc):
        """The moment the document became one (naive UTC), or False: nothing in a file depends on when it was
        printed.
        """
        return next((doc[name] for name in ("issued_at", "dispatched_at", "signed_at") if name in doc._fields), False)

    def _clean(self, html):
        """Typed text without scripts, styles and classes, so that it cannot cover or imitate what the document itself
        says.
        """
        cleaned = html_sanitize(html or "", sanitize_tags=True, strip_style=True, strip_classes=True)
        return Markup(cleaned)

    # --- what buttons return ---

    def _action(self, record, field_name):
        """Download the document stored in ``field_name``.

        :raises UserError: there is none yet
        """
        record.ensure_one()
        if not record.with_context(bin_size=True)[field_name]:
            raise UserError(self.env._("There is no document yet."))
        name = quote(record[NAME_FIELDS[field_name]], safe="")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{record._name}/{record.id}/{field_name}/{name}?download=true",
            "target": "self",
        }

    def _action_copy(self, name, record):
        """Show a document in English, for reading."""
        action = self._action_render(f"{PREFIX}{name}", record)
        return {**action, "url": f"{action['url']}?lang=en"}

    def _action_render(self, template, record):
        """Show the document rendered now (of a sealed record: the sealed file)."""
        record.ensure_one()
        name = template.removeprefix(PREFIX)
        if (record._name, name) not in ON_DEMAND:
            raise UserError(self.env._("There is no such document."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/shora/document/{record._name}/{record.id}/{name}.pdf",
            "target": "new",
        }
