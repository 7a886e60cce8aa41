"""What the note says about the home: the outcome and why, what fails, and what is in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
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
from infusion_visits.core.charted import answers, leaf_words, mark_words
from infusion_visits.core.moments import show_day
from infusion_visits.sections.home.fields import (
    FAIL,
    HOME_ASSESSMENT,
    HOME_FINDING,
    NOT_APPLICABLE,
    PASS,
)
from infusion_visits.sections.home.items import Item, items_for
from infusion_visits.sections.home.suitability import (
    FALLS_ITEM,
    earlier_in_force,
    finding_of,
    judge,
    screened_falls,
    standing,
)
from infusion_visits.sections.home.weights import Failing, fails

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.home.values import Home, HomeFinding

_SEEN = ("extent", "temperature", "score", "minutes", "note")
_PLAN = ("plan", "owner", "due_day")


def blocks(values: Home, facts: Facts) -> list[Block]:
    """The home at one visit; nothing where nothing was charted."""
    if values.home_assessment is None and not values.home_finding:
        return []
    judged = judge(values, facts)
    made: list[Block] = [Heading("Home", 2)]
    if judged:
        lead = Span(f"{judged.outcome.label.capitalize()}.", Voice.STRONG)
        made.append(Paragraph((Span("Outcome: "), lead)))
        if judged.reasons:
            made.append(Items(tuple((Span(reason),) for reason in judged.reasons)))
    if values.home_assessment is not None:
        made += answers(HOME_ASSESSMENT, values.home_assessment, facts, columns=3)
    weights = {one.item.number: one for one in judged.failing} if judged else {}
    said = _items(_with_screen(values, facts), weights, facts)
    return [*made, *said, *_earlier(values, weights, facts)]


def _with_screen(values: Home, facts: Facts) -> tuple[HomeFinding, ...]:
    """The rows of this visit; the fall screen answers the item of falls where the home does not."""
    screened = screened_falls(values, facts)
    if screened is None:
        return values.home_finding
    others = (one for one in values.home_finding if one.item != screened.item or one.mark.struck)
    note = "; ".join(part for part in (screened.note, "by the fall screen") if part)
    return (*others, replace(screened, note=note))


def _earlier(values: Home, weights: dict[int, Failing], facts: Facts) -> list[Block]:
    """The earlier answers that still stand: what is said of them is that nothing changed."""
    before = earlier_in_force(values, facts)
    if before is None:
        return []
    here = {number for number, one in standing(values).items() if one.answer is not None}
    if screened_falls(values, facts) is not None:
        here.add(FALLS_ITEM)
    found = tuple(finding_of(one) for one in before.answers if one.number not in here)
    if not found:
        return []
    lead = Span(f"Unchanged since {show_day(before.seen)}:", Voice.STRONG)
    return [Paragraph((lead,)), *_items(found, weights, facts)]


def _items(
    answered: Sequence[HomeFinding], weights: dict[int, Failing], facts: Facts
) -> list[Block]:
    items = items_for(facts).items
    rows: list[tuple[Words, ...]] = []
    plain: dict[str, list[str]] = {PASS: [], NOT_APPLICABLE: []}
    for found in sorted(answered, key=lambda one: one.item):
        item = items.get(found.item)
        if item and _is_plain(item, found):
            plain[found.answer or ""].append(f"{item.number} {_small(item.label)}")
        else:
            rows.append(_row(item, found, weights.get(found.item), facts))
    made: list[Block] = []
    if rows:
        columns = (Column("Item", 4), Column("Answer", 3), Column("Seen", 4), Column("Plan", 5))
        made.append(Table(columns, tuple(rows)))
    for answer, lead in ((PASS, "In order: "), (NOT_APPLICABLE, "Not applicable: ")):
        if plain[answer]:
            words = "; ".join(plain[answer]) + "."
            made.append(Paragraph((Span(lead, Voice.STRONG), Span(words))))
    return made


def _is_plain(item: Item, found: HomeFinding) -> bool:
    """Nothing is said beside the answer and it fails nothing: its name in a sentence will do."""
    if found.answer not in {PASS, NOT_APPLICABLE} or fails(item, found):
        return False
    told = any(getattr(found, name) is not None for name in (*_SEEN, *_PLAN))
    return not (told or found.mark.struck or found.mark.not_done)


def _row(
    item: Item | None, found: HomeFinding, failing: Failing | None, facts: Facts
) -> tuple[Words, ...]:
    struck = found.mark.struck is not None
    label = f"{found.item} {item.label if item else 'item no longer listed'}"
    answer = leaf_words(HOME_FINDING.leaf("answer"), found, facts)
    if found.answer == FAIL and item and not struck:
        answer = (Span(f"fail: {item.fails}", Voice.STRONG),)
    if failing:
        answer = (*answer, Span(f" ({failing.severity})"))
    return (
        (Span(label, Voice.STRUCK if struck else Voice.PLAIN),),
        (*answer, *_beside(found, facts)),
        _joined(_SEEN, found, facts),
        _joined(_PLAN, found, facts) or _elsewhere(failing),
    )


def _elsewhere(failing: Failing | None) -> Words:
    return (Span(failing.elsewhere),) if failing and failing.elsewhere else ()


def _beside(found: HomeFinding, facts: Facts) -> Words:
    return tuple(part for span in mark_words(found.mark, facts) for part in (Span("; "), span))


def _joined(names: tuple[str, ...], found: HomeFinding, facts: Facts) -> Words:
    joined: list[Span] = []
    for name in names:
        words = leaf_words(HOME_FINDING.leaf(name), found, facts)
        if not words:
            continue
        if joined:
            joined.append(Span("; "))
        if name == "due_day":
            joined.append(Span("by "))
        joined.extend(words)
    return tuple(joined)


def _small(label: str) -> str:
    return label if label[:2].isupper() else label[0].lower() + label[1:]
