"""The plan of care: which is in force, when it is due, what it lacks, what it should mind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from infusion_visits.core.catalogue import CatalogueRefused
from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.core.resources import shipped
from infusion_visits.patients.plan_rules import (
    CATALOGUE,
    directive_missing,
    frequency_words,
    lacks,
    plan_in_force,
    plan_lines,
    read_plan_catalogue,
    review_due,
    suggested_safety,
)
from infusion_visits.patients.values import Condition, PatientChart, PlanOfCare, Precaution
from tests.fixtures.records import NOW

DAY = date(2026, 11, 21)
LIMITS = read_plan_catalogue(shipped(CATALOGUE)).limits


def mark(group: str, seq: int = 1) -> Mark:
    return Mark(row=Row(group, (seq,)), at=None, entered_at=NOW)


def plan(seq: int = 1, **fields: Any) -> PlanOfCare:
    whole = PlanOfCare(
        mark("plan_of_care", seq),
        starts=date(2026, 10, 1),
        physician="S. Lindqvist, MD",
        signed_day=date(2026, 10, 5),
        need="Infusion with titration and watching for a reaction.",
        visits_from=Decimal(1),
        per=Decimal(3),
        per_unit="weeks",
        duration=Decimal(6),
        duration_unit="months",
        goals="Walks 50 m without a rest.",
        diet="As usual",
        functional_limits="Uses a cane outdoors",
        safety=("sharps", "falls"),
    )
    return replace(whole, **fields)


def test_the_newest_plan_begun_is_in_force_and_struck_ones_are_not() -> None:
    older, newer = plan(1, starts=date(2026, 8, 1)), plan(2)
    future = plan(3, starts=date(2026, 12, 1))
    chart = PatientChart(plan_of_care=(older, newer, future))
    assert plan_in_force(chart, DAY) is newer
    assert plan_in_force(chart, date(2026, 9, 1)) is older
    assert plan_in_force(chart, date(2026, 7, 1)) is None


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, date(2026, 11, 30)),
        ({"reviewed_day": date(2026, 11, 1)}, date(2026, 12, 31)),
        ({"ends": date(2026, 11, 10)}, date(2026, 11, 10)),
    ],
)
def test_review_is_due_after_60_days_or_at_the_end(fields: dict[str, Any], due: date) -> None:
    assert review_due(plan(**fields), LIMITS) == due


def test_a_whole_plan_lacks_nothing_and_ongoing_is_no_frequency() -> None:
    assert lacks(plan()) == ()
    assert lacks(plan(duration=None)) == ("how often a nurse comes, and for how long",)
    assert lacks(plan(diet=None, goals=None, safety=None)) == (
        "goals and expected outcomes",
        "diet",
        "safety measures",
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "1\u00a0visit in every 3\u00a0weeks for 6\u00a0months"),
        (
            {"visits_from": Decimal(2), "visits_to": Decimal(3), "per": Decimal(1)},
            "2 to 3\u00a0visits in every week for 6\u00a0months",
        ),
        ({"per_unit": None}, ""),
    ],
)
def test_frequency_is_said_whole_or_not_at_all(fields: dict[str, Any], words: str) -> None:
    assert frequency_words(plan(**fields)) == words


def test_limits_of_treatment_need_the_place_of_the_directive() -> None:
    assert directive_missing(plan(code_status="dnr"))
    assert not directive_missing(plan(code_status="dnr", directive_place="on the refrigerator"))
    assert not directive_missing(plan(code_status="full"))
    said = dict(plan_lines(plan(code_status="dnr", directive_place="on the refrigerator")))
    assert said["If the heart stops"] == "do not resuscitate; directive: on the refrigerator"


def test_safety_measures_follow_precautions_conditions_and_drugs() -> None:
    chart = PatientChart(
        precaution=(Precaution(mark("precaution"), kind="oxygen"),),
        condition=(Condition(mark("condition"), words="Type 2 Diabetes mellitus"),),
    )
    catalogue = read_plan_catalogue(shipped(CATALOGUE))
    keys = {one.key for one in suggested_safety(chart, DAY, ("opioid_pca",), catalogue)}
    assert keys == {"oxygen", "diabetic", "sharps", "falls", "opioid"}
    plain = {one.key for one in suggested_safety(PatientChart(), DAY, (), catalogue)}
    assert plain == {"sharps"}
    hazardous = suggested_safety(PatientChart(), DAY, (), catalogue, hazardous=True)
    assert "hazardous" in {one.key for one in hazardous}


def test_a_catalogue_with_faults_is_refused_with_all_of_them() -> None:
    wrong = {
        **shipped(CATALOGUE),
        "limits": {"review_days": -1, "source": "x"},
        "safety": {"smoking": {"label": "x", "source": ""}},
    }
    with pytest.raises(CatalogueRefused) as refused:
        read_plan_catalogue(wrong)
    said = " ".join(fault.said() for fault in refused.value.faults)
    assert "review_days" in said
    assert "signature_days is missing" in said
    assert "smoking" in said
    assert "no source is named" in said
