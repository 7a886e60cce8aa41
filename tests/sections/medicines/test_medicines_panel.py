"""Home medicines at the keyboard: each of the list on its line, what it is called kept with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from infusion_visits.patients.facts import HomeMedicineFact
from infusion_visits.sections.medicines.panel import MedicinesPanel
from tests.sections.every_field import made_facts
from tests.sections.panel_stage import PanelStage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

LISTED = (
    HomeMedicineFact(1, "gabapentin", "300 mg", "oral", "3 times daily", "nerve pain"),
    HomeMedicineFact(4, "metoprolol", "50 mg", "oral", "daily", "blood pressure"),
)


def stage(qtbot: QtBot) -> PanelStage:
    return PanelStage(qtbot, MedicinesPanel, "medicines", made_facts(home_medicines=LISTED))


def test_the_list_is_asked_line_by_line(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot)
    assert [line.asked.title for line in made.lines()] == ["gabapentin", "metoprolol"]
    assert made.lines()[0].asked.words == "300 mg oral 3 times daily, for nerve pain"
    made.lines()[0].setFocus()
    made.keys("ts")
    first, second = made.desk.values.reconciled_medicine
    assert (first.number, first.medicine, first.answer) == (1, "gabapentin", "still")
    assert (second.number, second.medicine, second.answer) == (4, "metoprolol", "stopped")
    made.keys("slow pulse")
    made.key(Qt.Key.Key_Tab)
    assert made.desk.values.reconciled_medicine[1].words == "slow pulse"


def test_one_act_says_all_the_others_are_taken(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot)
    made.lines()[1].setFocus()
    made.keys("o")
    made.click(made.panel._all_taking)
    answers = {one.number: one.answer for one in made.desk.values.reconciled_medicine}
    assert answers == {1: "still", 4: "on_hold"}
    assert made.desk.values.reconciliation.reconciled_at is not None
    assert "2 of 2" in made.panel._left.text()


def test_one_key_says_all_the_others_are_taken(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot)
    made.lines()[0].setFocus()
    made.keys("a")
    answers = {one.number: one.answer for one in made.desk.values.reconciled_medicine}
    assert answers == {1: "still", 4: "still"}


def test_a_list_that_changed_is_asked_anew(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot)
    made.desk.facts = replace(made.desk.facts, home_medicines=LISTED[:1])
    made.desk.show()
    assert [line.asked.title for line in made.lines()] == ["gabapentin"]
    made.desk.facts = replace(made.desk.facts, home_medicines=())
    made.desk.show()
    assert made.lines() == []
    assert "No home medicine" in made.panel._left.text()
