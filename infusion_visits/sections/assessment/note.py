"""What the note says of the assessment: one paragraph when all is normal, else each exception."""

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
)
from infusion_visits.core.charted import after, leaf_text, leaf_words, mark_words
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.assessment import options as of
from infusion_visits.sections.assessment.catalogue import AssessmentCatalogue, catalogue_of
from infusion_visits.sections.assessment.fields import (
    ASSESSMENT,
    FALL_SCREEN,
    SYSTEMS,
    THERAPY_WATCH,
    details_of,
    words_of,
)
from infusion_visits.sections.assessment.rules import fall_score, not_answered, not_asked, state_of

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.assessment.values import (
        Assessment,
        FallScreen,
        SystemsAssessed,
        WatchAnswer,
    )

TITLE = "Assessment"
_AROUND = ("limits", "diet", "response")


def blocks(values: Assessment, facts: Facts) -> list[Block]:
    """The assessment of one visit; nothing where nothing was charted."""
    made: list[Block] = []
    catalogue = catalogue_of(facts)
    one = values.assessment
    if one is not None:
        made += _systems(values, one, catalogue, facts)
    if values.therapy_watch:
        made += _watched(values, catalogue, facts)
    if one is not None:
        made += _around(one, facts)
    if values.fall_screen is not None:
        made += _falls(values.fall_screen, facts)
    if not made:
        return []
    at = leaf_text(ASSESSMENT.leaf("at"), one, facts) if one is not None else ""
    return [Heading(TITLE, 2, f"assessed at {at}" if at else ""), *made]


def _systems(
    values: Assessment, one: SystemsAssessed, catalogue: AssessmentCatalogue, facts: Facts
) -> list[Block]:
    """Exceptions first, each in its line; then all that is normal with what normal means."""
    made: list[Block] = []
    told = [key for key, _ in SYSTEMS if _is_told(one, key)]
    if told:
        columns = (Column("System", 4), Column("State", 2), Column("Seen", 10))
        made.append(Table(columns, tuple(_row(one, key, facts) for key in told)))
    normal = [key for key, _ in SYSTEMS if state_of(one, key) == of.NORMAL and key not in told]
    if normal:
        lead = "Within normal limits: " if told else "All systems within normal limits: "
        made.append(Paragraph((Span(lead, Voice.STRONG), *_meaning(one, normal, catalogue))))
    open_ones = () if one.mark.struck else not_asked(values, facts)
    if open_ones:
        names = dict(SYSTEMS)
        words = "; ".join(names[key] for key in open_ones)
        made.append(Paragraph((Span("Not assessed: ", Voice.STRONG), Span(f"{words}."))))
    return made


def _is_told(one: SystemsAssessed, key: str) -> bool:
    """Whether a system needs a line of its own: not normal, a word on it, or something not done."""
    fields = {key, *(leaf.name for leaf in details_of(key))}
    said = any(getattr(one, leaf.name) not in (None, ()) for leaf in details_of(key))
    return said or bool(fields & set(one.mark.not_done)) or state_of(one, key) in of.EXCEPTIONS


def _row(one: SystemsAssessed, key: str, facts: Facts) -> tuple[Words, ...]:
    state = leaf_words(ASSESSMENT.leaf(key), one, facts)
    strong = tuple(
        Span(span.text, Voice.STRONG) if span.voice is Voice.PLAIN else span for span in state
    )
    return (_voiced(dict(SYSTEMS)[key], one), strong, _seen(one, key, facts))


def _seen(one: SystemsAssessed, key: str, facts: Facts) -> Words:
    said: list[Span] = []
    for leaf in details_of(key):
        words = leaf_words(leaf, one, facts)
        if not words:
            continue
        if said:
            said.append(Span("; " if leaf.name == words_of(key) else ", "))
        if leaf.name in _NAMED or leaf.name in one.mark.not_done:
            said.append(Span(f"{leaf.label.lower()} ", Voice.QUIET))
        said.extend(words)
    return tuple(said)


_NAMED = frozenset({"edema", "lung_sounds", "last_stool", "glucose_range"})


def _meaning(one: SystemsAssessed, normal: list[str], catalogue: AssessmentCatalogue) -> Words:
    """`Neurological (alert, oriented, …); …`: each system with the agency's meaning of normal."""
    said: list[Span] = []
    names = dict(SYSTEMS)
    for key in normal:
        limits = catalogue.systems.get(key)
        if said:
            said.append(Span("; "))
        said.extend(_voiced(names[key], one))
        if limits is not None:
            said.append(Span(f" ({limits.normal})", Voice.QUIET))
    return (*said, Span("."))


def _watched(values: Assessment, catalogue: AssessmentCatalogue, facts: Facts) -> list[Block]:
    rows: list[tuple[Words, ...]] = []
    no: list[str] = []
    for one in sorted(values.therapy_watch, key=lambda each: each.number):
        prompt = catalogue.prompts.get(one.number)
        asks = prompt.asks if prompt else f"Question {one.number}"
        if one.answer is False and not one.words and _is_plain(one):
            no.append(asks.rstrip("?"))
        else:
            rows.append(_asked(asks, one, facts))
    made: list[Block] = []
    if rows:
        columns = (Column(THERAPY_WATCH.label, 8), Column("Answer", 2), Column("What", 6))
        made.append(Table(columns, tuple(rows)))
    if no:
        lead = Span(f"{THERAPY_WATCH.label}, answered no: ", Voice.STRONG)
        made.append(Paragraph((lead, Span("; ".join(no) + "."))))
    open_ones = not_answered(values, facts)
    if open_ones and any(_is_plain(one) for one in values.therapy_watch):
        words = "; ".join(prompt.asks.rstrip("?") for prompt in open_ones)
        made.append(Paragraph((Span("Not asked: ", Voice.STRONG), Span(f"{words}."))))
    return made


def _is_plain(one: WatchAnswer) -> bool:
    return one.mark.struck is None and not one.mark.not_done


def _asked(asks: str, one: WatchAnswer, facts: Facts) -> tuple[Words, ...]:
    voice = Voice.STRUCK if one.mark.struck else Voice.PLAIN
    answer = leaf_words(THERAPY_WATCH.leaf("answer"), one, facts)
    words = leaf_words(THERAPY_WATCH.leaf("words"), one, facts)
    return ((Span(asks, voice),), answer, (*words, *after(mark_words(one.mark, facts))))


def _around(one: SystemsAssessed, facts: Facts) -> list[Block]:
    rows = [
        Answer(ASSESSMENT.leaf(name).label, words)
        for name in _AROUND
        if (words := leaf_words(ASSESSMENT.leaf(name), one, facts))
    ]
    if "at" in one.mark.not_done and one.at is None:
        rows.append(Answer("Assessed at", leaf_words(ASSESSMENT.leaf("at"), one, facts)))
    pain = facts.last_vitals.pain if facts.last_vitals else None
    if pain is not None and not one.mark.struck:
        score = f"{plain_number(pain)}{NBSP}of 10, last set of vital signs"
        rows.append(Answer("Pain", (Span(score),)))
    made: list[Block] = [Answers(tuple(rows), 3)] if rows else []
    if beside := mark_words(one.mark, facts):
        made.append(Items((beside,)))
    return made


def _falls(screen: FallScreen, facts: Facts) -> list[Block]:
    """`At risk of falls, MAHC-10 6 of 10`: the score, every yes, every no, and the plan."""
    voice = Voice.STRUCK if screen.mark.struck else Voice.PLAIN
    said: list[Span] = [Span("Fall screen, MAHC-10: ", Voice.STRONG)]
    at = leaf_words(FALL_SCREEN.leaf("screened_at"), screen, facts)
    said += [Span(_score_words(screen, facts), voice), Span(", screened at "), *at, Span(". ")]
    if not at:
        said[-3:] = [Span(". ")]
    for answer, lead in ((True, "Yes: "), (False, "No: ")):
        labels = [label for field, label, _ in of.FALL_ITEMS if getattr(screen, field) is answer]
        if labels:
            said += [Span(lead, Voice.QUIET), Span("; ".join(labels) + ". ", voice)]
    for field, label, _ in of.FALL_ITEMS:
        if field in screen.mark.not_done and getattr(screen, field) is None:
            said += [Span(f"{label}: "), *leaf_words(FALL_SCREEN.leaf(field), screen, facts)]
            said.append(Span(". "))
    plan = leaf_words(FALL_SCREEN.leaf("plan"), screen, facts)
    if plan:
        said += [Span("Against falls: ", Voice.QUIET), *plan]
    said += after(mark_words(screen.mark, facts))
    return [Paragraph(tuple(said))]


def _score_words(screen: FallScreen, facts: Facts) -> str:
    score = fall_score(screen, facts)
    if score.total is None:
        return f"not scored, {len(score.missing)} of {len(of.FALL_ITEMS)} not answered"
    risk = "at risk" if score.at_risk else "not at risk"
    return f"{score.total} of {len(of.FALL_ITEMS)}, {risk}"


def _voiced(text: str, one: SystemsAssessed) -> Words:
    return (Span(text, Voice.STRUCK if one.mark.struck else Voice.PLAIN),)
