"""One step of the team's screen: what it is about, six words to compare, what is asked, one act."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from infusion_visits.core.fields import Option
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.words import PlainWords

SAME = "same"
CHOICE = "choice"
_COMPARED = (Option(SAME, "The words are the same"), Option("other", "They differ"))


@dataclass(frozen=True)
class Asked:
    """A line to be typed; `secret` for a passphrase, `needed` where it must not stay empty."""

    key: str
    label: str
    hint: str = ""
    secret: bool = False
    needed: bool = True
    text: str = ""


@dataclass(frozen=True)
class Told:
    """Everything that a step shows. `words` are six to compare where `compare` is a question.

    `acts` are the buttons by key, the first the main one; `choice` are options of which one is
    chosen, the first unless another is.
    """

    title: str
    lines: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    compare: str = ""
    asked: tuple[Asked, ...] = ()
    choice: tuple[Option, ...] = ()
    acts: tuple[tuple[str, str], ...] = (("done", "Close"),)
    danger: bool = False
    name: str = field(default="step")


class Step(Card):
    """`acted` with the key of the button and the texts; `left` when it was not to be."""

    acted = Signal(str, object)
    left = Signal()

    def __init__(self, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(told.title, "accent", parent)
        self.setObjectName(f"team.{told.name}")
        self.told = told
        for line in told.lines:
            self.add(PlainWords(line))
        self.compared: PillRow | None = None
        if told.words:
            self._show_words()
        self.choice: PillRow | None = None
        if told.choice:
            self.choice = PillRow(told.choice)
            self.choice.setObjectName(f"team.{told.name}.choice")
            self.choice.set_key(told.choice[0].key)
            self.add(self.choice)
        self.fields = {one.key: self._field(one) for one in told.asked}
        self.trouble = PlainWords("", "danger")
        self.trouble.setObjectName(f"team.{told.name}.trouble")
        self.trouble.hide()
        self.add(self.trouble)
        self.buttons: list[ActButton] = []
        self._add_buttons()
        self._go_on_by_enter()

    def _show_words(self) -> None:
        told = self.told
        for start in (0, 3):
            words = PlainWords("   ".join(told.words[start : start + 3]), "section")
            words.setContentsMargins(12, 2, 0, 2)
            words.setAccessibleName(", ".join(told.words[start : start + 3]))
            self.add(words)
        if told.compare:
            self.add(PlainWords(told.compare, "label"))
            self.compared = PillRow(_COMPARED)
            self.compared.setObjectName(f"team.{told.name}.compared")
            self.compared.setAccessibleName(told.compare)
            self.add(self.compared)

    def _field(self, asked: Asked) -> QLineEdit:
        label = PlainWords(asked.label, "label")
        label.setContentsMargins(0, 6, 0, 0)
        self.add(label)
        line = QLineEdit(asked.text)
        line.setObjectName(f"team.{self.told.name}.{asked.key}")
        line.setAccessibleName(asked.label)
        line.setPlaceholderText(asked.hint)
        if asked.secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self.add(line)
        return line

    def _add_buttons(self) -> None:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 8, 0, 0)
        across.setSpacing(8)
        for number, (key, word) in enumerate(self.told.acts):
            weight = Weight.DANGER if self.told.danger else Weight.PRIMARY
            button = ActButton(word, weight=Weight.PLAIN if number else weight)
            button.setObjectName(f"team.{self.told.name}.{key}")
            button.clicked.connect(lambda _on=False, key=key: self.act(key))
            across.addWidget(button)
            self.buttons.append(button)
        if self.told.acts[0][0] != "done":
            back = ActButton("Leave it", "Esc", Weight.QUIET)
            back.clicked.connect(self.left)
            across.addWidget(back)
        across.addStretch(1)
        self.add(row)

    def _go_on_by_enter(self) -> None:
        """Enter goes from line to line, and acts in the last."""
        lines = list(self.fields.values())
        for line, following in itertools.pairwise(lines):
            line.returnPressed.connect(following.setFocus)
        if lines:
            lines[-1].returnPressed.connect(lambda: self.act(self.told.acts[0][0]))
        for row in (self.compared, self.choice):
            if row is not None:
                row.entered.connect(lambda row=row: self._after(row))

    def _after(self, row: PillRow) -> None:
        stops: list[QWidget] = [*self.fields.values(), *self.buttons]
        if row is self.compared and self.choice is not None:
            self.choice.take_focus()
        else:
            stops[0].setFocus()

    def act(self, key: str) -> None:
        """Does it, unless something is missing: then it says what, and goes there."""
        if not self.buttons[0].isEnabled():
            return
        if self.compared is not None and self.compared.key() != SAME:
            differ = self.compared.key() == "other"
            self.say(
                "Then this file is not theirs, or was exchanged on its way. Do not go on: call "
                "them, and have it sent again."
                if differ
                else "Compare the six words by telephone first."
            )
            self.compared.take_focus()
            return
        for one in self.told.asked:
            if one.needed and not self.fields[one.key].text().strip():
                self.say(f"{one.label}: this is needed.")
                self.fields[one.key].setFocus()
                return
        self.say("")
        texts = {key: line.text() for key, line in self.fields.items()}
        if self.choice is not None:
            texts[CHOICE] = self.choice.key() or self.told.choice[0].key
        self.acted.emit(key, texts)

    def say(self, words: str) -> None:
        """What is missing, or why it was not done; nothing where there is nothing to say."""
        self.trouble.say(words)
        self.trouble.setVisible(bool(words))

    def set_busy(self, busy: bool) -> None:
        """While it is done nothing can be pressed twice."""
        for button in self.buttons:
            button.setEnabled(not busy)

    def forget(self) -> None:
        """No passphrase stays in a widget."""
        for one in self.told.asked:
            if one.secret:
                self.fields[one.key].clear()

    def take_focus(self) -> None:
        """The keys go to the first thing that is to be done."""
        if self.compared is not None:
            self.compared.take_focus()
        elif self.choice is not None:
            self.choice.take_focus()
        else:
            first: list[QWidget] = [*self.fields.values(), *self.buttons]
            first[0].setFocus()
