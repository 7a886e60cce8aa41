"""Pieces of a page: each knows its height, can be torn at a page end, and draws itself.

Nothing is ever clipped: a row that is longer than a page goes on at the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from infusion_visits.core.blocks import Side
from infusion_visits.core.drawing import Role
from infusion_visits.notes.pdf.ink import Ink
from infusion_visits.notes.pdf.tags import Tag
from infusion_visits.notes.pdf.typesetting import SetLine

_FEWEST_LINES = 2
"""Lines of a torn row that stay together on either side of a page end."""

_WHOLE_LINES = 3
"""A row of no more lines than these is not torn."""


@dataclass(frozen=True, slots=True)
class Room:
    """The room left on a page; `whole` is a page's full height, `fresh` an empty page."""

    left: float
    whole: float
    fresh: bool = False


Torn = tuple["Piece | None", "Piece | None"]


class Piece(Protocol):
    """Something with a height that stands on a page."""

    @property
    def height(self) -> float:
        """Points from top to bottom."""

    @property
    def keep_next(self) -> bool:
        """True for headings: what follows stands on the same page."""

    def split(self, room: Room) -> Torn:
        """What fits into the room, and the rest. On a fresh page something always fits."""

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draws itself with its top left corner at (x, top)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Set lines in a column of a row, from `x` on."""

    x: float
    width: float
    lines: tuple[SetLine, ...]
    side: Side = Side.LEFT

    @property
    def height(self) -> float:
        return sum(line.leading for line in self.lines)

    def fitting(self, room: float) -> int:
        """How many lines fit into `room`."""
        count = 0
        for line in self.lines:
            room -= line.leading
            if room < -0.01:
                break
            count += 1
        return count

    def draw(self, ink: Ink, x: float, top: float) -> None:
        for line in self.lines:
            shift = self.width - line.width if self.side is Side.RIGHT else 0.0
            ink.line(line, x + self.x + shift, top)
            top += line.leading


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule under a row."""

    width: float
    role: Role = Role.HAIR
    weight: float = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side: a paragraph is a row of one, a table line a row of many."""

    cells: tuple[Cell, ...]
    above: float = 0.0
    below: float = 0.0
    rule: Rule | None = None
    keep_next: bool = False
    bookmark: tuple[str, int] | None = None
    company: float = 0.0
    """Points of what follows that must stand under a heading; else it begins on the next page."""

    @property
    def height(self) -> float:
        tallest = max((cell.height for cell in self.cells), default=0.0)
        return self.above + tallest + self.below

    def split(self, room: Room) -> Torn:
        if self.height <= room.left + 0.01:
            return self, None
        cut = self._cut(room)
        if cut is None:
            return None, self
        head = tuple(replace(cell, lines=cell.lines[:cut]) for cell in self.cells)
        rest = tuple(replace(cell, lines=cell.lines[cut:]) for cell in self.cells)
        return replace(self, cells=head, rule=None), replace(self, cells=rest, bookmark=None)

    def _cut(self, room: Room) -> int | None:
        """The line at which to tear, None where the row had better go to the next page."""
        longest = max(self.cells, key=lambda cell: len(cell.lines))
        total = len(longest.lines)
        fits = min(
            cell.fitting(room.left - self.above - self.below)
            for cell in self.cells
            if cell.height > room.left - self.above - self.below - 0.01 or cell is longest
        )
        if room.fresh:
            return max(fits, 1) if total > 1 else None
        if total <= _WHOLE_LINES and self.height <= room.whole:
            return None
        fits = min(fits, total - _FEWEST_LINES)
        return fits if fits >= _FEWEST_LINES else None

    def draw(self, ink: Ink, x: float, top: float) -> None:
        if self.bookmark:
            ink.bookmark(*self.bookmark, top)
        for cell in self.cells:
            cell.draw(ink, x, top + self.above)
        if self.rule:
            bottom = top + self.height
            ink.rule(x, bottom, x + self.rule.width, bottom, self.rule.role, self.rule.weight)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of a fixed size: a figure of the note, told in words by its tag."""

    height: float
    paint: Callable[[Ink, float, float], None]
    tag: Tag
    width: float
    keep_next: bool = False

    def split(self, room: Room) -> Torn:
        if self.height <= room.left + 0.01 or (room.fresh and self.height > room.whole):
            return self, None
        return None, self

    def draw(self, ink: Ink, x: float, top: float) -> None:
        ink.figure(self.tag, x, top, self.width, self.height)
        self.paint(ink, x, top)
        ink.of(None)


@dataclass(frozen=True, slots=True)
class Stack:
    """Pieces below each other, each with the gap above it (left out at the top).

    `whole` stacks go to the next page rather than being torn, where they fit on one.
    """

    items: tuple[tuple[float, Piece], ...]
    whole: bool = False
    keep_next: bool = False

    @property
    def height(self) -> float:
        gaps = sum(gap for gap, _ in self.items[1:])
        return gaps + sum(piece.height for _, piece in self.items)

    def split(self, room: Room) -> Torn:
        if self.height <= room.left + 0.01:
            return self, None
        if self.whole and not room.fresh and self.height <= room.whole:
            return None, self
        used = 0.0
        for index, (gap, piece) in enumerate(self.items):
            gap = gap if index else 0.0
            if used + gap + piece.height <= room.left + 0.01:
                used += gap + piece.height
                continue
            return self._torn(index, gap, room, used + gap)
        return self, None

    def _torn(self, index: int, gap: float, room: Room, used: float) -> Torn:
        before, piece, after = self.items[:index], self.items[index][1], self.items[index + 1 :]
        left = Room(room.left - used, room.whole, room.fresh and index == 0)
        head, rest = piece.split(left)
        cut = index
        while cut and self.items[cut - 1][1].keep_next:
            cut -= 1
        if head is None and cut == 0 and room.fresh:
            # Only headings stand above it on this page: it must begin under them.
            head, rest = piece.split(Room(left.left, left.whole, fresh=True))
            cut = index
        kept = before[:cut] if head is None else (*before, (gap, head))
        complete = head is None and self._begins(cut)
        if lonely := 0 if complete else _lonely_heading(kept):
            return self._part(self.items[:lonely]), self._part(self.items[lonely:])
        if head is None:
            return self._part(kept), self._part(self.items[cut:])
        following = ((gap, rest), *after) if rest is not None else after
        return self._part(kept), self._part(following)

    def _begins(self, index: int) -> bool:
        """Whether a section begins there, so that the one above it is complete."""
        piece = self.items[index][1]
        return isinstance(piece, Row) and bool(piece.company)

    def _part(self, items: tuple[tuple[float, Piece], ...]) -> Piece | None:
        return replace(self, items=items) if items else None

    def draw(self, ink: Ink, x: float, top: float) -> None:
        for index, (gap, piece) in enumerate(self.items):
            top += gap if index else 0.0
            piece.draw(ink, x, top)
            top += piece.height


def _lonely_heading(kept: tuple[tuple[float, Piece], ...]) -> int:
    """Where the last heading stands, if too little would stay under it; 0 if enough does."""
    below = 0.0
    for at in range(len(kept) - 1, 0, -1):
        gap, piece = kept[at]
        if isinstance(piece, Row) and piece.company:
            return at if below < piece.company else 0
        below += gap + piece.height
    return 0


@dataclass(frozen=True, slots=True)
class Headed:
    """Rows under a head that is repeated on each page; framed, it is the box of exceptions."""

    head: Row
    later_head: Row
    body: Stack
    framed_width: float | None = None
    keep_next: bool = False

    @property
    def _inset(self) -> float:
        return 7.0 if self.framed_width is not None else 0.0

    @property
    def height(self) -> float:
        return self.head.height + self.body.height + 2 * self._inset

    def split(self, room: Room) -> Torn:
        if self.height <= room.left + 0.01:
            return self, None
        taken = self.head.height + 2 * self._inset
        inner = Room(room.left - taken, room.whole - taken, room.fresh)
        head, rest = self.body.split(inner)
        if not isinstance(head, Stack) or not (rest is None or isinstance(rest, Stack)):
            return None, self
        if rest is None:
            return self, None
        return replace(self, body=head), replace(self, head=self.later_head, body=rest)

    def draw(self, ink: Ink, x: float, top: float) -> None:
        inset = self._inset
        if self.framed_width is not None:
            ink.frame(x, top, self.framed_width, self.height)
        inner = x + (10.0 if inset else 0.0)
        self.head.draw(ink, inner, top + inset)
        self.body.draw(ink, inner, top + inset + self.head.height)


@dataclass(frozen=True, slots=True)
class Columns:
    """Pieces beside each other, each at its x. Torn only where a page cannot hold them."""

    parts: tuple[tuple[float, Piece], ...]
    keep_next: bool = False

    @property
    def height(self) -> float:
        return max((piece.height for _, piece in self.parts), default=0.0)

    def split(self, room: Room) -> Torn:
        if self.height <= room.left + 0.01:
            return self, None
        if not room.fresh and self.height <= room.whole:
            return None, self
        torn = [(x, *piece.split(room)) for x, piece in self.parts]
        heads = tuple((x, head) for x, head, _ in torn if head is not None)
        rests = tuple((x, rest) for x, _, rest in torn if rest is not None)
        return (
            replace(self, parts=heads) if heads else None,
            replace(self, parts=rests) if rests else None,
        )

    def draw(self, ink: Ink, x: float, top: float) -> None:
        for shift, piece in self.parts:
            piece.draw(ink, x + shift, top)


def paginate(story: Stack, whole: float) -> list[Piece]:
    """The story in pages of `whole` points."""
    pages: list[Piece] = []
    rest: Piece | None = story
    while rest is not None:
        head, rest = rest.split(Room(whole, whole, fresh=True))
        if head is None:
            raise AssertionError("a piece did not fit on an empty page")
        pages.append(head)
    return pages


def stacked(pieces: Sequence[tuple[float, Piece]]) -> Stack:
    """A stack of pieces with their gaps."""
    return Stack(tuple(pieces))
