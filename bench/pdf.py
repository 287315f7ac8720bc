"""A written notice of one page and of five, beside bare WeasyPrint on the same page source and style.

Goals of limits: 0.6 s for five pages where the bare renderer takes 0.24, so at most 2.5 times it; every letter of the
source comes back out of the file.
"""

import io
import unicodedata
from collections import Counter

from lxml import html as lxml_html
from odoo.addons.shora_council.models.pdf import STYLE
from odoo.addons.shora_council.tools import weasy
from odoo.tools import file_open
from pypdf import PdfReader

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
    lost = Counter(letters(seen(html))) - Counter(letters(extracted(pdf)))
    yield Line(
        f"PDF of {number} pages: letters lost of {len(letters(seen(html))):,}",
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


def seen(html):
    """What a reader sees of the page; the foot comes again on each page and is left out."""
    tree = lxml_html.fromstring(html)
    for element in tree.xpath("//head | //*[@class='foot'] | //*[@class='draft']"):
        element.drop_tree()
    return tree.text_content()


def extracted(pdf):
    """All text of the file, in whatever order."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def letters(text):
    """Letters and digits alone, in one spelling."""
    text = unicodedata.normalize("NFKC", text).replace("ي", "ی").replace("ك", "ک")
    return [char for char in text if unicodedata.category(char)[0] in "LN"]
