"""What is done to a patient's chart: new patients, fields as they are left, rows, allergies, tasks.

Nothing is removed: a mistaken row is struck out and stays. Orders have acts of their own in
order_actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.fields import NotAValue, Number, Sense
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.writing import tidy
from infusion_visits.patients import queries
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.fields import PATIENT, SECTION
from infusion_visits.patients.order_fields import DRAFT, HELD_BY_ACTS
from infusion_visits.patients.tables import STORE, Patient, Task
from infusion_visits.records import cells, draft_text
from infusion_visits.records.rows import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from infusion_visits.core.fields import Columns
    from infusion_visits.core.kinds import StrikeReason
    from infusion_visits.records.store import Group
    from infusion_visits.records.unit_of_work import UnitOfWork

OWNER_KIND = "patient"
ORDER_GROUPS = frozenset({"therapy_order", "rate_step", "premedication"})
Units = dict[str, str]


def create(
    unit: UnitOfWork, texts: Mapping[str, str], units: Units | None = None
) -> UUID | dict[str, NotAValue]:
    """A new patient from the texts of a form; the words for each field that cannot be a value.

    Raises Refused `no-name` without any name.
    """
    columns, wrong = parsed(PATIENT.name, texts, Sense(unit.now, unit.zone, units or {}))
    return wrong or enter(unit, columns)


def enter(unit: UnitOfWork, columns: Mapping[str, Any]) -> UUID:
    """A new patient from columns; the home's zone is the unit's unless given.

    Raises Refused `no-name`: somebody without a name cannot be told from another.
    """
    if not (columns.get("family") or columns.get("given")):
        raise Refused("no-name", "A patient needs a name.")
    patient_id = unit.ids.new()
    first = {
        "zone": unit.zone,
        "status": "active",
        "birth_precision": "day" if columns.get("birth_day") else None,
        "allergy_state": AllergyState.NOT_ASKED.value,
    }
    given = {name: value for name, value in columns.items() if value is not None}
    _zone_exists(given)
    cells.append(unit, Patient, {"id": patient_id}, {**first, **given}, sequence=None)
    return patient_id


def typing(unit: UnitOfWork, patient_id: UUID, cell: Cell, text: str) -> None:
    """Keeps half-typed text, so that a crash loses at most the last two seconds."""
    draft_text.keep(unit, OWNER_KIND, patient_id, cell.path(), text)


def record(
    unit: UnitOfWork, patient_id: UUID, cell: Cell, text: str, units: Units | None = None
) -> Columns | NotAValue:
    """A field was left: its value goes to its row, its draft text goes.

    Text that cannot be a value stays as draft text. Raises Refused for an order that is no draft,
    for an identifier that another patient has, and for a state of allergies that the list belies.
    """
    group = STORE.group(cell.row.group)
    found = group.rows.leaf(cell.field).parse(text, _sense(unit, patient_id, units))
    if isinstance(found, NotAValue):
        draft_text.keep(unit, OWNER_KIND, patient_id, cell.path(), text)
        return found
    change(unit, patient_id, cell.row, found)
    draft_text.drop(unit, OWNER_KIND, patient_id, cell.path())
    return found


def change(unit: UnitOfWork, patient_id: UUID, row: Row, columns: Mapping[str, Any]) -> None:
    """Sets columns of a row that is there, as `record` does with typed text. Raises Missing."""
    group = STORE.group(row.group)
    keys, _ = place(group, patient_id, row)
    former = _row_at(unit, group, patient_id, keys)
    _may_change(unit, patient_id, row, columns)
    if group.name == PATIENT.name:
        _zone_exists(columns)
        _allergies_agree(unit, patient_id, columns)
    if group.name == "patient_identifier":
        wanted = {**former, **columns}
        if (wanted["system"], wanted["value"]) != (former["system"], former["value"]):
            _nobody_else_has(unit, patient_id, wanted)
    cells.put(unit, group.table, keys, entered(group, columns))


def append(
    unit: UnitOfWork,
    patient_id: UUID,
    row: Row,
    texts: Mapping[str, str],
    units: Units | None = None,
) -> tuple[Row, Columns] | dict[str, NotAValue]:
    """Adds a row to the group of `row`, whose `at` are the keys of its parents.

    All texts are parsed first; when one cannot be a value nothing is written and the words for
    each such field come back. An allergy added makes the state of allergies known.
    """
    columns, wrong = parsed(row.group, texts, _sense(unit, patient_id, units))
    return wrong or (add(unit, patient_id, row, columns), columns)


def add(unit: UnitOfWork, patient_id: UUID, row: Row, columns: Mapping[str, Any]) -> Row:
    """Adds a row from columns; returns its address. A therapy order begins as a draft."""
    group = STORE.group(row.group)
    queries.zone_of(unit, patient_id)
    _may_change(unit, patient_id, row, columns)
    if group.rows.own_id:
        return _add_thing(unit, patient_id, group, columns)
    if group.name == "patient_identifier":
        _nobody_else_has(unit, patient_id, columns)
    keys = {group.owner_column: patient_id, **dict(zip(group.keys, row.at, strict=False))}
    made = cells.append(unit, group.table, keys, entered(group, columns), group.keys[-1])
    if group.name == "allergy":
        _set_allergy_state(unit, patient_id, AllergyState.KNOWN)
    return Row(row.group, (*row.at, made[group.keys[-1]]))


def _add_thing(unit: UnitOfWork, patient_id: UUID, group: Group, columns: Mapping[str, Any]) -> Row:
    given = {name: v for name, v in entered(group, columns).items() if v is not None}
    if group.name == "therapy_order":
        given = {
            **_dosing_weight(unit, patient_id, columns),
            **given,
            "status": DRAFT,
            "version": 1,
        }
    made = unit.ids.new()
    given[group.owner_column] = patient_id
    cells.append(unit, group.table, {"id": made}, given, sequence=None)
    return Row(group.name, (made,))


def _dosing_weight(
    unit: UnitOfWork, patient_id: UUID, columns: Mapping[str, Any]
) -> dict[str, Any]:
    """The newest weight up to today, put on a new order with its day unless it has its own."""
    if columns.get("dosing_weight_kg") is not None:
        return {}
    # A weight of a day still to come is a slip of a date; no dose goes by it.
    today = local_day(unit.now, queries.zone_of(unit, patient_id))
    rows = [
        row
        for row in queries.group_rows(unit, patient_id, ["weight"])["weight"]
        if row["struck_at"] is None
        and row["weight_kg"] is not None
        and row["day"] is not None
        and row["day"] <= today
    ]
    if not rows:
        return {}
    newest = max(rows, key=lambda row: (row["day"], row["seq"]))
    return {
        "dosing_weight_kg": newest["weight_kg"],
        "dosing_weight_kg_entered": newest["weight_kg_entered"],
        "dosing_weight_kg_unit": newest["weight_kg_unit"],
        "dosing_weight_day": newest["day"],
    }


def strike(unit: UnitOfWork, patient_id: UUID, row: Row, reason: StrikeReason) -> None:
    """Strikes a mistaken row out; it stays, legible, with the reason.

    Raises Refused `order-in-use`: an order that was used is ended, not struck. When the last
    allergy is struck the state goes back to "not asked": nobody has said that there are none.
    """
    group = STORE.group(row.group)
    keys, _ = place(group, patient_id, row)
    _row_at(unit, group, patient_id, keys)
    _may_change(unit, patient_id, row, {})
    cells.strike(unit, group.table, keys, reason)
    if group.name == "allergy" and not _allergies(unit, patient_id):
        _set_allergy_state(unit, patient_id, AllergyState.NOT_ASKED)


def set_allergies_none_known(unit: UnitOfWork, patient_id: UUID) -> None:
    """The patient was asked and has no known allergies.

    Raises Refused `allergies-listed` while one is listed.
    """
    change(
        unit,
        patient_id,
        Row(PATIENT.name),
        {"allergy_state": AllergyState.NONE_KNOWN.value},
    )


def add_task(
    unit: UnitOfWork,
    patient_id: UUID,
    what: str,
    *,
    due_day: date | None = None,
    assignee: str = "",
    origin: str = "",
) -> UUID:
    """Something to be done for this patient, due on a day at the home."""
    columns = {
        "what": tidy(what),
        "assignee": tidy(assignee) or None,
        "due_day": due_day,
        "origin": tidy(origin) or None,
    }
    if not columns["what"]:
        raise Refused("empty-task", "Say what is to be done.")
    return _own_id(add(unit, patient_id, Row("task"), columns))


def complete_task(unit: UnitOfWork, task_id: UUID) -> None:
    """The task is done, now. Done twice keeps the first time. Raises Missing."""
    table = table_of(Task)
    row = unit.one(select(table.c.done_at).where(table.c.id == task_id))
    if row is None:
        raise Missing("no-task", "This task is not in the record.")
    if row["done_at"] is None:
        cells.put(unit, Task, {"id": task_id}, {"done_at": unit.now})


def parsed(
    group: str, texts: Mapping[str, str], sense: Sense
) -> tuple[dict[str, Any], dict[str, NotAValue]]:
    """The columns that the texts of a row mean, and the words for each text that is no value."""
    rows = STORE.group(group).rows
    wrong: dict[str, NotAValue] = {}
    columns: dict[str, Any] = {}
    for name, text in texts.items():
        found = rows.leaf(name).parse(text, sense)
        if isinstance(found, NotAValue):
            wrong[name] = found
        else:
            columns.update(found)
    return columns, wrong


def entered(group: Group, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns with the text and unit of measured figures filled in where only a value was given."""
    whole = dict(columns)
    for leaf in group.rows.leaves:
        if not isinstance(leaf, Number) or not leaf.measured or leaf.name not in whole:
            continue
        value = whole[leaf.name]
        whole.setdefault(f"{leaf.name}_entered", None if value is None else f"{value:f}")
        whole.setdefault(f"{leaf.name}_unit", None if value is None else leaf.units[0].code)
    return whole


def place(group: Group, patient_id: UUID, row: Row) -> tuple[dict[str, Any], dict[str, Any]]:
    """The whole key of a row, and the owner column where it is not part of the key."""
    keys = dict(zip(group.keys, row.at, strict=True))
    if group.owned_by or not group.rows.own_id:
        return {group.owner_column: patient_id, **keys}, {}
    return keys, {group.owner_column: patient_id}


def _row_at(
    unit: UnitOfWork, group: Group, patient_id: UUID, keys: Mapping[str, Any]
) -> dict[str, Any]:
    table = table_of(group.table)
    statement = select(table).where(table.c[group.owner_column] == patient_id)
    for name, value in keys.items():
        statement = statement.where(table.c[name] == value)
    row = unit.one(statement)
    if row is None:
        raise Missing("no-row", "This entry is not in the patient's chart.")
    return row


def _may_change(unit: UnitOfWork, patient_id: UUID, row: Row, columns: Mapping[str, Any]) -> None:
    """Threat: a used order that changes afterwards would no longer be what was given by it."""
    if row.group not in ORDER_GROUPS:
        return
    held = HELD_BY_ACTS.intersection(columns) if row.group == "therapy_order" else ()
    if held:
        raise Refused("order-state", "Use the order, copy it or end it; its state is not typed.")
    if not row.at:
        return
    order_id = row.at[0]
    if not isinstance(order_id, UUID):
        raise Missing("no-order", "This order is not in the record.")
    order = queries.load_order(unit, patient_id, order_id)
    if order.status != DRAFT:
        raise Refused("order-in-use", "This order is in use. Copy it to change it, or end it.")


def _sense(unit: UnitOfWork, patient_id: UUID, units: Units | None) -> Sense:
    return Sense(unit.now, queries.zone_of(unit, patient_id), units or {})


def _own_id(row: Row) -> UUID:
    key = row.at[0]
    if not isinstance(key, UUID):
        raise TypeError(f"{row.group} has no identifier of its own")
    return key


def _zone_exists(columns: Mapping[str, Any]) -> None:
    zone = columns.get("zone")
    if zone is None:
        return
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        words = "There is no such time zone. Type one such as America/New_York."
        raise Refused("no-zone", words) from None


def _allergies(unit: UnitOfWork, patient_id: UUID) -> bool:
    rows = queries.group_rows(unit, patient_id, ["allergy"])["allergy"]
    return any(row["struck_at"] is None for row in rows)


def _allergies_agree(unit: UnitOfWork, patient_id: UUID, columns: Mapping[str, Any]) -> None:
    """Three states (clinical reference 11.28): what is said of the list must be true of it."""
    if "allergy_state" not in columns:
        return
    state, listed = columns["allergy_state"], _allergies(unit, patient_id)
    if listed and state != AllergyState.KNOWN:
        words = "Allergies are listed. Strike the mistaken ones out first."
        raise Refused("allergies-listed", words)
    if not listed and state == AllergyState.KNOWN:
        raise Refused("no-allergy-listed", "Add the allergies to the list instead.")


def _set_allergy_state(unit: UnitOfWork, patient_id: UUID, state: AllergyState) -> None:
    cells.put(unit, Patient, {"id": patient_id}, {"allergy_state": state.value})


def _nobody_else_has(unit: UnitOfWork, patient_id: UUID, columns: Mapping[str, Any]) -> None:
    system, value = columns.get("system"), columns.get("value")
    if not system or not value:
        return
    owner = queries.patient_with(unit, system, value)
    if owner is None:
        return
    row = Row("patient_identifier")
    words = (
        "The patient has this number already."
        if owner == patient_id
        else "Another patient has this number."
    )
    finding = Finding("identifier.taken", Level.STOP, words, SECTION, Cell(SECTION, row, "value"))
    raise Refused("identifier-taken", words, [finding])
