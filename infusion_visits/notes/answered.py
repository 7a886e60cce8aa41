"""What a record answers, field by field, each with its address: so that a question can be pinned.

The note's own blocks are for reading and know no fields. Here every charted row becomes one line,
and every answer in it keeps the cell that it was charted in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.blocks import Span, Voice, Words
from infusion_visits.core.cells import Cell
from infusion_visits.core.charted import leaf_words, mark_words, time_words
from infusion_visits.core.fields import Ink, Ref, RefTo
from infusion_visits.visits.rules.completeness import sections_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.fields import Leaf, Rows
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.section import AnySection
    from infusion_visits.visits.record import VisitRecord


@dataclass(frozen=True, slots=True)
class CellWords:
    """One answer: where it was charted, what the field is called, what was answered."""

    cell: Cell
    label: str
    words: Words

    @property
    def text(self) -> str:
        """The answer without its voices."""
        return "".join(span.text for span in self.words)


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """A line of the record: one answer under its own label, or all answers of one charted row.

    `where` says in words where it stands, `Vitals, Vital signs, 10:26`; `beside` is what stands
    after the answers: struck out, late entry.
    """

    title: str
    where: str
    cells: tuple[CellWords, ...]
    beside: Words = ()

    def named(self, one: CellWords) -> str:
        """What a question about one of its answers is headed with: `Vitals, 10:26, Pulse`."""
        return _joined(self.where, one.label)


@dataclass(frozen=True, slots=True)
class AnsweredSection:
    """A section of the visit with everything that was answered in it."""

    key: str
    title: str
    lines: tuple[AnsweredLine, ...]


def answered(record: VisitRecord, facts: Facts) -> tuple[AnsweredSection, ...]:
    """Every answer of the record, section by section in the order of the visit."""
    made = []
    for section in sections_for(record.visit.kind):
        values = record.sections.get(section.key)
        lines = tuple(_section_lines(section, values, facts)) if values is not None else ()
        if lines:
            made.append(AnsweredSection(section.key, section.title, lines))
    return tuple(made)


def label_of(cell: Cell, record: VisitRecord, facts: Facts) -> str:
    """What a question about this cell is headed with: `Vital signs, 10:26, Pulse`."""
    for section in answered(record, facts):
        for line in section.lines:
            for one in line.cells:
                if one.cell == cell:
                    return line.named(one)
    return cell.path()


def _section_lines(section: AnySection, values: Any, facts: Facts) -> Iterator[AnsweredLine]:
    for group in section.rows:
        held = getattr(values, group.name, None)
        for number, row in _numbered(held):
            yield from _row_lines(section, group, row, number, facts, section.title)


def _numbered(held: Any) -> Iterator[tuple[int, Any]]:
    """The rows of a group, numbered where there are several; 0 is the only one."""
    rows = held if isinstance(held, tuple) else (() if held is None else (held,))
    for number, row in enumerate(rows, 1):
        yield (number if len(rows) > 1 else 0), row


def _row_lines(
    section: AnySection, group: Rows, row: Any, number: int, facts: Facts, above: str
) -> Iterator[AnsweredLine]:
    cells = tuple(
        CellWords(Cell(section.key, row.mark.row, leaf.name), leaf.label, words)
        for leaf in group.leaves
        if leaf.name != group.time_field and (words := _words(leaf, row, facts))
    )
    beside = mark_words(row.mark, facts)
    where = above
    if group.single:
        for at, cell in enumerate(cells):
            last = at == len(cells) - 1
            yield AnsweredLine(cell.label, where, (cell,), beside if last else ())
    else:
        name = _row_name(group, row, number, facts)
        where = _joined(above, name)
        if cells or beside:
            yield AnsweredLine(name, where, cells, beside)
    for child in group.children:
        for at, one in _numbered(getattr(row, child.name, None)):
            yield from _row_lines(section, child, one, at, facts, where)


def _row_name(group: Rows, row: Any, number: int, facts: Facts) -> str:
    """A row by its time, by the line it is keyed by, else by its number."""
    when = time_words(row.mark, facts)
    line = None
    if group.keyed_by:
        line = facts.line(getattr(row, group.keyed_by, None))
    name = line.label if line is not None else group.label
    if when:
        return f"{name}, {when}"
    return f"{name} {number}" if number and line is None else name


def _words(leaf: Leaf, row: Any, facts: Facts) -> Words:
    if isinstance(leaf, Ink):
        return ()
    if isinstance(leaf, Ref):
        return _of_ref(leaf, row, facts)
    return leaf_words(leaf, row, facts)


def _of_ref(leaf: Ref, row: Any, facts: Facts) -> Words:
    """A reference is said by the name of what it points at; without a known name not at all."""
    value = getattr(row, leaf.name, None)
    if value is None or leaf.to is not RefTo.DEVICE:
        return ()
    line = facts.line(value)
    voice = Voice.STRUCK if row.mark.struck else Voice.PLAIN
    return (Span(line.label, voice),) if line is not None else ()


def _joined(*parts: str) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))
