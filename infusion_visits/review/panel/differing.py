"""What came back against what came first, as lines that the record's own paper shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Heading, Paragraph, Span, Voice, plain
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.moments import show_instant
from infusion_visits.notes.answered import AnsweredLine, AnsweredSection, CellWords
from infusion_visits.review.difference import Differs, added_since
from infusion_visits.visits.note_state import newest

if TYPE_CHECKING:
    from infusion_visits.core.blocks import Block, Words
    from infusion_visits.review.queries import Received

Difference = tuple[tuple["Block", ...], tuple[AnsweredSection, ...]]


def difference_of(received: Received, zone: str) -> Difference:
    """What the addenda say that the last decision did not know; all of them before the first."""
    if received.note is None:
        return (), ()
    last = newest(received.answers)
    differs = added_since(received.note, last.addenda if last else ())
    title = "Came back since the last answer" if last else "Added since it was signed"
    if not differs:
        return (Heading(title), Paragraph(plain("Nothing: the note is what came first."))), ()
    asked = {one.name: one.words for one in last.questions} if last else {}
    lines = tuple(_line(number, one, asked, zone) for number, one in enumerate(differs, 1))
    return (), (AnsweredSection("difference", title, lines),)


def _line(number: int, one: Differs, asked: dict[str, str], zone: str) -> AnsweredLine:
    cell = Cell("difference", Row("change", (number,)), "words")
    questions = " ".join(f"“{asked[name]}”" for name in one.answers if name in asked)
    beside = f"answers {questions}; " if questions else ""
    when = show_instant(one.at, zone) if one.at is not None else ""
    by = ", ".join(part for part in (one.by, when) if part)
    words = (CellWords(cell, one.change.value, _words(one)),)
    return AnsweredLine(one.where, one.where, words, (Span(f"{beside}{by}", Voice.QUIET),))


def _words(one: Differs) -> Words:
    if not one.was:
        return (Span(one.now),)
    return (Span(one.was, Voice.STRUCK), Span(" → "), Span(one.now, Voice.STRONG))
