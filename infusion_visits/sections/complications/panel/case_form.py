"""The form of one complication: what comes first, whom to tell, its steps, what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.fields import Sense
from infusion_visits.core.moments import show_instant
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.fields import (
    COMPLICATION_STEP,
    SECTION,
)
from infusion_visits.sections.complications.forms import about_form, step_form
from infusion_visits.sections.complications.panel.action_line import ActionLine
from infusion_visits.sections.complications.panel.signs_card import SignsCard
from infusion_visits.sections.complications.rules.loop import duty_line, loop_line
from infusion_visits.sections.complications.rules.state import (
    headline,
    loop_missing,
    state_of,
    steps_of,
)
from infusion_visits.sections.complications.rules.words import onset_words, step_time
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.parts_form import PartsForm
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.findings import Finding
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.patients.facts import CallFact, Facts
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
    from infusion_visits.sections.complications.values import Complication
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions

_PROTOCOL = "First, in this order, per agency protocol and prescriber order"
ROLE_LABELS = {option.key: option.label for option in of.ROLES}
QUICK = ((of.TOLD, "Told", "T"), (of.RECHECK, "Recheck", "R"), (of.CLOSED, "Close it", "C"))


class CaseDesk:
    """The visit's desk for one complication: a step happens now, on the scale of its kind."""

    def __init__(self, desk: VisitDesk, kind: Kind) -> None:
        self._desk = desk
        self._kind = kind

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text."""
        self._desk.typing(cell, text)

    def record(self, cell: Cell, text: str) -> str | None:
        """A field was left."""
        return self._desk.record(cell, text)

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a step; what is not said of it is now, and the usual scale."""
        made = dict(texts)
        if row.group == COMPLICATION_STEP.name:
            made.setdefault("happened_at", "now")
            if made.get("kind") in of.GRADED_STEPS and self._kind.scale:
                made.setdefault("scale", self._kind.scale)
        return self._desk.append(row, made)

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a mistaken row out."""
        self._desk.strike(row, reason)

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """Something could not be done."""
        self._desk.not_done(cell, reason, words)

    def override(self, finding: str, reason: str) -> None:
        """Goes past a stop that may be overridden."""
        self._desk.override(finding, reason)


class CaseForm(PartsForm):
    """One complication: what is missing to end it, what comes first, its steps, what it is."""

    def __init__(
        self,
        key: UUID,
        kind: Kind,
        catalogue: Catalogue,
        desk: VisitDesk,
        ref_options: RefOptions,
        sense: SenseSource | None,
        *,
        read_only: bool,
    ) -> None:
        self.key = key
        self.kind = kind
        self.case_desk = CaseDesk(desk, kind)
        super().__init__(SECTION, (), self.case_desk, ref_options, sense, read_only=read_only)
        self._read_only = read_only
        self._call: CallFact | None = None
        head = self.add_widget(QWidget())
        words = QVBoxLayout(head)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(4)
        self.title, self.state = PlainWords("", "title"), PlainWords("", "quiet")
        self.onset = PlainWords("", "quiet")
        self.duty = PlainWords("", "warn")
        self.loop = PlainWords("", "small")
        for one in (self.title, self.state, self.onset, self.duty, self.loop):
            words.addWidget(one)
        self.signs: SignsCard | None = None
        if kind.signs:
            self.signs = self.add_widget(SignsCard(kind, self.case_desk, read_only=read_only))
        self._build_actions()
        self._build_quick()
        self.steps = self.add_part(step_form(kind, catalogue), (key,))
        self.about = self.add_fold(about_form(kind), (key,), "About it, and what must be charted")
        if kind.document:
            self.add_widget(PlainWords(f"Also to be charted: {kind.document}.", "small"))

    def _build_actions(self) -> None:
        frame = QFrame()
        frame.setProperty("ground", "card")
        body = QVBoxLayout(frame)
        body.setContentsMargins(12, 10, 12, 12)
        body.setSpacing(6)
        body.addWidget(PlainWords(_PROTOCOL, "strong"))
        self.actions_shown = [
            ActionLine(number, action.words, frame)
            for number, action in enumerate(self.kind.actions, 1)
        ]
        for line in self.actions_shown:
            if self._read_only:
                line.set_read_only()
            line.done.connect(lambda line=line: self.act(line.action))
            line.skipped.connect(lambda why, line=line: self.act(line.action, why))
            body.addWidget(line)
        self.add_widget(frame)

    def _build_quick(self) -> None:
        holder = QWidget()
        row = FlowLayout(holder, 8)
        self.quick: dict[str, ActButton] = {}
        for kind, word, letter in QUICK:
            button = ActButton(word, f"Alt {letter}")
            button.clicked.connect(lambda _on=False, kind=kind: self.step(kind))
            row.addWidget(button)
            self.quick[kind] = button
        self.logged = ActButton("Told, as logged", "Alt L")
        self.logged.clicked.connect(self.take_logged)
        self.logged.hide()
        row.addWidget(self.logged)
        if self._read_only:
            holder.hide()
        self.add_widget(holder)

    def act(self, action: str, why_not: str = "") -> None:
        """An immediate action was done now, or is not done and why."""
        if not self._read_only:
            texts = {"kind": of.ACTION, "words": action}
            if why_not:
                texts["skipped"] = why_not
            self._say_refused(
                self.case_desk.append(Row(COMPLICATION_STEP.name, (self.key,)), texts)
            )

    def step(self, kind: str) -> None:
        """A step of this kind, now; its row opens for what it asks."""
        if self.steps.table is not None and not self._read_only:
            self.steps.table.add({"kind": kind})

    def take_logged(self) -> None:
        """The first call of the log that is not among the steps yet becomes one of them."""
        if self._call is None or self._read_only:
            return
        row = Row(COMPLICATION_STEP.name, (self.key,))
        self._say_refused(self.case_desk.append(row, told_texts(self._call, self._told_in)))

    def _say_refused(self, words: str | None) -> None:
        if words:
            self.duty.say(words, "danger")
            self.duty.show()

    def _show_logged(self, facts: Facts) -> None:
        mine = [one for one in facts.notices if one.complication == self.key]
        calls = [call for one in mine for call in one.calls]
        self._call = calls[0] if calls else None
        self._told_in = Sense(facts.now, facts.zone)
        if self._call is not None:
            label = ROLE_LABELS.get(self._call.role, self._call.role)
            time = show_instant(self._call.at, facts.zone, beside=facts.now)
            self.logged.set_word(f"Told {label} {time}, as logged")
        self.logged.setVisible(self._call is not None and not self._read_only)

    def show_case(
        self,
        complication: Complication,
        catalogue: Catalogue,
        facts: Facts,
        findings: Sequence[Finding],
        unsaved: Collection[Cell],
    ) -> None:
        """Shows what the record holds of it."""
        self.title.say(headline(complication, catalogue))
        state = state_of(complication)
        missing = loop_missing(complication, self.kind)
        still = f" · still to be charted: {', '.join(missing)}" if missing else ""
        self.state.say(f"{state.value.capitalize()}{still}", "quiet")
        onset = onset_words(complication, facts)
        self.onset.say(f"{onset[:1].upper()}{onset[1:]}")
        self.onset.setVisible(bool(onset))
        words, voice = duty_line(complication, self.kind, catalogue, facts)
        self.duty.say(words, voice or "warn")
        self.duty.setVisible(bool(words))
        self._show_logged(facts)
        self.loop.say(loop_line(complication, self.kind, catalogue, facts))
        if self.signs is not None:
            self.signs.show_case(complication, catalogue, facts)
        show_done(self.actions_shown, complication, facts)
        mine = [found for found in findings if is_about(found, self.key)]
        self.show_state(facts, mine, unsaved)
        self.steps.show_value(complication.complication_step, complication)
        self.about.show_value(complication, None)
        self.show_loose(mine)


def told_texts(call: CallFact, sense: Sense) -> dict[str, str]:
    """A call of the log as the texts of the step that it is."""
    at = COMPLICATION_STEP.leaf("happened_at")
    texts = {
        "kind": of.TOLD,
        "happened_at": at.text({at.name: call.at}, sense),
        "told_role": call.role,
        "told_name": call.who,
        "told_how": call.how,
        "reached": "reached",
        "order_received" if call.ordered else "answer": call.answer,
    }
    if call.read_back is not None:
        texts["read_back"] = "y" if call.read_back else "n"
    return {name: text for name, text in texts.items() if text}


def show_done(lines: Sequence[ActionLine], complication: Complication, facts: Facts) -> None:
    """When each action was done, or why it was not."""
    done: dict[str, list[str]] = {}
    why_not: dict[str, str] = {}
    for step in steps_of(complication):
        if step.kind != of.ACTION or not step.words:
            continue
        if step.skipped:
            why_not[step.words] = step.skipped
        else:
            done.setdefault(step.words, []).append(step_time(step, facts))
    for line in lines:
        line.show_times(done.get(line.action, []), why_not.get(line.action, ""))


def is_about(finding: Finding, key: UUID) -> bool:
    """Whether a finding speaks of this complication, beyond the exception that its title says."""
    cell = finding.cell
    # The exception itself is what the title says; it prints on page one.
    own = finding.code == f"{SECTION}.noticed"
    return cell is not None and bool(cell.row.at) and cell.row.at[0] == key and not own
