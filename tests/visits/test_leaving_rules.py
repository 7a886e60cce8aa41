"""Times that contradict each other, a pump left running, observation by each infusion's order."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.errors import Refused
from infusion_visits.core.findings import CLOSING, Gate, stops
from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.notes.exceptions import exceptions
from infusion_visits.patients import actions as patients
from infusion_visits.patients import order_actions
from infusion_visits.visits import actions, charting
from infusion_visits.visits.timeline import chart
from tests.fixtures.whole_visit import ORDER

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def start(lived: Lived, rate: str = "100", **more: str) -> Row:
    texts = {
        "order_id": str(lived.order),
        "device_id": str(lived.device),
        "method": "pump",
        "second_check": "solo",
        "tolerated": "well",
    }
    made = lived.append("infusion", Row("infusion"), **{**texts, **more})
    lived.append("infusion", Row("product_lot", made.at), lot="LX4402", expiry="2028-06-30")
    act(lived, made, "start", rate=rate)
    return made


def act(lived: Lived, infusion: Row, kind: str, **more: str) -> None:
    more = {"at": "now", **more}
    lived.append("infusion", Row("infusion_event", infusion.at), kind=kind, **more)


def open_stops(lived: Lived) -> set[str]:
    return {one.code for one in stops(lived.found(), *CLOSING)}


@pytest.fixture
def ready(lived: Lived) -> Lived:
    lived.arrive()
    lived.look_at_line()
    lived.vitals()
    return lived


def test_left_running_is_said_by_the_pump_not_by_a_word_at_departure(ready: Lived) -> None:
    infusion = start(ready)
    ready.clock.forward(minutes=10)
    ready.record("departure", Row("departure"), access="left_running", time_out="now")
    assert "left-running-not-charted" in open_stops(ready)
    act(ready, infusion, "left", reading_ml="16")
    assert not open_stops(ready) & {"left-running-not-charted", "infusion-still-running"}


def test_what_lies_outside_the_visit_is_asked_about(ready: Lived) -> None:
    infusion = start(ready, "200")
    ready.clock.forward(minutes=75)
    act(ready, infusion, "complete", reading_ml="250")
    ready.clock.forward(minutes=31)
    ready.vitals()
    ready.record("departure", Row("departure"), time_out="now", access="locked")
    assert not {code for code in open_stops(ready) if code.startswith("time.")}
    ready.record("departure", Row("departure"), time_out="-20")
    (late,) = [one for one in ready.found() if one.code == "time.after-time-out"]
    assert late.overridable
    assert late.gate is Gate.SIGN
    assert late.words.startswith("A set of vital signs at 10:4")
    ready.record("arrival", Row("arrival"), time_in="-90")
    assert "time.before-time-in" in open_stops(ready)


def test_each_infusion_is_watched_as_its_own_order_asks(ready: Lived) -> None:
    with ready.new_unit() as unit:
        more = {**ORDER, "drug": "hydration", "observation_minutes": "60"}
        made = patients.append(unit, ready.patient, Row("therapy_order"), more)
        assert isinstance(made, tuple)
        longer = made[0].at[0]
        assert isinstance(longer, UUID)
        step = {"rate": "200", "rate_unit": "mL/h", "until_complete": "y"}
        patients.append(unit, ready.patient, Row("rate_step", (longer,)), step)
        order_actions.use_order(unit, ready.patient, longer)
        unit.commit()
    infusion = start(ready, "200", order_id=str(longer))
    ready.clock.forward(minutes=75)
    act(ready, infusion, "complete", reading_ml="250")
    ready.clock.forward(minutes=40)
    ready.vitals()
    ready.record("departure", Row("departure"), time_out="now")
    (short,) = [
        one for one in stops(ready.found(), Gate.SIGN) if one.code == "left-before-observation-end"
    ]
    assert "20\u00a0min" in short.words or "19\u00a0min" in short.words


def test_what_hangs_on_a_struck_row_is_counted_nowhere(ready: Lived) -> None:
    infusion = start(ready)
    event = Row("infusion_event", (*infusion.at, 1))
    ready.not_done("infusion", event, "reading_ml", NotDoneReason.UNABLE)

    def rows() -> int:
        record, facts = ready.read(), ready.facts()
        return len(exceptions(record, facts, (), signed=False).rows)

    assert rows() == 1
    with ready.new_unit() as unit:
        charting.strike(unit, ready.visit, "infusion", infusion, StrikeReason.DUPLICATE)
        unit.commit()
    assert rows() == 0


def test_the_chart_adds_what_runs_together_and_says_only_what_was_measured(ready: Lived) -> None:
    first = start(ready, "100")
    ready.clock.forward(minutes=10)
    second = start(ready, "50")
    ready.clock.forward(minutes=10)
    act(ready, second, "stop", why="enough")
    ready.clock.forward(minutes=10)
    act(ready, first, "stop", why="enough")
    ready.append("vitals", Row("vital_signs"), at="now", pulse="80", extent="part")
    picture = chart(ready.read(), ready.facts())
    assert picture is not None
    assert [int(step.ml_per_hour) for step in picture.rates] == [100, 150, 100, 0]
    assert "None" not in picture.alt
    assert "pulse 80" in picture.alt


def test_a_visit_is_not_completed_while_something_keeps_the_nurse(ready: Lived) -> None:
    start(ready)
    with ready.new_unit() as unit, pytest.raises(Refused) as refused:
        actions.complete(unit, ready.visit)
    assert refused.value.code == "stops"
    assert "The infusion has no end" in refused.value.words
