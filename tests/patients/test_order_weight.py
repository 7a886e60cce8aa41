"""The dosing weight: how old it is, and whether it may be pounds typed as kilograms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.marks import Mark
from infusion_visits.core.resources import as_if, load_catalogue
from infusion_visits.patients.order_rules import order_findings
from infusion_visits.patients.order_weight import order_weight_findings
from infusion_visits.patients.values import PatientChart, TherapyOrder, WeightTaken
from tests.patients.test_order_rules import _order as an_order

TODAY = date(2026, 11, 21)


def chart(kg: str, day: date = TODAY) -> PatientChart:
    row = WeightTaken(Mark(Row("weight", (1,))), weight_kg=Decimal(kg), day=day)
    return PatientChart(weight=(row,))


def weighed(kg: str, day: date = TODAY) -> TherapyOrder:
    return an_order(dosing_weight_kg=Decimal(kg), dosing_weight_day=day)


def codes(order: TherapyOrder, known: PatientChart | None = None) -> list[str]:
    found = order_weight_findings(order, known or PatientChart(), TODAY)
    assert all(one.level is Level.ALERT for one in found)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 22), []),
        (date(2026, 10, 21), ["weight.old"]),
        (date(2026, 11, 22), ["weight.future"]),
        (TODAY, []),
    ],
)
def test_an_old_weight_and_one_still_to_come_are_asked_about(
    day: date, expected: list[str]
) -> None:
    assert codes(weighed("82", day)) == expected


def test_how_old_a_weight_may_be_is_the_agencys() -> None:
    plain = dict(load_catalogue("access"))
    rules = dict(plain["rule"])
    plain["rule"] = {**rules, "weight_age": {**rules["weight_age"], "days": 7}}
    with as_if({"access": plain}):
        assert codes(weighed("82", date(2026, 11, 13))) == ["weight.old"]
    assert codes(weighed("82", date(2026, 11, 13))) == []


@pytest.mark.parametrize(
    ("ordered", "known", "expected"),
    [
        ("180", "82", ["weight.unit"]),
        ("82", "180", ["weight.unit"]),
        ("90.2", "82", ["weight.change"]),
        ("90.1", "82", []),
        ("73.8", "82", ["weight.change"]),
        ("82", "82", []),
    ],
)
def test_the_weight_of_the_order_is_held_against_the_charts(
    ordered: str, known: str, expected: list[str]
) -> None:
    assert codes(weighed(ordered), chart(known)) == expected


def test_a_weight_of_tomorrow_in_the_chart_is_not_held_against_it() -> None:
    assert codes(weighed("82"), chart("180", date(2026, 11, 22))) == []


def test_the_age_of_the_weight_is_asked_before_an_order_is_used() -> None:
    old = weighed("82", date(2026, 9, 1))
    assert "weight.old" in [one.code for one in order_findings(old, TODAY)]
    assert "weight.old" not in [one.code for one in order_findings(old)]
