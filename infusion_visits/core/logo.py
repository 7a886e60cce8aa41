"""The agency's logo: a small picture that the record carries and the note prints at its head.

It comes back out of notes that strangers made, so it is read here in the narrowest form that a
PNG can have (8 bits, grey or red-green-blue, no interlace), with its size known before anything
is unpacked. No image library of the machine ever sees it.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from dataclasses import dataclass
from struct import unpack_from

LARGEST_BYTES = 64 * 1024
WIDEST, TALLEST = 640, 240
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3}
"""Kind of colour in the file (grey, red-green-blue) to figures for each point."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as its points: rows from the top, three bytes (red, green, blue) for each."""

    width: int
    height: int
    points: bytes


def packed_logo(png: bytes) -> str:
    """The words under which a record keeps the picture. ValueError for one it cannot carry."""
    read_png(png)
    return base64.b64encode(png).decode("ascii")


def logo_of(words: str) -> Logo | None:
    """The picture of a record; None without one, and for what no record of ours holds."""
    if not words or len(words) > 2 * LARGEST_BYTES:
        return None
    try:
        return read_png(base64.b64decode(words, validate=True))
    except (ValueError, binascii.Error):
        return None


def read_png(data: bytes) -> Logo:
    """The points of a PNG. ValueError for any other form than the one that is carried."""
    if len(data) > LARGEST_BYTES:
        raise ValueError("too many bytes")
    try:
        width, height, channels, packed = _chunks(data)
    except struct.error as error:
        raise ValueError("cut off") from error
    row = width * channels
    unpacker = zlib.decompressobj()
    whole = (row + 1) * height
    try:
        # A small file may unpack to gigabytes: no byte more than the picture has is unpacked.
        raw = unpacker.decompress(packed, whole)
    except zlib.error as error:
        raise ValueError("not packed as a PNG is") from error
    if len(raw) != whole:
        raise ValueError("points are missing")
    points = _unfiltered(raw, row, height, channels)
    if channels == 1:
        points = bytes(value for value in points for _ in range(3))
    return Logo(width, height, points)


def _chunks(data: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, figures for each point, and the packed points."""
    if not data.startswith(_SIGNATURE):
        raise ValueError("not a PNG")
    length, kind = unpack_from(">I4s", data, 8)
    if (length, kind) != (13, b"IHDR"):
        raise ValueError("no head")
    width, height, depth, colour, packing, filtering, interlace = unpack_from(">IIBBBBB", data, 16)
    plain = (depth, packing, filtering, interlace) == (8, 0, 0, 0) and colour in _CHANNELS
    if not plain or not (0 < width <= WIDEST and 0 < height <= TALLEST):
        raise ValueError("not of the form that a record carries")
    at, packed = 33, b""
    while at < len(data):
        length, kind = unpack_from(">I4s", data, at)
        if kind == b"IDAT":
            packed += data[at + 8 : at + 8 + length]
        if kind == b"IEND":
            break
        at += 12 + length
    return width, height, _CHANNELS[colour], packed


def _unfiltered(raw: bytes, row: int, height: int, step: int) -> bytes:
    """The rows as they were before they were made small (PNG, third edition, clause 9)."""
    above = bytearray(row)
    points = bytearray()
    for number in range(height):
        start = number * (row + 1)
        line = bytearray(raw[start + 1 : start + 1 + row])
        _restore(raw[start], line, above, step)
        points += line
        above = line
    return bytes(points)


def _restore(kind: int, line: bytearray, above: bytearray, step: int) -> None:
    if kind not in range(5):
        raise ValueError("a row of an unknown kind")
    for at in range(len(line)) if kind else ():
        left = line[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _nearest(left, above[at], corner))
        line[at] = (line[at] + guess[kind]) & 0xFF


def _nearest(left: int, above: int, corner: int) -> int:
    """Of three neighbours the one next to left + above - corner (Paeth)."""
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))
