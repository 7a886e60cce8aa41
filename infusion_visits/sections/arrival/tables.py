"""The table of the arrival."""

from datetime import datetime

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    VisitRow,
    instant_column,
    keys_column,
    optional,
    text_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.arrival.fields import ARRIVAL, SECTION
from infusion_visits.sections.arrival.values import Arrival, ArrivalCheck


class ArrivalRow(VisitRow, table=True):
    """The arrival at one visit."""

    __tablename__ = "arrival"

    time_in: datetime | None = instant_column("when the visit began, UTC")
    identifiers: tuple[str, ...] | None = keys_column("by what the patient was identified")
    identified_at: datetime | None = instant_column("when identified, UTC")
    place: str | None = text_column("kind of place")
    place_note: str | None = text_column("address, when not the one on record")
    present: str | None = text_column("who else was there")
    consent: str | None = text_column("given, standing or refused")
    consent_by: str | None = text_column("patient, guardian or representative")
    consent_name: str | None = text_column("name of guardian or representative")
    rights: bool | None = optional(Boolean, "rights and responsibilities explained")
    emergency_contact: bool | None = optional(Boolean, "emergency contact confirmed")
    allergies_review: str | None = text_column("unchanged or changed")
    allergies_note: str | None = text_column("what changed")
    medicines_review: str | None = text_column("unchanged or changed")
    medicines_note: str | None = text_column("what changed")
    hand_hygiene: bool | None = optional(Boolean, "hand hygiene done")
    note: str | None = text_column("free words")


STORE = Store(
    section=SECTION,
    values=Arrival,
    groups=(Group(rows=ARRIVAL, table=ArrivalRow, keys=(), value=ArrivalCheck),),
)
