"""The assessment at the keyboard: letters for each system, one key for all the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients.facts import Facts, TherapyFact
from infusion_visits.sections.assessment import options as of
from infusion_visits.sections.assessment.panel import AssessmentPanel
from tests.sections.every_field import made_facts
from tests.sections.panel_stage import PanelStage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def immune_globulin(kind: VisitKind = VisitKind.ROUTINE_INFUSION) -> Facts:
    facts = made_facts(kind=kind)
    assert facts.order is not None
    therapy = TherapyFact("ivig", "immune globulin", groups=("ivig",))
    order = replace(facts.order, drug="immune globulin 10 %", brand="", therapy=therapy)
    return replace(facts, order=order)


def stage(qtbot: QtBot, facts: Facts, *, read_only: bool = False) -> PanelStage:
    made = PanelStage(qtbot, AssessmentPanel, "assessment", facts, read_only=read_only)
    made.panel.focus_first()
    return made


def test_only_the_questions_of_this_therapy_are_asked(qtbot: QtBot, in_dress: QApplication) -> None:
    plain = [line.asked.title for line in stage(qtbot, made_facts()).lines()]
    assert len(plain) == 8
    with_therapy = [line.asked.title for line in stage(qtbot, immune_globulin()).lines()]
    assert with_therapy[8:] == [
        "Headache, stiff neck, light that hurts or vomiting since the last dose?",
        "Swelling or pain of one limb, or sudden trouble breathing since the last dose?",
    ]


def test_letters_answer_and_an_exception_asks_for_words(
    qtbot: QtBot, in_dress: QApplication
) -> None:
    made = stage(qtbot, immune_globulin())
    made.keys("nc")
    one = made.desk.values.assessment
    assert (one.neuro, one.cardiovascular) == (of.NORMAL, of.CHANGED)
    found = made.panel.focus_cell(Cell("assessment", Row("assessment"), "cardiovascular_words"))
    assert found
    made.keys("both shins swollen")
    made.key(Qt.Key.Key_Tab)
    assert made.desk.values.assessment.cardiovascular_words == "both shins swollen"


def test_one_key_answers_all_others(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot, immune_globulin())
    made.keys("k")
    made.panel.checklist.lines[1].take_focus()
    made.keys("a")
    one = made.desk.values.assessment
    assert one.neuro == of.KNOWN
    assert {one.cardiovascular, one.skin, one.mood} == {of.NORMAL}
    assert one.endocrine is None
    assert one.at is not None
    assert [(row.number, row.answer) for row in made.desk.values.therapy_watch] == [
        (6, False),
        (7, False),
    ]


def test_the_letter_a_in_words_is_only_a_letter(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot, made_facts())
    made.panel.focus_cell(Cell("assessment", Row("assessment"), "diet"))
    made.keys("a la carte")
    assert made.desk.values.assessment is None


def test_the_fall_screen_comes_when_it_is_asked_for(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot, made_facts())
    made.click(made.panel._add_falls)
    assert len(made.lines()) == 18
    for line in made.lines()[8:12]:
        line.setFocus()
        made.keys("y")
    assert made.desk.values.fall_screen.age_65 is True
    assert "6 not answered" in made.panel._score.text()
    for line in made.lines()[12:]:
        line.setFocus()
        made.keys("n")
    assert "4 of 10, at risk" in made.panel._score.text()


def test_at_a_start_of_care_the_fall_screen_stands_there(
    qtbot: QtBot, in_dress: QApplication
) -> None:
    made = stage(qtbot, made_facts(kind=VisitKind.START_OF_CARE))
    assert len(made.lines()) == 18
    assert made.panel.focus_cell(Cell("assessment", Row("fall_screen"), "plan"))


def test_read_only_records_nothing(qtbot: QtBot, in_dress: QApplication) -> None:
    made = stage(qtbot, made_facts(), read_only=True)
    made.panel.answer_others_normal()
    assert made.desk.values.assessment is None
