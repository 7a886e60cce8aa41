"""What one visit says about medicines given and home medicines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class MedicineGiven:
    """One medicine given or taken; the dose is text as written, its unit beside it."""

    mark: Mark
    at: datetime | None = None
    medicine: str | None = None
    dose: str | None = None
    dose_unit: str | None = None
    route: str | None = None
    why: str | None = None
    reason: str | None = None
    given_by: str | None = None
    lot: str | None = None
    expiry: date | None = None
    response: str | None = None
    site: str | None = None
    kit: bool | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """When and by what the home medicines were gone through; who wrote it did it."""

    mark: Mark
    reconciled_at: datetime | None = None
    sources: tuple[str, ...] | None = None
    told: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ReconciledMedicine:
    """One medicine of the patient's list; the row's number is its number there.

    `medicine` is what it was called then, so that the row is understood by itself.
    """

    mark: Mark
    medicine: str | None = None
    answer: str | None = None
    dose: str | None = None
    route: str | None = None
    frequency: str | None = None
    reason: str | None = None
    words: str | None = None

    @property
    def number(self) -> int:
        """The number in the patient's list."""
        return int(self.mark.row.at[0])


@dataclass(frozen=True, slots=True)
class NewHomeMedicine:
    """A medicine that the patient takes and that was not on the list."""

    mark: Mark
    medicine: str | None = None
    dose: str | None = None
    route: str | None = None
    frequency: str | None = None
    reason: str | None = None
    since: str | None = None
    over_the_counter: bool | None = None
    prescriber: str | None = None


@dataclass(frozen=True, slots=True)
class Medicines:
    """All medicines given at one visit, and the home medicines gone through."""

    medicine_given: tuple[MedicineGiven, ...] = ()
    reconciliation: Reconciliation | None = None
    reconciled_medicine: tuple[ReconciledMedicine, ...] = ()
    new_home_medicine: tuple[NewHomeMedicine, ...] = ()
