"""Noticing that a laptop's clock was set, or that the laptop slept.

Threat answered: a clock set back during a visit would put what was charted later before what was
charted earlier, and nobody would see why the times do not add up. Offline there is no trusted
time: what can be told is that the clock and the seconds since it was switched on disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infusion_visits.core.clock import Clock

NOTICED_FROM = timedelta(minutes=2)
"""Less than this a time server does by itself, and no charted minute is wrong by it."""


class ClockEvent(StrEnum):
    """What happened to the clock, or to the laptop."""

    BACK = "back"
    FORWARD = "forward"
    SLEPT = "slept"


@dataclass(frozen=True, slots=True)
class Noticed:
    """What was noticed at `at` (the clock's time afterwards), and by how much."""

    what: ClockEvent
    at: datetime
    by: timedelta

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded."""
        return round(self.by.total_seconds() / 60)


class ClockWatch:
    """Looks at the clock now and then; each look is compared with the one before.

    A change of the time zone, and the hour of summer time, are none: instants are UTC.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._now = clock.now()
        self._seconds = clock.through_sleep()

    def look(self) -> tuple[Noticed, ...]:
        """What happened since the last look; nothing, nearly always."""
        now, seconds = self._clock.now(), self._clock.through_sleep()
        wall = now - self._now
        real = timedelta(seconds=seconds - self._seconds)
        self._now, self._seconds = now, seconds
        found = []
        if real >= NOTICED_FROM:
            found.append(Noticed(ClockEvent.SLEPT, now, real))
        off = wall - real
        if off >= NOTICED_FROM:
            found.append(Noticed(ClockEvent.FORWARD, now, off))
        elif off <= -NOTICED_FROM:
            found.append(Noticed(ClockEvent.BACK, now, -off))
        return tuple(found)
