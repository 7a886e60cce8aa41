"""When vital signs fall due around one infusion, from what it did and what it is planned to do.

A pure function of its course: nothing is remembered and no timer runs, so that a restart of the
program, a sleep of the laptop or a change of the clocks gives the same times. Instants are UTC.

Source: clinical reference 1.1 (schedules), 1.8 (merging, tolerance, worked times); every figure is
of the schedules catalogue, per agency protocol and the prescriber's order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.sections.vitals.schedules import FROM_PLATEAU

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from infusion_visits.sections.vitals.schedules import After, Schedule, Tolerance

_AHEAD = timedelta(hours=1)


class Why(StrEnum):
    """What a set is for, in the words of the screen and the note."""

    BASELINE = "baseline"
    VISIT = "at the visit"
    AFTER_START = "after the start"
    BEFORE_STEP = "before the rate goes up"
    INTERVAL = "while it runs"
    AFTER_RESTART = "after resuming"
    AFTER_CHANGE = "after the change of the program"
    END = "at the end"
    WATCH = "observation"
    REACTION = "reaction, every 5 minutes"


_NEVER_MERGED = frozenset({Why.BASELINE, Why.END, Why.WATCH, Why.REACTION})


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time; `until` None goes on."""

    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether `at` lies inside (its very beginning and end do not)."""
        return self.since < at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Course:
    """What one infusion did and is planned to do.

    `increases` and `end` are actual where they have happened and planned where not; `ended` says
    which of the two `end` is. `plateau` is the start of the last step of the ladder. `found` is an
    infusion that ran already when the nurse came (`start` is then when it was found). `unstable`
    are moments of a symptom or of a NEWS2 that changed. `seen` are the sets taken so far.
    """

    now: datetime
    start: datetime | None = None
    end: datetime | None = None
    ended: bool = False
    found: bool = False
    left_running: datetime | None = None
    increases: tuple[datetime, ...] = ()
    changes: tuple[datetime, ...] = ()
    plateau: datetime | None = None
    holds: tuple[Spell, ...] = ()
    restarts: tuple[datetime, ...] = ()
    watch_minutes: int = 0
    push: bool = False
    first: bool = False
    unstable: tuple[datetime, ...] = ()
    reactions: tuple[Spell, ...] = ()
    seen: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """One set that falls due at `at`; it counts from `earliest` to `latest`.

    `signs` are asked beside those of every set of the schedule.
    """

    at: datetime
    whys: tuple[Why, ...]
    earliest: datetime
    latest: datetime
    signs: tuple[str, ...] = field(default=())

    @property
    def words(self) -> str:
        """`after the start, before the rate goes up`."""
        return ", ".join(self.whys)


def due_times(course: Course, schedule: Schedule, tolerance: Tolerance) -> tuple[Due, ...]:
    """Every set of the schedule by time: past ones by what happened, coming ones by the plan."""
    if course.start is None:
        return ()
    made = [*_around(course, schedule, tolerance), *_running(course, schedule, tolerance)]
    made += _afterwards(course, schedule, tolerance)
    kept = [one for one in made if not _in_reaction(one, course)]
    watched = [
        one
        for one in _reactions(course, tolerance)
        if not (schedule.at_end and _is_of_the_end(one, course, tolerance))
    ]
    return _merged([*kept, *watched], tolerance)


def _is_of_the_end(due: Due, course: Course, tolerance: Tolerance) -> bool:
    """Whether the set of the end stands for it: asked twice, one set taken would leave one missed,
    and the note would tell of a gap that there was not."""
    end = course.end if course.ended else None
    return end is not None and abs(due.at - end) <= tolerance.merge_within


def _due(
    why: Why,
    at: datetime,
    tolerance: Tolerance,
    *,
    early: timedelta | None = None,
    latest: datetime | None = None,
    signs: tuple[str, ...] = (),
) -> Due:
    return Due(
        at,
        (why,),
        at - (tolerance.early if early is None else early),
        max(latest, at) if latest else at + tolerance.late,
        signs,
    )


def _around(course: Course, schedule: Schedule, tolerance: Tolerance) -> Iterator[Due]:
    """The set before the start, or the one of the visit where it ran already."""
    start = course.start
    if start is None:
        return
    if course.found:
        yield _due(
            Why.VISIT,
            start,
            tolerance,
            early=tolerance.baseline_within,
            latest=start + tolerance.visit_within,
            signs=schedule.baseline_signs,
        )
        return
    yield _due(
        Why.BASELINE,
        start,
        tolerance,
        early=tolerance.baseline_within,
        # Signs of the minute of the start were taken before it.
        latest=start,
        signs=schedule.baseline_signs,
    )


def _running(course: Course, schedule: Schedule, tolerance: Tolerance) -> Iterator[Due]:
    start = course.start
    if start is None or (schedule.first_only and not course.first):
        return
    if not course.found and not (course.push and schedule.after_push):
        yield from _after(Why.AFTER_START, start, schedule.after_start, course, tolerance)
    if schedule.before_increase:
        for at in course.increases:
            yield _due(Why.BEFORE_STEP, at, tolerance, early=tolerance.before_step_early)
    for why, minutes, moments in (
        (Why.AFTER_RESTART, schedule.after_restart, course.restarts),
        (Why.AFTER_CHANGE, schedule.after_change, course.changes),
    ):
        for at in moments if minutes else ():
            after = at + timedelta(minutes=minutes)
            # A new hold or the end before it was due: the next restart, or the end, is the set.
            if _runs_on(course, at, after):
                yield _due(why, after, tolerance)
    for at in _interval(course, schedule, tolerance):
        yield _due(Why.INTERVAL, at, tolerance)


def _after(
    why: Why,
    begun: datetime,
    afters: Iterable[After],
    course: Course,
    tolerance: Tolerance,
) -> Iterator[Due]:
    """Sets so long after the start; one that would come after the end is that of the end."""
    for one in afters:
        at = begun + timedelta(minutes=one.minutes)
        latest = None if one.window_to is None else begun + timedelta(minutes=one.window_to)
        if course.end is None or at < course.end:
            if course.end is not None and latest is not None:
                latest = max(min(latest, course.end), at)
            yield _due(why, at, tolerance, latest=latest, signs=one.signs)


def _runs_on(course: Course, since: datetime, until: datetime) -> bool:
    held = any(since < spell.since <= until for spell in course.holds)
    return not held and (course.end is None or until < course.end)


def _interval(course: Course, schedule: Schedule, tolerance: Tolerance) -> Iterator[datetime]:
    """Every so many minutes while it runs; less often once it was stable for long enough.

    Right before the end the set of the end stands for it.
    """
    begun = course.plateau if schedule.every_from == FROM_PLATEAU else course.start
    if not schedule.every or begun is None:
        return
    until = course.end or course.left_running or course.now + _AHEAD
    at = begun
    while True:
        at += timedelta(minutes=_step(course, schedule, begun, at))
        if at >= until or (course.left_running is not None and at > course.left_running):
            return
        if course.end is not None and course.end - at <= tolerance.end_stands_for:
            return
        if not any(spell.holds(at) or spell.since == at for spell in course.holds):
            yield at


def _step(course: Course, schedule: Schedule, begun: datetime, at: datetime) -> int:
    calm = timedelta(minutes=schedule.stable_after)
    if not schedule.stable_every or at - begun < calm:
        return schedule.every
    troubled = any(at - calm < moment <= at for moment in course.unstable)
    return schedule.every if troubled else schedule.stable_every


def _afterwards(course: Course, schedule: Schedule, tolerance: Tolerance) -> Iterator[Due]:
    end = course.end
    if end is None or (schedule.first_only and not course.first):
        return
    if schedule.at_end:
        yield _due(Why.END, end, tolerance)
    afters = schedule.after_push if course.push and schedule.after_push else schedule.after_end
    for one in afters:
        at = end + timedelta(minutes=one.minutes)
        latest = None if one.window_to is None else end + timedelta(minutes=one.window_to)
        yield _due(Why.WATCH, at, tolerance, latest=latest, signs=one.signs)
    for minutes in _watch(schedule.watch_every, course.watch_minutes):
        yield _due(Why.WATCH, end + timedelta(minutes=minutes), tolerance)


def _watch(every: int, whole: int) -> Iterator[int]:
    """Every 30 min of the observation, and at its end."""
    if not every or whole <= 0:
        return
    yield from range(every, whole, every)
    yield whole


def _in_reaction(due: Due, course: Course) -> bool:
    """While a reaction is watched every 5 minutes no other interval counts beside."""
    if not set(due.whys) <= {Why.INTERVAL, Why.AFTER_START, Why.AFTER_RESTART, Why.AFTER_CHANGE}:
        return False
    return any(spell.holds(due.at) for spell in course.reactions)


def _reactions(course: Course, tolerance: Tolerance) -> Iterator[Due]:
    """Five minutes after the onset, then five minutes after each set that was taken.

    Counted from set to set, so that one late set is one late set and not the lateness of all.
    """
    every = tolerance.reaction_every
    for spell in course.reactions:
        until = spell.until or course.now
        taken = sorted(at for at in course.seen if spell.since < at <= until)
        at = spell.since
        for following in taken:
            yield _rolling(at, every)
            at = following
        if spell.until is None or at + every < spell.until:
            # The one to come, asked for until it is taken: right after a set nothing is due yet.
            coming = _rolling(at, every)
            latest = max(coming.latest, course.now) if spell.until is None else coming.latest
            yield replace(coming, earliest=at + every / 2, latest=latest)


def _rolling(at: datetime, every: timedelta) -> Due:
    return Due(at + every, (Why.REACTION,), at, at + 2 * every)


def _merged(dues: list[Due], tolerance: Tolerance) -> tuple[Due, ...]:
    """Sets within 5 minutes of each other are one, at the time of the rate increase where there is
    one; baseline, end, observation and reaction are never merged away."""
    apart = [one for one in dues if _NEVER_MERGED & set(one.whys)]
    groups: list[list[Due]] = []
    for one in sorted(dues, key=lambda due: due.at):
        if _NEVER_MERGED & set(one.whys):
            continue
        if groups and one.at - groups[-1][0].at <= tolerance.merge_within:
            groups[-1].append(one)
        else:
            groups.append([one])
    made = [_one_of(group) for group in groups]
    return tuple(sorted([*made, *apart], key=lambda due: due.at))


def _one_of(group: list[Due]) -> Due:
    leading = next((one for one in group if Why.BEFORE_STEP in one.whys), group[0])
    return replace(
        leading,
        whys=tuple(dict.fromkeys(why for one in group for why in one.whys)),
        earliest=min(one.earliest for one in group),
        latest=max(one.latest for one in group),
        signs=tuple(dict.fromkeys(sign for one in group for sign in one.signs)),
    )
