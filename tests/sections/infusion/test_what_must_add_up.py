"""What is said while it runs and when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.findings import Level
from infusion_visits.patients.facts import TherapyFact
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.pump_fields import (
    INFUSION_SITE,
    PUMP_PROGRAMME,
    PUMP_READING,
)
from infusion_visits.sections.infusion.rules import findings
from infusion_visits.sections.infusion.tables import STORE
from tests.sections.infusion.making import (
    PICTURE,
    _columns,
    act,
    acts,
    an_order,
    at,
    facts,
    infusions,
    lot,
)

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.values import Infusion

MORPHINE = TherapyFact("morphine_pca", "morphine", controlled=True, high_alert=True)


def told(values: Infusion, about: Facts | None = None) -> dict[str, Finding]:
    return {one.code.removeprefix("infusion."): one for one in findings(values, about or facts())}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def below(group: Any, **texts: str) -> Any:
    """A running infusion with one row of a group below it."""
    row = {**_columns(group, texts), "infusion_seq": 1, "seq": 1}
    one = infusions(acts(*PICTURE)).infusion[0]
    (given,) = STORE.from_rows(
        {"infusion": [{"visit_id": one.mark.row, "seq": 1}], group.name: [row]}
    ).infusion
    return replace(
        infusions(acts(*PICTURE)),
        infusion=(replace(one, **{group.name: getattr(given, group.name)}),),
    )


def test_a_late_step_is_told_and_nothing_is_timed_again() -> None:
    """Reference 11.11; a laptop that slept wakes to this."""
    values = infusions(acts(("09:00", "started", "35")))
    assert "step_late" not in told(values, facts(now=at("09:39")))
    late = told(values, facts(now=at("10:17")))["step_late"]
    assert late.level is Level.ADVICE
    assert plain(late.words) == (
        "The step to 70 mL/h was due at 09:30, 47 min ago. Later steps move with it."
    )


def test_an_empty_bag_is_told() -> None:
    values = infusions(acts(("09:00", "started", "350")))
    words = told(values, facts(now=at("10:10")))["empty"].words
    assert "empty since 10:00" in words


def test_a_product_whose_time_passes_under_way_is_an_exception() -> None:
    lots = [lot(1, "LE1", beyond_use="2026-11-21 10:00")]
    found = told(infusions(acts(*PICTURE), lots))["ran_beyond_use"]
    assert (found.level, found.at) == (Level.ALERT, at("10:00"))
    assert "ran_beyond_use" not in told(
        infusions(acts(*PICTURE), [lot(1, "LE1", beyond_use="2026-11-21 13:00")])
    )


@pytest.mark.parametrize(
    ("waste", "witness", "returned", "codes"),
    [
        ("30", "", "", {"waste_unwitnessed"}),
        ("30", "R. Ames, RN", "", set()),
        ("", "", "", {"unaccounted"}),
        ("", "", "reservoir to the pharmacy", set()),
    ],
)
def test_every_millilitre_of_a_controlled_drug(
    waste: str, witness: str, returned: str, codes: set[str]
) -> None:
    rows = [
        act(1, "09:00", "started", "20"),
        act(2, "12:30", "stopped", why="over", reading_ml="70"),
    ]
    more: dict[str, Any] = {"prepared_ml": "100", "difference_reason": "stopped as ordered"}
    said = {"wasted_ml": waste, "waste_witness": witness, "returned": returned}
    more |= {name: text for name, text in said.items() if text}
    order = an_order(therapy=MORPHINE, steps=(), volume_ml=Decimal(100), dose_per_kg=None)
    found = told(infusions(rows, **more), facts(order=order))
    assert {"waste_unwitnessed", "unaccounted"} & set(found) == codes
    assert not {"waste_unwitnessed", "unaccounted"} & set(told(infusions(rows, **more)))


def test_a_residual_beyond_the_tolerance_asks_why() -> None:
    rows = [
        act(1, "09:00", "started", "40"),
        act(2, "13:00", "stopped", why="over", remaining_ml="20"),
    ]
    order = an_order(steps=(), volume_ml=Decimal(200), dose_per_kg=None)
    found = told(infusions(rows, prepared_ml="200"), facts(order=order))
    assert found["residual_unexplained"].level is Level.STOP
    assert plain(found["residual_differs"].detail) == (
        "Delivered 200 mL − 20 mL = 180 mL; expected 40 mL/h × 4 h = 160 mL; +12.5 %."
    )
    why = told(
        infusions(rows, prepared_ml="200", difference_reason="Pump ran fast."),
        facts(order=order),
    )
    assert "residual_unexplained" not in why
    assert why["residual_differs"].response == "Pump ran fast."
    elastic = told(infusions(rows, prepared_ml="200", method="elastomeric"), facts(order=order))
    assert "residual_differs" not in elastic


def test_bags_that_do_not_make_what_was_prepared() -> None:
    rows = [act(1, "09:00", "started", "100"), act(2, "10:00", "bag changed", volume_ml="100")]
    values = infusions(rows, prepared_ml="350", first_bag_ml="150")
    assert plain(told(values)["bags_differ"].words).startswith("The bags make 250 mL, 350 mL")
    assert "bags_differ" not in told(infusions(rows, prepared_ml="250", first_bag_ml="150"))


def test_a_bag_without_its_lot() -> None:
    rows = acts(("09:00", "started", "100"), ("10:00", "bag changed"))
    assert "bag_without_lot" not in told(infusions(rows, [lot(1, "LE1")]))
    named = [lot(1, "LE1", bag="1")]
    assert told(infusions(rows, named))["bag_without_lot"].words == "Bag 2 has no lot."
    both = [*named, lot(2, "LE2", bag="2")]
    assert "bag_without_lot" not in told(infusions(rows, both))


def test_the_sites_make_what_was_given() -> None:
    one = below(INFUSION_SITE, place="thigh", side="left", volume_ml="250")
    assert plain(told(one)["sites_differ"].words) == "The sites make 250 mL, 350 mL were given."
    assert "sites_differ" not in told(below(INFUSION_SITE, place="thigh", volume_ml="350"))


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"mode": "pca", "lockout_minutes": "10"}, "has no demand dose"),
        ({"mode": "pca", "demand": "1", "demand_unit": "mg"}, "has no lockout"),
        ({"mode": "continuous", "basal": "2"}, "has no unit"),
        (
            {"mode": "continuous", "basal": "2", "basal_unit": "mL/h", "changed": "changed"},
            "by whose order",
        ),
        ({"mode": "continuous", "basal": "2", "basal_unit": "mL/h"}, ""),
    ],
)
def test_a_programme_is_whole(texts: dict[str, str], words: str) -> None:
    found = told(below(PUMP_PROGRAMME, at="09:10", **texts))
    said = " ".join(one.words for code, one in found.items() if code.startswith("programme"))
    assert words in said
    assert bool(said) is bool(words)


def test_more_delivered_than_demanded_cannot_be() -> None:
    found = told(below(PUMP_READING, at="09:10", demands="8", delivered="9"))
    assert found["counts_impossible"].words == "9 delivered of 8 demands cannot be."
    assert "counts_impossible" not in told(
        below(PUMP_READING, at="09:10", demands="12", delivered="9")
    )


def test_a_clock_that_went_back_keeps_the_order_of_entry_and_is_asked_about() -> None:
    """The clock was set back 12 minutes after the step of 09:30."""
    rows = acts(("09:00", "started", "35"), ("09:30", "stepped", "70"), ("09:20", "held"))
    values = infusions(rows)
    made = acts_of(values.infusion[0])
    assert [one.kind for one in made] == ["start", "step", "hold"]
    assert made[-1].at == at("09:30")
    assert made[-1].clock_back == timedelta(minutes=10)
    asked = told(values, facts(now=at("09:25")))["clock_went_back"]
    assert asked.level is Level.ADVICE
    assert "09:20" in asked.words


def test_a_late_entry_is_no_clock_that_went_back() -> None:
    rows = acts(("09:00", "started", "35"), ("09:30", "stepped", "70"), ("09:20", "held"))
    rows[2]["created_at"] = at("09:45")
    made = acts_of(infusions(rows).infusion[0])
    assert [one.kind for one in made] == ["start", "hold", "step"]
    assert not any(one.clock_back for one in made)


def test_a_clock_that_went_forward_changes_no_order() -> None:
    rows = acts(("09:00", "started", "35"), ("10:30", "stepped", "70"), ("10:35", "held"))
    assert "clock_went_back" not in told(infusions(rows), facts(now=at("10:40")))
