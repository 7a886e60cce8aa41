"""What is kept of a patient from visit to visit, in the order it is asked; orders lie beside.

Sources: clinical reference 7.2 (what an intake must hold), 7.11 (survey deficiencies), 11.15,
11.16, 11.23 and 11.28 (weight, age, limb and allergy traps).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Day,
    Number,
    Option,
    Owner,
    Rows,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.units import CENTIMETRE, GRAM, INCH, KILOGRAM, POUND
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.line_order_fields import LINE_ORDER
from infusion_visits.patients.order_fields import THERAPY_ORDER
from infusion_visits.patients.plan_fields import PLAN_OF_CARE

SECTION = "patients"
"""The section name in the cells of everything that belongs to the patient."""

SEXES = (
    Option("female", "female"),
    Option("male", "male"),
    Option("other", "other"),
    Option("unknown", "unknown"),
)
PRECISIONS = (
    Option("day", "day known"),
    Option("month", "only month and year known"),
    Option("year", "only the year known"),
)
PATIENT_STATES = (
    Option("active", "active"),
    Option("on hold", "on hold"),
    Option("discharged", "discharged"),
    Option("died", "died"),
)
ALLERGY_STATES = (
    Option(AllergyState.NOT_ASKED.value, "not asked"),
    Option(AllergyState.NONE_KNOWN.value, "no known allergies"),
    Option(AllergyState.KNOWN.value, "allergies as listed"),
)
ALLERGY_KINDS = (
    Option("drug", "drug"),
    Option("food", "food"),
    Option("environment", "environment"),
    Option("latex", "latex"),
    Option("adhesive", "adhesive or tape"),
    Option("chlorhexidine", "chlorhexidine"),
    Option("heparin", "heparin (also HIT)"),
    Option("biologic", "biologic"),
    Option("other", "other"),
)
SEVERITIES = (
    Option("mild", "mild"),
    Option("moderate", "moderate"),
    Option("severe", "severe"),
    Option("anaphylaxis", "anaphylaxis"),
)
SPO2_TARGET = "spo2_target"
PRECAUTION_KINDS = (
    Option("limb", "limb alert", "No blood pressure, no needle in this limb."),
    Option("fall", "fall risk"),
    Option("bleeding", "bleeding risk"),
    Option("infection", "infection control"),
    Option("oxygen", "oxygen in use"),
    Option("seizure", "seizure risk"),
    Option(
        SPO2_TARGET,
        "SpO2 target 88 to 92 %",
        "Documented by a clinician; NEWS2 then uses its SpO2 scale 2.",
    ),
    Option("access", "difficult venous access"),
    Option("dnr", "do not resuscitate directive on file"),
    Option("other", "other"),
)
LIMBS = (
    Option("right arm", "right arm"),
    Option("left arm", "left arm"),
    Option("right leg", "right leg"),
    Option("left leg", "left leg"),
)
COURSES = (
    Option("active", "active"),
    Option("inactive", "inactive"),
    Option("resolved", "resolved"),
)
TAKEN = (
    Option("taking", "taking"),
    Option("on hold", "on hold"),
    Option("stopped", "stopped"),
)
TIME_PRECISIONS = (Option("time", "time known"), *PRECISIONS)

PATIENT = Rows(
    name="patient",
    label="Patient",
    single=True,
    owner=Owner.PATIENT,
    fields=(
        Text(name="family", label="Family name", required=True, longest=200),
        Text(name="given", label="Given names", required=True, longest=200),
        Text(name="suffix", label="Suffix", longest=40),
        Text(name="preferred_name", label="Likes to be called", longest=200),
        Text(name="other_names", label="Other names", longest=1000),
        Day(name="birth_day", label="Birth date", required=True, future=False),
        Choice(
            name="birth_precision",
            label="Birth date is",
            options=PRECISIONS,
            help="For a year only, type its first of January and choose it here.",
        ),
        Choice(name="sex", label="Sex", options=SEXES),
        Text(
            name="zone",
            label="Time zone of the home",
            help="Such as America/New_York; due dates are days at the home.",
            longest=80,
        ),
        Text(name="telephone", label="Telephone", longest=80),
        Text(name="other_telephone", label="Other telephones", longest=300),
        Text(name="email", label="E-mail", longest=200),
        Text(name="address", label="Address", lines=4, longest=1000),
        Text(name="language", label="Language", longest=80),
        YesNo(name="interpreter", label="Interpreter needed"),
        Choice(name="allergy_state", label="Allergies", options=ALLERGY_STATES),
        Text(
            name="allergy_note",
            label="What was asked about allergies",
            help="Such as: no known drug allergies; latex and tape not asked.",
            longest=1000,
        ),
        Text(name="notes", label="Notes", lines=4),
        Choice(name="status", label="Status", options=PATIENT_STATES),
    ),
)

PATIENT_IDENTIFIER = Rows(
    name="patient_identifier",
    label="Identifiers",
    owner=Owner.PATIENT,
    add_label="Add an identifier",
    fields=(
        Text(
            name="system",
            label="Given by",
            required=True,
            longest=400,
            help="Who gives this number: the agency, a hospital, an insurer.",
        ),
        Text(name="value", label="Number", required=True, longest=400),
    ),
)

WEIGHT = Rows(
    name="weight",
    label="Weights",
    owner=Owner.PATIENT,
    add_label="Add a weight",
    fields=(
        Number(
            name="weight_kg",
            label="Weight",
            units=(KILOGRAM, POUND, GRAM),
            decimals=2,
            low=Decimal("0.2"),
            high=Decimal(650),
            required=True,
        ),
        Day(name="day", label="Weighed on", future=False, required=True),
        Text(name="source", label="Source", help="Scale at home, clinic, patient's word."),
        Text(name="as_received", label="As written in the source", longest=80),
    ),
)

HEIGHT = Rows(
    name="height",
    label="Heights",
    owner=Owner.PATIENT,
    add_label="Add a height",
    fields=(
        Number(
            name="height_cm",
            label="Height",
            units=(CENTIMETRE, INCH),
            decimals=1,
            low=Decimal(20),
            high=Decimal(280),
            required=True,
        ),
        Day(name="day", label="Measured on", future=False, required=True),
        Text(name="source", label="Source"),
        Text(name="as_received", label="As written in the source", longest=80),
    ),
)

ALLERGY = Rows(
    name="allergy",
    label="Allergies",
    owner=Owner.PATIENT,
    add_label="Add an allergy",
    fields=(
        Text(name="substance", label="Substance", required=True, longest=400),
        Text(name="reaction", label="Reaction", longest=1000),
        Choice(name="severity", label="Severity", options=SEVERITIES),
        Choice(name="kind", label="Kind", options=ALLERGY_KINDS),
        Choice(
            name="risk",
            label="Risk",
            options=(
                Option("low", "low risk"),
                Option("high", "high risk"),
            ),
        ),
        Choice(name="status", label="Status", options=COURSES),
        Text(name="code", label="Code", longest=100),
        Text(name="system", label="Code system", longest=400),
        Text(name="source", label="Source", longest=400),
    ),
)

CONTACT = Rows(
    name="contact",
    label="Contacts",
    owner=Owner.PATIENT,
    add_label="Add a contact",
    fields=(
        Text(name="name", label="Name", required=True, longest=200),
        Text(name="relation", label="Relation", longest=200),
        Text(name="telephone", label="Telephone", longest=200),
        YesNo(name="may_be_told", label="May be told about care"),
        YesNo(name="emergency", label="Call in an emergency"),
    ),
)

PRECAUTION = Rows(
    name="precaution",
    label="Precautions and limb alerts",
    owner=Owner.PATIENT,
    add_label="Add a precaution",
    fields=(
        Choice(name="kind", label="Kind", options=PRECAUTION_KINDS, required=True),
        Choice(
            name="limb",
            label="Limb",
            options=LIMBS,
            help="No blood pressure and no needle here.",
        ),
        Text(name="what", label="What", longest=400),
        Text(name="why", label="Why", longest=400),
        Day(name="until", label="Until"),
    ),
)

CONDITION = Rows(
    name="condition",
    label="Conditions",
    owner=Owner.PATIENT,
    add_label="Add a condition",
    fields=(
        Text(name="words", label="Condition", required=True, longest=1000),
        Text(name="code", label="Code", longest=100),
        Text(name="system", label="Code system", longest=400),
        Text(name="since", label="Since", longest=80),
        Choice(name="status", label="Status", options=COURSES),
    ),
)

HOME_MEDICINE = Rows(
    name="home_medicine",
    label="Home medicines",
    owner=Owner.PATIENT,
    add_label="Add a home medicine",
    fields=(
        Text(name="words", label="Medicine", required=True, longest=1000),
        Text(name="dose", label="Dose", longest=400),
        Text(name="route", label="Route", longest=200),
        Text(name="frequency", label="How often", longest=400),
        Text(name="reason", label="What for", longest=400),
        Text(name="since", label="Since", longest=80),
        Choice(name="status", label="Status", options=TAKEN),
        Text(name="code", label="Code", longest=100),
        Text(name="system", label="Code system", longest=400),
        YesNo(name="over_the_counter", label="Bought without prescription"),
    ),
)

PAST_MEASUREMENT = Rows(
    name="past_measurement",
    label="Measurements from before",
    owner=Owner.PATIENT,
    time_field="at",
    add_label="Add a past measurement",
    help="History that came with the patient; it belongs to no visit.",
    fields=(
        Text(name="what", label="What", required=True, longest=400),
        Text(name="code", label="LOINC code", longest=100),
        Text(name="value", label="Value", required=True, longest=400),
        Text(name="second_value", label="Second value", help="Diastolic pressure.", longest=80),
        Text(name="unit", label="Unit", longest=80),
        When(name="at", label="Measured at"),
        Choice(name="at_precision", label="Time is", options=TIME_PRECISIONS),
    ),
)

TASK = Rows(
    name="task",
    label="Tasks",
    owner=Owner.PATIENT,
    own_id=True,
    add_label="Add a task",
    fields=(
        Text(name="what", label="What", required=True, longest=1000),
        Text(name="assignee", label="Who does it", longest=200),
        Day(name="due_day", label="Due"),
        When(name="done_at", label="Done at"),
        Text(name="origin", label="Comes from", longest=400),
    ),
)

ROWS: tuple[Rows, ...] = (
    PATIENT,
    PATIENT_IDENTIFIER,
    WEIGHT,
    HEIGHT,
    ALLERGY,
    CONTACT,
    PRECAUTION,
    CONDITION,
    HOME_MEDICINE,
    PAST_MEASUREMENT,
    PLAN_OF_CARE,
    LINE_ORDER,
    THERAPY_ORDER,
    TASK,
)
