"""What of the patient reaches a vein: units of the order, a target of saturation, zero weights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.patients.order_rules import dose_check, order_fact, order_findings
from infusion_visits.patients.rules import patient_facts
from infusion_visits.patients.values import PatientChart, Precaution, TherapyOrder
from infusion_visits.sections.infusion.dose import dose_check as infusion_check

TODAY = date(2026, 11, 21)
ORDER = UUID("01930000-0000-7000-8000-00000000000a")


def order(**more: Any) -> TherapyOrder:
    said: dict[str, Any] = {
        "drug": "infliximab",
        "dose": Decimal("0.41"),
        "dose_unit": "g",
        "dose_per_kg": Decimal(5),
        "dose_per_kg_unit": "mg",
        "dosing_weight_kg": Decimal(82),
        "dosing_weight_day": TODAY,
    }
    return TherapyOrder(Mark(Row("therapy_order", (ORDER,))), **{**said, **more})


def test_the_dose_per_kilogram_is_told_in_the_unit_it_was_ordered_in() -> None:
    told = infusion_check(order_fact(order()))
    assert told.agrees
    assert told.words.replace("\u00a0", " ").startswith("5 mg/kg × 82 kg = 0.41 g")


@pytest.mark.parametrize(
    ("per_kg", "unit", "dose", "dose_unit", "agrees"),
    [
        ("0.02", "million units", "1,640,000", "units", True),
        ("20000", "units", "1.64", "million units", True),
        ("5", "mg", "41", "mg", False),
    ],
)
def test_units_are_compared_in_their_family(
    per_kg: str, unit: str, dose: str, dose_unit: str, agrees: bool
) -> None:
    fact = order_fact(
        order(
            dose=Decimal(dose.replace(",", "")),
            dose_unit=dose_unit,
            dose_per_kg=Decimal(per_kg),
            dose_per_kg_unit=unit,
        )
    )
    assert infusion_check(fact).agrees is agrees


@pytest.mark.parametrize("nothing", [{"dose_per_kg": Decimal(0)}, {"dosing_weight_kg": Decimal(0)}])
def test_a_zero_is_no_division(nothing: dict[str, Any]) -> None:
    assert dose_check(order(**nothing)) is None
    assert order_findings(order(**nothing))


def test_a_documented_target_of_saturation_is_known_to_the_visit() -> None:
    row = Precaution(Mark(Row("precaution", (1,))), kind="spo2_target", why="COPD, Dr. Stern")
    assert patient_facts(PatientChart(precaution=(row,)), TODAY).hypercapnic_target
    over = replace(row, until=date(2026, 11, 20))
    assert not patient_facts(PatientChart(precaution=(over,)), TODAY).hypercapnic_target
    assert not patient_facts(PatientChart(), TODAY).hypercapnic_target


def test_a_weight_that_is_still_to_come_is_not_the_dosing_weight() -> None:
    from infusion_visits.patients.values import WeightTaken

    def taken(seq: int, day: date, kg: int) -> WeightTaken:
        return WeightTaken(Mark(Row("weight", (seq,))), weight_kg=Decimal(kg), day=day)

    chart = PatientChart(weight=(taken(1, TODAY, 82), taken(2, date(2026, 11, 22), 90)))
    assert patient_facts(chart, TODAY).weight_kg == 82
