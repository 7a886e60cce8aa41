"""Puts what a file says of patients into the record, so that a second time changes nothing.

Each row that came in is remembered with what the source said of it. At the next import only what
the source itself changed since is taken over, and never over something that a nurse changed by
hand. Nothing is removed because a later file does not mention it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.errors import BadFile
from infusion_visits.core.moments import utc_text
from infusion_visits.exchange.imported import NO_LONGER_TAKEN
from infusion_visits.patients import actions, queries
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.patient_index import folded
from infusion_visits.patients.tables import STORE
from infusion_visits.patients.tables import ImportedRow as KeptRow
from infusion_visits.records import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from infusion_visits.exchange.imported import ImportedPatient, ImportedRow, Reading
    from infusion_visits.records.unit_of_work import UnitOfWork

SOURCE_SYSTEM = "source"
"""The identifier system of patients who came with no identifier but the id in their file."""

KINDS = {
    "patient": "patients",
    "allergy": "allergies",
    "condition": "conditions",
    "home_medicine": "home medicines",
    "weight": "measurements",
    "height": "measurements",
    "past_measurement": "measurements",
    "contact": "contacts",
    "precaution": "precautions",
}
_PATIENT = "patient"
_AGREEING = 2


class Outcome(StrEnum):
    """What became of a patient or a row."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass
class Taken:
    """What one file changed: outcomes by patient and, for rows, counts by kind and outcome."""

    patients: dict[UUID, Outcome] = field(default_factory=dict)
    rows: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


def take_in(unit: UnitOfWork, reading: Reading, between: Callable[[], None] | None = None) -> Taken:
    """Writes everything a file says into the unit, which the caller commits: all or nothing.

    `between` is called between patients, so that a long file can be cancelled. Raises BadFile
    where the file's patients cannot be told apart from others in the record.
    """
    taken = Taken(left_out=Counter(reading.left_out))
    for patient in reading.patients:
        if between:
            between()
        patient_id, outcome = _take_patient(unit, patient, taken)
        before = taken.patients.get(patient_id)
        taken.patients[patient_id] = stronger(before, outcome)
    return taken


def stronger(before: Outcome | None, now: Outcome) -> Outcome:
    """Of two outcomes for one patient the one to be told: added, else updated, else unchanged."""
    order = (Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED)
    return min(before or now, now, key=order.index)


def _take_patient(unit: UnitOfWork, patient: ImportedPatient, taken: Taken) -> tuple[UUID, Outcome]:
    born = patient.columns.get("birth_day")
    if born is not None and born > local_day(unit.now, unit.zone):
        raise BadFile("not-born", "This patient is not born yet.", f"{patient.place}.birthDate")
    patient_id = _known(unit, patient)
    if patient_id is None:
        return _add_patient(unit, patient, taken), Outcome.ADDED
    known = queries.imported_rows(unit, patient_id)
    rows = {
        name: {row.get("seq"): row for row in found}
        for name, found in queries.group_rows(unit, patient_id, KINDS).items()
    }
    person = rows[_PATIENT][None]
    outcomes = [_merge_person(unit, patient_id, patient, person, known.get(patient.source))]
    outcomes += [_add_identifiers(unit, patient_id, patient)]
    for row in patient.rows:
        outcome = _take_row(unit, patient_id, row, rows[row.group], known.get(row.source))
        if outcome is None:
            taken.left_out[NO_LONGER_TAKEN] += 1
        else:
            taken.rows[(KINDS[row.group], outcome)] += 1
            outcomes.append(outcome)
    outcomes.append(_no_allergies(unit, patient_id, patient, person))
    changed = any(outcome is not Outcome.UNCHANGED for outcome in outcomes)
    return patient_id, Outcome.UPDATED if changed else Outcome.UNCHANGED


def _add_patient(unit: UnitOfWork, patient: ImportedPatient, taken: Taken) -> UUID:
    columns = dict(patient.columns)
    if patient.no_known_allergies:
        columns["allergy_state"] = AllergyState.NONE_KNOWN.value
    patient_id = actions.enter(unit, columns)
    _add_identifiers(unit, patient_id, patient)
    _remember(unit, patient_id, patient.source, Row(_PATIENT), patient.columns)
    for row in patient.rows:
        if row.only_change:
            taken.left_out[NO_LONGER_TAKEN] += 1
        else:
            _add_row(unit, patient_id, row)
            taken.rows[(KINDS[row.group], Outcome.ADDED)] += 1
    return patient_id


def _known(unit: UnitOfWork, patient: ImportedPatient) -> UUID | None:
    """The patient of the record who is meant; None for a new one.

    Threat: a wrong number in a file puts one patient's allergies and medicines into another's
    chart. So names and birth date must not contradict, and all numbers must mean one patient.
    """
    asked = patient.identifiers or ((SOURCE_SYSTEM, patient.source),)
    found = {queries.patient_with(unit, system, value) for system, value in asked} - {None}
    if not found and patient.identifiers:
        # Came once without any number, and has one now.
        earlier = queries.patient_with(unit, SOURCE_SYSTEM, patient.source)
        if earlier is not None and _agreement(unit, earlier, patient) == _AGREEING + 1:
            found = {earlier}
    if len(found) > 1:
        words = "The identifiers of this patient belong to two different patients in the record."
        raise BadFile("identifiers-disagree", words, patient.place)
    if not found:
        return None
    (patient_id,) = found
    if patient_id is not None and _agreement(unit, patient_id, patient) < _AGREEING:
        words = "The identifier of this patient belongs to somebody else in the record."
        raise BadFile("identifier-of-another", words, patient.place)
    return patient_id


def _agreement(unit: UnitOfWork, patient_id: UUID, patient: ImportedPatient) -> int:
    """How many of family name, first name and birth date do not contradict, 0 to 3."""
    kept = queries.group_rows(unit, patient_id, [_PATIENT])[_PATIENT][0]
    came = patient.columns
    born = kept["birth_day"], came.get("birth_day")
    precision = {kept["birth_precision"], came.get("birth_precision")}
    same_birth = None in born or born[0] == born[1]
    if not same_birth and precision & {"year", "month"}:
        same_birth = born[0].year == born[1].year  # type: ignore[union-attr]
    return (
        _alike(kept["family"], came.get("family"))
        + _alike(_first(kept["given"]), _first(came.get("given")))
        + same_birth
    )


def _alike(kept: str | None, came: str | None) -> bool:
    return not kept or not came or folded(kept) == folded(came)


def _first(given: str | None) -> str | None:
    return given.split()[0] if given else None


def _add_identifiers(unit: UnitOfWork, patient_id: UUID, patient: ImportedPatient) -> Outcome:
    outcome = Outcome.UNCHANGED
    for system, value in patient.identifiers or ((SOURCE_SYSTEM, patient.source),):
        if queries.patient_with(unit, system, value) is None and not _struck(
            unit, patient_id, system, value
        ):
            columns = {"system": system, "value": value}
            actions.add(unit, patient_id, Row("patient_identifier"), columns)
            outcome = Outcome.UPDATED
    return outcome


def _struck(unit: UnitOfWork, patient_id: UUID, system: str, value: str) -> bool:
    """Whether a nurse struck this number out of this chart; then it stays out."""
    rows = queries.group_rows(unit, patient_id, ["patient_identifier"])["patient_identifier"]
    return any((row["system"], row["value"]) == (system, value) for row in rows)


def _merge_person(
    unit: UnitOfWork,
    patient_id: UUID,
    patient: ImportedPatient,
    person: Mapping[str, Any],
    kept: Mapping[str, Any] | None,
) -> Outcome:
    return _merge(unit, patient_id, Row(_PATIENT), (patient.source, patient.columns), person, kept)


def _take_row(
    unit: UnitOfWork,
    patient_id: UUID,
    row: ImportedRow,
    standing: Mapping[Any, Mapping[str, Any]],
    kept: Mapping[str, Any] | None,
) -> Outcome | None:
    """Adds, mends or leaves a row; None where it has nothing to say (a medicine long stopped)."""
    if kept is None:
        if row.only_change:
            return None
        same = _same(row, standing)
        if same is not None:
            # The nurse wrote it down before, or it came from elsewhere: it is not said twice.
            _remember(unit, patient_id, row.source, Row(row.group, (same,)), row.columns)
            return Outcome.UNCHANGED
        _add_row(unit, patient_id, row)
        return Outcome.ADDED
    seq = kept["row_seq"]
    current = standing.get(seq)
    if current is None:
        return Outcome.UNCHANGED
    address = Row(row.group, (seq,))
    return _merge(unit, patient_id, address, (row.source, row.columns), current, kept)


def _merge(
    unit: UnitOfWork,
    patient_id: UUID,
    address: Row,
    came: tuple[str, Mapping[str, Any]],
    current: Mapping[str, Any],
    kept: Mapping[str, Any] | None,
) -> Outcome:
    source, columns = came
    former: dict[str, Any] = json.loads(kept["received"]) if kept else {}
    now = _plain(columns)
    if kept and now == former:
        return Outcome.UNCHANGED
    _remember(unit, patient_id, source, address, columns)
    if current["struck_at"] is not None:
        return Outcome.UNCHANGED
    standing = _plain({name: current[name] for name in columns})
    changed = {
        name: columns[name]
        for name in columns
        if now[name] != former.get(name)
        and standing[name] != now[name]
        and standing[name] in {None, former.get(name)}
    }
    changed = _whole_figures(address.group, changed, columns)
    if not changed:
        return Outcome.UNCHANGED
    actions.change(unit, patient_id, address, changed)
    return Outcome.UPDATED


def _whole_figures(
    group: str, changed: dict[str, Any], columns: Mapping[str, Any]
) -> dict[str, Any]:
    """A measured figure changes with its text and unit or not at all."""
    for leaf in STORE.group(group).rows.leaves:
        names = leaf.columns()
        if len(names) > 1 and names[0] in columns:
            together = names[0] in changed
            for name in names:
                changed.pop(name, None)
                if together:
                    changed[name] = columns[name]
    return changed


def _no_allergies(
    unit: UnitOfWork,
    patient_id: UUID,
    patient: ImportedPatient,
    person: Mapping[str, Any],
) -> Outcome:
    if not patient.no_known_allergies or person["allergy_state"] != AllergyState.NOT_ASKED:
        return Outcome.UNCHANGED
    rows = queries.group_rows(unit, patient_id, ["allergy"])["allergy"]
    if rows:
        # One was listed once, and struck or not: only a person can say now that there are none.
        return Outcome.UNCHANGED
    actions.set_allergies_none_known(unit, patient_id)
    return Outcome.UPDATED


def _add_row(unit: UnitOfWork, patient_id: UUID, row: ImportedRow) -> None:
    made = actions.add(unit, patient_id, Row(row.group), row.columns)
    _remember(unit, patient_id, row.source, made, row.columns)


def _remember(
    unit: UnitOfWork, patient_id: UUID, source: str, address: Row, columns: Mapping[str, Any]
) -> None:
    received = json.dumps(_plain(columns), ensure_ascii=False, sort_keys=True)
    cells.put(
        unit,
        KeptRow,
        {"patient_id": patient_id, "source": source},
        {
            "row_group": address.group,
            "row_seq": address.at[0] if address.at else None,
            "received": received,
        },
    )


def _plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in columns.items()}


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


def _same(row: ImportedRow, standing: Mapping[Any, Mapping[str, Any]]) -> int | None:
    """The number of a standing row that says the same; None when there is none."""
    tell = _TELLING.get(row.group)
    if tell is None:
        return None
    wanted = tell(row.columns)
    for seq, one in standing.items():
        if one["struck_at"] is None and tell(one) == wanted:
            number: int = seq
            return number
    return None


def _said(columns: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(
        folded(value) if isinstance(value, str) else value
        for value in (columns.get(name) for name in names)
    )


_TELLING: dict[str, Callable[[Mapping[str, Any]], tuple[Any, ...]]] = {
    "allergy": lambda row: _said(row, "substance"),
    "condition": lambda row: _said(row, "words"),
    "contact": lambda row: _said(row, "name"),
    "precaution": lambda row: _said(row, "kind", "limb", "what"),
    "home_medicine": lambda row: _said(row, "words", "dose", "route", "frequency"),
    "weight": lambda row: _said(row, "weight_kg", "day"),
    "height": lambda row: _said(row, "height_cm", "day"),
    "past_measurement": lambda row: _said(row, "code", "what", "value", "second_value", "at"),
}
