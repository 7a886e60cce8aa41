"""Orders in every unit of rate, by body surface, as a cycle or by a patient's own hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.findings import Level
from infusion_visits.patients.course import course
from infusion_visits.patients.order_dose import dose_check
from infusion_visits.patients.order_rates import concentration_of, steps_of, total_minutes
from infusion_visits.patients.order_rules import order_fact, order_findings
from infusion_visits.patients.order_words import ladder_words, order_words, schedule_words
from tests.patients.test_order_rules import _order as an_order
from tests.patients.test_order_rules import _steps as steps

if TYPE_CHECKING:
    from infusion_visits.patients.values import TherapyOrder

REST = None
DAY = date(2026, 11, 3)


def said(text: str) -> str:
    return text.replace("\u00a0", " ")


def found(order: TherapyOrder) -> dict[str, Level]:
    return {one.code: one.level for one in order_findings(order)}


def by(**more: Any) -> TherapyOrder:
    """An order with no rates of its own."""
    return an_order(**{"rate_step": (), **more})


def test_rates_by_amount_take_the_concentration_of_the_order() -> None:
    order = an_order(
        dose=Decimal(1000),
        volume_ml=Decimal(500),
        concentration_amount=Decimal(2),
        concentration_unit="mg/mL",
        rate_step=steps((("50", 30), ("400", REST)), "mg/h"),
    )
    assert [step.ml_per_hour for step in steps_of(order)] == [25, 200]
    assert "50 mg/h (25 mL/h) for 30 min" in said(ladder_words(order))
    assert found(order) == {}


def test_without_a_concentration_dose_and_volume_give_it() -> None:
    order = an_order(dose=Decimal(1000), volume_ml=Decimal(500))
    mixed = concentration_of(order)
    assert mixed is not None
    assert mixed.amount == 2
    assert mixed.unit == "mg/mL"


def test_a_rate_by_amount_without_any_concentration_is_stopped() -> None:
    order = an_order(dose=Decimal(1), dose_unit="mEq", rate_step=steps((("5", REST),), "mg/h"))
    assert found(order)["order.concentration"] is Level.STOP
    assert steps_of(order) == ()


def test_a_concentration_that_dose_and_volume_deny_is_stopped_where_the_rate_goes_by_it() -> None:
    order = an_order(
        dose=Decimal(1000),
        volume_ml=Decimal(500),
        concentration_amount=Decimal(1),
        concentration_unit="mg/mL",
        rate_step=steps((("50", 30), ("400", REST)), "mg/h"),
    )
    assert found(order)["order.mixed"] is Level.STOP
    in_ml = an_order(
        dose=Decimal(1000),
        volume_ml=Decimal(500),
        concentration_amount=Decimal(1),
        concentration_unit="mg/mL",
    )
    assert found(in_ml)["order.mixed"] is Level.ALERT


def test_an_inotrope_goes_by_weight_and_concentration() -> None:
    order = an_order(
        drug="milrinone",
        dose=Decimal(20),
        volume_ml=Decimal(100),
        dosing_weight_kg=Decimal(70),
        dosing_weight_day=DAY,
        rate_step=steps((("0.375", REST),), "mcg/kg/min"),
    )
    assert [step.ml_per_hour for step in order_fact(order).steps] == [Decimal("7.9")]
    assert found(order) == {}
    light = an_order(rate_step=steps((("0.375", REST),), "mcg/kg/min"))
    assert found(light)["order.dosing_weight_kg"] is Level.STOP


@pytest.mark.parametrize(("rounded", "mg"), [(None, "4653"), (True, "4656")])
def test_a_dose_by_surface_is_worked_with_the_surface_ordered(
    rounded: bool | None, mg: str
) -> None:
    order = by(
        dosing_basis="per_m2",
        dose_per_m2=Decimal(2400),
        dosing_height_cm=Decimal(165),
        dosing_weight_kg=Decimal(82),
        dosing_weight_day=DAY,
        surface_rounded=rounded,
        dose=Decimal(mg),
        over_minutes=Decimal(2760),
    )
    check = dose_check(order)
    assert check is not None
    assert check.computed.quantize(Decimal(1)) == Decimal(mg)
    assert check.fits
    assert ("unrounded" in check.sentence) is (rounded is None)
    assert "order.dose_differs" not in found(order)


def test_a_dose_by_surface_asks_for_the_height_and_for_a_difference() -> None:
    order = by(
        dosing_basis="per_m2",
        dose_per_m2=Decimal(2400),
        dosing_weight_kg=Decimal(82),
        dosing_weight_day=DAY,
        dose=Decimal(3000),
        over_minutes=Decimal(2760),
    )
    assert found(order)["order.dosing_height_cm"] is Level.STOP
    high = by(
        dosing_basis="per_m2",
        dose_per_m2=Decimal(2400),
        dosing_height_cm=Decimal(165),
        dosing_weight_kg=Decimal(82),
        dosing_weight_day=DAY,
        dose=Decimal(3000),
        over_minutes=Decimal(2760),
    )
    assert found(high)["order.dose_differs"] is Level.STOP


@pytest.mark.parametrize(("basis", "field"), [("per_kg", "dose_per_kg"), ("per_m2", "dose_per_m2")])
def test_a_basis_without_its_dose_is_asked_about(basis: str, field: str) -> None:
    order = an_order(dosing_basis=basis, dosing_weight_kg=Decimal(82), dosing_weight_day=DAY)
    asked = [one for one in order_findings(order) if one.code == "order.basis"]
    assert [one.cell.field for one in asked if one.cell] == [field]
    assert asked[0].level is Level.ALERT


@pytest.mark.parametrize(
    ("volume", "hours", "rates"),
    [
        ("2000", "12", ["90.9", "181.8", "90.9"]),
        ("2400", "14", ["92.3", "184.6", "92.3"]),
        ("1500", "10", ["83.3", "166.7", "83.3"]),
        ("3000", "16", ["100", "200", "100"]),
    ],
)
def test_a_cycle_has_its_ramps_and_empties_the_bag(
    volume: str, hours: str, rates: list[str]
) -> None:
    order = by(
        drug="parenteral nutrition",
        dose=Decimal(volume),
        dose_unit="mL",
        volume_ml=Decimal(volume),
        delivery="cycle",
        cycle_hours=Decimal(hours),
        ramp_up_hours=Decimal(1),
        ramp_down_hours=Decimal(1),
    )
    ladder = steps_of(order)
    assert [f"{step.ml_per_hour.normalize():f}" for step in ladder] == rates
    assert course(ladder, Decimal(volume)).left_ml == 0
    total = total_minutes(order)
    assert total is not None
    assert abs(total - Decimal(hours) * 60) < 1
    assert f"over {hours} h" in said(ladder_words(order))
    assert found(order) == {}


def test_a_cycle_longer_than_its_ramps_is_asked_for() -> None:
    order = by(
        delivery="cycle",
        cycle_hours=Decimal(2),
        ramp_up_hours=Decimal(1),
        ramp_down_hours=Decimal(1),
    )
    assert found(order)["order.cycle"] is Level.STOP
    assert found(by(delivery="cycle"))["order.rate"] is Level.STOP


def test_a_pca_order_says_demand_lockout_and_basal() -> None:
    bare = by(delivery="pca", drug="morphine", dose=Decimal(100), volume_ml=Decimal(100))
    assert {"order.demand_dose", "order.lockout_minutes", "order.basal_per_hour"} <= set(
        found(bare)
    )
    order = by(
        delivery="pca",
        drug="morphine",
        dose=Decimal(100),
        volume_ml=Decimal(100),
        demand_dose=Decimal(1),
        lockout_minutes=Decimal(10),
        basal_per_hour=Decimal("0.5"),
        limit_4_hours=Decimal(20),
    )
    assert found(order) == {}
    assert said(ladder_words(order)) == (
        "demand 1 mg, lockout 10 min, basal 0.5 mg/h, at most 20 mg in 4 h"
    )
    assert [step.ml_per_hour for step in steps_of(order)] == [Decimal("0.5")]
    none = by(delivery="pca", basal_per_hour=Decimal(0), demand_dose=Decimal(1))
    assert steps_of(none) == ()
    assert "no basal rate" in ladder_words(none)


def test_what_belongs_together_in_a_schedule_does_not_break() -> None:
    order = an_order(frequency="every 8 weeks, dose 1 of 5")
    assert schedule_words(order) == "every 8\u00a0weeks, dose\u00a01\u00a0of\u00a05"
    assert "dose\u00a01\u00a0of\u00a05" in order_words(order)


def test_a_coded_schedule_is_said_once() -> None:
    order = an_order(
        frequency="weeks 0, 2 and 6, then every 8 weeks",
        every=Decimal(8),
        every_unit="week",
        dose_number=Decimal(3),
        doses_planned=Decimal(5),
        course_days=Decimal(42),
    )
    assert said(schedule_words(order)) == (
        "weeks 0, 2 and 6, then every 8 weeks, dose 3 of 5, for 42 days"
    )
    assert said(schedule_words(an_order(every=Decimal(1), every_unit="day"))) == "every day"
    assert found(order) == {}


def test_words_and_figures_of_a_schedule_that_differ_are_stopped() -> None:
    order = an_order(frequency="every 12 hours", every=Decimal(8), every_unit="hour")
    assert found(order)["order.frequency_differs"] is Level.STOP
    assert found(an_order(every=Decimal(8)))["order.every"] is Level.STOP
    beyond = an_order(dose_number=Decimal(6), doses_planned=Decimal(5))
    assert found(beyond)["order.dose_number"] is Level.STOP


def test_what_is_not_for_home_is_kept_as_a_record_only() -> None:
    order = an_order(drug="oxytocin", therapy="oxytocin")
    stops = [one for one in order_findings(order) if one.code == "order.not_at_home"]
    assert [one.level for one in stops] == [Level.STOP]
    assert "Kept as a record only." in stops[0].words


def test_the_fact_of_an_order_knows_its_therapy_in_tall_man_letters() -> None:
    fact = order_fact(an_order(therapy="infliximab"))
    assert fact.drug == "inFLIXimab-dyyb"
    assert fact.therapy is not None
    assert fact.therapy.is_any("biologic")
    assert order_fact(an_order()).therapy is None
    assert order_fact(an_order()).drug == "infliximab-dyyb"
