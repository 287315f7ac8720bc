"""No number of the by-law is written in the code: every value is a rule's, and asked for by its code and day.

What is looked for: numbers of days and years that are added or taken away, numbers that stand in for a value that is
missing, default arguments, and numbers that something is compared with.
"""

import ast
from pathlib import Path

import pytest
from odoo.modules import get_module_path

FOLDERS = ("models", "wizard", "controllers", "rules")
SPANS = frozenset({"days", "weeks", "months", "years"})
#: file → numbers that mean something else, and what
ELSEWHERE = {
    "controllers/dms.py": {200: "of HTTP"},
    "models/annual_plan.py": {
        29: "the last days of Esfand",
        1380: "Jalali years",
        1500: "Jalali years",
        100: "percent",
    },
    "models/annual_plan_actual.py": {100: "percent"},
    "models/annual_plan_agenda.py": {100: "percent"},
    "models/bylaw_sense.py": {100: "percent"},
    "models/compliance_digest.py": {7: "days of a week"},
    "models/council_cycle.py": {3: "days from which a deadline is coloured"},
    "models/day_off.py": {60: "how far holidays are read ahead"},
    "models/finding_member.py": {2: "before a limit of one there is nothing to warn of"},
    "models/item_documents.py": {8: "letters of a file's ending"},
    "models/mail_outbox.py": {2: "one person's mail or that of several"},
    "models/minutes_files.py": {5: "letters of a file's ending"},
    "models/plan_content_mixin.py": {2: "a first and a last day"},
    "models/portal.py": {20: "rows of a page"},
    "models/seal_verification.py": {6: "the version of an address"},
    "models/session_forward.py": {20: "minutes of an item that says nothing else"},
    "models/session_ics.py": {365: "days of the calendar feed"},
    "models/session_run.py": {2: "letters to search with"},
    "models/sms_gateway.py": {
        200: "of HTTP",
        300: "of HTTP",
        500: "of HTTP",
        408: "of HTTP",
        425: "of HTTP",
        429: "of HTTP",
    },
    "rules/anchors.py": {64: "digits of a SHA-256"},
    "rules/plan.py": {3: "how many people are suggested"},
    "rules/term.py": {12: "30 Esfand", 30: "30 Esfand"},
    "rules/voting.py": {100: "percent"},
    "wizard/session_planner.py": {12: "Esfand"},
}


def numbers(tree):
    """(line, number) of what is looked for in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in SPANS:
            yield from constants(node.value)
        elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            for value in node.values[1:]:
                yield from constants(value)
        elif isinstance(node, ast.Compare):
            for value in (node.left, *node.comparators):
                yield from constants(value)
        elif isinstance(node, ast.arguments):
            for value in (*node.defaults, *filter(None, node.kw_defaults)):
                yield from constants(value)


def constants(node):
    """Whole numbers from 2 on that stand in ``node`` itself, signed or in a tuple."""
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    for one in node.elts if isinstance(node, ast.Tuple | ast.List) else [node]:
        if isinstance(one, ast.Constant) and type(one.value) is int and one.value > 1:
            yield one.lineno, one.value


def found():
    root = Path(get_module_path("shora_council"))
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            for line, number in numbers(ast.parse(path.read_text())):
                yield name, line, number


def test_no_number_of_the_by_law_in_the_code():
    wired = [f"{name}:{line}: {number}" for name, line, number in found() if number not in ELSEWHERE.get(name, ())]
    assert not wired, "\n".join(["a rule's value, or something else that is to be named here:", *wired])


def test_what_is_named_here_is_there():
    there = {(name, number) for name, _line, number in found()}
    named = {(name, number) for name, values in ELSEWHERE.items() for number in values}
    assert named <= there


@pytest.mark.parametrize(
    "code",
    [
        "day + timedelta(days=7)",
        "Date.add(day, days=-14)",
        "value = rule or 3",
        "def f(years=2): pass",
        "def f(*, before=(60, 30)): pass",
        "if run == 3: pass",
        "if 10 < members: pass",
    ],
)
def test_a_number_that_is_wired_in_is_found(code):
    assert list(numbers(ast.parse(code)))
