"""The table of the departure."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    VisitRow,
    decimal_column,
    instant_column,
    optional,
    text_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.departure.fields import DEPARTURE, SECTION
from infusion_visits.sections.departure.values import Departure, Leaving


class DepartureRow(VisitRow, table=True):
    """The departure from one visit."""

    __tablename__ = "departure"

    time_out: datetime | None = instant_column("when the visit ended, UTC")
    condition: str | None = text_column("condition on leaving")
    condition_note: str | None = text_column("what was seen")
    tolerance: str | None = text_column("how the care was tolerated")
    tolerance_note: str | None = text_column("what was difficult")
    vitals_stable: bool | None = optional(Boolean, "vital signs within 20 % of before")
    access: str | None = text_column("state of the line")
    observed: bool | None = optional(Boolean, "watched as long as ordered")
    driver: str | None = text_column("adult driver: not needed, yes or no")
    knows_number: bool | None = optional(Boolean, "knows the 24-hour number")
    plan: str | None = text_column("plan for the next visit")
    next_visit: datetime | None = instant_column("next visit, UTC")
    supplies_left: str | None = text_column("supplies left in the home")
    miles: Decimal | None = decimal_column("miles")
    miles_entered: str | None = text_column("as typed")
    miles_unit: str | None = text_column("UCUM")
    note: str | None = text_column("free words")
    nurse_ink: str | None = text_column("strokes as JSON, thousandths of the box width")
    patient_ink: str | None = text_column("strokes as JSON, thousandths of the box width")
    patient_signer: str | None = text_column("who signed, when not the patient")
    no_patient_ink: str | None = text_column("why the patient did not sign")
    no_patient_ink_note: str | None = text_column("which other reason")
    outcome: str | None = text_column("why care ended")
    outcome_words: str | None = text_column("what was reached, and who goes on caring")


STORE = Store(
    section=SECTION,
    values=Departure,
    groups=(Group(rows=DEPARTURE, table=DepartureRow, keys=(), value=Leaving),),
)
