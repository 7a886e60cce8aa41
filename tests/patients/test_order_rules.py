"""Ladders, doses by weight and what keeps an order from use, by the published worked examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.marks import Mark
from infusion_visits.core.units import half_up
from infusion_visits.patients.facts import OrderStep
from infusion_visits.patients.order_rules import (
    course,
    dose_check,
    ladder_words,
    order_fact,
    order_findings,
    order_words,
    steps_of,
    total_minutes,
)
from infusion_visits.patients.values import Premedication, RateStep, TherapyOrder

ID = UUID("01938d2a-0000-7000-8000-0000000000bb")
REST = None
Ladder = tuple[tuple[str, int | None], ...]

INFLIXIMAB_A: Ladder = (("10", 15), ("20", 15), ("40", 15), ("80", 15), ("150", 30), ("250", REST))
INFLIXIMAB_B: Ladder = (("20", 15), ("40", 15), ("80", 15), ("120", 30), ("150", REST))
IVIG: Ladder = (("0.5", 30), ("1", 30), ("2", 30), ("3", 30), ("4", 30), ("5", REST))
IVIG_CAPPED: Ladder = (("0.5", 30), ("1", 30), ("2", REST))
IVIG_TOLERANT: Ladder = (("1", 15), ("2", 15), ("4", 15), ("5", REST))
RITUXIMAB: Ladder = (
    *((rate, 30) for rate in ("25", "50", "75", "100", "125", "150", "175")),
    ("200", REST),
)
RITUXIMAB_LATER: Ladder = (("50", 30), ("100", 30), ("150", 30), ("200", REST))
OCRELIZUMAB: Ladder = (*((rate, 30) for rate in ("30", "60", "90", "120", "150")), ("180", REST))
OCRELIZUMAB_600: Ladder = (*((rate, 30) for rate in ("40", "80", "120", "160")), ("200", REST))


def _steps(ladder: Ladder, unit: str = "mL/h") -> tuple[RateStep, ...]:
    return tuple(
        RateStep(
            Mark(Row("rate_step", (ID, number))),
            Decimal(rate),
            unit,
            None if minutes is None else Decimal(minutes),
            True if minutes is None else None,
        )
        for number, (rate, minutes) in enumerate(ladder, start=1)
    )


def _order(**more: Any) -> TherapyOrder:
    given: dict[str, Any] = {
        "drug": "infliximab-dyyb",
        "dose": Decimal(410),
        "dose_unit": "mg",
        "volume_ml": Decimal(250),
        "route": "IV",
        "delivery": "pump",
        "prescriber": "Dr. Rahel Stern",
        "rate_step": _steps(INFLIXIMAB_A),
        "status": "draft",
    }
    return TherapyOrder(Mark(Row("therapy_order", (ID,))), **(given | more))


def _codes(order: TherapyOrder) -> list[str]:
    return [found.code for found in order_findings(order)]


@pytest.mark.parametrize(
    ("ladder", "unit", "volume", "kg", "minutes"),
    [
        (INFLIXIMAB_A, "mL/h", 250, None, "123"),
        (INFLIXIMAB_B, "mL/h", 250, None, "137"),
        (IVIG, "mL/kg/h", 350, 70, "146.25"),
        (IVIG_CAPPED, "mL/kg/h", 350, 70, "187.5"),
        (IVIG_TOLERANT, "mL/kg/h", 350, 70, "84"),
        (RITUXIMAB, "mL/h", 500, None, "255"),
        (RITUXIMAB_LATER, "mL/h", 500, None, "195"),
        (OCRELIZUMAB, "mL/h", 250, None, "158.33"),
        (OCRELIZUMAB_600, "mL/h", 500, None, "210"),
    ],
)
def test_a_ladder_runs_as_long_as_published(
    ladder: Ladder, unit: str, volume: int, kg: int | None, minutes: str
) -> None:
    order = _order(
        rate_step=_steps(ladder, unit),
        volume_ml=Decimal(volume),
        dosing_weight_kg=Decimal(kg) if kg else None,
        dosing_weight_day=date(2026, 11, 3) if kg else None,
    )
    total = total_minutes(order)
    assert total is not None
    assert half_up(total, 2) == Decimal(minutes)
    assert [code for code in _codes(order) if code != "order.steps_long"] == []


def test_rates_by_weight_become_rates_of_the_pump() -> None:
    order = _order(rate_step=_steps(IVIG, "mL/kg/h"), dosing_weight_kg=Decimal(70))
    assert [str(step.ml_per_hour) for step in steps_of(order)] == [
        "35.0",
        "70.0",
        "140.0",
        "210.0",
        "280.0",
        "350.0",
    ]
    per_minute = _order(
        rate_step=_steps((("0.01", REST),), "mL/kg/min"), dosing_weight_kg=Decimal("70.25")
    )
    assert steps_of(per_minute) == (OrderStep(Decimal("42.2"), None),)
    assert ladder_words(per_minute).replace("\u00a0", " ") == (
        "0.01 mL/kg/min (42.2 mL/h) until complete"
    )
    assert steps_of(_order(rate_step=_steps(IVIG, "mL/kg/h"))) == ()


@pytest.mark.parametrize(
    ("volume", "minutes", "rate"),
    [
        ("250", 120, "125.0"),
        ("100", 30, "200.0"),
        ("500", 210, "142.9"),
        ("1000", 480, "125.0"),
        ("270", 30, "540.0"),
    ],
)
def test_volume_over_minutes_gives_one_steady_rate(volume: str, minutes: int, rate: str) -> None:
    order = _order(rate_step=(), over_minutes=Decimal(minutes), volume_ml=Decimal(volume))
    assert steps_of(order) == (OrderStep(Decimal(rate), None),)
    assert total_minutes(order) == minutes
    assert _codes(order) == []


@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(1, 120)), min_size=1, max_size=8),
    st.integers(1, 3000),
)
def test_no_volume_is_lost_or_made_on_the_way(ladder: list[tuple[int, int]], volume: int) -> None:
    steps = tuple(OrderStep(Decimal(rate), minutes) for rate, minutes in ladder)
    walked = course(steps, Decimal(volume))
    most = sum(rate * minutes for rate, minutes in ladder) / Decimal(60)
    assert abs(walked.left_ml - max(Decimal(0), volume - most)) < Decimal("0.000001")
    assert walked.minutes <= sum(minutes for _, minutes in ladder)
    endless = course((*steps, OrderStep(Decimal(100), None)), Decimal(volume))
    assert endless.left_ml == 0


@pytest.mark.parametrize(
    ("per_kg", "unit", "kg", "dose", "dose_unit", "computed", "percent", "fits"),
    [
        ("5", "mg", "82", "410", "mg", "410", "0.0", True),
        ("5", "mg", "82", "400", "mg", "410", "-2.4", True),
        ("3", "mg", "61.2", "200", "mg", "183.6", "8.9", True),
        ("10", "mg", "54", "500", "mg", "540", "-7.4", True),
        ("8", "mg", "73", "400", "mg", "584", "-31.5", False),
        ("5", "mg", "80", "440", "mg", "400", "10.0", True),
        ("5", "mg", "80", "440.1", "mg", "400", "10.0", False),
        ("500", "mg", "70", "35", "g", "35", "0.0", True),
        ("0.5", "g", "70", "35000", "mg", "35000", "0.0", True),
        ("5", "mg", "8.2", "410", "mg", "41", "900.0", False),
    ],
)
def test_the_dose_is_checked_against_dose_per_kg(
    per_kg: str,
    unit: str,
    kg: str,
    dose: str,
    dose_unit: str,
    computed: str,
    percent: str,
    fits: bool,
) -> None:
    order = _order(
        dose=Decimal(dose),
        dose_unit=dose_unit,
        dose_per_kg=Decimal(per_kg),
        dose_per_kg_unit=unit,
        dosing_weight_kg=Decimal(kg),
        dosing_weight_day=date(2026, 11, 3),
    )
    check = dose_check(order)
    assert check is not None
    assert check.computed == Decimal(computed)
    assert half_up(check.percent, 1) == Decimal(percent)
    assert check.fits is fits
    assert ("order.dose_differs" in _codes(order)) is not fits


def test_the_dose_sentence_says_every_figure_with_its_unit() -> None:
    order = _order(
        dose=Decimal("400.0"),
        dose_per_kg=Decimal("5.0"),
        dosing_weight_kg=Decimal("82.00"),
        dosing_weight_day=date(2026, 11, 3),
    )
    check = dose_check(order)
    assert check is not None
    assert check.sentence.replace("\u00a0", " ") == (
        "5 mg/kg × 82 kg (weighed 3 Nov 2026) = 410 mg; ordered 400 mg, 2.4 % less."
    )


def test_a_dose_that_differs_needs_somebody_who_confirmed_it() -> None:
    wide: dict[str, Any] = {
        "dose": Decimal(584),
        "dose_per_kg": Decimal(5),
        "dosing_weight_kg": Decimal(73),
        "dosing_weight_day": date(2026, 11, 3),
    }
    stopped = [found.level for found in order_findings(_order(**wide))]
    assert stopped == [Level.STOP]
    said = _order(**wide, dose_difference="Confirmed by pharmacist Lee Ann Roth")
    assert [found.level for found in order_findings(said)] == [Level.ALERT]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"drug": None}, "order.drug"),
        ({"dose": None}, "order.dose"),
        ({"dose_unit": None}, "order.dose_unit"),
        ({"volume_ml": None}, "order.volume_ml"),
        ({"route": None}, "order.route"),
        ({"delivery": None}, "order.delivery"),
        ({"prescriber": None}, "order.prescriber"),
        ({"rate_step": ()}, "order.rate"),
        ({"over_minutes": Decimal(120)}, "order.two_rates"),
        ({"rate_step": _steps((("0", REST),))}, "order.step_rate"),
        ({"rate_step": _steps((("10", REST), ("20", REST)))}, "order.step_endless"),
        ({"rate_step": _steps((("10", 15), ("20", 15)))}, "order.steps_short"),
        ({"rate_step": _steps(((("500", 60)), ("600", REST)))}, "order.steps_long"),
        ({"rate_step": _steps(IVIG, "mL/kg/h")}, "order.dosing_weight_kg"),
        ({"dose_per_kg": Decimal(5)}, "order.dosing_weight_kg"),
        (
            {"dose_per_kg": Decimal(5), "dosing_weight_kg": Decimal(82)},
            "order.dosing_weight_day",
        ),
        (
            {
                "dose_per_kg": Decimal(5),
                "dose_per_kg_unit": "units",
                "dosing_weight_kg": Decimal(82),
                "dosing_weight_day": date(2026, 11, 3),
            },
            "order.dose_units",
        ),
        ({"first_dose": True}, "order.first_dose"),
        ({"starts": date(2026, 11, 3), "ends": date(2026, 11, 2)}, "order.ends"),
    ],
)
def test_what_an_order_lacks_is_found(more: dict[str, Any], code: str) -> None:
    assert code not in _codes(_order())
    assert code in _codes(_order(**more))


def test_a_step_says_minutes_or_until_complete_but_not_both() -> None:
    mark = Mark(Row("rate_step", (ID, 1)))
    neither = RateStep(mark, Decimal(10), "mL/h")
    both = RateStep(mark, Decimal(10), "mL/h", Decimal(15), True)
    assert _codes(_order(rate_step=(neither,))) == ["order.step_minutes"]
    assert _codes(_order(rate_step=(both,))) == ["order.step_both"]


def test_an_order_reads_on_one_line() -> None:
    order = _order(
        brand="Inflectra",
        diluent="0.9 % sodium chloride",
        rate_step=_steps((("10", 15), ("250", REST))),
        frequency="every 8 weeks",
    )
    assert order_words(order).replace("\u00a0", " ") == (
        "infliximab-dyyb (Inflectra) 410 mg IV, in 250 mL 0.9 % sodium chloride, by pump, "
        "10 mL/h for 15 min, then 250 mL/h until complete, every 8 weeks"
    )


def test_the_fact_of_an_order_carries_pump_rates_and_plain_figures() -> None:
    order = _order(
        version=Decimal(2),
        dose=Decimal(35),
        dose_unit="g",
        dose_per_kg=Decimal(500),
        dose_per_kg_unit="mg",
        dosing_weight_kg=Decimal(70),
        rate_step=_steps(IVIG, "mL/kg/h"),
        observation_minutes=Decimal(30),
        first_dose=True,
        flush="saline before and after",
        flush_before_ml=Decimal(10),
        flush_after_ml=Decimal("20.0"),
        premedication=(
            Premedication(
                Mark(Row("premedication", (ID, 1))),
                "acetaminophen",
                "650 mg",
                "by mouth",
                Decimal(30),
            ),
        ),
    )
    fact = order_fact(order)
    assert (fact.order, fact.version) == (ID, 2)
    assert (fact.dose_per_kg, fact.dose_per_kg_unit) == (Decimal(500), "mg")
    assert fact.steps[1] == OrderStep(Decimal("70.0"), 30)
    assert fact.observation_minutes == 30
    assert (fact.first_dose, fact.home_first_dose_allowed) == (True, False)
    assert fact.flush.replace("\u00a0", " ") == (
        "saline before and after; before: 10 mL; after: 20 mL"
    )
    assert [one.replace("\u00a0", " ") for one in fact.premedications] == [
        "acetaminophen 650 mg by mouth, 30 min before"
    ]
    with pytest.raises(ValueError, match="no order"):
        order_fact(_order(drug=None))
