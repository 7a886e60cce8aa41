"""What the coordinator said of a signed note: approved, or returned with her questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from infusion_visits.core.moments import show_instant
from infusion_visits.visits.note_state import NoteState
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.jump_line import JumpLine
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from infusion_visits.visits.note_state import Answered, AskedBack


class Returned(Card):
    """Each question leads to its field; `asked` carries it."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setObjectName("note.returned")
        self.hide()

    def show_answer(
        self,
        answer: Answered | None,
        state: NoteState | None,
        questions: Sequence[AskedBack],
        zone: str,
    ) -> None:
        """Shows the decision that counts; without one the card is not there."""
        self.clear()
        self.setVisible(answer is not None)
        if answer is None:
            return
        when = show_instant(answer.at, zone)
        self.set_title(_title(answer, state, len(questions)))
        approved = state is NoteState.APPROVED
        self.set_sign("check" if approved else "alert", "ok" if approved else "warn")
        self.add(PlainWords(f"{answer.by}, {when}", "small"))
        if answer.words:
            self.add(PlainWords(answer.words))
        for one in questions:
            said = f"{one.label}: {one.words}" if one.label else one.words
            line = JumpLine(
                f"Answered. {said}" if one.answered else said,
                "quiet" if one.answered else "warn",
                "check" if one.answered else "right",
            )
            line.setObjectName(f"note.question.{one.seq}")
            line.opened.connect(lambda question=one: self.asked.emit(question))
            self.add(line)
        if questions:
            words = "Enter at a question shows its field and begins the addendum that answers it."
            self.add(PlainWords(words, "small"))

    def first_open(self) -> JumpLine | None:
        """The first question that nothing answers yet."""
        return next(
            (one for one in self.findChildren(JumpLine) if not one.words.startswith("Answered.")),
            None,
        )


def _title(answer: Answered, state: NoteState | None, questions: int) -> str:
    if state is NoteState.CORRECTED:
        return "Corrected: save the PDF and hand it over"
    if answer.state is NoteState.APPROVED:
        return "Approved"
    asked = f" with {questions} question{'' if questions == 1 else 's'}" if questions else ""
    return f"Returned{asked}"
