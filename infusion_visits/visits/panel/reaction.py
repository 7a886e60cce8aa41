"""A reaction on the screen: what is done first, what is seen, given and told, and how it goes on.

F9 brings it from anywhere. Alt with a figure charts a step of the agency as done now; Alt E goes to
epinephrine, Alt N 911 called, Alt P prescriber told, Alt G takes the suggested grade, Alt R
recheck, Alt U resume, Alt X stop for good; Ctrl Z takes a slip of the key back.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.core.cells import Row
from infusion_visits.core.moments import show_time
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.panel.action_line import ActionLine
from infusion_visits.sections.complications.panel.case_form import show_done
from infusion_visits.sections.complications.rules import catalogue_of
from infusion_visits.sections.complications.rules import kinds as does
from infusion_visits.sections.complications.rules.loop import duty_line
from infusion_visits.visits import reacting
from infusion_visits.visits.panel.reaction_cards import (
    STEP,
    KitCard,
    SignsAndGrade,
    ToldCard,
)
from infusion_visits.visits.panel.reaction_end import DecisionCard
from infusion_visits.visits.panel.reaction_words import pump_words, vitals_words
from infusion_visits.visits.reaction import ANAPHYLAXIS, INFUSION_REACTION, latest
from infusion_visits.visits.rules.reaction_rules import EPINEPHRINE_NOW
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.act_strip import ActStrip, AskedLine
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.words import PlainWords, set_property

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Action
    from infusion_visits.visits.open_visit import View
    from infusion_visits.visits.panel.desk import WorkspaceDesk
    from infusion_visits.visits.reaction import Reaction

PENDING = "The reaction is being written. Stop the pump, keep the line open, stay."
_TOLD_ASKS = (
    AskedLine("happened_at", "Time"),
    AskedLine("told_name", "Name", wide=True),
    AskedLine("order_received", "Order, word for word", wide=True),
    AskedLine("read_back", "Read back (yes, no)"),
)


class ReactionView(QWidget):
    """The protocol, derived from the record at every show. `vitals_asked` wants the vitals line,
    `closing_asked` the complication's own form, `gone` tells that there is no reaction any more."""

    vitals_asked = Signal()
    closing_asked = Signal()
    gone = Signal()

    def __init__(self, desk: WorkspaceDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reaction")
        self._desk = desk
        self.reaction: Reaction | None = None
        self._facts: Facts | None = None
        self._slip: reacting.Slip = ()
        self._shown_actions: tuple[Action, ...] = ()
        self.lines: list[ActionLine] = []
        self._strip: ActStrip | None = None
        body = self._body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addWidget(self._build_head())
        self.signs = SignsAndGrade(desk)
        self.steps = self._build_steps()
        self.told = ToldCard()
        self.told.called.connect(self.call_911)
        self.told.tell_asked.connect(self.tell)
        self.kit = KitCard(desk)
        self.decision = DecisionCard(desk)
        self.decision.closing_asked.connect(self.closing_asked)
        for card in (self.signs, self.steps, self.kit, self.told, self.decision):
            body.addWidget(card)
        body.addStretch(1)
        self._bind_keys()

    def _build_head(self) -> QFrame:
        self.head = QFrame()
        self.head.setProperty("ground", "warn")
        column = QVBoxLayout(self.head)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        self.first = PlainWords("", "countdown")
        self.title = PlainWords("", "title")
        self.pump = PlainWords("", "strong")
        self.vitals = PlainWords("", "strong")
        self.protocol = PlainWords("Per agency protocol and prescriber's order.", "small")
        for words in (self.first, self.title, self.pump, self.vitals, self.protocol):
            column.addWidget(words)
        self.acts = QWidget()
        row = FlowLayout(self.acts, 8)
        for word, key, weight, act in (
            ("Epinephrine …", "Alt E", Weight.DANGER, self.kit_first),
            ("911 called, now", "Alt N", Weight.DANGER, self.call_911),
            ("Prescriber told …", "Alt P", Weight.PLAIN, self.tell),
            ("Vital signs …", "Ctrl M", Weight.PLAIN, self.vitals_asked.emit),
        ):
            button = ActButton(word, key, weight)
            button.clicked.connect(act)
            row.addWidget(button)
        column.addWidget(self.acts)
        self.undo = ActButton("Take it back: no reaction, the pump was not stopped", "Ctrl Z")
        self.undo.setObjectName("reaction.undo")
        self.undo.clicked.connect(self.take_back)
        column.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        return self.head

    def _build_steps(self) -> QFrame:
        card = QFrame()
        card.setProperty("ground", "card")
        self._steps_body = QVBoxLayout(card)
        self._steps_body.setContentsMargins(12, 10, 12, 12)
        self._steps_body.setSpacing(6)
        self._steps_body.addWidget(PlainWords("In this order, per agency protocol", "strong"))
        return card

    def _bind_keys(self) -> None:
        keys: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+Z", self.take_back),
            ("Alt+E", self.kit_first),
            ("Alt+N", self.call_911),
            ("Alt+P", self.tell),
            ("Alt+G", self.signs.take_suggested),
            ("Alt+R", self.decision.recheck),
            ("Alt+U", self.decision.resume),
            ("Alt+X", self.decision.stop),
        ]
        keys += [(f"Alt+{number}", partial(self._act_number, number)) for number in range(1, 10)]
        for text, act in keys:
            shortcut = QShortcut(QKeySequence(text), self)
            # While the reaction is seen its keys are heard from the line for vitals too, where the
            # nurse is after each set; only undoing belongs to what is being typed there.
            if text == "Ctrl+Z":
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def show_pending(self) -> None:
        """The key was pressed and the record has not answered yet."""
        if self.reaction is None:
            self.title.say("Reaction")
            self.pump.say(PENDING)
            for words in (self.first, self.vitals, self.acts, self.undo, self.protocol):
                words.hide()
            for card in (self.signs, self.steps, self.kit, self.told, self.decision):
                card.hide()

    def show_view(self, view: View) -> None:
        """The protocol as the record has it now."""
        reaction = latest(view.record, view.facts)
        if reaction is None:
            if self.reaction is not None:
                self.reaction = None
                self.gone.emit()
            return
        self.reaction, self._facts = reaction, view.facts
        for card in (self.signs, self.steps, self.kit, self.told, self.decision, self.protocol):
            card.show()
        self.acts.show()
        self._in_order(reaction)
        self._show_head(reaction, view.facts)
        self.signs.show_reaction(reaction, view.facts)
        self._show_steps(reaction, view.facts)
        self.kit.show_reaction(reaction, view.facts, view.unsaved)
        catalogue = catalogue_of(view.facts)
        kind = catalogue.kind(reaction.value.what)
        duty = duty_line(reaction.value, kind, catalogue, view.facts)
        self.told.show_reaction(reaction, view.facts, duty)
        self.decision.show_reaction(reaction, view.facts, view.findings)

    def _in_order(self, reaction: Reaction) -> None:
        """What comes first stands first: with anaphylaxis the steps and the kit, else the signs."""
        cards: tuple[QWidget, ...] = (self.signs, self.steps, self.kit, self.told)
        if reaction.anaphylaxis:
            cards = (self.steps, self.kit, self.told, self.signs)
        if self._body.indexOf(cards[0]) != 1:
            for number, card in enumerate(cards, 1):
                self._body.insertWidget(number, card)

    def tick(self, now: datetime) -> None:
        """Another second: only what is counted changes."""
        if self.reaction is not None and self._facts is not None:
            self._show_head(self.reaction, replace(self._facts, now=now))

    def _show_head(self, reaction: Reaction, facts: Facts) -> None:
        zone = facts.zone
        set_property(self.head, "ground", "danger" if reaction.locked else "warn")
        self.first.say(EPINEPHRINE_NOW, "countdown")
        given = any("epinephrine" in (m.medicine or "").casefold() for m in reaction.medicines)
        done = given and reaction.called_911 is not None
        self.first.setVisible(reaction.anaphylaxis and not done and reaction.open)
        name = "Anaphylaxis" if reaction.anaphylaxis else "Reaction"
        came = "came back" if reaction.noticed > reaction.since else "since"
        self.title.say(f"{name}, {came} {show_time(reaction.noticed, zone)}")
        self.pump.say(pump_words(reaction, zone))
        self.vitals.setVisible(reaction.vitals_due is not None)
        if reaction.vitals_due is not None:
            self.vitals.say(*vitals_words(reaction.vitals_due, facts.now))
        self._slip = reacting.slip_of(reaction, facts)
        self.undo.setVisible(bool(self._slip))

    def _show_steps(self, reaction: Reaction, facts: Facts) -> None:
        actions = _actions(reaction, facts)
        if actions != self._shown_actions:
            self._make_steps(actions)
        show_done(self.lines, reaction.value, facts)
        for line, action in zip(self.lines, actions, strict=True):
            self._also_done(line, action, reaction, facts)

    def _make_steps(self, actions: tuple[Action, ...]) -> None:
        for line in self.lines:
            self._steps_body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._shown_actions = actions
        self.lines = []
        for number, action in enumerate(actions, 1):
            word = "Go" if action.does in _GOES else "Done"
            line = ActionLine(number, action.words, self.steps, word)
            line.done.connect(lambda action=action: self.act(action))
            line.skipped.connect(lambda why, action=action: self._step(action.words, why))
            self._steps_body.addWidget(line)
            line.show()
            self.lines.append(line)

    def _also_done(
        self, line: ActionLine, action: Action, reaction: Reaction, facts: Facts
    ) -> None:
        """What is charted in another place counts as done here."""
        times: list[datetime] = []
        if action.does == does.STOP_PUMP and reaction.stopped_at:
            times = [reaction.stopped_at]
        elif action.does == does.CALL_911 and reaction.called_911:
            times = [reaction.called_911]
        elif action.does == does.TAKE_VITALS:
            times = [one.at for one in reaction.vitals if one.at is not None]
        elif action.does == does.GIVE_EPINEPHRINE:
            given = [m for m in reaction.medicines if "epine" in (m.medicine or "").casefold()]
            which = 0 if self._shown_actions.index(action) < len(self._shown_actions) / 2 else 1
            times = [m.at for m in given[which : None if which else 1] if m.at is not None]
        if times:
            line.show_times([show_time(at, facts.zone) for at in times[-3:]])

    def act(self, action: Action) -> None:
        """A step of the agency: done now, or gone to where it is charted."""
        goes: dict[str, Callable[[], object]] = {
            does.CALL_911: self.call_911,
            does.TAKE_VITALS: self.vitals_asked.emit,
            does.GIVE_EPINEPHRINE: self.kit_first,
            "give_medicine": self.kit.show_all,
            "look_for_anaphylaxis": self.signs.take_focus,
            "restart": self.decision.resume,
        }
        goes.get(action.does, lambda: self._step(action.words))()

    def _act_number(self, number: int) -> None:
        if number <= len(self._shown_actions):
            self.act(self._shown_actions[number - 1])

    def _step(self, words: str, why_not: str = "") -> None:
        texts = {"kind": of.ACTION, "words": words, "happened_at": "now"}
        if why_not:
            texts["skipped"] = why_not
        self._append(texts)

    def _append(self, texts: dict[str, str]) -> str | None:
        if self.reaction is None:
            return None
        return self._desk.append(Row(STEP, (self.reaction.key,)), texts)

    def kit_first(self) -> None:
        """The keys go to epinephrine, Space gives it."""
        self.kit.to_epinephrine()

    def call_911(self) -> None:
        """911 was called, now."""
        texts = {
            "kind": of.TOLD,
            "happened_at": "now",
            "told_role": of.EMERGENCY,
            "told_how": "telephone",
            "reached": "reached",
        }
        self._append(texts)

    def tell(self) -> None:
        """The prescriber was reached: name, order word for word, read back."""
        if self._strip is not None:
            self._strip.focus_first()
            return
        self._strip = ActStrip("Told", _TOLD_ASKS, self._tell, self._leave_strip, self.told)
        self._strip.fill({"happened_at": "now"})
        self.told.body.addWidget(self._strip)
        self._strip.show()
        self._strip.focus_first()

    def _tell(self, texts: dict[str, str]) -> str | None:
        if texts.get("order_received") and not texts.get("read_back"):
            return "Was the order read back? Type yes or no."
        words = self._append(
            {
                "kind": of.TOLD,
                "told_role": of.PRESCRIBER,
                "told_how": "telephone",
                "reached": "reached",
                "happened_at": "now",
                **texts,
            }
        )
        if words is None:
            self._leave_strip()
        return words

    def _leave_strip(self) -> None:
        if self._strip is not None:
            self.told.body.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
            self._strip = None
            self.told.tell.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """The key was a slip: what it wrote is struck out, the pump runs on."""
        slip, visit = self._slip, self._desk.visit.id
        if slip:
            self._slip = ()
            self._desk.act(lambda unit: reacting.take_back(unit, visit, slip))

    def take_focus(self) -> None:
        """The keys go to the first signs; to epinephrine where it comes first."""
        if self.reaction is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.first.isVisibleTo(self):
            self.kit_first()
        else:
            self.signs.take_focus()


_GOES = frozenset(
    {
        does.TAKE_VITALS,
        does.GIVE_EPINEPHRINE,
        "give_medicine",
        "look_for_anaphylaxis",
        "restart",
    }
)


def _actions(reaction: Reaction, facts: Facts) -> tuple[Action, ...]:
    """The agency's steps: those of anaphylaxis once it is one, else those of the grade."""
    catalogue = catalogue_of(facts)
    if reaction.anaphylaxis:
        return catalogue.kind(ANAPHYLAXIS).actions
    kind = catalogue.kind(INFUSION_REACTION)
    grade = reaction.graded or reaction.suggested.grade
    return kind.actions_for(grade, catalogue.scales.get(kind.scale))
