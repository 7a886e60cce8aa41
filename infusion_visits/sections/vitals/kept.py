"""Whether the schedule was kept: which set stands for which due time, what is missed or late.

Source: clinical reference 1.8 (a set may be 5 min early or 10 min late without being missed),
7.11 (BP and pulse only hourly and no temperature: each due set, and a reason for a missed one).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_time
from infusion_visits.sections.vitals.due import Due

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LATE_AT_MOST = timedelta(minutes=30)
_MISSED = 1_000_000.0
_LATE = 10_000.0


class State(StrEnum):
    """Where one due set stands."""

    AHEAD = "ahead"
    DUE = "due"
    TAKEN = "taken"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Kept:
    """One due set and what became of it; `reason` is the nurse's for a missed or late one."""

    due: Due
    state: State
    taken: datetime | None = None
    reason: str = ""

    @property
    def minutes_late(self) -> int:
        """Whole minutes after the due time; 0 when in time or not taken."""
        if self.taken is None or self.taken <= self.due.at:
            return 0
        return int((self.taken - self.due.at).total_seconds() // 60)

    @property
    def wants_reason(self) -> bool:
        """Whether the nurse is asked why."""
        return self.state in {State.MISSED, State.LATE} and not self.reason


def kept(
    dues: Sequence[Due],
    seen: Sequence[datetime],
    now: datetime,
    reasons: Mapping[datetime, str] | None = None,
    *,
    closed: bool = False,
) -> tuple[Kept, ...]:
    """What became of each due set. One set stands for one due time, in the order of time.

    `reasons` are the nurse's, by the time they speak of (the nearest due set within ten minutes
    takes it). `closed`: the visit is over, so that nothing still can be taken.
    """
    pairs = _paired(dues, sorted(set(seen)))
    made = []
    for due, taken in zip(dues, pairs, strict=True):
        if taken is not None:
            state = State.TAKEN if due.earliest <= taken <= _end(due.latest) else State.LATE
        elif now > _end(due.latest) or closed:
            state = State.MISSED if due.at <= now else State.AHEAD
        else:
            state = State.DUE if now >= due.earliest else State.AHEAD
        made.append(Kept(due, state, taken, _reason(due, dues, reasons or {})))
    return tuple(made)


def next_due(found: Sequence[Kept]) -> Kept | None:
    """The first set that is still to be taken."""
    return next((one for one in found if one.state in {State.DUE, State.AHEAD}), None)


def _end(latest: datetime) -> datetime:
    """Times are read to the minute: the whole minute still counts."""
    return latest.replace(second=0, microsecond=0) + timedelta(minutes=1, microseconds=-1)


def _paired(dues: Sequence[Due], seen: Sequence[datetime]) -> list[datetime | None]:
    """Each due time with its set: the fewest missed, then the fewest late, then the nearest.

    Both run in the order of time and never cross, so the best is found by going through them once
    (an alignment, as of two texts).
    """
    rows, columns = len(dues), len(seen)
    ends = [_end(due.latest) for due in dues]
    costs = [[_cost(due, end, at) for at in seen] for due, end in zip(dues, ends, strict=True)]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(1, rows + 1):
        best[row][0] = row * _MISSED
        for column in range(1, columns + 1):
            best[row][column] = min(
                best[row - 1][column] + _MISSED,
                best[row][column - 1],
                best[row - 1][column - 1] + costs[row - 1][column - 1],
            )
    found: list[datetime | None] = [None] * rows
    row, column = rows, columns
    while row and column:
        here, cost = best[row][column], costs[row - 1][column - 1]
        if here == best[row - 1][column - 1] + cost:
            if cost < _MISSED:
                found[row - 1] = seen[column - 1]
            row, column = row - 1, column - 1
        elif here == best[row][column - 1]:
            column -= 1
        else:
            row -= 1
    return found


def _cost(due: Due, end: datetime, at: datetime) -> float:
    off = abs((at - due.at).total_seconds()) / 60
    if due.earliest <= at <= end:
        return off
    if due.latest < at <= due.latest + LATE_AT_MOST:
        return _LATE + off
    return 2 * _MISSED


def _reason(due: Due, dues: Sequence[Due], reasons: Mapping[datetime, str]) -> str:
    for at, said in reasons.items():
        nearest = min(dues, key=lambda one: abs(one.at - at))
        if nearest is due and abs(due.at - at) <= timedelta(minutes=10):
            return said
    return ""


def summary_words(found: Sequence[Kept], zone: str) -> str:
    """`8 of 9 sets of the schedule, 1 late (10:12 for 10:00: patient asleep); missed 10:30: …`.

    Speaks of what has fallen due so far; empty where nothing has.
    """
    past = [one for one in found if one.state in {State.TAKEN, State.LATE, State.MISSED}]
    if not past:
        return ""
    taken = [one for one in past if one.state is not State.MISSED]
    said = [f"{len(taken)} of {len(past)} {'set' if len(past) == 1 else 'sets'}"]
    for one in past:
        why = one.reason or "no reason given"
        if one.state is State.LATE and one.taken is not None:
            said.append(
                f"{show_time(one.taken, zone)} was {one.minutes_late}\u00a0min late"
                f" ({one.due.words}): {why}"
            )
        elif one.state is State.MISSED:
            said.append(f"{show_time(one.due.at, zone)} missed ({one.due.words}): {why}")
    return "; ".join(said)
