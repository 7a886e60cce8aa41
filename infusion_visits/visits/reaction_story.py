"""What happened around a reaction in the other sections, for the timeline of the note: the pump
and what was given. Its own steps stand beside it in the same table; the vital signs have their own
on page one, over the same minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_time
from infusion_visits.core.scales.anaphylaxis import Verdict
from infusion_visits.core.units import with_unit
from infusion_visits.patients.facts import ReactionFact
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.fields import COMPLETE, HOLD, RESUME, SLOW, STOP
from infusion_visits.sections.medicines.rules import given_words
from infusion_visits.visits.pump_at_reaction import RESUMED, SLOWED
from infusion_visits.visits.reaction import reactions_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.medicines.values import MedicineGiven
    from infusion_visits.visits.reaction import Reaction
    from infusion_visits.visits.record import VisitRecord

Line = tuple["datetime", str, str]
"""When, what kind of thing ("pump", "given"), and the words."""

_PUMP = {
    HOLD: "held",
    RESUME: "resumed",
    SLOW: "slowed down",
    STOP: "stopped for good",
    COMPLETE: "completed",
}


def reaction_facts(record: VisitRecord, facts: Facts) -> tuple[ReactionFact, ...]:
    """The reactions of a visit as facts, the first in front. `facts` may lack what comes of it."""
    return tuple(reaction_fact(one, facts) for one in reactions_of(record, facts))


def reaction_fact(one: Reaction, facts: Facts) -> ReactionFact:
    """What the sections and the note may know of it."""
    return ReactionFact(
        complication=one.key,
        since=one.since,
        open=one.open,
        grade=one.suggested.grade,
        because=one.suggested.because,
        criteria=one.criteria.words if one.criteria.verdict is not Verdict.NOT_MET else "",
        anaphylaxis=one.anaphylaxis,
        locked=one.locked,
        ended=one.ended,
        decision=decision_words(one, facts.zone),
        story=tuple(sorted(_story(one), key=lambda line: line[0])),
    )


def decision_words(one: Reaction, zone: str) -> str:
    """`resumed at 70 mL/h 10:48`, `went on at 40 mL/h 14:38`, `stopped for good 10:31`; empty
    while it is not decided."""
    if one.decided_at is None:
        return ""
    when = show_time(one.decided_at, zone)
    rate = f" at {with_unit(one.resumed_rate, 'mL/h')}" if one.resumed_rate else ""
    if one.decision == RESUMED:
        return f"resumed{rate} {when}"
    if one.decision == SLOWED:
        return f"went on{rate} {when}"
    return f"stopped for good {when}"


def _story(one: Reaction) -> Iterator[Line]:
    yield from _pump(one)
    for medicine in one.medicines:
        if medicine.at is not None:
            yield medicine.at, "given", _given(medicine)


def _pump(one: Reaction) -> Iterator[Line]:
    start = one.since.replace(second=0, microsecond=0)
    for act in acts_of(one.infusion) if one.infusion else ():
        if act.kind not in _PUMP or act.at < start or act.wrong:
            continue
        if one.decided_at is not None and act.at > one.decided_at:
            continue
        rate = f" at {with_unit(act.rate, 'mL/h')}" if act.rate else ""
        before = (
            f", from {with_unit(act.before, 'mL/h')}" if act.kind == HOLD and act.before else ""
        )
        yield act.at, "pump", f"{_PUMP[act.kind]}{rate}{before}"


def _given(one: MedicineGiven) -> str:
    said = [given_words(one)]
    said += [part for part in (one.site, f"lot {one.lot}" if one.lot else "") if part]
    words = ", ".join(said)
    return f"{words}; response: {one.response}" if one.response else words
