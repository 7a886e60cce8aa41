"""The forty items at the keyboard, the plan that a fail opens, and the outcome that follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.patients.facts import Facts, HomeAnswerFact, HomeFact
from infusion_visits.sections.home.panel import HomePanel
from infusion_visits.widgets.scrolled import Scrolled
from tests.sections.checklist_desk import ChecklistDesk
from tests.sections.every_field import made_facts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Stage:
    """The panel, shown, a whole assessment begun."""

    def __init__(self, qtbot: QtBot, facts: Facts | None = None) -> None:
        self.qtbot = qtbot
        self.desk = ChecklistDesk("home", facts)
        self.panel = HomePanel(self.desk, sense=self.desk.sense)
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
        return self.focus.objectName()

    def keys(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(self.focus, letter)

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.focus, key)

    def whole(self) -> None:
        """Answers how: the whole home, with nothing special needed."""
        self.desk.append(Row("home_assessment"), {"method": "full", "needs": "none"})
        self.panel.focus_first()

    def answer_of(self, number: int) -> str | None:
        return next(
            (one.answer for one in self.desk.values.home_finding if one.item == number), None
        )


@pytest.fixture
def stage(qtbot: QtBot, in_dress: QApplication) -> Stage:
    return Stage(qtbot)


def test_the_first_key_goes_to_how_then_to_the_first_open_item(stage: Stage) -> None:
    assert stage.panel.outcome.word.text() == "Home not assessed yet"
    stage.whole()
    assert stage.at == "home/home_finding/1/answer"
    assert stage.panel.outcome.word.text() == "Undetermined · 0 of 40 items answered"


def test_forty_letters_assess_a_home(stage: Stage) -> None:
    stage.whole()
    for number in range(1, 41):
        stage.panel.focus_cell(Cell("home", Row("home_finding", (number,)), "answer"))
        stage.keys("p")
    assert stage.panel.outcome.word.text() == "Suitable · 40 of 40 items answered"
    assert stage.panel.outcome.property("ground") == "ok"


def test_letters_go_on_to_the_next_item(stage: Stage) -> None:
    stage.whole()
    stage.keys("ppn")
    assert [stage.answer_of(number) for number in (1, 2, 3)] == ["pass", "pass", "not_applicable"]
    assert stage.at == "home/home_finding/4/answer"


def test_a_fail_opens_its_plan_and_the_outcome_follows(stage: Stage) -> None:
    stage.whole()
    stage.keys("f")
    assert stage.at == "home/home_finding/1/note"
    stage.keys("cluttered")
    stage.key(Qt.Key.Key_Return)
    assert stage.at == "home/home_finding/1/plan"
    stage.keys("table")
    stage.key(Qt.Key.Key_Return)
    stage.keys("son")
    stage.key(Qt.Key.Key_Return)
    assert "needs a plan with who and by when" in stage.panel.outcome.reasons.text()
    stage.keys("+7")
    stage.key(Qt.Key.Key_Return)
    assert "has a plan" in stage.panel.outcome.reasons.text()
    assert stage.at == "home/home_finding/2/answer"
    (found,) = stage.desk.values.home_finding
    assert (found.note, found.plan, found.owner) == ("cluttered", "table", "son")
    assert found.due_day is not None


def test_a_blocker_turns_the_card_and_stands_at_its_item(stage: Stage) -> None:
    stage.whole()
    stage.panel.focus_cell(Cell("home", Row("home_finding", (6,)), "answer"))
    stage.keys("f")
    assert stage.panel.outcome.word.text().startswith("Not suitable")
    assert stage.panel.outcome.property("ground") == "danger"
    line = stage.panel.checklist.line_of(Row("home_finding", (6,)), "answer")
    assert line is not None
    shown = [label.text() for label in line.findChildren(QWidget) if hasattr(label, "text")]
    assert any("unsafe dirt or blocked exits" in text for text in shown)


def test_only_the_figure_of_an_item_is_asked_and_it_is_always_there(stage: Stage) -> None:
    stage.whole()
    for number, measure in ((12, "temperature"), (23, "score"), (24, "minutes")):
        cell = Cell("home", Row("home_finding", (number,)), measure)
        assert stage.panel.focus_cell(cell)
        assert stage.at == cell.path()
    line = stage.panel.checklist.line_of(Row("home_finding", (1,)), "answer")
    assert line is not None
    assert "temperature" not in {leaf.name for leaf in line.asked.details}


def test_a_figure_in_fahrenheit_fails_the_refrigerator(stage: Stage) -> None:
    stage.whole()
    stage.panel.focus_cell(Cell("home", Row("home_finding", (12,)), "temperature"))
    stage.keys("50")
    stage.key(Qt.Key.Key_Return)
    assert "12 Refrigerator" in stage.panel.outcome.reasons.text()


def test_up_and_down_walk_through_the_items(stage: Stage) -> None:
    stage.whole()
    stage.key(Qt.Key.Key_Down)
    assert stage.at == "home/home_finding/2/answer"
    stage.key(Qt.Key.Key_Up)
    stage.key(Qt.Key.Key_Up)
    assert stage.at == "home/home_finding/1/answer"


def test_a_changed_answer_closes_what_is_no_longer_asked(stage: Stage) -> None:
    stage.whole()
    stage.keys("f")
    stage.key(Qt.Key.Key_Escape)
    stage.panel.focus_cell(Cell("home", Row("home_finding", (1,)), "answer"))
    stage.keys("p")
    line = stage.panel.checklist.line_of(Row("home_finding", (1,)), "answer")
    assert line is not None
    assert all(box.isHidden() for box in line.details)


def test_what_was_typed_in_a_plan_comes_back(stage: Stage) -> None:
    cell = Cell("home", Row("home_finding", (17,)), "plan")
    stage.panel.show_drafts({cell: "ask the"})
    box = stage.panel.box(cell)
    assert box is not None
    assert not box.isHidden()
    assert box.editor.text() == "ask the"


KNOWN = HomeFact(
    whole=date(2026, 11, 1),
    seen=date(2026, 11, 1),
    needs=("none",),
    answers=tuple(
        HomeAnswerFact(number, "fail", plan="lamp", owner="daughter", due_day=date(2026, 12, 1))
        if number == 3
        else HomeAnswerFact(number, "pass")
        for number in range(1, 41)
    ),
)


@pytest.fixture
def known(qtbot: QtBot, in_dress: QApplication) -> Stage:
    return Stage(qtbot, made_facts(home_before=KNOWN))


def test_one_key_says_that_nothing_changed_since(known: Stage) -> None:
    card = known.panel.before
    assert card.isVisible()
    assert card.unchanged.word == "Unchanged since 1 Nov 2026"
    assert "suitable with a plan for this therapy" in card.word.text()
    assert "Plan: Light: lamp, daughter, by 1 Dec 2026." in card.plans.text()
    line = known.panel.checklist.line_of(Row("home_finding", (3,)), "answer")
    assert line is not None
    assert line.line.before == "1 Nov 2026: fail; plan: lamp, daughter"
    line.take_focus()
    known.keys("u")
    assessment = known.desk.values.home_assessment
    assert assessment.method == "unchanged"
    assert assessment.earlier_day == date(2026, 11, 1)
    assert assessment.earlier_outcome == "suitable_with_plan"
    assert assessment.at is not None
    assert known.panel.outcome.word.text().startswith("Suitable with a plan")
    assert not card.unchanged.isEnabled()


def test_only_changes_go_on_at_the_items(known: Stage) -> None:
    known.panel.before.changes.click()
    assert known.desk.values.home_assessment.method == "changes"
    assert known.at == "home/home_finding/1/answer"
    known.panel.focus_cell(Cell("home", Row("home_finding", (3,)), "answer"))
    known.keys("p")
    assert known.panel.outcome.word.text() == "Suitable · 1 of 40 items answered, 39 as before"


def test_an_answer_of_today_takes_the_place_of_the_earlier_one(known: Stage) -> None:
    known.panel.before.changes.click()
    line = known.panel.checklist.line_of(Row("home_finding", (1,)), "answer")
    assert line is not None
    assert line.line.before
    known.keys("p")
    assert line.line.before == ""


def test_without_an_earlier_assessment_the_keys_do_nothing(stage: Stage) -> None:
    assert not stage.panel.before.isVisible()
    stage.panel.checklist.lines[0].take_focus()
    stage.keys("uc")
    assert stage.desk.values.home_assessment is None


def test_the_first_lines_are_there_at_once_and_the_others_follow(
    qtbot: QtBot, in_dress: QApplication
) -> None:
    desk = ChecklistDesk("home")
    panel = HomePanel(desk, sense=desk.sense)
    desk.panel = panel
    qtbot.addWidget(panel)
    assert len(panel.checklist.lines) == 8
    desk.append(Row("home_assessment"), {"method": "full", "needs": "none"})
    desk.record(Cell("home", Row("home_finding", (38,)), "answer"), "fail")
    assert len(panel.checklist.lines) == 8
    panel.show()
    qtbot.waitUntil(lambda: len(panel.checklist.lines) == 40)
    line = panel.checklist.lines[37]
    assert line.line.key == "fail"
    assert line.details


def test_a_line_that_is_not_made_yet_is_made_when_it_is_asked_for(
    qtbot: QtBot, in_dress: QApplication
) -> None:
    desk = ChecklistDesk("home")
    panel = HomePanel(desk, sense=desk.sense)
    desk.panel = panel
    qtbot.addWidget(panel)
    assert panel.focus_cell(Cell("home", Row("home_finding", (40,)), "answer"))
    assert len(panel.checklist.lines) == 40
