"""The vital signs that fall due at a visit: each infusion's course set against its schedule.

Everything follows from the charted acts and the plan at a moment; no timer is kept. Source:
clinical reference 1.1 and 1.8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from infusion_visits.core.scales.news2 import News2
from infusion_visits.patients.facts import VitalsDue
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.infusion.acts import Act, State, acts_of
from infusion_visits.sections.infusion.fields import FOUND, PUSH, RESUME, SLOW, STEP
from infusion_visits.sections.infusion.progress import began_at
from infusion_visits.sections.infusion.rules import standing as standing_infusions
from infusion_visits.sections.infusion.summary import order_of, summary_of
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.vitals.due import Course, Spell, Why, due_times
from infusion_visits.sections.vitals.fields import PART_OF_A_SET
from infusion_visits.sections.vitals.kept import State as Taking
from infusion_visits.sections.vitals.kept import kept, summary_words
from infusion_visits.sections.vitals.options import MISSED_REASONS
from infusion_visits.sections.vitals.schedules import CATALOGUE, schedules_in_force
from infusion_visits.sections.vitals.sets import is_empty, news2_of
from infusion_visits.sections.vitals.sets import standing as standing_sets
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits.pump_at_reaction import SLOWED
from infusion_visits.visits.reaction import reactions_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.summary import InfusionSummary
    from infusion_visits.sections.infusion.values import InfusionGiven
    from infusion_visits.sections.vitals.kept import Kept
    from infusion_visits.visits.record import VisitRecord

_LOWERED = frozenset({STEP, SLOW})


@dataclass(frozen=True, slots=True)
class Watched:
    """What the schedules of a visit come to: the sets by time, and whether they were kept."""

    due: tuple[VitalsDue, ...] = ()
    words: str = ""


def watched(record: VisitRecord, facts: Facts) -> Watched:
    """The due sets of every infusion that has a schedule. `facts` may lack what comes of it.

    A record signed before there were schedules kept none: nothing is worked out for it.
    """
    if record.catalogue and CATALOGUE not in record.catalogue:
        return Watched()
    found = [*_each(record, facts)]
    dues = [
        _fact(one, signs)
        for _, signs, all_kept in found
        for one in all_kept
        if not _told_with_the_reaction(one)
    ]
    said = [
        f"{title}: {words}"
        for title, _, all_kept in found
        if (words := _kept_words(all_kept, facts.zone))
    ]
    return Watched(tuple(sorted(dues, key=lambda due: due.at)), ". ".join(said))


def _of_reaction(one: Kept) -> bool:
    return Why.REACTION in one.due.whys


def _kept_words(found: Sequence[Kept], zone: str) -> str:
    return summary_words([one for one in found if not _of_reaction(one)], zone)


def _told_with_the_reaction(one: Kept) -> bool:
    """A gap in the watching of a reaction is told by the reaction's own rule."""
    return _of_reaction(one) and one.state in {Taking.MISSED, Taking.LATE}


def _each(record: VisitRecord, facts: Facts) -> list[tuple[str, tuple[str, ...], tuple[Kept, ...]]]:
    schedules = schedules_in_force(record.catalogue)
    until = facts.now if facts.departed is None else min(facts.now, facts.departed)
    seen = full_sets(record)
    made = []
    for one in standing_infusions(record.of(Infusion)):
        order = order_of(one, facts)
        key = order.therapy.vitals_schedule if order and order.therapy else ""
        schedule = schedules.get(key)
        if order is None or schedule is None:
            continue
        dues = due_times(course_of(one, order, record, facts), schedule, schedules.tolerance)
        closed = facts.departed is not None
        found = kept(dues, seen, until, reasons(record), closed=closed)
        made.append((f"Vital signs, {schedule.title} schedule", schedule.signs, found))
    return made


def full_sets(record: VisitRecord) -> tuple[datetime, ...]:
    """When sets were taken that count for a schedule: a recheck of some signs does not."""
    return tuple(
        one.at
        for one in standing_sets(record.of(Vitals))
        if one.at is not None and not is_empty(one) and one.extent != PART_OF_A_SET
    )


def reasons(record: VisitRecord) -> dict[datetime, str]:
    """Why sets were missed or late, by the time they were due."""
    labels = {option.key: option.label for option in MISSED_REASONS}
    said: dict[datetime, str] = {}
    for row in record.of(Vitals).missed_set:
        if row.mark.struck is None and row.due is not None:
            parts = [labels.get(row.reason or "", ""), row.words or ""]
            said[row.due] = ": ".join(part for part in parts if part)
    return said


def course_of(one: InfusionGiven, order: OrderFact, record: VisitRecord, facts: Facts) -> Course:
    """What the infusion did and is planned to do at `facts.now`."""
    acts = acts_of(one)
    began = began_at(acts)
    summary = summary_of(one, order, facts.now)
    held = summary.state is State.HELD
    coming = () if held or summary.ended else _coming(summary)
    left = next((act.at for act in acts if act.state is State.LEFT_RUNNING), None)
    end = summary.ended or (None if held or left else summary.planned_end)
    return Course(
        now=facts.now,
        start=began.at if began else None,
        end=end,
        ended=summary.ended is not None,
        found=began is not None and began.kind == FOUND,
        left_running=left,
        increases=(
            *(act.at for act in acts if act.kind == STEP and act.rate > act.before),
            *(at for at, _ in coming),
        ),
        changes=tuple(act.at for act in acts if act.kind in _LOWERED and not act.wrong),
        plateau=_plateau(acts, coming, summary),
        holds=_holds(acts),
        restarts=tuple(act.at for act in acts if act.kind == RESUME and not act.wrong),
        watch_minutes=order.observation_minutes or 0,
        push=one.method == PUSH,
        first=order.first_dose,
        unstable=_unstable(record, facts),
        reactions=reaction_spells(record, facts),
        seen=full_sets(record),
    )


def _coming(summary: InfusionSummary) -> tuple[tuple[datetime, object], ...]:
    """The increases of the rate still to come, the next one at its own time though it is late."""
    rises = [(at, rate) for (_, before), (at, rate) in pairwise(summary.ahead) if rate > before]
    step = summary.next_step
    if rises and step is not None and step.due is not None:
        rises[0] = (step.due, rises[0][1])
    return tuple(rises)


def _plateau(
    acts: Sequence[Act],
    coming: Sequence[tuple[datetime, object]],
    summary: InfusionSummary,
) -> datetime | None:
    """The start of the last step: the planned one, else the last change of the rate."""
    if coming:
        return coming[-1][0]
    if summary.state is State.HELD:
        return None
    set_at = [act.at for act in acts if act.rate > 0 and act.rate != act.before and not act.wrong]
    return set_at[-1] if set_at else None


def _holds(acts: Sequence[Act]) -> tuple[Spell, ...]:
    spells = []
    for act, following in zip_longest(acts, acts[1:]):
        if act.state is State.HELD and act.before > 0:
            spells.append(Spell(act.at, following.at if following else None))
    return tuple(spells)


def _unstable(record: VisitRecord, facts: Facts) -> tuple[datetime, ...]:
    """A symptom that was noticed, and each set whose NEWS2 is another than that of the first."""
    moments = [
        one.noticed_at
        for one in record.of(Complications).complication
        if one.mark.struck is None and one.noticed_at is not None
    ]
    first: int | None = None
    for one in standing_sets(record.of(Vitals)):
        scored = news2_of(one, facts)
        if not isinstance(scored, News2) or one.at is None:
            continue
        if first is None:
            first = scored.total
        elif scored.total != first:
            moments.append(one.at)
    return tuple(moments)


def reaction_spells(record: VisitRecord, facts: Facts) -> tuple[Spell, ...]:
    """When a reaction of this visit had to be watched every 5 minutes: from its onset until it was
    resumed or stopped for good, was gone, or the nurse left. Going on slower does not end it."""
    spells = []
    for one in reactions_of(record, facts):
        closed = None if one.open else one.ended
        decided = None if one.decision == SLOWED else one.decided_at
        ends = [at for at in (decided, closed, facts.departed) if at and at > one.since]
        spells.append(Spell(one.since, min(ends, default=None)))
    return tuple(spells)


def _fact(one: Kept, signs: tuple[str, ...]) -> VitalsDue:
    return VitalsDue(
        at=one.due.at,
        words=one.due.words,
        state=str(one.state),
        earliest=one.due.earliest,
        latest=one.due.latest,
        taken=one.taken,
        minutes_late=one.minutes_late,
        reason=one.reason,
        signs=tuple(dict.fromkeys((*signs, *one.due.signs))),
    )


def countdown(due: VitalsDue, now: datetime) -> str:
    """`4:59` to go, or how long it is overdue; hours where it is an hour or more."""
    seconds = abs(int((due.at - now) / timedelta(seconds=1)))
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"
