"""A painted question: its height follows its words, it speaks, and it is drawn in every state."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Choice, Option, YesNo
from infusion_visits.widgets.answer_line import AnswerLine, Asked

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

YES_NO = YesNo(name="fever", label="Fever")
CHOICE = Choice(
    name="answer",
    label="Answer",
    options=(Option("pass", "pass"), Option("fail", "fail"), Option("na", "not applicable")),
)
LONG = "A clean, dry, clear surface that can be wiped, away from food and from pets. " * 3


def line(qtbot: QtBot, asked: Asked) -> AnswerLine:
    made = AnswerLine(asked, "demo/row/answer")
    qtbot.addWidget(made)
    made.resize(700, made.heightForWidth(700))
    made.show()
    return made


def test_the_height_follows_the_words_so_that_none_is_cut_off(qtbot: QtBot) -> None:
    one = line(qtbot, Asked(Row("row"), CHOICE, "Surface", LONG))
    short = line(qtbot, Asked(Row("row"), CHOICE, "Surface"))
    assert one.heightForWidth(900) > short.heightForWidth(900)
    assert one.heightForWidth(500) > one.heightForWidth(900)
    before = short.heightForWidth(900)
    one_high = one.heightForWidth(900)
    one.show_answer("", "not done: unable")
    assert one.heightForWidth(900) == one_high + 18
    assert short.heightForWidth(900) == before


def test_the_answers_stand_inside_and_apart(qtbot: QtBot) -> None:
    one = line(qtbot, Asked(Row("row"), CHOICE, "Surface", LONG))
    boxes = one._boxes()
    assert boxes[0].left() > one._words_width(one.width())
    assert boxes[-1].right() < one.width()
    for left, right in pairwise(boxes):
        assert left.right() < right.left()


@pytest.mark.parametrize(
    ("answer", "key", "spoken"),
    [(CHOICE, "na", "not applicable"), (YES_NO, "yes", "yes"), (CHOICE, "", "not answered")],
)
def test_it_speaks_question_and_answer(
    qtbot: QtBot, answer: Choice | YesNo, key: str, spoken: str
) -> None:
    one = line(qtbot, Asked(Row("row"), answer, "Surface", "Clean."))
    one.show_answer(key)
    assert one.accessibleName() == f"Surface. Clean: {spoken}"
    assert one.objectName() == "demo/row/answer"


def test_showing_is_not_answering(qtbot: QtBot) -> None:
    one = line(qtbot, Asked(Row("row"), CHOICE, "Surface"))
    picked: list[tuple[str, bool]] = []
    one.picked.connect(lambda key, by_key: picked.append((key, by_key)))
    one.show_answer("pass")
    assert picked == []
    qtbot.keyClicks(one, "f")
    assert picked == [("fail", True)]
    assert one.key == "pass", "what is shown comes from the record, not from the key"


@pytest.mark.parametrize("letter", ["x", "1", " "])
def test_a_letter_that_means_nothing_answers_nothing(qtbot: QtBot, letter: str) -> None:
    one = line(qtbot, Asked(Row("row"), CHOICE, "Surface"))
    picked: list[str] = []
    one.picked.connect(lambda key, _by: picked.append(key))
    qtbot.keyClicks(one, letter)
    qtbot.keyClick(one, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert picked == []


def test_every_state_is_drawn_differently(qtbot: QtBot) -> None:
    one = line(qtbot, Asked(Row("row"), CHOICE, "Surface", "Clean."))
    seen = set()
    for key, said, warns in (
        ("", "", ""), ("pass", "", ""), ("fail", "", ""), ("", "not done: unable", ""),
        ("pass", "", "not saved"),
    ):  # fmt: skip
        one.show_answer(key, said, warns)
        one.resize(700, one.heightForWidth(700))
        seen.add(bytes(one.grab().toImage().constBits()))
    assert len(seen) == 5
