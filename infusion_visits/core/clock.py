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


class SystemClock:
    """The laptop's own clock."""

    def now(self) -> datetime:
        """The laptop's present instant, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """The laptop's monotonic seconds."""
        return time.monotonic()


@dataclass
class SteppingClock:
    """A clock that stands still until it is moved: for the demo agency and for tests."""

    at: datetime

    def now(self) -> datetime:
        """The instant to which the clock was last moved."""
        return self.at

    def monotonic(self) -> float:
        """Seconds since 1970 of the clock's own time, so that durations agree with it."""
        return self.at.timestamp()

    def forward(self, *, minutes: float = 0, seconds: float = 0, days: float = 0) -> datetime:
        """Moves the clock and returns the new instant."""
        self.at += timedelta(minutes=minutes, seconds=seconds, days=days)
        return self.at


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
