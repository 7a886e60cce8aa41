"""A visit's desk for tests of panels: keeps a section's rows in memory, as the workspace does.

Texts take the real road (field, parse, columns, store), so that a panel is shown real values.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.fields import NotAValue, Sense
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.stores import STORES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.core.findings import Finding
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.patients.facts import Facts

MEMBER = UUID("01930000-0000-7000-8000-000000000001")


class PanelDesk:
    """Answers as the workspace does; `facts_of` gives the facts for the values at hand."""

    def __init__(self, section: str, facts_of: Callable[[Any, Facts], Facts], facts: Facts) -> None:
        self.section = next(one for one in SECTIONS if one.key == section)
        self.store = STORES[section]
        self.facts = facts
        self._facts_of = facts_of
        self.rows: dict[str, list[dict[str, Any]]] = {group.name: [] for group in self.store.groups}
        self.undone: dict[tuple[str, str], tuple[str, str]] = {}
        self.typed: list[tuple[Cell, str]] = []
        self.appended: list[tuple[Row, dict[str, str]]] = []
        self.overridden: list[tuple[str, str]] = []
        self.panel: Any = None
        self.more_findings: list[Finding] = []

    @property
    def desk(self) -> Any:
        """There is no house below."""
        raise AssertionError("the panel asked for the desk beneath")

    @property
    def values(self) -> Any:
        """The section's values now."""
        return self.store.from_rows(self.rows, self.undone)

    def sense(self) -> Sense:
        """The present of the facts."""
        return Sense(self.facts.now, self.facts.zone, {"temperature": "[degF]"})

    def forward(self, minutes: float) -> None:
        """Time goes on, and the screen is shown anew."""
        self.facts = self._facts_of(self.values, self.facts)
        object.__setattr__(self.facts, "now", self.facts.now + timedelta(minutes=minutes))
        self.show()

    def show(self) -> None:
        """Shows the panel what the record holds."""
        self.facts = self._facts_of(self.values, self.facts)
        found = [*self.section.findings(self.values, self.facts), *self.more_findings]
        gone = {key for key, _ in self.overridden}
        self.panel.show_values(
            self.values, self.facts, [one for one in found if one.key not in gone], ()
        )

    def typing(self, cell: Cell, text: str) -> None:
        self.typed.append((cell, text))

    def record(self, cell: Cell, text: str) -> str | None:
        group = self.store.group(cell.row.group)
        read = group.rows.leaf(cell.field).parse(text, self.sense())
        if isinstance(read, NotAValue):
            return read.words
        for row in self.rows[group.name]:
            if group.at(row) == cell.row.at:
                row.update(read)
        self.show()
        return None

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        group = self.store.group(row.group)
        made: dict[str, Any] = {
            "visit_id": MEMBER,
            "created_by": MEMBER,
            "created_at": self.facts.now,
            **dict(zip(group.keys, row.at, strict=False)),
        }
        for name, text in texts.items():
            read = group.rows.leaf(name).parse(text, self.sense())
            if isinstance(read, NotAValue):
                return read.words
            made.update(read)
        below = [one for one in self.rows[group.name] if group.at(one)[:-1] == row.at]
        made[group.keys[-1]] = len(below) + 1
        self.rows[group.name].append(made)
        self.appended.append((row, dict(texts)))
        self.show()
        return None

    def strike(self, row: Row, reason: StrikeReason) -> None:
        group = self.store.group(row.group)
        for one in self.rows[group.name]:
            if group.at(one) == row.at:
                one.update(struck_at=self.facts.now, struck_by=MEMBER, struck_reason=reason.value)
        self.show()

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        self.undone[cell.row.path(), cell.field] = (reason.value, words)
        self.show()

    def override(self, finding: str, reason: str) -> None:
        self.overridden.append((finding, reason))
        self.show()
