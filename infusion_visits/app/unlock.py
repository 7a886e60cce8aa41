"""The first screen: who, and the passphrase; or, where there is no record yet, how to begin.

Loads nothing of the record's machinery: the window must stand before that is imported.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.core.fields import Option
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Sequence

CARD_WIDTH = 440
MEMBER_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Opener:
    """Somebody who may unlock: the name stands on the slot of the key file."""

    member: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SetUp:
    """What setting up an agency asks."""

    agency: str
    telephone: str
    name: str
    credential: str
    passphrase: str
    role: str = "nurse"


class UnlockScreen(QWidget):
    """Emits what the person wants; the window does it and says what came of it by `say`."""

    unlock_asked = Signal(object, str)
    demo_asked = Signal()
    set_up_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unlock")
        # One of these is shown at a time, and the card is as high as that one.
        self._pages = (self._first_page(), self._unlock_page(), self._set_up_page())
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        line = QHBoxLayout()
        line.addStretch(1)
        card = QFrame(self)
        card.setProperty("ground", "card")
        card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.setSpacing(12)
        inside.addWidget(PlainWords("Infusion Visits", "title"))
        for page in self._pages:
            inside.addWidget(page)
            page.hide()
        self._words = PlainWords("", "quiet")
        self._words.setObjectName("unlock.words")
        self._words.setAccessibleName("What happened")
        inside.addWidget(self._words)
        self._words.hide()
        line.addWidget(card)
        line.addStretch(1)
        outer.addLayout(line)
        outer.addStretch(3)
        self._waiting = QTimer(self, interval=1000)
        self._waiting.timeout.connect(self._count_down)
        self._seconds = 0
        self._refused = ""

    def show_first_start(self) -> None:
        """No record on this laptop yet."""
        self._show(0, self._set_up_button)

    def show_members(self, openers: Sequence[Opener], *, demo: bool = False) -> None:
        """Who may unlock; the only one is chosen already."""
        self._members.clear()
        for opener in openers:
            item = QListWidgetItem(opener.name)
            item.setData(MEMBER_ROLE, opener.member)
            self._members.addItem(item)
        self._members.setCurrentRow(0)
        rows = min(len(openers), 5)
        self._members.setFixedHeight(rows * 28 + 12)
        self._demo_hint.setVisible(demo)
        self._other_demo.setVisible(not demo)
        self._passphrase.clear()
        self._show(1, self._passphrase)

    def say(self, words: str, voice: str = "quiet") -> None:
        """What is happening, or what went wrong; the passphrase can be typed again."""
        self._words.say(words, voice)
        self._words.setVisible(bool(words))

    def set_busy(self, busy: bool) -> None:
        """While the key is being stretched nothing can be pressed twice."""
        for widget in (self._unlock_button, self._passphrase, self._make_button, self._demo_button):
            widget.setEnabled(not busy)

    def try_again(self, words: str) -> None:
        """The passphrase opened nothing: said plainly, the field ready for the next try."""
        self.set_busy(False)
        self._refused = words
        self.say(words, "danger")
        self._passphrase.selectAll()
        self._passphrase.setFocus()

    def wait(self, seconds: int) -> None:
        """Guessing is slowed down after several wrong tries; counts down in words."""
        self._seconds = seconds
        self._unlock_button.setEnabled(seconds <= 0)
        if seconds > 0:
            self._waiting.start()
            self._count_down()

    def _count_down(self) -> None:
        if self._seconds <= 0:
            self._waiting.stop()
            self._unlock_button.setEnabled(True)
            self.say("")
            return
        self.say(f"{self._refused} Wait {self._seconds} s, then try again.".strip(), "warn")
        self._seconds -= 1

    def _show(self, page: int, focus: QWidget) -> None:
        for number, one in enumerate(self._pages):
            one.setVisible(number == page)
        self.say("")
        self.set_busy(False)
        focus.setFocus()

    def _first_page(self) -> QWidget:
        page, inside = _page()
        inside.addWidget(
            PlainWords(
                "Everything stays on this laptop, encrypted. There is no account and no network.",
                "quiet",
            )
        )
        self._set_up_button = ActButton("Set up my agency", weight=Weight.PRIMARY)
        self._set_up_button.setObjectName("unlock.set_up")
        self._set_up_button.clicked.connect(self._ask_set_up)
        inside.addSpacing(4)
        inside.addWidget(self._set_up_button)
        inside.addSpacing(4)
        self._demo_button = ActButton("Explore the demo agency")
        self._demo_button.setObjectName("unlock.demo")
        self._demo_button.clicked.connect(self.demo_asked)
        inside.addWidget(self._demo_button)
        inside.addWidget(
            PlainWords(
                "The demo agency has made-up patients and a folder of its own. "
                "Its passphrase is: explore the demo agency",
                "small",
            )
        )
        return page

    def _unlock_page(self) -> QWidget:
        page, inside = _page()
        inside.addWidget(PlainWords("Who", "label"))
        self._members = QListWidget()
        self._members.setObjectName("unlock.who")
        self._members.setAccessibleName("Who")
        inside.addWidget(self._members)
        inside.addSpacing(8)
        inside.addWidget(PlainWords("Passphrase", "label"))
        self._passphrase = _secret("unlock.passphrase", "Passphrase")
        self._passphrase.returnPressed.connect(self._ask_unlock)
        self._passphrase.installEventFilter(self)
        inside.addWidget(self._passphrase)
        self._caps = PlainWords("Caps lock is on", "warn")
        self._caps.hide()
        inside.addWidget(self._caps)
        self._unlock_button = ActButton("Unlock", "Enter", Weight.PRIMARY)
        self._unlock_button.setObjectName("unlock.unlock")
        self._unlock_button.clicked.connect(self._ask_unlock)
        inside.addSpacing(8)
        inside.addWidget(self._unlock_button)
        self._demo_hint = PlainWords(
            "Demo agency. Its passphrase is: explore the demo agency", "small"
        )
        inside.addWidget(self._demo_hint)
        self._other_demo = ActButton("Explore the demo agency instead", weight=Weight.QUIET)
        self._other_demo.clicked.connect(self.demo_asked)
        inside.addWidget(self._other_demo)
        return page

    def _set_up_page(self) -> QWidget:
        page, inside = _page()
        self._fields: dict[str, QLineEdit] = {}
        for name, label, hint in (
            ("agency", "Agency", "Riverbend Home Infusion"),
            ("telephone", "Agency's telephone, day and night", ""),
            ("name", "Your name", "as it stands under your notes"),
            ("credential", "Credential", "RN, CRNI"),
        ):
            inside.addWidget(PlainWords(label, "label"))
            field = QLineEdit()
            field.setObjectName(f"set_up.{name}")
            field.setAccessibleName(label)
            field.setPlaceholderText(hint)
            self._fields[name] = field
            inside.addWidget(field)
            inside.addSpacing(8)
        inside.addWidget(PlainWords("You are", "label"))
        self._role = PillRow((Option("nurse", "Nurse"), Option("coordinator", "Coordinator")))
        self._role.setObjectName("set_up.role")
        self._role.setAccessibleName("You are")
        self._role.set_key("nurse")
        inside.addWidget(self._role)
        inside.addSpacing(8)
        inside.addWidget(PlainWords("Passphrase: four words, or 12 characters and more", "label"))
        self._new = _secret("set_up.passphrase", "Passphrase")
        self._again = _secret("set_up.again", "Passphrase once more")
        self._again.setPlaceholderText("once more")
        inside.addWidget(self._new)
        inside.addSpacing(4)
        inside.addWidget(self._again)
        inside.addWidget(
            PlainWords("Nobody can open the record without it. Keep it in a safe place.", "small")
        )
        self._make_button = ActButton("Set up", "Enter", Weight.PRIMARY)
        self._make_button.setObjectName("set_up.make")
        self._make_button.clicked.connect(self._ask_make)
        inside.addSpacing(8)
        inside.addWidget(self._make_button)
        back = ActButton("Back", "Esc", Weight.QUIET)
        back.clicked.connect(self.show_first_start)
        inside.addWidget(back)
        boxes = [*self._fields.values(), self._new, self._again]
        for box, following in itertools.pairwise(boxes):
            box.returnPressed.connect(following.setFocus)
        boxes[-1].returnPressed.connect(self._ask_make)
        return page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back from setting up."""
        if event.key() == Qt.Key.Key_Escape and self._pages[2].isVisible():
            self.show_first_start()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt does not tell the caps lock; a letter in the wrong case without shift does."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text = event.text()
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if len(text) == 1 and text.isalpha():
                self._caps.setVisible(text.isupper() != shift)
        return super().eventFilter(watched, event)

    def _ask_set_up(self) -> None:
        self._show(2, self._fields["agency"])

    def _ask_unlock(self) -> None:
        item: QListWidgetItem | None = self._members.currentItem()
        if item is None or not self._unlock_button.isEnabled():
            return
        self.set_busy(True)
        self.say("Unlocking ...")
        self.unlock_asked.emit(item.data(MEMBER_ROLE), self._passphrase.text())

    def _ask_make(self) -> None:
        for name, field in self._fields.items():
            if name in {"agency", "name"} and not field.text().strip():
                self.say(f"{field.accessibleName()} is needed.", "danger")
                field.setFocus()
                return
        if self._new.text() != self._again.text():
            self.say("The two passphrases differ.", "danger")
            self._again.setFocus()
            return
        self.set_busy(True)
        self.say("Setting up ...")
        texts = {name: field.text() for name, field in self._fields.items()}
        role = self._role.key() or "nurse"
        self.set_up_asked.emit(SetUp(**texts, passphrase=self._new.text(), role=role))

    def forget(self) -> None:
        """No passphrase stays in a widget once the record is open."""
        for field in (self._passphrase, self._new, self._again):
            field.clear()


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    inside = QVBoxLayout(page)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(4)
    return page, inside


def _secret(name: str, label: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(label)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
