"""The acts of an infusion in the note: each by its time, beside the plan, with what was given."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Column, Side, Span, Table, Voice, Words, plain
from infusion_visits.core.charted import leaf_words, mark_words, time_words
from infusion_visits.core.moments import show_minutes, show_time
from infusion_visits.sections.infusion.acts import Act, State, acts_of, segments_of, volume_of
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.fields import FLUSH, INFUSION_EVENT
from infusion_visits.sections.infusion.ladder import as_decimal
from infusion_visits.sections.infusion.ladder_text import ladder_or_none
from infusion_visits.sections.infusion.summary import InfusionSummary, standing_at

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.values import InfusionEvent, InfusionGiven

_BESIDE = ("volume_ml", "remaining_ml")
_TOLD_FROM = timedelta(minutes=1)


def acts_table(one: InfusionGiven, facts: Facts, summary: InfusionSummary | None = None) -> Table:
    """Every act by time with its rate, what was given by then, and why; struck ones legible."""
    columns = (
        Column("Time", 2),
        Column("Act", 3),
        Column("Rate", 3, Side.RIGHT),
        Column("Given by then", 3, Side.RIGHT),
        Column("Pump shows", 3, Side.RIGHT),
        Column("Why", 6),
    )
    late = datetime.max.replace(tzinfo=facts.now.tzinfo)
    events = sorted(one.infusion_event, key=lambda event: (event.at or late, event.mark.row.at))
    summary = summary or standing_at(one, facts)
    acts = acts_of(one)
    return Table(columns, tuple(_act_row(event, acts, summary, facts) for event in events))


def _act_row(
    event: InfusionEvent, acts: tuple[Act, ...], summary: InfusionSummary, facts: Facts
) -> tuple[Words, ...]:
    voice = Voice.STRUCK if event.mark.struck else Voice.PLAIN
    act = next((one for one in acts if one.event is event), None)
    time = time_words(event.mark, facts)
    return (
        (Span(time, voice),) if time else leaf_words(INFUSION_EVENT.leaf("at"), event, facts),
        leaf_words(INFUSION_EVENT.leaf("kind"), event, facts),
        leaf_words(INFUSION_EVENT.leaf("rate"), event, facts),
        _given_by(event, acts, summary),
        leaf_words(INFUSION_EVENT.leaf("reading_ml"), event, facts),
        _beside(event, act, summary, facts),
    )


def _given_by(event: InfusionEvent, acts: tuple[Act, ...], summary: InfusionSummary) -> Words:
    """By the rates; at the end what is taken as given, so that no line says two volumes."""
    if event.mark.struck is not None or event.at is None or event.kind == FLUSH:
        return ()
    own = next((act for act in acts if act.event is event), None)
    at = own.at if own else event.at
    if own is not None and own.state is State.ENDED and own is acts[-1]:
        return plain(amount(summary.given_ml, "mL"))
    earlier = [act for act in acts if act.at <= at]
    return plain(amount(as_decimal(volume_of(segments_of(earlier, at))), "mL"))


def _beside(event: InfusionEvent, act: Act | None, summary: InfusionSummary, facts: Facts) -> Words:
    """Why, the first plan where it was another time, volumes, and what a row carries."""
    said: list[Words] = [leaf_words(INFUSION_EVENT.leaf("why"), event, facts)]
    planned = summary.timetable.planned_for(act.at) if act else None
    if act is not None and planned is not None and abs(act.at - planned) >= _TOLD_FROM:
        said.append((Span(f"planned {show_time(planned, facts.zone)}", Voice.QUIET),))
    for name in _BESIDE:
        leaf = INFUSION_EVENT.leaf(name)
        words = leaf_words(leaf, event, facts)
        if words:
            said.append((Span(f"{leaf.label.lower()} "), *words))
    ladder = leaf_words(INFUSION_EVENT.leaf("ladder"), event, facts)
    if event.ladder and not event.mark.struck:
        ladder = plain(_ladder_words(event.ladder))
    if ladder:
        said.append((Span("then, as ordered: "), *ladder))
    if act is not None and act.clock_back:
        minutes = show_minutes(max(int(act.clock_back.total_seconds() // 60), 1))
        said.append((Span(f"the laptop's clock had gone back {minutes}", Voice.FLAG),))
    said += [(span,) for span in mark_words(event.mark, facts)]
    return joined(said)


def _ladder_words(text: str) -> str:
    """`20 mL/h for 15 min, 40 mL/h until complete`; as typed where it is not understood."""
    steps = ladder_or_none(text)
    if steps is None:
        return text
    return ", ".join(
        f"{amount(step.ml_per_hour, 'mL/h')} "
        + (f"for {show_minutes(step.minutes)}" if step.minutes else "until complete")
        for step in steps
    )


def joined(parts: list[Words]) -> Words:
    """The parts that say something, with semicolons."""
    made: list[Span] = []
    for part in parts:
        if part:
            made += [Span("; "), *part] if made else part
    return tuple(made)
