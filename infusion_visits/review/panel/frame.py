"""What stands where on the review: head, inbox, the note in the middle, its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.review.panel.inbox_list import InboxList
from infusion_visits.review.panel.note_column import NoteColumn
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.messages import EmptyState, InlineMessage
from infusion_visits.widgets.note_view import NoteView
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from infusion_visits.widgets.note_view import LongLane

LIST_WIDTH, PAGES_WIDTH, NARROW = 330, 380, 1_060
"""Pixels; in a window narrower than `NARROW` the pages leave their room to the record."""


class ReviewFrame(QWidget):
    """The parts without what they do."""

    def __init__(self, run: LongLane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review")
        self._run = run
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.message = InlineMessage()
        self.message.setObjectName("review.told")
        column.addWidget(self.message)
        self._pages = QStackedWidget()
        column.addWidget(self._pages, 1)
        self._pages.addWidget(self._nothing())
        self._pages.addWidget(self._body())

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("rule", "below")
        head.setFixedHeight(60)
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(12)
        row.addWidget(PlainWords("Review", "title", wraps=False))
        self._counts = PlainWords("", "quiet", wraps=False)
        row.addWidget(self._counts)
        row.addStretch(1)
        self.send = ActButton("Send answers", "S")
        self.send.setObjectName("review.send")
        row.addWidget(self.send)
        self.files = ActButton("Choose files", "Ctrl I")
        self.files.setObjectName("review.files")
        row.addWidget(self.files)
        row.addWidget(PlainWords("or drop PDFs anywhere", "quiet", wraps=False))
        return head

    def _nothing(self) -> EmptyState:
        self.empty = EmptyState(
            "No note here yet",
            "Drop note PDFs, a folder of them or answers anywhere in this window. Each is "
            "checked and filed once; the worst comes first.",
            "Choose files",
            "Ctrl I",
            "drop",
        )
        return self.empty

    def _body(self) -> QWidget:
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        left = QFrame()
        left.setProperty("rule", "right")
        left.setFixedWidth(LIST_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.search = QLineEdit()
        self.search.setObjectName("review.search")
        self.search.setAccessibleName("Search the inbox")
        self.search.setPlaceholderText("Patient, nurse or reason")
        self.search.hide()
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(12, 8, 12, 8)
        around.addWidget(self.search)
        self.nothing = PlainWords("Nothing by these words.", "quiet")
        self.nothing.hide()
        around.addWidget(self.nothing)
        self._search_box = holder
        holder.hide()
        column.addWidget(holder)
        self.list = InboxList()
        column.addWidget(self.list, 1)
        across.addWidget(left)
        self.note = NoteColumn()
        across.addWidget(self.note, 1)
        self._side = side = QFrame()
        side.setProperty("rule", "left")
        side.setFixedWidth(PAGES_WIDTH)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        self.view = NoteView(self._run)
        self.view.setAccessibleName("The note's own pages")
        beside.addWidget(self.view)
        across.addWidget(side)
        return body

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the record comes before the pages."""
        super().resizeEvent(event)
        self._side.setVisible(event.size().width() >= NARROW)
