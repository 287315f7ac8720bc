"""Checks of our own: what neither the server nor the linters catch in XML and in translations."""

import ast
import re
import xml.etree.ElementTree as ElementTree

from . import paths

TREE = re.compile(r"<tree\b|\btree,|,tree\b|['\">]tree['\"<]")
OLD_DIRECTIVE = re.compile(r"\s(attrs|states)=\"")
PERSIAN = "fa.po"
FOREIGN_LETTERS = {"ي": "ی", "ك": "ک", "ى": "ی"}


def check(addons):
    """Return the findings, one line each, for the addons named."""
    findings = []
    for name in addons:
        root = paths.CHECKOUT / name
        for path in sorted(root.rglob("*.xml")):
            findings += check_xml(path, listed_files(name))
        findings += check_persian(root / "i18n" / PERSIAN)
    return findings


def listed_files(name):
    """Return every file the manifest of ``name`` loads, assets included as patterns."""
    manifest = ast.literal_eval((paths.CHECKOUT / name / "__manifest__.py").read_text(encoding="utf-8"))
    return {*manifest.get("data", []), *manifest.get("demo", [])}


def where(path):
    """Return ``path`` as seen from the checkout."""
    return path.relative_to(paths.CHECKOUT)


def check_xml(path, listed):
    """Return the findings of one XML file: form, dead view types, forgotten in the manifest."""
    text = path.read_text(encoding="utf-8")
    try:
        ElementTree.fromstring(text.encode())
    except ElementTree.ParseError as error:
        return [f"{where(path)}: not well-formed: {error}"]
    findings = []
    for number, line in enumerate(text.splitlines(), 1):
        if TREE.search(line):
            findings.append(f"{where(path)}:{number}: 'tree' is dead, views and view modes are called 'list'")
        if OLD_DIRECTIVE.search(line):
            findings.append(f"{where(path)}:{number}: attrs/states are dead: use invisible, readonly, required")
    inner = path.relative_to(paths.CHECKOUT)
    if inner.parts[1] != "static" and "/".join(inner.parts[1:]) not in listed:
        findings.append(f"{inner}: no manifest loads this file")
    return findings


def check_persian(path):
    """Return the findings of a Persian translation: missing, left in English, Arabic letters."""
    if not path.exists():
        return [f"{where(path)}: missing"]
    return [f"{where(path)}: {finding}" for finding in judge(entries(path.read_text(encoding="utf-8")))]


def judge(pairs):
    """Return the findings in (source, translation) pairs."""
    findings = []
    for source, translation in pairs:
        if not translation:
            findings.append(f"no Persian for {source!r}")
        elif translation == source and re.search(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>|%\(\w+\)s|\$\{[^}]*\}", "", source)):
            findings.append(f"left in English: {source!r}")
        for wrong, right in FOREIGN_LETTERS.items():
            if wrong in translation:
                findings.append(f"Arabic letter {wrong} instead of {right} in {translation!r}")
        if set(re.findall(r"%\(\w+\)[sd]", source)) != set(re.findall(r"%\(\w+\)[sd]", translation)) and translation:
            findings.append(f"placeholders differ in {translation!r}")
    return findings


def entries(text):
    """Return the (source, translation) pairs of a .po file, its header and obsolete entries left out."""
    found, current, key = [], {}, None
    for line in [*text.splitlines(), ""]:
        match = re.match(r'(msgctxt|msgid|msgstr)\s+"(.*)"$', line)
        if match:
            key = match[1]
            current[key] = match[2]
        elif line.startswith('"') and key:
            current[key] += line[1:-1]
        elif not line.strip():
            if current.get("msgid"):
                found.append((unescape(current["msgid"]), unescape(current.get("msgstr", ""))))
            current, key = {}, None
    return found


def unescape(text):
    """Turn the escapes of a .po file into characters."""
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), text)
