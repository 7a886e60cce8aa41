"""The safety pane in a narrow window: what runs, its countdown and what is open, in one column.

At 200 % a laptop's screen leaves no room for form and pane side by side. What must not be missed
stays in sight here; the whole pane comes by one key or one press, over the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

STRIP_WIDTH = 96
PANE_KEY = "F5"


@dataclass(frozen=True, slots=True)
class Brief:
    """What the strip says: the infusion's state, countdown and next act, what shuts it, counts."""

    title: str = ""
    countdown: str = ""
    following: str = ""
    shut: bool = False
    alerts: int = 0
    missing: int = 0
    reaction: bool = False


class SafetyStrip(QFrame):
    """Pressed anywhere it asks for the pane; the reaction's button stands in it while one runs."""

    pane_asked = Signal()
    reaction_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("safety.strip")
        self.setAccessibleName("Safety, in brief")
        self.setProperty("rule", "left")
        self.setFixedWidth(STRIP_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(2)
        self._title = PlainWords("", "small")
        self._count = PlainWords("", "section")
        self._next = PlainWords("", "small")
        self._shut = PlainWords("Not yet: see why", "danger")
        self._alerts = PlainWords("", "warn")
        self._missing = PlainWords("", "small")
        for words in (
            self._title,
            self._count,
            self._next,
            self._shut,
            self._alerts,
            self._missing,
        ):
            column.addWidget(words)
        column.addStretch(1)
        self.reaction = ActButton("Reaction", "", Weight.DANGER, narrow=True)
        self.reaction.setObjectName("safety.strip.reaction")
        self.reaction.clicked.connect(self.reaction_asked)
        column.addWidget(self.reaction)
        self.open = ActButton("Safety", PANE_KEY, narrow=True)
        self.open.setObjectName("safety.strip.open")
        self.open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.open.clicked.connect(self.pane_asked)
        column.addWidget(self.open)
        self.below = column

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The strip is a target as high as the window."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pane_asked.emit()

    def show_brief(self, brief: Brief) -> None:
        """Says what there is; what there is not takes no room."""
        self._say(self._title, brief.title)
        self._say(self._count, brief.countdown)
        self._say(self._next, brief.following)
        self._shut.setVisible(brief.shut)
        self._say(self._alerts, f"{brief.alerts} to heed" if brief.alerts else "")
        self._say(self._missing, f"{brief.missing} missing" if brief.missing else "")
        self.reaction.setVisible(brief.reaction)

    def _say(self, label: PlainWords, words: str) -> None:
        label.say(words)
        label.setVisible(bool(words))
