"""Whom to tell and by when, from the kind and the grade (clinical reference 4, codes N0 to N3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.clock import instant_of, local
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.rules.catalogue import CODES
from infusion_visits.sections.complications.rules.state import grades_of, steps_of, told_steps

if TYPE_CHECKING:
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
    from infusion_visits.sections.complications.values import Complication

END_OF_BUSINESS = time(17)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is to be told: the code, since when it stands, and by when it must be done."""

    code: str
    since: datetime
    deadline: datetime


def code_for(
    kind: Kind,
    scale_key: str,
    grade: str | None,
    catalogue: Catalogue,
    signs: frozenset[str] = frozenset(),
) -> str:
    """The strictest code that this grade or these signs reach; empty when nobody must be told."""
    scale = catalogue.scales.get(scale_key)
    reached = [one.code for one in kind.notify if one.sign and one.sign in signs]
    for one in kind.notify:
        if one.sign:
            continue
        floor = one.from_
        if not floor or (scale is not None and 0 <= scale.rank(floor) <= scale.rank(grade)):
            reached.append(one.code)
    return min(reached, key=CODES.index, default="")


def duty_of(complication: Complication, catalogue: Catalogue, zone: str) -> Duty | None:
    """The strictest duty that was ever reached, counted from the moment it was reached."""
    kind = catalogue.kind(complication.what)
    noticed = complication.noticed_at
    if noticed is None:
        return None
    moments = [(code_for(kind, kind.scale, None, catalogue), noticed)]
    moments += [
        (code_for(kind, grade.scale, grade.grade, catalogue), grade.at or noticed)
        for grade in grades_of(complication, kind)
    ]
    moments += [
        (code_for(kind, "", None, catalogue, frozenset(step.signs)), step.happened_at or noticed)
        for step in steps_of(complication)
        if step.signs
    ]
    owed = [(code, at) for code, at in moments if code]
    if not owed:
        return None
    code, since = min(owed, key=lambda one: (CODES.index(one[0]), one[1]))
    return Duty(code, since, deadline_of(code, since, zone, catalogue.minutes[code]))


def deadline_of(code: str, since: datetime, zone: str, minutes: int) -> datetime:
    """By when. With 0 minutes: 17:00 of the same business day, else of the next one."""
    if minutes:
        return since + timedelta(minutes=minutes)
    wall = local(since, zone)
    day = wall.date()
    if wall.time() > END_OF_BUSINESS:
        day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return instant_of(datetime.combine(day, END_OF_BUSINESS), zone)


def told_at(complication: Complication, kind: Kind, code: str) -> datetime | None:
    """When the duty was met; None while it is not. N0 asks for 911 and for prescriber or agency."""
    wanted: list[tuple[str, ...]] = [kind.tell]
    if code == "N0":
        wanted.append((of.EMERGENCY,))
    met: list[datetime] = []
    for roles in wanted:
        times = [step.happened_at for step in told_steps(complication, roles) if step.happened_at]
        if not times:
            return None
        met.append(min(times))
    return max(met)


def whom_words(kind: Kind, code: str) -> str:
    """`911 and the prescriber or the agency on call`."""
    labels = {option.key: option.label for option in of.ROLES}
    people = " or ".join(labels.get(role, role) for role in kind.tell)
    return f"911 and {people}" if code == "N0" else people
