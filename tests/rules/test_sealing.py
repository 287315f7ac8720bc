import hashlib
import json
import unicodedata
from collections import OrderedDict
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules import sealing

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text("abcابپ۱۲", max_size=4), inner)),
    max_leaves=12,
)
HEX = st.binary(max_size=8).map(lambda data: hashlib.sha256(data).hexdigest())


def nfc(value):
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [nfc(item) for item in value]
    if isinstance(value, dict):
        return {key: nfc(item) for key, item in value.items()}
    return value


def test_the_form_is_fixed_to_the_byte():
    content = {"شماره": 43, "b": [True, None, date(2026, 3, 21)], "a": datetime(2026, 3, 20, 20, 30)}
    expected = (
        '{"content":{"a":"2026-03-20T20:30:00Z","b":[true,null,"2026-03-21"],"شماره":43},"schema":"shora.test/1"}'
    )
    assert sealing.canonical(content, "shora.test/1") == expected.encode()


def test_known_fingerprints_never_change():
    assert sealing.sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert (
        sealing.pack_hash([("a", b"")])
        == hashlib.sha256(
            b'{"content":{"documents":[{"name":"a","sha256":'
            b'"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]},"schema":"shora.pack/1"}'
        ).hexdigest()
    )
    one, two, first = "1" * 64, "2" * 64, "0" * 64
    inside = f'"content":"{one}","pdf":"{two}","place":{{"position":1}},"previous":"{first}"'
    form = f'{{"content":{{{inside}}},"schema":"shora.link/2"}}'
    assert sealing.link(None, one, two, {"position": 1}) == hashlib.sha256(form.encode()).hexdigest()


def test_the_schema_is_part_of_the_seal():
    assert sealing.canonical({}, "shora.test/1") != sealing.canonical({}, "shora.test/2")
    with pytest.raises(ValueError):
        sealing.canonical({}, "")


def test_composed_and_decomposed_text_are_one():
    assert sealing.canonical({"n": "\u0622"}, "s") == sealing.canonical({"n": "\u0627\u0653"}, "s")
    with pytest.raises(ValueError):
        sealing.canonical({"\u0622": 1, "\u0627\u0653": 2}, "s")


def test_arabic_and_persian_letters_and_the_half_space_stay_different():
    forms = [sealing.canonical({"n": text}, "s") for text in ("\u06cc", "\u064a", "می\u200cشود", "میشود")]
    assert len(set(forms)) == 4


@pytest.mark.parametrize("value", [1.0, float("nan"), Decimal(1), b"x", {1}, object()])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        sealing.canonical({"deep": [{"n": value}]}, "s")


def test_keys_are_text():
    with pytest.raises(TypeError):
        sealing.canonical({1: "x"}, "s")


def test_a_datetime_with_a_zone_and_half_a_surrogate_are_refused():
    with pytest.raises(ValueError):
        sealing.canonical({"at": datetime(2026, 1, 1, tzinfo=UTC)}, "s")
    with pytest.raises(ValueError):
        sealing.canonical({"text": "\ud800"}, "s")


@given(st.dictionaries(st.text("abcابپ۱۲", max_size=4), JSON))
def test_the_form_reads_back_and_does_not_depend_on_insertion(content):
    data = sealing.canonical(content, "s/1")
    assert json.loads(data) == {"content": nfc(content), "schema": "s/1"}
    assert sealing.canonical(OrderedDict(reversed(content.items())), "s/1") == data
    assert sealing.canonical(json.loads(data)["content"], "s/1") == data


PACKS = st.lists(st.tuples(TEXT, st.binary(max_size=6)), max_size=5)


@given(PACKS, st.randoms())
def test_a_pack_is_the_same_in_any_order_and_from_fingerprints(pack, random):
    shuffled = [(name, hashlib.sha256(data).hexdigest().upper()) for name, data in pack]
    random.shuffle(shuffled)
    assert sealing.pack_hash(shuffled) == sealing.pack_hash(pack)


@given(PACKS, PACKS)
def test_packs_with_other_documents_differ(one, other):
    def multiset(pack):
        return sorted((nfc(name), data) for name, data in pack)

    assert (sealing.pack_hash(one) == sealing.pack_hash(other)) == (multiset(one) == multiset(other))


def test_name_and_content_cannot_change_places():
    assert sealing.pack_hash([("a", b"x"), ("b", b"y")]) != sealing.pack_hash([("a", b"y"), ("b", b"x")])


@given(HEX, HEX, HEX)
def test_a_link_depends_on_each_part_and_its_place(previous, content, pdf):
    parts = (previous, content, pdf)
    made = sealing.link(*parts, {"position": 1})
    for place in range(3):
        changed = list(parts)
        changed[place] = hashlib.sha256(changed[place].encode()).hexdigest()
        assert sealing.link(*changed, {"position": 1}) != made
    assert sealing.link(*parts, {"position": 2}) != made
    assert (sealing.link(previous, pdf, content, {"position": 1}) == made) == (content == pdf)


@pytest.mark.parametrize("wrong", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n"])
def test_a_link_binds_fingerprints_only(wrong):
    good = "a" * 64
    with pytest.raises(ValueError):
        sealing.link(good, wrong, good, {})
    with pytest.raises(ValueError):
        sealing.link(good, good, wrong, {})
    if wrong:
        with pytest.raises(ValueError):
            sealing.link(wrong, good, good, {})


def chain(length):
    rows, before = [], sealing.GENESIS
    for position in range(1, length + 1):
        content, pdf = (hashlib.sha256(f"{kind}{position}".encode()).hexdigest() for kind in ("content", "pdf"))
        place = {"position": position, "name": f"Minutes {position}"}
        own = sealing.link(before, content, pdf, place)
        rows.append((position, before, content, pdf, own, place))
        before = own
    return rows


def test_a_whole_chain_holds():
    assert sealing.breaks([], 0) == []
    assert sealing.breaks(chain(5), 5) == []


@pytest.mark.parametrize("length", [1, 2, 5])
def test_whatever_is_done_to_a_chain_is_found(length):
    whole = chain(length)
    for index, row in enumerate(whole):
        position = index + 1
        without = whole[:index] + whole[position:]
        assert (position, "missing") in sealing.breaks(without, length)
        assert (position, "added") in sealing.breaks(sorted([*whole, row], key=lambda r: r[0]), length)
        for field in range(1, 5):
            changed = list(row)
            changed[field] = hashlib.sha256(row[field].encode()).hexdigest()
            assert (position, "altered") in sealing.breaks([*whole[:index], tuple(changed), *whole[position:]], length)
        changed = (*row[:5], {**row[5], "name": "Another"})
        assert sealing.breaks([*whole[:index], changed, *whole[position:]], length) == [(position, "altered")]
        forged = sealing.link(row[1], row[2], row[3], changed[5])
        relinked = (*row[:4], forged, changed[5])
        after = [(position + 1, "detached")] if position < length else []
        assert sealing.breaks([*whole[:index], relinked, *whole[position:]], length) == after
    assert sealing.breaks(whole, length + 1) == [(length + 1, "missing")]
    assert (length, "added") in sealing.breaks(whole, length - 1)


def test_text_that_is_no_fingerprint_is_no_document():
    with pytest.raises(ValueError):
        sealing.pack_hash([("a", "not a hash")])
