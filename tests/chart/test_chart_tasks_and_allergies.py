"""Tasks done and added by keys; allergies in their three states."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.patients import actions
from infusion_visits.widgets.act_row import ActRow
from infusion_visits.widgets.chips import Chip
from tests.chart.room import CONTROL, Key

if TYPE_CHECKING:
    from tests.chart.room import Room


def chips(room: Room) -> list[tuple[str, str]]:
    return [(chip.words, chip.kind) for chip in room.panel.banner.findChildren(Chip)]


def test_a_task_is_done_by_one_key(room: Room) -> None:
    patient = room.patient()
    first = room.act(
        lambda unit: actions.add_task(unit, patient, "Order tubing", due_day=date(2026, 11, 20))
    )
    second = room.act(lambda unit: actions.add_task(unit, patient, "Call the pharmacy"))
    room.open(patient)
    room.go(f"chart.task.{first}")

    room.press("d")

    done = {task.id: task.done_at for task in room.chart(patient).task}
    assert done[first] == room.clock.now()
    assert done[second] is None
    assert "Done 21 Nov 2026: Order tubing" in room.words()
    assert not room.errors


def test_a_task_is_added_in_one_line(room: Room) -> None:
    patient = room.patient()
    room.open(patient)

    room.press(Key.Key_T, CONTROL)
    room.type_text("Ask about the dog")
    room.press(Key.Key_Return)
    room.type_text("+7")
    room.press(Key.Key_Return)

    (task,) = room.chart(patient).task
    assert (task.what, task.due_day) == ("Ask about the dog", date(2026, 11, 28))
    assert "due 28 Nov 2026" in room.words()


def test_a_task_without_words_or_with_no_day_is_refused_at_its_field(room: Room) -> None:
    patient = room.patient()
    room.open(patient)
    room.press(Key.Key_T, CONTROL)

    room.press(Key.Key_Return)
    assert "Say what is to be done." in room.words()
    room.type_text("Order tubing")
    room.press(Key.Key_Return)
    room.type_text("sometime")
    room.press(Key.Key_Return)

    assert room.at == "task.due"
    assert "Type a day such as" in room.words()
    assert room.chart(patient).task == ()
    room.press(Key.Key_Escape)
    assert room.at == "chart.task"


def test_no_known_allergies_is_one_act(room: Room) -> None:
    patient = room.patient()
    room.open(patient)
    assert chips(room) == [("Allergies not asked", "warn")]
    room.go("chart.allergies")

    room.press("n")

    assert chips(room) == [("No known allergies", "ok")]
    person = room.chart(patient).patient
    assert person is not None
    assert person.allergy_state == "no known allergies"
    assert room.at == "chart.allergies"


def test_no_known_allergies_is_refused_in_plain_words_while_one_is_listed(room: Room) -> None:
    patient = room.patient()
    row = room.append(patient, Row("allergy"), substance="penicillin", reaction="hives")
    room.open(patient)
    assert chips(room) == [("Allergic: penicillin (hives)", "danger")]
    room.go("chart.allergies")

    room.press("n")

    said = room.words(room.find(ActRow, "chart.allergies"))
    assert "Allergies are listed. Strike the mistaken ones out first." in said
    assert not room.errors
    room.act(lambda unit: actions.strike(unit, patient, row, StrikeReason.WRONG_PATIENT))
    room.open(patient)
    assert chips(room) == [("Allergies not asked", "warn")]


@pytest.mark.parametrize("key", ["chart.allergies", "chart.edit"])
def test_the_form_of_the_person_is_one_key_away(room: Room, key: str) -> None:
    patient = room.patient()
    room.open(patient)
    room.go(key)

    room.press(Key.Key_Return)

    form = room.panel._form
    assert form is not None
    assert form.kind == "person"
