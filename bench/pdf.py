"""A written notice of one page and of five, beside bare WeasyPrint on the same page source and style.

Goals of limits: 0.6 s for five pages where the bare renderer takes 0.24, so at most 2.5 times it; every letter of the
source comes back out of the file.
"""

import io
from collections import Counter

from odoo.addons.shora_council.models.pdf import STYLE
from odoo.addons.shora_council.tools import weasy
from odoo.tools import file_open
from pypdf import PdfReader

from tests.shora_council.pdf_text import body_text, letters, text_of

from .build import builder, coming, staffed
from .lines import Line, beside, ratio

PAGES = (1, 5)
GOAL = 2.5
TEMPLATE = "shora_council.document_notice"
TEXT = "دستور این جلسه به پیوست است و اعضای محترم می‌توانند نظر خود را تا روز جلسه بنویسند. " * 6


def measure(env):
    """Lines for both lengths, and for the letters of the longer one."""
    build = builder(env)
    council, secretary = staffed(build, "PDF")
    session = coming(build, council, secretary)
    notice = session.env["shora.notice"]._prepare_for(session)
    renderer = notice.env["shora.pdf"]
    for pages in PAGES:
        notice.body = f"<p>{TEXT}</p>" * (22 if pages > 1 else 1)
        html = renderer._html(TEMPLATE, notice)
        pdf = renderer._render(TEMPLATE, notice)
        number = len(PdfReader(io.BytesIO(pdf)).pages)
        ours, floor = beside(lambda: renderer._render(TEMPLATE, notice), lambda html=html: bare(html))
        yield ratio(f"PDF of a notice, {number} pages / bare WeasyPrint", ours, floor, GOAL)
    source = letters(body_text(html))
    lost = Counter(source) - Counter(letters(text_of(pdf)))
    yield Line(
        f"PDF of {number} pages: letters lost of {len(source):,}",
        f"{sum(lost.values())}",
        "0",
        not lost,
    )


def bare(html):
    """What anybody would call."""
    import weasyprint

    with file_open(STYLE) as file:
        sheet = weasyprint.CSS(string=file.read(), base_url=weasy.BASE_URL, url_fetcher=weasy._fetcher())
    page = weasyprint.HTML(string=html, base_url=weasy.BASE_URL, url_fetcher=weasy._fetcher())
    return page.write_pdf(stylesheets=[sheet])
