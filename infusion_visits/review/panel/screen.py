"""The coordinator's screen: the inbox, the record beside its own pages, one key for each act."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from infusion_visits.core.desk import Place
from infusion_visits.review.order import Rank
from infusion_visits.review.panel.decisions import Changed, Decisions
from infusion_visits.review.panel.frame import ReviewFrame
from infusion_visits.review.panel.inbox_words import counts, listed
from infusion_visits.review.panel.shelf import Ready, Shelf
from infusion_visits.review.panel.showing import show_ready
from infusion_visits.review.panel.whose import Whose
from infusion_visits.review.queries import inbox
from infusion_visits.team.queries import COORDINATOR
from infusion_visits.visits.note_state import NoteState

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from PySide6.QtWidgets import (
        QWidget,
    )

    from infusion_visits.core.desk import Desk
    from infusion_visits.exchange.note_intake import Filed
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.review.actions import Sent
    from infusion_visits.review.inbox_line import InboxLine


class ReviewPanel(ReviewFrame):
    """Inbox, note, pages. `shown` tells that a note is on the screen, for who measures it."""

    saved = Signal(object)
    files_asked = Signal()
    shown = Signal(object)

    def __init__(
        self,
        desk: Desk[UnitOfWork],
        zone: str,
        documents: Callable[[], Path] = Path.home,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk.run, parent)
        self._desk, self._zone = desk, zone
        self.may_decide = desk.member.role == COORDINATOR
        self._lines: tuple[InboxLine, ...] = ()
        self._done: list[UUID] = []
        self._shown: Ready | None = None
        self._compares = False
        self.shelf = Shelf(desk, zone, self)
        self.shelf.came.connect(self._came)
        self._connect()
        self.decisions = Decisions(desk, self.note.ask, documents)
        self.decisions.changed.connect(self._changed)
        self.decisions.sent.connect(self._sent)
        self.decisions.said.connect(self.message.say)
        self.decisions.left.connect(self._left)
        self._whose = Whose(desk, self.note)
        self._whose.filed.connect(self._filed)
        self._bind_keys()

    def _connect(self) -> None:
        self.send.clicked.connect(self.ask_send)
        self.files.clicked.connect(self.files_asked)
        self.empty.acted.connect(self.files_asked)
        self.message.acted.connect(lambda: self.message.say(""))
        self.search.textChanged.connect(lambda: self._list())
        self.search.returnPressed.connect(self._back_to_list)
        self.list.gone_to.connect(self._go_to)
        self.list.opened.connect(self.open_note)
        self.note.asked.connect(self._ask)
        self.view.failed.connect(lambda _: self.view.clear())

    def _bind_keys(self) -> None:
        for keys, act in (
            ("J", lambda: self.list.step(1)),
            ("K", lambda: self.list.step(-1)),
            ("A", lambda: self._ask("approve")),
            ("R", lambda: self._ask("return")),
            ("Q", lambda: self._ask("question")),
            ("U", lambda: self._ask("undo")),
            ("S", self.ask_send),
            ("D", self.toggle_difference),
            ("V", self.note.verdict.toggle),
            ("F", self.focus_record),
            ("X", self.set_aside),
            ("C", self.check_again),
            ("/", self.ask_search),
            ("Esc", self.go_back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(keys in {"J", "K"})
            shortcut.activated.connect(act)

    # Coming and reading

    def arrive(self, place: Place) -> None:
        """Reads the inbox anew, and goes to the note that is asked for."""
        self.message.say("")
        self.read_again(place.id)

    def read_again(self, chosen: UUID | None = None) -> None:
        """The inbox as the record holds it now."""
        self._desk.run.act(inbox, lambda lines: self._read(lines, chosen))

    def _read(self, lines: tuple[InboxLine, ...], chosen: UUID | None = None) -> None:
        self.shelf.forget()
        self._show_lines(lines, chosen)
        # Files may come in while somebody types: the keys stay where they are.
        if not self.note.ask.isVisible() and not self.search.hasFocus():
            self._back_to_list()

    def _show_lines(self, lines: tuple[InboxLine, ...], chosen: UUID | None = None) -> None:
        self._lines = lines
        self._counts.say(counts(lines) if lines else "")
        self._pages.setCurrentIndex(1 if lines else 0)
        pending = sum(one.pending is not None for one in lines)
        waiting = sum(one.received is not None and one.state is not None for one in lines)
        word = f"Send {pending} answer{'' if pending == 1 else 's'}" if pending else "Send answers"
        self.send.set_word(word)
        self.send.setVisible(self.may_decide and bool(pending or waiting))
        self._list(chosen)

    def _list(self, chosen: UUID | None = None) -> None:
        low = self.search.text().strip().casefold()
        shown = [listed(one, self._zone) for one in self._lines]
        if low:
            shown = [one for one in shown if low in one.spoken.casefold()]
        self.nothing.setVisible(not shown)
        self.list.show_lines(shown, chosen)

    def line_of(self, note: UUID | None) -> InboxLine | None:
        """The inbox's line of a note."""
        return next((one for one in self._lines if one.id == note), None)

    def _go_to(self, note: UUID) -> None:
        if self.note.ask.isVisible() and (self._shown is None or self._shown.received.id != note):
            self.note.ask.done()
            self.note.paper.hold(False)
        self.shelf.scale = self.view.scale
        ready = self.shelf.get(note)
        if ready is not None:
            self._show(note, ready)
        self.shelf.want((note, *self.list.neighbours()))

    def _came(self, note: UUID) -> None:
        ready = self.shelf.get(note)
        if ready is not None and note == self.list.chosen and self._shown is not ready:
            self._show(note, ready)

    def _show(self, note: UUID, ready: Ready) -> None:
        line = self.line_of(note)
        if line is None:
            return
        other = self._shown is None or self._shown.received.id != note
        self._shown = ready
        if other:
            self._compares = False
            self._whose.forget()
        show_ready(self.note, line, ready, self._zone, compares=self._compares)
        if other:
            self.note.area.to_top()
            if ready.pages is not None:
                self.view.show_pages(ready.pages)
            else:
                self.view.clear()
        self.note.may(self._may)
        if line.urgency.rank is Rank.WHICH_PATIENT and not line.filed:
            self._whose.ask(ready.received)
        self.shown.emit(note)

    def _may(self, act: str) -> bool:
        if act == "next":
            return self.list.count() > 1
        filed = self._shown is not None and self._shown.received.note is not None
        return self.may_decide and filed

    # Acts

    def _ask(self, act: str) -> None:
        if act == "next":
            self.list.step(1)
            return
        shown, note = self._shown, self.list.chosen
        if shown is None or note is None or shown.received.id != note:
            return
        if act == "undo":
            self._undo(note, shown)
            return
        if not self._may(act):
            self._say_why_not(shown)
            return
        pending = shown.received.pending
        if act == "approve":
            self._approve(note, shown)
        elif act == "return":
            self.decisions.ask_return(note, len(pending.questions) if pending else 0)
        else:
            here = self.note.paper.current if self.note.paper.hasFocus() else None
            cell = here[1].cell.path() if here else ""
            self.note.paper.hold(here is not None)
            self.decisions.ask_question(note, cell, here[0].named(here[1]) if here else "")

    def _approve(self, note: UUID, shown: Ready) -> None:
        """The next note is there at once, while the decision is being kept; a refusal is told."""
        pending, state = shown.received.pending, shown.received.state
        sure = not (pending and pending.questions) and state is not NoteState.APPROVED
        self.decisions.approve(note)
        if sure and self.list.currentRow() < self.list.count() - 1:
            self.list.step(1)

    def _say_why_not(self, shown: Ready) -> None:
        if not self.may_decide:
            self.message.say("Only a coordinator decides on notes.", "warn", "Close")
        elif shown.received.note is None:
            words = "This file is not filed, so there is nothing to decide."
            words += " X sets it aside, C checks it again."
            self.message.say(words, "warn", "Close")

    def _undo(self, note: UUID, shown: Ready) -> None:
        pending = shown.received.pending
        if pending is not None and (pending.decided or pending.questions):
            self.decisions.undo(note)
        elif self._done:
            # What was decided last is a note that one has left since: back to it, undone.
            last = self._done.pop()
            self.list.go_to(last)
            self.decisions.undo(last)
        else:
            words = "There is nothing to take back; what was sent stays sent."
            self.message.say(words, "quiet", "Close")

    def _changed(self, changed: Changed) -> None:
        self.saved.emit(self._desk.clock.now())
        self.shelf.update(changed.visit, changed.pending)
        self.message.say(changed.words, "quiet", "Close" if changed.words else "")
        if changed.pending.decided:
            self._done = [one for one in self._done if one != changed.visit] + [changed.visit]
        else:
            self._done = [one for one in self._done if one != changed.visit]
        walks = self.note.paper.held
        self.note.paper.hold(False)
        self._show_lines(changed.lines)
        if changed.goes_on and self.list.chosen == changed.visit:
            self.list.step(1)
        if walks and not changed.goes_on:
            self.note.paper.setFocus()
        else:
            self._back_to_list()

    def _left(self) -> None:
        """Nothing was asked after all: back to the answer, or to the list."""
        walks = self.note.paper.held
        self.note.paper.hold(False)
        if walks:
            self.note.paper.setFocus()
        else:
            self._back_to_list()

    def ask_send(self) -> None:
        """Signs and sends all that was decided."""
        if self.may_decide:
            self.decisions.ask_send(self._lines)

    def _sent(self, sent: Sent | None) -> None:
        self._done = []
        if sent is not None:
            self.message.say(sent.line(), "ok", "Close")
        self.read_again()

    def check_again(self) -> None:
        """A file that was kept apart is checked once more."""
        line, shown = self.line_of(self.list.chosen), self._shown
        if line is None or line.filed or shown is None or shown.received.id != line.id:
            return
        self.message.say("Checking the file again ...")
        self._whose.check_again(shown.received)

    def set_aside(self) -> None:
        """A file that is no note of ours leaves the inbox."""
        line = self.line_of(self.list.chosen)
        if line is None or line.filed or not self.may_decide:
            return
        self.decisions.set_aside(line.id)

    def _filed(self, filed: Filed) -> None:
        self.message.say(filed.words, "warn" if filed.waits else "ok", "Close")
        self.read_again(filed.visit or filed.id)

    # Going about

    def open_note(self) -> None:
        """The whole note, on its own screen."""
        line = self.line_of(self.list.chosen)
        if line is not None and line.visit is not None:
            self._desk.open(Place("note", line.visit))

    def toggle_difference(self) -> None:
        """What came first beside what came back, and the record again."""
        line, shown = self.line_of(self.list.chosen), self._shown
        if line is not None and shown is not None and shown.received.id == line.id:
            self._compares = not self._compares
            show_ready(self.note, line, shown, self._zone, compares=self._compares)
            self.note.area.to_top()

    def focus_record(self) -> None:
        """The keys go into the record: its answers are walked by the arrows."""
        self.note.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_search(self) -> None:
        """A line over the list: what is typed narrows it."""
        self._search_box.show()
        self.search.show()
        self.search.setFocus()
        self.search.selectAll()

    def go_back(self) -> None:
        """From the search or the record to the list."""
        if self.search.isVisible() and (self.search.hasFocus() or self.search.text()):
            self.search.clear()
            self._search_box.hide()
        self._back_to_list()

    def _back_to_list(self) -> None:
        target = self.list if self._lines else self.empty.button
        # After the event that hid the line that had the keys.
        QTimer.singleShot(0, target, lambda: self._take_keys(target))

    def _take_keys(self, target: QWidget) -> None:
        if target.isVisible() and not self.note.ask.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
