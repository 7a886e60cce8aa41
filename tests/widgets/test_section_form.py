from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.fields import NotAValue, group_named
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.core.marks import Mark, NotDone
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.row_line import RowLine
from infusion_visits.widgets.rows_table import RowBlock
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.section_form import SectionForm
from tests.widgets.form_setup import (
    CHECK,
    CHECK_ROW,
    LINES,
    NOW,
    PATIENT_ROWS,
    ROWS,
    Given,
    Look,
    PatientValues,
    Reaction,
    RememberingDesk,
    Told,
    Values,
    VisitRemembers,
    cell,
    check,
    given,
    ref_options,
    sense,
    struck_given,
    undone_check,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytestqt.qtbot import QtBot

HOSTILE = '<img src="file:///etc/passwd"><b>x</b> & "y"'


class LivingDesk(VisitRemembers):
    """Answers as the workspace does: puts the value into memory and shows it at once."""

    def __init__(self) -> None:
        super().__init__()
        self.form: SectionForm | None = None
        self.values = Values()

    def show(self) -> None:
        assert self.form is not None
        self.form.show_values(self.values, Told())

    def record(self, cell: Cell, text: str) -> str | None:
        words = super().record(cell, text)
        if words is None:
            read = group_named(ROWS, cell.row.group).leaf(cell.field).parse(text, sense())
            assert not isinstance(read, NotAValue)
            self.put(cell, read)
        self.show()
        return words

    def put(self, cell: Cell, columns: Mapping[str, Any]) -> None:
        name = cell.field
        entered = {}
        if columns.get(f"{name}_entered"):
            entered[name] = f"{columns[f'{name}_entered']} {columns[f'{name}_unit']}"
        if cell.row == CHECK_ROW:
            now = self.values.line_look or check()
            mark = replace(now.mark, as_entered={**now.mark.as_entered, **entered})
            now = replace(now, mark=mark, **{name: columns[name]})
            self.values = replace(self.values, line_look=now)
        elif cell.row.group == "dose_given":
            rows = tuple(
                replace(row, **{name: columns[name]}) if row.mark.row == cell.row else row
                for row in self.values.dose_given
            )
            self.values = replace(self.values, dose_given=rows)

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        super().append(row, texts)
        if row.group == "dose_given":
            number = len(self.values.dose_given) + 1
            added = Given(mark=Mark(Row("dose_given", (number,)), at=NOW, entered_at=NOW), at=NOW)
            self.values = replace(self.values, dose_given=(*self.values.dose_given, added))
        elif row.group == "site_look":
            device = next(line for line in LINES if str(line) == texts["device"])
            look = Look(mark=Mark(Row("site_look", (device,))), device=device)
            self.values = replace(self.values, site_look=(*self.values.site_look, look))
        self.show()
        return None


def focused() -> QWidget:
    now = QApplication.focusWidget()
    assert now is not None
    return now


class Stage:
    """A shown form and what it tells."""

    desk: Any

    def __init__(self, qtbot: QtBot, desk: Any = None, rows: Any = ROWS, width: int = 800) -> None:
        self.qtbot = qtbot
        self.desk = desk or VisitRemembers()
        self.form = SectionForm("demo", rows, self.desk, ref_options, sense)
        if isinstance(self.desk, LivingDesk):
            self.desk.form = self.form
        self.window = Scrolled(self.form)
        qtbot.addWidget(self.window)
        self.window.resize(width, 700)

    def show(self, values: Any = None, findings: Any = (), unsaved: Any = ()) -> None:
        self.form.show_values(values or Values(), Told(), findings, unsaved)
        if not self.window.isVisible():
            with self.qtbot.waitActive(self.window):
                self.window.show()
                self.window.activateWindow()
        QApplication.processEvents()

    def line(self, name: str, row: Row = CHECK_ROW) -> QLineEdit:
        found = self.form.findChild(QLineEdit, cell(name, row).path())
        assert isinstance(found, QLineEdit)
        return found

    def keys(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            control = QApplication.focusWidget()
            assert control is not None
            if isinstance(key, str):
                self.qtbot.keyClicks(control, key)
            else:
                self.qtbot.keyClick(control, key)

    def control(self, key: Qt.Key) -> None:
        now = QApplication.focusWidget()
        assert now is not None
        self.qtbot.keyClick(now, key, Qt.KeyboardModifier.ControlModifier)

    def words(self) -> list[str]:
        labels = self.window.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]

    def block(self, row: Row) -> RowBlock:
        return next(one for one in self.form.findChildren(RowBlock) if one.row == row)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_a_typed_field_is_told_while_typing_and_recorded_when_left(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("comment"))
    stage.keys("dry", Qt.Key.Key_Return)
    assert stage.desk.typed[-1] == (cell("comment"), "dry")
    assert stage.desk.recorded == [(cell("comment"), "dry")]
    assert focused().objectName() == cell("story").path()


def test_showing_values_tells_the_desk_nothing_and_moves_no_focus(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("comment"))
    before = QApplication.focusWidget()
    full = check(identified=True, comment="dry", mood="worse", phlebitis="2", signs=("red",))
    rows = (given(1, "Paracetamol"), struck_given(2, "Diphenhydramine"))
    for values in (Values(line_look=full), Values(line_look=full, dose_given=rows), Values()):
        stage.show(values)
    assert stage.desk.typed == stage.desk.recorded == stage.desk.appended == []
    assert QApplication.focusWidget() is before


def test_a_value_shown_while_typing_leaves_the_typed_text_alone(stage: Stage) -> None:
    stage.show(Values(line_look=check(comment="wet")))
    stage.form.focus_cell(cell("comment"))
    stage.keys(Qt.Key.Key_End, " now")
    stage.show(Values(line_look=check(comment="other", story="told")))
    assert stage.line("comment").text() == "wet now"


def test_a_text_that_is_no_value_stays_with_its_words(qtbot: QtBot) -> None:
    stage = Stage(qtbot, LivingDesk())
    stage.show()
    stage.form.focus_cell(cell("systolic"))
    stage.keys("12x", Qt.Key.Key_Return)
    assert stage.line("systolic").text() == "12x"
    assert any("given in mmHg" in words for words in stage.words())
    assert stage.line("systolic").property("wrong") == "true"
    assert "given in mmHg" in stage.line("systolic").accessibleDescription()
    stage.desk.show()
    assert stage.line("systolic").text() == "12x"
    stage.form.focus_cell(cell("systolic"))
    stage.line("systolic").selectAll()
    stage.keys("120", Qt.Key.Key_Return)
    assert stage.line("systolic").property("wrong") == "false"
    assert stage.desk.values.line_look.systolic == Decimal(120)
    assert not any("given in mmHg" in words for words in stage.words())


def test_what_was_understood_is_written_back_after_leaving(qtbot: QtBot) -> None:
    stage = Stage(qtbot, LivingDesk())
    stage.show()
    stage.form.focus_cell(cell("arrived"))
    stage.keys("-5", Qt.Key.Key_Return)
    assert stage.line("arrived").text() == "08:00"
    stage.form.focus_cell(cell("temperature"))
    stage.keys("98.4", Qt.Key.Key_Return)
    assert stage.line("temperature").text() == "98.4 °F"
    assert stage.desk.values.line_look.temperature == Decimal("36.8889")


def test_a_field_is_asked_while_another_says_so_and_never_hidden_with_an_answer(
    qtbot: QtBot,
) -> None:
    stage = Stage(qtbot, LivingDesk())
    stage.show()
    box = stage.form.box(cell("why_worse"))
    assert box is not None
    assert not box.isVisible()
    stage.form.focus_cell(cell("mood"))
    stage.keys("w", Qt.Key.Key_Return)
    assert box.isVisible()
    assert QApplication.focusWidget() is stage.line("why_worse"), "Enter goes to what just came"
    stage.keys("cough", Qt.Key.Key_Return)
    stage.form.focus_cell(cell("mood"))
    stage.keys("s")
    assert box.isVisible(), "an answer that was given is never hidden"


def test_enter_in_the_last_field_says_that_the_form_is_finished(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("ink"))
    with stage.qtbot.waitSignal(stage.form.finished, timeout=1000):
        stage.keys(Qt.Key.Key_Return)


def test_enter_walks_through_every_field_in_order(stage: Stage) -> None:
    stage.show()
    stage.form.focus_first()
    names = []
    for _ in range(len(CHECK.leaves) - 2):
        control = focused()
        box = next(box for box in stage.form._boxes() if box.isAncestorOf(control))
        names.append(box.leaf.name)
        if isinstance(control, QPlainTextEdit):
            stage.control(Qt.Key.Key_Return)
        else:
            stage.keys(Qt.Key.Key_Return)
    assert names == [leaf.name for leaf in CHECK.leaves if leaf.name not in {"why_worse", "ink"}]


def test_what_is_missing_says_so_until_it_is_answered(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("comment"))
    QApplication.processEvents()
    before = stage.words().count("required")
    assert before == 3, "two identifiers, condition, systolic"
    stage.show(Values(line_look=check(identified=False)))
    assert stage.words().count("required") == 2
    assert "required" in stage.line("systolic").accessibleDescription()


def test_findings_stand_at_their_field_with_a_sign_and_words(stage: Stage) -> None:
    found = [
        Finding(
            "bp", Level.ALERT, "Systolic is high", "demo", cell("systolic"), detail="pulse 110"
        ),
        Finding("loose", Level.ADVICE, "Flush first", "demo"),
        Finding("alien", Level.STOP, "Not of this section", "other", cell("systolic")),
    ]
    stage.show(findings=found)
    assert "Systolic is high" in stage.words()
    assert "pulse 110" in stage.words()
    assert "Flush first" in stage.words()
    assert "Not of this section" not in stage.words()
    assert "Systolic is high" in stage.line("systolic").accessibleDescription()
    stage.show()
    assert "Systolic is high" not in stage.words()


def test_a_stop_is_passed_with_a_reason_typed_inline(stage: Stage) -> None:
    stop = Finding(
        "bp", Level.STOP, "Too high", "demo", cell("systolic"), overridable=True, subject="x"
    )
    stage.show(findings=[stop])
    button = next(one for one in stage.form.findChildren(ActButton) if "Go past" in one.word)
    button.setFocus()
    stage.keys(Qt.Key.Key_Return)
    stage.keys(Qt.Key.Key_Return)
    assert stage.desk.overridden == [], "no reason, no way past"
    stage.keys("doctor agrees", Qt.Key.Key_Return)
    assert stage.desk.overridden == [("bp@x", "doctor agrees")]


def test_not_done_is_offered_where_the_keys_are_in_place_of_required(stage: Stage) -> None:
    def offers() -> list[str]:
        buttons = stage.form.findChildren(ActButton)
        return [one.accessibleName() for one in buttons if one.isVisible() and one.key == "Ctrl D"]

    stage.show()
    for name, offered in (("systolic", ["Systolic was not done"]), ("comment", [])):
        stage.form.focus_cell(cell(name))
        QApplication.processEvents()
        assert offers() == offered
    assert stage.words().count("required") == 3


def test_not_done_takes_one_key_and_words(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("systolic"))
    stage.control(Qt.Key.Key_D)
    stage.keys("p", Qt.Key.Key_Tab, "asleep", Qt.Key.Key_Return)
    refused = (cell("systolic"), NotDoneReason.REFUSED, "asleep")
    assert stage.desk.undone == [refused]


def test_not_done_can_be_left_again_by_escape(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("systolic"))
    stage.control(Qt.Key.Key_D)
    stage.keys(Qt.Key.Key_Return)
    assert stage.desk.undone == [], "no reason yet"
    stage.keys(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is stage.line("systolic")
    assert stage.desk.undone == []


def test_not_done_is_offered_only_where_an_answer_is_required(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("comment"))
    stage.control(Qt.Key.Key_D)
    assert QApplication.focusWidget() is stage.line("comment")


def test_not_done_is_shown_and_satisfies(stage: Stage) -> None:
    stage.show(Values(line_look=undone_check()))
    stage.form.focus_cell(cell("comment"))
    QApplication.processEvents()
    assert "not done: patient refused, asleep" in stage.words()
    assert stage.words().count("required") == 2


def test_what_could_not_be_written_says_not_saved(stage: Stage) -> None:
    stage.show(Values(line_look=check(comment="dry")), unsaved={cell("comment")})
    assert stage.words().count("not saved") == 1
    stage.show(Values(line_look=check(comment="dry")))
    assert "not saved" not in stage.words()


def test_a_row_is_added_opened_and_typed_by_keys(qtbot: QtBot) -> None:
    stage = Stage(qtbot, LivingDesk())
    stage.show()
    add = next(one for one in stage.form.findChildren(ActButton) if one.word == "Add a medicine")
    add.setFocus()
    stage.keys(Qt.Key.Key_Return)
    first = Row("dose_given", (1,))
    assert stage.desk.appended == [(Row("dose_given"), {"at": "now"})]
    assert QApplication.focusWidget() is stage.line("name", first), "the first field to answer"
    stage.keys("Paracetamol", Qt.Key.Key_Return, "650", Qt.Key.Key_Insert)
    assert stage.desk.values.dose_given[0].name == "Paracetamol"
    assert stage.desk.values.dose_given[0].dose == Decimal(650), "left by going to the new row"
    assert len(stage.desk.appended) == 2
    assert QApplication.focusWidget() is stage.line("name", Row("dose_given", (2,)))
    assert not stage.block(first).open, "one row is open at a time"


def test_escape_closes_the_open_row_and_enter_opens_it(stage: Stage) -> None:
    rows = (given(1, "Paracetamol"), given(2, "Ondansetron"))
    stage.show(Values(dose_given=rows))
    block = stage.block(rows[0].mark.row)
    block.line.setFocus()
    stage.keys(Qt.Key.Key_Return)
    assert stage.block(rows[0].mark.row).open
    assert stage.line("name", rows[0].mark.row).text() == "Paracetamol"
    stage.keys(Qt.Key.Key_Escape)
    assert not stage.block(rows[0].mark.row).open
    assert QApplication.focusWidget() is block.line
    stage.keys(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is stage.block(rows[1].mark.row).line


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("t", StrikeReason.TYPING_ERROR),
        ("w", StrikeReason.WRONG_PATIENT),
        ("d", StrikeReason.DUPLICATE),
    ],
)
def test_a_row_is_struck_with_one_key_for_the_reason(
    stage: Stage, key: str, reason: StrikeReason
) -> None:
    row = given(1, "Paracetamol")
    stage.show(Values(dose_given=(row,)))
    stage.block(row.mark.row).line.setFocus()
    stage.keys(Qt.Key.Key_Delete, key)
    assert stage.desk.struck == [(row.mark.row, reason)]


def test_striking_can_be_left_by_escape(stage: Stage) -> None:
    row = given(1, "Paracetamol")
    stage.show(Values(dose_given=(row,)))
    line = stage.block(row.mark.row).line
    line.setFocus()
    stage.keys(Qt.Key.Key_Delete, Qt.Key.Key_Escape)
    assert stage.desk.struck == []
    assert QApplication.focusWidget() is line


def test_a_struck_row_stays_legible_with_its_reason_and_stays_closed(stage: Stage) -> None:
    row = struck_given(1, "Paracetamol")
    stage.show(Values(dose_given=(row,)))
    block = stage.block(row.mark.row)
    assert block.line.struck
    assert "Paracetamol" in block.line.accessibleName()
    assert "duplicate" in block.line.accessibleDescription()
    block.line.setFocus()
    stage.keys(Qt.Key.Key_Return, Qt.Key.Key_Delete)
    assert not block.open
    assert stage.desk.struck == []


def test_one_button_adds_a_row_for_each_thing_that_has_none(qtbot: QtBot) -> None:
    stage = Stage(qtbot, LivingDesk())
    stage.show()

    def offered() -> list[str]:
        buttons = stage.form.findChildren(ActButton)
        return [one.word for one in buttons if one.word.startswith("Check:") and one.isVisible()]

    assert offered() == ["Check: PICC, left arm", "Check: Port, right chest"]
    button = next(one for one in stage.form.findChildren(ActButton) if "Port" in one.word)
    button.setFocus()
    stage.keys(Qt.Key.Key_Space)
    assert stage.desk.appended == [(Row("site_look"), {"device": str(LINES[1])})]
    assert offered() == ["Check: PICC, left arm"]
    line = stage.block(Row("site_look", (LINES[1],))).line
    assert line.texts["device"] == "Port, right chest", "a name, never an id"


def test_a_group_below_a_row_is_added_below_that_row(stage: Stage) -> None:
    row = given(3, "Paracetamol")
    stage.show(Values(dose_given=(row,)))
    stage.form.open_row(row.mark.row)
    add = next(one for one in stage.form.findChildren(ActButton) if one.word == "Add an effect")
    add.setFocus()
    stage.keys(Qt.Key.Key_Return)
    assert stage.desk.appended == [(Row("effect", (3,)), {})]


def test_a_closed_row_says_what_was_found_in_it(stage: Stage) -> None:
    row = given(1, "Paracetamol")
    at = cell("name", row.mark.row)
    found = Finding("x", Level.ALERT, "Not on the order", "demo", at)
    stage.show(Values(dose_given=(row,)), findings=[found])
    assert stage.words().count("Not on the order") == 1
    stage.form.focus_cell(at)
    stage.show(Values(dose_given=(row,)), findings=[found])
    assert stage.words().count("Not on the order") == 1, "at its field now, and only there"


def test_drafts_come_back_at_their_fields_even_in_closed_rows(stage: Stage) -> None:
    row = given(1, "Paracetamol")
    stage.show(Values(dose_given=(row,)))
    in_row = cell("name", row.mark.row)
    stage.form.show_drafts({cell("systolic"): "12x", cell("comment"): "half ty", in_row: "Parac"})
    QApplication.processEvents()
    assert stage.line("systolic").text() == "12x"
    assert any("given in mmHg" in words for words in stage.words())
    assert stage.line("comment").text() == "half ty"
    assert stage.line("name", row.mark.row).text() == "Parac"
    assert stage.desk.recorded == []
    stage.show(Values(dose_given=(row,)))
    assert stage.line("comment").text() == "half ty"
    stage.form.focus_cell(cell("comment"))
    stage.keys("ped", Qt.Key.Key_Return)
    assert stage.desk.recorded == [(cell("comment"), "half typed")]


def test_closing_the_window_leaves_the_field(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("comment"))
    stage.keys("half")
    stage.window.close()
    assert stage.desk.recorded == [(cell("comment"), "half")]


def test_a_form_that_is_taken_away_can_be_left_first(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("comment"))
    stage.keys("half")
    stage.form.commit()
    stage.form.commit()
    assert stage.desk.recorded == [(cell("comment"), "half")]


def test_words_that_come_below_a_field_do_not_press_it_flat(stage: Stage) -> None:
    stage.show()
    stage.form.focus_cell(cell("systolic"))
    stage.control(Qt.Key.Key_D)
    stage.form.focus_cell(cell("temperature"))
    stage.keys("99x", Qt.Key.Key_Return)
    QApplication.processEvents()
    line = stage.line("temperature")
    parent = line.parentWidget()
    assert parent is not None
    assert parent.height() >= line.height() == 34


def test_tab_goes_round_the_whole_form_in_reading_order(stage: Stage) -> None:
    rows = (given(1, "Paracetamol"), given(2, "Ondansetron"))
    stage.show(Values(dose_given=rows))
    stage.form.open_row(rows[0].mark.row)
    QApplication.processEvents()
    stage.form.focus_first()
    start = QApplication.focusWidget()
    seen: list[QWidget] = []
    places: list[tuple[int, int]] = []
    for _ in range(80):
        now = QApplication.focusWidget()
        assert now is not None
        seen.append(now)
        corner = now.mapTo(stage.form, now.rect().topLeft())
        places.append((corner.y(), corner.x()))
        stage.keys(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is start:
            break
    assert QApplication.focusWidget() is start, "a dead end"
    assert len(seen) == len(set(seen))
    groups = [part.mapTo(stage.form, part.rect().topLeft()).y() for part in stage.form.parts]
    for top in groups:
        assert any(y >= top for y, _ in places)
    rows_of_screen = [y // 40 for y, _ in places]
    assert rows_of_screen == sorted(rows_of_screen)


def test_nothing_that_takes_keys_is_without_a_name(stage: Stage) -> None:
    rows = (given(1, "Paracetamol"), struck_given(2, "Ondansetron"))
    stop = Finding("bp", Level.STOP, "Too high", "demo", cell("systolic"), overridable=True)
    stage.show(Values(dose_given=rows), findings=[stop])
    stage.form.open_row(rows[0].mark.row)
    stage.form.focus_cell(cell("systolic"))
    stage.control(Qt.Key.Key_D)
    nameless = [
        (type(one).__name__, one.objectName())
        for one in stage.form.findChildren(QWidget)
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not one.accessibleName()
    ]
    assert not nameless


def test_markup_in_data_stays_words_everywhere(stage: Stage) -> None:
    row = given(1, HOSTILE)
    undone = replace(
        undone_check(),
        mark=Mark(CHECK_ROW, not_done={"systolic": NotDone(NotDoneReason.OTHER, HOSTILE)}),
    )
    found = Finding("x", Level.ALERT, HOSTILE, "demo", cell("comment"), detail=HOSTILE)
    stage.show(Values(line_look=replace(undone, comment=HOSTILE), dose_given=(row,)), [found])
    assert stage.line("comment").text() == HOSTILE
    formats = {label.textFormat() for label in stage.form.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    assert stage.block(row.mark.row).line.texts["name"] == HOSTILE


@pytest.mark.parametrize("width", [340, 420, 620, 774, 1200])
def test_the_form_fits_any_width_without_going_sideways(qtbot: QtBot, width: int) -> None:
    stage = Stage(qtbot, width=width)
    full = check(comment=HOSTILE, story="long words " * 60, mood="worse", signs=("red", "pain"))
    stage.show(Values(line_look=full, dose_given=(given(1, "Paracetamol " * 12),)))
    stage.form.open_row(Row("dose_given", (1,)))
    QApplication.processEvents()
    host = stage.window.widget()
    assert host is not None
    assert host.width() <= stage.window.viewport().width()
    inside = stage.form.rect()
    outside = [
        (type(one).__name__, one.objectName())
        for one in stage.form.findChildren(QWidget)
        if one.isVisible() and one.mapTo(stage.form, one.rect().topRight()).x() > inside.right() + 1
    ]
    assert not outside


def test_a_patients_form_is_the_same_form_without_not_done(qtbot: QtBot) -> None:
    desk = RememberingDesk()
    stage = Stage(qtbot, desk, PATIENT_ROWS)
    row = Row("reaction", (LINES[0],))
    stage.show(PatientValues(reaction=(Reaction(Mark(row), "penicillin"),)))
    stage.form.focus_cell(cell("substance", row))
    stage.control(Qt.Key.Key_D)
    stage.keys(Qt.Key.Key_End, " G", Qt.Key.Key_Return)
    assert desk.recorded == [(cell("substance", row), "penicillin G")]
    stage.keys(Qt.Key.Key_Insert)
    assert desk.appended == [(Row("reaction"), {})], (
        "nothing happens at a time: nothing is filled in"
    )


def test_the_rows_of_a_form_are_named_by_their_path(stage: Stage) -> None:
    row = given(1, "Paracetamol")
    stage.show(Values(dose_given=(row,)))
    assert stage.form.findChild(RowLine, "dose_given/1") is not None


def test_showing_a_large_form_again_is_quick(stage: Stage) -> None:
    from time import perf_counter

    rows = tuple(given(number, f"Medicine {number}") for number in range(1, 31))
    values = Values(line_look=check(comment="dry"), dose_given=rows)
    stage.show(values)
    took = []
    for _ in range(5):
        begin = perf_counter()
        stage.form.show_values(values, Told())
        took.append(perf_counter() - begin)
    assert min(took) < 0.1, "far above what one key may take"
