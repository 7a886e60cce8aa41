"""Asked things and their answers: in columns, or one after the other as close as they fit."""

from __future__ import annotations

import math
from dataclasses import replace

from infusion_visits.core.blocks import Answer, Answers, Span
from infusion_visits.notes.pdf.pieces import Cell, Piece, Row, stacked
from infusion_visits.notes.pdf.tags import Tag
from infusion_visits.notes.pdf.typesetting import BODY, SMALL, natural_width, set_words, tagged
from infusion_visits.notes.structure import Kind

_GUTTER = 12.0
_LABEL_SHARE = 0.36
_WIDEST_LABEL = 120.0
_LONG_ANSWER = 3
_RUNNING_FROM = 3
_STOPS = 48
_AFTER_LABEL = 6.0


def answers_piece(block: Answers, width: float, under: Tag) -> Piece:
    """Pairs of label and answer; a long answer takes the whole width."""
    listed = Tag(Kind.LIST, under)
    columns = max(1, block.columns)
    if columns >= _RUNNING_FROM:
        return stacked(_running(block, width, listed))
    each = (width - _GUTTER * (columns - 1)) / columns
    rows: list[tuple[float, Piece]] = []
    waiting: list[Answer] = []

    def flush() -> None:
        if waiting:
            cells = [
                cell
                for nth, answer in enumerate(waiting)
                for cell in _answer_cells(answer, nth * (each + _GUTTER), each, each, listed)
            ]
            rows.append((1.0, Row(tuple(cells))))
            waiting.clear()

    for answer in block.rows:
        room = each * (1 - _LABEL_SHARE)
        if columns > 1 and len(set_words(answer.words, room)) > _LONG_ANSWER:
            flush()
            rows.append((1.0, Row(_answer_cells(answer, 0.0, width, each, listed))))
            continue
        waiting.append(answer)
        if len(waiting) == columns:
            flush()
    flush()
    return stacked(rows)


def _running(block: Answers, width: float, listed: Tag) -> list[tuple[float, Piece]]:
    """Each answer right after its label, beginning at the next free stop of the line."""
    stop = (width + _GUTTER) / _STOPS
    rows: list[tuple[float, Piece]] = []
    cells: list[Cell] = []
    taken = 0

    def flush() -> None:
        nonlocal taken
        if cells:
            rows.append((0.6, Row(tuple(cells))))
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
        item = Tag(Kind.ITEM, listed)
        asked = set_words((Span(answer.label),), label, label_type)
        said = set_words(answer.words, room - label)
        cells.append(Cell(x, label, tagged(asked, Tag(Kind.LABEL, item))))
        cells.append(Cell(x + label, room - label, tagged(said, Tag(Kind.BODY, item))))
        taken += stops
    flush()
    return rows


def _answer_cells(
    answer: Answer, x: float, width: float, each: float, listed: Tag
) -> tuple[Cell, Cell]:
    label = min(each * _LABEL_SHARE, _WIDEST_LABEL)
    words = width - label
    label_type = replace(SMALL, leading=BODY.leading)
    item = Tag(Kind.ITEM, listed)
    asked = set_words((Span(answer.label),), label - 6.0, label_type)
    return (
        Cell(x, label - 6.0, tagged(asked, Tag(Kind.LABEL, item))),
        Cell(x + label, words, tagged(set_words(answer.words, words), Tag(Kind.BODY, item))),
    )
