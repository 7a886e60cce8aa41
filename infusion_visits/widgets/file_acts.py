"""What can be done with files that were just written: open their folder, copy them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from infusion_visits.widgets.act_button import ActButton

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# File managers of GNOME read this, all others the plain list of addresses.
_GNOME = "x-special/gnome-copied-files"


class FileActs(QWidget):
    """Two acts below one another; not there while there are no files. `said` tells what was done.

    `owner` is the screen in which the keys Ctrl O and Ctrl C are heard; a field of words that has
    the keys copies its own words first.
    """

    said = Signal(str)

    def __init__(self, owner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[Path, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.folder = ActButton("Open the folder", "Ctrl O")
        self.folder.setObjectName("files.folder")
        self.folder.clicked.connect(self._open_folder)
        column.addWidget(self.folder)
        self.copy = ActButton("Copy the file", "Ctrl C")
        self.copy.setObjectName("files.copy")
        self.copy.clicked.connect(self._copy)
        column.addWidget(self.copy)
        for keys, act in (("Ctrl+O", self._open_folder), ("Ctrl+C", self._copy)):
            shortcut = QShortcut(QKeySequence(keys), owner)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        self._copied: list[QUrl] = []
        # Qt crashes when it ends with data of ours still on its clipboard.
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.forget_copied)
        self.hide()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that the acts are about."""
        return self._files

    def show_files(self, files: Sequence[Path]) -> None:
        """Offers the acts for these files; without any it is not there."""
        self._files = tuple(files)
        count = len(self._files)
        self.copy.set_word("Copy the file" if count == 1 else f"Copy the {count} files")
        self.setVisible(bool(files))

    def forget_copied(self) -> None:
        """At the lock: what was copied here is on the clipboard no longer, if it still is.

        Threat: somebody else at the unlocked desktop pastes a patient's note.
        """
        clipboard = QGuiApplication.clipboard()
        copied, self._copied = self._copied, []
        there = cast("QMimeData | None", clipboard.mimeData())
        # Qt has no data at all where nothing is on the clipboard, whatever its types say.
        if copied and there is not None and there.urls() == copied:
            clipboard.clear()

    def _open_folder(self) -> None:
        if not self._files:
            return
        folder = self._files[0].parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.said.emit(f"This system opens no folder by itself. The files lie in {folder}.")

    def _copy(self) -> None:
        """Puts the files themselves on the clipboard, as a file manager does: their addresses."""
        if not self._files:
            return
        urls = [QUrl.fromLocalFile(str(path)) for path in self._files]
        data = QMimeData()
        data.setUrls(urls)
        listed = "\n".join(bytes(url.toEncoded().data()).decode() for url in urls)
        data.setData(_GNOME, f"copy\n{listed}".encode())
        QGuiApplication.clipboard().setMimeData(data)
        self._copied = urls
        many = "The file is" if len(urls) == 1 else f"The {len(urls)} files are"
        self.said.emit(f"{many} on the clipboard: paste into mail or another folder.")
