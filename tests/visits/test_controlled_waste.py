"""Waste of a controlled drug at a real visit: a witness in one of two places, the same figure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.patients.therapy.tables import TherapyOrder
from infusion_visits.records import cells

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]
CODES = {"waste_unwitnessed", "unaccounted", "residual_controlled", "waste_differs"}


@pytest.fixture
def stopped(lived: Lived) -> Lived:
    """Morphine, 100 mg in 100 mL at 20 mL/h, stopped after 3 h 30 min: 30 mL are left."""
    order = {
        "therapy": "morphine_pca",
        "drug": "morphine",
        "dose": Decimal(100),
        "dose_per_kg": None,
        "volume_ml": Decimal(100),
    }
    with lived.new_unit() as unit:
        cells.put(unit, TherapyOrder, {"id": lived.order}, order)
        unit.commit()
    lived.arrive()
    made = lived.append(
        "infusion",
        Row("infusion"),
        order_id=str(lived.order),
        method="pump",
        prepared_ml="100",
        difference_reason="stopped as ordered",
    )
    acts = Row("infusion_event", made.at)
    lived.append("infusion", acts, at="now", kind="start", rate="20", reading_ml="0")
    lived.clock.forward(minutes=210)
    lived.append("infusion", acts, at="now", kind="stop", why="over", reading_ml="70")
    return lived


def asked(lived: Lived) -> set[str]:
    found = {
        one.code.removeprefix("infusion."): one
        for one in lived.found()
        if one.code.startswith("infusion.")
    }
    assert all(found[code].level is Level.STOP for code in CODES.intersection(found))
    return CODES.intersection(found)


def listed(lived: Lived, amount: str, unit: str = "mL", **more: str) -> None:
    texts = {"what": "wasted", "method": "deactivated", "witness_how": "present"}
    lived.append(
        "supplies",
        Row("waste_return"),
        at="now",
        drug="morphine",
        amount=amount,
        amount_unit=unit,
        witness="P. Ode, RN",
        **{**texts, **more},
    )


def test_what_is_left_is_asked_for(stopped: Lived) -> None:
    assert asked(stopped) == {"unaccounted"}


def test_the_waste_list_with_a_witness_is_enough(stopped: Lived) -> None:
    listed(stopped, "30")
    assert asked(stopped) == set()


def test_the_waste_list_speaks_in_the_unit_of_the_dose_too(stopped: Lived) -> None:
    listed(stopped, "30", "mg")
    assert asked(stopped) == set()


def test_a_part_of_it_is_not_enough(stopped: Lived) -> None:
    listed(stopped, "12")
    assert asked(stopped) == {"unaccounted"}


def test_a_return_to_the_pharmacy_is_enough(stopped: Lived) -> None:
    listed(stopped, "30", what="returned", method="carrier", handed_to="courier 114")
    assert asked(stopped) == set()


def test_waste_at_the_infusion_needs_a_witness_in_one_of_two_places(stopped: Lived) -> None:
    stopped.record("infusion", Row("infusion", (1,)), wasted_ml="30")
    assert asked(stopped) == {"waste_unwitnessed"}
    listed(stopped, "30")
    assert asked(stopped) == set()


def test_two_figures_have_to_agree(stopped: Lived) -> None:
    stopped.record("infusion", Row("infusion", (1,)), wasted_ml="30", waste_witness="P. Ode, RN")
    listed(stopped, "25")
    assert asked(stopped) == {"waste_differs"}
    words = stopped.said("infusion.waste_differs")[0]
    assert "30 mL wasted at the infusion, 25 mL in the waste list" in words


def test_another_drug_of_the_list_says_nothing(stopped: Lived) -> None:
    stopped.append(
        "supplies",
        Row("waste_return"),
        at="now",
        what="wasted",
        drug="heparin",
        amount="30",
        amount_unit="mL",
        method="sharps",
    )
    assert asked(stopped) == {"unaccounted"}


def test_a_residual_in_the_bag_is_wasted_or_returned(stopped: Lived) -> None:
    acts = Row("infusion_event", (1, 2))
    stopped.record("infusion", acts, remaining_ml="30")
    assert asked(stopped) == {"residual_controlled"}
    stopped.record("infusion", Row("infusion", (1,)), returned="reservoir to the pharmacy")
    assert asked(stopped) == set()
