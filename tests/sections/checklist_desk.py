"""A desk that answers a section's panel as the workspace does, without a database.

Each text goes the one road (field, parse, columns) into rows in memory; the section's own store
makes the values, its own rules the findings, and the panel is shown them at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.fields import NotAValue, Sense
from infusion_visits.sections.stores import STORES
from tests.sections.every_field import NOW, NURSE, ZONE, made_facts, section_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.findings import Finding
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.patients.facts import Facts
    from infusion_visits.records.store import Group


class Panel(Protocol):
    """What every panel and the common form can do."""

    def show_values(
        self, values: Any, facts: Any, findings: Any = (), unsaved: Any = ()
    ) -> None: ...


class ChecklistDesk:
    """The desk of one section of one visit; `panel` is set after the panel was made."""

    def __init__(self, section: str, facts: Facts | None = None) -> None:
        self.section = section
        self.facts = facts or made_facts()
        self.panel: Panel | None = None
        self.rows: dict[str, list[dict[str, Any]]] = {
            group.name: [] for group in STORES[section].groups
        }
        self.absent: dict[tuple[str, str], tuple[str, str]] = {}
        self.typed: list[tuple[str, str]] = []
        self.recorded: list[tuple[str, str]] = []
        self.appended: list[tuple[str, dict[str, str]]] = []
        self.overridden: list[tuple[str, str]] = []

    def sense(self) -> Sense:
        """The sense in which texts are read."""
        return Sense(NOW, ZONE, {"temperature": "[degF]"})

    @property
    def values(self) -> Any:
        """What was charted so far."""
        return STORES[self.section].from_rows(self.rows, self.absent)

    @property
    def findings(self) -> list[Finding]:
        """What the section's rules say of it."""
        return list(section_of(self.section).findings(self.values, self.facts))

    def show(self) -> None:
        """Shows the panel what was charted."""
        if self.panel is not None:
            self.panel.show_values(self.values, self.facts, self.findings)

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text."""
        self.typed.append((cell.path(), text))

    def record(self, cell: Cell, text: str) -> str | None:
        """The field was left."""
        group = STORES[self.section].group(cell.row.group)
        self.recorded.append((cell.path(), text))
        found = group.rows.leaf(cell.field).parse(text, self.sense())
        if isinstance(found, NotAValue):
            return found.words
        self._row(group, cell.row).update(found)
        self.show()
        return None

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row, or fills the only one."""
        group = STORES[self.section].group(row.group)
        self.appended.append((row.path(), dict(texts)))
        columns: dict[str, Any] = {}
        for name, text in texts.items():
            found = group.rows.leaf(name).parse(text, self.sense())
            if isinstance(found, NotAValue):
                return found.words
            columns.update(found)
        at = row.at if len(row.at) == len(group.keys) else (*row.at, self._next(group))
        self._row(group, Row(row.group, at)).update(columns)
        self.show()
        return None

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a row out."""
        found = self._row(STORES[self.section].group(row.group), row)
        found.update(struck_at=NOW, struck_by=NURSE, struck_reason=reason.value)
        self.show()

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """The thing was not done."""
        self._row(STORES[self.section].group(cell.row.group), cell.row)
        self.absent[cell.row.path(), cell.field] = (reason.value, words)
        self.show()

    def override(self, finding: str, reason: str) -> None:
        """Goes past a stop."""
        self.overridden.append((finding, reason))

    def _next(self, group: Group) -> int | UUID:
        if group.rows.own_id:
            return UUID(int=len(self.rows[group.name]) + 1)
        return len(self.rows[group.name]) + 1

    def _row(self, group: Group, row: Row) -> dict[str, Any]:
        for known in self.rows[group.name]:
            if group.at(known) == row.at:
                return known
        made: dict[str, Any] = dict(zip(group.keys, row.at, strict=True))
        made.update(created_at=NOW, created_by=NURSE)
        self.rows[group.name].append(made)
        return made
