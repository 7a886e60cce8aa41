"""A part of the window that scrolls up and down; sideways only in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget


class Scrolled(QScrollArea):
    """Holds one widget, set off from the edges; takes no keys itself.

    A large form is made with `host` as its parent and handed to `hold`: made elsewhere and moved
    here, every label of it would be styled once more at each step of the way.
    """

    def __init__(
        self,
        inner: QWidget | None = None,
        ground: str = "canvas",
        margins: tuple[int, int, int, int] = (24, 16, 24, 24),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.host = QFrame(self)
        self.host.setProperty("ground", ground)
        self._body = QVBoxLayout(self.host)
        self._margins = margins
        self._body.setContentsMargins(*margins)
        self.setWidget(self.host)
        self._look_waits = False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
        if inner is not None:
            self.hold(inner)

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The keys are never out of sight, whatever brought them here."""
        if now is not None and not self._look_waits and self.isAncestorOf(now):
            self._look_waits = True
            # One event later: what was just shown has no place yet.
            QTimer.singleShot(0, self, self._look_at_focus)

    def _look_at_focus(self) -> None:
        self._look_waits = False
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            _reveal(now)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window: half the margins, and what is wider can be scrolled sideways."""
        left, top, right, bottom = self._margins
        less = (left // 2, top // 2, right // 2, bottom // 2)
        self._body.setContentsMargins(*(less if narrow else self._margins))
        never, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(needed if narrow else never)

    def hold(self, inner: QWidget) -> None:
        """Takes in what it shows."""
        self._body.addWidget(inner)


def scrolled_card(inner: QWidget) -> Scrolled:
    """A card of its own height: without room below it would be drawn out to the window's."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(inner)
    column.addStretch(1)
    return Scrolled(holder)


def reveal_soon(widget: QWidget) -> None:
    """Scrolls so that the widget is seen, once the layouts around it know its place."""
    QTimer.singleShot(0, widget, lambda: _reveal(widget))


def _reveal(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 24, 24)
            return
        above = above.parentWidget()
