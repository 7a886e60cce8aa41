"""What a file from outside may be at most, looked at before anything parses it.

Threat T6: a file made to exhaust memory or time. These limits are the first wall, the worker
process with its own limits (exchange/apart) is the second.
"""

from __future__ import annotations

import re
import zlib

from infusion_visits.core.errors import BadFile

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_ATTACHMENT = 20 * 1024 * 1024
MOST_ATTACHMENTS = 50
MOST_OBJECTS = 200_000
MOST_PAGES = 2_000
MOST_REVISIONS = 50
LONGEST_NAME = 255

_HEADER_WITHIN = 1024
_OBJECT = re.compile(rb"\d[ \t\r\n]+obj\b")


def look_over(data: bytes) -> None:
    """Raises BadFile for what is no PDF, or is more of one than a note ever is."""
    if not data.strip(b"\x00 \t\r\n"):
        raise BadFile("empty-file", "The file is empty.")
    if len(data) > LARGEST_FILE:
        raise BadFile("too-big", "The file is larger than 50 MB.")
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise BadFile("not-pdf", "This is not a PDF.")
    if sum(1 for _ in _OBJECT.finditer(data)) > MOST_OBJECTS:
        raise BadFile("too-much", "The PDF has more parts than are read here.")
    if data.count(b"startxref") > MOST_REVISIONS:
        raise BadFile("too-much", "The PDF was added to more often than is read here.")


def begins_as_pdf(data: bytes) -> bool:
    """Whether it begins with the mark of a PDF, or holds an object of one."""
    return data.startswith(b"%PDF-") or _OBJECT.search(data) is not None


def inflated(raw: bytes, most: int = LARGEST_ATTACHMENT) -> bytes:
    """The bytes behind Flate, never more than `most`. Raises BadFile.

    Threat: ten megabytes that become ten gigabytes. Inflating stops where the limit is passed.
    """
    inflater = zlib.decompressobj()
    try:
        out = inflater.decompress(raw, most + 1)
    except zlib.error:
        raise BadFile("broken", "A part of the PDF cannot be unpacked.") from None
    if len(out) > most:
        raise BadFile("bomb", "An attachment unpacks to more than is read here.")
    if not inflater.eof:
        raise BadFile("cut-off", "A part of the PDF is cut off.")
    return out
