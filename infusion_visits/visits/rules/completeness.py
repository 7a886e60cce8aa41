"""What is missing: required fields without an answer, required rows, text that is no value yet.

Found once, by generic code over fields and marks, for every section alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.charted import is_shown
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.once import once_for
from infusion_visits.sections.list import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from infusion_visits.core.fields import Leaf, Required, Rows
    from infusion_visits.core.kinds import VisitKind
    from infusion_visits.sections.section import AnySection
    from infusion_visits.visits.record import VisitRecord

MISSING = "missing"
NO_VALUE = "no-value"


def missing(record: VisitRecord) -> list[Finding]:
    """A stop for each required thing of this kind of visit that is neither done nor excused."""
    kind = record.visit.kind
    found: list[Finding] = []
    for section in sections_for(kind):
        values = record.sections.get(section.key)
        if values is None:
            continue
        found.extend(_of_section(section, values, kind))
    excused = {(absent.section, absent.group) for absent in record.absent}
    return [one for one in found if not one.cell or _place(one.cell) not in excused]


def _lacking(section: AnySection, values: Any, kind: VisitKind) -> tuple[Finding, ...]:
    return tuple(
        one
        for group in section.rows
        for one in _group(section, group, getattr(values, group.name), kind, None, ())
    )


# A left field changes one section; the others keep their values, and lack the same.
_of_section = once_for(_lacking, most=32)


def _place(cell: Cell) -> tuple[str, str]:
    return cell.section, cell.row.path()


def sections_for(kind: VisitKind) -> tuple[AnySection, ...]:
    """The sections that a visit of this kind shows."""
    return tuple(section for section in SECTIONS if kind not in section.hidden)


def _group(
    section: AnySection,
    group: Rows,
    value: Any,
    kind: VisitKind,
    above: Any,
    at: tuple[Any, ...],
) -> Iterator[Finding]:
    rows = value if isinstance(value, tuple) else (() if value is None else (value,))
    kept = [row for row in rows if row.mark.struck is None]
    if not kept:
        if _needed(group.required, kind):
            yield _missing_row(section, group, at)
        elif group.single and kind in section.required and above is None:
            yield from _unanswered_single(section, group, kind)
        return
    for row in kept:
        yield from _row(section, group, row, kind, above)


def _row(
    section: AnySection, group: Rows, row: Any, kind: VisitKind, above: Any
) -> Iterator[Finding]:
    for leaf in group.leaves:
        unanswered = getattr(row, leaf.name) in (None, ())
        if not unanswered or not leaf.is_required(kind) or not is_shown(leaf, row, above):
            continue
        if leaf.name not in row.mark.not_done:
            yield _missing_field(section, leaf, row.mark.row)
    for child in group.children:
        yield from _group(section, child, getattr(row, child.name), kind, row, row.mark.row.at)


def _unanswered_single(section: AnySection, group: Rows, kind: VisitKind) -> Iterator[Finding]:
    for leaf in group.leaves:
        if leaf.is_required(kind) and leaf.shown is None:
            yield _missing_field(section, leaf, Row(group.name))


def _needed(required: Required, kind: VisitKind) -> bool:
    return required if isinstance(required, bool) else kind in required


def _missing_field(section: AnySection, leaf: Leaf, row: Row) -> Finding:
    return Finding(
        code=MISSING,
        level=Level.STOP,
        words=f"{section.title}: {leaf.label} not answered.",
        section=section.key,
        cell=Cell(section.key, row, leaf.name),
        subject=f"{section.key}/{row.path()}/{leaf.name}",
    )


def _missing_row(section: AnySection, group: Rows, at: tuple[Any, ...]) -> Finding:
    row = Row(group.name, at)
    first = group.leaves[0].name
    return Finding(
        code=MISSING,
        level=Level.STOP,
        words=f"{section.title}: no {group.label.lower()} yet.",
        section=section.key,
        cell=Cell(section.key, row, first),
        subject=f"{section.key}/{row.path()}",
    )


def half_typed(texts: Mapping[str, str]) -> list[Finding]:
    """A stop for each text that is not a value; `texts` by the path of its cell."""
    titles = {section.key: section.title for section in SECTIONS}
    found = []
    for path in sorted(texts):
        section, _, _ = path.partition("/")
        found.append(
            Finding(
                code=NO_VALUE,
                level=Level.STOP,
                words=f"{titles.get(section, section)}: a text was typed that is not a value yet.",
                section=section,
                subject=path,
            )
        )
    return found
