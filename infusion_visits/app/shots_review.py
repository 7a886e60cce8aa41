"""Pictures of the review: the coordinator's inbox, her decisions, what the nurse sees of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit

from infusion_visits.app.camera import Camera, inside_of, open_window, settle, type_into, until
from infusion_visits.app.demo import make
from infusion_visits.app.places import DEMO_PASSPHRASE
from infusion_visits.core.desk import Place
from infusion_visits.records import key_file
from infusion_visits.visits import signing
from infusion_visits.widgets.jump_line import JumpLine

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.app.window import Window
    from infusion_visits.core.clock import SteppingClock

QUESTION = "Which protocol step allowed resuming at this rate?"
WORDS = "One point about the reaction, else all is well."
Key = Qt.Key


def review(folder: Path, to: Path, scheme: str, clock: SteppingClock, number: int) -> int:
    """The demo agency's coordinator reads, returns and sends; its nurse sees it. Last number."""
    home = folder / "demo"
    with open_window(home, home, clock) as window:
        camera = Camera(window, to, scheme, number)
        _enter(window, home, make.COORDINATOR.name)
        returned = _coordinator(camera, folder)
        number = camera.number
    clock.forward(minutes=20)
    with open_window(home, home, clock) as window:
        camera = Camera(window, to, scheme, number)
        _enter(window, home, make.NURSE.name)
        _nurse(camera, returned)
        return camera.number


def _enter(window: Window, home: Path, name: str) -> None:
    member = next(slot.member for slot in key_file.load(home).slots if slot.name == name)
    window.unlock.unlock_asked.emit(member, DEMO_PASSPHRASE)
    until(lambda: window.inside is not None, "the demo agency")
    settle(window)


def _coordinator(camera: Camera, folder: Path) -> UUID:
    window = camera.window
    inside = inside_of(window)
    inside.open(Place("review"))
    settle(window)
    panel = inside.screen_of("review")
    visit: UUID = panel.list.chosen
    camera.take("review inbox")
    _press(window, Key.Key_F, *[Key.Key_PageDown] * 6, Key.Key_Q)
    _type(QUESTION)
    camera.take("review question")
    _press(window, Key.Key_Return)
    camera.take("review asked")
    _press(window, Key.Key_R)
    _type(WORDS)
    _press(window, Key.Key_Return)
    camera.take("review next")
    _press(window, Key.Key_A, Key.Key_S)
    camera.take("review send")
    _type("explore the demo agancy")
    _press(window, Key.Key_Return)
    until(panel.note.ask.line.isEnabled, "the wrong passphrase")
    camera.take("review wrong passphrase")
    _type(DEMO_PASSPHRASE)
    _press(window, Key.Key_Return)
    until(lambda: not panel.note.ask.isVisible(), "the answers")
    camera.take("review sent")
    _changed_file(camera, folder, visit)
    panel.message.acted.emit()
    _press(window, Key.Key_Slash)
    _type("nobody at all")
    camera.take("review nothing found")
    return visit


def _changed_file(camera: Camera, folder: Path, visit: UUID) -> None:
    """A file that somebody changed after it was signed, dropped on the window."""
    inside = inside_of(camera.window)
    with inside.house.unit() as unit:
        file = signing.load_file(unit, visit)
    changed = folder / "visit-2026-11-02.pdf"
    middle = file.index(b"stream", len(file) // 3) + 40
    changed.write_bytes(file[:middle] + bytes([file[middle] ^ 1]) + file[middle + 1 :])
    inside.receiving.bring_in([changed])
    until(lambda: not inside.receiving.under_way, "the file")
    settle(camera.window)
    panel = inside.screen_of("review")
    panel.list.setCurrentRow(0)
    settle(camera.window)
    camera.take("review changed file")
    inside.receiving.message.acted.emit()


def _nurse(camera: Camera, returned: UUID) -> None:
    window = camera.window
    inside = inside_of(window)
    camera.take("today returned")
    inside.open(Place("note", returned))
    settle(window)
    camera.take("note returned")
    question = window.findChild(JumpLine, "note.question.1")
    if question is None:
        raise LookupError("the note shows no question")
    question.opened.emit()
    camera.take("note question at its field")


def _press(window: Window, *keys: Qt.Key) -> None:
    """Keys at whatever has the keys; a shortcut of the screen where it leaves them."""
    panel = inside_of(window).screen_of("review")
    shortcuts = {one.key().toString(): one for one in panel.findChildren(QShortcut)}
    for key in keys:
        shortcut = shortcuts.get(QKeySequence(key).toString())
        widget = QApplication.focusWidget()
        if shortcut is not None and not isinstance(widget, QLineEdit):
            shortcut.activated.emit()
        elif widget is not None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
                QApplication.sendEvent(widget, event)
        settle(window)


def _type(text: str) -> None:
    line = QApplication.focusWidget()
    if not isinstance(line, QLineEdit):
        raise LookupError("no line has the keys to type into")
    line.selectAll()
    type_into(line, text)
