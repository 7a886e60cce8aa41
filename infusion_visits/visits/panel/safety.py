"""The safety pane: what runs and what is next, the order, the lines, what is open and missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from infusion_visits.core.findings import CLOSING, Finding, Level, stops
from infusion_visits.core.moments import show_minutes
from infusion_visits.core.units import with_unit
from infusion_visits.sections.devices.page_one import safety_words
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.infusion.dose import dose_check
from infusion_visits.visits.panel.running_card import LIVE, RunningCard, running_summary
from infusion_visits.visits.panel.safety_strip import SafetyStrip
from infusion_visits.visits.panel.vitals_card import VitalsCard
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.jump_line import JumpLine
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.open_visit import View

Line = tuple[str, str, "Finding | None"]
"""Words, their voice, and the finding that they lead to."""

PANE_WIDTH = 316
MOST_SHOWN = 6


class SafetyPane(QScrollArea):
    """Never scrolled sideways; the running infusion always stands on top."""

    act_asked = Signal(str)
    jump_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("safety")
        self.setAccessibleName("Safety pane")
        self.setFixedWidth(PANE_WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QFrame()
        inner.setProperty("rule", "left")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        self._running = RunningCard(self.act_asked.emit)
        column.addWidget(self._running)
        self._reaction = ActButton("Reaction", "F9", Weight.DANGER)
        self._reaction.setObjectName("safety.reaction")
        self._reaction.clicked.connect(lambda: self.act_asked.emit("reaction"))
        column.addWidget(self._reaction)
        self._vitals = VitalsCard()
        column.addWidget(self._vitals)
        self._order = Card("As ordered")
        column.addWidget(self._order)
        self._lines = Card("Lines")
        column.addWidget(self._lines)
        self._open = Card("Needs attention")
        column.addWidget(self._open)
        self._missing = Card("Missing")
        self._shown: dict[Card, Sequence[Line]] = {}
        column.addWidget(self._missing)
        column.addStretch(1)
        self.setWidget(inner)
        self.strip = SafetyStrip()
        self.strip.reaction_asked.connect(lambda: self.act_asked.emit("reaction"))
        self._alerts = self._left = 0

    def show_view(self, view: View) -> None:
        """Shows the view of this moment."""
        self._running.show_view(view)
        summary = running_summary(view)
        runs = summary is not None and summary.state in LIVE
        self._reaction.setVisible(runs)
        self._vitals.show_facts(view.facts)
        self._fill(self._order, self._order_lines(view.facts))
        self._fill(self._lines, self._device_lines(view))
        alerts = [one for one in view.findings if one.level is Level.ALERT]
        self._fill(self._open, [(one.words, "warn", one) for one in alerts[:MOST_SHOWN]])
        self._fill(self._missing, self._missing_lines(view.findings))
        self._missing.show()
        self._alerts, self._left = len(alerts), len(stops(view.findings, *CLOSING))
        self._show_strip()

    def tick(self, view: View) -> None:
        """Another second: only the countdown changes."""
        self._running.tick(view)
        self._vitals.tick(view.facts)
        self._show_strip()

    def _show_strip(self) -> None:
        brief = self._running.in_brief()
        self.strip.show_brief(
            replace(
                brief,
                alerts=self._alerts,
                missing=self._left,
                reaction=not self._reaction.isHidden(),
            )
        )

    def _fill(self, card: Card, lines: Sequence[Line]) -> None:
        """Makes a card anew only where its lines changed: the pane stands still otherwise."""
        card.setVisible(bool(lines))
        if self._shown.get(card) == lines:
            return
        self._shown[card] = lines
        card.clear()
        for words, voice, finding in lines:
            if finding is None:
                card.add(PlainWords(words, voice))
                continue
            jump = JumpLine(words, voice, "alert" if voice == "warn" else "")
            jump.opened.connect(lambda finding=finding: self.jump_asked.emit(finding))
            card.add(jump)

    def _order_lines(self, facts: Facts) -> list[Line]:
        order = facts.order
        if order is None:
            return []
        check = dose_check(order)
        drug = f"{order.drug} ({order.brand})" if order.brand else order.drug
        lines: list[Line] = [
            (drug, "strong", None),
            (check.words, "small" if check.agrees else "warn", None),
        ]
        if order.first_dose:
            lines.append(("First dose", "warn", None))
        said = []
        if order.steps:
            fastest = max(step.ml_per_hour for step in order.steps)
            said.append(f"up to {with_unit(fastest, 'mL/h')}")
        if order.observation_minutes:
            said.append(f"watch {show_minutes(order.observation_minutes)} after")
        if said:
            lines.append((" · ".join(said), "small", None))
        lines += [
            (words if "before" in words else f"before: {words}", "small", None)
            for words in order.premedications
        ]
        return lines

    def _device_lines(self, view: View) -> list[Line]:
        lines: list[Line] = []
        for name, *found in safety_words(view.record.of(Devices), view.facts):
            lines.append((name.text, "strong", None))
            said = "".join(span.text for span in found).strip()
            if said:
                lines.append((said, "small", None))
        return lines

    def _missing_lines(self, findings: Sequence[Finding]) -> list[Line]:
        found = stops(list(findings), *CLOSING)
        self._missing.set_title(f"{len(found)} left" if found else "Nothing missing")
        lines: list[Line] = [(one.words, "small", one) for one in found[:MOST_SHOWN]]
        more = len(found) - MOST_SHOWN
        if more > 0:
            lines.append((f"and {more} more. Ctrl+J goes to the next", "small", None))
        return lines
