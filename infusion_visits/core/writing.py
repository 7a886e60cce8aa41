"""Text from people: made tidy on entry, so that what is signed is what was seen."""

from __future__ import annotations

import unicodedata

_KEPT_CONTROLS = "\n\t"


def tidy(text: str, *, many_lines: bool = False) -> str:
    """NFC, no control characters, no lone surrogates, no blanks at the ends.

    A lone surrogate cannot be written as UTF-8; its code point is spelled out instead, so that
    nothing typed vanishes. Bidirectional overrides (U+202A to U+202E, U+2066 to U+2069) are
    spelled out too: they could make a dose read differently from what is kept.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not many_lines:
        text = text.replace("\n", " ")
    text = unicodedata.normalize("NFC", text)
    return "".join(_legible(character) for character in text).strip()


def _legible(character: str) -> str:
    code = ord(character)
    if character in _KEPT_CONTROLS:
        return character
    if 0xD800 <= code <= 0xDFFF or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return f"[U+{code:04X}]"
    return "" if unicodedata.category(character) == "Cc" else character
