"""What a section says in the note, before it is a page: words, tables and pictures as plain values.

A block knows no font and no point size. notes/pdf draws blocks on paper, widgets/ on the screen,
both from the same values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Voice(StrEnum):
    """How a run of words is said. `FLAG` carries its own sign or word, never colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    FLAG = "flag"
    STRUCK = "struck"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in one voice. The text is inert: no markup has any meaning in it."""

    text: str
    voice: Voice = Voice.PLAIN


Words = tuple[Span, ...]


def plain(text: str) -> Words:
    """Words in the plain voice."""
    return (Span(text),)


def strong(text: str) -> Words:
    """Words that carry the weight of a line."""
    return (Span(text, Voice.STRONG),)


def quiet(text: str) -> Words:
    """Words in the second voice."""
    return (Span(text, Voice.QUIET),)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 is the note, 2 a section, 3 a part. `beside` stands after it, quiet."""

    text: str
    level: int = 2
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that wrap."""

    words: Words


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short lines."""

    rows: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One asked thing and what was answered."""

    label: str
    words: Words


@dataclass(frozen=True, slots=True)
class Answers:
    """Asked things with their answers, set in `columns` columns.

    From three columns on, paper sets each answer right after its label, as close as they fit.
    """

    rows: tuple[Answer, ...]
    columns: int = 2


class Side(StrEnum):
    """Where the words of a column stand; figures stand right."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` is its part of the width against the other columns."""

    label: str
    share: int = 1
    side: Side = Side.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header; a row may be struck out (legible, with its reason in the row)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One line of page one: when, what with its context, and what was done and who was told."""

    time: str
    words: Words
    response: Words


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The box at the top of page one. Without rows it says its `none` words, or nothing at all."""

    title: str
    rows: tuple[ExceptionRow, ...]
    none: str = ""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two columns of blocks, the left one taking `left_share` percent of the width."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    left_share: int = 48


@dataclass(frozen=True, slots=True)
class Series:
    """A line of the vitals chart; `dashed` and its label tell it apart without colour."""

    label: str
    points: tuple[tuple[datetime, Decimal], ...]
    dashed: bool = False
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A value on the chart that was out of range: drawn as a dot with its figure and a triangle."""

    at: datetime
    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class RateStep:
    """From `at` on the infusion ran at `ml_per_hour` (0 while held and after the end)."""

    at: datetime
    ml_per_hour: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of time: held (shaded), or watched after the end (named at the axis only)."""

    start: datetime
    end: datetime
    label: str
    shaded: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """Vitals over the rate curve on one linear time axis. `alt` says in words what it shows.

    `planned` is the dashed plan, `now` draws the now line (screen only, None on paper).
    """

    title: str
    start: datetime
    end: datetime
    zone: str
    series: tuple[Series, ...]
    flags: tuple[Flag, ...]
    rates: tuple[RateStep, ...]
    planned: tuple[RateStep, ...]
    bands: tuple[Band, ...]
    marks: tuple[datetime, ...]
    alt: str
    beside: str = ""
    now: datetime | None = None


class BodySite(StrEnum):
    """Places on the body figure where a line can lie; sides are the patient's own."""

    RIGHT_HAND = "right hand"
    LEFT_HAND = "left hand"
    RIGHT_FOREARM = "right forearm"
    LEFT_FOREARM = "left forearm"
    RIGHT_UPPER_ARM = "right upper arm"
    LEFT_UPPER_ARM = "left upper arm"
    RIGHT_CHEST = "right chest"
    LEFT_CHEST = "left chest"
    RIGHT_NECK = "right neck"
    LEFT_NECK = "left neck"
    ABDOMEN = "abdomen"
    RIGHT_THIGH = "right thigh"
    LEFT_THIGH = "left thigh"


@dataclass(frozen=True, slots=True)
class BodyMark:
    """A line on the body figure; `barred` marks a limb not to be used for blood pressure."""

    site: BodySite
    label: str
    barred: bool = False


@dataclass(frozen=True, slots=True)
class BodyFigure:
    """The body from the front, with the lines on it. `alt` says the same in words."""

    marks: tuple[BodyMark, ...]
    alt: str
    beside: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class InkBlock:
    """A drawn signature over its caption; without strokes only the caption (the reason why not)."""

    strokes: tuple[tuple[tuple[int, int], ...], ...]
    caption: Words
    label: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Blocks that must not be torn apart by a page end where they fit on one page."""

    blocks: tuple[Block, ...]


Block = (
    Heading
    | Paragraph
    | Items
    | Answers
    | Table
    | Exceptions
    | SideBySide
    | Chart
    | BodyFigure
    | InkBlock
    | Keep
)
