"""Tables of the note: columns by share, never narrower than their longest word, heads repeated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Column, Span, Table, Voice, Words
from infusion_visits.notes.pdf.pieces import Cell, Headed, Piece, Row, Rule, Stack, stacked
from infusion_visits.notes.pdf.tags import Tag
from infusion_visits.notes.pdf.typesetting import (
    BODY,
    SMALL,
    Type,
    natural_width,
    set_words,
    tagged,
    widest_word,
)
from infusion_visits.notes.structure import Kind, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_INSET = 4.5
_PAD = 0.6
_HEAD = replace(SMALL, leading=BODY.leading)


def table_piece(block: Table, width: float, under: Tag) -> Piece:
    """The table with its caption below it. A column without any entry is not printed."""
    block = _without_empty_columns(block)
    widths = column_widths(block, width)
    rule = Rule(width)
    labels: tuple[Words, ...] = tuple((Span(column.label),) for column in block.columns)
    grid = Tag(Kind.TABLE, under)
    headed = any(column.label for column in block.columns)
    rows: list[tuple[float, Piece]] = []
    for row in block.rows:
        tags = _row_tags(grid, len(row), headed)
        rows.append((0.0, Row(_cells(row, block.columns, widths, BODY, tags), _PAD, _PAD, rule)))
    body = stacked(rows)
    table: Piece = body
    if headed:
        # Read out once: the head that is repeated on the next page is for the eye alone.
        head, later = (
            Row(_cells(labels, block.columns, widths, _HEAD, tags), 0.0, _PAD, rule, keep_next=True)
            for tags in (_head_tags(grid, len(labels)), [None] * len(labels))
        )
        table = Headed(head, later, body)
    if not block.caption:
        return table
    caption = set_words((Span(block.caption, Voice.PLAIN),), width, SMALL)
    caption = tagged(caption, Tag(Kind.PARAGRAPH, under))
    return Stack(((0.0, table), (2.5, Row((Cell(0, width, caption),)))))


def _head_tags(grid: Tag, count: int) -> list[Tag]:
    row = Tag(Kind.ROW, grid)
    return [Tag(Kind.HEADER_CELL, row, scope=Scope.COLUMN) for _ in range(count)]


def _row_tags(grid: Tag, count: int, headed: bool) -> list[Tag]:
    """The cells of a row; in a table without heads the first cell is the head of its row."""
    row = Tag(Kind.ROW, grid)
    cells = [Tag(Kind.CELL, row) for _ in range(count)]
    if not headed:
        cells[0] = Tag(Kind.HEADER_CELL, row, scope=Scope.ROW)
    return cells


def _without_empty_columns(block: Table) -> Table:
    kept = [
        nth
        for nth in range(len(block.columns))
        if any(span.text for row in block.rows for span in row[nth])
    ]
    if not kept:
        return block
    return replace(
        block,
        columns=tuple(block.columns[nth] for nth in kept),
        rows=tuple(tuple(row[nth] for nth in kept) for row in block.rows),
    )


def _cells(
    words: tuple[Words, ...],
    columns: tuple[Column, ...],
    widths: list[float],
    kind: Type,
    tags: Sequence[Tag | None],
) -> tuple[Cell, ...]:
    cells = []
    x = 0.0
    for column, each, wide, tag in zip(columns, words, widths, tags, strict=True):
        inner = wide - 2 * _INSET
        lines = tagged(set_words(each, inner, kind), tag)
        cells.append(Cell(x + _INSET, inner, lines, column.side))
        x += wide
    return tuple(cells)


def column_widths(block: Table, width: float) -> list[float]:
    """By share; a column that would break its lines takes what others can spare. Where there is
    not enough for that, short columns keep to their words and long ones share what is left."""
    total = sum(max(column.share, 1) for column in block.columns)
    shared = [width * max(column.share, 1) / total for column in block.columns]
    lines = _needed(block, natural_width)
    if sum(lines) <= width:
        return _levelled(shared, lines)
    return _by_length(width, lines, _needed(block, widest_word))


def _by_length(width: float, lines: list[float], words: list[float]) -> list[float]:
    """Columns that need less than their part of the width take just that; the others divide the
    rest by the length of what they say, none narrower than its longest word."""
    open_ones = set(range(len(lines)))
    rest = width
    while True:
        each = rest / len(open_ones)
        short = {nth for nth in open_ones if lines[nth] <= each}
        if not short:
            break
        open_ones -= short
        rest -= sum(lines[nth] for nth in short)
    total = sum(lines[nth] for nth in open_ones)
    widths = [rest * line / total if nth in open_ones else line for nth, line in enumerate(lines)]
    return _levelled(widths, words)


def _levelled(shared: list[float], needed: list[float]) -> list[float]:
    """Widths of the same sum in which no column lacks what it needs while another has spare."""
    lack = sum(max(need - wide, 0.0) for need, wide in zip(needed, shared, strict=True))
    spare = sum(max(wide - need, 0.0) for need, wide in zip(needed, shared, strict=True))
    if not lack or not spare:
        return shared
    given = min(lack, spare)
    return [
        wide + (need - wide) * (given / lack if need > wide else given / spare)
        for need, wide in zip(needed, shared, strict=True)
    ]


def _needed(block: Table, measure: Callable[[Words, Type], float]) -> list[float]:
    needed = []
    for nth, column in enumerate(block.columns):
        label = measure((Span(column.label),), _HEAD)
        cells = max((measure(row[nth], BODY) for row in block.rows), default=0.0)
        needed.append(max(label, cells) + 2 * _INSET + 0.5)
    return needed
