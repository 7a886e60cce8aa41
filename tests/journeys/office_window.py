"""A person at a window of one laptop of an agency: unlocks, drops files, reads what is said."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.app.window import Window
from infusion_visits.core.desk import Place
from infusion_visits.widgets.messages import InlineMessage
from tests.fixtures.whole_visit import ZONE
from tests.journeys.at_the_keys import Key, Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from infusion_visits.app.inside import Inside
    from infusion_visits.core.clock import SteppingClock


class Reviewer(Person):
    """A coordinator or a nurse; every key goes to what has the keys."""

    @property
    def inside(self) -> Inside:
        assert self.window.inside is not None
        return self.window.inside

    @property
    def panel(self) -> Any:
        return self.inside.screen_of("review")

    def enter_house(self, passphrase: str) -> None:
        self.until_at("unlock.passphrase")
        self.answer(passphrase)
        self.until(lambda: self.window.inside is not None, "the house")
        self.settle()

    def go(self, screen: str, **where: Any) -> None:
        self.inside.open(Place(screen, **where))
        self.settle()

    def drop(self, paths: Sequence[Path], on: QWidget | None = None) -> None:
        """Drags files over the window and lets go: Qt's own events, as Qt sends them."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        at = QPointF(300, 300)
        enter = QDragEnterEvent(at.toPoint(), copy, mime, left, none)
        QApplication.sendEvent(on or self.inside, enter)
        assert enter.isAccepted()
        let_go = QDropEvent(at, copy, mime, left, none)
        QApplication.sendEvent(on or self.inside, let_go)
        assert let_go.isAccepted()

    def bring(self, paths: Sequence[Path]) -> str:
        """Drops files, waits until they are read, gives what was said of them."""
        self.drop(paths)
        self.until(lambda: not self.inside.receiving.under_way, "the files")
        self.settle()
        return self.words("receiving.message")

    def words(self, name: str) -> str:
        """What a message says; nothing when it is not there."""
        message = self.find(InlineMessage, name)
        return message.words.text() if message.isVisible() else ""

    def review(self) -> None:
        """To the inbox, with a note on the screen."""
        self.go("review")
        self.until_shown()

    def until_shown(self) -> None:
        """The note that is walked to is on the screen, and the keys are somewhere."""
        panel = self.panel
        self.until(
            lambda: (
                panel.list.chosen is None
                or (panel._shown is not None and panel._shown.received.id == panel.list.chosen)
            ),
            "the note",
        )
        self.settle()
        self.until(lambda: QApplication.focusWidget() is not None, "the keys")

    def key(self, key: Key) -> None:
        self.press(key)
        self.settle()

    def type_words(self, words: str) -> None:
        self.until_at("review.words")
        self.answer(words)
        self.until(lambda: not self.panel.note.ask.isVisible(), "kept")
        self.until_shown()

    def send(self, passphrase: str) -> str:
        self.key(Key.Key_S)
        self.type_words(passphrase)
        return self.words("review.told")


@contextmanager
def at_window(
    home: Path, clock: SteppingClock, qtbot: QtBot, passphrase: str
) -> Iterator[Reviewer]:
    """The window of a closed record, entered; closed again afterwards."""
    window = Window(home, home.parent / "no demo", clock, ZONE)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    person = Reviewer(qtbot, window)
    person.enter_house(passphrase)
    try:
        yield person
    finally:
        window.close()
        QApplication.processEvents()
