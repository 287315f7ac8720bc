"""Where a chain stood, as it was written down outside: in a log, by a check, copied from a letter."""

import pytest
from rules.anchors import Anchor, Unreadable, departures, read

ONE, TWO, THREE = ("1" * 64, "ab" * 32, "c3" * 32)


def test_every_way_it_is_written_down():
    lines = [
        "# kept by the Secretariat",
        "",
        f"T1: 6 seals, 79 files, head {TWO}",
        f"2026-11-26 10:00:00,000 77 INFO shora odoo.addons.shora_council.models.seal: T1: 7 seals, head {THREE}",
        f"\ufeffT2 ۳ · {ONE}",
        f"T2 4 {ONE[:20]} {ONE[20:50]}  {ONE[50:]}",
        "T3: 0 seals, 2 files, head -",
        "T3: 0 copies, head -",
        f"T1: 6 seals, 80 files, head {TWO}",
        f"T1: 6 copies, head {ONE}",
        f"2026-11-26 10:00:00,000 77 INFO shora odoo.addons.shora_council.models.archive: T1: 7 copies, head {TWO}",
    ]
    assert read(lines) == [
        *(Anchor("T1", 6, TWO), Anchor("T1", 7, THREE), Anchor("T2", 3, ONE), Anchor("T2", 4, ONE)),
        *(Anchor("T1", 6, ONE, "copies"), Anchor("T1", 7, TWO, "copies")),
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"T1 6 {TWO[:-1]}",
        f"T1 6 {TWO}a",
        f"T1 {TWO}",
        f"6 {TWO}",
        f"T1: 6 seals, 79 files, head {TWO[:-1]}",
        "T1: altered: Minutes of Session 1 (-)",
        f"T1 six {TWO}",
        f"T1 6 {TWO[:-1]}g",
    ],
)
def test_a_line_that_was_mistyped_is_said(line):
    with pytest.raises(Unreadable) as caught:
        read(["", line])
    assert caught.value.line == 2


def test_what_a_chain_no_longer_is():
    anchors = [Anchor("T1", 1, ONE), Anchor("T1", 2, TWO), Anchor("T1", 3, THREE)]
    assert departures(anchors, [(1, ONE), (2, TWO), (3, THREE), (4, ONE)]) == []
    assert departures(anchors, [(1, ONE), (2, TWO)]) == [(anchors[2], "missing")]
    assert departures(anchors, [(1, ONE), (2, THREE), (3, TWO)]) == [(anchors[1], "altered"), (anchors[2], "altered")]
    assert departures(anchors, [(1, ONE), (3, THREE)]) == [(anchors[1], "altered")]
    assert departures(anchors, []) == [(anchor, "missing") for anchor in anchors]
    assert departures([], [(1, ONE)]) == []
