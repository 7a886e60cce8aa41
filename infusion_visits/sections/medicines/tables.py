"""The table of medicines given."""

from datetime import date, datetime

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    VisitRow,
    day_column,
    instant_column,
    optional,
    seq_column,
    text_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.medicines.fields import MEDICINE_GIVEN, SECTION
from infusion_visits.sections.medicines.values import MedicineGiven, Medicines


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


STORE = Store(
    section=SECTION,
    values=Medicines,
    groups=(
        Group(rows=MEDICINE_GIVEN, table=MedicineGivenRow, keys=("seq",), value=MedicineGiven),
    ),
)
