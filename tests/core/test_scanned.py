"""Codes as scanners type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.scanned import Scanned, ScanRefused, looks_scanned, read_scan


def check(digits: str) -> str:
    total = sum(int(d) * (3 if n % 2 == 0 else 1) for n, d in enumerate(reversed(digits)))
    return str(-total % 10)


GTIN = "0030000000001" + check("0030000000001")
WHOLE = Scanned(GTIN, "0000000001", "LE12T204", "S1", date(2028, 6, 30))


@pytest.mark.parametrize(
    "text",
    [
        f"(01){GTIN}(17)280630(10)LE12T204(21)S1",
        f"(01){GTIN}(10)LE12T204(17)280630(21)S1",
        f"01{GTIN}1728063010LE12T204\x1d21S1",
        f"01{GTIN}10LE12T204\x1d1728063021S1",
        f"]d201{GTIN}21S1\x1d10LE12T204\x1d17280630",
        f"]C101{GTIN}1728063021S1\x1d10LE12T204\r\n",
        f"\x1d01{GTIN}1728063010LE12T204<GS>21S1",
        f"01{GTIN}1728060010LE12T204{{GS}}21S1",
    ],
)
def test_every_way_of_writing_it_says_the_same(text: str) -> None:
    assert read_scan(text) == WHOLE


def test_day_00_is_the_last_of_its_month() -> None:
    for month, last in (("2802", 29), ("2702", 28), ("2704", 30), ("2712", 31)):
        found = read_scan(f"01{GTIN}17{month}0010X")
        assert found is not None
        assert found.expiry is not None
        assert found.expiry.day == last


def test_the_century_slides() -> None:
    def year(two: str) -> int:
        found = read_scan(f"01{GTIN}17{two}0101")
        assert found is not None
        assert found.expiry is not None
        return found.expiry.year

    assert (year("27"), year("70"), year("99")) == (2027, 2070, 1999)


@pytest.mark.parametrize(
    "text", ["LE12T204", "0112345", "10ABC", "350", "17280630", "", "2028-06-30", "(old stock)"]
)
def test_what_is_typed_is_no_code(text: str) -> None:
    assert not looks_scanned(text)
    assert read_scan(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"01{GTIN[:-1]}{(int(GTIN[-1]) + 1) % 10}17280630", "check digit"),
        (f"01{GTIN}17281330", "not understood"),
        (f"01{GTIN}17280631", "not understood"),
        ("(01)123", "not understood"),
    ],
)
def test_a_wrong_code_is_refused_with_words(text: str, words: str) -> None:
    with pytest.raises(ScanRefused, match=words):
        read_scan(text)


def test_without_separators_the_lot_is_left_to_the_nurse() -> None:
    found = read_scan(f"01{GTIN}10LE12T20417280630")
    assert found is not None
    assert (found.lot, found.expiry) == ("", None)
    assert "type lot and expiry" in found.doubt


def test_a_gtin_of_elsewhere_has_no_ndc() -> None:
    body = "0400123456789"
    found = read_scan(f"01{body}{check(body)}")
    assert found == Scanned(gtin=body + check(body))


@given(
    st.text("0123456789", min_size=13, max_size=13),
    st.dates(date(2020, 1, 1), date(2060, 12, 31)),
    st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-", min_size=1, max_size=20),
    st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-", min_size=1, max_size=20),
)
def test_what_goes_in_comes_out(body: str, expiry: date, lot: str, serial: str) -> None:
    code = f"]d201{body}{check(body)}17{expiry:%y%m%d}10{lot}\x1d21{serial}"
    found = read_scan(code)
    assert found is not None
    assert (found.gtin, found.expiry) == (body + check(body), expiry)
    assert (found.lot, found.serial) == (lot, serial)
