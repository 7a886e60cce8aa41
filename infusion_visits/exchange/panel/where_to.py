"""Where the notes go: the folder, the list beside them, the act, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.core.fields import Option
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.file_acts import FileActs
from infusion_visits.widgets.messages import InlineMessage, ProgressStrip
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.exchange.bulk_export import Exported

WITH_LIST = "list"
_BESIDE = (Option("none", "notes only"), Option(WITH_LIST, "with a worklist"))
_PLAIN = "Whoever can read the folder can read the notes. They are not encrypted there."
_NAMES = "The worklist is a PDF that names the patients, with a box for each note."


class WhereTo(QWidget):
    """The folder is remembered until the record is locked."""

    export_asked = Signal()

    def __init__(self, owner: QWidget, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card("Folder")
        self.line = QLineEdit(str(folder))
        self.line.setObjectName("export.folder")
        self.line.setAccessibleName("Folder for the notes")
        self.line.returnPressed.connect(self.take_focus)
        card.add(self.line)
        choose = ActButton("Choose a folder", weight=Weight.QUIET)
        choose.setObjectName("export.choose")
        choose.clicked.connect(self._choose)
        card.add(choose)
        card.add(PlainWords(_PLAIN, "small"))
        card.body.addSpacing(8)
        self._beside = PillRow(_BESIDE)
        self._beside.setAccessibleName("Worklist")
        self._beside.set_key("none")
        self._beside.moved.connect(self._show_names)
        self._beside.picked.connect(self._show_names)
        card.add(self._beside)
        self._names = PlainWords(_NAMES, "small")
        self._names.hide()
        card.add(self._names)
        column.addWidget(card)
        self.button = ActButton("Export", "Ctrl Enter", Weight.PRIMARY)
        self.button.setObjectName("export.run")
        self.button.clicked.connect(self.export_asked)
        column.addWidget(self.button)
        self.strip = ProgressStrip()
        column.addWidget(self.strip)
        self.message = InlineMessage()
        self.message.setObjectName("export.message")
        column.addWidget(self.message)
        self.acts = FileActs(owner)
        self.acts.said.connect(lambda words: self.message.say(words, "ok"))
        column.addWidget(self.acts)
        self._count = 0

    @property
    def folder(self) -> Path:
        """The folder as typed or chosen."""
        return Path(self.line.text().strip() or ".").expanduser()

    @property
    def with_worklist(self) -> bool:
        """Whether a list is to lie beside the notes."""
        return self._beside.key() == WITH_LIST

    def take_focus(self) -> None:
        """The keys go to the act, so that Enter does it."""
        self.button.setFocus()

    def forget(self) -> None:
        """What an earlier export came to is no longer shown."""
        self.message.say("")
        self.acts.show_files(())

    def show_count(self, count: int) -> None:
        """How many notes would go out now."""
        self._count = count
        self._enable(True)
        many = "Export the note" if count == 1 else f"Export {count} notes"
        self.button.set_word(many if count else "Nothing to export")

    def begin(self, count: int) -> None:
        """While notes are written nothing is asked for twice; Escape ends it."""
        self.forget()
        self._enable(False)
        self.strip.show_progress(0, count, f"Note 1 of {count}")
        self.strip.cancel.setFocus()

    def end(self) -> None:
        """Nothing is under way any more."""
        self.strip.finish()
        self._enable(True)

    def show_done(self, done: Exported) -> None:
        """What is in the folder, and what can be done with it."""
        self.end()
        files = done.files if done.worklist is None else (*done.files, done.worklist)
        trouble = "danger" if done.trouble is not None else "warn"
        self.message.say(done.words, "ok" if done.whole else trouble)
        self.acts.show_files(files)
        (self.acts.folder if files else self.button).setFocus()

    def _enable(self, free: bool) -> None:
        for widget in (self.line, self._beside):
            widget.setEnabled(free)
        self.button.setEnabled(free and self._count > 0)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for the notes", self.line.text())
        if chosen:
            self.line.setText(chosen)
            self.take_focus()

    def _show_names(self) -> None:
        self._names.setVisible(self.with_worklist)
