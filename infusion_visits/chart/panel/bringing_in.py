"""Files coming in: progress with a way to end it, one import at a time, and what it came to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from infusion_visits.chart.panel.import_report import summary
from infusion_visits.exchange.import_files import ImportReport, import_files
from infusion_visits.widgets.messages import InlineMessage, ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

BUSY = "Files are being read. Bring in the others when that is done."


class BringingIn(QWidget):
    """The strip over the chart. `finished` carries the report; `shown` asks for it to be shown."""

    finished = Signal(object)
    shown = Signal(object)

    def __init__(self, desk: Desk[UnitOfWork], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: Any = None
        self._report: ImportReport | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self.strip = ProgressStrip()
        self.strip.cancelled.connect(self.cancel)
        body.addWidget(self.strip)
        self.message = InlineMessage()
        self.message.setObjectName("patients.message")
        self.message.acted.connect(self._read_message)
        body.addWidget(self.message)

    @property
    def under_way(self) -> bool:
        """Whether files are being read."""
        return self._work is not None

    def cancel(self) -> None:
        """Ends the import at its next file; what was read stays."""
        if self._work is not None:
            self._work.cancel()

    def ask(self) -> bool:
        """Asks for files; says whether any were chosen."""
        files, _ = QFileDialog.getOpenFileNames(
            self, "Import", "", "FHIR files (*.json *.ndjson);;All files (*)"
        )
        if files:
            self.bring_in([Path(file) for file in files])
        return bool(files)

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Imports files and folders; each file is whole or not at all."""
        if self.under_way:
            self.message.say(BUSY, "warn", "Close")
            return
        self._report = None
        self.message.say("")
        self.strip.show_progress(0, len(paths), "Reading files")

        def work(progress: Any) -> ImportReport:
            return import_files(paths, self._desk.run.new_unit, progress)

        self._work = self._desk.run.long(work, self._done, self._failed, self.strip.show_progress)

    def tell(self, report: ImportReport) -> None:
        """One line instead of the whole report, while somebody is typing elsewhere."""
        self._report = report
        self.message.say(summary(report), "warn" if report.failed else "ok", "Report")

    def _read_message(self) -> None:
        report, self._report = self._report, None
        self.message.say("")
        if report is not None:
            self.shown.emit(report)

    def _done(self, report: ImportReport) -> None:
        self._work = None
        self.strip.finish()
        self.message.say("")
        self.finished.emit(report)

    def _failed(self, error: BaseException) -> None:
        self._work = None
        self.strip.finish()
        self._desk.report(error)


class TakesFiles(QWidget):
    """A screen onto which files and folders are dropped; `files` is where they come in."""

    files: BringingIn

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Imports files with progress and cancel; each file is whole or not at all."""
        self.files.bring_in(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from this computer are welcome."""
        if local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files come in."""
        event.acceptProposedAction()
        self.bring_in(local_paths(event.mimeData()))


def local_paths(mime: QMimeData) -> list[Path]:
    """The files and folders of this computer among what is dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
