"""Blocks into pieces of a page: one function for each kind of block."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Answers,
    Block,
    BodyFigure,
    Chart,
    Exceptions,
    Heading,
    InkBlock,
    Items,
    Keep,
    Paragraph,
    SideBySide,
    Span,
    Table,
    Voice,
    Words,
    quiet,
    strong,
)
from infusion_visits.notes.pdf.answers import answers_piece
from infusion_visits.notes.pdf.fonts import Face
from infusion_visits.notes.pdf.pictures import body_picture, chart_picture, strokes_picture
from infusion_visits.notes.pdf.pieces import (
    Cell,
    Columns,
    Headed,
    Piece,
    Row,
    Rule,
    Stack,
    stacked,
)
from infusion_visits.notes.pdf.tables import table_piece
from infusion_visits.notes.pdf.tags import DOCUMENT, Tag
from infusion_visits.notes.pdf.typesetting import (
    Type,
    natural_width,
    set_words,
    tagged,
)
from infusion_visits.notes.structure import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADINGS: dict[int, tuple[Type, float, float]] = {
    1: (Type(14.0, 18.0, Face.STRONG), 0.0, 4.0),
    2: (Type(10.2, 12.4, Face.STRONG), 7.0, 3.0),
    3: (Type(9.0, 11.0, Face.STRONG), 4.5, 1.0),
}
"""For each level its type, and the gaps above and below it."""

_MOVED = (0, -3, -6, 3)
"""Percent by which the border of two columns may move; the first that saves most is taken."""
_WORDS_SHARES = (0.635, 0.58, 0.52, 0.69)
_UNDER_A_SECTION = 25.0
"""Less than this of a section at the foot of a page is no beginning worth reading."""


def stack_of(blocks: Sequence[Block], width: float, under: Tag = DOCUMENT) -> Stack:
    """Blocks below each other, children of `under` in the tree.

    A heading's own gap replaces the one after it.
    """
    pieces: list[tuple[float, Piece]] = []
    close, level = False, 0
    for block in blocks:
        gap, piece = _piece(block, width, under)
        # A heading under a heading of its level: the one above said all of its section.
        complete = close and isinstance(block, Heading) and block.level <= level
        if complete:
            pieces[-1] = (pieces[-1][0], _alone(pieces[-1][1]))
        below = close and not complete
        pieces.append((min(gap, 2.5) if below else gap, piece))
        close = isinstance(block, Heading)
        level = block.level if isinstance(block, Heading) else level
    return stacked(pieces)


def _alone(piece: Piece) -> Piece:
    """A heading that said all of its section: nothing of it stands below."""
    return replace(piece, keep_next=False, company=0.0) if isinstance(piece, Row) else piece


@singledispatch
def _piece(block: Block, width: float, under: Tag) -> tuple[float, Piece]:
    raise TypeError(f"no piece for {type(block).__name__}")


@_piece.register
def _heading(block: Heading, width: float, under: Tag) -> tuple[float, Piece]:
    kind, above, _ = _HEADINGS[min(max(block.level, 1), 3)]
    words: Words = (Span(block.text),)
    lines = set_words(words, width, kind)
    if block.beside:
        beside = Span(f" · {block.beside}", Voice.QUIET)
        lines = set_words((*words, beside), width, kind)
    lines = tagged(lines, Tag(Kind.SUBHEADING if block.level > 2 else Kind.HEADING, under))
    mark = (block.text, 0) if block.level <= 2 else None
    company = _UNDER_A_SECTION if block.level == 2 else 0.0
    return above, Row((Cell(0, width, lines),), keep_next=True, bookmark=mark, company=company)


@_piece.register
def _paragraph(block: Paragraph, width: float, under: Tag) -> tuple[float, Piece]:
    lines = tagged(set_words(block.words, width), Tag(Kind.PARAGRAPH, under))
    return 3.5, Row((Cell(0, width, lines),))


@_piece.register
def _items(block: Items, width: float, under: Tag) -> tuple[float, Piece]:
    indent = 9.0
    bullet = set_words(quiet("–"), indent)
    listed = Tag(Kind.LIST, under)
    rows: list[tuple[float, Piece]] = []
    for words in block.rows:
        item = Tag(Kind.ITEM, listed)
        cells = (
            Cell(0, indent, tagged(bullet, Tag(Kind.LABEL, item))),
            Cell(
                indent,
                width - indent,
                tagged(set_words(words, width - indent), Tag(Kind.BODY, item)),
            ),
        )
        rows.append((1.0, Row(cells)))
    return 3.0, stacked(rows)


@_piece.register
def _answers(block: Answers, width: float, under: Tag) -> tuple[float, Piece]:
    return 3.0, answers_piece(block, width, under)


@_piece.register
def _table(block: Table, width: float, under: Tag) -> tuple[float, Piece]:
    return 3.0, table_piece(block, width, under)


@_piece.register
def _exceptions(block: Exceptions, width: float, under: Tag) -> tuple[float, Piece]:
    """The box at the top: a sign, how many, and each with time, context and response."""
    inner = width - 20.0
    kind = Type(10.4, 13.6, Face.STRONG)
    if not block.rows:
        if not block.none:
            return 0.0, stacked([])
        lines = set_words((Span(block.none, Voice.STRONG),), inner, kind)
        lines = tagged(lines, Tag(Kind.HEADING, under))
        empty = Row((Cell(0, inner, lines),))
        return 10.0, Headed(empty, empty, stacked([]), framed_width=width)
    heads = [
        Row(
            (Cell(0, inner, tagged(set_words((Span(words, Voice.FLAG),), inner, kind), tag)),),
            below=4.0,
            rule=Rule(inner),
            bookmark=(words, 0),
        )
        # Said once: what is repeated on the next page is for the eye alone.
        for words, tag in (
            (block.title, Tag(Kind.HEADING, under)),
            (f"{block.title}, continued", None),
        )
    ]
    times = [strong(row.time) for row in block.rows]
    time = max(natural_width(words) for words in times) + 9.0
    time = min(max(time, 34.0), 0.3 * inner)
    bodies = (_exception_rows(block, times, time, inner, share, under) for share in _WORDS_SHARES)
    body = min(bodies, key=lambda rows: round(rows.height))
    return 10.0, Headed(heads[0], heads[1], body, framed_width=width)


def _exception_rows(
    block: Exceptions,
    times: Sequence[Words],
    time: float,
    inner: float,
    share: float,
    under: Tag,
) -> Stack:
    """When, what and what was done; `share` of the width beside the time goes to the words."""
    words = share * (inner - time) - 12.0
    response = inner - time - words - 16.0
    rows: list[tuple[float, Piece]] = []
    listed = Tag(Kind.LIST, under)
    for row, at in zip(block.rows, times, strict=True):
        item = Tag(Kind.ITEM, listed)
        body = Tag(Kind.BODY, item)
        when = tagged(set_words(at, time - 4.0), Tag(Kind.LABEL, item) if row.time else None)
        what = tagged(set_words(row.words, words), Tag(Kind.PARAGRAPH, body))
        done = tagged(set_words(row.response, response), Tag(Kind.PARAGRAPH, body))
        cells = (
            Cell(0, time - 4.0, when),
            Cell(time, words, what),
            Cell(inner - response, response, done),
        )
        last = len(rows) == len(block.rows) - 1
        rows.append((0.0, Row(cells, 3.0, 0.0 if last else 3.0, None if last else Rule(inner))))
    return stacked(rows)


@_piece.register
def _side_by_side(block: SideBySide, width: float, under: Tag) -> tuple[float, Piece]:
    """Two columns, the border moved a little to where both take the fewest lines."""
    gutter = 14.0

    def parted(share: int) -> Columns:
        left = (width - gutter) * share / 100
        right = width - gutter - left
        # Each column is a part of its own: it is read to its end, also over a page's end.
        return Columns(
            (
                (0.0, stack_of(block.left, left, Tag(Kind.SECTION, under))),
                (left + gutter, stack_of(block.right, right, Tag(Kind.SECTION, under))),
            )
        )

    shares = (block.left_share + moved for moved in _MOVED)
    return 8.0, min(map(parted, shares), key=lambda columns: round(columns.height))


@_piece.register
def _chart(block: Chart, width: float, under: Tag) -> tuple[float, Piece]:
    heading = _heading(Heading(block.title, 2, block.beside), width, under)
    return 8.0, Stack((heading, (4.0, chart_picture(block, width, under))), whole=True)


@_piece.register
def _figure(block: BodyFigure, width: float, under: Tag) -> tuple[float, Piece]:
    picture = body_picture(block, under)
    left = picture.width + 6.0
    beside = stack_of(block.beside, width - left, Tag(Kind.SECTION, under))
    return 4.0, Columns(((0.0, picture), (left, beside)))


@_piece.register
def _ink(block: InkBlock, width: float, under: Tag) -> tuple[float, Piece]:
    """A signature: its strokes over a line; whose it is, who and when below it."""
    rows: list[tuple[float, Piece]] = []
    if block.strokes:
        rows.append((0.0, strokes_picture(block, width, under)))
    said = (Span(f"{block.label}: ", Voice.QUIET), *block.caption)
    lines = tagged(set_words(said, width), Tag(Kind.PARAGRAPH, under))
    rows.append((2.0, Row((Cell(0, width, lines),))))
    return 4.0, Stack(tuple(rows), whole=True)


@_piece.register
def _keep(block: Keep, width: float, under: Tag) -> tuple[float, Piece]:
    stack = stack_of(block.blocks, width, under)
    gap = stack.items[0][0] if stack.items else 0.0
    return gap, replace(stack, whole=True)
