"""Every field of the patient's chart stands in the note, or is named where it is left out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.kinds import VisitKind
from infusion_visits.notes.compose import Draft, compose
from infusion_visits.notes.known import NOT_FOR_THE_NOTE
from infusion_visits.patients.order_options import CYCLE, PCA, PER_M2
from infusion_visits.patients.values import (
    Contact,
    HeightTaken,
    LineOrder,
    PastMeasurement,
    PatientChart,
    PlanOfCare,
)
from infusion_visits.visits.facts import facts_of
from tests.notes.sample_visit import SIGNED_AT, mark, record
from tests.notes.test_compose import said

if TYPE_CHECKING:
    from infusion_visits.visits.record import VisitRecord

LEFT_OUT = {
    "patient": {"other_names", "other_telephone", "email", "notes", "status"},
    "contact": {"name", "relation", "telephone", "may_be_told", "emergency"},
    "weight": {"source", "as_received"},
    "height": {"source", "as_received"},
    "allergy": {"kind", "code", "system", "source"},
    "condition": {"code", "system", "since"},
    "home_medicine": {"since", "code", "system", "over_the_counter"},
    "past_measurement": {
        *("what", "code", "value", "second_value", "unit", "at", "at_precision"),
    },
}
"""By group the fields that `NOT_FOR_THE_NOTE` speaks of."""
NOT_OF_THE_NOTE = {
    # The zone is that of the times themselves; the three states of allergies are walked elsewhere.
    "patient": {"zone", "allergy_state"},
    # Keys of the catalogue, whose names stand in the order; how the order came to be.
    "therapy_order": {"therapy", "product", "ladder", "status", "used_at", "replaces"},
    # Where a task came from is that note's own line; one that is done is not open any more.
    "task": {"origin"},
}
"""What says nothing of its own to a reader."""

NEW: dict[str, Any] = {
    "str": "zqx",
    "Decimal": Decimal("7.7"),
    "date": date(2026, 11, 20),
    "datetime": datetime(2026, 11, 20, 15, tzinfo=UTC),
    "bool": True,
    "tuple[str, ...]": ("zqx",),
}
OTHER_WORDS = {"risk": "high", "status": "inactive", "code_status": "limited"}


@cache
def filled() -> VisitRecord:
    """The sample visit with a row in every group of the chart."""
    made = record()
    plan = PlanOfCare(
        mark("plan_of_care", when="09:00"),
        starts=date(2026, 10, 1),
        signed_day=date(2026, 10, 1),
        physician="S. Lindqvist, MD",
        visits_from=Decimal(1),
        per=Decimal(3),
        per_unit="wk",
        duration=Decimal(6),
        duration_unit="mo",
        code_status="full",
    )
    line = LineOrder(
        mark("line_order", when="09:00"),
        line="port",
        flush_solution="saline",
        flush_every=Decimal(28),
        flush_every_unit="d",
        lock="heparin",
        lock_ml=Decimal(5),
        lock_units_per_ml=Decimal(100),
    )
    chart = replace(
        made.patient,
        height=(HeightTaken(mark("height", when="09:00"), Decimal(165), date(2026, 11, 1)),),
        contact=(Contact(mark("contact", when="09:00"), "Someone"),),
        past_measurement=(PastMeasurement(mark("past_measurement", when="09:00"), "weight"),),
        plan_of_care=(plan,),
        line_order=(line,),
    )
    visit = replace(made.visit, kind=VisitKind.START_OF_CARE)
    return replace(made, patient=chart, visit=visit)


def words(chart: PatientChart) -> str:
    """All words of the draft of a start of care: there the plan of care is told in full."""
    whole = replace(filled(), patient=chart)
    document = compose(Draft(whole, facts_of(whole, SIGNED_AT), ()))
    return said((document.header, document.head_answers, document.blocks, document.footer))


def orders(chart: PatientChart) -> list[PatientChart]:
    """The chart with its order by weight, by body surface, as a cycle, and on demand."""
    (order, *rest) = chart.therapy_order
    kinds: tuple[dict[str, Any], ...] = (
        {"over_minutes": Decimal(60), "rate_step": ()},
        {"dosing_basis": PER_M2, "dose_per_m2": Decimal(100), "dosing_height_cm": Decimal(165)},
        {"delivery": CYCLE, "cycle_hours": Decimal(12), "rate_step": ()},
        {
            "delivery": PCA,
            "rate_step": (),
            "concentration_amount": Decimal(1),
            "concentration_unit": "mg/mL",
        },
        {"rate_step": (), "every": Decimal(3), "every_unit": "week", "frequency": None},
    )
    return [replace(chart, therapy_order=(replace(order, **kind), *rest)) for kind in kinds]


def changed(chart: PatientChart, group: str, name: str) -> PatientChart:
    """The chart with another value in one field of the first row of a group."""
    rows = getattr(chart, group)
    row = rows[0] if isinstance(rows, tuple) else rows
    kind = str({part.name: part.type for part in fields(row)}[name]).removesuffix(" | None")
    now = getattr(row, name)
    value = OTHER_WORDS.get(name, NEW[kind]) if kind == "str" else NEW[kind]
    new: dict[str, Any] = {name: (not now) if kind == "bool" else value}
    other = replace(row, **new)
    rest: dict[str, Any] = {group: (other, *rows[1:]) if isinstance(rows, tuple) else other}
    return replace(chart, **rest)


def every_field() -> list[tuple[str, str]]:
    """Group and name of each field of the chart that holds a value of its own."""
    found = []
    chart = filled().patient
    for group in fields(chart):
        rows = getattr(chart, group.name)
        row = rows[0] if isinstance(rows, tuple) else rows
        assert is_dataclass(row), group.name
        found += [
            (group.name, part.name)
            for part in fields(row)
            if str(part.type).removesuffix(" | None") in NEW
        ]
    return found


EVERY_FIELD = every_field()


@pytest.mark.parametrize("group", sorted({group for group, _ in EVERY_FIELD}))
def test_every_field_of_the_chart_is_told_or_named_as_left_out(group: str) -> None:
    chart = filled().patient
    variants = orders(chart) if group == "therapy_order" else [chart]
    before = [words(one) for one in variants]
    silent = set()
    for owner, name in EVERY_FIELD:
        if owner == group:
            after = (words(changed(one, group, name)) for one in variants)
            if all(one == other for one, other in zip(before, after, strict=True)):
                silent.add(name)
    left_out = LEFT_OUT.get(group, set()) | NOT_OF_THE_NOTE.get(group, set())
    assert silent <= left_out
    # A field that is told after all must not be said to be left out.
    assert LEFT_OUT.get(group, set()) <= silent


def test_the_walk_knows_every_group_of_the_chart() -> None:
    groups = {group for group, _ in EVERY_FIELD}
    assert groups == {part.name for part in fields(PatientChart)}
    assert len(EVERY_FIELD) > 150


def test_what_is_left_out_is_named_in_the_note() -> None:
    told = words(filled().patient)
    for said_so in NOT_FOR_THE_NOTE:
        assert said_so in told
