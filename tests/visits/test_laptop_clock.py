"""The laptop's clock is set during a visit: noticed, kept, asked about; the ladder stays right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.clock_watch import ClockEvent, ClockWatch
from infusion_visits.core.findings import Level
from infusion_visits.records import change_log
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.summary import standing_at
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits import actions, charting
from infusion_visits.visits.laptop_clock import (
    CLOCK_CHANGED,
    clock_changed,
    keep_if_set_back,
    words_of,
)
from infusion_visits.visits.record import from_plain, to_plain
from infusion_visits.visits.rules.laptop_clock import CODE

if TYPE_CHECKING:
    from infusion_visits.sections.infusion.summary import InfusionSummary
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


@pytest.fixture
def running(lived: Lived) -> Lived:
    """An infusion of 100 mL/h for 30 minutes, then 200, started just now."""
    lived.arrive()
    with lived.new_unit() as unit:
        actions.opened(unit, lived.visit)
        unit.commit()
    lived.look_at_line()
    lived.vitals()
    made = lived.append(
        "infusion", Row("infusion"), order_id=str(lived.order), device_id=str(lived.device),
        method="pump",
    )  # fmt: skip
    lived.append("infusion", Row("infusion_event", made.at), at="now", kind="start", rate="100")
    return lived


def act(lived: Lived, kind: str, **more: str) -> None:
    lived.append("infusion", Row("infusion_event", (1,)), at="now", kind=kind, **more)


def stands(lived: Lived) -> InfusionSummary:
    (one,) = standing(lived.read().of(Infusion))
    return standing_at(one, lived.facts())


def test_a_clock_set_back_keeps_order_and_volume(running: Lived) -> None:
    watch = ClockWatch(running.clock)
    running.clock.forward(minutes=30)
    watch.look()
    act(running, "step", rate="200")
    running.clock.set_by(minutes=-12)
    (found,) = watch.look()
    assert found.what is ClockEvent.BACK
    with running.new_unit() as unit:
        clock_changed(unit, running.visit, found)
        unit.commit()
    act(running, "hold", why="pump alarm")
    (one,) = standing(running.read().of(Infusion))
    assert [row.kind for row in acts_of(one)] == ["start", "step", "hold"]
    assert stands(running).given_ml == 50
    (asked,) = [row for row in running.found() if row.code == CODE]
    assert "went back 12" in asked.words.replace("\u00a0", " ")
    assert asked.overridable
    with running.new_unit() as unit:
        event = change_log.last_event(unit, running.visit, (CLOCK_CHANGED,))
        assert event is not None
        charting.override(unit, running.visit, asked.key, asked.words, "telephone says 09:20")
        unit.commit()
    (left,) = [row for row in running.found() if row.code == CODE]
    assert left.level is Level.ADVICE


def test_a_clock_set_forward_moves_the_ladder_and_is_asked_about(running: Lived) -> None:
    watch = ClockWatch(running.clock)
    running.clock.set_by(minutes=15)
    (found,) = watch.look()
    with running.new_unit() as unit:
        clock_changed(unit, running.visit, found)
        unit.commit()
    assert [row.words for row in running.found() if row.code == CODE]
    # The time of the start can be put right; the ladder follows at once.
    due = stands(running).next_step
    assert due is not None
    assert due.due is not None
    running.record("infusion", Row("infusion_event", (1, 1)), at="now")
    again = stands(running).next_step
    assert again is not None
    assert again.due is not None
    assert again.due - due.due >= timedelta(minutes=15)


def test_a_sleep_leaves_no_question(running: Lived) -> None:
    watch = ClockWatch(running.clock)
    running.clock.forward(minutes=47)
    (found,) = watch.look()
    with running.new_unit() as unit:
        clock_changed(unit, running.visit, found)
        unit.commit()
    assert running.read().clock_changes == ()
    assert "slept" in words_of(found, "09:47")
    late = stands(running).next_step
    assert late is not None
    assert late.due is not None
    assert running.clock.now() - late.due > timedelta(minutes=16)
    assert any(row.code == "infusion.step_late" for row in running.found())


def test_a_clock_set_back_while_the_program_was_closed_is_found_at_opening(running: Lived) -> None:
    with running.new_unit() as unit:
        assert keep_if_set_back(unit, running.visit) is None
    running.clock.set_by(minutes=-60)
    with running.new_unit() as unit:
        found = keep_if_set_back(unit, running.visit)
        unit.commit()
    assert found is not None
    assert found.minutes == 60
    (change,) = running.read().clock_changes
    assert (change.what, round(change.seconds / 60)) == ("back", 60)
    with running.new_unit() as unit:
        assert keep_if_set_back(unit, running.visit) is None


def test_what_was_noticed_goes_into_the_record(running: Lived) -> None:
    running.clock.set_by(minutes=-60)
    with running.new_unit() as unit:
        keep_if_set_back(unit, running.visit)
        unit.commit()
    record = running.read()
    assert from_plain(to_plain(record)).clock_changes == record.clock_changes
