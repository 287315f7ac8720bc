"""Canonical form, fingerprints and the chain of sealed documents.

A seal must come out the same on every machine and in every year: the canonical form is JSON in UTF-8 with sorted
keys, no spaces, NFC text, ISO dates, no floats, and the version of its schema inside.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

PACK_SCHEMA = "shora.pack/1"
LINK_SCHEMA = "shora.link/2"
#: What the first link of a chain follows.
GENESIS = "0" * 64

_SHA256 = re.compile(r"[0-9a-f]{64}")


def canonical(content: Mapping[str, Any], schema: str) -> bytes:
    """Canonical bytes of ``{"content": content, "schema": schema}``.

    :param content: mappings with text keys, lists or tuples, text, whole numbers, booleans, None, dates, and naive
        UTC datetimes (written with a closing ``Z``)
    :param schema: name and version of the content's layout, such as ``shora.minutes/1``
    :raises TypeError: a value of another kind (a float, bytes, a set), or a key that is no text
    :raises ValueError: no schema, a datetime with a time zone, two keys that are one after NFC, or text that cannot
        be written as UTF-8
    """
    if not schema:
        raise ValueError("a sealed form names the version of its schema")
    document = {"content": _plain(content), "schema": _plain(schema)}
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def sha256_hex(data: bytes) -> str:
    """SHA-256 in 64 lower-case hexadecimal digits.

    :raises TypeError: ``data`` is no bytes
    """
    return hashlib.sha256(data).hexdigest()


def pack_hash(documents: Iterable[tuple[str, bytes | str]]) -> str:
    """Fingerprint of a notice's document pack (clause 5-1), whatever the order of its documents.

    :param documents: (name, content as bytes or its SHA-256 in hexadecimal); two documents may bear one name
    :return: SHA-256 in hexadecimal
    :raises ValueError: text that is no SHA-256
    """
    entries = sorted((_plain(name), _fingerprint(data)) for name, data in documents)
    listed = [{"name": name, "sha256": fingerprint} for name, fingerprint in entries]
    return sha256_hex(canonical({"documents": listed}, PACK_SCHEMA))


def link(previous_hex: str | None, content_hex: str, pdf_hex: str, place: Mapping[str, Any]) -> str:
    """Link of a sealed document in its council's chain: it binds the content, the PDF, what its row says of it, and
    all links before it.

    :param previous_hex: link before it; None for the first
    :param place: what the row of the chain says: position, record, session, day, signer and the like
    :return: SHA-256 in hexadecimal
    :raises ValueError: an argument is no SHA-256
    """
    content = {
        "content": _require_sha256(content_hex),
        "pdf": _require_sha256(pdf_hex),
        "place": place,
        "previous": _require_sha256(previous_hex or GENESIS),
    }
    return sha256_hex(canonical(content, LINK_SCHEMA))


def breaks(rows: Iterable[tuple[int, str, str, str, str, Mapping[str, Any]]], length: int) -> list[tuple[int, str]]:
    """Where a chain does not hold.

    :param rows: (position, previous link, content, PDF, link, place) in the order of positions
    :param length: positions that were given out
    :return: (position, why): ``missing`` no row, ``added`` a position that was never given out or given twice,
        ``altered`` the row is not the one that was linked, ``detached`` it does not follow the row before it
    """
    found, before, at = [], GENESIS, 0
    for position, previous, content, pdf, own, place in rows:
        found += [(gap, "missing") for gap in range(at + 1, min(position, length + 1))]
        whole = position == at + 1
        if position > length or position <= at:
            found.append((position, "added"))
        try:
            holds = link(previous, content, pdf, place) == own
        except ValueError:
            holds = False
        if not holds:
            found.append((position, "altered"))
        elif whole and previous != before:
            found.append((position, "detached"))
        before, at = own, max(at, position)
    return found + [(gap, "missing") for gap in range(at + 1, length + 1)]


def _plain(value: Any) -> Any:
    """``value`` in JSON's own types and NFC."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError("a sealed datetime is naive UTC")
        return f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _plain_mapping(mapping: Mapping) -> dict[str, Any]:
    plain = {}
    for key, value in mapping.items():
        if not isinstance(key, str):
            raise TypeError(f"a key of a sealed form is text, not {type(key).__name__}")
        normal = _plain(key)
        if normal in plain:
            raise ValueError(f"two keys of a sealed form are both {normal!r}")
        plain[normal] = _plain(value)
    return plain


def _fingerprint(data: bytes | str) -> str:
    return _require_sha256(data.lower()) if isinstance(data, str) else sha256_hex(data)


def _require_sha256(text: str) -> str:
    if not _SHA256.fullmatch(text):
        raise ValueError("a SHA-256 is 64 lower-case hexadecimal digits")
    return text
