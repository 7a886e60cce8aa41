"""A logo is read in one narrow form, and whatever else comes is refused without harm."""

from __future__ import annotations

import base64
import zlib
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.core.logo import (
    LARGEST_BYTES,
    TALLEST,
    WIDEST,
    Logo,
    logo_of,
    packed_logo,
    read_png,
)

HEAD = b"\x89PNG\r\n\x1a\n"
# One row of each filter: points that come out as below were made small by hand (PNG, clause 9).
ROWS = (
    bytes([0, 10, 20, 30, 40, 50, 60]),
    bytes([1, 10, 20, 30, 30, 30, 30]),
    bytes([2, 0, 0, 0, 0, 0, 0]),
    bytes([3, 5, 10, 15, 15, 15, 15]),
    bytes([4, 0, 0, 0, 0, 0, 0]),
)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes, *form: int) -> bytes:
    """A PNG of rows that are filtered already."""
    depth, colour, interlace = form or (8, 2, 0)
    head = pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    packed = zlib.compress(rows)
    middle = len(packed) // 2
    return (
        HEAD
        + chunk(b"IHDR", head)
        + chunk(b"tEXt", b"words that nobody reads")
        + chunk(b"IDAT", packed[:middle])
        + chunk(b"IDAT", packed[middle:])
        + chunk(b"IEND", b"")
    )


def test_every_filter_of_a_row_is_undone() -> None:
    found = read_png(png(2, 5, b"".join(ROWS)))
    assert (found.width, found.height) == (2, 5)
    assert list(found.points) == 5 * [10, 20, 30, 40, 50, 60]


def test_grey_becomes_three_figures() -> None:
    found = read_png(png(2, 1, bytes([0, 7, 200]), 8, 0, 0))
    assert found == Logo(2, 1, bytes([7, 7, 7, 200, 200, 200]))


def test_it_comes_back_out_of_a_record() -> None:
    data = png(2, 5, b"".join(ROWS))
    assert logo_of(packed_logo(data)) == read_png(data)
    assert logo_of("") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        HEAD,
        png(2, 5, b"".join(ROWS))[:40],
        png(2, 5, b"".join(ROWS[:4])),
        png(0, 5, b""),
        png(WIDEST + 1, 1, bytes(1 + 3 * (WIDEST + 1))),
        png(1, TALLEST + 1, bytes(4 * (TALLEST + 1))),
        png(2, 1, bytes(14), 16, 2, 0),
        png(2, 1, bytes(7), 8, 3, 0),
        png(2, 1, bytes(7), 8, 2, 1),
        png(2, 1, bytes([9, 0, 0, 0, 0, 0, 0])),
        HEAD + bytes(LARGEST_BYTES),
    ],
)
def test_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        packed_logo(data)
    assert logo_of(base64.b64encode(data).decode()) is None


def test_a_bomb_is_not_unpacked() -> None:
    bomb = png(2, 1, bytes(40_000_000))
    assert len(bomb) < LARGEST_BYTES
    assert read_png(bomb) == Logo(2, 1, bytes(6))


@given(st.binary(max_size=300), st.integers(0, 60))
@settings(max_examples=60)
def test_no_bytes_do_more_than_be_refused(data: bytes, at: int) -> None:
    good = bytearray(png(2, 5, b"".join(ROWS)))
    good[at : at + len(data)] = data
    for bad in (bytes(good), data, HEAD + data):
        words = base64.b64encode(bad).decode()
        assert logo_of(words) is None or isinstance(logo_of(words), Logo)
