"""A place to drop files on, and to choose them by keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.icons import Sign
from infusion_visits.widgets.theme import CARD_RADIUS, colour
from infusion_visits.widgets.words import PlainWords


class DropArea(QWidget):
    """Takes local files and folders; gives their paths. Reads nothing itself."""

    dropped = Signal(list)
    choose_asked = Signal()

    def __init__(
        self, words: str, act: str = "Choose files", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAccessibleName(words)
        self._over = False
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 20, 24, 20)
        body.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        body.addWidget(Sign("drop", "quiet", 28), 0, middle)
        said = PlainWords(words, "quiet")
        said.setAlignment(middle)
        body.addWidget(said)
        self.button = ActButton(act)
        self.button.clicked.connect(self.choose_asked)
        body.addWidget(self.button, 0, middle)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from this computer are welcome; anything else is not."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._over = False
        self.update()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Gives the paths of the local files."""
        self._over = False
        self.update()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dashed border; full and coloured while files hang over it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(colour("accent" if self._over else "line"), 2 if self._over else 1)
            pen.setStyle(Qt.PenStyle.SolidLine if self._over else Qt.PenStyle.DashLine)
            painter.setPen(pen)
            if self._over:
                painter.setBrush(colour("accent_wash"))
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, CARD_RADIUS, CARD_RADIUS)
