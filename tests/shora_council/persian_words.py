"""What counts as English on a Persian screen: Latin words, except a short list, each with its reason."""

import re

#: abbreviations and names that Persian offices write in Latin letters too
KNOWN = frozenset(
    {
        *("PDF", "XLSX", "CSV", "ZIP", "JSON", "HTML", "ICS", "PNG", "JPEG", "QR", "SMS", "URL", "ID"),
        *("HTTPS", "HTTP", "https", "http"),
        *("SHA", "PKCS", "PEM", "PAdES", "UTF"),  # SHA-256 and its like: names of methods
        *("GET", "POST"),  # of a gateway, as its manual says
        *("weasyprint", "libpango", "libpangoft", "fonts-noto-core", "odoo.conf"),  # what an administrator has to type
        "Wkhtmltopdf",  # a program's name, in the platform's own Persian help of a field that we add a choice to
        *("Font", "Awesome", "fa-tasks"),  # the catalogue of icons, and how one is named in it
    }
)
_NO_WORDS = re.compile(
    r"""
      %\(\w+\)[sdf] | %[sd](?![a-z])        # places of values
    | \{\{.*?\}\} | \{\w+\} | \$\{.*?\}
    | <!--.*?--> | <(style|script|code)\b.*?</\1\s*> | <[^>]*>
    | &\#?\w+;
    | \b[\w.+-]+@[\w-]+(\.[\w-]+)+          # addresses
    | \bhttps?://\S+ | \bwww\.\S+
    | /[\w/.{}<>:-]+                         # paths
    | \b[0-9a-f]{16,}\b | \b([0-9a-f]{4,8}\s){3,}[0-9a-f]{4,8}\b  # fingerprints, in groups or not
    | \b[a-z]+_\w+\b | \b[A-Z]+_[A-Z_]+\b    # names of settings
    """,
    re.X | re.S,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z.'’-]*[A-Za-z]")


def latin_words(text, known=()):
    """Latin words of two letters and more in ``text`` (markup or not) that are no abbreviation and not in ``known``."""
    found = _WORD.findall(_NO_WORDS.sub(" ", text or ""))
    return [word for word in found if not {word, word.rstrip(".")} & {*KNOWN, *known}]


def is_words(text):
    """Whether ``text`` has Latin words that someone would have to translate."""
    return bool(latin_words(text))
