"""Complications on the screen, with real keys: note, act, tell, recheck, close."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.patients.facts import CallFact, NoticeFact, RunFact
from infusion_visits.sections.complications.forms import about_form
from infusion_visits.sections.complications.panel import CaseForm, ComplicationsPanel
from infusion_visits.sections.complications.rules.state import State, state_of
from infusion_visits.widgets.section_list import Progressed
from tests.sections.complications.made_complications import REACTION, at, facts
from tests.sections.things_desk import ThingsDesk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("in_dress")


def opened(qtbot: QtBot, **more: Any) -> tuple[ComplicationsPanel, ThingsDesk]:
    """The panel without any complication, shown and with the keys."""
    desk = ThingsDesk("complications", facts(now=at(10, 26), **more))
    panel = ComplicationsPanel(desk, sense=desk.sense)
    desk.panel = panel
    qtbot.addWidget(panel)
    panel.resize(760, 1000)
    panel.show()
    desk.show()
    with qtbot.waitActive(panel):
        panel.activateWindow()
    return panel, desk


def noticed(qtbot: QtBot, what: str = "infusion_reaction") -> tuple[ComplicationsPanel, ThingsDesk]:
    """The panel with one complication just noticed."""
    panel, desk = opened(qtbot)
    panel.what.set_key(what)
    panel.note_it()
    return panel, desk


def form_of(panel: ComplicationsPanel) -> CaseForm:
    """The form of the chosen one."""
    assert panel.form is not None
    return panel.form


def focused() -> QWidget:
    """What has the keys."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def keys(key: Qt.Key, *, alt: bool = False) -> None:
    """One key to whatever has the focus."""
    modifier = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(focused(), key, modifier)


def test_an_empty_panel_says_so_and_waits_in_its_line(qtbot: QtBot) -> None:
    panel, _ = opened(qtbot)
    assert panel.none.isVisible()
    panel.focus_first()
    assert panel.what.hasFocus()


def test_typing_what_happened_notes_it_now_and_opens_what_was_seen(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    panel.focus_first()
    QTest.keyClicks(panel.what, "nerve")
    keys(Qt.Key.Key_Return)
    (one,) = desk.values.complication
    assert (one.what, one.noticed_at, one.during) == ("nerve_injury", at(10, 26), "during")
    (step,) = one.complication_step
    assert (step.kind, step.happened_at, step.scale) == ("noticed", at(10, 26), None)
    box = form_of(panel).box(Cell("complications", step.mark.row, "words"))
    assert box is not None
    assert box.isAncestorOf(focused())
    assert panel.what.text() == ""


def test_what_the_infusion_knows_is_not_asked_again(qtbot: QtBot) -> None:
    run = RunFact("vancomycin", None, "", at(10), None, None, Decimal("35.5"), Decimal(120))
    panel, desk = opened(qtbot, runs=(run,))
    panel.what.set_key("venous_spasm")
    panel.note_it()
    (one,) = desk.values.complication
    assert (one.drug, one.onset_ml, one.onset_rate) == ("vancomycin", Decimal("35.5"), 120)
    assert (one.segment, one.device_id) == ("drug", None)
    assert form_of(panel).onset.text().replace("\u00a0", " ").endswith("35.5 mL given, at 120 mL/h")


def test_of_two_infusions_or_a_held_one_only_what_is_sure_is_taken(qtbot: QtBot) -> None:
    held = RunFact("vancomycin", None, "", at(10), None, None, Decimal("35.5"), Decimal(0))
    panel, desk = opened(qtbot, runs=(held,))
    panel.what.set_key("venous_spasm")
    panel.note_it()
    (one,) = desk.values.complication
    assert (one.onset_ml, one.onset_rate, one.segment) == (Decimal("35.5"), None, None)
    panel, desk = opened(qtbot, runs=(held, replace(held, drug="ceFAZolin")))
    panel.what.set_key("venous_spasm")
    panel.note_it()
    (two,) = desk.values.complication
    assert (two.during, two.drug, two.onset_ml) == ("during", None, None)


def test_what_is_no_complication_is_not_noted(qtbot: QtBot) -> None:
    panel, desk = opened(qtbot)
    panel.what.setFocus()
    QTest.keyClicks(panel.what, "zzz")
    panel.note_it()
    assert desk.values.complication == ()


def test_the_actions_stand_in_order_and_one_key_charts_one(qtbot: QtBot) -> None:
    panel, desk = noticed(qtbot)
    form = form_of(panel)
    actions = [line.action for line in form.actions_shown]
    assert actions == [action.words for action in form.kind.actions]
    assert actions[0].startswith("Infusion stopped")
    form.actions_shown[0].button.setFocus()
    keys(Qt.Key.Key_1, alt=True)
    keys(Qt.Key.Key_Return)
    keys(Qt.Key.Key_2, alt=True)
    (one,) = desk.values.complication
    done = [(step.words, step.happened_at) for step in one.complication_step[1:]]
    assert done == [(actions[0], at(10, 26))] * 2 + [(actions[1], at(10, 26))]
    assert form.actions_shown[0].times.text() == "✓ 10:26, 10:26"
    assert form.actions_shown[2].times.text() == ""


def test_the_words_of_an_action_are_never_cut(qtbot: QtBot) -> None:
    panel, _ = noticed(qtbot, "anaphylaxis")
    for line in form_of(panel).actions_shown:
        assert line.action in line.words.text()
        assert line.words.wordWrap()
        assert line.words.heightForWidth(line.words.width()) <= line.words.height()


def test_told_recheck_and_close_each_take_one_key_and_close_the_loop(qtbot: QtBot) -> None:
    panel, desk = noticed(qtbot)
    form = form_of(panel)
    key = form.key
    grade = Cell("complications", Row("complication_step", (key, 1)), "grade")
    desk.record(grade, "2")
    assert "prescriber or agency on call within 15\u00a0min: by 10:41" in form.duty.text()
    form.actions_shown[0].button.setFocus()
    keys(Qt.Key.Key_T, alt=True)
    told = Row("complication_step", (key, 2))
    box = form.box(Cell("complications", told, "told_role"))
    assert box is not None
    assert box.isAncestorOf(focused())
    desk.record(Cell("complications", told, "told_role"), "prescriber")
    desk.record(Cell("complications", told, "reached"), "reached")
    assert not form.duty.isVisible()
    assert "recheck, closed" in form.state.text()
    keys(Qt.Key.Key_R, alt=True)
    keys(Qt.Key.Key_C, alt=True)
    (one,) = desk.values.complication
    assert [step.kind for step in one.complication_step] == ["noticed", "told", "recheck", "closed"]
    assert state_of(one) is State.CLOSED
    assert form.state.text() == "Closed"


def test_a_call_of_the_log_becomes_the_told_step_with_one_key(qtbot: QtBot) -> None:
    panel, desk = noticed(qtbot)
    form = form_of(panel)
    desk.record(Cell("complications", Row("complication_step", (form.key, 1)), "grade"), "2")
    assert form.duty.isVisible()
    assert not form.logged.isVisible()
    call = CallFact(
        at(10, 29), "prescriber", "telephone", "Dr. Reyes", "half rate", ordered=True,
        read_back=True,
    )  # fmt: skip
    notice = NoticeFact(form.key, "Infusion reaction", ("prescriber",), at(10, 26), None)
    desk.facts = replace(desk.facts, now=at(10, 31), notices=(replace(notice, calls=(call,)),))
    desk.show()
    assert form.logged.word == "Told prescriber 10:29, as logged"
    form.actions_shown[0].button.setFocus()
    keys(Qt.Key.Key_L, alt=True)
    (one,) = desk.values.complication
    step = one.complication_step[-1]
    assert (step.kind, step.happened_at, step.told_role) == ("told", at(10, 29), "prescriber")
    assert (step.told_name, step.told_how, step.reached) == ("Dr. Reyes", "telephone", "reached")
    assert (step.order_received, step.read_back) == ("half rate", True)
    assert not form.duty.isVisible()


def test_grades_are_offered_with_what_they_mean_on_their_own_scale(qtbot: QtBot) -> None:
    panel, _ = noticed(qtbot)
    from infusion_visits.core.fields import Choice

    leaf = form_of(panel).steps.group.leaf("grade")
    assert isinstance(leaf, Choice)
    assert [option.key for option in leaf.options] == ["1", "2", "3", "4", "5"]
    assert leaf.options[1].label == "grade 2: held or treated, and quickly better"
    assert "scale" not in {one.name for one in form_of(panel).steps.group.leaves}
    panel, _ = noticed(qtbot, "phlebitis_mechanical")
    names = {one.name for one in form_of(panel).steps.group.leaves}
    assert {"scale", "grade"} <= names


def test_several_are_listed_and_each_keeps_its_own_steps(qtbot: QtBot) -> None:
    panel, desk = noticed(qtbot)
    first = str(form_of(panel).key)
    panel.what.set_key("hematoma")
    panel.note_it()
    second = str(form_of(panel).key)
    assert first != second
    assert [line.item.key for line in panel.cases.lines] == [first, second]
    panel.choose(first)
    form_of(panel).act("Infusion stopped")
    by_key = {str(one.mark.row.at[0]): one for one in desk.values.complication}
    assert len(by_key[first].complication_step) == 2
    assert len(by_key[second].complication_step) == 1
    states = {line.item.key: line.item.state for line in panel.cases.lines}
    assert states[first] is Progressed.ATTENTION


def test_a_finding_leads_to_its_step(qtbot: QtBot) -> None:
    panel, _ = noticed(qtbot)
    cell = Cell("complications", Row("complication_step", (form_of(panel).key, 1)), "grade")
    panel.what.setFocus()
    assert panel.focus_cell(cell)
    box = form_of(panel).box(cell)
    assert box is not None
    assert box.isAncestorOf(focused())


def test_what_is_about_it_opens_when_asked(qtbot: QtBot) -> None:
    panel, _ = noticed(qtbot)
    cell = Cell("complications", Row("complication", (form_of(panel).key,)), "report_number")
    assert form_of(panel).box(cell) is None
    assert panel.focus_cell(cell)
    panel.show_drafts({cell: "R-1"})
    box = form_of(panel).box(cell)
    assert box is not None
    assert box.editor.text() == "R-1"


def test_a_signed_visit_offers_no_act(qtbot: QtBot) -> None:
    desk = ThingsDesk("complications", facts(now=at(10, 26)))
    desk.append(Row("complication", (REACTION,)), {"what": "hematoma", "noticed_at": "now"})
    panel = ComplicationsPanel(desk, sense=desk.sense, read_only=True)
    desk.panel = panel
    qtbot.addWidget(panel)
    panel.show()
    desk.show()
    form = form_of(panel)
    form.act("Tourniquet released")
    form.step("told")
    assert desk.values.complication[0].complication_step == ()
    assert not form.actions_shown[0].button.isEnabled()
    assert not panel.what.isVisible()


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    panel, _ = noticed(qtbot)
    for widget in panel.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName(), widget.objectName() or type(widget).__name__


def test_signs_are_ticked_and_the_grade_that_they_suggest_is_taken_with_one_key(
    qtbot: QtBot,
) -> None:
    panel, desk = noticed(qtbot, "infiltration")
    form = form_of(panel)
    assert form.signs is not None
    form.signs.pills.take_focus()
    keys(Qt.Key.Key_Space)
    for pill in form.signs.pills.pills:
        if pill.option.key in {"swelling", "blanching"}:
            QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    step = Row("complication_step", (form.key, 1))
    desk.record(Cell("complications", step, "measured_cm"), "3")
    assert desk.values.complication[0].complication_step[0].signs == (
        "swelling",
        "coolness",
        "blanching",
    )
    assert "Suggested: grade 2 (INS infiltration 2006)" in form.signs.words.text()
    form.actions_shown[0].button.setFocus()
    keys(Qt.Key.Key_G, alt=True)
    assert desk.values.complication[0].complication_step[0].grade == "2"
    assert not form.signs.take.isVisible()


def test_an_action_that_is_not_done_takes_a_reason(qtbot: QtBot) -> None:
    panel, desk = noticed(qtbot, "infiltration")
    line = form_of(panel).actions_shown[2]
    QTest.mouseClick(line.skip, Qt.MouseButton.LeftButton)
    QTest.keyClicks(focused(), "midline, stays by order")
    keys(Qt.Key.Key_Return)
    step = desk.values.complication[0].complication_step[-1]
    assert (step.words, step.skipped) == (line.action, "midline, stays by order")
    assert line.times.text() == "not done: midline, stays by order"
    assert not line.skip.isVisible()


def test_the_loop_is_seen_link_by_link(qtbot: QtBot) -> None:
    panel, desk = noticed(qtbot)
    form = form_of(panel)
    desk.record(Cell("complications", Row("complication_step", (form.key, 1)), "grade"), "2")
    assert form.loop.text() == "told → recheck → closed"
    told = Row("complication_step", (form.key,))
    texts = {
        "kind": "told",
        "happened_at": "now",
        "told_role": "prescriber",
        "reached": "reached",
        "order_received": "resume at half",
    }
    desk.append(told, texts)
    assert form.loop.text() == "✓ told 10:26 → read back → ✓ order → recheck → closed"
    desk.record(Cell("complications", Row("complication_step", (form.key, 2)), "read_back"), "y")
    assert "✓ read back" in form.loop.text()


def test_what_the_kind_must_say_is_required_in_its_form(qtbot: QtBot) -> None:
    panel, _ = noticed(qtbot, "infiltration")
    names = {leaf.name for leaf in about_form(form_of(panel).kind).leaves}
    assert {"capillary_refill", "osmolarity_ph", "condition_at_departure"} <= names
    assert "rhythm" not in names
