"""Where the time comes from. Passed in, so that the demo and the tests repeat to the second."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Clock(Protocol):
    """A source of the present instant."""

    def now(self) -> datetime:
        """The present instant, timezone-aware, UTC."""

    def monotonic(self) -> float:
        """Seconds from an arbitrary origin that never go back; for countdowns and durations."""

    def through_sleep(self) -> float:
        """Seconds that never go back and count on while the laptop sleeps, where it can tell."""


class SystemClock:
    """The laptop's own clock."""

    def now(self) -> datetime:
        """The laptop's present instant, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """The laptop's monotonic seconds."""
        return time.monotonic()

    def through_sleep(self) -> float:
        """The laptop's seconds since it was switched on.

        On Linux the monotonic clock stands still in a sleep; on Windows it goes on.
        """
        for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
            source = getattr(time, name, None)
            if source is not None:
                return time.clock_gettime(source)
        return time.monotonic()


@dataclass
class SteppingClock:
    """A clock that stands still until it is moved: for the demo agency and for tests.

    `off` is by how much somebody set the laptop's clock wrong: its time goes on from there, while
    the monotonic seconds know nothing of it.
    """

    at: datetime
    off: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The instant to which the clock was last moved."""
        return self.at + self.off

    def monotonic(self) -> float:
        """Seconds since 1970 of the clock's own time, so that durations agree with it."""
        return self.at.timestamp()

    def through_sleep(self) -> float:
        """The same: whoever moves it decides what was a sleep."""
        return self.at.timestamp()

    def set_by(self, *, minutes: float) -> None:
        """Somebody sets the laptop's clock forward, or back."""
        self.off += timedelta(minutes=minutes)

    def forward(self, *, minutes: float = 0, seconds: float = 0, days: float = 0) -> datetime:
        """Moves the clock and returns the new instant."""
        self.at += timedelta(minutes=minutes, seconds=seconds, days=days)
        return self.now()


@cache
def _zone_named(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo  # some 10 ms, which the first screen does not need

    return ZoneInfo(name)


def local(instant: datetime, zone: str) -> datetime:
    """The wall time of `instant` in the IANA zone `zone` (with its offset)."""
    return instant.astimezone(_zone_named(zone))


def local_day(instant: datetime, zone: str) -> date:
    """The calendar day of `instant` at the patient's home; due dates count in these."""
    return local(instant, zone).date()


def instant_of(wall: datetime, zone: str) -> datetime:
    """The UTC instant of a naive wall time in `zone` (its `fold` chooses in a double hour)."""
    return wall.replace(tzinfo=_zone_named(zone)).astimezone(UTC)
