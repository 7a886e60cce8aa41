"""Cards: a title and what belongs to it, within a hairline. No card holds another card."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.icons import Sign
from infusion_visits.widgets.words import PlainWords, set_property


class Card(QFrame):
    """A surface with a title; `ground` is "card", or "accent" for what is running now."""

    def __init__(
        self, title: str = "", ground: str = "card", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", ground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(4)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._sign: Sign | None = None
        self.title = PlainWords(title, "strong")
        self._head.addWidget(self.title, 1)
        self.body.addLayout(self._head)
        self.title.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Changes the title."""
        self.title.say(title)
        self.title.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_ground(self, ground: str) -> None:
        """Changes the ground."""
        set_property(self, "ground", ground)

    def set_sign(self, name: str, ink: str) -> None:
        """Puts a sign before the title."""
        if self._sign is None:
            self._sign = Sign(name, ink)
            self._head.insertWidget(0, self._sign)
        self._sign.show_sign(name, ink)

    def add(self, widget: QWidget) -> None:
        """Adds something below."""
        self.body.addWidget(widget)

    def clear(self) -> None:
        """Takes out everything below the title."""
        clear_out(self.body)
