"""Whose chart a note belongs to: known for sure, to be chosen by a person, or a new patient.

Threat: a note filed into another patient's chart brings allergies, orders and lines to somebody
who does not have them. So a match is sure or it is asked for; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.patients import queries
from infusion_visits.patients.patient_index import folded
from infusion_visits.patients.tables import ImportedRow
from infusion_visits.records import cells

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from infusion_visits.patients.values import PatientChart, Person
    from infusion_visits.records.unit_of_work import UnitOfWork

_PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant: `patient` when it is sure; else `candidates` to choose from, and why.

    Neither: nobody here, a chart is to be made.
    """

    patient: UUID | None = None
    candidates: tuple[UUID, ...] = ()
    why: str = ""


def who_is_meant(unit: UnitOfWork, there: UUID, chart: PatientChart) -> Meant:
    """The patient of this record whom another laptop calls `there` and knows as `chart`."""
    for known in (_standing(unit, there), queries.patient_from(unit, source_of(there))):
        if known is not None:
            return _still_the_same(unit, known, chart)
    by_number = _by_number(unit, chart)
    if len(by_number) > 1:
        words = "The numbers in this note belong to different patients here."
        return Meant(candidates=by_number, why=words)
    if by_number:
        return _agreeing(unit, by_number[0], chart)
    alike = _by_name(unit, chart)
    if alike:
        words = "A patient here has the same name and birth date, but no common number."
        return Meant(candidates=alike, why=words)
    return Meant()


def remember(unit: UnitOfWork, there: UUID, here: UUID) -> None:
    """From now on the patient whom another laptop calls `there` is `here`, without asking."""
    if there == here:
        return
    cells.put(
        unit,
        ImportedRow,
        {"patient_id": here, "source": source_of(there)},
        {"row_group": _PATIENT, "row_seq": None, "received": "{}"},
    )


def is_here(unit: UnitOfWork, patient: UUID) -> bool:
    """Whether there is a chart of this patient."""
    return _standing(unit, patient) is not None


def source_of(there: UUID) -> str:
    """What a patient of another laptop is remembered by."""
    return f"note {there}"


def _standing(unit: UnitOfWork, patient: UUID) -> UUID | None:
    return patient if queries.group_rows(unit, patient, [_PATIENT])[_PATIENT] else None


def _by_number(unit: UnitOfWork, chart: PatientChart) -> tuple[UUID, ...]:
    found = {
        queries.patient_with(unit, one.system, one.value)
        for one in chart.patient_identifier
        if one.mark.struck is None and one.system and one.value
    }
    return tuple(sorted(found - {None}, key=str))  # type: ignore[arg-type]


def _still_the_same(unit: UnitOfWork, patient: UUID, chart: PatientChart) -> Meant:
    """A patient known by id: people marry and dates are put right, but not both at once."""
    here = queries.group_rows(unit, patient, [_PATIENT])[_PATIENT][0]
    person = chart.patient
    if person is None or here["birth_day"] == person.birth_day:
        return Meant(patient)
    if folded(here["family"] or "") == folded(person.family or ""):
        return Meant(patient)
    words = "The note's patient has another name and another birth date here."
    return Meant(candidates=(patient,), why=words)


def _agreeing(unit: UnitOfWork, patient: UUID, chart: PatientChart) -> Meant:
    here = queries.group_rows(unit, patient, [_PATIENT])[_PATIENT][0]
    person = chart.patient
    if person is None or person.birth_day is None or here["birth_day"] != person.birth_day:
        words = "The number belongs to a patient here with another birth date."
        return Meant(candidates=(patient,), why=words)
    if folded(here["family"] or "") != folded(person.family or ""):
        words = "The number and birth date belong to a patient here with another family name."
        return Meant(candidates=(patient,), why=words)
    return Meant(patient)


def _by_name(unit: UnitOfWork, chart: PatientChart) -> tuple[UUID, ...]:
    person = chart.patient
    if person is None or person.birth_day is None:
        return ()
    return tuple(
        row["id"] for row in queries.born_on(unit, person.birth_day) if _is_called(row, person)
    )


def _is_called(row: Mapping[str, Any], person: Person) -> bool:
    same_sex = None in (row["sex"], person.sex) or row["sex"] == person.sex
    return same_sex and all(
        folded(row[name] or "") == folded(getattr(person, name) or "")
        for name in ("family", "given")
    )
