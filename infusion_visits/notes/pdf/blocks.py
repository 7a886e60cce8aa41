"""Blocks into pieces of a page: one function for each kind of block."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import singledispatch
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Answer,
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
from infusion_visits.core.body_geometry import body_marks
from infusion_visits.core.chart_geometry import chart_marks
from infusion_visits.core.drawing import Polyline, Role
from infusion_visits.notes.pdf.fonts import Face
from infusion_visits.notes.pdf.ink import Ink, chart_lettering
from infusion_visits.notes.pdf.pieces import (
    Cell,
    Columns,
    Drawn,
    Headed,
    Piece,
    Row,
    Rule,
    Stack,
    stacked,
)
from infusion_visits.notes.pdf.tables import table_piece
from infusion_visits.notes.pdf.typesetting import (
    BODY,
    SMALL,
    Type,
    natural_width,
    set_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADINGS: dict[int, tuple[Type, float, float]] = {
    1: (Type(14.0, 18.0, Face.STRONG), 0.0, 4.0),
    2: (Type(10.2, 12.6, Face.STRONG), 9.0, 3.0),
    3: (Type(9.0, 11.3, Face.STRONG), 5.0, 1.0),
}
"""For each level its type, and the gaps above and below it."""

_GUTTER = 18.0
_LABEL_SHARE = 0.36
_WIDEST_LABEL = 120.0
_LONG_ANSWER = 3
_RUNNING_FROM = 3
_STOPS = 24
_AFTER_LABEL = 6.0
_CHART_HEIGHT = 132.0
_CHART_LETTERS = 7.8
_FIGURE = (32.0, 60.0)
_MOVED = (0, -3, -6, 3)
"""Percent by which the border of two columns may move; the first that saves most is taken."""
_WORDS_SHARES = (0.635, 0.58, 0.52, 0.69)
_INK_WIDTH, _INK_HEIGHT = 150.0, 30.0
_UNDER_A_SECTION = 25.0
"""Less than this of a section at the foot of a page is no beginning worth reading."""


def piece_of(block: Block, width: float) -> tuple[float, Piece]:
    """The gap above a block and its piece, `width` points wide."""
    return _piece(block, width)


def stack_of(blocks: Sequence[Block], width: float) -> Stack:
    """Blocks below each other. A heading's own gap replaces the one after it."""
    pieces: list[tuple[float, Piece]] = []
    close, level = False, 0
    for block in blocks:
        gap, piece = _piece(block, width)
        # A heading under a heading of its level: the one above said all of its section.
        below = close and not (isinstance(block, Heading) and block.level <= level)
        pieces.append((min(gap, 2.5) if below else gap, piece))
        close = isinstance(block, Heading)
        level = block.level if isinstance(block, Heading) else level
    return stacked(pieces)


@singledispatch
def _piece(block: Block, width: float) -> tuple[float, Piece]:
    raise TypeError(f"no piece for {type(block).__name__}")


@_piece.register
def _heading(block: Heading, width: float) -> tuple[float, Piece]:
    kind, above, _ = _HEADINGS[min(max(block.level, 1), 3)]
    words: Words = (Span(block.text),)
    lines = set_words(words, width, kind)
    if block.beside:
        beside = Span(f" · {block.beside}", Voice.QUIET)
        lines = set_words((*words, beside), width, kind)
    mark = (block.text, 0) if block.level <= 2 else None
    company = _UNDER_A_SECTION if block.level == 2 else 0.0
    return above, Row((Cell(0, width, lines),), keep_next=True, bookmark=mark, company=company)


@_piece.register
def _paragraph(block: Paragraph, width: float) -> tuple[float, Piece]:
    return 4.0, Row((Cell(0, width, set_words(block.words, width)),))


@_piece.register
def _items(block: Items, width: float) -> tuple[float, Piece]:
    indent = 9.0
    bullet = set_words(quiet("–"), indent)
    rows = [
        (
            1.0,
            Row((Cell(0, indent, bullet), Cell(indent, width - indent, lines))),
        )
        for lines in (set_words(words, width - indent) for words in block.rows)
    ]
    return 3.0, stacked(rows)


@_piece.register
def _answers(block: Answers, width: float) -> tuple[float, Piece]:
    """Pairs of label and answer; a long answer takes the whole width."""
    columns = max(1, block.columns)
    if columns >= _RUNNING_FROM:
        return 3.0, stacked(_running(block, width))
    each = (width - _GUTTER * (columns - 1)) / columns
    rows: list[tuple[float, Piece]] = []
    waiting: list[Answer] = []

    def flush() -> None:
        if waiting:
            cells = [
                cell
                for nth, answer in enumerate(waiting)
                for cell in _answer_cells(answer, nth * (each + _GUTTER), each, each)
            ]
            rows.append((1.0, Row(tuple(cells))))
            waiting.clear()

    for answer in block.rows:
        room = each * (1 - _LABEL_SHARE)
        if columns > 1 and len(set_words(answer.words, room)) > _LONG_ANSWER:
            flush()
            rows.append((1.0, Row(_answer_cells(answer, 0.0, width, each))))
            continue
        waiting.append(answer)
        if len(waiting) == columns:
            flush()
    flush()
    return 3.0, stacked(rows)


def _running(block: Answers, width: float) -> list[tuple[float, Piece]]:
    """Each answer right after its label, beginning at the next free stop of the line."""
    stop = (width + _GUTTER) / _STOPS
    rows: list[tuple[float, Piece]] = []
    cells: list[Cell] = []
    taken = 0

    def flush() -> None:
        nonlocal taken
        if cells:
            rows.append((1.0, Row(tuple(cells))))
            cells.clear()
        taken = 0

    label_type = replace(SMALL, leading=BODY.leading)
    for answer in block.rows:
        label = natural_width((Span(answer.label),), label_type) + _AFTER_LABEL
        needed = label + natural_width(answer.words, BODY) + 1.0
        stops = min(math.ceil((needed + _GUTTER) / stop), _STOPS)
        if taken + stops > _STOPS:
            flush()
        x, room = taken * stop, stops * stop - _GUTTER
        if needed > room:
            label = min(label, room / 2)
        said = set_words((Span(answer.label),), label, label_type)
        cells.append(Cell(x, label, said))
        cells.append(Cell(x + label, room - label, set_words(answer.words, room - label)))
        taken += stops
    flush()
    return rows


def _answer_cells(answer: Answer, x: float, width: float, each: float) -> tuple[Cell, Cell]:
    label = min(each * _LABEL_SHARE, _WIDEST_LABEL)
    words = width - label
    label_type = replace(SMALL, leading=BODY.leading)
    return (
        Cell(x, label - 6.0, set_words((Span(answer.label),), label - 6.0, label_type)),
        Cell(x + label, words, set_words(answer.words, words)),
    )


@_piece.register
def _table(block: Table, width: float) -> tuple[float, Piece]:
    return 3.0, table_piece(block, width)


@_piece.register
def _exceptions(block: Exceptions, width: float) -> tuple[float, Piece]:
    """The box at the top: a sign, how many, and each with time, context and response."""
    inner = width - 20.0
    kind = Type(10.4, 13.6, Face.STRONG)
    if not block.rows:
        if not block.none:
            return 0.0, stacked([])
        lines = set_words((Span(block.none, Voice.STRONG),), inner, kind)
        empty = Row((Cell(0, inner, lines),))
        return 10.0, Headed(empty, empty, stacked([]), framed_width=width)
    heads = [
        Row(
            (Cell(0, inner, set_words((Span(words, Voice.FLAG),), inner, kind)),),
            below=4.0,
            rule=Rule(inner),
            bookmark=(words, 0),
        )
        for words in (block.title, f"{block.title}, continued")
    ]
    times = [strong(row.time) for row in block.rows]
    time = max(natural_width(words) for words in times) + 9.0
    time = min(max(time, 34.0), 0.3 * inner)
    bodies = (_exception_rows(block, times, time, inner, share) for share in _WORDS_SHARES)
    body = min(bodies, key=lambda rows: round(rows.height))
    return 10.0, Headed(heads[0], heads[1], body, framed_width=width)


def _exception_rows(
    block: Exceptions, times: Sequence[Words], time: float, inner: float, share: float
) -> Stack:
    """When, what and what was done; `share` of the width beside the time goes to the words."""
    words = share * (inner - time) - 12.0
    response = inner - time - words - 16.0
    rows: list[tuple[float, Piece]] = []
    for row, at in zip(block.rows, times, strict=True):
        cells = (
            Cell(0, time - 4.0, set_words(at, time - 4.0)),
            Cell(time, words, set_words(row.words, words)),
            Cell(inner - response, response, set_words(row.response, response)),
        )
        last = len(rows) == len(block.rows) - 1
        rows.append((0.0, Row(cells, 3.0, 0.0 if last else 3.0, None if last else Rule(inner))))
    return stacked(rows)


@_piece.register
def _side_by_side(block: SideBySide, width: float) -> tuple[float, Piece]:
    """Two columns, the border moved a little to where both take the fewest lines."""
    gutter = 14.0

    def parted(share: int) -> Columns:
        left = (width - gutter) * share / 100
        right = width - gutter - left
        return Columns(
            ((0.0, stack_of(block.left, left)), (left + gutter, stack_of(block.right, right)))
        )

    shares = (block.left_share + moved for moved in _MOVED)
    return 8.0, min(map(parted, shares), key=lambda columns: round(columns.height))


@_piece.register
def _chart(block: Chart, width: float) -> tuple[float, Piece]:
    heading = _heading(Heading(block.title, 2, block.beside), width)
    lettering = chart_lettering(_CHART_LETTERS)
    marks = chart_marks(block, width, _CHART_HEIGHT, lettering)

    def paint(ink: Ink, x: float, top: float) -> None:
        ink.marks(marks, x, top)

    picture: tuple[float, Piece] = (4.0, Drawn(_CHART_HEIGHT, paint))
    return 8.0, Stack((heading, picture), whole=True)


@_piece.register
def _figure(block: BodyFigure, width: float) -> tuple[float, Piece]:
    wide, tall = _FIGURE
    marks = body_marks(block, wide, tall)

    def paint(ink: Ink, x: float, top: float) -> None:
        ink.marks(marks, x, top + 4.0)

    beside = stack_of(block.beside, width - wide - 6.0)
    return 4.0, Columns(((0.0, Drawn(tall + 4.0, paint)), (wide + 6.0, beside)))


@_piece.register
def _ink(block: InkBlock, width: float) -> tuple[float, Piece]:
    """A signature: its strokes over a line; whose it is, who and when below it."""
    rows: list[tuple[float, Piece]] = []
    if block.strokes:
        rows.append((0.0, _strokes(block, min(_INK_WIDTH, width))))
    said = (Span(f"{block.label}: ", Voice.QUIET), *block.caption)
    rows.append((2.0, Row((Cell(0, width, set_words(said, width)),))))
    return 4.0, Stack(tuple(rows), whole=True)


def _strokes(block: InkBlock, width: float) -> Drawn:
    points = [point for stroke in block.strokes for point in stroke]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    scale = min(width / 1000, width / max(right - left, 1), _INK_HEIGHT / max(bottom - top, 1))
    tall = (bottom - top) * scale
    lines = tuple(
        Polyline(
            tuple(
                ((x - left) * scale + 4.0, (y - bottom) * scale + _INK_HEIGHT)
                for x, y in (stroke if len(stroke) > 1 else (*stroke, *stroke))
            ),
            Role.INK,
            1.1,
        )
        for stroke in block.strokes
        if stroke
    )

    def paint(ink: Ink, x: float, top: float) -> None:
        ink.marks(lines, x, top)
        base = top + max(tall, _INK_HEIGHT) + 2.0
        ink.rule(x, base, x + width, base, Role.LINE, 0.6)

    return Drawn(_INK_HEIGHT + 2.0, paint, keep_next=True)


@_piece.register
def _keep(block: Keep, width: float) -> tuple[float, Piece]:
    stack = stack_of(block.blocks, width)
    gap = stack.items[0][0] if stack.items else 0.0
    return gap, replace(stack, whole=True)
