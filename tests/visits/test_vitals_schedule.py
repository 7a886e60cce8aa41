"""Vital signs by the schedule of the therapy, on a real record: due, missed, late, reaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.moments import show_time
from infusion_visits.visits.facts import facts_of
from tests.fixtures import whole_visit

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


@pytest.fixture
def stepped(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Lived:
    """Infliximab by its own schedule: 100 mL/h for 30 min, then 200; the line looked at."""
    monkeypatch.setitem(whole_visit.ORDER, "therapy", "infliximab")
    lived: Lived = request.getfixturevalue("lived")
    lived.arrive()
    lived.look_at_line()
    return lived


def start(lived: Lived) -> Row:
    lived.vitals()
    given = lived.append(
        "infusion",
        Row("infusion"),
        order_id=str(lived.order),
        device_id=str(lived.device),
        method="pump",
        prepared_ml="250",
    )
    act(lived, given, "start", rate="100")
    return given


def act(lived: Lived, given: Row, kind: str, **more: str) -> None:
    lived.append("infusion", Row("infusion_event", given.at), at="now", kind=kind, **more)


def dues(lived: Lived) -> list[tuple[int, str, str]]:
    """Minutes after the start, what for, and its state."""
    facts = lived.facts()
    begun = facts.infusion_start
    assert begun is not None
    return [
        (round((due.at - begun).total_seconds() / 60), due.words, due.state)
        for due in facts.vitals_due
    ]


def schedule(lived: Lived, code: str) -> list[Finding]:
    return [one for one in lived.found() if one.code == f"vitals.{code}"]


def test_the_plan_of_a_ladder(stepped: Lived) -> None:
    start(stepped)
    assert dues(stepped) == [
        (0, "baseline", "taken"),
        (15, "after the start", "ahead"),
        (30, "before the rate goes up", "ahead"),
        (60, "while it runs", "ahead"),
        (90, "at the end", "ahead"),
        (120, "observation", "ahead"),
    ]


def test_an_infusion_set_up_and_not_started_is_a_plan_of_nothing(stepped: Lived) -> None:
    texts = {"order_id": str(stepped.order), "device_id": str(stepped.device), "method": "pump"}
    stepped.append("infusion", Row("infusion"), **texts)
    assert [due.state for due in stepped.facts().vitals_due if due.state != "ahead"] == []
    assert stepped.said("start.no-baseline") == [
        "No vital signs within 30 minutes before the start."
    ]


def test_a_late_step_moves_what_comes_after(stepped: Lived) -> None:
    given = start(stepped)
    stepped.clock.forward(minutes=15)
    stepped.vitals()
    stepped.clock.forward(minutes=25)
    assert dues(stepped)[2] == (30, "before the rate goes up", "due")
    stepped.vitals()
    act(stepped, given, "step", rate="200")
    assert [minutes for minutes, _, _ in dues(stepped)][:4] == [0, 15, 40, 70]


def test_missed_sets_ask_once_and_print_their_reason(stepped: Lived) -> None:
    stepped.infuse()
    zone = stepped.facts().zone
    missed = schedule(stepped, "set_missed")
    assert [one.level for one in missed] == [Level.STOP] * 2
    assert [words for _, words, state in dues(stepped) if state == "missed"] == [
        "after the start",
        "while it runs",
    ]
    for one in missed:
        assert one.at is not None
        due = show_time(one.at, zone)
        stepped.append("vitals", Row("missed_set"), due=due, reason="asleep")
    assert schedule(stepped, "set_missed") == []
    told = schedule(stepped, "set_not_taken")
    assert [(one.level, one.response) for one in told] == [
        (Level.ALERT, "patient asleep, left to sleep")
    ] * 2
    kept = stepped.facts().vitals_kept
    assert kept.startswith("Vital signs, stepped-rate schedule: 4 of 6 sets; ")
    assert kept.count("patient asleep") == 2


def test_a_recheck_of_some_signs_is_no_set_of_the_schedule(stepped: Lived) -> None:
    start(stepped)
    stepped.clock.forward(minutes=15)
    stepped.append("vitals", Row("vital_signs"), at="now", pulse="80", extent="part")
    assert dues(stepped)[1][2] == "due"


def test_a_hold_stops_the_plan_and_a_restart_asks_after_a_quarter(stepped: Lived) -> None:
    given = start(stepped)
    stepped.clock.forward(minutes=10)
    act(stepped, given, "hold")
    assert [(minutes, state) for minutes, _, state in dues(stepped)] == [
        (0, "taken"),
        (15, "due"),
    ]
    stepped.clock.forward(minutes=20)
    stepped.vitals()
    act(stepped, given, "resume", rate="50")
    resumed = [due for due in dues(stepped) if due[1] == "after resuming"]
    assert [(minutes - 30, state) for minutes, _, state in resumed] == [(15, "ahead")]


def test_a_reaction_is_watched_every_five_minutes(stepped: Lived) -> None:
    given = start(stepped)
    stepped.clock.forward(minutes=20)
    act(stepped, given, "hold")
    made = stepped.append(
        "complications", Row("complication"), what="infusion_reaction", noticed_at="now"
    )
    stepped.clock.forward(minutes=6)
    facts = stepped.facts()
    last = [due for due in facts.vitals_due if due.words.startswith("reaction")]
    assert [due.state for due in last] == ["due"]
    stepped.vitals()
    (first, second) = [
        due for due in stepped.facts().vitals_due if due.words.startswith("reaction")
    ]
    assert (first.state, second.state) == ("taken", "ahead")
    stepped.append(
        "complications",
        Row("complication_step", made.at),
        happened_at="now",
        kind="closed",
        words="gone",
    )
    stepped.clock.forward(minutes=1)
    left = [due for due in stepped.facts().vitals_due if due.words.startswith("reaction")]
    assert [due.state for due in left] == ["taken"]


def test_an_order_outside_the_catalogue_has_no_schedule(lived: Lived) -> None:
    lived.arrive()
    lived.look_at_line()
    start(lived)
    facts = lived.facts()
    assert (facts.vitals_due, facts.vitals_kept) == ((), "")


def test_a_restart_of_the_program_finds_the_same_times(stepped: Lived) -> None:
    start(stepped)
    stepped.clock.forward(minutes=200)
    record, now = stepped.read(), stepped.clock.now()
    assert facts_of(record, now).vitals_due == facts_of(stepped.read(), now).vitals_due


def test_the_baseline_and_the_last_set_are_scored(stepped: Lived) -> None:
    stepped.vitals(consciousness="alert", oxygen="air", pulse="95")
    facts = stepped.facts()
    assert facts.baseline is not None
    assert facts.last_vitals is not None
    assert (facts.baseline.news2, facts.last_vitals.news2) == (1, 1)
