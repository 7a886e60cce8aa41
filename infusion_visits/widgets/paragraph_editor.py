"""Free words over several lines: grows with what is written, Ctrl+Enter or Tab leaves it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from infusion_visits.widgets.editor import Editor, SenseSource, is_control_enter

if TYPE_CHECKING:
    from infusion_visits.core.fields import Text

LINE_HEIGHT = 22
MOST_LINES = 14
_EDGES = 12


class Paragraph(QPlainTextEdit):
    """A plain text edit as high as its words, up to fourteen lines; then it scrolls."""

    def __init__(self, editor: ParagraphEditor, lines: int) -> None:
        super().__init__(editor)
        self._editor = editor
        self._least = lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Takes the height that the words need."""
        layout = self.document().documentLayout()
        rows = ceil(layout.documentSize().height())
        lines = min(max(rows, self._least), MOST_LINES)
        height = lines * max(LINE_HEIGHT, self.fontMetrics().lineSpacing()) + _EDGES
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width wraps the words anew."""
        super().resizeEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        """Wide by preference; the height is fixed by the words."""
        return QSize(320, self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter leaves the field and moves on; Enter is a new line."""
        if is_control_enter(event):
            self._editor.paragraph_entered()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes words only, whatever else the clipboard holds."""
        self.insertPlainText(source.text())


class ParagraphEditor(Editor):
    """The editor of a Text of several lines."""

    def __init__(self, leaf: Text, sense: SenseSource, parent: QWidget | None = None) -> None:
        super().__init__(leaf, sense, parent)
        self._quiet = False
        self.box = Paragraph(self, leaf.lines)
        self._watch(self.box)
        self.box.textChanged.connect(self._changed)
        self._body.addWidget(self.box)

    @property
    def widget(self) -> QWidget:
        """The text edit."""
        return self.box

    @property
    def wide(self) -> bool:
        """A paragraph takes the whole width."""
        return True

    def text(self) -> str:
        """The words as they stand."""
        return self.box.toPlainText()

    def _write(self, text: str) -> None:
        place = self.box.textCursor().position()
        self._quiet = True
        self.box.setPlainText(text)
        self._quiet = False
        if self.box.hasFocus():
            cursor = self.box.textCursor()
            cursor.setPosition(min(place, len(text)), QTextCursor.MoveMode.MoveAnchor)
            self.box.setTextCursor(cursor)

    def _changed(self) -> None:
        if not self._quiet:
            self._typed()

    def paragraph_entered(self) -> None:
        """Ctrl+Enter was pressed."""
        self._enter()
