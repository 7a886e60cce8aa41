"""The note inside the program: pages rendered off the interface thread, turned by keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from infusion_visits.widgets.note_pages import OwnPages, PagePicture, PageSize
from infusion_visits.widgets.theme import colour

if TYPE_CHECKING:
    from collections.abc import Callable

    from infusion_visits.core.desk import Progress, Work
    from infusion_visits.widgets.note_pages import PageSource

STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_AT_FULL = 4 / 3
"""Pixels for a point at 100 %: 96 to the inch."""

_EDGE = 16
SETTLED_MS = 120


class LongLane(Protocol):
    """Whoever runs long work off the interface thread; `Run` of the desk does."""

    def long(
        self,
        work: Callable[[Progress], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Work:
        """Runs `work` and brings its result back."""


class PageView(QWidget):
    """One page: white paper until its picture comes."""

    def __init__(self, page: int, size: PageSize, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = page
        self.paper = size
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def zoom(self, pixels: float) -> None:
        """Takes the size at `pixels` a point; the old picture is stretched meanwhile."""
        self.setFixedSize(round(self.paper.width * pixels), round(self.paper.height * pixels))
        self.update()

    def show_picture(self, picture: PagePicture) -> None:
        """Shows the rendered page."""
        made = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            picture.stride,
            QImage.Format.Format_RGB32,
        )
        self._image = made.copy()
        self.setAccessibleDescription(picture.words)
        self.update()

    @property
    def drawn(self) -> bool:
        """Whether the picture has come."""
        return self._image is not None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper is white in the dark too: it shows what will be printed."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            if self._image is not None:
                painter.drawImage(QRectF(self.rect()), self._image)
            painter.setPen(QPen(colour("hair"), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class NoteView(QScrollArea):
    """All pages under each other. PgUp and PgDn turn, + and - zoom, 0 fits the width."""

    turned = Signal(int, int)
    failed = Signal(object)

    def __init__(self, run: LongLane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._source: PageSource = OwnPages(b"")
        self._turn = 0
        self._zoom: float | None = None
        self.pages: list[PageView] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        # Always there: a bar that comes and goes would change the width that pages are fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._fit_anew)
        self.setAccessibleName("The note as it will print")
        self._host = host = QFrame()
        host.setProperty("ground", "canvas")
        self._body = QVBoxLayout(host)
        self._body.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._body.setSpacing(_EDGE)
        self._body.addStretch(1)
        self.setWidget(host)
        self.verticalScrollBar().valueChanged.connect(self._tell)

    def show_note(self, data: bytes) -> None:
        """Shows a PDF made here; what was asked for before and has not come is forgotten."""
        self.show_pages(OwnPages(data))

    def show_pages(self, source: PageSource) -> None:
        """Shows the pages of a source; a file from elsewhere has one that draws it elsewhere."""
        self._source = source
        self._turn += 1
        turn = self._turn

        def sizes(_progress: Progress) -> tuple[PageSize, ...]:
            return source.sizes()

        self._run.long(sizes, partial(self._lay_out, turn), self.failed.emit)

    def clear(self) -> None:
        """Shows nothing."""
        self._turn += 1
        self._take_down()

    def _take_down(self) -> None:
        for page in self.pages:
            self._body.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.pages = []

    def _lay_out(self, turn: int, sizes: tuple[PageSize, ...]) -> None:
        if turn != self._turn:
            return
        self._take_down()
        self.verticalScrollBar().setValue(0)
        host = self._host
        self.pages = [PageView(at, size, host) for at, size in enumerate(sizes)]
        for page in self.pages:
            page.setAccessibleName(f"Page {page.page + 1} of {len(sizes)}")
            self._body.insertWidget(page.page, page, 0, Qt.AlignmentFlag.AlignHCenter)
            page.show()
        self._render()

    @property
    def pixels(self) -> float:
        """Pixels for a point at the present zoom."""
        if self._zoom is not None:
            return self._zoom * _AT_FULL
        widest = max((page.paper.width for page in self.pages), default=612.0)
        return max(self.viewport().width() - 2 * _EDGE, 100) / widest

    @property
    def scale(self) -> float:
        """Pixels of the screen for a point, as pages are drawn at the present zoom."""
        return self.pixels * self.devicePixelRatioF()

    def _render(self) -> None:
        """Asks for all pages at the present zoom, the one that is looked at first."""
        turn, source = self._turn, self._source
        pixels = self.pixels
        scale = self.scale
        for page in self.pages:
            page.zoom(pixels)
        first = self.current
        order = [*self.pages[first:], *self.pages[:first]]
        for page in order:
            self._run.long(
                partial(_draw, source, page.page, scale),
                partial(self._drawn, turn),
                self.failed.emit,
            )

    def _drawn(self, turn: int, picture: PagePicture) -> None:
        if turn == self._turn and picture.page < len(self.pages):
            self.pages[picture.page].show_picture(picture)

    @property
    def current(self) -> int:
        """The page at the middle of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        above = [page.page for page in self.pages if page.y() <= middle]
        return above[-1] if above else 0

    def _tell(self) -> None:
        self.turned.emit(self.current + 1, len(self.pages))

    def go_to(self, page: int) -> None:
        """Shows the top of a page (from 0)."""
        if self.pages:
            shown = self.pages[min(max(page, 0), len(self.pages) - 1)]
            self.verticalScrollBar().setValue(shown.y() - _EDGE)

    def zoom_by(self, by: int) -> None:
        """The next larger or smaller of the steps."""
        now = self.pixels / _AT_FULL
        if by > 0:
            self._zoom = next((step for step in STEPS if step > now + 0.01), STEPS[-1])
        else:
            self._zoom = next((step for step in reversed(STEPS) if step < now - 0.01), STEPS[0])
        self._render_anew()

    def fit_width(self) -> None:
        """As wide as the view."""
        self._zoom = None
        self._render_anew()

    def _render_anew(self) -> None:
        page = self.current
        self._turn += 1
        self._render()
        self._body.activate()
        self.go_to(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page as wide as the view follows it, once the size has settled."""
        super().resizeEvent(event)
        if self.pages and self._zoom is None:
            self._settled.start()

    def _fit_anew(self) -> None:
        if self.pages and self._zoom is None:
            self._render_anew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp, PgDn, Home and End turn; + - and 0 zoom; arrows scroll."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_PageDown:
            self.go_to(self.current + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to(self.current - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """A page at a readable size."""
        return QSize(720, 700)


def _draw(source: PageSource, page: int, scale: float, _progress: Progress) -> PagePicture:
    return source.picture(page, scale)
