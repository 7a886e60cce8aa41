"""Samples and results: order of draw, drug levels, the line, handling, critical values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import NotDoneReason
from infusion_visits.core.marks import Mark, NotDone
from infusion_visits.patients.facts import Facts, RunFact
from infusion_visits.sections.labs.catalogue import catalogue_of
from infusion_visits.sections.labs.note import blocks
from infusion_visits.sections.labs.rules import findings, out_of_order, tasks
from infusion_visits.sections.labs.values import Labs, Result, Sample, Tube
from tests.sections.every_field import THING, made_facts, text_of

START = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
END = START + timedelta(minutes=90)


def sample(*tubes: tuple[str, str], minutes: int = -20, **more: Any) -> Sample:
    """A sample so many minutes after the start of the infusion, with these tubes and tests."""
    at = START + timedelta(minutes=minutes)
    mark = Mark(Row("lab_draw", (1,)), at=at, entered_at=at)
    made = tuple(
        Tube(Mark(Row("lab_tube", (1, number))), tube=tube, tests=tests)
        for number, (tube, tests) in enumerate(tubes, 1)
    )
    plain: dict[str, Any] = {
        "source": "venipuncture",
        "labelled": True,
        "transport": "room",
        "laboratory": "Riverbend General",
        "handed_at": at + timedelta(minutes=30),
    }
    return Sample(mark, at=at, lab_tube=made, **{**plain, **more})


def level(kind: str, minutes: int, drug: str = "vancomycin", **more: Any) -> Sample:
    """A sample for a drug level."""
    made = sample(("red", f"{drug} {kind}"), minutes=minutes, **more)
    tube = replace(made.lab_tube[0], level=kind, level_drug=drug)
    return replace(made, lab_tube=(tube,))


def with_run(drug: str = "vancomycin", ended: datetime | None = END, lumen: str = "red") -> Facts:
    """A visit at which this drug ran through the red lumen from START to `ended`."""
    return made_facts(runs=(RunFact(drug, THING, lumen, START, ended),))


def codes(one: Sample, facts: Facts | None = None) -> dict[str, Any]:
    return {found.code: found for found in findings(Labs((one,)), facts or made_facts())}


ORDER = ("culture_bottles", "light_blue", "red", "gold", "green", "lavender", "gray")


def test_tubes_of_one_rank_may_come_in_any_order() -> None:
    for tubes in (("lavender", "pink"), ("pink", "lavender"), ("gold", "gold")):
        assert out_of_order(sample(*((tube, "a test") for tube in tubes)), made_facts()) == ()


def test_tubes_in_the_order_of_draw_are_in_order() -> None:
    made = sample(*((tube, "a test") for tube in ORDER))
    assert out_of_order(made, made_facts()) == ()
    assert codes(made) == {}


@pytest.mark.parametrize(("first", "then"), list(zip(ORDER[1:], ORDER, strict=False)))
def test_a_tube_before_its_turn_is_an_exception(first: str, then: str) -> None:
    made = sample((first, "one"), (then, "other"))
    found = codes(made)["labs.order-of-draw"]
    assert found.level is Level.ALERT
    assert "Out of the order of draw" in text_of(blocks(Labs((made,)), made_facts()))


def test_a_struck_tube_counts_nowhere() -> None:
    from infusion_visits.core.kinds import StrikeReason
    from infusion_visits.core.marks import Struck

    made = sample(("lavender", "CBC"), ("gold", "BMP"))
    struck = Struck(START, THING, StrikeReason.TYPING_ERROR)
    first = replace(made.lab_tube[0], mark=replace(made.lab_tube[0].mark, struck=struck))
    assert codes(replace(made, lab_tube=(first, made.lab_tube[1]))) == {}


@pytest.mark.parametrize(
    ("minutes", "wrong"),
    [(-60, "too early"), (-31, "too early"), (-30, ""), (-5, ""), (0, ""), (10, "had begun")],
)
def test_a_trough_is_drawn_shortly_before_the_dose(minutes: int, wrong: str) -> None:
    found = codes(level("trough", minutes), with_run())
    if not wrong:
        assert found == {}
    else:
        assert found["labs.level-time"].level is Level.ALERT
        assert wrong in found["labs.level-time"].words


@pytest.mark.parametrize(
    ("minutes", "wrong"),
    [(60, "before the dose had ended"), (95, "too early"), (150, ""), (210, ""), (211, "too late")],
)
def test_a_peak_is_drawn_after_the_end(minutes: int, wrong: str) -> None:
    found = codes(level("peak", minutes), with_run())
    assert ("labs.level-time" in found) is bool(wrong)
    if wrong:
        assert wrong in found["labs.level-time"].words


def test_a_peak_while_the_drug_still_runs_is_wrong_and_a_random_level_never() -> None:
    running = with_run(ended=None)
    assert "had ended" in codes(level("peak", 30), running)["labs.level-time"].words
    assert codes(level("random", 30), running) == {}


def test_without_an_infusion_here_the_dose_that_is_named_counts() -> None:
    due = START + timedelta(hours=3)
    made = level("trough", 0)
    tube = replace(made.lab_tube[0], dose_at=due)
    assert "3\u00a0h" in codes(replace(made, lab_tube=(tube,)))["labs.level-time"].words
    near = replace(made.lab_tube[0], dose_at=START + timedelta(minutes=20))
    assert codes(replace(made, lab_tube=(near,))) == {}
    # Of another drug nobody knows when the dose is.
    assert codes(level("trough", -90, "gentamicin"), with_run()) == {}


@pytest.mark.parametrize(
    ("drug", "minutes"), [("vancomycin", 120), ("tobramycin", 60), ("amikacin", 60)]
)
def test_each_drug_has_its_own_times(drug: str, minutes: int) -> None:
    assert catalogue_of(made_facts()).level(drug).peak_to == minutes


def from_line(one: Sample, lumen: str = "red", **more: Any) -> Sample:
    """The same sample drawn from the line."""
    plain: dict[str, Any] = {
        "source": "line",
        "device_id": THING,
        "lumen": lumen,
        "stopped_minutes": Decimal(5),
        "discard_ml": Decimal(5),
    }
    return replace(one, **{**plain, **more})


def test_a_level_through_the_lumen_of_its_drug_is_an_exception() -> None:
    one = from_line(level("trough", -10))
    assert "labs.level-lumen" in codes(one, with_run())
    assert "labs.level-lumen" not in codes(from_line(one, "purple"), with_run())
    assert "labs.level-lumen" not in codes(one, with_run("cefazolin"))
    # A lumen that was not named may be the same.
    assert "labs.level-lumen" in codes(from_line(one, ""), with_run())


def test_a_sample_through_the_running_lumen_is_an_exception() -> None:
    one = from_line(sample(("gold", "BMP"), minutes=30))
    assert "labs.through-running-lumen" in codes(one, with_run("cefazolin"))
    assert "labs.through-running-lumen" not in codes(from_line(one, "purple"), with_run())
    before = from_line(sample(("gold", "BMP"), minutes=-30))
    assert "labs.through-running-lumen" not in codes(before, with_run())


def test_a_central_line_wants_its_discard_and_its_rest() -> None:
    one = from_line(sample(("gold", "BMP")), discard_ml=Decimal(2), stopped_minutes=Decimal(0))
    found = codes(one, with_run())
    assert found["labs.discard-small"].level is Level.ADVICE
    assert "agency to confirm" in found["labs.discard-small"].words
    assert found["labs.stopped-short"].level is Level.ADVICE


@pytest.mark.parametrize(
    ("tube", "tests", "transport", "said"),
    [
        ("lavender", "ammonia", "room", "on ice"),
        ("lavender", "Ammonia, CBC", "ice", ""),
        ("red", "vitamin A", "room", "protected from light"),
        ("culture_bottles", "culture", "cool", "never cooled"),
        ("gold", "BMP", "room", ""),
    ],
)
def test_some_tests_travel_in_their_own_way(
    tube: str, tests: str, transport: str, said: str
) -> None:
    words = [one.words for one in codes(sample((tube, tests), transport=transport)).values()]
    assert (said in "; ".join(words)) if said else words == []


def test_an_unlabelled_sample_is_not_sent() -> None:
    found = codes(sample(("gold", "BMP"), labelled=False))
    assert found["labs.unlabelled"].level is Level.STOP
    assert found["labs.unlabelled-sent"].level is Level.ALERT


def test_handed_over_before_it_was_drawn_is_a_mistake() -> None:
    assert "labs.handed-before" in codes(sample(("gold", "BMP"), handed_at=START - timedelta(1)))


def result(**more: Any) -> Result:
    mark = Mark(Row("lab_result", (1,)), at=START, entered_at=START)
    plain: dict[str, Any] = {
        "test": "potassium",
        "value": "6.4",
        "unit": "mmol/L",
        "judged": "critical",
    }
    return Result(mark, at=START, **{**plain, **more})


def said_of(one: Result) -> dict[str, Any]:
    return {found.code: found for found in findings(Labs((), (one,)), made_facts())}


def test_a_critical_value_is_told_and_read_back() -> None:
    open_one = said_of(result())
    assert open_one["labs.critical-not-told"].level is Level.STOP
    assert open_one["labs.critical"].words == "Critical result: potassium 6.4 mmol/L"
    half = said_of(result(told_to="Dr. Stern", told_at=START, read_back=False))
    assert half["labs.critical-not-told"].cell.field == "read_back"
    whole = said_of(result(told_to="Dr. Stern", told_at=START, read_back=True, answer="recheck"))
    assert "labs.critical-not-told" not in whole
    assert whole["labs.critical"].response == "Dr. Stern told, read back. recheck"
    assert said_of(result(judged="high")) == {}


def test_a_critical_value_may_be_excused_but_prints() -> None:
    excused = {"told_to": NotDone(NotDoneReason.OTHER, "known since yesterday")}
    one = result()
    one = replace(one, mark=replace(one.mark, not_done=excused))
    assert set(said_of(one)) == {"labs.critical"}


def test_results_that_are_owed_become_a_task() -> None:
    (task,) = tasks(Labs((sample(("gold", "BMP"), ("lavender", "CBC")),)), made_facts())
    assert task.what == "Results from Riverbend General: BMP, CBC"
    assert task.due_day == date(2026, 11, 23)
    assert tasks(Labs((sample(),)), made_facts()) == []
