"""What TOML's own reader refuses, said in plain words with the line and what to do."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import Any

LARGEST_BYTES = 1_000_000
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
# The beginning of the reader's message, what is wrong in our words, and what to do.
_WORDS = (
    (
        "Expected newline or end of document",
        "something stands after the value.",
        "One value to a line; words between quotes, and a unit in a key of its own.",
    ),
    ("Expected '='", "after a key comes = and its value.", "Write key = value."),
    (
        "Invalid value",
        "what stands after = is no value.",
        'Words between quotes: "like this"; numbers bare, with a decimal point: 12.5.',
    ),
    ("Illegal character '\\n'", "a quote is opened and not closed.", "Close it on its line."),
    ("Unterminated string", "a quote is opened and not closed.", "Close it."),
    ('Expected "\'"', "a quote is opened and not closed.", "Close it."),
    ("Unescaped '\\'", "a \\ stands alone in a text.", "Write \\\\, or leave it out."),
    ("Unclosed array", "a list is opened and not closed.", "Add the closing ]."),
    ("Unclosed inline table", "a { is opened and not closed.", "Add the closing }."),
    ("Cannot overwrite", "this key stands here a second time.", "Keep one of the two."),
    ("Cannot declare", "this table stands here a second time.", "Put both under one heading."),
    ("Duplicate inline table key", "this key stands here a second time.", "Keep one of the two."),
    ("Cannot mutate", "this was closed before and cannot go on.", "Put all of it in one place."),
    ("Expected ']'", "a heading is not closed.", "Write [name] or [[name]]."),
    ("Invalid statement", "this is neither a heading nor key = value.", "A comment begins with #."),
    ("Invalid initial character", "this cannot be a key.", "Letters, figures, _ and - only."),
    ("Invalid date", "this is no date.", "Write it such as 2026-11-21."),
)
_REMEDY = "Look at this line and at the one before it."


class NoToml(ValueError):
    """A file that is no TOML: `line` (from 1), what is wrong, and what to do."""

    def __init__(self, line: int, words: str, remedy: str) -> None:
        super().__init__(f"line {line}: {words} {remedy}")
        self.line, self.words, self.remedy = line, words, remedy


def text_of(content: bytes) -> str:
    """The text of a file. Raises NoToml for what is too large or no UTF-8."""
    if len(content) > LARGEST_BYTES:
        raise NoToml(1, "the file is too large to be a catalogue.", "Choose another file.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        remedy = "Save the file as UTF-8."
        raise NoToml(line, "a character here cannot be read.", remedy) from None


def read_toml(text: str) -> dict[str, Any]:
    """The plain mapping, figures as Decimal. Raises NoToml."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = _WHERE.search(said)
        line = int(found[1]) if found and found[1] else len(text.rstrip().splitlines()) or 1
        for begins, words, remedy in _WORDS:
            if said.startswith(begins):
                raise NoToml(line, words, remedy) from None
        raise NoToml(line, f"{_WHERE.sub('', said)}.", _REMEDY) from None
    except (RecursionError, ValueError):
        # Threat: a file nested so deeply, or with a figure so long, that reading it never ends.
        raise NoToml(1, "the file is nested too deeply.", "Choose another file.") from None
