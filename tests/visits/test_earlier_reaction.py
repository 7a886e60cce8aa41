"""A reaction at an earlier visit: the figure before the start, and a rate above it told."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import StrikeReason, VisitKind
from infusion_visits.patients import order_actions
from infusion_visits.visits import actions, charting
from infusion_visits.visits.record import from_plain, to_plain

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


@pytest.fixture
def before(lived: Lived) -> Lived:
    """A reaction of grade 2 at 200 mL/h, eight weeks ago; the nurse has arrived again."""
    lived.live()
    made = lived.append(
        "complications",
        Row("complication"),
        what="infusion_reaction",
        noticed_at="now",
        drug="infliximab-dyyb",
        onset_rate="201",
    )
    lived.complication = None
    lived.append(
        "complications",
        Row("complication_step", made.at),
        kind="noticed",
        happened_at="now",
        scale="ctcae_irr",
        grade="2",
    )
    lived.device = None
    again(lived, 56)
    lived.look_at_line()
    lived.vitals()
    return lived


def again(lived: Lived, days: int) -> None:
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
        unit.commit()
    lived.arrive()


def started(lived: Lived, rate: str, **more: str) -> Row:
    made = lived.append(
        "infusion", Row("infusion"), order_id=str(lived.order), device_id=str(lived.device)
    )
    acts = Row("infusion_event", made.at)
    lived.append("infusion", acts, at="now", kind="start", rate=rate, reading_ml="0", **more)
    return acts


def told(lived: Lived) -> list[tuple[Level, str, str, str]]:
    return [
        (
            one.level,
            one.words.replace("\u00a0", " "),
            one.detail.replace("\u00a0", " "),
            one.response,
        )
        for one in lived.found()
        if one.code.endswith("earlier-reaction")
    ]


WHAT = "Infusion reaction, grade 2 (CTCAE 5), 21 Nov 2026, at 201 mL/h"


def test_half_of_its_rate_is_said_before_the_start(before: Lived) -> None:
    ((level, words, _, _),) = told(before)
    assert level is Level.ADVICE
    # The first ordered step is 100 mL/h; half of 201 is 100.5, which a pump takes as 100.
    assert words == f"{WHAT}: start at 100 mL/h at most."


def test_a_rate_above_it_is_told_once_with_the_reason(before: Lived) -> None:
    acts = started(before, "100")
    assert told(before) == []
    before.clock.forward(minutes=30)
    before.append(
        "infusion", acts, at="now", kind="step", rate="150", why="prescriber agreed by telephone"
    )
    before.clock.forward(minutes=30)
    before.append("infusion", acts, at="now", kind="step", rate="200")
    assert told(before) == [
        (
            Level.ALERT,
            "Raised to 150 mL/h after an earlier reaction",
            f"{WHAT}: at most 100 mL/h without an order that says so.",
            "prescriber agreed by telephone",
        )
    ]


def test_an_order_used_since_says_so_itself(before: Lived) -> None:
    with before.new_unit() as unit:
        before.order = order_actions.copy_order(unit, before.patient, before.order)
        order_actions.use_order(unit, before.patient, before.order)
        actions.set_order(unit, before.visit, before.order)
        unit.commit()
    assert len(told(before)) == 1
    started(before, "200")
    assert told(before) == []


def test_a_struck_reaction_asks_nothing(before: Lived) -> None:
    (reaction,) = before.read().reactions_before
    with before.new_unit() as unit:
        row = Row("complication", (reaction.complication,))
        charting.strike(unit, before.visit, "complications", row, StrikeReason.WRONG_PATIENT)
        unit.commit()
    assert told(before) == []


def test_it_stays_in_the_record(before: Lived) -> None:
    record = before.read()
    (one,) = record.reactions_before
    assert one.ml_per_hour == Decimal(201)
    assert one.at.replace(hour=0, minute=0, second=0) == datetime(2026, 11, 21, tzinfo=UTC)
    assert from_plain(to_plain(record)).reactions_before == record.reactions_before


def test_a_reaction_of_this_visit_is_left_to_its_own_rules(lived: Lived) -> None:
    lived.arrive()
    lived.append(
        "complications",
        Row("complication"),
        what="infusion_reaction",
        noticed_at="now",
        onset_rate="200",
    )
    assert lived.read().reactions_before == ()
