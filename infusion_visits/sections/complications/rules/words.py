"""How a complication is told: what went with it, what was done, who was told, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.moments import show_instant, show_minutes
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.fields import COMPLICATION, COMPLICATION_STEP
from infusion_visits.sections.complications.rules.state import (
    State,
    grade_at_peak,
    grade_now,
    grade_words,
    state_of,
    steps_of,
)
from infusion_visits.sections.complications.signs import LABELS

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
    from infusion_visits.sections.complications.values import Complication, ComplicationStep


MOST_ACTIONS = 2
"""On page one; all of them stand in the section, each with its time."""


def sentence(text: str) -> str:
    """The text as a sentence: a capital at its head, one full stop at its end."""
    clean = text.strip()
    if not clean:
        return ""
    clean = clean[:1].upper() + clean[1:]
    return clean if clean.endswith((".", "!", "?")) else f"{clean}."


def step_time(step: ComplicationStep, facts: Facts) -> str:
    """`10:27`, with its day when that was another one; empty without a time."""
    if step.happened_at is None:
        return ""
    return show_instant(step.happened_at, facts.zone, beside=facts.arrived or facts.now)


def detail_words(complication: Complication, catalogue: Catalogue, facts: Facts) -> str:
    """The context of page one: where, what was seen, when in the infusion, what was done."""
    kind = catalogue.kind(complication.what)
    steps = steps_of(complication)
    said: list[str] = []
    line = facts.line(complication.device_id)
    if line is not None:
        said.append(line.label)
    said += [step.words for step in steps if step.kind == of.NOTICED and step.words]
    said.append(signs_words(complication, kind))
    said.append(onset_words(complication, facts))
    peak, now = grade_at_peak(complication, kind, catalogue), grade_now(complication, kind)
    if peak is not None and now is not None and peak != now:
        said.append(f"now {grade_words(now, catalogue)}")
    done = [
        f"{step.words} {step_time(step, facts)}".strip()
        for step in steps
        if step.kind == of.ACTION and step.words and not step.skipped
    ]
    more = len(done) - MOST_ACTIONS
    said.append("; ".join(done[:MOST_ACTIONS]) + (f"; {more} more actions" if more > 0 else ""))
    decided = [one.decision for one in facts.reactions if one.complication == _key(complication)]
    # That it was slowed down stands among what was done.
    said += [words for words in decided if not (done and words.startswith("went on"))]
    return " ".join(sentence(words) for words in said if words)


def signs_words(complication: Complication, kind: Kind) -> str:
    """`Hives, wheeze`: every sign that was ticked of it, in the catalogue's order."""
    seen = {sign for step in steps_of(complication) for sign in step.signs or ()}
    known = [key for key in (*kind.signs, *LABELS) if key in seen]
    return ", ".join(LABELS[key] for key in dict.fromkeys(known))


def _key(complication: Complication) -> object:
    return complication.mark.row.at[0]


def onset_words(complication: Complication, facts: Facts) -> str:
    """`12 min after the start, 35 mL given, at 140 mL/h`; empty when nothing of it is known."""
    said: list[str] = []
    start, noticed = facts.infusion_start, complication.noticed_at
    ended = facts.infusion_end
    if start is not None and noticed is not None and noticed >= start:
        if ended is not None and noticed > ended:
            minutes = int((noticed - ended).total_seconds() // 60)
            said.append(f"{show_minutes(minutes)} after the end")
        elif not facts.infusion_found:
            minutes = int((noticed - start).total_seconds() // 60)
            said.append(f"{show_minutes(minutes)} after the start")
    volume = leaf_text(COMPLICATION.leaf("onset_ml"), complication, facts)
    if volume:
        said.append(f"{volume} given")
    rate = leaf_text(COMPLICATION.leaf("onset_rate"), complication, facts)
    if rate:
        said.append(f"at {rate}")
    return ", ".join(said)


def response_words(complication: Complication, facts: Facts) -> str:
    """`Told S. Lindqvist 10:30, read back: resume at half rate. Recheck 10:41: 80. Closed.`"""
    said = [
        told_words(step, facts) if step.kind == of.TOLD else _recheck_words(step, facts)
        for step in steps_of(complication)
        if step.kind in {of.TOLD, of.RECHECK}
    ]
    said.append(end_words(complication, facts))
    return " ".join(sentence(words) for words in said if words)


def told_words(step: ComplicationStep, facts: Facts) -> str:
    """Who was told and when, what came back, and whether an order was read back."""
    role = leaf_text(COMPLICATION_STEP.leaf("told_role"), step, facts)
    who = step.told_name or role or "someone"
    time = step_time(step, facts)
    if step.reached in {"message_left", "no_answer"}:
        reached = leaf_text(COMPLICATION_STEP.leaf("reached"), step, facts)
        return f"{who} {time}: {reached}"
    words = f"told {who} {time}".strip()
    if step.order_received:
        read = "read back" if step.read_back else "not read back"
        words = f"{words}, {read}: {step.order_received}"
    elif step.answer:
        words = f"{words}: {step.answer}"
    return sentence(words) + (f" {sentence(step.follow_up)}" if step.follow_up else "")


def _recheck_words(step: ComplicationStep, facts: Facts) -> str:
    words = f"recheck {step_time(step, facts)}"
    said = [part for part in (step.words, step.follow_up) if part]
    return f"{words}: {'; '.join(said)}" if said else words


def end_words(complication: Complication, facts: Facts) -> str:
    """`Closed.`, `Closed: transferred to hospital.`, `Open.`"""
    if state_of(complication) is State.OPEN:
        return "open"
    last = [step for step in steps_of(complication) if step.kind == of.CLOSED][-1]
    outcome = leaf_text(COMPLICATION_STEP.leaf("outcome"), last, facts)
    said = [part for part in (last.words, last.follow_up) if part]
    if last.outcome not in {None, "resolved"}:
        said.insert(0, outcome)
    return f"closed: {'; '.join(said)}" if said else "closed"
