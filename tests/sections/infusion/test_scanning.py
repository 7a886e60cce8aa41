"""A scanner at the form: one code fills a product, one key repeats it; half is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.scanned import SEPARATOR
from infusion_visits.widgets.act_strip import KeyedButton
from tests.sections.infusion.test_infusion_panel import CONTROL, Stage, dressed, stage

if TYPE_CHECKING:
    from datetime import date

__all__ = ["dressed", "stage"]
WHOLE = f"]d201003000000000181728063010LE12T204{SEPARATOR}21S1"


def type_code(widget: QWidget, code: str) -> None:
    """As a scanner does: FNC1 comes as Ctrl and `]`, and Enter at the end."""
    for letter in code:
        if letter == SEPARATOR:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_BracketRight, CONTROL, SEPARATOR)
                QApplication.sendEvent(widget, event)
        else:
            QTest.keyClicks(widget, letter)
    QTest.keyClick(widget, Qt.Key.Key_Return)


def lots(stage: Stage) -> list[tuple[str | None, str | None, str | None, date | None]]:
    (one,) = stage.desk.values.infusion
    return [(row.lot, row.gtin, row.serial, row.expiry) for row in one.product_lot]


def test_a_code_in_the_line_becomes_a_product(stage: Stage) -> None:
    stage.start()
    assert stage.panel.scan is not None
    line = stage.panel.scan.line
    type_code(line, WHOLE)
    ((lot, gtin, serial, expiry),) = lots(stage)
    assert (lot, gtin, serial) == ("LE12T204", "00300000000018", "S1")
    assert expiry is not None
    assert expiry.isoformat() == "2028-06-30"
    assert line.text() == ""
    assert "LE12T204 added" in stage.panel.scan.said.text()


def test_one_key_repeats_the_vial_before_but_its_serial_number(stage: Stage) -> None:
    stage.start()
    assert stage.panel.scan is not None
    line = stage.panel.scan.line
    type_code(line, '"')
    assert "no vial before" in stage.panel.scan.said.text()
    line.clear()
    type_code(line, WHOLE)
    type_code(line, '"')
    first, second = lots(stage)
    assert first[2] == "S1"
    assert second == (first[0], first[1], None, first[3])


def test_a_wrong_check_digit_adds_nothing(stage: Stage) -> None:
    stage.start()
    assert stage.panel.scan is not None
    type_code(stage.panel.scan.line, WHOLE.replace("00300000000018", "00300000000015"))
    assert lots(stage) == []
    assert "check digit" in stage.panel.scan.said.text()


@pytest.mark.parametrize("field", ["lot", "product", "gtin"])
def test_a_code_in_any_field_of_a_product_fills_them_all(stage: Stage, field: str) -> None:
    stage.start()
    stage.desk.append(Row("product_lot", (1,)), {"product": "Gammagard", "lot": "OLD"})
    cell = Cell("infusion", Row("product_lot", (1, 1)), field)
    assert stage.panel.focus_cell(cell)
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, Qt.Key.Key_A, CONTROL)
    type_code(box, WHOLE)
    ((lot, gtin, serial, _),) = lots(stage)
    assert (lot, gtin, serial) == ("LE12T204", "00300000000018", "S1")
    (one,) = stage.desk.values.infusion
    assert one.product_lot[0].product == "Gammagard"


def test_after_a_hold_half_is_offered_and_not_filled_in(stage: Stage) -> None:
    stage.start()
    stage.clock("09:30")
    stage.panel.ask("hold")
    assert stage.acts.strip is not None
    stage.acts.strip.lines["why"].setText("chills")
    stage.keep()
    stage.panel.ask("hold")
    strip = stage.acts.strip
    assert strip is not None
    assert strip.lines["rate"].text() == ""
    (half,) = [one for one in strip.findChildren(KeyedButton) if "Half" in one.word]
    assert "17.5" in half.word
    QTest.keyClick(half, Qt.Key.Key_Space)
    assert strip.lines["rate"].text() == "17.5"
    strip.lines["ladder"].setText("slowly")
    stage.keep()
    assert "such as" in strip.said.text()
    strip.lines["ladder"].setText("17.5 30, 35 rest")
    stage.keep()
    assert stage.kinds()[-1] == "resume"


def test_a_new_bag_brings_its_volume_and_its_lot(stage: Stage) -> None:
    stage.start()
    stage.clock("09:40")
    stage.acts.buttons["bag_change"].click()
    strip = stage.acts.strip
    assert strip is not None
    strip.lines["volume_ml"].setText("100")
    strip.lines["lot"].setText("LE12T377")
    stage.keep()
    (one,) = stage.desk.values.infusion
    assert one.infusion_event[-1].volume_ml == 100
    assert [(row.lot, row.bag) for row in one.product_lot] == [("LE12T377", 2)]
