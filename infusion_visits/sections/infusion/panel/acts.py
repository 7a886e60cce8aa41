"""The acts upon an infusion, with their keys, asked for inline.

Enter never changes a rate: an act opens with its key, and Space on its button keeps it.
`InfusionActs` stands alone too: the workspace may show it beside every section.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Finding, stops
from infusion_visits.core.moments import show_minutes
from infusion_visits.core.scanned import ScanRefused
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.fields import (
    INFUSION,
    INFUSION_EVENT,
    PRODUCT_LOT,
    RESUME,
    START,
    STEP,
)
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.sections.infusion.ladder import as_decimal
from infusion_visits.sections.infusion.ladder_text import NotALadder, ladder_from_text
from infusion_visits.sections.infusion.live import choose
from infusion_visits.sections.infusion.panel.offered import (
    LOT,
    MAY_STAY_EMPTY,
    OFFERED,
    SET_UP,
    SETTING_UP,
    TWINS,
    ActKind,
    asked_line,
)
from infusion_visits.sections.infusion.panel.scanning import product_texts
from infusion_visits.sections.infusion.summary import InfusionSummary, order_of, standing_at
from infusion_visits.widgets.act_strip import ActStrip, KeyedButton
from infusion_visits.widgets.finding_lines import FindingLines
from infusion_visits.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.values import Infusion, InfusionGiven
    from infusion_visits.widgets.act_button import ActButton


def key_of(event: QKeyEvent) -> str:
    """`F6`, `Ctrl+F7`: the key as it is written in a cap."""
    return QKeySequence(event.keyCombination()).toString()


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
        self._offered: tuple[ActKind, ...] = ()
        self.current: InfusionGiven | None = None
        self.summary: InfusionSummary | None = None
        self.strip: ActStrip | None = None
        self._opened = SETTING_UP
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
            self.summary = standing_at(self.current, facts)
        self._offer(OFFERED[self.summary.state] if self.summary else (SETTING_UP,))
        gates = {act.gate for act in self._offered if act.gate}
        shut = [found for gate in gates for found in stops(tuple(findings), gate)]
        self.found.show_findings(shut)
        for act in self._offered:
            self.buttons[act.kind].setEnabled(not self._shut(act))
        if self.strip is not None and self._opened not in self._offered:
            self._close()

    def _offer(self, acts: tuple[ActKind, ...]) -> None:
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

    def _shut(self, act: ActKind) -> bool:
        return act.gate is not None and bool(stops(tuple(self._findings), act.gate))

    def press(self, key: str) -> bool:
        """The act of a key is asked for; says whether the key has an act now, open or shut."""
        act = next((one for one in self._offered if one.key == key), None)
        if act is not None:
            self.open(act)
        return act is not None

    def ask(self, act: str) -> bool:
        """`start` (or set up), `hold` (or resume), `step`, `slow`, `stop`, …: asked for inline."""
        wanted = TWINS.get(act, {act})
        found = next((one for one in self._offered if one.kind in wanted), None)
        if found is not None:
            self.open(found)
        return found is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the acts."""
        if not self.press(key_of(event)):
            super().keyPressEvent(event)

    def open(self, act: ActKind) -> None:
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
        asks = act.asked_of(self.current)
        lines = [asked_line(name, act.kind) for name in ("at", *asks)]
        self.strip = ActStrip(act.word, lines, self._keep, self._leave, self)
        self.strip.fill(self._proposed(act))
        self._offer_half(act)
        self._opened = act
        self._body.addWidget(self.strip)
        self.strip.show()
        self.strip.focus_first()

    def _proposed(self, act: ActKind) -> dict[str, str]:
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

    def _offer_half(self, act: ActKind) -> None:
        """After a hold: half of the rate is offered, and never filled in by itself."""
        if act.kind != RESUME or self.strip is None or self.current is None or self._facts is None:
            return
        before = next((one.before for one in reversed(acts_of(self.current)) if one.before), None)
        if before is None:
            return
        figures = figures_for(self._facts)
        lower = as_decimal(Fraction(before) * figures.restart_share)
        word = "Half: " if figures.restart_share == Fraction(1, 2) else ""
        self.strip.offer(f"{word}{plain_number(lower)}{NBSP}mL/h", "rate", plain_number(lower))
        self.strip.hint(
            f"It ran at {plain_number(before)}{NBSP}mL/h. After a reaction: with an order, at "
            f"{plain_number(lower)}{NBSP}mL/h, kept for "
            f"{show_minutes(figures.after_restart_minutes)} or more before the next step. "
            "Per agency protocol and prescriber's order."
        )

    def _keep(self, texts: dict[str, str]) -> str | None:
        if self.strip is None or self.current is None:
            return None
        act = self._opened
        if self._shut(act):
            return "Not yet: " + " ".join(one.words for one in self.found.shown)
        asks = act.asked_of(self.current)
        lacking = [name for name in asks if name not in texts and name not in MAY_STAY_EMPTY]
        if act.kind == RESUME and "rate" in lacking:
            return "Type the rate at which it is resumed, in mL/h."
        if lacking:
            return f"{asked_line(lacking[0], act.kind).label} is asked for this act."
        try:
            if texts.get("ladder"):
                ladder_from_text(texts["ladder"])
            lot = product_texts(texts.pop(LOT, ""))
        except (NotALadder, ScanRefused) as wrong:
            return str(wrong)
        row = Row(INFUSION_EVENT.name, self.current.mark.row.at)
        number = len(self.summary.bags) + 1 if self.summary is not None else 1
        words = self._desk.append(row, {"kind": act.kind, **texts})
        if words is None:
            self._append_lot(lot, number)
            self._leave()
            self.done.emit()
        return words

    def _append_lot(self, lot: dict[str, str], number: int) -> None:
        """The lot of a new bag becomes a product of that bag."""
        if lot and self.current is not None:
            row = Row(PRODUCT_LOT.name, self.current.mark.row.at)
            self._desk.append(row, {**lot, "bag": str(number)})

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
