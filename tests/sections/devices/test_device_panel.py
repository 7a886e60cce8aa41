"""Lines on the screen, with real keys: check, care, a new line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.kinds import NotDoneReason
from infusion_visits.sections.devices.panel import DevicesPanel, LineForm
from infusion_visits.widgets.section_list import Progressed
from tests.sections.devices.made_lines import NOW, PICC_ID, PORT_ID, facts
from tests.sections.things_desk import ThingsDesk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PICC: dict[str, Any] = {
    "id": PICC_ID,
    "kind": "picc",
    "side": "left",
    "site": "upper_arm",
    "inserted_precision": "unknown",
    "tip": "caj",
    "tip_method": "ecg",
}
PORT: dict[str, Any] = {
    "id": PORT_ID,
    "kind": "port",
    "side": "right",
    "site": "chest",
    "inserted_precision": "unknown",
    "tip": "caj",
    "tip_method": "ecg",
}

pytestmark = pytest.mark.usefixtures("in_dress")


def opened(qtbot: QtBot, *lines: dict[str, Any], **more: Any) -> tuple[DevicesPanel, ThingsDesk]:
    """The panel with these lines, shown and with the keys."""
    desk = ThingsDesk("devices", facts(**more))
    for line in lines:
        desk.rows["access_device"].append({**line, "created_at": NOW, "created_by": PICC_ID})
    panel = DevicesPanel(desk, sense=desk.sense)
    desk.panel = panel
    qtbot.addWidget(panel)
    panel.resize(760, 1200)
    panel.show()
    desk.show()
    with qtbot.waitActive(panel):
        panel.activateWindow()
    return panel, desk


def form_of(panel: DevicesPanel) -> LineForm:
    """The chosen line's form, all of it."""
    assert panel.form is not None
    panel.form.make_all()
    return panel.form


def focused() -> QWidget:
    """What has the keys."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def check_cell(name: str) -> Cell:
    """A field of the PICC's check."""
    return Cell("devices", Row("device_check", (PICC_ID,)), name)


def test_without_a_line_the_panel_says_what_to_do(qtbot: QtBot) -> None:
    panel, _ = opened(qtbot)
    assert panel.none.isVisible()
    assert panel.form is None
    panel.focus_first()
    assert panel.adds.hasFocus()


def test_ins_adds_a_line_of_the_chosen_kind_and_opens_it(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    panel.focus_first()
    QTest.keyClick(panel.adds, Qt.Key.Key_Insert)
    assert panel.kinds.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert desk.appended == [("access_device", {"kind": "midline"})]
    assert [line.item.title for line in panel.lines.lines] == ["Midline"]
    box = form_of(panel).box(Cell("devices", Row("access_device", (form_of(panel).key,)), "side"))
    assert box is not None
    assert box.isVisible()
    assert box.isAncestorOf(focused())


def test_escape_adds_nothing(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    panel.ask_kind()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not panel.kinds.isVisible()
    assert desk.appended == []


def test_f4_answers_what_was_looked_at_and_no_figure(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PICC)
    panel.focus_first()
    QTest.keyClick(focused(), Qt.Key.Key_F4)
    (check,) = desk.values.device_check
    assert check.checked_at is not None
    assert (check.site, check.dressing_state, check.symptoms) == ("normal", "sound", ("none",))
    assert check.external_length_cm is None
    assert check.lumen_check == ()
    focus = focused()
    box = form_of(panel).box(check_cell("external_length_cm"))
    assert box is not None
    assert box.isAncestorOf(focus)


def test_f4_leaves_every_answer_that_stands(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PICC)
    desk.append(Row("device_check", (PICC_ID,)), {"checked_at": "9:10", "dressing_state": "damp"})
    panel.focus_first()
    QTest.keyClick(focused(), Qt.Key.Key_F4)
    (check,) = desk.values.device_check
    assert check.dressing_state == "damp"
    assert check.site == "normal"
    assert f"{check.checked_at:%H:%M}" == "14:10"


def test_the_first_answer_of_a_check_says_when_it_was(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PICC)
    assert panel.focus_cell(check_cell("external_length_cm"))
    QTest.keyClicks(focused(), "2.5")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    (check,) = desk.values.device_check
    assert check.device_id == PICC_ID
    assert str(check.external_length_cm) == "2.5"
    assert check.checked_at is not None


def test_a_lumen_is_checked_under_its_own_number(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PICC)
    cell = Cell("devices", Row("lumen_check", (PICC_ID, 1)), "saline_ml")
    assert panel.focus_cell(cell)
    QTest.keyClicks(focused(), "10")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    (check,) = desk.values.device_check
    (row,) = check.lumen_check
    assert row.mark.row == cell.row
    assert str(row.saline_ml) == "10"


def test_a_check_that_was_not_done_satisfies_the_stop(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PICC)
    assert "devices.unchecked" in {found.code for found in desk.findings}
    form_of(panel).line_desk.not_done(check_cell("checked_at"), NotDoneReason.REFUSED, "asleep")
    assert desk.values.device_check[0].mark.not_done["checked_at"].words == "asleep"
    assert desk.findings == []


def test_one_key_gives_care_and_opens_what_it_asks(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PICC)
    button = form_of(panel).care_buttons["dressing_change"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    (care,) = desk.values.device_care
    assert (care.device_id, care.what) == (PICC_ID, "dressing_change")
    assert care.done_at is not None
    box = form_of(panel).box(Cell("devices", care.mark.row, "antiseptic"))
    assert box is not None
    assert box.isVisible()
    assert box.isAncestorOf(focused())


def test_each_line_shows_its_own_care_and_state(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PICC, PORT)
    assert {line.item.title for line in panel.lines.lines} == {
        "PICC, left upper arm",
        "Port, right chest",
    }
    first, second = (line.item.key for line in panel.lines.lines)
    panel.choose(second)
    form_of(panel).give("connector_change")
    assert [str(care.device_id) for care in desk.values.device_care] == [second]
    panel.choose(first)
    table = form_of(panel).care.table
    assert table is not None
    assert table.block(Row("device_care", (1,))) is None
    desk.append(Row("device_check", (PICC_ID,)), {"checked_at": "now", "integrity": "crack"})
    states = {line.item.key: line.item.state for line in panel.lines.lines}
    assert states[str(PICC_ID)] is Progressed.ATTENTION
    assert states[str(PORT_ID)] is Progressed.EMPTY


def test_what_the_needle_opens_is_asked_while_it_is_in(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PORT)
    row = Row("device_check", (PORT_ID,))
    dressing = form_of(panel).box(Cell("devices", row, "dressing_state"))
    assert dressing is not None
    assert dressing.isHidden()
    desk.append(row, {"accessed": "yes"})
    assert not dressing.isHidden()


def test_a_finding_leads_to_its_line_and_opens_what_hides_it(qtbot: QtBot) -> None:
    panel, _ = opened(qtbot, PICC, PORT)
    cell = Cell("devices", Row("access_device", (PORT_ID,)), "inserted_on")
    assert panel.focus_cell(cell)
    assert form_of(panel).key == PORT_ID
    box = form_of(panel).box(cell)
    assert box is not None
    assert box.isVisible()


def test_half_typed_text_comes_back_where_it_was(qtbot: QtBot) -> None:
    panel, _ = opened(qtbot, PICC)
    panel.show_drafts({check_cell("external_length_cm"): "2,"})
    box = form_of(panel).box(check_cell("external_length_cm"))
    assert box is not None
    assert box.editor.text() == "2,"


def test_a_lumen_written_down_later_gets_its_check_without_moving_the_keys(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PICC)
    form = form_of(panel)
    desk.append(Row("lumen", (PICC_ID,)), {"label": "red"})
    desk.append(Row("lumen", (PICC_ID,)), {"label": "purple"})
    assert form_of(panel) is form
    form.make_all()
    assert [part.heading.text() for parts in form.lumens.values() for part in parts] == [
        "Lumen: red",
        "Flush and lock: red",
        "Lumen: purple",
        "Flush and lock: purple",
    ]


def test_every_control_has_a_name_and_the_keys_come_around(qtbot: QtBot) -> None:
    panel, _ = opened(qtbot, PICC, PORT)
    form_of(panel)
    QApplication.processEvents()
    for widget in panel.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName(), widget.objectName() or type(widget).__name__
    panel.focus_first()
    start = focused()
    seen = {start}
    for _ in range(200):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        if focused() is start:
            break
        seen.add(focused())
    assert focused() is start
    assert len(seen) > 10


def test_a_form_comes_in_slices_and_is_whole_when_somebody_asks(qtbot: QtBot) -> None:
    panel, _ = opened(qtbot, PORT)
    panel.choose(str(PORT_ID))
    form = panel.form
    assert form is not None
    qtbot.waitUntil(lambda: form.is_whole)
    bare, desk = opened(qtbot, PICC)
    desk.rows["access_device"].append(
        {**PORT, "created_at": NOW, "created_by": PICC_ID, "placed_here": None}
    )
    desk.show()
    bare.choose(str(PORT_ID))
    late = bare.form
    assert late is not None
    assert not late.is_whole
    assert bare.focus_cell(Cell("devices", Row("access_device", (PORT_ID,)), "brand"))
    assert late.is_whole


def test_signs_are_asked_below_the_site_only_where_there_are_any(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot, PICC)
    form = form_of(panel)
    row = Row("device_check", (PICC_ID,))
    assert form.box(Cell("devices", row, "signs")) is None
    desk.append(row, {"checked_at": "now", "site": "signs"})
    box = form.box(Cell("devices", row, "signs"))
    assert box is not None
    assert box.isVisible()
    desk.append(row, {"site": "normal"})
    assert not box.isVisible()
