"""The infusion of this moment: rate, volume, next step and its countdown, and the acts upon it.

Made anew from the acts at every paint, never counted on: after a sleep of the laptop, or a change
of its clock, the next paint is right.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.moments import show_time
from infusion_visits.core.units import with_unit
from infusion_visits.sections.infusion.acts import State
from infusion_visits.sections.infusion.dose_rate import delivered_at
from infusion_visits.sections.infusion.live import (
    choose,
    end_words,
    given_words,
    next_planned,
    rate_words,
)
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.summary import InfusionSummary, order_of, standing_at
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits.panel.safety_strip import Brief
from infusion_visits.visits.rules.before_start.premedication import timed
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from infusion_visits.sections.infusion.values import InfusionGiven
    from infusion_visits.visits.open_visit import View

ACTS = (("step", "Step", "F6"), ("hold", "Hold", "F7"), ("slow", "Slow", "F8"))
LIVE = frozenset({State.RUNNING, State.HELD})
_MINUTE = timedelta(minutes=1)


def running_infusion(view: View) -> InfusionGiven | None:
    """The infusion that runs, else the one that waits, else the last."""
    infusions = standing(view.record.of(Infusion))
    for one in infusions:
        if standing_at(one, view.facts).state in LIVE:
            return one
    return choose(view.record.of(Infusion), view.facts)


def running_summary(view: View) -> InfusionSummary | None:
    """How it stands; None where no infusion is set up."""
    one = running_infusion(view)
    return None if one is None else standing_at(one, view.facts)


def clock_words(seconds: int) -> str:
    """`4:05`, and `1:02:09` from an hour on."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


class RunningCard(Card):
    """Never empty while an order or an infusion is there."""

    def __init__(self, ask: Callable[[str], None]) -> None:
        super().__init__("Infusion")
        self._count = PlainWords("", "countdown")
        self._next = PlainWords("", "strong")
        self._now = PlainWords("", "small")
        self._plan = PlainWords("", "small")
        self._gate = PlainWords("", "warn")
        for words in (self._count, self._next, self._now, self._plan, self._gate):
            self.add(words)
        row = QWidget()
        # A longer word, such as Resume, takes the next line instead of being cut off.
        across = FlowLayout(row, 6)
        across.setContentsMargins(0, 4, 0, 0)
        self._buttons: dict[str, ActButton] = {}
        for kind, word, key in ACTS:
            button = ActButton(word, key, narrow=True)
            button.setObjectName(f"safety.{kind}")
            button.clicked.connect(lambda _=False, act=kind: ask(act))
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
        live = summary.state in LIVE
        self.set_ground("accent" if live else "card")
        self._row.setVisible(live)
        held = summary.state is State.HELD
        self._buttons["hold"].set_word("Resume" if held else "Hold")
        # After a reaction that locks the visit, going on is not offered at all.
        locked = any(one.locked for one in view.facts.reactions)
        self._buttons["hold"].setVisible(not (held and locked))
        self._buttons["hold"].setEnabled(not (held and _shut(view, Gate.RESUME)))
        self._buttons["slow"].setEnabled(summary.state is State.RUNNING)
        shut = _shut(view, Gate.STEP, Gate.RESUME)
        self._say_gate(shut if live else [])
        self._buttons["step"].setEnabled(
            summary.state is State.RUNNING and not shut and summary.next_step is not None
        )
        self.tick(view)

    def in_brief(self) -> Brief:
        """What the strip of a narrow window says of it."""
        if self.isHidden():
            return Brief()
        shown = {
            label: "" if label.isHidden() else label.text() for label in (self._count, self._next)
        }
        return Brief(
            self.title.text(),
            shown[self._count],
            shown[self._next],
            shut=not self._gate.isHidden() and self._gate.property("voice") == "danger",
        )

    def _say_gate(self, shut: list[Finding]) -> None:
        """Amber for what comes first, red for what can hurt."""
        self._gate.setVisible(bool(shut))
        first = next((one for one in shut if not one.do_first), shut[0] if shut else None)
        if first is not None:
            self._gate.say(first.words, "warn" if first.do_first else "danger")

    def _show_before(self, view: View) -> None:
        self.set_ground("card")
        self.set_title("Infusion")
        self._row.hide()
        self._count.hide()
        shut = _shut(view, Gate.START)
        self._say(self._next, "Not started")
        self._say(self._now, "" if shut else "Ready to start.")
        self._say(self._plan, _premedication_words(view))
        self._say_gate(shut[:1])

    def _say(self, label: PlainWords, words: str) -> None:
        label.say(words)
        label.setVisible(bool(words))

    def tick(self, view: View) -> None:
        """Countdown, rate, volume, from the acts and the present alone."""
        one = running_infusion(view)
        if one is None:
            return
        summary = standing_at(one, view.facts)
        if summary.state is State.NOT_STARTED:
            self._say(self._plan, _premedication_words(view))
            return
        self._count_down(view, summary)
        self._say(self._next, _next_words(summary, view))
        self._say(self._now, _so_far(one, summary, view))
        self._say(self._plan, end_words(summary, view.facts) if summary.next_step else "")

    def _count_down(self, view: View, summary: InfusionSummary) -> None:
        """To the next step, or to the end of the watching."""
        step, now = summary.next_step, view.facts.now
        to = step.due if step else None
        title = {State.HELD: "Held", State.RUNNING: "Running"}.get(summary.state, "Ended")
        if to is not None:
            title = "Next step in" if to >= now else "Step is late by"
        elif summary.ended is not None and view.facts.watch_until is not None:
            watching = view.facts.watch_until > now and view.facts.departed is None
            to = view.facts.watch_until if watching else None
            title = "Watching, still" if watching else title
        elif summary.state is State.LEFT_RUNNING:
            title = "Left running"
        self.set_title(title)
        self._count.setVisible(to is not None)
        if to is not None:
            self._count.say(clock_words(abs(int((to - now).total_seconds()))))


def _shut(view: View, *gates: Gate) -> list[Finding]:
    return [one for one in view.findings if one.level is Level.STOP and one.gate in gates]


def _next_words(summary: InfusionSummary, view: View) -> str:
    zone, step = view.facts.zone, summary.next_step
    if summary.state is State.HELD and any(one.open for one in view.facts.reactions):
        # The rate of a restart is decided at the reaction, never the ladder's next one.
        return "for a reaction"
    if step is not None:
        rate = with_unit(step.ml_per_hour, "mL/h")
        if step.due is None:
            return f"{rate} when resumed"
        return f"{rate} at {show_time(step.due, zone)}{_planned(step.due, summary, zone)}"
    if summary.ended is not None:
        until = view.facts.watch_until
        watch = f", watch until {show_time(until, zone)}" if until else ""
        return f"at {show_time(summary.ended, zone)}{watch}"
    said = end_words(summary, view.facts)
    return f"{said[:1].upper()}{said[1:]}"


def _planned(due: datetime, summary: InfusionSummary, zone: str) -> str:
    """The first plan stays beside: `, planned 10:30`."""
    planned = next_planned(summary)
    if planned is None or abs(due - planned) < _MINUTE:
        return ""
    return f", planned {show_time(planned, zone)}"


def _so_far(one: InfusionGiven, summary: InfusionSummary, view: View) -> str:
    """A line each: a sign between them would hang at the end of a narrow line."""
    lines = []
    order = order_of(one, view.facts)
    if summary.state in LIVE:
        delivers = delivered_at(order, summary.ml_per_hour)
        beside = f", {delivers.shown}" if delivers is not None else ""
        lines.append(f"{rate_words(summary)} now{beside}")
    lines.append(given_words(summary))
    if summary.dose_given is not None:
        lines.append(with_unit(summary.dose_given, summary.dose_unit))
    others = sum(
        standing_at(other, view.facts).state in LIVE
        for other in standing(view.record.of(Infusion))
        if other is not one
    )
    if others:
        lines.append("Another infusion runs too." if others == 1 else f"{others} others run too.")
    return "\n".join(lines)


def _premedication_words(view: View) -> str:
    """`acetaminophen: 12 of 30 min, start from 10:12`, for the one that is waited for longest."""
    facts = view.facts
    if facts.order is None:
        return ""
    waiting = [one for one in timed(view.record, facts.order) if one.ready > facts.now]
    if not waiting:
        return ""
    last = max(waiting, key=lambda one: one.ready)
    run = max(int((facts.now - last.given).total_seconds()) // 60, 0)
    return (
        f"{last.medicine}: {run} of {last.minutes} min, "
        f"start from {show_time(last.ready, facts.zone)}"
    )
