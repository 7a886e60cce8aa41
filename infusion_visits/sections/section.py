"""The type of a section: what is asked, and the pure functions over what was answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from infusion_visits.core.blocks import Block
from infusion_visits.core.fields import Rows, group_named
from infusion_visits.core.findings import Finding
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients.facts import Facts

V = TypeVar("V")


@dataclass(frozen=True)
class Section(Generic[V]):
    """One section of a visit.

    `values` is the frozen dataclass of everything this section says at one visit: one attribute
    for each top Rows, of the same name (a tuple of row values; one value or None where `single`).
    `required` are the visit kinds that must fill it, `hidden` those that do not show it at all.
    `catalogues` are the files of resources/clinical that its rules read; signing keeps them.
    `left_out` names the fields (`group.field`) that the note leaves out on purpose.
    """

    key: str
    title: str
    values: type[V]
    rows: tuple[Rows, ...]
    findings: Callable[[V, Facts], Sequence[Finding]]
    blocks: Callable[[V, Facts], Sequence[Block]]
    required: frozenset[VisitKind] = frozenset()
    hidden: frozenset[VisitKind] = frozenset()
    catalogues: tuple[str, ...] = ()
    left_out: frozenset[str] = field(default_factory=frozenset)

    def group(self, name: str) -> Rows:
        """The group called `name`. Raises KeyError."""
        return group_named(self.rows, name)


AnySection = Section[Any]
