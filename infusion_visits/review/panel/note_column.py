"""The middle of the review: what checking said, whose note it is, the record, what is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.notes.panel.paper_area import PaperArea
from infusion_visits.review.panel.ask_line import AskLine
from infusion_visits.review.panel.verdict_box import VerdictBox
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.jump_line import JumpLine
from infusion_visits.widgets.messages import InlineMessage
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from infusion_visits.notes.panel.paper import NotePaper

_SIDE = 20
ACTS = (
    ("approve", "Approve", "A", Weight.PRIMARY),
    ("return", "Return", "R", Weight.PLAIN),
    ("question", "Question", "Q", Weight.PLAIN),
    ("undo", "Undo", "U", Weight.PLAIN),
    ("next", "Next", "J", Weight.PLAIN),
)


class NoteColumn(QWidget):
    """Shows one note. `asked` carries the name of the act that was pressed."""

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        self._head = QVBoxLayout(head)
        self._head.setContentsMargins(_SIDE, 14, _SIDE, 10)
        self._head.setSpacing(6)
        self.verdict = VerdictBox()
        self._head.addWidget(self.verdict)
        self.message = InlineMessage()
        self.message.setObjectName("review.message")
        self._head.addWidget(self.message)
        self.name = PlainWords("", "title")
        self._head.addWidget(self.name)
        self.beside = PlainWords("", "quiet")
        self._head.addWidget(self.beside)
        self._whole = QVBoxLayout()
        self._whole.setSpacing(2)
        self._head.addLayout(self._whole)
        column.addWidget(head)
        self.area = PaperArea()
        column.addWidget(self.area, 1)
        foot = QFrame()
        foot.setProperty("rule", "above")
        below = QVBoxLayout(foot)
        below.setContentsMargins(_SIDE, 8, _SIDE, 10)
        below.setSpacing(8)
        self.ask = AskLine()
        below.addWidget(self.ask)
        self.decided = PlainWords("", "strong")
        below.addWidget(self.decided)
        acts = QWidget()
        acts.setLayout(self._acts())
        # One primary act at a time: while something is asked, it is the line's own.
        self.ask.asks.connect(lambda asks: acts.setVisible(not asks))
        below.addWidget(acts)
        column.addWidget(foot)

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.buttons: dict[str, ActButton] = {}
        for name, word, key, weight in ACTS:
            button = ActButton(word, key, weight, narrow=True)
            button.setObjectName(f"review.{name}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
            self.buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    @property
    def paper(self) -> NotePaper:
        """The painted record."""
        return self.area.paper

    def show_head(self, name: str, beside: str) -> None:
        """Whose visit it is, when, and by whom."""
        self.name.say(name)
        self.beside.say(beside)
        self.beside.setVisible(bool(beside))

    def show_asked_of_all(self, questions: Sequence[str]) -> None:
        """Questions to the note as a whole stand above it."""
        clear_out(self._whole)
        for words in questions:
            self._whole.addWidget(PlainWords(f"Question to the whole note: {words}", "warn"))

    def show_choices(self, lines: Sequence[tuple[str, object]]) -> None:
        """What a person has to choose before the note can be filed."""
        clear_out(self._whole)
        for words, choice in lines:
            jump = JumpLine(words, "accent", "right")
            jump.opened.connect(lambda choice=choice: self.chosen.emit(choice))
            self._whole.addWidget(jump)

    def show_decided(self, words: str) -> None:
        """What was decided and is not sent yet."""
        self.decided.say(words)
        self.decided.setVisible(bool(words))

    def may(self, acts: Callable[[str], bool]) -> None:
        """Which acts there are now."""
        for name, button in self.buttons.items():
            button.setEnabled(acts(name))
