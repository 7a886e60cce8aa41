"""The screening at the keyboard: a letter for each question, one key for all the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.sections.screening.fields import QUESTIONS, note_of
from infusion_visits.sections.screening.panel import ScreeningPanel
from infusion_visits.widgets.answer_line import AnswerLine
from infusion_visits.widgets.scrolled import Scrolled
from tests.sections.checklist_desk import ChecklistDesk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KEYS = [key for key, _ in QUESTIONS]
ROW = Row("screening_answer")


class Stage:
    """The panel, shown, with the keys in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.desk = ChecklistDesk("screening")
        self.panel = ScreeningPanel(self.desk, sense=self.desk.sense)
        self.desk.panel = self.panel
        self.window = Scrolled(self.panel)
        qtbot.addWidget(self.window)
        self.window.resize(838, 640)
        self.desk.show()
        self.window.show()
        qtbot.waitUntil(self.window.isVisible)
        self.panel.focus_first()

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def at(self) -> str:
        """The field in which the keys are."""
        return self.focus.objectName().rpartition("/")[2]

    def keys(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(self.focus, letter)

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.qtbot.keyClick(self.focus, key, modifier)

    def line(self, name: str) -> AnswerLine:
        return next(
            line for line in self.panel.findChildren(AnswerLine) if line.asked.answer.name == name
        )

    def answers(self) -> dict[str, bool | None]:
        given = self.desk.values.screening_answer
        return {key: getattr(given, key) if given else None for key in KEYS}


@pytest.fixture
def stage(qtbot: QtBot, in_dress: QApplication) -> Stage:
    return Stage(qtbot)


def test_a_letter_answers_and_goes_on(stage: Stage) -> None:
    assert stage.at == KEYS[0]
    stage.keys("n" * len(KEYS))
    assert set(stage.answers().values()) == {False}
    assert stage.at == "response"


def test_a_yes_opens_its_comment_and_enter_goes_on(stage: Stage) -> None:
    stage.keys("ny")
    assert stage.at == note_of(KEYS[1])
    stage.keys("amoxicillin")
    stage.key(Qt.Key.Key_Return)
    assert stage.at == KEYS[2]
    given = stage.desk.values.screening_answer
    assert given.antibiotics is True
    assert given.antibiotics_note == "amoxicillin"


def test_one_key_answers_all_others_no_in_one_act(stage: Stage) -> None:
    stage.keys("nny")
    stage.keys("metoprolol")
    stage.key(Qt.Key.Key_Return)
    stage.keys("a")
    answers = stage.answers()
    assert answers.pop("new_medicines") is True
    assert set(answers.values()) == {False}
    ((row, texts),) = stage.desk.appended
    assert row == "screening_answer"
    assert len(texts) == len(KEYS) - 3 + 1
    assert texts["at"] == "now"
    assert stage.desk.values.screening_answer.at is not None


def test_the_letter_a_in_a_comment_is_only_a_letter(stage: Stage) -> None:
    stage.keys("y")
    stage.keys("a cough")
    stage.key(Qt.Key.Key_Return)
    assert stage.desk.values.screening_answer.infection_note == "a cough"
    assert stage.desk.appended == []


def test_arrows_walk_choose_and_backspace_clears(stage: Stage) -> None:
    stage.key(Qt.Key.Key_Down)
    assert stage.at == KEYS[1]
    stage.key(Qt.Key.Key_Right)
    assert stage.answers()[KEYS[1]] is True
    stage.key(Qt.Key.Key_Right)
    assert stage.answers()[KEYS[1]] is False
    assert stage.at == KEYS[1]
    stage.key(Qt.Key.Key_Backspace)
    assert stage.answers()[KEYS[1]] is None
    stage.key(Qt.Key.Key_Up)
    assert stage.at == KEYS[0]
    stage.key(Qt.Key.Key_Up)
    assert stage.at == KEYS[0]


def test_the_pointer_answers_and_stays(stage: Stage) -> None:
    line = stage.line("antibiotics")
    box = line._boxes()[0].center().toPoint()
    stage.qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=box)
    assert stage.answers()["antibiotics"] is True
    stage.qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=box)
    assert stage.answers()["antibiotics"] is None
    stage.qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert stage.answers()["antibiotics"] is None


def test_a_question_can_be_not_done_with_a_reason(stage: Stage) -> None:
    stage.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    stage.keys("u")
    stage.key(Qt.Key.Key_Return)
    assert stage.desk.absent == {("screening_answer", "infection"): ("unable", "")}
    assert "not done: unable" in stage.line("infection").said
    assert stage.at == KEYS[1]


def test_the_stop_stands_at_its_question_and_can_be_gone_past(stage: Stage) -> None:
    stage.keys("y")
    words = [label.text() for label in stage.panel.findChildren(QWidget) if hasattr(label, "text")]
    assert any("Hold and call the prescriber" in text for text in words)
    # Said once, as the stop; page one has its own line.
    assert sum("current infection: yes" in text for text in words) == 1


def test_what_was_typed_and_never_left_comes_back(stage: Stage) -> None:
    cell = Cell("screening", ROW, note_of("infection"))
    stage.panel.show_drafts({cell: "cou"})
    box = stage.panel.box(cell)
    assert box is not None
    assert not box.isHidden()
    assert box.editor.text() == "cou"
    stage.desk.show()
    assert box.editor.text() == "cou"


def test_every_field_can_be_gone_to(stage: Stage) -> None:
    for name in ("at", "response", *KEYS):
        assert stage.panel.focus_cell(Cell("screening", ROW, name))
        assert stage.at == name
    # A comment that is not asked leads to its question.
    assert stage.panel.focus_cell(Cell("screening", ROW, note_of("glucose")))
    assert stage.at == "glucose"


def test_tab_goes_through_all_and_screen_readers_hear_question_and_answer(stage: Stage) -> None:
    stage.keys("n")
    line = stage.line("infection")
    assert line.accessibleName().startswith("Fever of 38.0")
    assert line.accessibleName().endswith(": no")
    stage.panel.focus_cell(Cell("screening", ROW, "infection"))
    stage.key(Qt.Key.Key_Tab)
    assert stage.at == "antibiotics"


def test_read_only_records_nothing(qtbot: QtBot, in_dress: QApplication) -> None:
    desk = ChecklistDesk("screening")
    panel = ScreeningPanel(desk, sense=desk.sense, read_only=True)
    qtbot.addWidget(panel)
    desk.panel = panel
    desk.show()
    panel.show()
    panel.answer_others_no()
    line = panel.checklist.lines[0].line
    qtbot.keyClicks(line, "n")
    assert desk.recorded == []
    assert desk.appended == []
