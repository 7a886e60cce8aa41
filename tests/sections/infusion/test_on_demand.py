"""Doses that a patient asks the pump for: they count as given, and are no fault of the pump."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.sections.infusion.acts import State, acts_of
from infusion_visits.sections.infusion.at_the_end import at_the_end
from infusion_visits.sections.infusion.live import title_line
from infusion_visits.sections.infusion.on_demand import demanded
from infusion_visits.sections.infusion.reconcile import reconciled
from infusion_visits.sections.infusion.summary import summary_of
from infusion_visits.sections.infusion.values import PumpProgramme, PumpReading
from tests.sections.infusion.making import act, an_order, at, facts, infusions, steps

if TYPE_CHECKING:
    from infusion_visits.patients.facts import OrderFact
    from infusion_visits.sections.infusion.reconcile import Reconciled
    from infusion_visits.sections.infusion.values import InfusionGiven

DILAUDID = {"dose": Decimal(50), "dose_unit": "mg", "volume_ml": Decimal(50)}
"""1 mg/mL."""


def an_order_of(*rates: tuple[str, None]) -> OrderFact:
    return an_order(**DILAUDID, dose_per_kg=None, steps=steps(rates))


def programme(
    demand: str = "0.2", unit: str = "mg", number: int = 1, time: str = ""
) -> PumpProgramme:
    mark = Mark(Row("pump_programme", (1, number)))
    when = at(time) if time else None
    return PumpProgramme(mark, at=when, mode="pca", demand=Decimal(demand), demand_unit=unit)


def reading(number: int, time: str, delivered: int, *, cleared: bool = False) -> PumpReading:
    mark = Mark(Row("pump_reading", (1, number)))
    return PumpReading(mark, at=at(time), delivered=Decimal(delivered), cleared=cleared or None)


def found_running(rate: str, left: str, *readings: PumpReading) -> InfusionGiven:
    """Found at 09:10 with 20 mL given, left at 10:10 with what the pump shows then."""
    rows = [
        act(1, "09:10", "found", rate, reading_ml="20"),
        act(2, "10:10", "left", reading_ml=left),
    ]
    one = infusions(rows, prepared_ml="50").infusion[0]
    return replace(one, pump_programme=(programme(),), pump_reading=readings)


def checked(one: InfusionGiven, order: OrderFact) -> Reconciled | None:
    return reconciled(one, summary_of(one, order, at("10:10")), Decimal(5), at("10:10"))


def test_doses_on_demand_are_expected_beside_the_basal_rate() -> None:
    one = found_running("0.1", "20.5", reading(1, "09:10", 4), reading(2, "10:10", 6))
    found = checked(one, an_order_of(("0.1", None)))
    assert found is not None
    assert found.percent == 0
    assert found.within
    assert found.sentence.replace("\u00a0", " ") == (
        "delivered 0.5 mL, by rates and minutes 0.1 mL and 0.4 mL in 2 doses on demand: 0 %"
    )


def test_a_pump_that_gave_more_than_rate_and_doses_asks_why() -> None:
    one = found_running("0.1", "21.5", reading(1, "09:10", 4), reading(2, "10:10", 6))
    order = an_order_of(("0.1", None))
    told = facts(order=order, now=at("10:10"))
    found = [*at_the_end(one, summary_of(one, order, at("10:10")), order, told)]
    words = {found.code: found.words.replace("\u00a0", " ") for found in found}
    assert words["infusion.residual_unexplained"] == (
        "1.5 mL delivered, 0.1 mL by rates and minutes and 0.4 mL in 2 doses on demand: "
        "more than 5 % apart. Say why."
    )


def test_a_tenth_of_a_millilitre_is_what_a_pump_can_show() -> None:
    counts = (reading(1, "09:10", 4), reading(2, "10:10", 5))
    order = an_order_of(("0.1", None))
    for left, within in (("20.3", True), ("20.4", True), ("20.5", False)):
        found = checked(found_running("0.1", left, *counts), order)
        assert found is not None
        assert found.within is within, left


def test_without_a_basal_rate_a_pump_is_found_running() -> None:
    one = found_running("0", "20.4", reading(1, "09:10", 4), reading(2, "10:10", 6))
    assert [row.wrong for row in acts_of(one)] == ["", ""]
    order = an_order_of()
    found = checked(one, order)
    assert found is not None
    assert found.percent == 0
    running = replace(one, infusion_event=one.infusion_event[:1])
    summary = summary_of(running, order, at("10:00"))
    assert (summary.state, summary.fastest) == (State.RUNNING, None)
    assert title_line(order, summary).endswith("on demand, no basal rate")


def test_no_rate_at_all_is_for_pumps_on_demand_alone() -> None:
    one = replace(found_running("0", "20.4"), pump_programme=())
    assert acts_of(one)[0].wrong.startswith("“found running” at 0 mL/h: only where the pump gives")


def test_the_volume_of_a_dose_by_its_own_unit_or_by_the_bag() -> None:
    counts = (reading(1, "09:10", 4), reading(2, "10:10", 7))
    one = found_running("0.1", "20.4", *counts)
    order = an_order_of()
    for demand, unit, ml in (("0.3", "mL", Fraction(9, 10)), ("200", "mcg", Fraction(6, 10))):
        asked = demanded(replace(one, pump_programme=(programme(demand, unit),)), order)
        assert asked is not None
        assert asked.doses == 3
        assert asked.ml == ml


def test_a_volume_that_cannot_be_known_makes_no_variance() -> None:
    counts = (reading(1, "09:10", 4), reading(2, "10:10", 7))
    one = found_running("0.1", "21", *counts)
    assert checked(one, an_order(dose_unit="units", steps=steps((("0.1", None),)))) is None


def test_counts_that_were_cleared_begin_again() -> None:
    counts = (
        reading(1, "09:10", 4),
        reading(2, "09:40", 6, cleared=True),
        reading(3, "10:10", 3),
    )
    asked = demanded(found_running("0.1", "21", *counts), an_order_of())
    assert asked is not None
    assert asked.doses == 5


def test_a_dose_changed_in_between_counts_as_it_was_given() -> None:
    counts = (reading(1, "09:10", 4), reading(2, "09:40", 6), reading(3, "10:10", 8))
    one = replace(
        found_running("0.1", "21", *counts),
        pump_programme=(programme("0.2"), programme("0.4", number=2, time="09:40")),
    )
    asked = demanded(one, an_order_of())
    assert asked is not None
    assert asked.ml == Fraction(12, 10)


def test_no_dose_asked_for_leaves_the_rates_alone() -> None:
    still = found_running("0.1", "20.1", reading(1, "09:10", 4), reading(2, "10:10", 4))
    assert demanded(still, an_order_of()) is None
    found = checked(still, an_order_of(("0.1", None)))
    assert found is not None
    assert found.percent == 0
    assert demanded(replace(still, pump_programme=()), an_order_of()) is None
