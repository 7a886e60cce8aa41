"""Approve, return, ask, undo, send: asked for in one line under the note, kept at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from infusion_visits.core.errors import DeviceTrouble, InfusionVisitsError, WrongPassphrase
from infusion_visits.review import actions, queries
from infusion_visits.review.actions import Sent
from infusion_visits.review.drafts import Pending
from infusion_visits.review.inbox_line import InboxLine
from infusion_visits.team import actions as team
from infusion_visits.team.queries import setting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.review.panel.ask_line import AskLine

FOLDER = "answers_folder"
"""The setting that names where answers go."""
NEEDS_WORDS = "Say what is to be put right, or ask a question at a field."
NEEDS_QUESTION = "Say what you want to know."
_SIGNS = "Your passphrase signs them."


@dataclass(frozen=True, slots=True)
class Changed:
    """What a decision made of the inbox; `words` are told where there are any.

    `goes_on` after a decision that is done with the note: the next one is looked at.
    """

    visit: UUID
    pending: Pending
    lines: tuple[InboxLine, ...]
    words: str = ""
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Answers that are signed and kept, whose files the folder did not take."""

    reviews: tuple[UUID, ...]
    authority: bytes


class Decisions(QObject):
    """`changed` after each decision, `sent` after signing, `left` where nothing was asked."""

    changed = Signal(object)
    sent = Signal(object)
    said = Signal(str, str)
    left = Signal()

    def __init__(self, desk: Desk[UnitOfWork], ask: AskLine, documents: Callable[[], Path]) -> None:
        super().__init__(ask)
        self._desk, self._ask = desk, ask
        self._documents = documents
        self._folder: Path | None = None
        self._unwritten: Unwritten | None = None

    def approve(self, visit: UUID) -> None:
        """The note is right as it is."""
        self._do(visit, lambda unit: actions.approve(unit, visit), goes_on=True)

    def ask_return(self, visit: UUID, questions: int) -> None:
        """The note goes back, with words; with questions at its fields words may be left out."""
        self._ask.ask(
            "What is to be put right? The nurse reads this with the questions at their fields.",
            lambda words: self._do(
                visit, lambda unit: actions.return_with(unit, visit, words), goes_on=True
            ),
            self.left.emit,
            act="Return",
            needs="" if questions else NEEDS_WORDS,
        )

    def ask_question(self, visit: UUID, cell: str, label: str) -> None:
        """A question at a field, or to the note as a whole; the note is returned with it."""

        def keep(words: str) -> None:
            def work(unit: UnitOfWork) -> None:
                actions.ask(unit, visit, cell, label, words)

            self._do(visit, work)

        where = f"Question about {label}" if cell else "Question to the note as a whole"
        self._ask.ask(where, keep, self.left.emit, act="Ask", needs=NEEDS_QUESTION)

    def undo(self, visit: UUID) -> None:
        """Takes the last question or decision on this note back."""
        self._do(visit, lambda unit: actions.undo(unit, visit))

    def set_aside(self, received: UUID) -> None:
        """A file that is no note leaves the inbox; it stays in the record."""

        def work(unit: UnitOfWork) -> tuple[InboxLine, ...]:
            actions.set_aside(unit, received)
            return queries.inbox(unit)

        def done(lines: tuple[InboxLine, ...]) -> None:
            pending = Pending(received)
            self.changed.emit(
                Changed(received, pending, lines, "Set aside; it stays in the record.")
            )

        self._desk.run.act(work, done, self._refused)

    def _do(self, visit: UUID, act: Callable[[UnitOfWork], Any], *, goes_on: bool = False) -> None:
        def work(unit: UnitOfWork) -> Changed:
            words = act(unit)
            said = words if isinstance(words, str) else ""
            lines = queries.inbox(unit)
            return Changed(visit, queries.pending(unit, visit), lines, said, goes_on)

        def done(changed: Changed) -> None:
            self._ask.done()
            self.changed.emit(changed)

        self._ask.set_busy(True)
        self._desk.run.act(work, done, self._refused)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, InfusionVisitsError):
            self._ask.set_busy(False)
            self._desk.report(error)
        elif self._ask.isVisible():
            self._ask.refuse(error.words)
        else:
            self.said.emit(error.words, "warn")

    # Sending

    def ask_send(self, lines: Sequence[InboxLine]) -> None:
        """Asks for the passphrase once for all; says where the files go."""
        if self._unwritten is not None:
            self._write_again(self._unwritten)
            return

        def read(unit: UnitOfWork) -> tuple[str, int]:
            return str(setting(unit, FOLDER, "")), len(queries.without_answer(unit))

        def came(answer: tuple[str, int]) -> None:
            kept, receipts = answer
            self._folder = self._folder or Path(kept or self._documents())
            self._ask_passphrase(lines, receipts)

        self._desk.run.act(read, came)

    def _ask_passphrase(self, lines: Sequence[InboxLine], receipts: int) -> None:
        decided = [one for one in lines if one.pending is not None]
        if not decided and not receipts:
            self.said.emit("Nothing to send: nothing was decided since the last time.", "quiet")
            self.left.emit()
            return
        # What nurses of this very record are answered, they see on this laptop without a file.
        files = bool(receipts) or any(one.received is not None for one in decided)
        self._ask.ask(
            _to_send(len(decided), receipts),
            lambda passphrase: self._send(passphrase, files=files),
            self.left.emit,
            act="Sign and send",
            below=self._where() if files else f"{_SIGNS} The nurses of this laptop see them here.",
            needs="Your passphrase signs the answers.",
            secret=True,
            other=("Other folder", self._choose_folder) if files else None,
        )

    def _where(self) -> str:
        return f"{_SIGNS} The files go to {self._folder}"

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self._ask.window(), "Where the answers go", str(self._folder)
        )
        if chosen:
            self._folder = Path(chosen)
            self._ask.say_below(self._where())
            self._desk.run.act(lambda unit: team.choose(unit, FOLDER, chosen))
        self._ask.line.setFocus()

    def _send(self, passphrase: str, *, files: bool) -> None:
        self._ask.set_busy(True)
        new_unit, member = self._desk.run.new_unit, self._desk.member.id
        folder = self._folder or self._documents()
        signed: list[Unwritten] = []

        def work(_progress: object) -> Sent:
            with new_unit() as unit:
                signatory = team.signatory(unit, member, passphrase)
            sent = actions.send_answers(new_unit, signatory)
            if not files or not sent.reviews:
                return sent
            signed.append(Unwritten(sent.reviews, signatory.authority.der))
            written = actions.write_files(new_unit, sent.reviews, signed[0].authority, folder)
            return Sent(sent.decisions, sent.receipts, sent.reviews, written)

        def failed(error: BaseException) -> None:
            self._unwritten = signed[0] if signed else None
            self._not_sent(error)

        self._desk.run.long(work, self._done, failed)

    def _done(self, sent: Sent) -> None:
        self._unwritten = None
        self._ask.done()
        self.sent.emit(sent)

    def _not_sent(self, error: BaseException) -> None:
        if isinstance(error, WrongPassphrase):
            self._ask.refuse("The passphrase is not yours. Nothing was signed or sent.")
        elif isinstance(error, DeviceTrouble) and self._unwritten is not None:
            self._ask.done()
            words = f"The answers are signed and kept, but not written: {error.words} "
            self.said.emit(f"{words}Press S to write the files again.", "danger")
            self.sent.emit(None)
        elif isinstance(error, InfusionVisitsError):
            self._ask.refuse(error.words)
        else:
            self._ask.set_busy(False)
            self._desk.report(error)

    def _write_again(self, unwritten: Unwritten) -> None:
        new_unit, folder = self._desk.run.new_unit, self._folder
        chosen = QFileDialog.getExistingDirectory(
            self._ask.window(), "Where the answers go", str(folder)
        )
        if not chosen:
            return
        self._folder = Path(chosen)

        def work(_progress: object) -> Sent:
            files = actions.write_files(
                new_unit, unwritten.reviews, unwritten.authority, Path(chosen)
            )
            return Sent(len(unwritten.reviews), 0, unwritten.reviews, files)

        self._desk.run.long(work, self._done, self._not_sent)


def _to_send(decided: int, receipts: int) -> str:
    parts = [f"{decided} answer{'' if decided == 1 else 's'}"] if decided else []
    parts += [f"{receipts} receipt{'' if receipts == 1 else 's'}"] if receipts else []
    return f"Send {' and '.join(parts)}"
