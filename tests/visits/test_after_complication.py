"""What a complication asks of the pump, of the line, of the next visit, and of the note."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Gate, Level, stops
from infusion_visits.core.kinds import VisitKind
from infusion_visits.records import cells
from infusion_visits.sections.complications.rules import State, state_of
from infusion_visits.sections.complications.tables import STORE
from infusion_visits.sections.complications.values import Complications
from infusion_visits.visits import actions
from infusion_visits.visits.queries import load_record, load_rows
from infusion_visits.visits.rules.follow_up import planned_tasks
from infusion_visits.visits.tables import VisitTable

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


@pytest.fixture
def running(lived: Lived) -> Lived:
    """A peripheral line through which an infusion runs."""
    lived.arrive()
    lived.look_at_line()
    lived.vitals()
    made = lived.append(
        "infusion", Row("infusion"), order_id=str(lived.order), device_id=str(lived.device),
        method="pump", second_check="solo",
    )  # fmt: skip
    acts = Row("infusion_event", made.at)
    lived.append("infusion", acts, at="now", kind="start", rate="100", reading_ml="0")
    lived.clock.forward(minutes=20)
    return lived


def noticed(lived: Lived, what: str, **step: str) -> UUID:
    """A complication of the line, noticed now."""
    made = lived.append(
        "complications", Row("complication"), what=what, noticed_at="now", during="during",
        device_id=str(lived.device),
    )  # fmt: skip
    key = made.at[0]
    assert isinstance(key, UUID)
    further(lived, key, "noticed", **step)
    return key


def further(lived: Lived, key: UUID, kind: str, **more: str) -> None:
    """One more step."""
    row = Row("complication_step", (key,))
    lived.append("complications", row, happened_at="now", kind=kind, **more)


def pump(lived: Lived, kind: str, **more: str) -> None:
    """An act upon the infusion."""
    lived.append("infusion", Row("infusion_event", (1,)), at="now", kind=kind, **more)


def test_a_pump_that_still_runs_is_told_until_it_is_held(running: Lived) -> None:
    noticed(running, "infiltration", scale="ins_infiltration", grade="2")
    running.clock.forward(minutes=1)
    (words,) = running.said("complication.pump_ran_on")
    assert words.startswith("Infiltration: the pump still runs, 1 min after")
    pump(running, "hold", why="infiltration")
    assert running.said("complication.pump_ran_on") == []


def test_a_pump_that_was_stopped_late_stays_told(running: Lived) -> None:
    noticed(running, "infiltration", scale="ins_infiltration", grade="2")
    running.clock.forward(minutes=12)
    pump(running, "stop", why="infiltration", reading_ml="50")
    assert running.said("complication.pump_ran_on") == [
        "Infiltration: the infusion was stopped 12 min after it was noticed"
    ]


def test_a_reaction_of_grade_1_may_be_slowed(running: Lived) -> None:
    noticed(running, "infusion_reaction", scale="ctcae_irr", grade="1")
    running.clock.forward(minutes=5)
    pump(running, "slow", rate="50", why="reaction")
    assert running.said("complication.pump_ran_on") == []


def test_a_line_comes_out_or_stays_as_the_kind_asks(running: Lived) -> None:
    noticed(running, "phlebitis_mechanical", scale="ins_phlebitis", grade="1")
    assert running.said("complication.line_remove") == []
    noticed(running, "phlebitis_mechanical", scale="ins_phlebitis", grade="2")
    assert running.said("complication.line_remove") == ["Phlebitis, mechanical: the line comes out"]
    pump(running, "stop", why="phlebitis", reading_ml="40")
    assert running.device is not None
    line = Row("access_device", (running.device,))
    running.record("devices", line, removed_at="now", removal_reason="complication")
    assert running.said("complication.line_remove") == []
    assert running.said("complication.line_removed") == []


def test_a_line_taken_out_without_an_order_is_told(running: Lived) -> None:
    key = noticed(running, "extravasation", scale="extravasation", grade="2")
    pump(running, "stop", why="extravasation", reading_ml="40")
    assert running.device is not None
    line = Row("access_device", (running.device,))
    running.record("devices", line, removed_at="now", removal_reason="complication")
    assert running.said("complication.line_removed") == [
        "Extravasation: the line was taken out without an order"
    ]
    further(
        running, key, "told", told_role="prescriber", reached="reached",
        order_received="take it out", read_back="yes",
    )  # fmt: skip
    assert running.said("complication.line_removed") == []


def test_what_the_kind_must_say_keeps_the_visit_from_being_signed(running: Lived) -> None:
    key = noticed(running, "infiltration", scale="ins_infiltration", grade="2")
    words = running.said("complications.asked")
    assert "Infiltration: capillary refill is not answered." in words
    assert "Infiltration: condition when you left is not answered." in words
    row = Row("complication", (key,))
    running.record(
        "complications", row, capillary_refill="normal", pulses="strong", sensation="normal",
        tissue_ml="5", drug="infliximab", osmolarity_ph="290, pH 7.2", segment="drug",
        onset_ml="33", condition_at_departure="comfortable", device_status="removed",
    )  # fmt: skip
    assert running.said("complications.asked") == []


def test_follow_up_and_report_become_tasks_with_their_days(running: Lived) -> None:
    noticed(running, "extravasation", scale="extravasation", grade="2")
    planned = planned_tasks(running.read(), running.facts())
    told = {task.what.replace("\u00a0", " "): task.due_day for task in planned}
    day = running.clock.now().date()
    looks = sorted((due - day).days for what, due in told.items() if due and "after it" in what)
    assert looks == [1, 2, 3, 7]
    assert any(what.startswith("Incident report: Extravasation") for what in told)


def second_visit(lived: Lived) -> UUID:
    """The nurse comes again, a week later."""
    lived.clock.forward(minutes=7 * 24 * 60)
    with lived.new_unit() as unit:
        visit = actions.schedule(
            unit, lived.patient, VisitKind.LINE_CARE, unit.now, "America/Chicago"
        )
        actions.start(unit, visit)
        unit.commit()
    return visit


def test_what_is_open_asks_for_a_look_at_the_next_visit(running: Lived) -> None:
    key = noticed(running, "hematoma", scale="severity", grade="mild")
    running.visit = second_visit(running)
    asked = [one for one in running.found() if one.code == "complications.look_again"]
    assert [(one.level, one.gate, one.overridable) for one in asked] == [
        (Level.STOP, Gate.SIGN, True)
    ]
    assert asked[0].words == (
        "Hematoma, mild, open since 21 Nov 2026: look again and chart a recheck."
    )
    assert any(one.words == "Hematoma, mild" for one in running.found() if one.level is Level.ALERT)
    further(running, key, "recheck", words="yellow, 2 cm")
    assert running.said("complications.look_again") == []


def test_a_visit_signed_late_leaves_out_what_later_visits_wrote(running: Lived) -> None:
    first = running.visit
    key = noticed(running, "hematoma", scale="severity", grade="mild")
    with running.new_unit() as unit:
        cells.put(unit, VisitTable, {"id": first}, {"completed_at": unit.now})
        unit.commit()
    running.clock.forward(minutes=5)
    further(running, key, "action", words="Tourniquet released")  # late, but of this visit
    running.visit = second_visit(running)
    further(running, key, "closed", outcome="resolved")
    noticed(running, "nerve_injury")

    def known(visit: UUID) -> Complications:
        with running.new_unit() as unit:
            return load_record(unit, visit).of(Complications)

    (then,) = known(first).complication
    assert [step.kind for step in then.complication_step] == ["noticed", "action"]
    assert state_of(then) is State.OPEN
    now = known(running.visit).complication
    assert [state_of(one) for one in now] == [State.CLOSED, State.OPEN]


def test_the_rows_of_a_complication_name_their_visits(running: Lived) -> None:
    key = noticed(running, "hematoma", scale="severity", grade="mild")
    with running.new_unit() as unit:
        rows = load_rows(unit, running.visit).rows["complications"]
    values = STORE.from_rows(rows)
    (one,) = values.complication
    assert one.mark.visit == one.complication_step[0].mark.visit == running.visit
    out = STORE.to_rows(values, {"patient_id": running.patient})
    assert [row["visit_id"] for row in out["complication_step"]] == [running.visit]
    assert [row["visit_id"] for row in out["complication"]] == [running.visit]
    assert key == one.mark.row.at[0]
    assert stops(running.found(), Gate.SIGN)
