"""What page one must not pass over in silence, and what it must not cry about."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.findings import Level
from infusion_visits.sections.infusion.rules import findings
from tests.sections.infusion.making import PICTURE, acts, an_order, facts, infusions, steps

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import OrderFact
    from infusion_visits.sections.infusion.values import Infusion


def said(values: Infusion, order: OrderFact | None = None) -> dict[str, Finding]:
    return {one.code: one for one in findings(values, facts(order=order or an_order()))}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_start_above_the_first_step_is_an_exception() -> None:
    found = said(infusions(acts(("09:00", "started", "140"))))["infusion.raised_too_soon"]
    assert found.level is Level.ALERT
    assert plain(found.words) == "Rate 140 mL/h at the start"
    assert plain(found.detail) == "The first ordered step is 35 mL/h."
    assert "infusion.raised_too_soon" not in said(infusions(acts(("09:00", "started", "35"))))


def test_a_rate_raised_with_a_new_bag_is_a_step() -> None:
    values = infusions(acts(("09:00", "started", "35"), ("09:05", "bag changed", "210")))
    assert plain(said(values)["infusion.raised_too_soon"].words) == "Rate raised to 210 mL/h"


@pytest.mark.parametrize(
    ("rate", "above"), [("142.9", False), ("143", False), ("144.3", False), ("144.4", True)]
)
def test_a_pump_that_takes_whole_millilitres_is_no_exception(rate: str, above: bool) -> None:
    order = an_order(steps=steps((("142.9", None),)), volume_ml=Decimal(250))
    found = said(infusions(acts(("09:00", "started", rate))), order)
    assert ("infusion.rate_above_order" in found) is above


@pytest.mark.parametrize(
    ("dose", "unit", "words"),
    [
        ("35", "g", None),
        ("34", "g", None),
        ("35,000", "mg", None),
        ("20", "g", "20 g given, 35 g ordered"),
        ("20", "", "20 g given, 35 g ordered"),
        ("35", "mg", "35 mg given, 35 g ordered"),
        ("35", "units", "35 units given, 35 g ordered"),
    ],
)
def test_a_dose_typed_otherwise_than_ordered(dose: str, unit: str, words: str | None) -> None:
    more: dict[str, Any] = {"dose_given": dose, **({"dose_given_unit": unit} if unit else {})}
    found = said(infusions(acts(*PICTURE), **more))
    told = found.get("infusion.dose_not_as_ordered")
    assert (plain(told.words) if told else None) == words
    if told:
        assert told.level is Level.ALERT
        assert found["infusion.dose_differs"].level is Level.STOP
        why = said(infusions(acts(*PICTURE), difference_reason="Vial broke.", **more))
        assert "infusion.dose_differs" not in why
        assert why["infusion.dose_not_as_ordered"].response == "Vial broke."


@pytest.mark.parametrize(("prepared", "differs"), [("350", 0), ("385", 0), ("300", 1), ("400", 1)])
def test_a_bag_of_another_size_than_ordered(prepared: str, differs: int) -> None:
    found = said(infusions(acts(("09:00", "started", "35")), prepared_ml=prepared))
    assert ("infusion.prepared_not_as_ordered" in found) == bool(differs)
    if differs:
        told = found["infusion.prepared_not_as_ordered"]
        assert told.level is Level.ALERT
        assert plain(told.words) == f"{prepared} mL prepared, 350 mL ordered"


def test_a_pump_that_shows_less_than_before_is_asked_about() -> None:
    events = acts(("09:00", "found running", "35"), ("10:00", "left running"))
    events[0]["reading_ml"], events[1]["reading_ml"] = Decimal(200), Decimal(150)
    found = said(infusions(events))["infusion.reading_falls"]
    assert found.level is Level.STOP
    assert plain(found.words) == "The pump shows 150 mL, less than the 200 mL before."
    events = acts(("09:00", "started", "35"), ("10:00", "bag changed"), ("11:00", "completed"))
    events[1]["reading_ml"], events[2]["reading_ml"] = Decimal(200), Decimal(150)
    assert "infusion.reading_falls" not in said(infusions(events))


def test_a_dose_typed_for_a_part_is_compared_with_its_volume() -> None:
    part = acts(("09:00", "started", "35"), ("09:30", "stopped"))
    found = said(infusions(part, dose_given="35"))["infusion.dose_not_as_ordered"]
    assert plain(found.words) == "35 g given, 1.75 g in 17.5 mL"
    assert "infusion.dose_not_as_ordered" not in said(infusions(part, dose_given="1.75"))
