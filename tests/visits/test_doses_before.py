"""How a dose counts at the visit: by the order, and by what earlier visits gave."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Gate, stops
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients import order_actions
from infusion_visits.patients.facts import DoseFact
from infusion_visits.patients.therapy.tables import TherapyOrder
from infusion_visits.records import cells
from infusion_visits.visits import actions
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import load_record
from infusion_visits.visits.record import from_plain, to_plain
from infusion_visits.visits.signed_note import AddendumKind
from infusion_visits.visits.tables import Addendum

if TYPE_CHECKING:
    from uuid import UUID

    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def ordered(lived: Lived, **columns: object) -> None:
    """Changes the order that is in use, as if it had been written so."""
    with lived.new_unit() as unit:
        cells.put(unit, TherapyOrder, {"id": lived.order}, columns)
        unit.commit()


def later(lived: Lived, days: int) -> UUID:
    """The next visit, `days` after the last one; the nurse has arrived."""
    lived.clock.forward(days=days)
    with lived.new_unit() as unit:
        lived.visit = actions.schedule(
            unit,
            lived.patient,
            VisitKind.ROUTINE_INFUSION,
            lived.clock.now(),
            "America/Chicago",
            order=lived.order,
        )
        actions.start(unit, lived.visit)
        unit.commit()
    return lived.visit


@pytest.fixture
def first(lived: Lived) -> Lived:
    """One dose of infliximab was given and signed."""
    ordered(lived, therapy="infliximab", brand="Inflectra", first_dose=False)
    lived.live()
    lived.record("infusion", Row("infusion", (1,)), filter="1.2", second_check="solo")
    return lived


def another_order(lived: Lived, brand: str) -> None:
    """A new version of the order is used from now on."""
    with lived.new_unit() as unit:
        lived.order = order_actions.copy_order(unit, lived.patient, lived.order)
        cells.put(unit, TherapyOrder, {"id": lived.order}, {"brand": brand})
        order_actions.use_order(unit, lived.patient, lived.order)
        unit.commit()


def shut(lived: Lived) -> set[str]:
    return {one.code for one in stops(lived.found(), Gate.START)}


@pytest.mark.parametrize(
    ("days", "brand", "again"),
    [
        (56, "Inflectra", False),
        (112, "Inflectra", False),
        (113, "Inflectra", True),
        (56, "Renflexis", True),
        (56, "INFLECTRA", False),
    ],
)
def test_a_long_gap_or_another_brand_counts_as_a_first_dose(
    first: Lived, days: int, brand: str, again: bool
) -> None:
    another_order(first, brand)
    later(first, days)
    order = first.facts().order
    assert order is not None
    assert order.first_dose is again
    assert order.exposed_again is again
    assert ("start.first-dose" in shut(first)) is again
    assert ("start.first-dose-observation" in shut(first)) is again
    said = first.said("start.first-dose-again")
    assert bool(said) is again
    if again:
        ago = f"Last dose 21 Nov 2026, {days} days ago"
        assert said[0].startswith(ago)


def test_a_dose_given_elsewhere_counts_at_the_day_of_the_visit(lived: Lived) -> None:
    ordered(lived, therapy="ivig10", last_dose_day=date(2026, 10, 1), first_dose=False)
    lived.arrive()
    order = lived.facts().order
    assert order is not None
    assert not order.first_dose
    later(lived, 30)
    order = lived.facts().order
    assert order is not None
    assert order.exposed_again
    assert order.first_dose
    assert order.dose_words.replace("\u00a0", " ") == (
        "Last dose 1 Oct 2026, 81 days ago: more than 56 days count as a first dose again."
    )


def test_the_first_dose_of_an_order_is_over_once_one_was_given(first: Lived) -> None:
    ordered(first, first_dose=True)
    order = first.facts().order
    assert order is not None
    assert order.first_dose
    later(first, 14)
    order = first.facts().order
    assert order is not None
    assert not order.first_dose
    assert order.dose_known


def test_an_order_that_says_nothing_is_asked(lived: Lived) -> None:
    ordered(lived, therapy="infliximab")
    lived.arrive()
    assert lived.said("start.first-dose-not-said") == [
        "Is it a first dose? This record holds no earlier dose of inFLIXimab."
    ]
    assert "start.first-dose" not in shut(lived)


def test_what_was_known_stays_in_the_record(first: Lived) -> None:
    later(first, 113)
    record = first.read()
    assert record.doses_before == (
        DoseFact("infliximab", "infliximab-dyyb", "Inflectra", date(2026, 11, 21), 1),
    )
    plain = to_plain(record)
    assert plain["doses_before"][0]["last"] == "2026-11-21"
    again = from_plain(plain)
    assert again.doses_before == record.doses_before
    order = facts_of(again, first.clock.now()).order
    assert order is not None
    assert order.first_dose


def test_a_record_without_earlier_doses_is_written_as_ever(lived: Lived) -> None:
    lived.arrive()
    assert not {"doses_before", "reactions_before"}.intersection(to_plain(lived.read()))


def test_a_visit_that_was_taken_back_gave_nothing(first: Lived) -> None:
    was = first.visit
    later(first, 56)
    assert first.read().doses_before
    with first.new_unit() as unit:
        cells.add(
            unit,
            Addendum,
            {
                "id": unit.ids.new(),
                "visit_id": was,
                "kind": AddendumKind.RETRACTION.value,
                "envelope": b"{}",
                "sha256": "0" * 64,
            },
        )
        unit.commit()
    with first.new_unit() as unit:
        assert load_record(unit, first.visit).doses_before == ()
