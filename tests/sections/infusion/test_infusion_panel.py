from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from infusion_visits.core.blocks import BodySite
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.patients.facts import Facts, LineFact
from infusion_visits.sections.infusion.live import live_chart, standing_words, title_line
from infusion_visits.sections.infusion.panel import InfusionActs, InfusionPanel
from infusion_visits.sections.infusion.rules import phases_of, standing
from infusion_visits.sections.infusion.summary import summary_of
from infusion_visits.widgets import theme
from infusion_visits.widgets.act_strip import ActStrip
from tests.sections.infusion.making import DEVICE, ORDER, PICTURE, an_order, at, facts, infusion
from tests.sections.panel_desk import PanelDesk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PORT = LineFact(
    device=DEVICE,
    kind="port",
    label="Port, right chest",
    central=True,
    site=BodySite.RIGHT_CHEST,
    limb="",
    lumens=("single",),
    inserted=None,
)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True, scope="module")
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


def of_values(values: Any, about: Facts) -> Facts:
    phases = [phase for one in standing(values) for phase in phases_of(one)]
    return replace(about, phases=tuple(phases))


class Stage:
    """The panel in an active window, real keys, and a clock that is moved."""

    def __init__(self, qtbot: QtBot) -> None:
        self.desk = PanelDesk("infusion", of_values, replace(facts(lines=(PORT,)), now=at("09:12")))
        self.panel = InfusionPanel(self.desk, sense=self.desk.sense)
        self.desk.panel = self.panel
        qtbot.addWidget(self.panel)
        self.panel.resize(900, 900)
        self.panel.show()
        with qtbot.waitActive(self.panel):
            self.panel.activateWindow()
        self.desk.show()

    @property
    def acts(self) -> InfusionActs:
        assert self.panel.acts is not None
        return self.panel.acts

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        control = QApplication.focusWidget() or self.panel
        QTest.keyClick(control, key, modifier or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        control = QApplication.focusWidget()
        assert control is not None
        QTest.keyClicks(control, text)

    def clock(self, time: str) -> None:
        self.desk.facts = replace(self.desk.facts, now=at(time))
        self.desk.show()

    def kinds(self) -> list[str]:
        return [texts["kind"] for row, texts in self.desk.appended if row.group == "infusion_event"]

    def start(self) -> None:
        self.acts.buttons["set_up"].setFocus()
        self.key(Qt.Key.Key_F6, CONTROL)
        self.panel.setFocus()
        self.key(Qt.Key.Key_F6, CONTROL)
        self.keep()

    def keep(self) -> None:
        """Space on the button of the act that is asked for."""
        assert self.acts.strip is not None
        self.acts.strip.button.setFocus()
        self.key(Qt.Key.Key_Space)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_set_up_takes_the_order_and_the_only_line(stage: Stage) -> None:
    stage.panel.focus_first()
    stage.key(Qt.Key.Key_F6, CONTROL)
    row, texts = stage.desk.appended[0]
    assert row == Row("infusion")
    assert texts == {"order_id": str(ORDER), "device_id": str(DEVICE)}
    assert "not started" in stage.panel.title.text()


def test_start_is_two_keys_and_takes_the_ordered_rate(stage: Stage) -> None:
    stage.start()
    row, texts = stage.desk.appended[1]
    assert row == Row("infusion_event", (1,))
    assert texts == {"kind": "start", "at": "now", "rate": "35"}
    assert plain(stage.panel.title.text()) == (
        "immune globulin 10 % (Gammagard Liquid) 35 g, IV, 35 mL/h"
    )
    assert plain(stage.panel.dose.text()) == "0.5 g/kg × 70 kg = 35 g = 350 mL"
    assert stage.panel.card.isVisible()
    assert set(stage.acts.buttons) >= {"step", "hold", "slow", "complete", "stop"}


def test_enter_never_changes_a_rate(stage: Stage) -> None:
    stage.start()
    stage.clock("09:42")
    stage.acts.buttons["step"].setFocus()
    stage.key(Qt.Key.Key_Return)
    assert not any(strip.isVisible() for strip in stage.panel.findChildren(ActStrip))
    stage.key(Qt.Key.Key_F6)
    assert stage.acts.strip is not None
    assert stage.acts.strip.lines["rate"].text() == "70"
    stage.acts.strip.lines["at"].setFocus()
    for _ in range(6):
        stage.key(Qt.Key.Key_Return)
    stage.key(Qt.Key.Key_F6)
    stage.key(Qt.Key.Key_F6)
    assert stage.kinds() == ["start"]
    stage.key(Qt.Key.Key_Space)
    assert stage.kinds() == ["start", "step"]
    assert stage.acts.summary is not None
    assert stage.acts.summary.ml_per_hour == 70


def test_an_act_can_be_asked_for_from_elsewhere(stage: Stage) -> None:
    stage.start()
    stage.clock("09:30")
    stage.panel.ask("hold")
    assert stage.acts.strip is not None
    stage.acts.strip.lines["why"].setText("chills")
    stage.panel.focus_first()
    stage.keep()
    stage.panel.ask("hold")
    assert stage.acts.strip is not None
    assert stage.acts.strip.button.word == "Resume"
    stage.panel.ask("reaction")
    assert stage.kinds() == ["start", "hold"]


def test_escape_leaves_the_rate_as_it_is(stage: Stage) -> None:
    stage.start()
    stage.clock("09:42")
    stage.acts.buttons["step"].setFocus()
    stage.key(Qt.Key.Key_F6)
    stage.key(Qt.Key.Key_Escape)
    assert stage.acts.strip is None
    assert stage.kinds() == ["start"]


def test_hold_asks_why_and_resume_asks_its_rate(stage: Stage) -> None:
    stage.start()
    stage.clock("09:30")
    stage.acts.buttons["hold"].setFocus()
    stage.key(Qt.Key.Key_F7)
    stage.keep()
    assert stage.kinds() == ["start"]
    assert stage.acts.strip is not None
    assert "Why" in stage.acts.strip.said.text()
    stage.acts.strip.focus_first()
    stage.type("headache")
    stage.keep()
    assert stage.kinds() == ["start", "hold"]
    assert "held" in stage.panel.title.text()
    stage.clock("09:45")
    stage.acts.buttons["resume"].setFocus()
    stage.key(Qt.Key.Key_F7)
    assert stage.acts.strip is not None
    assert stage.acts.strip.lines["rate"].text() == ""
    stage.keep()
    assert stage.kinds() == ["start", "hold"]
    stage.acts.strip.lines["rate"].setFocus()
    stage.type("17.5")
    stage.keep()
    assert stage.kinds() == ["start", "hold", "resume"]


def test_a_step_stays_shut_while_its_findings_are_open(stage: Stage) -> None:
    stage.start()
    first = Finding(
        "step.vitals-first",
        Level.STOP,
        "Vital signs first, then the step opens.",
        "vitals",
        gate=Gate.STEP,
        overridable=True,
    )
    stage.desk.more_findings = [first]
    stage.clock("09:42")
    assert not stage.acts.buttons["step"].isEnabled()
    assert [one.words for one in stage.acts.found.shown] == [first.words]
    stage.acts.buttons["hold"].setFocus()
    stage.key(Qt.Key.Key_F6)
    assert stage.acts.strip is None
    stage.desk.override(first.key, "set just taken")
    assert stage.acts.buttons["step"].isEnabled()


def test_a_stop_that_opens_meanwhile_still_holds_the_step(stage: Stage) -> None:
    stage.start()
    stage.clock("09:42")
    stage.acts.buttons["step"].setFocus()
    stage.key(Qt.Key.Key_F6)
    stage.desk.more_findings = [
        Finding("step.x", Level.STOP, "Reaction first.", "complications", gate=Gate.STEP)
    ]
    stage.desk.show()
    assert stage.acts.strip is not None
    stage.acts.strip.confirm()
    assert stage.kinds() == ["start"]
    assert "Reaction first." in stage.acts.strip.said.text()


def test_a_refused_time_stays_with_its_words(stage: Stage) -> None:
    stage.start()
    stage.clock("09:42")
    stage.acts.buttons["step"].setFocus()
    stage.key(Qt.Key.Key_F6)
    assert stage.acts.strip is not None
    stage.acts.strip.lines["at"].setText("11:30")
    stage.keep()
    assert stage.kinds() == ["start"]
    assert "still to come" in stage.acts.strip.said.text()


def test_complete_ends_it_and_only_a_flush_is_offered(stage: Stage) -> None:
    stage.start()
    stage.clock("12:23")
    stage.acts.buttons["complete"].setFocus()
    stage.key(Qt.Key.Key_F7, CONTROL)
    stage.keep()
    assert stage.kinds() == ["start", "complete"]
    assert set(stage.acts.buttons) == {"flush"}
    assert "ended" in stage.panel.title.text()
    assert stage.panel.table.isVisible()


def test_fields_of_the_set_up_and_of_acts_can_be_reached(stage: Stage) -> None:
    stage.start()
    assert stage.panel.focus_cell(Cell("infusion", Row("infusion", (1,)), "prepared_ml"))
    assert stage.panel.focus_cell(Cell("infusion", Row("infusion_event", (1, 1)), "rate"))


def test_where_it_stands_in_words() -> None:
    one = infusion(*PICTURE[:2])
    about = replace(facts(), now=at("10:10"))
    summary = summary_of(one, an_order(), about.now)
    assert plain(title_line(an_order(), summary)).endswith("35 g, IV, 70 mL/h")
    assert plain(standing_words(summary, an_order(), about)) == (
        "50.2 mL of 350 mL · 5.02 g of 35 g · next 140 mL/h at 10:12 · planned end 11:39"
    )
    late = replace(about, now=at("10:20"))
    summary = summary_of(one, an_order(), late.now)
    assert "at 10:12, 8 min late" in plain(standing_words(summary, an_order(), late))


def test_the_curve_so_far_and_the_plan_ahead() -> None:
    one = infusion(*PICTURE[:2])
    about = replace(facts(vitals_times=(at("09:08"),)), now=at("10:10"))
    summary = summary_of(one, an_order(), about.now)
    chart = live_chart(one, summary, about)
    assert chart is not None
    assert [int(step.ml_per_hour) for step in chart.rates] == [35, 70]
    assert [int(step.ml_per_hour) for step in chart.planned] == [70, 140, 210, 280, 0]
    assert chart.planned[1].at == at("10:12")
    assert chart.now == at("10:10")
    assert chart.start < at("09:08")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_painted(stage: Stage, qapp: QApplication, scheme: str) -> None:
    theme.apply(qapp, scheme)
    stage.start()
    stage.clock("09:30")
    assert not stage.panel.grab().isNull()
    theme.apply(qapp, "light")
