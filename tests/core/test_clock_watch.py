"""A clock that is set, a laptop that sleeps, and summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from infusion_visits.core.clock import SteppingClock, SystemClock, local
from infusion_visits.core.clock_watch import ClockEvent, ClockWatch

TEN = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
ZONE = "America/New_York"


@pytest.mark.parametrize(
    ("minutes", "what"), [(-12, ClockEvent.BACK), (12, ClockEvent.FORWARD), (-60, ClockEvent.BACK)]
)
def test_a_clock_that_is_set_is_noticed_once(minutes: int, what: ClockEvent) -> None:
    clock = SteppingClock(TEN)
    watch = ClockWatch(clock)
    clock.forward(seconds=1)
    assert watch.look() == ()
    clock.set_by(minutes=minutes)
    clock.forward(seconds=1)
    (found,) = watch.look()
    assert (found.what, found.minutes) == (what, abs(minutes))
    assert found.at == TEN + timedelta(minutes=minutes, seconds=2)
    clock.forward(seconds=1)
    assert watch.look() == ()


def test_a_sleep_is_no_set_clock() -> None:
    clock = SteppingClock(TEN)
    watch = ClockWatch(clock)
    clock.forward(minutes=47)
    (found,) = watch.look()
    assert (found.what, found.minutes) == (ClockEvent.SLEPT, 47)


def test_a_clock_set_in_a_sleep_is_both() -> None:
    clock = SteppingClock(TEN)
    watch = ClockWatch(clock)
    clock.forward(minutes=47)
    clock.set_by(minutes=-12)
    assert [one.what for one in watch.look()] == [ClockEvent.SLEPT, ClockEvent.BACK]


def test_seconds_are_let_pass() -> None:
    clock = SteppingClock(TEN)
    watch = ClockWatch(clock)
    for _ in range(10):
        clock.set_by(minutes=-0.5)
        clock.forward(seconds=1)
        assert watch.look() == ()


@pytest.mark.parametrize(
    ("before", "wall"),
    [
        (datetime(2026, 11, 1, 5, 59, 59, tzinfo=UTC), ("01:59 EDT", "01:00 EST")),
        (datetime(2026, 3, 8, 6, 59, 59, tzinfo=UTC), ("01:59 EST", "03:00 EDT")),
    ],
)
def test_summer_time_is_no_set_clock(before: datetime, wall: tuple[str, str]) -> None:
    clock = SteppingClock(before)
    watch = ClockWatch(clock)
    first = f"{local(clock.now(), ZONE):%H:%M %Z}"
    clock.forward(seconds=1)
    assert (first, f"{local(clock.now(), ZONE):%H:%M %Z}") == wall
    assert watch.look() == ()


def test_the_laptops_own_seconds_go_on() -> None:
    clock = SystemClock()
    first = clock.through_sleep()
    assert clock.through_sleep() >= first
