from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from infusion_visits.core import fields
from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Ink, Leaf, Number
from infusion_visits.core.units import KILOGRAM, POUND
from infusion_visits.widgets.choice_editors import OptionEditor, PillEditor
from infusion_visits.widgets.editor import Editor
from infusion_visits.widgets.editors import EDITORS, make_editor
from infusion_visits.widgets.ink_editor import InkEditor
from infusion_visits.widgets.line_editors import LineEditor, MomentEditor, NumberEditor
from infusion_visits.widgets.many_editor import ManyEditor
from infusion_visits.widgets.paragraph_editor import ParagraphEditor
from tests.widgets.form_setup import CHECK, LINES, ref_options, sense

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HOSTILE = '<img src="file:///etc/passwd"><b>x</b> & "y"'


class Bench:
    """One editor in a shown window, with another control to go to."""

    def __init__(self, qtbot: QtBot, name: str) -> None:
        self.leaf = CHECK.leaf(name)
        options = (
            ref_options(self.leaf, Row("line_look")) if isinstance(self.leaf, fields.Ref) else ()
        )
        self.editor = make_editor(self.leaf, sense, options)
        self.editor.name_it(f"demo/line_look/{name}", self.leaf.label)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.editor)
        self.other = make_editor(CHECK.leaf("comment"), sense)
        layout.addWidget(self.other)
        self.window.resize(640, 480)
        self.typed: list[str] = []
        self.left: list[str] = []
        self.entered = 0
        self.editor.typing.connect(self.typed.append)
        self.editor.left.connect(self.left.append)
        self.editor.entered.connect(self._entered)
        self.qtbot = qtbot
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def _entered(self) -> None:
        self.entered += 1

    def focus(self) -> QWidget:
        self.editor.take_focus()
        control = QApplication.focusWidget()
        assert control is not None
        assert self.editor.isAncestorOf(control)
        return control

    def keys(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            control = QApplication.focusWidget()
            assert control is not None
            if isinstance(key, str):
                self.qtbot.keyClicks(control, key)
            else:
                self.qtbot.keyClick(control, key)

    def leave(self) -> None:
        self.other.take_focus()


def test_every_kind_of_field_has_an_editor() -> None:
    def kinds(kind: type[Leaf]) -> set[type[Leaf]]:
        return {kind}.union(*(kinds(below) for below in kind.__subclasses__()))

    assert set(EDITORS) == kinds(Leaf) - {Leaf}


@pytest.mark.parametrize("leaf", CHECK.leaves, ids=lambda leaf: leaf.name)
def test_a_program_that_shows_a_text_emits_nothing(qtbot: QtBot, leaf: Leaf) -> None:
    bench = Bench(qtbot, leaf.name)
    bench.focus()
    for text in ("stable", "2", "yes", "98.4", "", "09:30", HOSTILE):
        bench.editor.set_text(text)
        bench.editor.show_text(text)
    bench.leave()
    assert bench.typed == []
    assert bench.left == []
    assert bench.entered == 0


@pytest.mark.parametrize(
    "leaf", [leaf for leaf in CHECK.leaves if not isinstance(leaf, Ink)], ids=lambda leaf: leaf.name
)
def test_a_text_that_is_no_value_stays_as_it_came(qtbot: QtBot, leaf: Leaf) -> None:
    bench = Bench(qtbot, leaf.name)
    bench.editor.set_text(HOSTILE)
    assert bench.editor.text() == HOSTILE


def test_a_line_is_left_once_when_the_focus_goes(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "comment")
    bench.focus()
    bench.keys("dry")
    assert bench.typed == ["d", "dr", "dry"]
    assert bench.left == []
    bench.leave()
    assert bench.left == ["dry"]
    bench.focus()
    bench.leave()
    assert bench.left == ["dry"], "left again without anything typed"


def test_typing_back_to_the_same_text_is_told_too_so_that_the_draft_goes(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "comment")
    bench.editor.set_text("dry")
    bench.focus()
    bench.keys(Qt.Key.Key_End, "x", Qt.Key.Key_Backspace)
    bench.leave()
    assert bench.left == ["dry"]


def test_enter_commits_and_goes_on(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "comment")
    bench.focus()
    bench.keys("dry", Qt.Key.Key_Return)
    assert (bench.left, bench.entered) == (["dry"], 1)
    bench.leave()
    assert bench.left == ["dry"]


def test_a_shown_text_never_overwrites_what_is_being_typed(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "comment")
    bench.editor.set_text("dry")
    bench.focus()
    bench.keys(Qt.Key.Key_Home, "very ")
    bench.editor.show_text("wet")
    assert bench.editor.text() == "very dry"
    assert isinstance(bench.editor, LineEditor)
    assert bench.editor.line.cursorPosition() == 5
    bench.leave()
    assert bench.left == ["very dry"]


def test_showing_a_text_keeps_the_cursor_where_it_is(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "comment")
    assert isinstance(bench.editor, LineEditor)
    bench.editor.set_text("dressing dry")
    bench.focus()
    bench.editor.line.setCursorPosition(4)
    bench.editor.show_text("dressing is dry")
    assert bench.editor.line.cursorPosition() == 4
    assert bench.editor.line.hasFocus()


@pytest.mark.parametrize("name", ["comment", "story"])
def test_ten_thousand_characters_can_be_pasted(qtbot: QtBot, name: str) -> None:
    bench = Bench(qtbot, name)
    control = bench.focus()
    text = "word " * 2000
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(control, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bench.leave()
    assert bench.left == [text]
    assert bench.editor.height() < 480


@pytest.mark.parametrize("name", ["comment", "story"])
def test_markup_is_pasted_and_kept_as_words(qtbot: QtBot, name: str) -> None:
    from PySide6.QtCore import QMimeData

    bench = Bench(qtbot, name)
    control = bench.focus()
    data = QMimeData()
    data.setHtml("<h1>big</h1><img src='file:///x.png'>")
    data.setText(HOSTILE)
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(control, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    # The clipboard outlives the interpreter: what this test made must not lie in it at the end.
    QGuiApplication.clipboard().clear()
    assert bench.editor.text() == HOSTILE


def test_a_paragraph_takes_enter_as_a_new_line_and_leaves_by_control_enter(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "story")
    control = bench.focus()
    assert isinstance(bench.editor, ParagraphEditor)
    low = bench.editor.box.height()
    for _ in range(6):
        bench.keys("line", Qt.Key.Key_Return)
    assert bench.editor.box.height() > low, "does not grow"
    assert bench.entered == 0
    qtbot.keyClick(control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.entered == 1
    assert bench.left == ["line\n" * 6]


def test_tab_leaves_a_paragraph(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "story")
    bench.focus()
    bench.keys("words", Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is bench.other.widget
    assert bench.left == ["words"]


def test_the_other_unit_shows_no_more_digits_than_were_measured(qtbot: QtBot) -> None:
    leaf = Number(name="weight", label="Weight", units=(KILOGRAM, POUND), decimals=2)
    editor = NumberEditor(leaf, sense)
    qtbot.addWidget(editor)
    for typed, echo in (("68", "= 149.9 lb"), ("0.4 kg", "= 0.88 lb"), ("149.9 lb", "= 68 kg")):
        editor.set_text(typed)
        assert editor.echo.text().replace("\u00a0", " ") == echo


def test_a_number_says_what_it_is_in_the_other_unit(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "temperature")
    assert isinstance(bench.editor, NumberEditor)
    assert bench.editor.suffix.text() == "°F"
    bench.focus()
    bench.keys("98.4")
    assert bench.editor.echo.text() == "= 36.9\u00a0°C"
    bench.keys(" c")
    assert not bench.editor.echo.isVisible(), "98.4 °C is no temperature of a person"
    bench.editor.set_text("36.9 °C")
    assert bench.editor.echo.text() == "= 98.4\u00a0°F"
    assert not bench.editor.suffix.isVisible()


def test_the_wheel_changes_no_number(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "systolic")
    control = bench.focus()
    bench.keys("120")
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(control.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(control, wheel)
    bench.keys(Qt.Key.Key_Up, Qt.Key.Key_Down)
    assert bench.editor.text() == "120"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("now", "= 08:05"), ("-5", "= 08:00"), ("745", "= 07:45"), ("08:05", ""), ("9x", "")],
)
def test_a_time_is_echoed_as_it_was_understood(qtbot: QtBot, typed: str, meant: str) -> None:
    bench = Bench(qtbot, "arrived")
    assert isinstance(bench.editor, MomentEditor)
    bench.focus()
    bench.keys(typed)
    assert bench.editor.echo.text() == meant
    assert bench.editor.echo.isVisible() is bool(meant)


@pytest.mark.parametrize(
    ("typed", "meant"), [("t", "= 21 Nov 2026"), ("+7", "= 28 Nov 2026"), ("mon", "= 23 Nov 2026")]
)
def test_a_day_is_echoed_as_it_was_understood(qtbot: QtBot, typed: str, meant: str) -> None:
    bench = Bench(qtbot, "due")
    bench.focus()
    bench.keys(typed)
    assert bench.editor.echo.text() == meant


def test_few_choices_are_pills_with_letters_arrows_and_backspace(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "mood")
    assert isinstance(bench.editor, PillEditor)
    bench.focus()
    bench.keys("w")
    assert bench.left == ["worse"], "a picked answer is whole: it is left at once"
    bench.keys(Qt.Key.Key_Left)
    assert bench.typed == ["stable"]
    assert bench.left == ["worse"]
    bench.keys(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert bench.left == ["worse", "better"]
    assert bench.entered == 1
    bench.keys(Qt.Key.Key_Backspace)
    assert bench.left == ["worse", "better", ""]


def test_a_pill_is_picked_by_the_mouse_and_by_space(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "mood")
    assert isinstance(bench.editor, PillEditor)
    pill = bench.editor.row.pills[1]
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert bench.left == ["worse"]
    assert pill.hasFocus()
    bench.keys(Qt.Key.Key_Space)
    assert bench.left == ["worse", ""]


def test_one_tab_passes_all_pills_of_a_row(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "mood")
    bench.focus()
    bench.keys(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is bench.other.widget
    assert bench.left == ["worse"]


@pytest.mark.parametrize(("key", "said"), [("y", "yes"), ("n", "no"), (Qt.Key.Key_Space, "yes")])
def test_yes_and_no_are_one_key(qtbot: QtBot, key: Qt.Key | str, said: str) -> None:
    bench = Bench(qtbot, "identified")
    bench.focus()
    bench.keys(key)
    assert bench.left == [said]


def test_a_grade_says_what_it_means(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "phlebitis")
    bench.focus()
    bench.keys("3")
    assert bench.left == ["3"]
    assert bench.editor.echo.text() == "grade 3 in words"


def test_many_choices_are_narrowed_and_taken_by_enter(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "drug")
    assert isinstance(bench.editor, OptionEditor)
    bench.focus()
    bench.keys("flush")
    assert bench.editor.field.open
    assert [option.key for option in bench.editor.field.fitting("flush")] == ["heparin", "saline"]
    bench.keys(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert bench.left == ["saline"]
    assert bench.editor.field.text() == "Saline flush"
    assert bench.entered == 1
    assert not bench.editor.field.open


def test_a_list_just_opened_takes_nothing_on_enter(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "drug")
    assert isinstance(bench.editor, OptionEditor)
    bench.focus()
    bench.keys(Qt.Key.Key_Down)
    assert bench.editor.field.open
    bench.keys(Qt.Key.Key_Return)
    assert bench.left == []
    assert bench.editor.text() == ""


def test_leaving_never_guesses_between_two_choices(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "drug")
    bench.focus()
    bench.keys("d")
    bench.leave()
    assert bench.left == ["d"], "kept as typed; the record says it is no choice"
    bench.focus()
    bench.keys(Qt.Key.Key_End, "ex")
    bench.leave()
    assert bench.left == ["d", "dexamethasone"]


def test_escape_closes_the_list_and_nothing_else(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "drug")
    assert isinstance(bench.editor, OptionEditor)
    bench.focus()
    bench.keys("flu", Qt.Key.Key_Escape)
    assert not bench.editor.field.open
    assert bench.editor.field.text() == "flu"


def test_a_choice_is_picked_from_the_list_by_the_mouse(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "drug")
    assert isinstance(bench.editor, OptionEditor)
    field = bench.editor.field
    bench.focus()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.open
    shown = field._list
    assert shown is not None
    middle = shown.visualItemRect(shown.item(2)).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert bench.left == ["dexamethasone"]
    assert field.hasFocus()


def test_a_reference_is_chosen_by_name_and_kept_as_its_id(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "line")
    bench.focus()
    bench.keys("po", Qt.Key.Key_Return)
    assert bench.left == [str(LINES[1])]
    bench.editor.set_text(str(LINES[0]))
    assert isinstance(bench.editor, OptionEditor)
    assert bench.editor.field.text() == "PICC, left arm"


def test_checks_are_walked_by_arrows_and_set_by_space(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "signs")
    assert isinstance(bench.editor, ManyEditor)
    bench.focus()
    bench.keys(Qt.Key.Key_Space, Qt.Key.Key_Right, "p", Qt.Key.Key_Space)
    assert bench.typed == ["red", "red, pain"]
    assert bench.left == []
    bench.keys(Qt.Key.Key_Tab)
    assert bench.left == ["red, pain"]
    assert QApplication.focusWidget() is bench.other.widget


def test_a_check_takes_the_mouse_on_its_words(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "signs")
    assert isinstance(bench.editor, ManyEditor)
    check = bench.editor.list.checks[1]
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton, pos=QPoint(check.width() - 6, 12))
    bench.leave()
    assert bench.left == ["swell"]


def test_ink_is_kept_in_thousandths_confirmed_by_enter_and_cleared_by_delete(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "ink")
    assert isinstance(bench.editor, InkEditor)
    pad = bench.editor.pad
    bench.focus()
    at_right = QPoint(pad.width(), 30)
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(0, 1))
    qtbot.mouseMove(pad, at_right)
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=at_right)
    assert bench.typed
    strokes = json.loads(bench.typed[-1])
    assert strokes[0][0] == [0, round(1000 / pad.width())]
    assert strokes[0][-1][0] == 1000
    assert bench.left == []
    bench.keys(Qt.Key.Key_Return)
    assert json.loads(bench.left[0]) == strokes
    assert bench.entered == 1
    bench.keys(Qt.Key.Key_Delete)
    bench.leave()
    assert bench.left[1] == ""


@pytest.mark.parametrize("text", ["not json", "{}", "[1]", "[[[1]]]", "null"])
def test_ink_that_is_no_ink_is_an_empty_pad(qtbot: QtBot, text: str) -> None:
    bench = Bench(qtbot, "ink")
    bench.editor.set_text(text)
    assert isinstance(bench.editor, InkEditor)
    assert bench.editor.pad.strokes == []
    bench.window.grab()


@pytest.mark.parametrize("leaf", CHECK.leaves, ids=lambda leaf: leaf.name)
def test_every_control_of_an_editor_has_an_accessible_name(qtbot: QtBot, leaf: Leaf) -> None:
    bench = Bench(qtbot, leaf.name)
    nameless = [
        control
        for control in bench.editor.findChildren(QWidget)
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and not control.accessibleName()
    ]
    assert not nameless
    assert bench.editor.widget.objectName() == f"demo/line_look/{leaf.name}"
    assert isinstance(bench.editor, Editor)
