"""The tables of medicines given and of home medicines gone through."""

from datetime import date, datetime

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    VisitRow,
    day_column,
    instant_column,
    keys_column,
    optional,
    seq_column,
    text_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.medicines.fields import MEDICINE_GIVEN, SECTION
from infusion_visits.sections.medicines.home_list import (
    NEW_MEDICINE,
    RECONCILED_MEDICINE,
    RECONCILIATION,
)
from infusion_visits.sections.medicines.values import (
    MedicineGiven,
    Medicines,
    NewHomeMedicine,
    ReconciledMedicine,
    Reconciliation,
)


class MedicineGivenRow(VisitRow, table=True):
    """One medicine given at one visit."""

    __tablename__ = "medicine_given"

    seq: int = seq_column()
    at: datetime | None = instant_column("when given, UTC")
    medicine: str | None = text_column("name")
    dose: str | None = text_column("figure as written")
    dose_unit: str | None = text_column("unit of the dose")
    route: str | None = text_column("route")
    why: str | None = text_column("premedication, emergency or other")
    reason: str | None = text_column("complaint and order")
    given_by: str | None = text_column("nurse, patient as reported, or caregiver")
    lot: str | None = text_column("lot number")
    expiry: date | None = day_column("last day of use")
    response: str | None = text_column("response of the patient")
    site: str | None = text_column("where on the body")
    kit: bool | None = optional(Boolean, "taken from the emergency kit")


class ReconciliationRow(VisitRow, table=True):
    """The home medicines gone through at one visit."""

    __tablename__ = "reconciliation"

    reconciled_at: datetime | None = instant_column("when gone through, UTC")
    sources: tuple[str, ...] | None = keys_column("by what they were gone through")
    told: str | None = text_column("who was told of a difference")
    note: str | None = text_column("free words")


class ReconciledMedicineRow(VisitRow, table=True):
    """One medicine of the patient's list; `seq` is its number there."""

    __tablename__ = "reconciled_medicine"

    seq: int = seq_column()
    medicine: str | None = text_column("what it was called then")
    answer: str | None = text_column("still, changed, on hold, stopped")
    dose: str | None = text_column("dose, where it is other or was lacking")
    route: str | None = text_column("route, where it is other or was lacking")
    frequency: str | None = text_column("how often, where it is other or was lacking")
    reason: str | None = text_column("what it is taken for")
    words: str | None = text_column("why, since when, by whom")


class NewHomeMedicineRow(VisitRow, table=True):
    """One medicine that was not on the list."""

    __tablename__ = "new_home_medicine"

    seq: int = seq_column()
    medicine: str | None = text_column("medicine")
    dose: str | None = text_column("dose")
    route: str | None = text_column("route")
    frequency: str | None = text_column("how often")
    reason: str | None = text_column("what it is taken for")
    since: str | None = text_column("since when")
    over_the_counter: bool | None = optional(Boolean, "bought without prescription")
    prescriber: str | None = text_column("who prescribed it")


STORE = Store(
    section=SECTION,
    values=Medicines,
    groups=(
        Group(rows=MEDICINE_GIVEN, table=MedicineGivenRow, keys=("seq",), value=MedicineGiven),
        Group(rows=RECONCILIATION, table=ReconciliationRow, keys=(), value=Reconciliation),
        Group(
            rows=RECONCILED_MEDICINE,
            table=ReconciledMedicineRow,
            keys=("seq",),
            value=ReconciledMedicine,
        ),
        Group(rows=NEW_MEDICINE, table=NewHomeMedicineRow, keys=("seq",), value=NewHomeMedicine),
    ),
)
