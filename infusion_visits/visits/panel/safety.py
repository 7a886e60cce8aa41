"""The safety pane: what runs and what is next, the order, the lines, what is open and missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from infusion_visits.core.findings import CLOSING, Finding, Gate, Level, stops
from infusion_visits.core.moments import show_minutes, show_time
from infusion_visits.core.units import with_unit
from infusion_visits.sections.devices.page_one import safety_words
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.infusion.acts import State
from infusion_visits.sections.infusion.dose import dose_check
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.summary import InfusionSummary, order_of, summary_of
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits.panel.vitals_card import VitalsCard
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.flow import FlowLayout
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
ACTS = (("step", "Step", "F6"), ("hold", "Hold", "F7"), ("slow", "Slow", "F8"))


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
        self._running = _RunningCard(self.act_asked.emit)
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

    def show_view(self, view: View) -> None:
        """Shows the view of this moment."""
        self._running.show_view(view)
        summary = running_summary(view)
        runs = summary is not None and summary.state in {State.RUNNING, State.HELD}
        self._reaction.setVisible(runs)
        self._vitals.show_facts(view.facts)
        self._fill(self._order, self._order_lines(view.facts))
        self._fill(self._lines, self._device_lines(view))
        alerts = [one for one in view.findings if one.level is Level.ALERT][:MOST_SHOWN]
        self._fill(self._open, [(one.words, "warn", one) for one in alerts])
        self._fill(self._missing, self._missing_lines(view.findings))
        self._missing.show()

    def tick(self, view: View) -> None:
        """Another second: only the countdown changes."""
        self._running.tick(view)
        self._vitals.tick(view.facts)

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


def running_summary(view: View) -> InfusionSummary | None:
    """The infusion that runs or ran last."""
    infusions = standing(view.record.of(Infusion))
    if not infusions:
        return None
    return summary_of(infusions[-1], order_of(infusions[-1], view.facts), view.facts.now)


class _RunningCard(Card):
    """Rate, volume so far, next step and its countdown, and the acts upon it."""

    def __init__(self, ask: object) -> None:
        super().__init__("Infusion")
        self._count = PlainWords("", "countdown")
        self._next = PlainWords("", "strong")
        self._now = PlainWords("", "small")
        self._gate = PlainWords("", "warn")
        for words in (self._count, self._next, self._now, self._gate):
            self.add(words)
        row = QWidget()
        # A longer word, such as Resume, takes the next line instead of being cut off.
        across = FlowLayout(row, 6)
        across.setContentsMargins(0, 4, 0, 0)
        self._buttons: dict[str, ActButton] = {}
        for kind, word, key in ACTS:
            button = ActButton(word, key, narrow=True)
            button.setObjectName(f"safety.{kind}")
            button.clicked.connect(lambda _=False, act=kind: ask(act))  # type: ignore[operator]
            across.addWidget(button)
            self._buttons[kind] = button
        self.add(row)
        self._row = row

    def show_view(self, view: View) -> None:
        """The state of this moment."""
        summary = running_summary(view)
        self.setVisible(summary is not None or view.facts.order is not None)
        if summary is None or summary.state is State.NOT_STARTED:
            self._show_before(view)
            return
        live = summary.state in {State.RUNNING, State.HELD}
        self.set_ground("accent" if live else "card")
        self._row.setVisible(live)
        self._buttons["hold"].set_word("Resume" if summary.state is State.HELD else "Hold")
        self._buttons["slow"].setEnabled(summary.state is State.RUNNING)
        shut = [
            one.words
            for one in view.findings
            if one.level is Level.STOP and one.gate in {Gate.STEP, Gate.RESUME}
        ]
        self._gate.setVisible(live and bool(shut))
        self._gate.say(shut[0] if shut else "")
        self._buttons["step"].setEnabled(
            summary.state is State.RUNNING and not shut and summary.next_step is not None
        )
        self.tick(view)

    def _show_before(self, view: View) -> None:
        self.set_ground("card")
        self.set_title("Infusion")
        self._row.hide()
        self._gate.hide()
        self._count.hide()
        shut = [
            one.words for one in view.findings if one.level is Level.STOP and one.gate is Gate.START
        ]
        self._next.say("Not started")
        self._next.show()
        self._now.say(shut[0] if shut else "Ready to start.")
        self._now.show()

    def tick(self, view: View) -> None:
        """Countdown, rate, volume."""
        summary = running_summary(view)
        if summary is None or summary.state is State.NOT_STARTED:
            return
        zone, now = view.facts.zone, view.facts.now
        step = summary.next_step
        due = step.due if step else None
        if summary.state is State.HELD:
            self.set_title("Held")
        elif due is not None:
            self.set_title("Next step in" if due >= now else "Step is late by")
        else:
            self.set_title("Running" if summary.state is State.RUNNING else "Ended")
        self._count.setVisible(due is not None and summary.state is State.RUNNING)
        if due is not None:
            seconds = abs(int((due - now).total_seconds()))
            self._count.say(f"{seconds // 60}:{seconds % 60:02d}")
        if step is not None:
            when = f" at {show_time(due, zone)}" if due else " when resumed"
            self._next.say(f"{with_unit(step.ml_per_hour, 'mL/h')}{when}")
        elif summary.ended is not None:
            self._next.say(f"at {show_time(summary.ended, zone)}")
        elif summary.planned_end is not None:
            self._next.say(f"ends about {show_time(summary.planned_end, zone)}")
        self._next.show()
        self._now.say(_so_far(summary))
        self._now.show()


def _so_far(summary: InfusionSummary) -> str:
    parts = []
    if summary.state in {State.RUNNING, State.HELD}:
        parts.append(f"{with_unit(summary.ml_per_hour, 'mL/h')} now")
    given = with_unit(summary.given_ml, "mL", 1)
    whole = f" of {with_unit(summary.expected_ml, 'mL')}" if summary.expected_ml else ""
    parts.append(f"{given}{whole}")
    if summary.dose_given is not None:
        parts.append(with_unit(summary.dose_given, summary.dose_unit))
    return " · ".join(parts)
