"""The live infusion on the screen: the rate curve with its plan, and the acts with their keys.

Enter never changes a rate: an act opens with its key, and Space on its button keeps it.
`InfusionActs` stands alone too: the workspace may show it beside every section.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, stops
from infusion_visits.core.units import plain_number
from infusion_visits.sections.infusion.acts import State
from infusion_visits.sections.infusion.dose import dose_check
from infusion_visits.sections.infusion.fields import (
    BAG_CHANGE,
    COMPLETE,
    FOUND,
    HOLD,
    INFUSION,
    INFUSION_EVENT,
    LEFT,
    RESUME,
    ROWS,
    SECTION,
    SLOW,
    START,
    STEP,
    STOP,
)
from infusion_visits.sections.infusion.live import (
    choose,
    live_chart,
    standing_words,
    title_line,
)
from infusion_visits.sections.infusion.note import acts_table
from infusion_visits.sections.infusion.summary import InfusionSummary, order_of, summary_of
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.act_strip import ActStrip, AskedLine, KeyedButton
from infusion_visits.widgets.block_table import BlockTable
from infusion_visits.widgets.drawing import ChartView
from infusion_visits.widgets.finding_lines import FindingLines
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.section_form import SectionForm
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from decimal import Decimal

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.values import Infusion, InfusionGiven
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions

SET_UP = "set_up"


@dataclass(frozen=True, slots=True)
class _ActKind:
    """One act: its word, key, the gate that may keep it shut, and what it asks."""

    kind: str
    word: str
    key: str = ""
    gate: Gate | None = None
    asks: tuple[str, ...] = ()
    weight: Weight = Weight.PLAIN


_SET_UP = _ActKind(SET_UP, "Set up the infusion", "Ctrl+F6", weight=Weight.PRIMARY)
_OFFERED: dict[State, tuple[_ActKind, ...]] = {
    State.NOT_STARTED: (
        _ActKind(START, "Start", "Ctrl+F6", Gate.START, ("rate",), Weight.PRIMARY),
        _ActKind(FOUND, "Found running", asks=("rate", "reading_ml"), weight=Weight.QUIET),
    ),
    State.RUNNING: (
        _ActKind(STEP, "Step", "F6", Gate.STEP, ("rate",), Weight.PRIMARY),
        _ActKind(HOLD, "Hold", "F7", asks=("why",)),
        _ActKind(SLOW, "Slow down", "F8", asks=("rate", "why")),
        _ActKind(COMPLETE, "Complete", "Ctrl+F7", asks=("reading_ml",)),
        _ActKind(STOP, "Stop", "Ctrl+F8", asks=("why", "reading_ml"), weight=Weight.DANGER),
        _ActKind(BAG_CHANGE, "Bag changed", weight=Weight.QUIET),
        _ActKind(LEFT, "Left running", asks=("reading_ml",), weight=Weight.QUIET),
    ),
    State.HELD: (
        _ActKind(RESUME, "Resume", "F7", Gate.RESUME, ("rate",), Weight.PRIMARY),
        _ActKind(COMPLETE, "Complete", "Ctrl+F7", asks=("reading_ml",)),
        _ActKind(STOP, "Stop", "Ctrl+F8", asks=("why", "reading_ml"), weight=Weight.DANGER),
    ),
    State.ENDED: (),
    State.LEFT_RUNNING: (),
}

_TWINS = {HOLD: {HOLD, RESUME}, START: {START, SET_UP}}
"""Acts of which only one is possible at a time; they share a key."""


def key_of(event: QKeyEvent) -> str:
    """`F6`, `Ctrl+F7`: the key as it is written in a cap."""
    return QKeySequence(event.keyCombination()).toString()


def _asked(name: str) -> AskedLine:
    """One asked thing of an act; the units are those of the fields."""
    unit = {"rate": "mL/h", "reading_ml": "mL"}.get(name, "")
    return AskedLine(name, INFUSION_EVENT.leaf(name).label, unit, wide=name == "why")


class InfusionActs(QWidget):
    """The acts that are possible now, with their keys; `done` after one was kept, `made` before an
    infusion is set up."""

    done = Signal()
    made = Signal()

    def __init__(self, desk: VisitDesk, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._values: Infusion | None = None
        self._facts: Facts | None = None
        self._findings: Sequence[Finding] = ()
        self._offered: tuple[_ActKind, ...] = ()
        self.current: InfusionGiven | None = None
        self.summary: InfusionSummary | None = None
        self.strip: ActStrip | None = None
        self._opened = _SET_UP
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(8)
        self._row = FlowLayout(None, 8)
        self._body.addLayout(self._row)
        self.found = FindingLines(desk.override, self)
        self._body.addWidget(self.found)
        self.buttons: dict[str, ActButton] = {}

    def show_values(
        self, values: Infusion, facts: Facts, findings: Sequence[Finding], row: Row | None = None
    ) -> None:
        """The infusion at `row`, else the one that has not ended; what is possible there now."""
        self._values, self._facts, self._findings = values, facts, findings
        self.current = choose(values, facts, row)
        self.summary = None
        if self.current is not None:
            order = order_of(self.current, facts)
            self.summary = summary_of(self.current, order, facts.now)
        self._offer(_OFFERED[self.summary.state] if self.summary else (_SET_UP,))
        gates = {act.gate for act in self._offered if act.gate}
        shut = [found for gate in gates for found in stops(tuple(findings), gate)]
        self.found.show_findings(shut)
        for act in self._offered:
            self.buttons[act.kind].setEnabled(not self._shut(act))
        if self.strip is not None and self._opened not in self._offered:
            self._close()

    def _offer(self, acts: tuple[_ActKind, ...]) -> None:
        if acts == self._offered and self.buttons:
            return
        self._offered = acts
        had_focus = any(button.hasFocus() for button in self.buttons.values())
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.buttons = {}
        for act in acts:
            button = KeyedButton(act.word, act.key, act.weight)
            button.setObjectName(f"act {act.kind}")
            button.clicked.connect(lambda _on=False, act=act: self.open(act))
            self._row.addWidget(button)
            button.show()
            self.buttons[act.kind] = button
        if had_focus:
            self._focus_first()

    def _focus_first(self) -> None:
        first = next((one for one in self.buttons.values() if one.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shut(self, act: _ActKind) -> bool:
        return act.gate is not None and bool(stops(tuple(self._findings), act.gate))

    def press(self, key: str) -> bool:
        """The act of a key is asked for; says whether the key has an act now, open or shut."""
        act = next((one for one in self._offered if one.key == key), None)
        if act is not None:
            self.open(act)
        return act is not None

    def ask(self, act: str) -> bool:
        """`start` (or set up), `hold` (or resume), `step`, `slow`, `stop`, …: asked for inline."""
        wanted = _TWINS.get(act, {act})
        found = next((one for one in self._offered if one.kind in wanted), None)
        if found is not None:
            self.open(found)
        return found is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the acts."""
        if not self.press(key_of(event)):
            super().keyPressEvent(event)

    def open(self, act: _ActKind) -> None:
        """Asks inline what the act needs; the set-up asks nothing.

        An act that is already open stays as it is, its button takes the keys.
        """
        if self.strip is not None and self._opened == act:
            self.strip.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._close()
        if act.kind == SET_UP:
            self._set_up()
            return
        if self._shut(act):
            return
        lines = [_asked(name) for name in ("at", *act.asks)]
        self.strip = ActStrip(act.word, lines, self._keep, self._leave, self)
        self.strip.fill(self._proposed(act))
        self._opened = act
        self._body.addWidget(self.strip)
        self.strip.show()
        self.strip.focus_first()

    def _proposed(self, act: _ActKind) -> dict[str, str]:
        """The time is now; only the order's own next rate is proposed, never one after a hold."""
        texts = {"at": "now"}
        rate = self._ordered_rate(act.kind)
        if rate is not None:
            texts["rate"] = plain_number(rate)
        return texts

    def _ordered_rate(self, kind: str) -> Decimal | None:
        if self._facts is None or self.current is None or self.summary is None:
            return None
        order = order_of(self.current, self._facts)
        if kind == START and order is not None and order.steps:
            return order.steps[0].ml_per_hour
        if kind == STEP and self.summary.next_step is not None:
            return self.summary.next_step.ml_per_hour
        return None

    def _keep(self, texts: dict[str, str]) -> str | None:
        if self.strip is None or self.current is None:
            return None
        act = self._opened
        if self._shut(act):
            return "Not yet: " + " ".join(one.words for one in self.found.shown)
        lacking = [name for name in act.asks if name not in texts and name != "reading_ml"]
        if act.kind == RESUME and "rate" in lacking:
            return "Type the rate at which it is resumed, in mL/h."
        if lacking:
            return f"{INFUSION_EVENT.leaf(lacking[0]).label} is asked for this act."
        row = Row(INFUSION_EVENT.name, self.current.mark.row.at)
        words = self._desk.append(row, {"kind": act.kind, **texts})
        if words is None:
            self._leave()
            self.done.emit()
        return words

    def _set_up(self) -> None:
        facts = self._facts
        if facts is None:
            return
        texts: dict[str, str] = {}
        if facts.order is not None:
            texts["order_id"] = str(facts.order.order)
        lines = [line for line in facts.lines if line.in_place]
        if len(lines) == 1:
            texts["device_id"] = str(lines[0].device)
        self.made.emit()
        words = self._desk.append(Row(INFUSION.name), texts)
        if words is None:
            self.done.emit()

    def _leave(self) -> None:
        self._close()
        self._focus_first()

    def _close(self) -> None:
        if self.strip is not None:
            self._body.removeWidget(self.strip)
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None


class InfusionPanel(QWidget):
    """The section: title, dose check, curve, acts, then set-up, lots and acts as forms."""

    finished = Signal()

    def __init__(
        self,
        desk: VisitDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        with_acts: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        self._known: set[Row] = set()
        self._expecting = False
        self.title = PlainWords("", "title")
        self.dose = PlainWords("", "quiet")
        self.standing = PlainWords("", "strong")
        self.chart = ChartView()
        self.acts: InfusionActs | None = None
        self.table = BlockTable()
        self.form = SectionForm(SECTION, ROWS, desk, ref_options, sense, read_only=read_only)
        self.form.finished.connect(self.finished)
        body.addWidget(self.title)
        body.addWidget(self.dose)
        card = QFrame()
        card.setProperty("ground", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 12, 12, 8)
        inside.addWidget(self.chart)
        self.card = card
        body.addWidget(card)
        body.addWidget(self.standing)
        if with_acts and not read_only:
            self.acts = InfusionActs(desk)
            self.acts.made.connect(self._expect)
            body.addWidget(self.acts)
        body.addWidget(self.table)
        body.addWidget(self.form)
        body.addStretch(1)

    def show_values(
        self,
        values: Infusion,
        facts: Facts,
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
    ) -> None:
        """Shows what the record holds now; called again as time goes on."""
        current = choose(values, facts)
        order = order_of(current, facts) if current is not None else facts.order
        summary = summary_of(current, order, facts.now) if current is not None else None
        self.title.say(title_line(order, summary))
        self.dose.say(dose_check(order).words if order else "")
        self.dose.setVisible(bool(self.dose.text()))
        self.standing.say(standing_words(summary, order, facts) if summary else "")
        self.standing.setVisible(bool(self.standing.text()))
        chart = live_chart(current, summary, facts) if current and summary else None
        self.card.setVisible(chart is not None)
        if chart is not None:
            self.chart.show_chart(chart)
        if self.acts is not None:
            self.acts.show_values(values, facts, findings)
        self.table.show_table(acts_table(current, facts) if current else None)
        self.form.show_values(values, facts, findings, unsaved)
        self._known, known = {given.mark.row for given in values.infusion}, self._known
        if self._expecting and self._known - known:
            self._expecting = False
            self._open_new((self._known - known).pop())

    def _expect(self) -> None:
        """An infusion is being set up: its form opens when it comes."""
        self._expecting = True

    def _open_new(self, row: Row) -> None:
        self.form.open_row(row)
        self.form.focus_first()

    def show_drafts(self, drafts: Mapping[Cell, str]) -> None:
        """Brings back what was typed and never left."""
        self.form.show_drafts(drafts)

    def open_row(self, row: Row) -> None:
        """Opens an infusion, an act or a lot as a form."""
        self.form.open_row(row)

    def focus_cell(self, cell: Cell) -> bool:
        """Goes to a field; says whether it is there."""
        return self.form.focus_cell(cell)

    def ask(self, act: str) -> None:
        """Asks inline for an act, from wherever its key was pressed."""
        if self.acts is not None:
            self.acts.ask(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the acts work from anywhere in the section."""
        if self.acts is None or not self.acts.press(key_of(event)):
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """The keys go to the act that is open, else to the first possible, else into the form."""
        if self.acts is not None and self.acts.strip is not None:
            self.acts.strip.focus_first()
            return
        buttons = self.acts.buttons.values() if self.acts is not None else ()
        first = next((button for button in buttons if button.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.focus_first()
