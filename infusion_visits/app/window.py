"""The window: unlock first, then the house. Heavy imports run while the passphrase is typed."""

from __future__ import annotations

import sys
import threading
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from infusion_visits.app import places
from infusion_visits.app.reporting import Reporter, Said, in_words
from infusion_visits.app.unlock import Opener, SetUp, UnlockScreen
from infusion_visits.core.clock import Clock, SystemClock, local_day
from infusion_visits.core.errors import InfusionVisitsError
from infusion_visits.core.ids import TimedIds
from infusion_visits.widgets import theme
from infusion_visits.widgets.reading_order import step_focus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from PySide6.QtGui import QCloseEvent

    from infusion_visits.app.inside import Inside, Left

FIRST_SIZE = (1366, 768)


class _Answers(QObject):
    """Brings a thread's answer to the interface thread."""

    came = Signal(object)


class Window(QMainWindow):
    """One window. `home` is the folder of the user's own record, `demo` that of the demo agency."""

    entered = Signal()
    _to_say = Signal(object)

    def __init__(
        self,
        home: Path,
        demo: Path,
        clock: Clock | None = None,
        zone: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # No name of a patient ever stands in the title: task bars and screen shares show it.
        self.setWindowTitle("Infusion Visits")
        self.resize(*FIRST_SIZE)
        self._home, self._demo = home, demo
        self._folder = home
        self._clock = clock or SystemClock()
        self._named_zone = zone
        self._pages = QStackedWidget(self)
        self.setCentralWidget(self._pages)
        self.unlock = UnlockScreen()
        self._pages.addWidget(self.unlock)
        self.inside: Inside | None = None
        self._left: Left | None = None
        # By a signal: an error of another thread is shown by the interface thread all the same.
        self._to_say.connect(self._show_said)
        self.report = Reporter(self._to_say.emit)
        self._answers = _Answers(self)
        self._answers.came.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)
        self.unlock.unlock_asked.connect(self._unlock)
        self.unlock.demo_asked.connect(self._open_demo)
        self.unlock.set_up_asked.connect(self._set_up)
        self._welcome()

    @cached_property
    def _zone(self) -> str:
        """The laptop's zone, asked for when it is first needed: after the window stands."""
        return self._named_zone or places.laptop_zone()

    def warm_up(self) -> threading.Thread:
        """Imports what the house needs, in a thread, while the passphrase is typed."""
        thread = threading.Thread(target=_import_house, daemon=True, name="warm up")
        thread.start()
        return thread

    def _welcome(self) -> None:
        openers = self._openers(self._folder)
        if openers:
            self.unlock.show_members(openers, demo=self._folder == self._demo)
        else:
            self.unlock.show_first_start()

    def _openers(self, folder: Path) -> list[Opener]:
        from infusion_visits.records import key_file

        try:
            return [Opener(slot.member, slot.name) for slot in key_file.load(folder).slots]
        except InfusionVisitsError as error:
            if (folder / "keys.json").exists():
                self._show_said(in_words(error) or Said(str(error)))
            return []

    def _unlock(self, member: UUID, passphrase: str) -> None:
        folder, clock, zone = self._folder, self._clock, self._zone

        def work() -> Any:
            from infusion_visits.app.house import entered
            from infusion_visits.team import actions as team

            unlocked = team.unlock(folder, member, passphrase, clock, TimedIds(clock), zone)
            return entered(unlocked, clock, zone)

        self._away(work, self._enter, lambda error: self._not_unlocked(error, member))

    def _set_up(self, wanted: SetUp) -> None:
        folder, clock, zone = self._home, self._clock, self._zone

        def work() -> Any:
            from infusion_visits.app.house import entered
            from infusion_visits.team import actions as team

            unlocked = team.set_up(
                folder,
                wanted.agency,
                team.NewMember(wanted.name, wanted.credential, wanted.role),
                wanted.passphrase,
                clock,
                TimedIds(clock),
                zone,
                telephone=wanted.telephone,
            )
            return entered(unlocked, clock, zone)

        self._folder = folder
        self._away(work, self._enter, self._not_unlocked)

    def _open_demo(self) -> None:
        folder, today = self._demo, local_day(self._clock.now(), self._zone)
        self.unlock.set_busy(True)
        self.unlock.say("Making the demo agency. This takes some seconds ...")

        def work() -> None:
            from infusion_visits.app.cli import DEMO_SEED
            from infusion_visits.app.demo import make
            from infusion_visits.records.record_folder import is_record

            if not is_record(folder):
                make.make(folder, today, DEMO_SEED)

        def made(_: None) -> None:
            self._folder = folder
            self._welcome()

        self._away(work, made, self._not_unlocked)

    def _enter(self, opened: Any) -> None:
        from infusion_visits.app.house import open_house
        from infusion_visits.app.inside import Inside

        self.unlock.forget()
        unlocked, standing = opened
        demo = self._folder == self._demo
        house = open_house(unlocked, standing, self._clock, self._zone, self.report, demo=demo)
        self.inside = Inside(house, self)
        self.inside.lock_asked.connect(self.lock)
        self._pages.addWidget(self.inside)
        self._pages.setCurrentWidget(self.inside)
        left = self._left
        if left is not None and left.member == house.member.id:
            self._left = None
        else:
            left = None
        self.inside.begin(left)
        self.entered.emit()

    def lock(self) -> None:
        """Everything is saved already; the record is closed and the first screen comes back."""
        if self.inside is None:
            return
        inside, self.inside = self.inside, None
        left = inside.leave()
        if self._left is None or not self._left.unsaved:
            self._left = left
        self._pages.setCurrentWidget(self.unlock)
        self._pages.removeWidget(inside)
        inside.deleteLater()
        self._welcome()
        if left.unsaved or left.failed:
            self.unlock.say(_not_taken(left), "danger")

    def _not_unlocked(self, error: BaseException, member: UUID | None = None) -> None:
        said = in_words(error)
        self.unlock.try_again(said.line if said else "")
        if member is not None:
            self._slow_down(member)

    def _slow_down(self, member: UUID) -> None:
        from infusion_visits.records import key_file

        seconds = key_file.wait_before_guess(self._folder, member, self._clock.now())
        if seconds > 0:
            self.unlock.wait(ceil(seconds))

    def _away(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        def run() -> None:
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 (told by the one reporter)
                failure = error
                self._answers.came.emit(lambda: failed(failure))
                return
            self._answers.came.emit(lambda: then(result))

        threading.Thread(target=run, daemon=True, name="unlock").start()

    def _show_said(self, said: Said) -> None:
        if self.inside is not None:
            self.inside.say(said)
        else:
            self.unlock.say(said.line, "danger" if said.grave else "quiet")

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's own name)
        """Tab goes in reading order, through whatever is seen at this moment."""
        return step_focus(self, forward=next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A clean close finishes what waits to be written and leaves no line of recovery.

        What the disk did not take keeps the window open once, locked: it can be saved again after
        unlocking. A second close goes without it.
        """
        if self.inside is not None:
            self.lock()
            if self._left is not None and self._left.unsaved:
                event.ignore()
                return
        event.accept()


def _not_taken(left: Left) -> str:
    said = in_words(left.failed[0]) if left.failed else None
    why = said.what if said else ""
    count = sum(one.count for one in left.unsaved.values())
    if not count:
        return why
    what = "1 answer was" if count == 1 else f"{count} answers were"
    return f"{what} not saved. {why} Unlock to save again; closing now goes without."


def _import_house() -> None:
    import infusion_visits.app.inside  # noqa: F401


def run_window(home: Path | None = None) -> int:
    """Opens the window and stays until it is closed."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is running")
    application.setApplicationName("Infusion Visits")
    theme.apply(application, theme.Scheme.SYSTEM)
    window = Window(home or places.default_home(), places.demo_home())
    window.report.stand_behind_hooks()
    window.show()
    application.processEvents()
    window.warm_up()
    return application.exec()
