"""What a reader sees of a page source, and what comes back out of the PDF made of it."""

import io
import shutil
import subprocess
import unicodedata

from lxml import html as lxml_html
from pypdf import PdfReader


def letters(text):
    """The letters and digits of ``text``, sorted: an extracted page has them all, in an order of its own."""
    text = unicodedata.normalize("NFKC", text).replace("ي", "ی").replace("ك", "ک")
    return sorted(char for char in text if unicodedata.category(char)[0] in "LN")


def text_of(pdf):
    """Text of a PDF, by poppler where there is one, else by pypdf."""
    if shutil.which("pdftotext"):
        return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def body_text(page):
    """What a reader sees of the source page; the foot repeats on each page and is left out."""
    tree = lxml_html.fromstring(page)
    for element in tree.xpath("//head | //*[@class='foot'] | //*[@class='draft']"):
        element.drop_tree()
    return tree.text_content()
