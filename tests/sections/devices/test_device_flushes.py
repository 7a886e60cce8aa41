"""Flush and lock: against the order and the template, the last flush, the drug's own solution."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.findings import Gate, Level
from infusion_visits.patients.facts import RunFact, TherapyFact
from infusion_visits.sections.devices.note import blocks
from infusion_visits.sections.devices.rules import findings, flushing
from infusion_visits.sections.devices.rules.limits import default_limits
from tests.sections.devices.made_lines import (
    PICC_ID,
    at,
    care,
    codes,
    facts,
    lumen_check,
    normal,
    one,
    picc,
)
from tests.sections.every_field import made_facts, text_of

if TYPE_CHECKING:
    from infusion_visits.sections.devices.values import DeviceCare

ORDER = made_facts().orders[0]


def flush(ml: str, purpose: str | None = None, **more: Any) -> list[str]:
    """The codes for one flush of so many mL; `order` and `facts` as given."""
    order = more.pop("order", None)
    told = facts(order=order, **more.pop("about", {}))
    act = care(PICC_ID, 1, at(9, 30), "flush_lock", saline_ml=Decimal(ml), purpose=purpose, **more)
    return codes(findings(one(picc(catheter_end="clamped"), normal(PICC_ID), care=(act,)), told))


def test_a_flush_against_the_template() -> None:
    assert "flush_volume" not in flush("10", "before")
    assert "flush_volume" in flush("5", "before")
    assert "flush_volume" in flush("10", "after_draw")
    assert "flush_volume" not in flush("20", "after_draw")
    # Without a purpose nobody knows which volume was meant; too little is too little all the same.
    assert "flush_volume" not in flush("20")
    assert "flush_volume" in flush("3")


def test_the_order_wins_over_the_template() -> None:
    ordered = replace(ORDER, flush_before_ml=Decimal(5), flush_after_ml=Decimal(20))
    assert "flush_volume" not in flush("5", "before", order=ordered)
    assert "flush_volume" in flush("10", "after", order=ordered)
    act = care(PICC_ID, 1, at(9, 30), "flush_lock", saline_ml=Decimal(10), purpose="after")
    made = findings(one(picc(), normal(PICC_ID), care=(act,)), facts(order=ordered))
    (advice,) = [found for found in made if found.code == "devices.flush_volume"]
    assert advice.words == "Flushed with 10\u00a0mL; 20\u00a0mL ordered"


def test_a_child_takes_half() -> None:
    assert "flush_volume" not in flush("5", "before", about={"age_years": 6})
    assert "flush_volume" in flush("10", "before", about={"age_years": 6})


AMPHO = TherapyFact("amphotericin_b_conventional", "amphotericin B")


def test_a_drug_that_saline_precipitates_asks_for_dextrose() -> None:
    order = replace(ORDER, drug="amphotericin B", brand="", therapy=AMPHO)
    assert "flush_incompatible" in flush("10", "before", order=order)
    right = flush("10", "before", order=order, flush_agent="dextrose_5")
    assert "flush_incompatible" not in right
    assert "flush_solution" in right
    assert "flush_solution" not in flush("10", "before", order=ORDER)


@pytest.mark.parametrize(("after", "asked"), [(None, True), (at(12, 0), True), (at(12, 40), False)])
def test_the_last_flush_is_asked_for_before_leaving(after: Any, asked: bool) -> None:
    acts: tuple[DeviceCare, ...] = ()
    if after is not None:
        acts = (care(PICC_ID, 1, after, "flush_lock", saline_ml=Decimal(10)),)
    run = RunFact("vancomycin", PICC_ID, "", at(9, 30), at(12, 30))
    found = findings(one(picc(), normal(PICC_ID), care=acts), facts(runs=(run,)))
    stops = [one_of for one_of in found if one_of.code == "devices.last_flush"]
    assert bool(stops) is asked
    for stop in stops:
        assert (stop.level, stop.gate, stop.overridable) == (Level.STOP, Gate.DEPART, True)


def test_a_flush_charted_with_the_check_counts_as_the_last_one() -> None:
    row = lumen_check(PICC_ID, saline_ml=Decimal(10))
    run = RunFact("vancomycin", PICC_ID, "", at(9, 30), at(12, 30))
    values = one(picc(), normal(PICC_ID, lumen_check=(row,)))
    assert "last_flush" not in codes(findings(values, facts(runs=(run,))))


def test_tubing_flushed_through_or_a_line_taken_out_asks_for_no_flush() -> None:
    run = RunFact("vancomycin", PICC_ID, "", at(9, 30), at(12, 30), Decimal(20))
    assert "last_flush" not in codes(findings(one(picc(), normal(PICC_ID)), facts(runs=(run,))))
    bare = replace(run, flushed_ml=None)
    gone = one(picc(removed_at=at(13)), normal(PICC_ID))
    assert "last_flush" not in codes(findings(gone, facts(runs=(bare,))))


def test_heparin_of_all_lines_is_added_up() -> None:
    row = lumen_check(
        PICC_ID, lock_agent="heparin", lock_units_per_ml=Decimal(100), lock_ml=Decimal(10)
    )
    act = care(
        PICC_ID, 1, at(10), "flush_lock",
        lock_agent="heparin", lock_units_per_ml=Decimal(100), lock_ml=Decimal(5),
    )  # fmt: skip
    made = findings(one(picc(), normal(PICC_ID, lumen_check=(row,)), care=(act,)), facts())
    told = [found.words for found in made if found.code == "devices.heparin_total"]
    assert told == ["1,500\u00a0units of heparin in locks at this visit"]


def test_the_sequence_around_a_medicine_is_told() -> None:
    heparin: dict[str, Any] = {
        "lock_agent": "heparin", "lock_units_per_ml": Decimal(10), "lock_ml": Decimal(5),
    }  # fmt: skip
    first = care(PICC_ID, 1, at(9, 20), "flush_lock", saline_ml=Decimal(10))
    last = care(PICC_ID, 2, at(12, 40), "flush_lock", saline_ml=Decimal(10))
    run = RunFact("vancomycin", PICC_ID, "", at(9, 30), at(12, 30))
    for acts, words in (
        ((first, last), "Flush sequence SAS around vancomycin."),
        ((first, replace(last, **heparin)), "Flush sequence SASH around vancomycin."),
        ((last,), "Flush around vancomycin: none charted before."),
    ):
        values = one(picc(), normal(PICC_ID), care=acts)
        (told,) = flushing.sequences(values, values.access_device[0], (run,))
        assert told.words == words
        assert words in text_of(blocks(values, facts(runs=(run,))))


def test_the_template_is_said_in_one_line() -> None:
    found = flushing.template_for(picc(), default_limits(), needle_in=True)
    assert found is not None
    assert flushing.template_words(found).replace("\u00a0", " ") == (
        "Flush 10 mL; after a draw 20 mL; lock saline or heparin 10 units/mL 3 to 5 mL; "
        "not in use: every 24 h (agency to confirm; the order wins)."
    )
