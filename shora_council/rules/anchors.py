"""Where a council's chains stood, as it was written down outside the database.

Whoever owns the database can write the whole chain anew, so that it holds within itself, or put back an old one. What
was told outside stays: the link on a forwarding letter, a line of the server's log, the output of an earlier check.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
#: as the check and the log print it: «T1: 6 seals, 79 files, head ab12…», whatever stands before it
_PRINTED = re.compile(
    r"(?P<council>\S+): (?P<position>\d+) (?P<chain>seals|copies), (?:\d+ files, )?head (?P<link>[0-9a-f]{64})\s*$"
)
#: as it is copied from a letter: «T1 6 · ab12…», the link in one piece or in several
_COPIED = re.compile(r"(?P<council>\S+)\s+(?P<position>\d+)\s*[·:.-]?\s+(?P<link>[0-9a-f][0-9a-f\s]{62,}[0-9a-f])\s*$")
#: printed of a council in which nothing is sealed, or nothing kept, yet
_EMPTY = re.compile(r"\S+: 0 (?:seals|copies), (?:\d+ files, )?head -\s*$")


@dataclass(frozen=True)
class Anchor:
    """A chain of ``council`` (its code), that of its sealed documents (``seals``) or that of the Secretariat's copies
    (``copies``), had ``link`` at ``position``.
    """

    council: str
    position: int
    link: str
    chain: str = "seals"


class Unreadable(ValueError):
    """A line that says nothing of a chain; ``line`` is its number."""

    def __init__(self, line: int):
        super().__init__(f"line {line} names no council, position and link")
        self.line = line


def read(lines: Iterable[str]) -> list[Anchor]:
    """The anchors of a file, each once; empty lines and those that begin with # are passed over.

    :raises Unreadable: another line that is no anchor: one that was mistyped proves nothing
    """
    found = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip().lstrip("\ufeff").translate(_DIGITS)
        if not text or text.startswith("#") or _EMPTY.search(text):
            continue
        match = _PRINTED.search(text) or _COPIED.match(text)
        link = match and re.sub(r"\s", "", match["link"])
        if not match or len(link) != 64:
            raise Unreadable(number)
        chain = match.groupdict().get("chain") or "seals"  # a letter names the chain of the documents
        found[Anchor(match["council"], int(match["position"]), link, chain)] = None
    return list(found)


def departures(anchors: Iterable[Anchor], chain: Iterable[tuple[int, str]]) -> list[tuple[Anchor, str]]:
    """What a chain no longer is.

    :param anchors: of this chain
    :param chain: (position, link) of its rows
    :return: (anchor, why): ``missing`` the chain ends before it, ``altered`` there is another link
    """
    links = dict(chain)
    end = max(links, default=0)
    return [
        (anchor, "missing" if anchor.position > end else "altered")
        for anchor in anchors
        if links.get(anchor.position) != anchor.link
    ]
