"""Persian inside a page that runs from left to right: each piece in its own order. Knows nothing of councils.

What people typed stays Persian in a copy for reading. A browser would settle its direction by ``dir="auto"``;
WeasyPrint does not know that, and a full stop would stand before its sentence.
"""

import re
import unicodedata

from lxml import html

BLOCKS = frozenset(("p", "div", "td", "th", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
RIGHT = ("R", "AL")
#: a mark without width that reads from left to right
LEFT_MARK = "\u200e"
NUMBER = re.compile(r"\w+(?:/\w+)+")


def mark_right_to_left(page):
    """Write ``dir="rtl"`` at every innermost block of a left-to-right page that begins in a right-to-left script.

    :param page: a whole HTML page as text
    :return: the page as text
    """
    tree = html.document_fromstring(page)
    for element in tree.body.iter(*BLOCKS):
        inner = (child for child in element.iterdescendants(*BLOCKS))
        if "dir" not in element.attrib and next(inner, None) is None and is_right_to_left(element.text_content()):
            element.set("dir", "rtl")
    return html.tostring(tree, encoding="unicode")


def is_right_to_left(text):
    """Whether the first letter of ``text`` belongs to a script that runs from right to left."""
    found = (unicodedata.bidirectional(char) for char in text)
    return next((kind in RIGHT for kind in found if kind in ("L", *RIGHT)), False)


def keep_number_order(text):
    """A number such as «1405/گ/9», with marks that keep its parts in this order on a left-to-right line."""
    if NUMBER.fullmatch(text) and any(unicodedata.bidirectional(char) in RIGHT for char in text):
        return text.replace("/", f"{LEFT_MARK}/{LEFT_MARK}")
    return text
