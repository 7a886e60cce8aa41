from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from infusion_visits.core.cells import Cell
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.patients.facts import BarredLimb, Facts, VitalsDue
from infusion_visits.sections.vitals.panel import LINE_CELL, VitalsLine, VitalsPanel
from infusion_visits.sections.vitals.schedule_findings import MISSED_CELL
from infusion_visits.widgets import theme
from tests.sections.panel_desk import PanelDesk
from tests.sections.vitals.making import DAY, facts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

AT_TEN_PAST = DAY + timedelta(hours=1, minutes=10)


@pytest.fixture(autouse=True, scope="module")
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


class Quiet:
    """Stands where the answer of the disk has not come yet."""

    def show_values(self, *_said: Any) -> None:
        """Shows nothing."""


def same_facts(_values: Any, about: Facts) -> Facts:
    return about


def opened(qtbot: QtBot, **more: Any) -> tuple[VitalsPanel, PanelDesk]:
    desk = PanelDesk("vitals", same_facts, replace(facts(**more), now=AT_TEN_PAST))
    panel = VitalsPanel(desk, sense=desk.sense, with_line=True)
    desk.panel = panel
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    panel.show()
    with qtbot.waitActive(panel):
        panel.activateWindow()
    desk.show()
    return panel, desk


def line_of(panel: VitalsPanel) -> VitalsLine:
    assert panel.line is not None
    return panel.line


def type_line(qtbot: QtBot, panel: VitalsPanel, text: str, *, enter: bool = True) -> None:
    line = line_of(panel).line
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, text)
    if enter:
        QTest.keyClick(line, Qt.Key.Key_Return)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_set_is_echoed_while_it_is_typed_and_kept_by_enter(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    type_line(qtbot, panel, "122/78 76 16 98 98.4 1 a air", enter=False)
    assert plain(line_of(panel).echo.text()) == (
        "BP 122/78 · pulse 76 · resp 16 · SpO2 98 % · 98.4 °F (36.9 °C) · pain 1 · alert · "
        "on air · 10:10"
    )
    assert desk.appended == []
    assert desk.typed[-1] == (LINE_CELL, "122/78 76 16 98 98.4 1 a air")
    QTest.keyClick(line_of(panel).line, Qt.Key.Key_Return)
    (one,) = desk.values.vital_signs
    assert one.pulse == 76
    assert one.at == AT_TEN_PAST
    assert line_of(panel).line.text() == ""
    assert desk.typed[-1] == (LINE_CELL, "")
    assert panel.table.isVisible()
    assert plain(line_of(panel).echo.text()).startswith("Kept: BP 122/78")


def test_a_figure_in_the_wrong_place_needs_a_second_enter(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    type_line(qtbot, panel, "118/76 16 72 98 98.4 0")
    assert desk.appended == []
    assert "is that right?" in line_of(panel).said.text()
    assert "resp 72?" in plain(line_of(panel).echo.text())
    QTest.keyClick(line_of(panel).line, Qt.Key.Key_Return)
    assert len(desk.appended) == 1


def test_changing_the_line_asks_again(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    type_line(qtbot, panel, "118/76 16")
    QTest.keyClick(line_of(panel).line, Qt.Key.Key_Space)
    QTest.keyClick(line_of(panel).line, Qt.Key.Key_Return)
    assert desk.appended == []


def test_what_cannot_be_kept_stays_in_the_line(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    type_line(qtbot, panel, "76/118 72")
    assert desk.appended == []
    assert line_of(panel).line.text() == "76/118 72"
    assert line_of(panel).said.property("voice") == "danger"
    assert "not below" in line_of(panel).said.text()


def test_the_limb_of_the_last_set_is_carried_and_seen(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, barred_limbs=(BarredLimb("right arm", "PICC"),))
    type_line(qtbot, panel, "118/76 72 16 98 98.4 0 la sit")
    type_line(qtbot, panel, "120/76 74 16 98 98.4 0", enter=False)
    assert "left arm · sitting" in line_of(panel).echo.text()
    QTest.keyClick(line_of(panel).line, Qt.Key.Key_Return)
    assert desk.values.vital_signs[1].limb == "left_arm"


def test_a_half_typed_line_comes_back(qtbot: QtBot) -> None:
    panel, _ = opened(qtbot)
    panel.show_drafts({LINE_CELL: "118/76 72"})
    assert line_of(panel).line.text() == "118/76 72"
    assert "pulse" in line_of(panel).echo.text()
    assert panel.focus_cell(LINE_CELL)


def test_the_half_typed_text_goes_only_when_the_set_is_in_the_record(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    shows, desk.panel = desk.panel, Quiet()
    type_line(qtbot, panel, "118/76 72 16 98 98.4 0")
    assert line_of(panel).line.text() == ""
    assert line_of(panel).echo.text().startswith("Keeping")
    assert desk.typed[-1] != (LINE_CELL, "")
    desk.panel = shows
    desk.show()
    assert line_of(panel).echo.text().startswith("Kept")
    assert desk.typed[-1] == (LINE_CELL, "")


def test_findings_stand_at_the_set_and_a_struck_set_leaves(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    type_line(qtbot, panel, "118/76 72")
    (row,) = [one.mark.row for one in desk.values.vital_signs]
    shown = [line.text() for line in panel.findChildren(type(panel.beside))]
    assert any("lacks respirations, SpO2, temperature" in text for text in shown)
    desk.strike(row, StrikeReason.TYPING_ERROR)
    assert desk.section.findings(desk.values, desk.facts) == []


def test_a_sign_that_a_set_lacks_can_be_not_done(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    type_line(qtbot, panel, "118/76 72 16 98")
    (row,) = [one.mark.row for one in desk.values.vital_signs]
    assert panel.focus_cell(Cell("vitals", row, "temperature"))
    box = panel.form.box(Cell("vitals", row, "temperature"))
    assert box is not None
    QTest.keyClick(box.editor.widget, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_P, Qt.Key.Key_Return):
        control = QApplication.focusWidget()
        assert control is not None
        QTest.keyClick(control, key)
    assert desk.undone == {("vital_signs/1", "temperature"): ("patient refused", "")}
    assert desk.section.findings(desk.values, desk.facts) == []


def test_without_a_line_when_read_only(qtbot: QtBot) -> None:
    desk = PanelDesk("vitals", same_facts, facts())
    panel = VitalsPanel(desk, sense=desk.sense, read_only=True)
    qtbot.addWidget(panel)
    assert panel.line is None
    panel.show_values(desk.values, desk.facts)
    panel.focus_first()


def test_five_sets_take_at_most_115_keys(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    keys = 0
    for _ in range(5):
        text = "118/76 72 16 98 98.4 0"
        keys += len(text) + 1
        type_line(qtbot, panel, text)
    assert len(desk.appended) == 5
    assert keys <= 115


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_painted(qtbot: QtBot, qapp: QApplication, scheme: str) -> None:
    theme.apply(qapp, scheme)
    panel, _ = opened(qtbot)
    type_line(qtbot, panel, "138/84 112 18 97 99.0 4 a air la")
    assert not panel.grab().isNull()
    theme.apply(qapp, "light")


def test_the_score_stands_live_below_the_line(qtbot: QtBot) -> None:
    panel, _ = opened(qtbot)
    score = line_of(panel).score
    type_line(qtbot, panel, "118/76 72", enter=False)
    assert plain(score.text()).startswith("NEWS2 not scored: respirations, SpO2,")
    type_line(qtbot, panel, "118/76 72 16 98 98.4 0 a air", enter=False)
    assert plain(score.text()) == "NEWS2 0, low · mean BP 90 mmHg"
    type_line(qtbot, panel, "84/50 132 26 90 98.4 0 a air", enter=False)
    assert "NEWS2 12, high" in plain(score.text())
    assert "911, per agency protocol" in score.text()
    assert score.property("voice") == "danger"
    type_line(qtbot, panel, "118/76 72 rc", enter=False)
    assert not score.isVisible()


def test_a_soft_limit_asks_for_a_word_and_one_enter_keeps_it(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    type_line(qtbot, panel, "118/76 112 16 98 98.4 0 a air", enter=False)
    assert plain(line_of(panel).said.text()) == "Pulse 112, high. Say why after ;"
    type_line(qtbot, panel, "118/76 112 16 98 98.4 0 a air ; walked up")
    (one,) = desk.values.vital_signs
    assert one.context == "walked up"


def test_a_second_enter_confirms_an_extreme_so_that_it_is_not_asked_again(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    type_line(qtbot, panel, "118/76 72 16 38 98.4 0 a air")
    assert desk.appended == []
    QTest.keyClick(line_of(panel).line, Qt.Key.Key_Return)
    (one,) = desk.values.vital_signs
    assert one.confirmed == ("spo2",)
    codes = {found.code for found in desk.section.findings(desk.values, desk.facts)}
    assert "vitals.unlikely_spo2" not in codes


def test_the_free_arm_is_taken_where_the_other_is_barred(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, barred_limbs=(BarredLimb("left arm", "PICC"),))
    assert "No BP on the left arm (PICC)" in panel.beside.text()
    type_line(qtbot, panel, "118/76 72 16 98 98.4 0")
    assert desk.values.vital_signs[0].limb == "right_arm"


MISSED = VitalsDue(
    AT_TEN_PAST - timedelta(minutes=40),
    "before the rate goes up",
    "missed",
    AT_TEN_PAST - timedelta(minutes=55),
    AT_TEN_PAST - timedelta(minutes=30),
)


def test_a_missed_set_is_answered_by_one_key(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, vitals_due=(MISSED,))
    assert panel.missed.isVisible()
    assert panel.focus_cell(MISSED_CELL)
    row = QApplication.focusWidget()
    assert row is panel.missed.rows[0]
    QTest.keyClick(row, Qt.Key.Key_A)
    (kept,) = desk.values.missed_set
    assert (kept.due, kept.reason, kept.words) == (MISSED.at, "asleep", None)


def test_after_the_last_missed_set_the_keys_stay_in_the_section(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, vitals_due=(MISSED,))
    panel.focus_cell(MISSED_CELL)
    panel.missed.show_due(replace(desk.facts, vitals_due=(replace(MISSED, reason="asleep"),)))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert panel.isAncestorOf(focus)
    assert not panel.missed.isAncestorOf(focus)


def test_a_missed_set_is_answered_in_words(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, vitals_due=(MISSED,))
    row = panel.missed.rows[0]
    QTest.keyClick(row, Qt.Key.Key_W)
    assert row.reason is not None
    QTest.keyClicks(row.reason.line, "power cut")
    QTest.keyClick(row.reason.line, Qt.Key.Key_Return)
    (kept,) = desk.values.missed_set
    assert (kept.reason, kept.words) == ("other", "power cut")


def test_no_missed_set_shows_nothing(qtbot: QtBot) -> None:
    panel, _ = opened(qtbot, vitals_due=(replace(MISSED, reason="refused"),))
    assert not panel.missed.isVisible()
    assert not panel.focus_cell(MISSED_CELL)
