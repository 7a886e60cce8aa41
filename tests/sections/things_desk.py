"""A visit's desk over things with ids of their own (lines, complications), rows in memory.

As charting does: a field of a row that is not there makes the row, a row may be added at its whole
address, and what travels gets an id. The visit and the time stand still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import NotAValue, Sense
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.stores import STORES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.cells import Cell
    from infusion_visits.core.findings import Finding
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.patients.facts import Facts
    from infusion_visits.records.store import Group

MEMBER = UUID("01930000-0000-7000-8000-000000000001")


class ThingsDesk:
    """The desk; `panel` is set after the panel was made."""

    def __init__(self, section: str, facts: Facts) -> None:
        self.section = next(one for one in SECTIONS if one.key == section)
        self.store = STORES[section]
        self.facts = facts
        self.panel: Any = None
        self.rows: dict[str, list[dict[str, Any]]] = {group.name: [] for group in self.store.groups}
        self.undone: dict[tuple[str, str], tuple[str, str]] = {}
        self.typed: list[tuple[str, str]] = []
        self.appended: list[tuple[str, dict[str, str]]] = []
        self.overridden: list[str] = []

    def sense(self) -> Sense:
        """The sense in which texts are read."""
        return Sense(self.facts.now, self.facts.zone)

    @property
    def desk(self) -> Any:
        """There is no house below."""
        raise AssertionError("the panel asked for the desk beneath")

    @property
    def values(self) -> Any:
        """What was charted so far."""
        return self.store.from_rows(self.rows, self.undone)

    @property
    def findings(self) -> list[Finding]:
        """What the section's rules say of it."""
        found = list(self.section.findings(self.values, self.facts))
        return [one for one in found if one.key not in self.overridden]

    def show(self) -> None:
        """Shows the panel what was charted."""
        if self.panel is not None:
            self.panel.show_values(self.values, self.facts, self.findings, ())

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text."""
        self.typed.append((cell.path(), text))

    def record(self, cell: Cell, text: str) -> str | None:
        """The field was left."""
        group = self.store.group(cell.row.group)
        found = group.rows.leaf(cell.field).parse(text, self.sense())
        if isinstance(found, NotAValue):
            return found.words
        self._row(group, cell.row).update(found)
        self.undone.pop((cell.row.path(), cell.field), None)
        self.show()
        return None

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row."""
        group = self.store.group(row.group)
        columns: dict[str, Any] = {}
        for name, text in texts.items():
            found = group.rows.leaf(name).parse(text, self.sense())
            if isinstance(found, NotAValue):
                return found.words
            columns.update(found)
        self.appended.append((row.path(), dict(texts)))
        at = row.at if len(row.at) == len(group.keys) else (*row.at, self._next(group, row))
        self._row(group, Row(row.group, at)).update(columns)
        self.show()
        return None

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a row out."""
        found = self._row(self.store.group(row.group), row)
        found.update(struck_at=self.facts.now, struck_by=MEMBER, struck_reason=reason.value)
        self.show()

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """The thing was not done; it needs no row."""
        self.undone[cell.row.path(), cell.field] = (reason.value, words)
        self.show()

    def override(self, finding: str, reason: str) -> None:
        """Goes past a stop."""
        self.overridden.append(finding)
        self.show()

    def _next(self, group: Group, row: Row) -> int | UUID:
        count = sum(1 for one in self.rows[group.name] if group.at(one)[:-1] == row.at)
        return UUID(int=len(self.rows[group.name]) + 1) if group.rows.own_id else count + 1

    def _row(self, group: Group, row: Row) -> dict[str, Any]:
        for known in self.rows[group.name]:
            if group.at(known) == row.at:
                return known
        made: dict[str, Any] = dict(zip(group.keys, row.at, strict=True))
        made.update(created_at=self.facts.now, created_by=MEMBER)
        self.rows[group.name].append(made)
        return made
