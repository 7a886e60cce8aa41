"""How a section's (or the patient's) row values lie in tables: pure, mappings to values and back.

One Store for each section. A group's value is a frozen dataclass whose first attribute is `mark`;
its other attributes are the group's fields by name and, for each child group, a tuple named after
it (one value or None where the Rows is `single`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from sqlmodel import SQLModel

from infusion_visits.core.cells import Key, Row
from infusion_visits.core.fields import Leaf, Number, Owner, Rows
from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.core.marks import Mark, NotDone, Struck
from infusion_visits.core.units import unit_of
from infusion_visits.records.rows import table_of

V = TypeVar("V")
RowMapping = Mapping[str, Any]
RowsByGroup = Mapping[str, Sequence[RowMapping]]
NotDoneByCell = Mapping[tuple[str, str], tuple[str, str]]
"""`(row path, field)` to `(reason, words)`."""


@dataclass(frozen=True)
class Group:
    """One table of a section: its Rows, model, key columns below the owner, and value type.

    `owned_by` is set only where the table is the owner itself: the patient's row is its own `id`.
    """

    rows: Rows
    table: type[SQLModel]
    keys: tuple[str, ...]
    value: type[Any]
    owned_by: str = ""

    @property
    def name(self) -> str:
        """The name of the Rows, of the table and of the attribute in the parent value."""
        return self.rows.name

    @property
    def owner_name(self) -> str:
        """What the owner is called in the tables below it: `visit_id` or `patient_id`."""
        return "visit_id" if self.rows.owner is Owner.VISIT else "patient_id"

    @property
    def owner_column(self) -> str:
        """The column of this table that names the owner."""
        return self.owned_by or self.owner_name

    @property
    def tells_visit(self) -> bool:
        """Whether a row of the patient names the visit at which it was written."""
        return self.rows.owner is Owner.PATIENT and "visit_id" in table_of(self.table).c

    def at(self, row: RowMapping) -> tuple[Key, ...]:
        """The keys of a row below its owner."""
        return tuple(row[key] for key in self.keys)


@dataclass(frozen=True)
class Store(Generic[V]):
    """All groups of one section, parents before children."""

    section: str
    values: type[V]
    groups: tuple[Group, ...]

    def group(self, name: str) -> Group:
        """The group called `name`. Raises KeyError."""
        for group in self.groups:
            if group.name == name:
                return group
        raise KeyError(name)

    def from_rows(self, rows: RowsByGroup, not_done: NotDoneByCell | None = None) -> V:
        """The section's values from its rows (struck ones too: they stay legible)."""
        known = not_done or {}
        tops = {part.name for part in fields(self.values)}  # type: ignore[arg-type]
        made = {
            group.name: _gather(self, group, (), rows, known)
            for group in self.groups
            if group.name in tops
        }
        return self.values(**made)

    def to_rows(self, values: V, owner: RowMapping) -> dict[str, list[dict[str, Any]]]:
        """Rows by group with their heads; `owner` gives `visit_id` or `patient_id`."""
        out: dict[str, list[dict[str, Any]]] = {group.name: [] for group in self.groups}
        for part in fields(values):  # type: ignore[arg-type]
            _spread(self, self.group(part.name), getattr(values, part.name), owner, out)
        return out


def _gather(
    store: Store[Any],
    group: Group,
    parent: tuple[Key, ...],
    rows: RowsByGroup,
    not_done: NotDoneByCell,
) -> Any:
    found = [
        _value(store, group, row, rows, not_done)
        for row in rows.get(group.name, ())
        if group.at(row)[: len(parent)] == parent
    ]
    if group.rows.single:
        return found[0] if found else None
    return tuple(found)


def _value(
    store: Store[Any],
    group: Group,
    row: RowMapping,
    rows: RowsByGroup,
    not_done: NotDoneByCell,
) -> Any:
    at = group.at(row)
    made: dict[str, Any] = {"mark": _mark(group, row, Row(group.name, at), not_done)}
    for leaf in group.rows.leaves:
        made[leaf.name] = row.get(leaf.name)
    for child in group.rows.children:
        made[child.name] = _gather(store, store.group(child.name), at, rows, not_done)
    return group.value(**made)


def _mark(group: Group, row: RowMapping, address: Row, not_done: NotDoneByCell) -> Mark:
    struck = None
    if row.get("struck_at") is not None:
        struck = Struck(row["struck_at"], row["struck_by"], StrikeReason(row["struck_reason"]))
    return Mark(
        row=address,
        at=row.get(group.rows.time_field) if group.rows.time_field else None,
        entered_at=row.get("created_at"),
        author=row.get("created_by"),
        struck=struck,
        not_done=_not_done(address, not_done) if not_done else {},
        as_entered=dict(_entered(group.rows.leaves, row)),
        visit=row.get("visit_id") if group.tells_visit else None,
    )


def _not_done(address: Row, not_done: NotDoneByCell) -> dict[str, NotDone]:
    path = address.path()
    return {
        field: NotDone(NotDoneReason(reason), words)
        for (where, field), (reason, words) in not_done.items()
        if where == path
    }


def _entered(leaves: Iterable[Leaf], row: RowMapping) -> Iterable[tuple[str, str]]:
    for leaf in leaves:
        if isinstance(leaf, Number) and leaf.measured and row.get(f"{leaf.name}_entered"):
            yield leaf.name, f"{row[f'{leaf.name}_entered']} {row[f'{leaf.name}_unit']}"


def entered_columns(leaf: Number, as_entered: str) -> dict[str, str]:
    """The `_entered` and `_unit` columns from `98.4 [degF]`; KeyError for an unknown unit."""
    figure, _, code = as_entered.rpartition(" ")
    return {f"{leaf.name}_entered": figure, f"{leaf.name}_unit": unit_of(code).code}


def _spread(
    store: Store[Any],
    group: Group,
    value: Any,
    owner: RowMapping,
    out: dict[str, list[dict[str, Any]]],
) -> None:
    for one in _several(value):
        out[group.name].append(_row(group, one, owner))
        for child in group.rows.children:
            _spread(store, store.group(child.name), getattr(one, child.name), owner, out)


def _several(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _row(group: Group, value: Any, owner: RowMapping) -> dict[str, Any]:
    mark: Mark = value.mark
    row: dict[str, Any] = {group.owner_column: owner[group.owner_name]}
    row.update(zip(group.keys, mark.row.at, strict=True))
    if group.tells_visit:
        row["visit_id"] = mark.visit
    for leaf in group.rows.leaves:
        row[leaf.name] = getattr(value, leaf.name)
        if isinstance(leaf, Number) and leaf.measured:
            row.update(dict.fromkeys(leaf.columns()[1:]))
            if leaf.name in mark.as_entered:
                row.update(entered_columns(leaf, mark.as_entered[leaf.name]))
    row.update(
        created_at=mark.entered_at,
        created_by=mark.author,
        struck_at=mark.struck.at if mark.struck else None,
        struck_by=mark.struck.by if mark.struck else None,
        struck_reason=mark.struck.reason.value if mark.struck else None,
    )
    return row
