"""Settings, Team: members and their certificates, the agency's six words, and the steps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.app.places import documents
from infusion_visits.app.receiving import dropped
from infusion_visits.app.reporting import in_words
from infusion_visits.app.team import steps
from infusion_visits.app.team.acts import Opened, TeamActs
from infusion_visits.app.team.step import CHOICE, Step, Told
from infusion_visits.core.clock import local_day
from infusion_visits.core.desk import Place
from infusion_visits.team.actions import NewMember
from infusion_visits.team.packet_file import SUFFIX as PACKET
from infusion_visits.team.packet_file import Packet
from infusion_visits.team.request_file import SUFFIX as REQUEST
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.icons import Sign
from infusion_visits.widgets.scrolled import Scrolled, reveal_soon
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from infusion_visits.app.house import House
    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.enrolling import Joined
    from infusion_visits.team.roster import Roster, TeamLine

WIDTH = 720
KINDS = f"Requests and team packets (*{REQUEST} *{PACKET});;All files (*)"
SUFFIXES = (REQUEST, PACKET)


class TeamScreen(QWidget):
    """`changed` after the record works for another agency than before."""

    changed = Signal()

    def __init__(self, house: House, desk: Desk[UnitOfWork], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("team")
        self.setAcceptDrops(True)
        self._house, self._desk, self._acts = house, desk, TeamActs(house)
        self.roster: Roster | None = None
        self._step: Step | None = None
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inner)
        column.setSpacing(12)
        column.addWidget(PlainWords("Team", "title"))
        self._steps = QVBoxLayout()
        column.addLayout(self._steps)
        self._agency = Card("Agency")
        column.addWidget(self._agency)
        column.addWidget(self._buttons())
        column.addWidget(PlainWords("Requests and team packets may be dropped anywhere.", "small"))
        self._members = Card("Members")
        column.addWidget(self._members)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolled(inner))
        for keys, act in (("Ctrl+O", self.ask_file), ("Esc", self.go_back)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _buttons(self) -> QWidget:
        row = QWidget()
        across = FlowLayout(row, 8)
        self._open = ActButton("Open a request or a team packet", "Ctrl O")
        self._request = ActButton("Ask an agency for my certificate")
        self._export = ActButton("Save the team packet")
        self._add = ActButton("Add a member")
        for name, button, act in (
            ("open", self._open, self.ask_file),
            ("save", self._export, self._ask_export),
            ("ask", self._request, self.ask_request),
            ("new", self._add, self._ask_add),
        ):
            button.setObjectName(f"team.{name}")
            button.clicked.connect(act)
            across.addWidget(button)
        return row

    def arrive(self, _place: Place) -> None:
        """Reads the team anew; a step that is under way stays."""
        self._read()
        if self._step is not None:
            self._step.take_focus()
        else:
            self._open.setFocus()

    def leave(self) -> None:
        """Nothing half typed is kept: it may be a passphrase."""
        self._end_step()

    def go_back(self) -> None:
        """From a step to the team, else to Settings."""
        if self._step is not None:
            self._end_step()
            self._open.setFocus()
        else:
            self._desk.open(Place("settings"))

    def _read(self) -> None:
        self._desk.run.long(lambda _: self._acts.roster(), self._show)

    def _show(self, found: Roster) -> None:
        self.roster = found
        self._export.setVisible(found.holds)
        self._show_agency(found)
        self._members.clear()
        for line in found.lines:
            self._members.add(self._line(line, found))

    def _show_agency(self, found: Roster) -> None:
        card = self._agency
        card.clear()
        for one in found.agencies:
            where = f"{one.name}, {one.telephone}" if one.telephone else one.name
            if one.own:
                card.add(PlainWords(where, "strong"))
            else:
                card.add(PlainWords(f"Its notes are trusted here too: {where}"))
            card.add(PlainWords(f"Six words: {one.spoken}", "" if one.own else "small"))
        if found.holds:
            words = f"{found.holder} holds the agency's authority: only that passphrase certifies."
        elif found.agencies:
            words = "The agency's authority is on another laptop, which certifies members."
        else:
            words = "The agency gets its authority when its first member unlocks this record."
        card.add(PlainWords(words, "small"))

    def _line(self, line: TeamLine, found: Roster) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 4, 0, 4)
        across.setSpacing(10)
        sign = ("check", "ok") if line.good else ("alert", "quiet" if line.ended else "warn")
        across.addWidget(Sign(*sign), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        own = " (unlocked now)" if line.member == self._desk.member.id else ""
        words.addWidget(PlainWords(f"{line.name}: {line.role}{own}"))
        where = "" if line.here or line.ended else ", on another laptop"
        words.addWidget(PlainWords(f"{line.words}{where}", "small"))
        across.addLayout(words, 1)
        may = found.holds and not line.holder and not line.ended
        if may and line.member != self._desk.member.id:
            end = ActButton("End", weight=Weight.QUIET)
            end.setObjectName(f"team.end.{line.member}")
            end.setAccessibleName(f"End the certificate of {line.name}")
            end.clicked.connect(lambda _on=False, line=line: self._ask_end(line))
            across.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def begin(self, told: Told, act: Callable[[str, dict[str, str]], None] | None = None) -> Step:
        """Shows a step in place of the one before, and gives it the keys."""
        self._end_step()
        step = self._step = Step(told)
        self._steps.addWidget(step)
        step.left.connect(self.go_back)
        step.acted.connect(act if act is not None else lambda *_: self.go_back())
        step.take_focus()
        reveal_soon(step)
        return step

    def _end_step(self) -> None:
        step, self._step = self._step, None
        if step is not None:
            step.forget()
            clear_out(self._steps)

    def _do(self, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Runs the act of the step; what goes wrong is said in the step itself."""
        step = self._step
        if step is None:
            return
        step.set_busy(True)

        def done(answer: Any) -> None:
            if self._step is step:
                then(answer)
            self._read()

        def failed(error: BaseException) -> None:
            if self._step is not step:
                self._desk.report(error)
                return
            step.set_busy(False)
            step.forget()
            step.take_focus()
            said = in_words(error)
            step.say(said.line if said is not None else "")

        self._desk.run.long(lambda _: work(), done, failed)

    def ask_file(self) -> None:
        """Asks for a request or a team packet."""
        path, _ = QFileDialog.getOpenFileName(self, "Request or team packet", "", KINDS)
        if path:
            self.bring_in(Path(path))

    def bring_in(self, path: Path) -> None:
        """Opens a request or a team packet, chosen or dropped."""
        self._desk.run.long(lambda _: self._acts.open(path), self._opened)

    def _opened(self, opened: Opened) -> None:
        found = opened.found
        if isinstance(found, Packet):
            told = steps.ask_packet(found, own=opened.own, pinned=opened.pinned, mine=opened.mine)
            self.begin(told, lambda key, _: self._join(key, opened))
            return
        holder = self.roster.holder if self.roster is not None else ""
        if not holder:
            self.begin(steps.not_here())
            return
        told = steps.ask_accept(found, holder)
        self.begin(told, lambda _, texts: self._accept(opened, texts["passphrase"]))

    def _accept(self, opened: Opened, passphrase: str) -> None:
        name = opened.found.who.name if not isinstance(opened.found, Packet) else ""
        path = self._saved_as(name, PACKET)
        if path is not None:
            self._do(
                lambda: self._acts.accept(opened, passphrase, path),
                lambda words: self.begin(steps.packet_made(str(path), words, name)),
            )

    def _join(self, key: str, opened: Opened) -> None:
        if key == steps.TRUST:
            self._do(
                lambda: self._acts.trust(opened),
                lambda packet: self.begin(steps.joined(packet, (), works=False)),
            )
        else:
            self._do(lambda: self._acts.join(opened), self._joined)

    def _joined(self, answer: Joined) -> None:
        self._house.unlocked = answer.unlocked
        without = tuple(who.signed_name for who in answer.without)
        self.begin(steps.joined(answer.packet, without, works=True))
        self.changed.emit()

    def ask_request(self) -> None:
        """The member who unlocked asks an agency for a certificate."""
        self.begin(steps.ask_request(), lambda _, texts: self._make(texts["passphrase"]))

    def _make(self, passphrase: str) -> None:
        path = self._saved_as(self._desk.member.name, REQUEST)
        if path is not None:
            self._do(
                lambda: self._acts.request(path, passphrase),
                lambda words: self.begin(steps.request_made(str(path), words)),
            )

    def _ask_export(self) -> None:
        if self.roster is not None:
            told = steps.ask_export(self.roster.holder)
            self.begin(told, lambda _, texts: self._save_packet(texts["passphrase"]))

    def _save_packet(self, passphrase: str) -> None:
        path = self._saved_as(self._house.agency.name, PACKET)
        if path is not None:
            self._do(
                lambda: self._acts.export(path, passphrase),
                lambda words: self.begin(steps.packet_made(str(path), words, "every laptop")),
            )

    def _ask_end(self, line: TeamLine) -> None:
        if self.roster is not None:
            today = local_day(self._house.now(), self._house.zone).isoformat()
            told = steps.ask_end(line, self.roster.holder, today)
            self.begin(told, lambda _, texts: self._end(line, texts))

    def _end(self, line: TeamLine, texts: dict[str, str]) -> None:
        path = self._saved_as(self._house.agency.name, PACKET)
        if path is None:
            return
        day, reason, passphrase = texts["day"], texts["reason"], texts["passphrase"]
        self._do(
            lambda: self._acts.end(line.member, day, reason, passphrase, path),
            lambda words: self.begin(steps.packet_made(str(path), words, "every laptop")),
        )

    def _ask_add(self) -> None:
        if self.roster is not None:
            self.begin(steps.ask_add(self.roster.holder), lambda _, texts: self._add_one(texts))

    def _add_one(self, texts: dict[str, str]) -> None:
        if self._step is not None and texts["new"] != texts["again"]:
            self._step.say("The two passphrases differ.")
            return
        new = NewMember(texts["name"], texts["credential"], texts[CHOICE])
        self._do(
            lambda: self._acts.add(new, texts["new"], texts.get("passphrase")),
            lambda who: self.begin(steps.added(who.signed_name, certified="passphrase" in texts)),
        )

    def _saved_as(self, name: str, suffix: str) -> Path | None:
        wanted = str(documents() / steps.file_name(name, suffix))
        chosen, _ = QFileDialog.getSaveFileName(self, "Save", wanted, f"*{suffix}")
        return Path(chosen) if chosen else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A request or a team packet is welcome; other files are left to the house."""
        if enrols(dropped(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the first of them."""
        event.acceptProposedAction()
        self.bring_in(dropped(event.mimeData())[0])


def enrols(paths: Sequence[Path]) -> bool:
    """Whether the first of these files is a request or a team packet, by its name."""
    return bool(paths) and paths[0].suffix.casefold() in SUFFIXES
