"""A visit as it lies open in the workspace: its rows in memory, and what follows from them.

Every left field is put here at once, so that findings, what is missing and the safety pane never
wait for the disk. What was not yet confirmed by the database is kept apart and put again over
whatever is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.fields import Columns
from infusion_visits.core.findings import Finding
from infusion_visits.patients.facts import Facts
from infusion_visits.records import draft_text
from infusion_visits.sections.stores import STORES
from infusion_visits.visits.charting import OWNER_KIND
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import (
    Surroundings,
    VisitRows,
    load_rows,
    load_surroundings,
    record_of,
    sections_of,
)
from infusion_visits.visits.record import VisitRecord
from infusion_visits.visits.rules.everything import all_findings

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from infusion_visits.records.store import Group, RowMapping
    from infusion_visits.records.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Loaded:
    """A visit as the database holds it."""

    rows: VisitRows
    around: Surroundings
    half_typed: Mapping[str, str]


def load(unit: UnitOfWork, visit: UUID) -> Loaded:
    """Reads a visit for the workspace. Raises Missing."""
    rows = load_rows(unit, visit)
    return Loaded(
        rows,
        load_surroundings(unit, rows.head),
        draft_text.of_owner(unit, OWNER_KIND, visit),
    )


@dataclass(frozen=True)
class View:
    """What the screens show of the open visit at one moment."""

    record: VisitRecord
    facts: Facts
    findings: tuple[Finding, ...]
    unsaved: frozenset[Cell]

    def later(self, now: datetime) -> View:
        """The same with another present: for countdowns between two looks at the rules."""
        return replace(self, facts=replace(self.facts, now=now))


@dataclass
class OpenVisit:
    """The open visit. Not thread-safe: it belongs to the interface thread.

    `pending` are values, `pending_texts` texts that are no value, which the database has not yet;
    `failed` says which of them it refused to take.
    """

    loaded: Loaded
    pending: dict[Cell, Columns] = field(default_factory=dict)
    pending_texts: dict[Cell, str] = field(default_factory=dict)
    failed: set[Cell] = field(default_factory=set)
    _made: tuple[VisitRows, Mapping[str, Any]] | None = None

    @property
    def id(self) -> UUID:
        """The visit's id."""
        return self.loaded.rows.head.id

    @property
    def zone(self) -> str:
        """The home's IANA zone."""
        return self.loaded.rows.head.zone

    def put(self, cell: Cell, columns: Columns) -> None:
        """A field was left: its columns count from now on, whatever the disk does."""
        self.pending_texts.pop(cell, None)
        self.pending[cell] = columns
        self._put_over({cell: columns})

    def put_text(self, cell: Cell, text: str) -> None:
        """A field was left with text that cannot be a value; the value before it stands."""
        self.pending.pop(cell, None)
        self.pending_texts[cell] = text
        self._put_over({})

    def bring_back(self, cell: Cell, text: str) -> None:
        """Text that was typed and not left, and is not in the database either."""
        texts = {**self.loaded.half_typed, cell.path(): text}
        self.loaded = replace(self.loaded, half_typed=texts)

    def saved(self, cell: Cell, left: Columns | str) -> None:
        """The database has it (unless the field was left again since)."""
        if self._newest(cell) is left:
            self.pending.pop(cell, None)
            self.pending_texts.pop(cell, None)
            self.failed.discard(cell)

    def not_saved(self, cell: Cell, left: Columns | str) -> None:
        """The write failed: what was left stays, marked "not saved"."""
        if self._newest(cell) is left:
            self.failed.add(cell)

    def reread(self, loaded: Loaded) -> None:
        """What the database holds now, with what it does not hold yet put over it."""
        self.loaded = loaded
        self._put_over(self.pending)

    def _newest(self, cell: Cell) -> Columns | str | None:
        return self.pending.get(cell, self.pending_texts.get(cell))

    def _put_over(self, left: Mapping[Cell, Columns]) -> None:
        """Puts over the rows what was `left`; what was put over them before is in them."""
        rows, texts = self.loaded.rows, dict(self.loaded.half_typed)
        for cell, columns in left.items():
            rows = with_columns(rows, cell, columns)
            texts.pop(cell.path(), None)
        texts.update((cell.path(), text) for cell, text in self.pending_texts.items())
        self.loaded = replace(self.loaded, rows=rows, half_typed=texts)

    def view(self, now: datetime) -> View:
        """The record at this moment and what follows from it."""
        sections = sections_of(self.loaded.rows, self._made)
        self._made = (self.loaded.rows, sections)
        record = record_of(self.loaded.rows, self.loaded.around, sections)
        facts = facts_of(record, now)
        return View(
            record,
            facts,
            tuple(all_findings(record, facts, self.loaded.half_typed)),
            frozenset(self.failed),
        )


def with_columns(rows: VisitRows, cell: Cell, columns: Columns) -> VisitRows:
    """The same rows with one field's columns put in; makes the row where it is not there yet."""
    section = dict(rows.rows.get(cell.section, {}))
    group = STORES[cell.section].group(cell.row.group)
    listed = list(section.get(group.name, ()))
    index = _index(group, listed, cell.row)
    if index is None:
        listed.append({**_bare(group, cell.row), **columns})
    else:
        listed[index] = {**listed[index], **columns}
    section[group.name] = listed
    return replace(
        rows,
        rows={**rows.rows, cell.section: section},
        not_done=_without(rows, cell)
        if any(v is not None for v in columns.values())
        else rows.not_done,
    )


def _index(group: Group, listed: list[RowMapping], row: Row) -> int | None:
    return next((n for n, one in enumerate(listed) if group.at(one) == row.at), None)


def _bare(group: Group, row: Row) -> dict[str, Any]:
    return dict(zip(group.keys, row.at, strict=True))


def _without(rows: VisitRows, cell: Cell) -> Mapping[str, Any]:
    cells = dict(rows.not_done.get(cell.section, {}))
    cells.pop((cell.row.path(), cell.field), None)
    return {**rows.not_done, cell.section: cells}
