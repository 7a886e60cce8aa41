"""Words into lines: voices into faces, breaking at blanks, and inside a word that is too long.

Nothing here knows markup: a `<b>` is three characters. That is the note's defence against text
that would otherwise open files or the network while it is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Span, Voice, Words
from infusion_visits.core.drawing import Role
from infusion_visits.notes.pdf.fonts import Face, legible, text_width
from infusion_visits.notes.pdf.tags import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOKENS = re.compile(r"\n|[^\S\n\u00a0\u202f]+|(?:[^\s]|[\u00a0\u202f])+")
_LETTERS = re.compile(r"\[U\+[0-9A-F]{4,6}\]|.", re.DOTALL)
_COMBINING = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
FLAG_SIGN = "\u25b2\u00a0"


@dataclass(frozen=True, slots=True)
class Type:
    """How a stretch of text is set; sizes and leading in points."""

    size: float
    leading: float
    face: Face = Face.REGULAR
    role: Role = Role.INK
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line in one type, from `x` on."""

    x: float
    text: str
    width: float
    type: Type


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it will be drawn; its baseline lies `ascent` below its top.

    `tag` says what it belongs to; a line without one is an artifact.
    """

    segments: tuple[Segment, ...]
    width: float
    leading: float
    ascent: float
    tag: Tag | None = None


BODY = Type(9.0, 11.0)
SMALL = Type(8.0, 10.0, role=Role.QUIET)


def voiced(voice: Voice, base: Type) -> Type:
    """The type of a voice beside the type of its surroundings."""
    match voice:
        case Voice.STRONG | Voice.FLAG:
            return replace(base, face=Face.STRONG, role=Role.INK)
        case Voice.QUIET:
            size = min(base.size, SMALL.size) if base.size <= BODY.size else base.size
            return replace(base, size=size, face=Face.REGULAR, role=Role.QUIET)
        case Voice.STRUCK:
            return replace(base, role=Role.QUIET, struck=True)
        case Voice.CODE:
            return replace(base, face=Face.MONO, size=base.size * 0.95)
        case Voice.PLAIN:
            return base


def set_words(words: Words, width: float, base: Type = BODY) -> tuple[SetLine, ...]:
    """`words` in lines of at most `width` points. Every character is in some line."""
    setter = _Setter(width, base)
    for token, kind in _tokens(words, base):
        setter.add(token, kind)
    return setter.finish()


def tagged(lines: tuple[SetLine, ...], tag: Tag | None) -> tuple[SetLine, ...]:
    """The lines as the words of `tag`; None makes them an artifact that no one reads out."""
    return tuple(replace(line, tag=tag) for line in lines)


def set_text(text: str, width: float, kind: Type) -> tuple[SetLine, ...]:
    """Plain text in one type, in lines."""
    return set_words((Span(text),), width, kind)


def natural_width(words: Words, base: Type = BODY) -> float:
    """The width of the words in one line, up to their widest line where they hold line breaks."""
    widest = line = 0.0
    for token, kind in _tokens(words, base):
        line = 0.0 if token == "\n" else line + text_width(token, kind.face, kind.size)
        widest = max(widest, line)
    return widest


def widest_word(words: Words, base: Type = BODY) -> float:
    """The width of the widest thing that should not be broken."""
    widest = word = 0.0
    for token, kind in _tokens(words, base):
        word = (
            0.0
            if token.isspace() and not _joins(token)
            else word + text_width(token, kind.face, kind.size)
        )
        widest = max(widest, word)
    return widest


def _joins(token: str) -> bool:
    return token[0] in "\u00a0\u202f"


def _tokens(words: Words, base: Type) -> Iterable[tuple[str, Type]]:
    """Line breaks, blanks and words, each in its type. A flag's sign comes before its words."""
    for span in words:
        sign = FLAG_SIGN if span.voice is Voice.FLAG and span.text else ""
        kind = voiced(span.voice, base)
        for found in _TOKENS.finditer(sign + legible(span.text)):
            yield found.group(), kind


class _Setter:
    """Fills lines greedily; `word` holds the pieces of the word that is not yet placed."""

    def __init__(self, width: float, base: Type) -> None:
        self.width = max(width, base.size)
        self.base = base
        self.lines: list[SetLine] = []
        self.line: list[tuple[str, Type]] = []
        self.used = 0.0
        self.blank: list[tuple[str, Type]] = []
        self.word: list[tuple[str, Type]] = []

    def add(self, token: str, kind: Type) -> None:
        if token == "\n":
            self._place_word()
            self._break()
        elif token.isspace() and not _joins(token):
            self._place_word()
            self.blank.append((token, kind))
        else:
            self.word.append((token, kind))

    def finish(self) -> tuple[SetLine, ...]:
        self._place_word()
        if self.line or not self.lines:
            self._break()
        return tuple(self.lines)

    def _place_word(self) -> None:
        if not self.word:
            return
        wide = _wide(self.word)
        if self.line and self.used + _wide(self.blank) + wide > self.width:
            self._break()
        if self.line:
            self._take(self.blank)
        self.blank = []
        if wide <= self.width:
            self._take(self.word)
        else:
            self._take_torn(self.word)
        self.word = []

    def _take(self, pieces: list[tuple[str, Type]]) -> None:
        self.line += pieces
        self.used += _wide(pieces)

    def _take_torn(self, pieces: list[tuple[str, Type]]) -> None:
        """A word wider than the line, torn between letters: better than clipped."""
        for text, kind in pieces:
            for letter in _letters(text):
                wide = text_width(letter, kind.face, kind.size)
                if self.line and self.used + wide > self.width:
                    self._break()
                self.line.append((letter, kind))
                self.used += wide

    def _break(self) -> None:
        self.lines.append(_set_line(self.line, self.base))
        self.line, self.used, self.blank = [], 0.0, []


def _letters(text: str) -> list[str]:
    letters: list[str] = []
    for letter in _LETTERS.findall(text):
        if letters and _COMBINING.match(letter):
            letters[-1] += letter
        else:
            letters.append(letter)
    return letters


def _wide(pieces: list[tuple[str, Type]]) -> float:
    return sum(text_width(text, kind.face, kind.size) for text, kind in pieces)


def _set_line(pieces: list[tuple[str, Type]], base: Type) -> SetLine:
    merged: list[tuple[str, Type]] = []
    for text, kind in pieces:
        if merged and merged[-1][1] == kind:
            merged[-1] = (merged[-1][0] + text, kind)
        else:
            merged.append((text, kind))
    segments: list[Segment] = []
    x = 0.0
    for text, kind in merged:
        wide = text_width(text, kind.face, kind.size)
        segments.append(Segment(x, text, wide, kind))
        x += wide
    size = max((kind.size for _, kind in merged), default=base.size)
    leading = base.leading * max(size, 0.86 * base.size) / base.size
    return SetLine(tuple(segments), x, leading, 0.5 * leading + 0.33 * size)
