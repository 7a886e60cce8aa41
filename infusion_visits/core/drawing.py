"""Pictures as plain marks in points, so that screen and paper draw the same one.

The origin is the top left corner, y grows downwards. A mark names a role, never a colour: the
theme of the screen and the palette of the note turn roles into colours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import floor, inf

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_COLUMN = 16.0
_OUTSIDE = 100_000
"""Worse than to hide anything: what lies outside is cut off."""


class Role(StrEnum):
    """What a mark means. Each meaning also has a sign, a dash or words beside it."""

    INK = "ink"
    QUIET = "quiet"
    LINE = "line"
    HAIR = "hair"
    BAND = "band"
    ACCENT = "accent"
    DANGER = "danger"
    FOCUS = "focus"


class Anchor(StrEnum):
    """Which point of a label stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight stroke; `dash` is on, off in points, empty for a full line."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: Role
    width: float = 0.6
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polyline:
    """A stroke through points, in their order; never filled."""

    points: tuple[Point, ...]
    role: Role
    width: float = 1.2
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled rectangle without an outline."""

    x: float
    y: float
    width: float
    height: float
    role: Role


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc, or a ring where `hollow`; `width` is the ring's stroke."""

    x: float
    y: float
    radius: float
    role: Role
    hollow: bool = False
    width: float = 0.8


@dataclass(frozen=True, slots=True)
class Triangle:
    """A filled triangle standing on its base at (x, y), `size` wide: the sign of out of range."""

    x: float
    y: float
    size: float
    role: Role


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a baseline; `strong` is the bold face. The text is inert."""

    x: float
    y: float
    text: str
    role: Role
    size: float
    anchor: Anchor = Anchor.START
    strong: bool = False


Mark = Line | Polyline | Rectangle | Dot | Triangle | Label

Measure = Callable[[str, float, bool], float]
"""The width in points of a text at a size, in the bold face or not."""


def estimated_width(text: str, size: float, strong: bool = False) -> float:
    """About how wide `text` is in the program's face; for those who have no font at hand."""
    ems = sum(_ems(character) for character in text)
    return ems * size * (1.05 if strong else 1.0)


def _ems(character: str) -> float:
    if character.isdigit():
        return 0.632
    if character in " .,:;'|!il()[]/\u00a0":
        return 0.3
    return 0.68 if character.isupper() or character in "mw%" else 0.56


@dataclass(frozen=True, slots=True)
class Lettering:
    """The size of the labels of a picture in points, and how wide they will be."""

    size: float = 8.0
    measure: Measure = estimated_width

    def width(self, text: str, strong: bool = False) -> float:
        """The width of `text` at this size."""
        return self.measure(text, self.size, strong)

    def box(self, label: Label) -> Box:
        """The ground that a label covers."""
        width = self.measure(label.text, label.size, label.strong)
        shift = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}
        left = label.x - shift[label.anchor]
        return (left, label.y - 0.78 * label.size, left + width, label.y + 0.22 * label.size)


@dataclass
class Ground:
    """What is already taken on a picture, so that a new label finds a free place.

    `bounds` is where labels may stand, `taken` holds the boxes of other labels. Strokes are the
    lines that must stay readable; they are kept by columns, because a chart may have a thousand.
    """

    bounds: Box
    taken: list[Box] = field(default_factory=list)
    _strokes: list[tuple[Point, Point]] = field(default_factory=list)
    _by_column: dict[int, list[int]] = field(default_factory=dict)

    def occupy(self, points: Sequence[Point]) -> None:
        """Marks the way of a stroke as taken."""
        for start, end in pairwise(points):
            for column in _columns(min(start[0], end[0]), max(start[0], end[0])):
                self._by_column.setdefault(column, []).append(len(self._strokes))
            self._strokes.append((start, end))

    def cost(self, box: Box, most: float = inf) -> float:
        """How much `box` would hide; 0 is a free place. From `most` on the rest is not counted."""
        outside = (
            box[0] < self.bounds[0]
            or box[1] < self.bounds[1]
            or box[2] > self.bounds[2]
            or box[3] > self.bounds[3]
        )
        found = _OUTSIDE * outside + 10 * sum(_overlap(box, other) for other in self.taken)
        if found >= most:
            return found
        columns = _columns(box[0], box[2])
        near = {number for column in columns for number in self._by_column.get(column, ())}
        return found + sum(_crosses(box, *self._strokes[number]) for number in near)

    def free(self, box: Box) -> bool:
        """Whether a label here hides nothing."""
        return self.cost(box, 1) == 0

    def place(self, candidates: Iterable[Label], lettering: Lettering) -> Label:
        """The first candidate that hides nothing, else the one that hides least; it is taken.

        Raises ValueError where there is no candidate.
        """
        best: Label | None = None
        least = inf
        for label in candidates:
            cost = self.cost(lettering.box(label), least)
            if cost < least:
                best, least = label, cost
            if cost == 0:
                break
        if best is None:
            raise ValueError("a label needs a place to stand")
        self.taken.append(lettering.box(best))
        return best


def _columns(left: float, right: float) -> range:
    return range(floor(left / _COLUMN), floor(right / _COLUMN) + 1)


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _crosses(box: Box, start: Point, end: Point) -> bool:
    """Whether the stroke passes through the box (Liang and Barsky's clipping of a segment)."""
    if max(start[1], end[1]) < box[1] or min(start[1], end[1]) > box[3]:
        return False
    across, down = end[0] - start[0], end[1] - start[1]
    enter, leave = 0.0, 1.0
    for step, distance in (
        (-across, start[0] - box[0]),
        (across, box[2] - start[0]),
        (-down, start[1] - box[1]),
        (down, box[3] - start[1]),
    ):
        if step == 0:
            if distance < 0:
                return False
            continue
        share = distance / step
        if step < 0:
            enter = max(enter, share)
        else:
            leave = min(leave, share)
    return enter <= leave
