"""Writing what is charted at a visit: the one road from a left field to its row.

Append-only means never removed and never renumbered: cells may be corrected until signing, the
audit keeps the former value, and undoing an act is striking its row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, select

from infusion_visits.core.cells import Cell, Key, Row
from infusion_visits.core.errors import Refused
from infusion_visits.core.fields import Columns, NotAValue, Owner, Sense
from infusion_visits.core.kinds import NotDoneReason, StrikeReason, VisitStatus
from infusion_visits.core.writing import tidy
from infusion_visits.records import cells, draft_text
from infusion_visits.records.prepared import Prepared
from infusion_visits.records.rows import table_of
from infusion_visits.sections.stores import STORES
from infusion_visits.team.queries import preferred_units
from infusion_visits.visits.queries import VisitLine, visit_line
from infusion_visits.visits.tables import NotDoneTable, OverrideTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.records.store import Group
    from infusion_visits.records.unit_of_work import UnitOfWork

OWNER_KIND = "visit"
NOT_DONE = table_of(NotDoneTable)
WHY_NOT_DONE = Prepared(
    select(NOT_DONE.c.reason).where(
        *(column == bindparam(column.name) for column in NOT_DONE.primary_key.columns)
    )
)
CHARTABLE = frozenset({VisitStatus.IN_PROGRESS, VisitStatus.COMPLETED})


def group_at(cell: Cell) -> Group:
    """The table in which a cell lies. Raises KeyError for an address that no section has."""
    return STORES[cell.section].group(cell.row.group)


def typing(unit: UnitOfWork, visit: UUID, cell: Cell, text: str) -> None:
    """Keeps half-typed text, so that a crash loses at most the last two seconds.

    An emptied text goes: the line of vital signs is emptied when its set was kept.
    """
    if text:
        draft_text.keep(unit, OWNER_KIND, visit, cell.path(), text)
    else:
        draft_text.drop(unit, OWNER_KIND, visit, cell.path())


def record(unit: UnitOfWork, visit: UUID, cell: Cell, text: str) -> Columns | NotAValue:
    """A field was left: its value goes to its row, its draft text goes.

    Text that cannot be a value stays as draft text (and shuts signing); nothing typed is dropped.
    Raises Refused when the visit is signed or was never started.
    """
    line = _chartable(unit, visit)
    group = group_at(cell)
    leaf = group.rows.leaf(cell.field)
    found = leaf.parse(text, _sense(unit, line))
    if isinstance(found, NotAValue):
        draft_text.keep(unit, OWNER_KIND, visit, cell.path(), text)
        return found
    keys, owner = _place(unit, group, line, cell.row)
    cells.put(unit, group.table, keys, {**owner, **found})
    draft_text.drop(unit, OWNER_KIND, visit, cell.path())
    if any(value is not None for value in found.values()):
        _clear_not_done(unit, visit, cell)
    return found


def append(
    unit: UnitOfWork, visit: UUID, section: str, row: Row, texts: Mapping[str, str]
) -> tuple[Row, Columns] | dict[str, NotAValue]:
    """Adds a row to the group of `row`, whose `at` are the keys of its parents.

    All texts are parsed first; when one cannot be a value nothing is written and the words for
    each such field come back.
    """
    line = _chartable(unit, visit)
    group = STORES[section].group(row.group)
    sense = _sense(unit, line)
    wrong: dict[str, NotAValue] = {}
    columns: dict[str, Any] = {}
    for name, text in texts.items():
        found = group.rows.leaf(name).parse(text, sense)
        if isinstance(found, NotAValue):
            wrong[name] = found
        else:
            columns.update(found)
    if wrong:
        return wrong
    return _append_columns(unit, line, group, row, columns), columns


def added(unit: UnitOfWork, visit: UUID, section: str, row: Row, texts: Mapping[str, str]) -> Row:
    """As `append`, for those who show nothing at a field. Raises Refused `not-a-value`."""
    made = append(unit, visit, section, row, texts)
    if isinstance(made, dict):
        rows = STORES[section].group(row.group).rows
        said = "; ".join(f"{rows.leaf(name).label}: {one.words}" for name, one in made.items())
        raise Refused("not-a-value", f"{rows.label}: not added. {said}")
    return made[0]


def _append_columns(
    unit: UnitOfWork,
    line: VisitLine,
    group: Group,
    row: Row,
    columns: Mapping[str, Any],
) -> Row:
    if group.rows.own_id or group.rows.keyed_by or len(row.at) == len(group.keys):
        at = row.at if len(row.at) == len(group.keys) else (*row.at, _key(unit, group, columns))
        keys, owner = _place(unit, group, line, Row(row.group, at))
        if group.tells_visit and group.rows.own_id and len(row.at) < len(at):
            owner["visit_id"] = line.id
        rest = {name: value for name, value in columns.items() if name not in keys}
        cells.put(unit, group.table, keys, {**owner, **rest})
        return Row(row.group, at)
    parents = Row(row.group, row.at)
    keys, owner = _place(unit, group, line, parents)
    made = cells.append(unit, group.table, keys, {**owner, **columns}, sequence=group.keys[-1])
    return Row(row.group, (*row.at, made[group.keys[-1]]))


def _key(unit: UnitOfWork, group: Group, columns: Mapping[str, Any]) -> Key:
    if group.rows.own_id:
        return unit.ids.new()
    key = columns.get(group.rows.keyed_by)
    if not isinstance(key, UUID):
        raise Refused("key", f"Choose the {group.rows.leaf(group.rows.keyed_by).label.lower()}.")
    return key


def strike(unit: UnitOfWork, visit: UUID, section: str, row: Row, reason: StrikeReason) -> None:
    """Strikes a mistaken row out; it stays, legible, with the reason.

    Raises Refused `only-one` where there is one row for the visit or the line: struck, it could
    never be written again.
    """
    line = _chartable(unit, visit)
    group = STORES[section].group(row.group)
    if group.rows.single or group.rows.keyed_by:
        raise Refused("only-one", "There is only one of these: correct its answers instead.")
    keys, _ = _place(unit, group, line, row)
    cells.strike(unit, group.table, keys, reason)


def not_done(
    unit: UnitOfWork, visit: UUID, cell: Cell, reason: NotDoneReason, words: str = ""
) -> None:
    """A required thing could not be done; it satisfies the stop, and prints."""
    line = _chartable(unit, visit)
    group = group_at(cell)
    if len(cell.row.at) == len(group.keys):
        keys, owner = _place(unit, group, line, cell.row)
        cells.put(unit, group.table, keys, owner)
    cells.put(
        unit,
        NotDoneTable,
        {
            "visit_id": visit,
            "section": cell.section,
            "row": cell.row.path(),
            "field": cell.field,
        },
        {"reason": reason.value, "words": tidy(words)},
    )


def override(unit: UnitOfWork, visit: UUID, finding: str, words: str, reason: str) -> None:
    """Goes past a stop that may be overridden. Raises Refused without a reason."""
    _chartable(unit, visit)
    said = tidy(reason)
    if not said:
        raise Refused("reason", "An override needs a reason. Say why.")
    cells.append(
        unit,
        OverrideTable,
        {"visit_id": visit},
        {"finding": finding, "words": words, "reason": said},
    )


def _chartable(unit: UnitOfWork, visit: UUID) -> VisitLine:
    line = visit_line(unit, visit)
    if line.status in CHARTABLE:
        return line
    if line.status in {VisitStatus.SIGNED, VisitStatus.RETRACTED}:
        raise Refused("frozen", "This visit is signed. Add an addendum instead.")
    raise Refused("status", f"A visit that is {line.status} is not charted. Start it first.")


def _sense(unit: UnitOfWork, line: VisitLine) -> Sense:
    return Sense(unit.now, line.zone, preferred_units(unit))


def _place(
    unit: UnitOfWork, group: Group, line: VisitLine, row: Row
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The key columns of a row, and the owner columns that are no keys."""
    _refuse_strangers(unit, group, line, row)
    table = table_of(group.table)
    owners = {"visit_id": line.id, "patient_id": line.patient}
    keys: dict[str, Any] = dict(zip(group.keys, row.at, strict=False))
    rest: dict[str, Any] = {}
    for name, owner in owners.items():
        if name in table.c:
            (keys if table.c[name].primary_key else rest)[name] = owner
    if group.rows.owner is Owner.PATIENT and "visit_id" in rest and _exists(row, group):
        # A step keeps the visit at which it was written; correcting it later must not move it.
        del rest["visit_id"]
    return keys, rest


def _refuse_strangers(unit: UnitOfWork, group: Group, line: VisitLine, row: Row) -> None:
    # Threat: an address that carries the id of another patient's line or complication would
    # chart upon it, or bring it into this patient's chart.
    key = row.at[0] if row.at else None
    if not isinstance(key, UUID):
        return
    for things in _THINGS[group.name]:
        table = table_of(things.table)
        found = unit.one(select(table.c.patient_id).where(table.c.id == key))
        if found is not None and found["patient_id"] != line.patient:
            raise Refused("owner", "That entry belongs to another patient.")


_THINGS = {
    group.name: tuple(one for one in store.groups if one.rows.own_id)
    for store in STORES.values()
    for group in store.groups
}
"""The groups of the same section whose rows carry an id of their own."""


def _exists(row: Row, group: Group) -> bool:
    return len(row.at) == len(group.keys)


def _clear_not_done(unit: UnitOfWork, visit: UUID, cell: Cell) -> None:
    # The field was answered after all; the audit keeps that it once was not done.
    keys = {
        "visit_id": visit,
        "section": cell.section,
        "row": cell.row.path(),
        "field": cell.field,
    }
    found = WHY_NOT_DONE.one(unit, **keys)
    if found and found["reason"]:
        cells.put(unit, NotDoneTable, keys, {"reason": "", "words": ""})
