"""What must come before a start, a step and a resume; and what is said when it did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Gate, Level, stops
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients import order_actions
from infusion_visits.visits import actions, charting

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def given(lived: Lived, **more: str) -> Row:
    """An infusion that is set up, with a lot; acts go below it."""
    texts = {
        "order_id": str(lived.order),
        "device_id": str(lived.device),
        "method": "pump",
        "second_check": "solo",
    }
    made = lived.append("infusion", Row("infusion"), **{**texts, **more})
    lived.append("infusion", Row("product_lot", made.at), lot="LX4402", expiry="2028-06-30")
    return made


def act(lived: Lived, infusion: Row, kind: str, **more: str) -> None:
    lived.append("infusion", Row("infusion_event", infusion.at), at="now", kind=kind, **more)


def shut(lived: Lived, gate: Gate) -> list[str]:
    return [one.key for one in stops(lived.found(), gate)]


def alerts(lived: Lived) -> list[str]:
    return [one.words for one in lived.found() if one.level is Level.ALERT]


@pytest.fixture
def ready(lived: Lived) -> Lived:
    lived.arrive()
    lived.look_at_line()
    return lived


def test_a_pulse_alone_is_no_baseline(ready: Lived) -> None:
    ready.append("vitals", Row("vital_signs"), at="now", pulse="80", extent="part")
    assert shut(ready, Gate.START) == ["start.no-baseline"]
    ready.vitals()
    assert shut(ready, Gate.START) == []


def test_a_second_infusion_asks_again(ready: Lived) -> None:
    ready.vitals()
    first = given(ready)
    act(ready, first, "start", rate="100", reading_ml="0")
    ready.clock.forward(minutes=120)
    act(ready, first, "complete", reading_ml="250")
    second = given(ready)
    assert shut(ready, Gate.START) == ["start.no-baseline@infusion/2"]
    act(ready, second, "start", rate="100")
    assert "Infusion started although: No vital signs within 30 minutes before the start." in (
        alerts(ready)
    )


def test_going_past_the_first_start_says_nothing_of_the_second(ready: Lived) -> None:
    with ready.new_unit() as unit:
        charting.override(unit, ready.visit, "start.no-baseline", "No vital signs", "cuff broken")
        unit.commit()
    first = given(ready)
    assert shut(ready, Gate.START) == []
    act(ready, first, "start", rate="100")
    act(ready, first, "stop", why="leaking")
    given(ready)
    assert shut(ready, Gate.START) == ["start.no-baseline@infusion/2"]


def test_found_running_was_not_started_here(ready: Lived) -> None:
    infusion = given(ready)
    act(ready, infusion, "found", rate="100", reading_ml="20")
    assert alerts(ready) == []


def test_an_infusion_at_any_kind_of_visit_asks(ready: Lived) -> None:
    with ready.new_unit() as unit:
        visit = actions.schedule(
            unit, ready.patient, VisitKind.UNSCHEDULED, unit.now, "America/Chicago"
        )
        actions.start(unit, visit)
        unit.commit()
    ready.visit = visit
    assert shut(ready, Gate.START) == ["identity-two"]
    given(ready)
    assert shut(ready, Gate.START) == ["identity-two", "start.no-baseline"]


def test_what_stood_shut_before_the_start_is_said_of_it(lived: Lived) -> None:
    with lived.new_unit() as unit:
        actions.start(unit, lived.visit)
        unit.commit()
    lived.look_at_line()
    lived.vitals()
    lived.record("screening", Row("screening_answer"), at="now", infection="y")
    act(lived, given(lived), "start", rate="100")
    said = " ".join(alerts(lived))
    assert "Infusion started although: 0 of 2 identifiers recorded" in said
    assert "Infusion started although: Fever" in said or "although: " in said


def test_a_reaction_after_the_start_does_not_shut_it_backwards(ready: Lived) -> None:
    ready.vitals()
    infusion = given(ready)
    act(ready, infusion, "start", rate="100")
    ready.clock.forward(minutes=10)
    made = ready.append("complications", Row("complication"), what="anaphylaxis", noticed_at="now")
    assert shut(ready, Gate.STEP) != []
    assert not [words for words in alerts(ready) if "although" in words]
    act(ready, infusion, "hold", why="reaction")
    ready.clock.forward(minutes=10)
    ready.vitals()
    act(ready, infusion, "resume", rate="50")
    resumed = [words for words in alerts(ready) if "Infusion resumed although" in words]
    assert len(resumed) == 1
    assert made.at


def test_a_step_needs_signs_of_its_own_phase(ready: Lived) -> None:
    ready.vitals()
    infusion = given(ready)
    act(ready, infusion, "start", rate="100")
    ready.clock.forward(minutes=30)
    path = f"infusion_event/{infusion.at[0]}/1"
    assert shut(ready, Gate.STEP) == [f"step.vitals-first@{path}"]
    act(ready, infusion, "step", rate="200")
    (words,) = [words for words in alerts(ready) if "vital signs" in words]
    assert words.replace("\u00a0", " ") == (
        "Rate raised to 200 mL/h without vital signs in the 15 minutes before"
    )


def test_going_past_one_step_does_not_open_the_next(ready: Lived) -> None:
    ready.vitals()
    infusion = given(ready)
    act(ready, infusion, "start", rate="50")
    ready.clock.forward(minutes=30)
    (key,) = shut(ready, Gate.STEP)
    with ready.new_unit() as unit:
        charting.override(unit, ready.visit, key, "Vital signs first", "asleep")
        unit.commit()
    assert shut(ready, Gate.STEP) == []
    act(ready, infusion, "step", rate="100")
    ready.clock.forward(minutes=30)
    assert shut(ready, Gate.STEP) == [f"step.vitals-first@infusion_event/{infusion.at[0]}/2"]
    assert not [words for words in alerts(ready) if "without vital signs" in words]


def test_after_the_end_no_step_is_shut(ready: Lived) -> None:
    ready.vitals()
    infusion = given(ready)
    act(ready, infusion, "start", rate="200", reading_ml="0")
    ready.clock.forward(minutes=75)
    act(ready, infusion, "complete", reading_ml="250")
    ready.clock.forward(minutes=60)
    assert (shut(ready, Gate.STEP), shut(ready, Gate.RESUME)) == ([], [])


def test_an_order_replaced_during_the_visit_is_still_the_order_of_the_visit(ready: Lived) -> None:
    ready.vitals()
    act(ready, given(ready), "start", rate="100")
    with ready.new_unit() as unit:
        copy = order_actions.copy_order(unit, ready.patient, ready.order)
        order_actions.use_order(unit, ready.patient, copy)
        unit.commit()
    facts = ready.facts()
    assert facts.order is not None
    assert facts.order.order == ready.order
    assert {one.order for one in facts.orders} == {ready.order, copy}
    assert alerts(ready) == []


def test_an_order_that_is_over_is_not_offered_and_keeps_the_start_shut(ready: Lived) -> None:
    ready.vitals()
    with ready.new_unit() as unit:
        order_actions.end_order(unit, ready.patient, ready.order, "therapy changed")
        unit.commit()
    assert shut(ready, Gate.START) == ["start.order-over"]
    ready.clock.forward(days=1)
    with ready.new_unit() as unit:
        visit = actions.schedule(
            unit, ready.patient, VisitKind.ROUTINE_INFUSION, unit.now, "America/Chicago"
        )
        actions.start(unit, visit)
        unit.commit()
    ready.visit = visit
    assert ready.facts().orders == ()


def test_the_infusions_order_counts_where_the_visit_names_none(ready: Lived) -> None:
    with ready.new_unit() as unit:
        actions.set_order(unit, ready.visit, None)
        unit.commit()
    assert "start.no-order" in shut(ready, Gate.START)
    given(ready)
    assert "start.no-order" not in shut(ready, Gate.START)
    facts = ready.facts()
    assert facts.order is not None
    assert facts.order.observation_minutes == 30
