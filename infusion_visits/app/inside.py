"""Inside the house: the rail, the screens, the status line, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from infusion_visits.app import places
from infusion_visits.app.catalogues.screen import CatalogueScreen
from infusion_visits.app.keys_help import KeysHelp
from infusion_visits.app.note_acts import NoteActs
from infusion_visits.app.palette import Palette
from infusion_visits.app.rail import Rail, StatusLine
from infusion_visits.app.receiving import Receiving, dropped
from infusion_visits.app.settings import SettingsScreen
from infusion_visits.app.team.screen import TeamScreen, enrols
from infusion_visits.app.watched_folder import WATCHED, WatchedFolder
from infusion_visits.chart.panel import PatientsPanel
from infusion_visits.core.desk import Place
from infusion_visits.exchange.panel import ExportPanel
from infusion_visits.notes.panel import NotePanel
from infusion_visits.review.panel import ReviewPanel
from infusion_visits.review.panel.pages import ApartPages
from infusion_visits.team.queries import UNITS
from infusion_visits.today.panel import TodayPanel
from infusion_visits.visits.history import only_here_count
from infusion_visits.visits.panel.desk import Unsaved
from infusion_visits.visits.panel.workspace import Workspace
from infusion_visits.widgets.messages import InlineMessage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from infusion_visits.app.house import House
    from infusion_visits.app.reporting import Said
    from infusion_visits.exchange.receiving import Report

LOCK_AFTER_MS = 5 * 60 * 1000
_ACTIVITY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
}


@dataclass(frozen=True)
class Left:
    """Where a member was when the record was locked, and what it had not taken by then."""

    member: UUID
    place: Place
    unsaved: Mapping[UUID, Unsaved]
    failed: tuple[BaseException, ...]


class Inside(QWidget):
    """All screens of an open house. Screens are made when they are first gone to."""

    lock_asked = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.house = house
        self.desk = house.desk(self.open)
        self._screens: dict[str, Any] = {}
        self._makers: dict[str, Callable[[], Any]] = {
            "today": self._make_today,
            "patients": self._make_patients,
            "visit": self._make_workspace,
            "note": self._make_note,
            "review": self._make_review,
            "export": self._make_export,
            "settings": self._make_settings,
            "catalogues": self._make_catalogues,
            "team": self._make_team,
        }
        self._place = Place("today")
        self._passes = False
        self._build()
        self._bind_keys()
        self._idle = QTimer(self, interval=LOCK_AFTER_MS, singleShot=True)
        self._idle.timeout.connect(self.lock_asked)

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.rail = Rail(self.house.member.role)
        self.rail.picked.connect(lambda screen: self.open(Place(screen)))
        across.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        across.addLayout(column, 1)
        self.receiving = Receiving(self.desk)
        self.receiving.fhir.connect(self._bring_in_patients)
        self.receiving.came.connect(self._received)
        self.receiving.look.connect(lambda note: self.open(Place("review", note)))
        column.addWidget(self.receiving)
        self.watched = WatchedFolder(self.desk, self)
        self.watched.found.connect(self._found)
        self.setAcceptDrops(True)
        self._message = InlineMessage()
        self._message.setObjectName("message")
        self._message.acted.connect(lambda: self._message.say(""))
        column.addWidget(self._message)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.status = StatusLine(self.house.zone)
        column.addWidget(self.status)
        self.palette_box = Palette(self)
        self.keys_help = KeysHelp(self)

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+1", lambda: self.open(Place("today"))),
            ("Ctrl+2", lambda: self.open(Place("patients"))),
            ("Ctrl+3", lambda: self.open(Place("review"))),
            ("Ctrl+,", lambda: self.open(Place("settings"))),
            ("Ctrl+K", self.find_anything),
            ("F1", self.show_keys),
            ("Ctrl+L", self.lock_asked.emit),
            ("Ctrl+N", self.new_patient),
            ("Ctrl+I", self.import_files),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)
        # At the visit the workspace has this key itself; twice, Qt would give it to neither.
        self._reaction_key = QShortcut(QKeySequence("F9"), self)
        self._reaction_key.setContext(Qt.ShortcutContext.WindowShortcut)
        self._reaction_key.setAutoRepeat(False)
        self._reaction_key.activated.connect(self.reaction)

    def begin(self, left: Left | None = None) -> None:
        """The first screen after unlocking: Today, or where the same member was before."""
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._idle.start()
        self._count_notes()
        self.watched.watch(str(self.house.settings.get(WATCHED, "")))
        if left is not None and left.unsaved:
            self.screen_of("visit").bring_back(left.unsaved)
        self.open(left.place if left is not None else Place("today"))

    def leave(self) -> Left:
        """Keeps what is half typed, closes what is open, finishes what waits."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._idle.stop()
        self.watched.stop()
        place = self.place
        for screen in self._screens.values():
            if hasattr(screen, "leave"):
                screen.leave()
        failed = self.house.close()
        workspace = self._screens.get("visit")
        unsaved = workspace.unsaved if workspace is not None else {}
        if unsaved:
            place = Place("visit", next(iter(unsaved)))
        return Left(self.house.member.id, place, unsaved, failed)

    @property
    def place(self) -> Place:
        """Where one is, at a visit with its section."""
        workspace = self._screens.get("visit")
        if self._place.screen == "visit" and workspace is not None:
            return workspace.place or self._place
        return self._place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or movement puts the lock off."""
        if event.type() in _ACTIVITY:
            self._idle.start()
        return False

    def open(self, place: Place) -> None:
        """Goes to a place: a room, a patient's chart, a visit, its note."""
        screen = self.screen_of(place.screen)
        self._place = place
        self._reaction_key.setEnabled(place.screen != "visit")
        self._message.say("")
        self.stack.setCurrentWidget(screen)
        self.rail.choose(place.screen)
        self._arrive(screen, place)

    def screen_of(self, name: str) -> Any:
        """The screen of this name, made when it is first gone to."""
        maker = {"patient": "patients", "sign": "note"}.get(name, name)
        screen = self._screens.get(maker)
        if screen is None:
            screen = self._screens[maker] = self._makers[maker]()
            self.stack.addWidget(screen)
        return screen

    def _arrive(self, screen: Any, place: Place) -> None:
        if place.screen == "visit" and place.id is not None:
            screen.open_visit(place.id, place.section, place.cell)
        else:
            screen.arrive(place)

    def say(self, said: Said) -> None:
        """The one place of this window where errors are said."""
        self._passes = said.passes
        self._message.say(said.line, "danger" if said.grave else "warn", "Close")

    def saved(self, at: Any) -> None:
        """A field or an act is durable; trouble with the disk is over."""
        self.house.report.saved_at = at
        self.status.show_saved(at)
        if self._passes:
            self._passes = False
            self._message.say("")

    def show_keys(self) -> None:
        """The keys of the screen one is at."""
        self.keys_help.show_for(self._place.screen)

    def find_anything(self) -> None:
        """The palette: commands and patients."""
        self.palette_box.ask(self.house, self.open, self._commands())

    def _commands(self) -> tuple[tuple[str, str, Callable[[], None]], ...]:
        return (
            ("Today", "Ctrl+1", lambda: self.open(Place("today"))),
            ("Patients", "Ctrl+2", lambda: self.open(Place("patients"))),
            ("Review", "Ctrl+3", lambda: self.open(Place("review"))),
            ("New patient", "Ctrl+N", self.new_patient),
            ("Import files", "Ctrl+I", self.import_files),
            ("Export notes", "", lambda: self.open(Place("export", section="here"))),
            ("Settings", "Ctrl+,", lambda: self.open(Place("settings"))),
            ("Catalogues", "", lambda: self.open(Place("catalogues"))),
            ("Team", "", lambda: self.open(Place("team"))),
            ("Reaction: the pump was stopped", "F9", self.reaction),
            ("Keys of this screen", "F1", self.show_keys),
            ("Lock", "Ctrl+L", self.lock_asked.emit),
        )

    def new_patient(self) -> None:
        """A new patient is entered at the patients' screen."""
        self.open(Place("patients", section="new"))

    def reaction(self) -> None:
        """From any screen, while a visit is open: the pump was stopped for a reaction."""
        workspace = self._screens.get("visit")
        if workspace is not None and workspace.visit_desk is not None:
            self.open(Place("visit", workspace.visit_desk.visit.id))
            workspace.ask_reaction()

    def _reaction_shown(self) -> None:
        """Nothing lies over what comes first."""
        self.palette_box.hide()
        self.keys_help.hide()

    def import_files(self) -> None:
        """Notes, answers and patients' data from outside come in at any screen."""
        self.receiving.ask()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer are welcome anywhere; a screen's own kind it takes itself."""
        if dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Notes and answers are checked and filed, patients' data is imported."""
        event.acceptProposedAction()
        paths = dropped(event.mimeData())
        if enrols(paths):
            self.open(Place("team"))
            self.screen_of("team").bring_in(paths[0])
        else:
            self.receiving.bring_in(paths)

    def _bring_in_patients(self, paths: list[Path]) -> None:
        self.open(Place("patients"))
        self.screen_of("patients").bring_in(paths)

    def _found(self, paths: list[Path]) -> None:
        if self.receiving.under_way:
            self.watched.again(paths)
        else:
            self.receiving.bring_in(paths, quiet=True)

    def _received(self, _report: Report) -> None:
        """What is shown may be another by now."""
        self._count_notes()
        screen = self._screens.get(self._place.screen)
        if self._place.screen == "review" and screen is not None:
            screen.read_again()
        elif self._place.screen in {"today", "note"} and screen is not None:
            screen.arrive(self._place)

    def _count_notes(self) -> None:
        self.desk.run.act(only_here_count, self.status.show_notes)

    def _make_today(self) -> TodayPanel:
        return TodayPanel(self.desk, self.house.zone, self._catalogue_troubles)

    def _catalogue_troubles(self) -> tuple[str, ...]:
        """What of the agency's own catalogues does not count, for Today."""
        return tuple(one.trouble for one in self.house.standing if one.trouble)

    def _make_patients(self) -> PatientsPanel:
        panel = PatientsPanel(self.desk, self.house.zone, self.house.settings.get(UNITS, {}))
        panel.saved.connect(self.saved)
        # Files that are dropped here may be notes as well: the house sorts them.
        panel.setAcceptDrops(False)
        return panel

    def _make_review(self) -> ReviewPanel:
        panel = ReviewPanel(self.desk, self.house.zone, places.documents)
        panel.saved.connect(self.saved)
        panel.files_asked.connect(self.import_files)
        return panel

    def _make_workspace(self) -> Workspace:
        workspace = Workspace(self.desk, self.house.settings.get(UNITS, {}))
        workspace.saved.connect(self.saved)
        workspace.reaction_asked.connect(self._reaction_shown)
        return workspace

    def _make_note(self) -> NotePanel:
        panel = NotePanel(self.desk, NoteActs(self.house), ApartPages)
        panel.handed_over.connect(self._count_notes)
        panel.signed.connect(self._count_notes)
        panel.saved.connect(self.saved)
        return panel

    def _make_export(self) -> ExportPanel:
        record = self.house.unlocked.record.folder
        panel = ExportPanel(self.desk, self.house.zone, record, places.notes_folder())
        panel.handed_over.connect(self._count_notes)
        return panel

    def _make_settings(self) -> SettingsScreen:
        screen = SettingsScreen(self.house, self.desk)
        screen.watch.connect(self.watched.watch)
        screen.lock_after.connect(lambda minutes: self._idle.setInterval(minutes * 60_000))
        return screen

    def _make_catalogues(self) -> CatalogueScreen:
        screen = CatalogueScreen(self.house, self.desk)
        screen.changed.connect(self._other_catalogues)
        return screen

    def _make_team(self) -> TeamScreen:
        screen = TeamScreen(self.house, self.desk)
        screen.changed.connect(self._other_catalogues)
        return screen

    def _other_catalogues(self) -> None:
        """What was made of the former catalogues is made anew: an open visit is closed in good
        order, and is read again when it is gone to."""
        workspace = self._screens.get("visit")
        if workspace is not None:
            workspace.leave()
