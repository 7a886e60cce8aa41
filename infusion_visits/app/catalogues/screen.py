"""Settings, Catalogues: browse, search, see sources, load a file of the agency's, withdraw it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.app.catalogues.entries import Entry, Shelf, found, shelves
from infusion_visits.app.catalogues.entry_card import EntryCard
from infusion_visits.app.catalogues.report import counted
from infusion_visits.app.catalogues.report_card import NOT_YOURS, ReportCard
from infusion_visits.core.desk import Place
from infusion_visits.core.moments import show_instant
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.line_list import LineList, ListLine
from infusion_visits.widgets.messages import InlineMessage
from infusion_visits.widgets.scrolled import scrolled_card
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from infusion_visits.app.catalogues.checking import Checked
    from infusion_visits.app.catalogues.loading import Standing
    from infusion_visits.app.house import House
    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

SHELVES_WIDTH = 290
ENTRIES_WIDTH = 330
MOST_FOUND = 400
EVERY = ""
SUFFIX = ".toml"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


class CatalogueScreen(QWidget):
    """Catalogues at the left, entries beside them, one entry at the right.

    `changed` after other catalogues count: whatever was made of the former is made anew.
    """

    changed = Signal()

    def __init__(self, house: House, desk: Desk[UnitOfWork], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("catalogues")
        self.setAcceptDrops(True)
        self._house, self._desk = house, desk
        self._shelves: tuple[Shelf, ...] = ()
        self._may_change = False
        self._asked_withdraw = ""
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._left())
        right = QVBoxLayout()
        right.setSpacing(0)
        across.addLayout(right, 1)
        self.message = InlineMessage()
        self.message.setObjectName("catalogues.message")
        self.message.acted.connect(self._message_acted)
        right.addWidget(self.message)
        self.stack = QStackedWidget()
        right.addWidget(self.stack, 1)
        self.stack.addWidget(self._browse())
        self.report = ReportCard()
        self.report.used.connect(self._use)
        self.report.left.connect(self.leave_report)
        self.stack.addWidget(scrolled_card(self.report))
        self._bind_keys()

    def _left(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("rule", "right")
        frame.setFixedWidth(SHELVES_WIDTH)
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 13, 16, 14)
        column.setSpacing(8)
        column.addWidget(PlainWords("Catalogues", "title"))
        self.search = QLineEdit()
        self.search.setObjectName("catalogues.search")
        self.search.setAccessibleName("Search all catalogues")
        self.search.setPlaceholderText("Search all words")
        self.search.textChanged.connect(self._list_entries)
        self.search.installEventFilter(self)
        column.addWidget(self.search)
        self.names = LineList("Catalogues")
        self.names.setObjectName("catalogues.names")
        self.names.setProperty("bare", "true")
        self.names.currentRowChanged.connect(self._shelf_chosen)
        column.addWidget(self.names, 1)
        self.load = ActButton("Load the agency's file", "Ctrl O")
        self.load.setObjectName("catalogues.load")
        self.load.clicked.connect(self.ask_file)
        column.addWidget(self.load)
        column.addWidget(PlainWords("Or drop it anywhere here.", "small"))
        return frame

    def _browse(self) -> QWidget:
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        frame = QFrame()
        frame.setProperty("rule", "right")
        frame.setFixedWidth(ENTRIES_WIDTH)
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 13, 12, 14)
        self.entries = LineList("Entries")
        self.entries.setObjectName("catalogues.entries")
        self.entries.setProperty("bare", "true")
        self.entries.currentRowChanged.connect(self._entry_chosen)
        column.addWidget(self.entries, 1)
        self.count = PlainWords("", "small")
        column.addWidget(self.count)
        across.addWidget(frame)
        self.card = EntryCard()
        across.addWidget(scrolled_card(self.card), 1)
        return page

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+F", self.take_focus),
            ("Ctrl+O", self.ask_file),
            ("Ctrl+Return", self.report.ask_use),
            ("Ctrl+D", self.ask_withdraw),
            ("Esc", self.go_back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def arrive(self, _place: Place) -> None:
        """Reads what counts now."""
        self._read()
        self.take_focus()

    def take_focus(self) -> None:
        """The keys go to the search."""
        self.leave_report()
        self.search.setFocus()
        self.search.selectAll()

    def go_back(self) -> None:
        """From the report to the entries, from a search to all, else to Settings."""
        if self.stack.currentIndex():
            self.leave_report()
        elif self.search.text():
            self.search.clear()
        else:
            self._desk.open(Place("settings"))

    def _read(self, then: Callable[[], None] | None = None) -> None:
        house = self._house
        standing = house.standing

        def work(_progress: object) -> tuple[tuple[Shelf, ...], bool]:
            return shelves(standing), house.catalogues.may_change()

        def came(answer: tuple[tuple[Shelf, ...], bool]) -> None:
            self._shelves, self._may_change = answer
            self._list_names()
            if then is not None:
                then()

        self._desk.run.long(work, came)

    def _list_names(self) -> None:
        total = sum(len(shelf.entries) for shelf in self._shelves)
        lines = [ListLine("All catalogues", f"{total} entries", data=EVERY)]
        for shelf in self._shelves:
            own = f" · agency: {len(shelf.changed)} changed" if shelf.changed else ""
            if shelf.own is not None and not shelf.own.counts:
                own = " · agency's file does not count"
            count = f"{len(shelf.entries)} entries{own}"
            lines.append(ListLine(shelf.title, count, data=shelf.name))
        self.names.show_lines(lines)
        self._list_entries()
        self._tell_shelf()

    @property
    def shelf(self) -> Shelf | None:
        """The catalogue walked to; None at "all catalogues"."""
        chosen = self.names.chosen
        name = chosen.data if chosen is not None else EVERY
        return next((one for one in self._shelves if one.name == name), None)

    def _shelf_chosen(self) -> None:
        self._list_entries()
        self._tell_shelf()

    def _list_entries(self, _text: str = "") -> None:
        here = self.shelf
        of = (here,) if here is not None else self._shelves
        all_of_them = [entry for shelf in of for entry in shelf.entries]
        fitting = found(all_of_them, self.search.text())
        self.entries.show_lines([_line(one, beside=here is None) for one in fitting[:MOST_FOUND]])
        words = f"{len(fitting):,} of {len(all_of_them):,} entries"
        if len(fitting) > MOST_FOUND:
            words = f"{len(fitting):,} entries, the first {MOST_FOUND} shown"
        self.count.say(words if fitting else "Nothing has all these words.")
        self._entry_chosen()

    def _entry_chosen(self) -> None:
        chosen = self.entries.chosen
        self.card.setVisible(chosen is not None)
        if chosen is not None:
            self.card.show_entry(chosen.data)

    def _tell_shelf(self) -> None:
        """What the agency has over this catalogue, and the way to take it back."""
        self._asked_withdraw = ""
        here = self.shelf
        troubles = [one for one in self._house.standing if one.trouble]
        if here is not None and here.own is not None:
            self._tell_own(here.own)
        elif troubles:
            self.message.say(" ".join(one.trouble for one in troubles), "warn")
        else:
            self.message.say("")

    def _tell_own(self, own: Standing) -> None:
        act = "Withdraw" if self._may_change else ""
        if own.trouble:
            self.message.say(own.trouble, "warn", act)
            return
        when = show_instant(own.loaded.loaded_at, self._house.zone)
        words = (
            f"The agency's edition {own.checked.edition} counts, loaded {when}: "
            f"{counted(own.checked.changes)}."
        )
        self.message.say(words, "quiet", act)

    def ask_withdraw(self) -> None:
        """Asks once more, inline, before the agency's file of this catalogue no longer counts."""
        here = self.shelf
        if here is None or here.own is None or self.stack.currentIndex():
            return
        if not self._may_change:
            self.message.say(NOT_YOURS, "warn")
            return
        self._asked_withdraw = here.name
        words = f"The program's own “{here.title}” counts again from then on, in open visits too."
        self.message.say(words, "warn", "Withdraw it now")

    def _message_acted(self) -> None:
        name = self._asked_withdraw
        if not name:
            self.ask_withdraw()
            return
        self._asked_withdraw = ""
        house = self._house
        self._desk.run.long(lambda _: house.catalogues.withdraw(name), self._now_counts)

    def ask_file(self) -> None:
        """Asks for a file of the agency's."""
        path, _ = QFileDialog.getOpenFileName(
            self, "The agency's catalogue", "", "Catalogues (*.toml);;All files (*)"
        )
        if path:
            self.look(Path(path))

    def look(self, path: Path) -> None:
        """Looks at a file and shows what it comes to; nothing counts yet."""
        house = self._house
        self._desk.run.long(lambda _: house.catalogues.look(path), self._show_report)

    def _show_report(self, checked: Checked) -> None:
        self.message.say("")
        self.report.show_checked(checked, may_change=self._may_change)
        self.stack.setCurrentIndex(1)
        self.report.take_focus()

    def leave_report(self) -> None:
        """Back to the entries."""
        if self.stack.currentIndex():
            self.stack.setCurrentIndex(0)
            self._tell_shelf()
            self.search.setFocus()

    def _use(self, checked: Checked) -> None:
        house = self._house

        def counts(standing: tuple[Standing, ...]) -> None:
            self._now_counts(standing, checked.name)

        self._desk.run.long(lambda _: house.catalogues.use(checked), counts)

    def _now_counts(self, standing: tuple[Standing, ...], name: str = "") -> None:
        self._house.standing = standing
        self.stack.setCurrentIndex(0)
        self.changed.emit()

        def go() -> None:
            if name:
                self.names.choose(name)
            self.search.setFocus()

        self._read(go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk the entries while words are typed."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.entries.step(step)
                return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A catalogue of this computer is welcome; other files are left to the house."""
        local = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if any(url.toLocalFile().lower().endswith(SUFFIX) for url in local):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Looks at the first file."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.look(Path(paths[0]))


def _line(entry: Entry, *, beside: bool) -> ListLine:
    """An entry in the list; below it its catalogue, where several are searched."""
    said = [str(entry.what)] if entry.what is not None else []
    said += ["agency to confirm"] if entry.to_confirm else []
    said = [*said, entry.catalogue_title] if beside else said
    data: Any = entry
    return ListLine(entry.title, " · ".join(said) or entry.path, data=data)
