"""WeasyPrint in process, shut off from network and disk.

Letters of a council are evidence: they must come out whole or not at all, show nothing fetched from elsewhere, and
come out the same again from the same facts. Knows nothing of councils.
"""

import atexit
import hashlib
import logging
import threading
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from odoo.tools import file_open

from .time_limit import Expired, TimeLimit

_logger = logging.getLogger(__name__)

#: What relative addresses of a document are resolved against; no host of that name exists (RFC 2606).
BASE_URL = "http://documents.invalid/"
#: seconds that one document may take; a letter takes a tenth of one, and Odoo ends a request after 120
LIMIT = 90
_SERVED_TYPES = {
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "ttf": "font/ttf",
    "woff2": "font/woff2",
}


#: What a thread prepares once: fonts as Pango sees them, and parsed style sheets. Pango is not to be shared by threads.
_prepared = threading.local()
atexit.register(_prepared.__dict__.clear)  # Pango's objects are freed while its library is still there


class RendererMissing(Exception):
    """WeasyPrint, or Pango below it, cannot be loaded here."""


class RendererSlow(Exception):
    """The document was not finished within ``LIMIT``."""


class GlyphsMissing(Exception):
    """No installed font has these letters.

    :ivar characters: the letters, each once
    """

    def __init__(self, characters):
        super().__init__(characters)
        self.characters = characters


def _load():
    """WeasyPrint's module.

    :raises RendererMissing: the package or one of its system libraries is not there
    """
    try:
        import weasyprint  # here: Odoo must start, and say what is missing, without Pango
    except (ImportError, OSError) as error:
        raise RendererMissing(str(error)) from error
    # Refused addresses and unknown CSS in what people typed are no trouble of the server's.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return weasyprint


def _fetcher():
    """A fetcher that serves static files of installed addons and inline data, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url, headers=None):
            if url[:5].lower() == "data:":
                return super().fetch(url, headers)
            path = static_path(url)
            if not path:
                _logger.info("Refused an address inside a document: %s", url[:200])
                raise ValueError("documents load nothing from outside")
            with file_open(path, "rb") as file:
                body = file.read()
            return URLFetcherResponse(url, body, {"Content-Type": _SERVED_TYPES[path.rsplit(".", 1)[-1].lower()]})

    return Fetcher(allowed_protocols={"data"}, allow_redirects=False)


def static_path(url):
    """The addon path (``addon/static/…``) that ``url`` names below ``BASE_URL``, or None.

    ``odoo.tools.file_open`` keeps the path inside the addons; here it is kept inside their ``static`` folders.
    """
    if not url.startswith(BASE_URL):
        return None
    parts = unquote(urlsplit(url).path).strip("/").split("/")
    if len(parts) < 3 or parts[1] != "static" or any(_is_unsafe(part) for part in parts):
        return None
    return "/".join(parts) if parts[-1].rsplit(".", 1)[-1].lower() in _SERVED_TYPES else None


def _is_unsafe(part):
    return part in ("", ".", "..") or "\\" in part or "\0" in part


def render(html, css):
    """The PDF of ``html`` (a whole page, text) under the style sheet ``css`` (text).

    The file's identifier is the digest of its source, so that the same facts give the same file on one machine.

    :return: bytes
    :raises RendererMissing: see :func:`_load`
    :raises RendererSlow: it would have taken too long
    :raises GlyphsMissing: a letter would have come out as an empty box
    """
    return render_marked(html, css)[0]


@lru_cache(maxsize=64)
def render_often(html, css):
    """As :func:`render`, for small pages that come again as they are, such as page numbers to be laid over others."""
    return render(html, css)


def _fonts_and_sheet(weasyprint, css, fetcher):
    """(font configuration, parsed style sheet) of this thread: a fifth of the time of a letter of one page."""
    if not hasattr(_prepared, "fonts"):
        from weasyprint.text.fonts import FontConfiguration

        _prepared.fonts, _prepared.sheets = FontConfiguration(), {}
    if css not in _prepared.sheets:
        _prepared.sheets[css] = weasyprint.CSS(
            string=css, base_url=BASE_URL, url_fetcher=fetcher, font_config=_prepared.fonts
        )
    return _prepared.fonts, _prepared.sheets[css]


def render_marked(html, css):
    """As :func:`render`, with what a table of contents needs.

    :return: (bytes, number of pages, {id of an element: index of the page on which it begins})
    """
    weasyprint = _load()
    try:
        with TimeLimit(LIMIT):
            return _lay_out(weasyprint, html, css)
    except Expired as error:
        raise RendererSlow from error


def _lay_out(weasyprint, html, css):
    fetcher = _fetcher()
    fonts, sheet = _fonts_and_sheet(weasyprint, css, fetcher)
    missing = set()

    def note_missing(document, _pdf):
        for font in document.fonts.values():
            missing.update(chr(codepoint) for codepoint in font.missing)

    page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    laid = page.render(stylesheets=[sheet], font_config=fonts)
    pdf = laid.write_pdf(
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
        finisher=note_missing,
    )
    letters = "".join(sorted(char for char in missing if unicodedata.category(char)[0] in "LMN"))
    if letters:
        raise GlyphsMissing(letters)
    places = {}
    for index, paper in enumerate(laid.pages):
        for name in paper.anchors:
            places.setdefault(name, index)
    return pdf, len(laid.pages), places
