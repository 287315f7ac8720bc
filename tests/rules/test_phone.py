import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules import phone


@pytest.mark.parametrize(
    "text",
    [
        "09121234567",
        "9121234567",
        "+989121234567",
        "00989121234567",
        "989121234567",
        "۰۹۱۲ ۱۲۳ ۴۵۶۷",
        "٠٩١٢١٢٣٤٥٦٧",
        "+98 (912) 123-4567",
        "\u200e+98\u00a0912\u200c123–4567\u202c",
    ],
)
def test_iranian_mobile(text):
    assert phone.mobile(text) == "+989121234567"


@pytest.mark.parametrize("text", ["+33 6 12 34 56 78", "0033612345678"])
def test_other_country(text):
    assert phone.mobile(text) == "+33612345678"


@pytest.mark.parametrize(
    "text",
    [None, "", "021 8855 1234", "+982188551234", "0912123456", "091212345678", "912", "call me", "09121234567 ext 5"],
)
def test_no_mobile_number(text):
    assert phone.mobile(text) is None


@given(st.text())
def test_whatever_is_typed(text):
    number = phone.mobile(text)
    assert number is None or (number[0] == "+" and number[1:].isascii() and number[1:].isdigit())


@given(st.from_regex(r"9\d{9}", fullmatch=True))
def test_normalising_twice_is_once(digits):
    assert phone.mobile(phone.mobile(f"0{digits}")) == phone.mobile(digits)
