"""The home and the screening charted in a real encrypted record, as their panels do it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Refused
from infusion_visits.core.kinds import NotDoneReason, VisitKind
from infusion_visits.patients import actions as patients
from infusion_visits.sections.home.history import home_before
from infusion_visits.sections.screening.fields import QUESTIONS
from infusion_visits.visits import actions, charting
from infusion_visits.visits.queries import load_rows, sections_of, visit_head

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.patients.facts import HomeFact
    from tests.fixtures.records import UnitFor


@pytest.fixture
def visit(unit_for: UnitFor, clock: SteppingClock) -> UUID:
    with unit_for() as unit:
        patient = patients.enter(unit, {"family": "Okafor", "given": "Maren"})
        zone = "America/Chicago"
        made = actions.schedule(unit, patient, VisitKind.START_OF_CARE, clock.now(), zone)
        actions.start(unit, made)
        unit.commit()
    return made


def record(unit_for: UnitFor, visit: UUID, cell: Cell, text: str) -> Any:
    with unit_for() as unit:
        made = charting.record(unit, visit, cell, text)
        unit.commit()
    return made


def loaded(unit_for: UnitFor, visit: UUID, section: str) -> Any:
    with unit_for() as unit:
        return sections_of(load_rows(unit, visit))[section]


def item(number: int, field: str) -> Cell:
    return Cell("home", Row("home_finding", (number,)), field)


def test_an_item_is_a_row_of_its_own_number_in_any_order(unit_for: UnitFor, visit: UUID) -> None:
    record(unit_for, visit, item(12, "answer"), "fail")
    record(unit_for, visit, item(3, "answer"), "pass")
    record(unit_for, visit, item(12, "temperature"), "50 f")
    record(unit_for, visit, item(12, "due_day"), "2026-11-28")
    found = loaded(unit_for, visit, "home").home_finding
    assert [(one.item, one.answer) for one in found] == [(3, "pass"), (12, "fail")]
    assert found[1].temperature == Decimal("10.0000")
    assert found[1].due_day == date(2026, 11, 28)


def test_a_cleared_answer_is_not_asked_again_and_the_row_stays(
    unit_for: UnitFor, visit: UUID
) -> None:
    record(unit_for, visit, item(3, "answer"), "pass")
    record(unit_for, visit, item(3, "answer"), "")
    (found,) = loaded(unit_for, visit, "home").home_finding
    assert found.answer is None


def test_all_others_no_is_one_act_beside_what_was_answered(unit_for: UnitFor, visit: UUID) -> None:
    row = Row("screening_answer")
    record(unit_for, visit, Cell("screening", row, "infection"), "yes")
    others = {key: "no" for key, _ in QUESTIONS if key != "infection"}
    with unit_for() as unit:
        charting.append(unit, visit, "screening", row, {**others, "at": "now"})
        unit.commit()
    answers = loaded(unit_for, visit, "screening").screening_answer
    assert answers.infection is True
    assert {getattr(answers, key) for key in others} == {False}
    assert answers.at is not None


def test_a_question_not_done_and_then_answered(unit_for: UnitFor, visit: UUID) -> None:
    cell = Cell("screening", Row("screening_answer"), "glucose")
    with unit_for() as unit:
        charting.not_done(unit, visit, cell, NotDoneReason.DEVICE_FAILED, "no strips")
        unit.commit()
    record(unit_for, visit, Cell("screening", Row("screening_answer"), "infection"), "no")
    answers = loaded(unit_for, visit, "screening").screening_answer
    assert answers.mark.not_done["glucose"].words == "no strips"
    record(unit_for, visit, cell, "no")
    answers = loaded(unit_for, visit, "screening").screening_answer
    assert answers.mark.not_done == {}
    assert answers.glucose is False


def test_an_answer_that_is_none_changes_nothing(unit_for: UnitFor, visit: UUID) -> None:
    refused = record(unit_for, visit, item(3, "answer"), "perhaps")
    assert "pass, fail, not applicable" in refused.words
    assert loaded(unit_for, visit, "home").home_finding == ()


def test_a_visit_that_was_never_started_takes_no_answer(
    unit_for: UnitFor, clock: SteppingClock
) -> None:
    with unit_for() as unit:
        patient = patients.enter(unit, {"family": "Brandt", "given": "Tove"})
        zone = "America/Chicago"
        planned = actions.schedule(unit, patient, VisitKind.START_OF_CARE, clock.now(), zone)
        unit.commit()
    with pytest.raises(Refused):
        record(unit_for, planned, item(3, "answer"), "pass")


def another_visit(
    unit_for: UnitFor, clock: SteppingClock, visit: UUID, *, days: float, start: bool = True
) -> UUID:
    """A later visit of the same patient."""
    clock.forward(days=days)
    with unit_for() as unit:
        head = visit_head(unit, visit)
        made = actions.schedule(
            unit, head.patient, VisitKind.ROUTINE_INFUSION, clock.now(), head.zone
        )
        if start:
            actions.start(unit, made)
        unit.commit()
    return made


def assess(unit_for: UnitFor, visit: UUID, **said: str) -> None:
    with unit_for() as unit:
        charting.append(unit, visit, "home", Row("home_assessment"), {"at": "now", **said})
        unit.commit()


def before(unit_for: UnitFor, visit: UUID) -> HomeFact | None:
    with unit_for() as unit:
        return home_before(unit, visit)


def test_the_home_of_before_is_the_whole_one_with_the_changes_since(
    unit_for: UnitFor, visit: UUID, clock: SteppingClock
) -> None:
    assess(unit_for, visit, method="full", needs="none")
    record(unit_for, visit, item(1, "answer"), "fail")
    record(unit_for, visit, item(1, "plan"), "table")
    record(unit_for, visit, item(2, "answer"), "pass")
    assert before(unit_for, visit) is None
    second = another_visit(unit_for, clock, visit, days=7)
    known = before(unit_for, second)
    assert known is not None
    assert [(one.number, one.answer, one.plan) for one in known.answers] == [
        (1, "fail", "table"),
        (2, "pass", ""),
    ]
    assess(unit_for, second, method="changes")
    record(unit_for, second, item(1, "answer"), "pass")
    third = another_visit(unit_for, clock, visit, days=7)
    later = before(unit_for, third)
    assert later is not None
    assert [(one.number, one.answer) for one in later.answers] == [(1, "pass"), (2, "pass")]
    assert (later.seen - later.whole).days == 7
    assert later.needs == ("none",)


def test_a_plan_whose_task_is_done_says_so(
    unit_for: UnitFor, visit: UUID, clock: SteppingClock
) -> None:
    assess(unit_for, visit, method="full", needs="none")
    record(unit_for, visit, item(1, "answer"), "fail")
    record(unit_for, visit, item(1, "plan"), "table")
    second = another_visit(unit_for, clock, visit, days=7)
    with unit_for() as unit:
        patient = visit_head(unit, visit).patient
        origin = "home/home_finding/1"
        task = patients.add_task(unit, patient, "Home, Clean surface: table", origin=origin)
        other = patients.add_task(unit, patient, "Home, Clean surface: shelf", origin=origin)
        patients.complete_task(unit, other)
        unit.commit()
    open_plan = before(unit_for, second)
    assert open_plan is not None
    assert open_plan.answers[0].plan_done is None
    with unit_for() as unit:
        patients.complete_task(unit, task)
        unit.commit()
    done = before(unit_for, second)
    assert done is not None
    assert done.answers[0].plan_done is not None


def test_a_plan_of_two_lines_is_known_by_its_task_of_one(
    unit_for: UnitFor, visit: UUID, clock: SteppingClock
) -> None:
    assess(unit_for, visit, method="full", needs="none")
    record(unit_for, visit, item(1, "answer"), "fail")
    record(unit_for, visit, item(1, "plan"), "table\n  from the kitchen")
    second = another_visit(unit_for, clock, visit, days=7)
    with unit_for() as unit:
        patient = visit_head(unit, visit).patient
        what = "Home, Clean surface: table\n  from the kitchen"
        task = patients.add_task(unit, patient, what, origin="home/home_finding/1")
        patients.complete_task(unit, task)
        unit.commit()
    known = before(unit_for, second)
    assert known is not None
    assert known.answers[0].plan_done is not None


def test_what_was_ticked_says_nothing_of_the_same_plan_made_anew(
    unit_for: UnitFor, visit: UUID, clock: SteppingClock
) -> None:
    assess(unit_for, visit, method="full", needs="none")
    record(unit_for, visit, item(1, "answer"), "fail")
    record(unit_for, visit, item(1, "plan"), "table")
    with unit_for() as unit:
        patient = visit_head(unit, visit).patient
        what, origin = "Home, Clean surface: table", "home/home_finding/1"
        patients.complete_task(unit, patients.add_task(unit, patient, what, origin=origin))
        unit.commit()
    second = another_visit(unit_for, clock, visit, days=7)
    assess(unit_for, second, method="changes")
    record(unit_for, second, item(1, "answer"), "fail")
    record(unit_for, second, item(1, "plan"), "table")
    third = another_visit(unit_for, clock, visit, days=7)
    known = before(unit_for, third)
    assert known is not None
    assert known.answers[0].plan_done is None


def test_the_home_of_another_patient_is_not_this_one(
    unit_for: UnitFor, visit: UUID, clock: SteppingClock
) -> None:
    assess(unit_for, visit, method="full", needs="none")
    record(unit_for, visit, item(1, "answer"), "fail")
    clock.forward(days=1)
    with unit_for() as unit:
        patient = patients.enter(unit, {"family": "Brandt", "given": "Tove"})
        other = actions.schedule(
            unit, patient, VisitKind.START_OF_CARE, clock.now(), "America/Chicago"
        )
        unit.commit()
    assert before(unit_for, other) is None
