"""The painted record: walked by real keys and by mouse, at any width, and soon there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from infusion_visits.notes.panel.paper import NotePaper
from infusion_visits.notes.reading import reading
from infusion_visits.widgets import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from infusion_visits.core.cells import Cell
    from infusion_visits.notes.reading import Reading
    from infusion_visits.visits.signed_note import SignedNote

Key = Qt.Key


@pytest.fixture(scope="module")
def long_one(demo_notes: tuple[SignedNote, ...]) -> Reading:
    """The reading with the most answers."""
    made = [reading(note) for note in demo_notes]
    return max(made, key=lambda one: sum(len(s.lines) for s in one.sections))


@pytest.fixture
def paper(qtbot: QtBot, long_one: Reading, qapp: QApplication) -> NotePaper:
    theme.apply(qapp, "light")
    made = NotePaper()
    qtbot.addWidget(made)
    made.set_width(500)
    made.show_note(long_one.blocks, long_one.sections, {})
    made.show()
    made.setFocus()
    return made


def whole(paper: NotePaper, qtbot: QtBot) -> int:
    """Its height once all slices are there."""
    heights: list[int] = []

    def still() -> bool:
        heights.append(paper.height())
        return heights[-4:].count(heights[-1]) == 4

    qtbot.waitUntil(still)
    return paper.height()


def test_down_walks_every_line_once(paper: NotePaper, long_one: Reading) -> None:
    seen: list[Cell] = []
    for _ in range(2000):
        here = paper.current
        assert here is not None
        if seen and seen[-1] == here[1].cell:
            break
        seen.append(here[1].cell)
        QTest.keyClick(paper, Key.Key_Down)

    lines = [line for section in long_one.sections for line in section.lines]
    assert seen == [line.cells[0].cell for line in lines]


def test_left_and_right_walk_the_answers_of_a_row(paper: NotePaper, long_one: Reading) -> None:
    line = next(one for s in long_one.sections for one in s.lines if len(one.cells) > 3)
    assert paper.go_to(line.cells[0].cell.path())
    said = []
    for cell in line.cells:
        here = paper.current
        assert here is not None
        assert here[1] == cell
        said.append(paper.accessibleName())
        QTest.keyClick(paper, Key.Key_Right)
    assert len(set(said)) == len(said), "each answer is told"
    QTest.keyClick(paper, Key.Key_Left)
    here = paper.current
    assert here is not None
    assert here[1] == line.cells[-2]


def test_pages_walk_the_sections(paper: NotePaper, long_one: Reading) -> None:
    for section in long_one.sections[1:]:
        QTest.keyClick(paper, Key.Key_PageDown)
        here = paper.current
        assert here is not None
        assert here[0] == section.lines[0]
    QTest.keyClick(paper, Key.Key_PageUp)
    here = paper.current
    assert here is not None
    assert here[0] == long_one.sections[-2].lines[0]


def test_a_click_gives_the_keys_to_the_answer_below_it(paper: NotePaper, qtbot: QtBot) -> None:
    boxes: list[QRect] = []
    paper.moved.connect(boxes.append)
    for _ in range(5):
        QTest.keyClick(paper, Key.Key_Down)
    fifth = paper.current
    box = boxes[-1]
    for _ in range(5):
        QTest.keyClick(paper, Key.Key_Up)
    assert paper.current != fifth
    whole(paper, qtbot)

    QTest.mouseClick(
        paper,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(200, box.bottom() - 8),
    )

    assert paper.current == fifth


def test_a_question_stands_below_its_answer(
    paper: NotePaper, long_one: Reading, qtbot: QtBot
) -> None:
    before = whole(paper, qtbot)
    path = long_one.sections[0].lines[0].cells[0].cell.path()

    paper.show_note(long_one.blocks, long_one.sections, {path: ("By whom?",)})

    assert whole(paper, qtbot) > before


@pytest.mark.parametrize("width", [240, 500, 900])
def test_all_of_it_is_painted_at_any_width(
    paper: NotePaper, qtbot: QtBot, width: int, qapp: QApplication
) -> None:
    paper.set_width(width)
    light = whole(paper, qtbot)
    picture = paper.grab().toImage()
    assert picture.height() >= light
    theme.apply(qapp, "dark")
    try:
        dark = paper.grab().toImage()
    finally:
        theme.apply(qapp, "light")
    assert picture != dark, "other colours are in force"
