"""The kit at the keyboard: its items come while it is open, each with its name and its expiry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from infusion_visits.core.cells import Cell, Row
from infusion_visits.sections.supplies.kit import kit_state
from infusion_visits.sections.supplies.panel import SuppliesPanel
from tests.sections.every_field import made_facts
from tests.sections.panel_stage import PanelStage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

CHECK = Row("kit_check")


def stage(qtbot: QtBot) -> PanelStage:
    return PanelStage(qtbot, SuppliesPanel, "supplies", made_facts())


def test_a_sealed_kit_shows_no_items(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot)
    made.desk.record(Cell("supplies", CHECK, "state"), "sealed")
    assert made.lines() == []
    made.desk.record(Cell("supplies", CHECK, "state"), "opened")
    assert made.lines()[0].asked.title.startswith("EPINEPHrine")
    assert not any("naloxone" in line.asked.title for line in made.lines())


def test_an_answer_keeps_the_name_of_its_item(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot)
    made.desk.record(Cell("supplies", CHECK, "state"), "opened")
    made.lines()[3].setFocus()
    made.keys("m")
    (item,) = made.desk.values.kit_item
    assert (item.item, item.state) == ("diphenhydramine_injection", "missing")
    made.lines()[3].setFocus()
    made.keys("p")
    (item,) = made.desk.values.kit_item
    assert (item.item, item.state) == ("diphenhydramine_injection", "present")


def test_expiry_is_typed_below_its_item(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot)
    made.desk.record(Cell("supplies", CHECK, "state"), "opened")
    made.lines()[0].setFocus()
    made.keys("p")
    made.keys("2027-05-31")
    made.key(Qt.Key.Key_Return)
    (item,) = made.desk.values.kit_item
    assert item.expiry is not None
    assert item.expiry.year == 2027


def test_one_act_answers_present_for_one_of_each_kind(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot)
    made.desk.record(Cell("supplies", CHECK, "state"), "opened")
    made.click(made.panel._all_present)
    values = made.desk.values
    keys = [one.item for one in values.kit_item]
    assert "epinephrine_vial" in keys
    assert "epinephrine_auto_adult" not in keys
    assert len(keys) == len(set(keys))
    state = kit_state(values, made.desk.facts)
    assert (state.missing, state.unanswered) == ((), ())
