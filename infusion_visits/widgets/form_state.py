"""What the parts of one form share: whom they tell, and what was shown last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from infusion_visits.core.cells import Cell, Key, Row
from infusion_visits.core.charted import Telling, leaf_text
from infusion_visits.core.fields import Leaf, Option, Ref, Rows
from infusion_visits.core.findings import Finding
from infusion_visits.widgets.editor import SenseSource

if TYPE_CHECKING:
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason

RefOptions = Callable[[Ref, Row], Sequence[Option]]


class FormDesk(Protocol):
    """What a form may do, whoever owns its rows: a visit's desk and a patient's desk both fit."""

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text."""

    def record(self, cell: Cell, text: str) -> str | None:
        """The field was left; words come back when the text cannot be a value."""

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row; words come back when it is refused."""

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a mistaken row out."""


@runtime_checkable
class NotDoneDesk(Protocol):
    """A desk that takes "not done" with a reason: a visit's."""

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """The required thing was not done."""


@runtime_checkable
class OverrideDesk(Protocol):
    """A desk that goes past a stop with a reason: a visit's."""

    def override(self, finding: str, reason: str) -> None:
        """Goes past a stop that may be overridden."""


def no_options(_leaf: Ref, _row: Row) -> Sequence[Option]:
    """Nothing to refer to."""
    return ()


@dataclass
class FormState:
    """Shared by all boxes of one form. `held` are the words for texts that are no value."""

    section: str
    desk: FormDesk
    ref_options: RefOptions
    sense: SenseSource
    facts: Telling | None = None
    findings: dict[Cell, list[Finding]] = field(default_factory=dict)
    unsaved: frozenset[Cell] = frozenset()
    held: dict[Cell, str] = field(default_factory=dict)
    read_only: bool = False
    beside: Mapping[Cell, str] = field(default_factory=dict)
    """A few quiet words beside the label of a field: where its value comes from."""

    def cell(self, row: Row, leaf: Leaf) -> Cell:
        """The address of a field."""
        return Cell(self.section, row, leaf.name)

    def required(self, asked: Leaf | Rows) -> bool:
        """Whether this visit must answer it."""
        if isinstance(asked.required, bool):
            return asked.required
        return self.facts is not None and self.facts.kind in asked.required

    def words(self, leaf: Leaf, value: Any) -> str:
        """The answer as a person reads it; a reference by the name of what it points at."""
        if self.facts is None or value is None:
            return ""
        if isinstance(leaf, Ref):
            return self.ref_label(leaf, value.mark.row, getattr(value, leaf.name))
        return leaf_text(leaf, value, self.facts)

    def ref_label(self, leaf: Ref, row: Row, key: Key | None) -> str:
        """The name of what a reference points at; a plain word where it is no longer offered."""
        if key is None:
            return ""
        found = (o.label for o in self.ref_options(leaf, row) if o.key == str(key))
        return next(found, f"{leaf.to} no longer listed")

    def findings_below(self, row: Row) -> list[Finding]:
        """All findings at fields of this row and of rows below it, in the order found."""
        deep = len(row.at)
        return [
            finding
            for cell, found in self.findings.items()
            for finding in found
            if cell.row.at[:deep] == row.at and (deep or cell.row.group == row.group)
        ]


def by_cell(findings: Sequence[Finding]) -> dict[Cell, list[Finding]]:
    """The findings that have a field, sorted to it."""
    sorted_out: dict[Cell, list[Finding]] = {}
    for finding in findings:
        if finding.cell is not None:
            sorted_out.setdefault(finding.cell, []).append(finding)
    return sorted_out
