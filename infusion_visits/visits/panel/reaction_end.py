"""How a reaction goes on: recheck, resume at half the rate, stop for good, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Gate, stops
from infusion_visits.core.moments import show_minutes, show_time
from infusion_visits.core.units import plain_number, with_unit
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.infusion.fields import RESUME, STOP
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.visits.pump_at_reaction import SLOWED, WHY
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.act_strip import ActStrip, AskedLine, KeyedButton
from infusion_visits.widgets.finding_lines import FindingLines
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.panel.desk import WorkspaceDesk
    from infusion_visits.visits.reaction import Reaction

_RECHECK = (AskedLine("happened_at", "Time"), AskedLine("words", "What is seen now", wide=True))
_RESUME = (AskedLine("at", "Time"), AskedLine("rate", "Rate", "mL/h"))
_STOP = (
    AskedLine("at", "Time"),
    AskedLine("why", "Why", wide=True),
    AskedLine("reading_ml", "Pump shows given", "mL"),
)
LOCKED = "Resuming is not offered at this visit, per agency protocol."


class DecisionCard(QFrame):
    """`closing_asked` leads to the complication's own form, where it is closed with its outcome."""

    closing_asked = Signal()

    def __init__(self, desk: WorkspaceDesk) -> None:
        super().__init__()
        self._desk = desk
        self._reaction: Reaction | None = None
        self._shut: list[Finding] = []
        self.strip: ActStrip | None = None
        self.setProperty("ground", "card")
        self.setAccessibleName("How it goes on")
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(12, 10, 12, 12)
        self._body.setSpacing(6)
        self._body.addWidget(PlainWords("How it goes on", "strong"))
        self.words = PlainWords("", "")
        self._body.addWidget(self.words)
        holder = QWidget()
        row = FlowLayout(holder, 8)
        self.again = ActButton("Recheck …", "Alt R")
        self.again.clicked.connect(self.recheck)
        self.on = KeyedButton("Resume …", "Alt U", Weight.PRIMARY)
        self.on.setObjectName("reaction.resume")
        self.on.clicked.connect(self.resume)
        self.off = KeyedButton("Stop for good …", "Alt X", Weight.DANGER)
        self.off.setObjectName("reaction.stop")
        self.off.clicked.connect(self.stop)
        self.close_it = ActButton("Close it, with its outcome")
        self.close_it.clicked.connect(self.closing_asked)
        for button in (self.again, self.on, self.off, self.close_it):
            row.addWidget(button)
        self._body.addWidget(holder)
        self.found = FindingLines(desk.override, self)
        self._body.addWidget(self.found)

    def show_reaction(self, reaction: Reaction, facts: Facts, findings: Sequence[Finding]) -> None:
        """What is possible now, and what keeps a restart shut."""
        self._reaction = reaction
        held = reaction.under_way and reaction.infusion is not None and not reaction.running
        may_resume = held and not reaction.locked and reaction.stopped_at is not None
        self._shut = stops(list(findings), Gate.RESUME) if may_resume else []
        self.on.setVisible(may_resume)
        self.on.setEnabled(not self._shut)
        rate = reaction.restart_rate
        at = f" at {with_unit(rate, 'mL/h')}" if rate else ""
        self.on.set_word(f"Resume{at} …")
        stops_now = reaction.infusion is not None and reaction.under_way
        self.off.setVisible(stops_now and (held or reaction.running))
        self.close_it.setVisible(reaction.open)
        self.found.show_findings(self._shut)
        self.words.say(self._said(reaction, facts), "danger" if reaction.locked else "")
        self.words.setVisible(bool(self.words.text()))
        if self.strip is not None and not reaction.open:
            self._leave()

    def _said(self, reaction: Reaction, facts: Facts) -> str:
        if reaction.locked:
            return LOCKED
        if reaction.decided_at is not None and reaction.resumed_rate is not None:
            minutes = figures_for(facts).after_restart_minutes
            how = "Slowed down" if reaction.decision == SLOWED else "Resumed"
            return (
                f"{how} {show_time(reaction.decided_at, facts.zone)} at "
                f"{with_unit(reaction.resumed_rate, 'mL/h')}: at least {show_minutes(minutes)} "
                "before a step. The observation counts anew."
            )
        if reaction.decided_at is not None:
            return f"Stopped for good {show_time(reaction.decided_at, facts.zone)}."
        if reaction.onset_rate and reaction.restart_rate:
            return (
                f"When it is gone: {with_unit(reaction.restart_rate, 'mL/h')}, half of "
                f"{with_unit(reaction.onset_rate, 'mL/h')} at onset, rounded down. "
                "Grade 1 may go on slower; grade 2 by order."
            )
        return ""

    def recheck(self) -> None:
        """How it is now, in words."""
        self._open("Recheck", _RECHECK, {"happened_at": "now"}, self._keep_recheck)

    def resume(self) -> None:
        """Half the rate at onset is offered; nothing where a restart is shut."""
        reaction = self._reaction
        if reaction is None or self.on.isHidden() or not self.on.isEnabled():
            return
        texts = {"at": "now"}
        if reaction.restart_rate:
            texts["rate"] = plain_number(reaction.restart_rate)
        self._open("Resume", _RESUME, texts, self._keep_resume)

    def stop(self) -> None:
        """The infusion ends here."""
        if not self.off.isHidden():
            self._open("Stop for good", _STOP, {"at": "now", "why": WHY}, self._keep_stop)

    def _open(
        self,
        word: str,
        asked: Sequence[AskedLine],
        texts: dict[str, str],
        keep: Callable[[dict[str, str]], str | None],
    ) -> None:
        if self._reaction is None:
            return
        self._leave()
        self.strip = ActStrip(word, asked, keep, self._leave, self)
        self.strip.fill(texts)
        self._body.addWidget(self.strip)
        self.strip.show()
        self.strip.focus_first()

    def _keep_recheck(self, texts: dict[str, str]) -> str | None:
        if not texts.get("words"):
            return "Say what is seen now."
        if self._reaction is None:
            return None
        row = Row("complication_step", (self._reaction.key,))
        return self._kept(self._desk.append(row, {"kind": of.RECHECK, **texts}))

    def _keep_resume(self, texts: dict[str, str]) -> str | None:
        if self._shut:
            return "Not yet: " + " ".join(one.words for one in self._shut)
        if not texts.get("rate"):
            return "Type the rate at which it is resumed, in mL/h."
        return self._event({"kind": RESUME, **texts})

    def _keep_stop(self, texts: dict[str, str]) -> str | None:
        return self._event({"kind": STOP, "why": WHY, **texts})

    def _event(self, texts: dict[str, str]) -> str | None:
        reaction = self._reaction
        if reaction is None or reaction.infusion is None:
            return None
        row = Row("infusion_event", reaction.infusion.mark.row.at)
        return self._kept(self._desk.append(row, texts))

    def _kept(self, words: str | None) -> str | None:
        if words is None:
            self._leave()
        return words

    def _leave(self) -> None:
        if self.strip is not None:
            self._body.removeWidget(self.strip)
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
