import pytest

from dev import lint_views

PO = """\
msgid ""
msgstr "Language: fa\\n"

#. module: x
msgid "Session"
msgstr "نشست"

msgid ""
"Two "
"lines"
msgstr ""
"دو "
"سطر"

msgid "Empty"
msgstr ""

#~ msgid "Old"
#~ msgstr ""
"""


def test_entries_joins_lines_and_leaves_header_and_obsolete_out():
    assert lint_views.entries(PO) == [("Session", "نشست"), ("Two lines", "دو سطر"), ("Empty", "")]


@pytest.mark.parametrize(
    ("pair", "word"),
    [
        (("Empty", ""), "no Persian"),
        (("Session", "Session"), "left in English"),
        (("Report", "گزارشي"), "Arabic letter"),
        (("Of %(name)s", "از %(nam)s"), "placeholders"),
    ],
)
def test_what_a_persian_reader_would_stumble_over_is_found(pair, word):
    assert any(word in finding for finding in lint_views.judge([pair]))


@pytest.mark.parametrize("pair", [("Session", "نشست"), ("%(a)s", "%(a)s"), ("PDF %(a)s", "پی‌دی‌اف %(a)s")])
def test_good_translations_pass(pair):
    assert lint_views.judge([pair]) == []


@pytest.mark.parametrize("text", ["<tree/>", '<x name="view_mode">tree,form</x>', "<field>kanban,tree</field>"])
def test_tree_is_found(text):
    assert lint_views.TREE.search(text)


@pytest.mark.parametrize("text", ["<list/>", "a tree of seats", "<field>list,form</field>"])
def test_other_words_are_no_tree(text):
    assert not lint_views.TREE.search(text)
