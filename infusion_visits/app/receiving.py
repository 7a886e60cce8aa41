"""Files that come in at any screen: by dropping them, by choosing them, from a watched folder.

A strip over the screen shows how far it is; what became of the files stands there in plain words
until it is read. Nothing opens a window of its own, and no file is moved.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from infusion_visits.exchange.receiving import Report, Sorted, Told, receive, sort_out
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.messages import InlineMessage, ProgressStrip
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from PySide6.QtCore import QMimeData

    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

KINDS = "Notes, answers and patients (*.pdf *.ivanswer *.json *.ndjson);;All files (*)"
BUSY = "Files are being read. Bring in the others when that is done."
MOST_LINES = 6


class Receiving(QWidget):
    """The strip. `came` after notes or answers came in; `fhir` hands on what is a patient's data.

    `look` asks for the note that is to be looked at first (None: the inbox).
    """

    came = Signal(object)
    fhir = Signal(list)
    look = Signal(object)

    def __init__(self, desk: Desk[UnitOfWork], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("receiving")
        self._desk = desk
        self._work: Any = None
        self._first: UUID | None = None
        self._quiet = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.strip = ProgressStrip()
        self.strip.cancelled.connect(self.cancel)
        column.addWidget(self.strip)
        self.message = InlineMessage()
        self.message.setObjectName("receiving.message")
        self.message.acted.connect(self._read)
        column.addWidget(self.message)
        self._lines_box = QWidget()
        self._lines = QVBoxLayout(self._lines_box)
        self._lines.setContentsMargins(38, 4, 20, 8)
        self._lines.setSpacing(2)
        column.addWidget(self._lines_box)
        self._lines_box.hide()

    @property
    def under_way(self) -> bool:
        """Whether files are being read."""
        return self._work is not None

    def cancel(self) -> None:
        """Ends at the next file; what was filed stays."""
        if self._work is not None:
            self._work.cancel()

    def ask(self) -> None:
        """Asks for files."""
        files, _ = QFileDialog.getOpenFileNames(self, "Bring in files", "", KINDS)
        if files:
            self.bring_in([Path(file) for file in files])

    def bring_in(self, paths: Sequence[Path], *, quiet: bool = False) -> None:
        """Takes files and folders in. `quiet` tells only what is new: nobody asked for it."""
        if self.under_way:
            if not quiet:
                self._say(BUSY, "warn")
            return
        self._quiet = quiet
        if not quiet:
            self._say("")
            self.strip.show_progress(0, 0, "Looking at the files")
        new_unit = self._desk.run.new_unit

        def work(progress: Any) -> tuple[Sorted, Report]:
            found = sort_out(paths)
            return found, receive(found.notes, new_unit, progress, found.skipped)

        progress = None if quiet else self.strip.show_progress
        self._work = self._desk.run.long(work, self._done, self._failed, progress)

    def _done(self, answer: tuple[Sorted, Report]) -> None:
        found, report = answer
        self._end()
        if found.fhir and not report.cancelled:
            self.fhir.emit(list(found.fhir))
        news = [one for one in report.files if one.told is not Told.KNOWN]
        if self._quiet and not news:
            return
        if report.files or not found.fhir:
            self._tell(report)
        if report.files:
            self.came.emit(report)

    def _failed(self, error: BaseException) -> None:
        self._end()
        self._desk.report(error)

    def _end(self) -> None:
        self._work = None
        self.strip.finish()

    def _tell(self, report: Report) -> None:
        self._first = report.first
        bad = report.count(Told.NEEDS_YOU) + report.count(Told.REFUSED)
        looks = report.count(Told.FILED) + report.count(Told.NEEDS_YOU) > 0
        kind = "warn" if bad or report.cancelled else ("ok" if report.files else "quiet")
        self._say(report.sentence(), kind, "Review" if looks else "Close")
        told = [
            one.line()
            for one in report.files
            if one.told in {Told.REFUSED, Told.NEEDS_YOU, Told.ANSWER}
        ]
        for line in told[:MOST_LINES]:
            self._lines.addWidget(PlainWords(line, "small"))
        if len(told) > MOST_LINES:
            self._lines.addWidget(PlainWords(f"and {len(told) - MOST_LINES} more", "small"))
        self._lines_box.setVisible(bool(told))

    def _say(self, words: str, kind: str = "quiet", act: str = "") -> None:
        clear_out(self._lines)
        self._lines_box.hide()
        self._looks = act == "Review"
        self.message.say(words, kind, act or ("Close" if words else ""))

    def _read(self) -> None:
        looks = self._looks
        self._say("")
        if looks:
            self.look.emit(self._first)


def dropped(mime: QMimeData) -> list[Path]:
    """The files and folders of this computer among what is dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
