"""JSON from outside, read within bounds. Raises BadFile naming the place, never the content.

Threat: a file made to exhaust memory or to mean two things (duplicate keys, NaN, numbers of a
million digits, a hundred thousand brackets). Limits: reliability page, threat T6.
"""

from __future__ import annotations

import codecs
import json
from decimal import Decimal
from typing import Any, NoReturn

from infusion_visits.core.errors import BadFile

LARGEST_FILE = 50 * 1024 * 1024
DEEPEST = 64
MOST_NODES = 2_000_000
LONGEST_TEXT = 1024 * 1024
LONGEST_FIGURE = 64
LARGEST_EXPONENT = 30


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 with or without a byte order mark, UTF-16 only with one."""
    if not data.strip(b"\x00 \t\r\n"):
        raise BadFile("empty-file", "The file is empty.")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        where = f"byte {wrong.start + 1}"
        raise BadFile("not-text", "This is no text file, so it is no JSON.", where) from None
    if not text.strip():
        raise BadFile("empty-file", "The file is empty.")
    return text


def parse(text: str, where: str = "") -> Any:
    """One JSON value; its figures are int or Decimal, never float.

    `where` names the line of a file that holds one value a line.
    """
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as wrong:
        _not_json(text, wrong, where)
    except RecursionError:
        raise BadFile("too-deep", "It is nested too deeply to be read.", where) from None
    except _Broken as broken:
        raise BadFile(broken.code, broken.words, where) from None
    except ValueError:
        raise BadFile("bad-figure", "A figure in it has too many digits.", where) from None
    _within_bounds(value, where)
    return value


def parse_lines(text: str) -> list[tuple[str, Any]]:
    """The JSON values of a file that holds one in each line, with the line they stand in."""
    return [
        (f"line {number}", parse(line, f"line {number}"))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


class _Broken(Exception):
    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Broken("duplicate-key", "It says the same name twice in one place.")
    return made


def _figure(text: str) -> Decimal:
    if len(text) > LONGEST_FIGURE:
        raise _Broken("bad-figure", "A figure in it has too many digits.")
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    sizes = (value.adjusted(), exponent if isinstance(exponent, int) else 0)
    if max(abs(size) for size in sizes) > LARGEST_EXPONENT:
        raise _Broken("bad-figure", "A figure in it is too large or too small.")
    return value


def _whole(text: str) -> int:
    if len(text) > LARGEST_EXPONENT:
        raise _Broken("bad-figure", "A figure in it has too many digits.")
    return int(text)


def _no_figure(text: str) -> NoReturn:
    raise _Broken("bad-figure", "It holds something that is no number where one should be.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=_figure,
    parse_int=_whole,
    parse_constant=_no_figure,
)


def _not_json(text: str, wrong: json.JSONDecodeError, where: str) -> NoReturn:
    place = where or f"line {wrong.lineno}, column {wrong.colno}"
    ended = wrong.pos >= len(text.rstrip()) or wrong.msg.startswith("Unterminated string")
    if ended and wrong.pos > 0:
        words = "The file ends in the middle: it was cut off, or is still being written."
        raise BadFile("cut-off", words, place) from None
    if wrong.msg == "Extra data":
        raise BadFile("extra-data", "There is more after the end of the JSON.", place) from None
    raise BadFile("not-json", "This is not JSON.", place) from None


def _within_bounds(value: Any, where: str) -> None:
    level, depth, nodes = [value], 0, 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise BadFile("too-deep", "It is nested too deeply to be read.", where)
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below.extend(one.values())
            elif isinstance(one, list):
                below.extend(one)
            elif isinstance(one, str) and len(one) > LONGEST_TEXT:
                raise BadFile("text-too-long", "A text in it is too long to be read.", where)
        nodes += len(below)
        if nodes > MOST_NODES:
            raise BadFile("too-much", "It holds more entries than can be read.", where)
        level = below
