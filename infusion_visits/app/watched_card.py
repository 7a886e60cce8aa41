"""Settings, the folder that is watched for notes and answers: chosen, shown, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class WatchedCard(Card):
    """`chosen` carries the folder's path, "" when none is to be watched any more."""

    chosen = Signal(str)

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__("Notes that come in", parent=parent)
        self._folder = folder
        self.words = PlainWords("")
        self.add(self.words)
        self.add(
            PlainWords(
                "Note PDFs and answers that are put into it are checked and filed while the record "
                "is open. The files stay where they are.",
                "small",
            )
        )
        self.choose = ActButton("Choose a folder to watch")
        self.choose.setObjectName("settings.watch")
        self.choose.clicked.connect(self._choose)
        self.add(self.choose)
        self.stop = ActButton("Watch no folder")
        self.stop.setObjectName("settings.watch_no_more")
        self.stop.clicked.connect(lambda: self.watch(""))
        self.add(self.stop)
        self._show()

    def watch(self, folder: str) -> None:
        """This folder from now on."""
        self._folder = folder
        self._show()
        self.chosen.emit(folder)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "The folder to watch", self._folder)
        if folder:
            self.watch(folder)

    def _show(self) -> None:
        self.words.say(f"Watched: {self._folder}" if self._folder else "No folder is watched.")
        self.stop.setVisible(bool(self._folder))
