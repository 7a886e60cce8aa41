"""The reaction at the screen of a running visit, with real keys, on a real encrypted record."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.desk import Place
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.infusion.acts import State, acts_of
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.medicines.values import Medicines
from infusion_visits.visits.panel.workspace import REACTION
from infusion_visits.widgets import theme
from tests.fixtures.bedside import Bedside

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
PRESENT = Cell("arrival", Row("arrival"), "present")


@pytest.fixture
def bedside(qtbot: QtBot, qapp: QApplication, lived: Lived) -> Bedside:
    theme.apply(qapp, "light")
    return Bedside(qtbot, lived)


def test_one_key_inside_a_half_typed_field_stops_the_pump_and_keeps_the_text(
    bedside: Bedside,
) -> None:
    bedside.workspace.open_visit(bedside.lived.visit, "arrival", PRESENT)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    bedside.write("sister")
    bedside.press(Key.Key_F9)
    assert bedside.pump() is State.HELD
    assert bedside.record().sections["arrival"].arrival.present == "sister"
    assert bedside.workspace.place == Place("visit", bedside.lived.visit, REACTION)
    assert bedside.view.isVisible()
    assert bedside.workspace.sections.lines[0].item.title == "Reaction"


def test_a_half_typed_line_of_vital_signs_stays_and_is_right_there(bedside: Bedside) -> None:
    bedside.workspace.focus_line()
    bedside.write("92/60 11")
    bedside.press(Key.Key_F9)
    assert bedside.pump() is State.HELD
    assert bedside.workspace.vitals_line.line.text() == "92/60 11"
    bedside.press(Key.Key_M, CONTROL)
    bedside.write("8 22 95 98.4 0 a air")
    bedside.press(Key.Key_Return)
    assert [v.systolic for v in bedside.view.reaction.vitals] == [Decimal(92)]  # type: ignore[union-attr]


def test_after_a_set_the_keys_of_the_reaction_are_heard_from_the_line(bedside: Bedside) -> None:
    bedside.press(Key.Key_F9)
    bedside.tick("flushing")
    bedside.press(Key.Key_G, ALT)
    bedside.lived.clock.forward(minutes=5)
    bedside.workspace.focus_line()
    bedside.write("118/72 84 16 98 98.4 0 a air")
    bedside.press(Key.Key_Return)
    bedside.press(Key.Key_U, ALT)
    assert bedside.workspace.vitals_line.line.text() == ""
    bedside.press(Key.Key_Space)
    assert bedside.pump() is State.RUNNING


def test_a_key_of_the_reaction_types_no_sign_into_the_line(bedside: Bedside) -> None:
    bedside.workspace.focus_line()
    bedside.press(Key.Key_U, ALT)
    assert bedside.workspace.vitals_line.line.text() == ""


def test_pressed_again_it_only_comes_back(bedside: Bedside) -> None:
    bedside.workspace.show_section("arrival")
    bedside.press(Key.Key_F9)
    bedside.workspace.show_section("home")
    bedside.press(Key.Key_F9)
    (one,) = bedside.record().of(Complications).complication
    assert len(one.complication_step) == 2
    assert bedside.view.isVisible()


def test_undo_takes_the_slip_back_and_leads_to_where_one_was(bedside: Bedside) -> None:
    bedside.workspace.show_section("teaching")
    bedside.press(Key.Key_F9)
    assert bedside.view.undo.isVisible()
    bedside.press(Key.Key_Z, CONTROL)
    assert bedside.pump() is State.RUNNING
    assert bedside.workspace.place == Place("visit", bedside.lived.visit, "teaching")
    assert all(line.item.key != REACTION for line in bedside.workspace.sections.lines)


def test_after_thirty_seconds_undo_is_no_longer_offered(bedside: Bedside) -> None:
    bedside.workspace.show_section("teaching")
    bedside.press(Key.Key_F9)
    bedside.lived.clock.forward(seconds=31)
    bedside.view.tick(bedside.lived.clock.now())
    assert not bedside.view.undo.isVisible()
    bedside.press(Key.Key_Z, CONTROL)
    assert bedside.pump() is State.HELD


def test_grade_1_goes_on_at_half_the_rate(bedside: Bedside) -> None:
    bedside.workspace.show_section("infusion")
    bedside.press(Key.Key_F9)
    bedside.tick("flushing")
    assert "Suggested: grade 1" in bedside.view.signs.suggested.text()
    assert not bedside.view.decision.on.isEnabled()
    bedside.press(Key.Key_G, ALT)
    bedside.lived.clock.forward(minutes=5)
    bedside.lived.vitals()
    bedside.workspace.visit_desk.reload()  # type: ignore[union-attr]
    assert bedside.view.decision.on.isEnabled()
    assert "70" in bedside.view.decision.on.word
    bedside.press(Key.Key_U, ALT)
    strip = bedside.view.decision.strip
    assert strip is not None
    assert strip.lines["rate"].text() == "70"
    bedside.press(Key.Key_Space)
    assert bedside.pump() is State.RUNNING
    (one,) = bedside.record().of(Infusion).infusion
    assert acts_of(one)[-1].rate == Decimal(70)
    assert "at least 30\u00a0min" in bedside.view.decision.words.text()


def test_grade_2_waits_for_an_order_read_back(bedside: Bedside) -> None:
    bedside.workspace.show_section("infusion")
    bedside.press(Key.Key_F9)
    bedside.tick("hives")
    bedside.grade("2")
    bedside.lived.clock.forward(minutes=4)
    bedside.lived.vitals()
    bedside.workspace.visit_desk.reload()  # type: ignore[union-attr]
    assert not bedside.view.decision.on.isEnabled()
    bedside.press(Key.Key_P, ALT)
    bedside.write("S. Lindqvist")
    bedside.press(Key.Key_Return)
    bedside.write("resume at half rate")
    bedside.press(Key.Key_Return)
    bedside.press(Key.Key_Return)
    bedside.press(Key.Key_Space)
    assert "read back" in bedside.view._strip.said.text()  # type: ignore[union-attr]
    bedside.view._strip.lines["read_back"].setFocus()  # type: ignore[union-attr]
    bedside.write("yes")
    bedside.press(Key.Key_Return)
    bedside.press(Key.Key_Space)
    assert bedside.view.decision.on.isEnabled()
    assert "order read back" in bedside.view.told.said.text()


def test_grade_3_offers_no_resume(bedside: Bedside) -> None:
    bedside.workspace.show_section("infusion")
    bedside.press(Key.Key_F9)
    bedside.tick("rash")
    bedside.grade("3")
    assert not bedside.view.decision.on.isVisible()
    assert bedside.view.decision.words.text().startswith("Resuming is not offered")
    bedside.press(Key.Key_U, ALT)
    assert bedside.view.decision.strip is None
    assert bedside.view.decision.off.isVisible()


def test_anaphylaxis_puts_epinephrine_and_911_first(bedside: Bedside) -> None:
    bedside.workspace.show_section("infusion")
    bedside.press(Key.Key_F9)
    assert not bedside.view.first.isVisible()
    bedside.tick("hives")
    bedside.tick("wheeze")
    assert bedside.view.first.isVisible()
    assert bedside.view.first.text() == "Give epinephrine now. Call 911."
    assert "Epinephrine 0.01 mg/kg" in bedside.view.lines[1].words.text()
    assert not bedside.view.decision.on.isVisible()
    bedside.press(Key.Key_E, ALT)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    assert focus.accessibleName() == "EPINEPHrine 0.5\u00a0mg IM, mid-outer thigh"
    bedside.press(Key.Key_Return)  # Enter gives nothing
    assert bedside.record().of(Medicines).medicine_given == ()
    bedside.press(Key.Key_Space)
    (given,) = bedside.record().of(Medicines).medicine_given
    assert (given.medicine, given.dose, given.dose_unit, given.route) == (
        "EPINEPHrine",
        "0.5",
        "mg",
        "IM",
    )
    assert (given.kit, given.why, given.site) == (True, "emergency", "mid-outer thigh")
    bedside.press(Key.Key_N, ALT)
    assert "911 called" in bedside.view.told.said.text()
    assert not bedside.view.first.isVisible()


def test_vital_signs_are_counted_down_and_then_late(bedside: Bedside) -> None:
    bedside.workspace.show_section("infusion")
    bedside.press(Key.Key_F9)
    bedside.lived.vitals()
    bedside.workspace.visit_desk.reload()  # type: ignore[union-attr]
    assert bedside.view.vitals.text().startswith("Vital signs in ")
    bedside.lived.clock.forward(minutes=7)
    bedside.view.tick(bedside.lived.clock.now())
    assert bedside.view.vitals.text().startswith("Vital signs now, ")


def test_a_step_of_the_agency_takes_one_key_and_keeps_its_time(bedside: Bedside) -> None:
    bedside.workspace.show_section("infusion")
    bedside.press(Key.Key_F9)
    bedside.grade("2")
    number = next(n for n, a in enumerate(bedside.view.lines) if "meperidine" in a.action)
    bedside.press(Key(Key.Key_1 + number), ALT)
    (one,) = bedside.record().of(Complications).complication
    assert one.complication_step[-1].words == bedside.view.lines[number].action
    assert bedside.view.lines[number].times.text().startswith("✓")


def test_a_later_grade_stands_beside_that_of_the_onset(bedside: Bedside) -> None:
    bedside.workspace.show_section("infusion")
    bedside.press(Key.Key_F9)
    bedside.grade("1")
    bedside.lived.clock.forward(minutes=1)
    bedside.workspace.refresh()
    bedside.grade("2")
    bedside.lived.clock.forward(minutes=6)
    bedside.workspace.refresh()
    bedside.grade("3")
    (one,) = bedside.record().of(Complications).complication
    assert [s.grade for s in one.complication_step if s.grade] == ["2", "3"]


def test_after_the_end_of_the_program_it_comes_back_to_the_protocol(
    qtbot: QtBot, bedside: Bedside
) -> None:
    """Nothing of it is in memory: another window over the same record shows the same."""
    bedside.workspace.show_section("infusion")
    bedside.press(Key.Key_F9)
    bedside.tick("hives")
    bedside.tick("wheeze")
    bedside.press(Key.Key_N, ALT)
    again = Bedside(qtbot, bedside.lived, start=False)
    assert again.workspace.place == Place("visit", bedside.lived.visit, REACTION)
    assert again.view.first.isVisible()
    assert again.view.told.said.text() == bedside.view.told.said.text()
    assert again.view.signs.rows[0].chosen() == ("hives",)
    assert not again.view.decision.on.isVisible()


def test_what_the_disk_does_not_take_is_said_and_the_steps_are_there(bedside: Bedside) -> None:
    bedside.workspace.show_section("teaching")
    bedside.run.trouble = OSError("disk full")
    bedside.press(Key.Key_F9)
    assert bedside.view.isVisible()
    assert "Stop the pump" in bedside.view.pump.text()
    assert bedside.run.reported
    bedside.run.trouble = None
    bedside.lived.clock.forward(minutes=3)
    bedside.workspace.save_again()
    assert bedside.pump() is State.HELD
    (one,) = bedside.record().of(Infusion).infusion
    stopped = acts_of(one)[-1].at
    assert (bedside.lived.clock.now() - stopped).total_seconds() >= 180


def test_every_control_has_a_name(bedside: Bedside) -> None:
    bedside.workspace.show_section("infusion")
    bedside.press(Key.Key_F9)
    for widget in bedside.view.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName(), widget.objectName() or type(widget).__name__
