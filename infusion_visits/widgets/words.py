"""Labels for data: always plain text, so that nothing a person typed is ever read as markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class PlainWords(QLabel):
    """Words in one voice ("", quiet, small, label, strong, section, title, warn, danger, …).

    A QLabel guesses rich text from its content; patients and nurses type the content, so the
    guess is switched off once, here.
    """

    def __init__(
        self,
        text: str = "",
        voice: str = "",
        *,
        wraps: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(wraps)
        self.setProperty("voice", voice)
        self.setText(text)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def say(self, text: str, voice: str | None = None) -> None:
        """Changes the words, and the voice where one is given."""
        if text != self.text():
            self.setText(text)
        if voice is not None and voice != self.property("voice"):
            self.setProperty("voice", voice)
            restyle(self)


def restyle(widget: QWidget) -> None:
    """Has the style sheet looked at again after a dynamic property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Sets a property that the style sheet asks about; does nothing where it already has it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)


def button_text(text: str) -> str:
    """Text for a button or a menu: an ampersand stays an ampersand and is no mnemonic."""
    return text.replace("&", "&&")
