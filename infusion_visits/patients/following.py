"""The copy of a chart follows what a note from another laptop knew of the patient.

A row is told again by where and when it was written, else by what it says; so nothing is there
twice and no number of one laptop means another's row. Where both know a row, the one known later
counts; what stood here is never emptied by a note that says nothing of it, and what differs and
was left is told by its name, without its value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.errors import Refused
from infusion_visits.patients import queries
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.patient_index import folded
from infusion_visits.patients.tables import STORE, Patient
from infusion_visits.records import cells
from infusion_visits.records.cells import Origin
from infusion_visits.records.prepared import owned_rows
from infusion_visits.records.rows import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from infusion_visits.core.leaf import Leaf
    from infusion_visits.patients.values import PatientChart
    from infusion_visits.records.store import Group
    from infusion_visits.records.unit_of_work import UnitOfWork

HEAD = frozenset({"created_at", "created_by"})
STRUCK = frozenset({"struck_at", "struck_by", "struck_reason"})
_PERSON, _ALLERGY = "patient", "allergy"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AsOf:
    """As of when, and by whom, a note says what it says of the patient."""

    at: datetime
    by: UUID


@dataclass
class Followed:
    """What following a note did to a chart.

    `differs` names what the chart holds otherwise, `numbers` the rows that got another number
    here, by group.
    """

    patient: UUID
    added: int = 0
    updated: int = 0
    differs: list[str] = field(default_factory=list)
    numbers: dict[str, dict[int, int]] = field(default_factory=dict)

    def told(self, words: str) -> None:
        """Something differs and was left as it stands here; said once."""
        if words not in self.differs:
            self.differs.append(words)


def follow_chart(unit: UnitOfWork, patient: UUID, chart: PatientChart, as_of: AsOf) -> Followed:
    """Brings what a note knew of a patient into this chart, making the patient where it is new."""
    followed = Followed(patient)
    came = STORE.to_rows(chart, {"patient_id": patient})
    standing = queries.group_rows(unit, patient, [name for name, rows in came.items() if rows])
    for group in STORE.groups:
        rows = _allowed(unit, group, came[group.name], followed)
        if group.name == "task":
            rows = [row for row in rows if not _planned_already(row, standing["task"])]
        follow_rows(unit, group, rows, standing.get(group.name, ()), as_of, followed)
    _agree_on_allergies(unit, patient, chart, as_of)
    return followed


def follow_rows(
    unit: UnitOfWork,
    group: Group,
    came: Iterable[Row],
    standing: Sequence[Row],
    as_of: AsOf,
    followed: Followed,
    may_change: Callable[[Row], bool] = lambda row: True,
) -> None:
    """Adds the rows of a patient's group that are not here, and follows those known later.

    Raises Refused `owner` where a row carries the id of another patient's.
    """
    here = list(standing)
    for row in came:
        known = _known(group, row, here)
        if known is None:
            here.append(_add(unit, group, row, here, as_of, followed))
        elif may_change(known):
            _follow(unit, group, known, row, as_of, followed)


def plain_columns(row: Mapping[str, Any], keys: Iterable[str]) -> Row:
    """The columns of a row without its key and without who wrote it."""
    return {name: value for name, value in row.items() if name not in {*keys, *HEAD}}


def origin_of(row: Mapping[str, Any], as_of: AsOf) -> Origin:
    """Where a row of a note was written; as of the note itself where it does not say."""
    return Origin(
        row.get("created_at") or as_of.at, row.get("created_by") or as_of.by, as_of.at, as_of.by
    )


def key_names(group: Group) -> tuple[str, ...]:
    """The columns of the primary key of a group's table."""
    return tuple(column.name for column in table_of(group.table).primary_key)


def _numbered(group: Group) -> bool:
    """Whether its rows are numbered below the patient: each laptop counts for itself."""
    return group.keys == ("seq",)


def _known(group: Group, row: Row, here: Sequence[Row]) -> Row | None:
    """The row of this chart that is meant; None where it is new."""
    if not _numbered(group):
        return next((one for one in here if group.at(one) == group.at(row)), None)
    written = [
        one
        for one in here
        if (one["created_at"], one["created_by"]) == (row["created_at"], row["created_by"])
    ]
    same = [one for one in written if one["seq"] == row["seq"]]
    if same:
        return same[0]
    named = [one for one in written if _name(group, one) == _name(group, row)]
    if named:
        return named[0]
    return next(
        (one for one in here if one["struck_at"] is None and _says_the_same(group, one, row)), None
    )


def _name(group: Group, row: Row) -> Any:
    """By what a person tells a row of this group: its first field."""
    return _folded(row[group.rows.leaves[0].name])


def _says_the_same(group: Group, one: Row, other: Row) -> bool:
    names = _TELLING.get(group.name) or [leaf.name for leaf in group.rows.leaves]
    return all(_folded(one[name]) == _folded(other[name]) for name in names)


def _folded(value: Any) -> Any:
    return folded(value) if isinstance(value, str) else value


_TELLING = {
    "patient_identifier": ("system", "value"),
    "allergy": ("substance",),
    "condition": ("words",),
    "contact": ("name",),
    "precaution": ("kind", "limb", "what"),
    "home_medicine": ("words", "dose", "route", "frequency"),
    "weight": ("weight_kg", "day"),
    "height": ("height_cm", "day"),
}


def _add(
    unit: UnitOfWork,
    group: Group,
    row: Row,
    here: Sequence[Row],
    as_of: AsOf,
    followed: Followed,
) -> Row:
    if _numbered(group):
        taken = {one["seq"] for one in here}
        if row["seq"] in taken:
            number = max(taken) + 1
            followed.numbers.setdefault(group.name, {})[row["seq"]] = number
            row = {**row, "seq": number}
    else:
        _refuse_strangers(unit, group, row, followed.patient)
    names = key_names(group)
    keys = {name: row[name] for name in names}
    cells.bring(unit, group.table, keys, plain_columns(row, names), origin_of(row, as_of))
    followed.added += 1
    return row


def _refuse_strangers(unit: UnitOfWork, group: Group, row: Row, patient: UUID) -> None:
    # Threat: a note that carries the id of another patient's order or line would write upon it.
    names = key_names(group)
    first = names[0]
    for other in owned_rows(unit, group.table, (first, row[first]), names):
        same = all(other[name] == row[name] for name in names)
        if same and other[group.owner_column] != patient:
            raise Refused("owner", "The note names something that belongs to another patient.")


def _follow(
    unit: UnitOfWork, group: Group, known: Row, row: Row, as_of: AsOf, followed: Followed
) -> None:
    if _numbered(group) and known["seq"] != row["seq"]:
        followed.numbers.setdefault(group.name, {})[row["seq"]] = known["seq"]
    changed = _changed(group, known, row)
    if group.name == _ALLERGY and changed.keys() & STRUCK:
        # An allergy is never taken from the list by a file alone: somebody here has to do it.
        followed.told(f"{group.rows.label}: struck out in the note, kept here")
        changed = {name: value for name, value in changed.items() if name not in STRUCK}
    if not changed:
        return
    newer = as_of.at > known["updated_at"]
    if not newer or known["struck_at"] is not None:
        for label in _labels(group, changed):
            followed.told(f"{group.rows.label}, {label}: this chart is newer and was kept")
        return
    keys = {name: known[name] for name in key_names(group)}
    cells.bring(unit, group.table, keys, changed, origin_of(row, as_of))
    followed.updated += 1


def _changed(group: Group, known: Row, row: Row) -> Row:
    """What the note says otherwise; silence changes nothing, a figure changes with its unit."""
    changed: Row = {}
    for leaf in group.rows.leaves:
        if row[leaf.name] is not None and row[leaf.name] != known[leaf.name]:
            changed.update({name: row[name] for name in leaf.columns()})
    if group.tells_visit and known["visit_id"] is None and row["visit_id"] is not None:
        changed["visit_id"] = row["visit_id"]
    if row["struck_at"] is not None and known["struck_at"] is None:
        changed.update({name: row[name] for name in STRUCK})
    return changed


def _labels(group: Group, changed: Row) -> list[str]:
    leaves: tuple[Leaf, ...] = group.rows.leaves
    said = [leaf.label for leaf in leaves if leaf.name in changed]
    return said or ["struck out"]


def _allowed(unit: UnitOfWork, group: Group, rows: Sequence[Row], followed: Followed) -> list[Row]:
    """The rows without a number that belongs to somebody else, and without what follows."""
    if group.name != "patient_identifier":
        return list(rows)
    kept = []
    for row in rows:
        owner = None
        if row["struck_at"] is None and row["system"] and row["value"]:
            owner = queries.patient_with(unit, row["system"], row["value"])
        if owner in {None, followed.patient}:
            kept.append(row)
        else:
            followed.told(f"{group.rows.label}: another patient here has this number")
    return kept


def _planned_already(row: Row, standing: Sequence[Row]) -> bool:
    """Whether filing an earlier note made the same task under an id of this record."""
    return any(
        one["id"] != row["id"]
        and (one["what"], one["due_day"], one["origin"])
        == (row["what"], row["due_day"], row["origin"])
        for one in standing
    )


def _agree_on_allergies(unit: UnitOfWork, patient: UUID, chart: PatientChart, as_of: AsOf) -> None:
    """What is said of the list is true of it (clinical reference 11.28): listed ones are known."""
    rows = queries.group_rows(unit, patient, [_PERSON, _ALLERGY])
    state = rows[_PERSON][0]["allergy_state"]
    listed = any(row["struck_at"] is None for row in rows[_ALLERGY])
    if listed:
        state = AllergyState.KNOWN.value
    elif state == AllergyState.KNOWN.value:
        said = chart.patient.allergy_state if chart.patient else None
        state = said if said != state else AllergyState.NOT_ASKED.value
    known_at = max(as_of.at, rows[_PERSON][0]["updated_at"])
    origin = Origin(known_at, as_of.by, known_at, as_of.by)
    cells.bring(unit, Patient, {"id": patient}, {"allergy_state": state}, origin)
