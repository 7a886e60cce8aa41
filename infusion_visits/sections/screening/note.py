"""What the note says of the screening: each yes with its comment, then every no by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Answer,
    Answers,
    Block,
    Column,
    Heading,
    Items,
    Paragraph,
    Span,
    Table,
    Voice,
    Words,
    quiet,
)
from infusion_visits.core.charted import leaf_text, leaf_words, mark_words
from infusion_visits.sections.screening.fields import SCREENING_ANSWER, note_of
from infusion_visits.sections.screening.rules import LABELS, asked_of, comment_of, not_asked

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.screening.values import Screening, ScreeningAnswers


def blocks(values: Screening, facts: Facts) -> list[Block]:
    """The screening of one visit; nothing where nothing was charted."""
    answers = values.screening_answer
    if answers is None:
        return []
    at = leaf_text(SCREENING_ANSWER.leaf("at"), answers, facts)
    made: list[Block] = [Heading("Screening", 2, f"asked at {at}" if at else "")]
    told = [key for key in LABELS if _is_told(answers, key)]
    if told:
        made.append(_table(told, answers, facts))
    made += _sentences(values, answers)
    around = tuple(
        Answer(SCREENING_ANSWER.leaf(name).label, words)
        for name in ("at", "response", "labs_day", "labs_words")
        if not (name == "at" and at)
        and (words := leaf_words(SCREENING_ANSWER.leaf(name), answers, facts))
    )
    if around:
        made.append(Answers(around, 3))
    if beside := mark_words(answers.mark, facts):
        made.append(Items((beside,)))
    return made


def _is_told(answers: ScreeningAnswers, key: str) -> bool:
    """Whether the question needs a line of its own: a yes, a comment, or something not done."""
    absent = {key, note_of(key)} & set(answers.mark.not_done)
    return bool(asked_of(answers, key) or comment_of(answers, key) or absent)


def _table(told: list[str], answers: ScreeningAnswers, facts: Facts) -> Table:
    rows: list[tuple[Words, ...]] = []
    for key in told:
        said = leaf_words(SCREENING_ANSWER.leaf(key), answers, facts)
        strong = tuple(
            Span(span.text, Voice.STRONG if span.voice is Voice.PLAIN else span.voice)
            for span in said
        )
        comment = leaf_words(SCREENING_ANSWER.leaf(note_of(key)), answers, facts)
        rows.append((_voiced(LABELS[key], answers), strong or quiet("not asked"), comment))
    return Table(
        (Column("Asked", 4), Column("Answer", 2), Column("What", 5)),
        tuple(rows),
    )


def _sentences(values: Screening, answers: ScreeningAnswers) -> list[Block]:
    made: list[Block] = []
    no = [LABELS[key] for key in LABELS if asked_of(answers, key) is False]
    if no:
        lead = "All answered no: " if len(no) == len(LABELS) else "Answered no: "
        made.append(Paragraph((Span(lead, Voice.STRONG), *_voiced("; ".join(no) + ".", answers))))
    open_ones = () if answers.mark.struck else not_asked(values)
    if open_ones:
        words = "; ".join(LABELS[key] for key in open_ones)
        made.append(Paragraph((Span("Not asked: ", Voice.STRONG), Span(words + "."))))
    return made


def _voiced(text: str, answers: ScreeningAnswers) -> Words:
    return (Span(text, Voice.STRUCK if answers.mark.struck else Voice.PLAIN),)
