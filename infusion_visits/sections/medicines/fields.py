"""What is asked of each medicine given at the visit, and of the home medicines."""

from __future__ import annotations

from infusion_visits.core.fields import Choice, Day, Option, Rows, Text, When, YesNo
from infusion_visits.sections.medicines.home_list import (
    NEW_MEDICINE,
    RECONCILED_MEDICINE,
    RECONCILIATION,
)

SECTION = "medicines"
PREMEDICATION = "premedication"
AS_REPORTED = "patient_as_reported"

DOSE_UNITS = (
    Option("mg", "mg"),
    Option("mcg", "mcg"),
    Option("g", "g"),
    Option("mL", "mL"),
    Option("units", "units"),
    Option("mEq", "mEq"),
    Option("puffs", "puffs"),
    Option("tablets", "tablets"),
    Option("L/min", "L/min"),
)
ROUTES = (
    Option("oral", "oral"),
    Option("IV", "IV"),
    Option("IM", "IM"),
    Option("subcut", "subcut"),
    Option("inhaled", "inhaled"),
    Option("sublingual", "sublingual"),
    Option("rectal", "rectal"),
    Option("nasal", "nasal"),
    Option("topical", "topical"),
)

MEDICINE_GIVEN = Rows(
    name="medicine_given",
    label="Medicines given",
    add_label="Add a medicine",
    time_field="at",
    fields=(
        When(name="at", label="Time", required=True),
        Text(name="medicine", label="Medicine", required=True, longest=200),
        Text(name="dose", label="Dose", required=True, longest=60, help="Such as 650 or 0.3"),
        Choice(name="dose_unit", label="Unit", options=DOSE_UNITS, required=True),
        Choice(name="route", label="Route", options=ROUTES, required=True),
        Choice(
            name="why",
            label="Why",
            required=True,
            options=(
                Option(PREMEDICATION, "premedication"),
                Option("emergency", "emergency"),
                Option("other", "other"),
            ),
        ),
        Text(name="reason", label="Reason", help="For which complaint, by whose order"),
        Choice(
            name="given_by",
            label="Given by",
            required=True,
            options=(
                Option("nurse", "nurse"),
                Option(AS_REPORTED, "taken at home, as the patient reported"),
                Option("caregiver", "caregiver"),
            ),
        ),
        Text(name="lot", label="Lot", longest=60),
        Day(name="expiry", label="Expires"),
        Text(name="response", label="Response", lines=2),
        Text(name="site", label="Site", longest=60, help="Such as left mid-outer thigh"),
        YesNo(name="kit", label="From the emergency kit"),
    ),
)

ROWS: tuple[Rows, ...] = (
    MEDICINE_GIVEN,
    RECONCILIATION,
    RECONCILED_MEDICINE,
    NEW_MEDICINE,
)
