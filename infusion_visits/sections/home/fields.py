"""What is asked about the home: one assessment, and one row for each of forty items answered.

A row's number within the visit is the number of its item; the items, their severities and sources
stand in the catalogue `resources/clinical/home_assessment.toml` (clinical reference section 6).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Day,
    Many,
    Number,
    Option,
    Rows,
    Shown,
    Text,
    When,
)
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.units import CELSIUS, FAHRENHEIT, MINUTE, SCORE

SECTION = "home"
ITEM_COUNT = 40
HOME_KINDS = frozenset({VisitKind.START_OF_CARE, VisitKind.REASSESSMENT})

FULL = "full"
CHANGES = "changes"
UNCHANGED = "unchanged"
METHODS = (
    Option(FULL, "whole home seen"),
    Option(CHANGES, "only changes"),
    Option(UNCHANGED, "unchanged"),
)
OUTCOMES = (
    Option("not_suitable", "not suitable"),
    Option("undetermined", "undetermined"),
    Option("suitable_with_plan", "suitable with a plan"),
    Option("suitable", "suitable"),
)
NEEDS = (
    Option("pump", "electric pump"),
    Option("continuous", "continuous infusion that must not stop"),
    Option("nutrition", "parenteral nutrition"),
    Option("refrigerated", "drug kept refrigerated"),
    Option("controlled", "opioid or other controlled drug"),
    Option("hazardous", "hazardous drug"),
    Option("anaphylaxis_kit", "anaphylaxis kit"),
    Option("caregiver", "caregiver"),
    Option("supervised_first", "first dose in a monitored place"),
    Option("labs", "current laboratory results"),
    Option("none", "none of these"),
)
ADDRESS = "address"
CHANGED = (
    Option(ADDRESS, "address"),
    Option("caregiver", "caregiver"),
    Option("therapy", "therapy"),
    Option("incident", "an incident"),
    Option("none", "none of these"),
)
PASS = "pass"
FAIL = "fail"
NOT_APPLICABLE = "not_applicable"
MINOR = "minor"
_EARLIER = Shown("method", (CHANGES, UNCHANGED))
GO_ON = "go_on"
_AGREED = Shown("referred", (GO_ON,))

HOME_ASSESSMENT = Rows(
    name="home_assessment",
    label="Home assessment",
    fields=(
        Choice(name="method", label="How", options=METHODS, required=HOME_KINDS),
        When(name="at", label="Assessed at", required=HOME_KINDS),
        Day(
            name="earlier_day",
            label="Earlier assessment of",
            future=False,
            shown=_EARLIER,
            required=True,
        ),
        Choice(
            name="earlier_outcome",
            label="Its outcome",
            options=OUTCOMES,
            shown=_EARLIER,
            required=True,
        ),
        Many(
            name="changed",
            label="Changed since",
            help="Any of these asks for the whole home to be assessed anew",
            options=CHANGED,
            shown=_EARLIER,
        ),
        Many(
            name="needs",
            label="What this therapy needs",
            help="Decides which items block",
            options=NEEDS,
            required=HOME_KINDS,
        ),
        Choice(
            name="referred",
            label="If not suitable",
            options=(
                Option("reschedule", "put off until resolved"),
                Option("suite", "infusion suite"),
                Option("office", "doctor's office"),
                Option("facility", "skilled nursing facility"),
                Option("hospital", "hospital"),
                Option(GO_ON, "go on, as agreed"),
            ),
            help="A blocking item is gone past only with prescriber and clinical manager",
        ),
        Text(
            name="agreed_prescriber",
            label="Prescriber who agreed",
            shown=_AGREED,
            required=True,
        ),
        Text(
            name="agreed_manager",
            label="Clinical manager who agreed",
            shown=_AGREED,
            required=True,
        ),
        When(name="agreed_at", label="Agreed at", shown=_AGREED, required=True),
        Text(name="agreed_reason", label="Why", shown=_AGREED, required=True, lines=2),
        Text(name="note", label="Note", lines=2),
    ),
    single=True,
    time_field="at",
)

HOME_FINDING = Rows(
    name="home_finding",
    label="Items",
    fields=(
        Choice(
            name="answer",
            label="Answer",
            options=(
                Option(PASS, "pass"),
                Option(FAIL, "fail"),
                Option(NOT_APPLICABLE, "not applicable"),
            ),
            may_be_not_done=True,
        ),
        Choice(
            name="extent",
            label="How much",
            options=(
                Option(MINOR, "minor or partial"),
                Option("serious", "serious"),
            ),
            shown=Shown("answer", (FAIL,)),
        ),
        Number(
            name="temperature",
            label="Refrigerator",
            units=(CELSIUS, FAHRENHEIT),
            decimals=1,
            low=Decimal(-30),
            high=Decimal(50),
        ),
        Number(name="score", label="Fall score", units=(SCORE,), high=Decimal(10)),
        Number(name="minutes", label="Minutes to help", units=(MINUTE,), high=Decimal(600)),
        Text(name="note", label="What was seen"),
        Text(name="plan", label="Plan"),
        Text(name="owner", label="Who does it"),
        Day(name="due_day", label="By when"),
    ),
)

ROWS: tuple[Rows, ...] = (HOME_ASSESSMENT, HOME_FINDING)
