from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.clock import SteppingClock, instant_of, local
from infusion_visits.core.ids import TimedIds, seeded_ids
from infusion_visits.core.moments import (
    NotAMoment,
    day_from_text,
    instant_from_text,
    show_day,
    show_instant,
    show_minutes,
    utc_text,
)

ZONE = "America/New_York"
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("now", "2026-11-21 10:00"),
        ("930", "2026-11-21 09:30"),
        ("9:30", "2026-11-21 09:30"),
        ("0930", "2026-11-21 09:30"),
        ("9:30a", "2026-11-21 09:30"),
        ("-5", "2026-11-21 09:55"),
        ("-90", "2026-11-21 08:30"),
        ("-2h", "2026-11-21 08:00"),
        ("23:50", "2026-11-20 23:50"),
        ("2026-11-20 22:10", "2026-11-20 22:10"),
        ("20 Nov 2026 22:10", "2026-11-20 22:10"),
        ("11/20/2026 930", "2026-11-20 09:30"),
    ],
)
def test_times_as_nurses_type_them(text: str, wall: str) -> None:
    found = instant_from_text(text, NOW, ZONE, future=False)
    assert local(found, ZONE).strftime("%Y-%m-%d %H:%M") == wall


@pytest.mark.parametrize("text", ["10:30", "+15", "9:30p", "25:00", "9:75", "13p", "soon", "", "-"])
def test_what_is_no_time_or_still_to_come_is_refused_in_words(text: str) -> None:
    with pytest.raises(NotAMoment, match=r"[A-Z].+\."):
        instant_from_text(text, NOW, ZONE, future=False)


def test_a_planned_time_may_lie_ahead() -> None:
    assert instant_from_text("+15", NOW, ZONE, future=True) == NOW + timedelta(minutes=15)
    found = instant_from_text("2026-12-12 9:00", NOW, ZONE, future=True)
    assert local(found, ZONE).strftime("%d %H:%M") == "12 09:00"


def test_daylight_saving_is_counted_in_utc() -> None:
    # Clinical reference 11.2: 00:30 EDT + 180 min is 02:30 EST; 01:30 EST + 60 min is 03:30 EDT.
    autumn = instant_of(datetime(2026, 11, 1, 0, 30), ZONE) + timedelta(minutes=180)
    assert local(autumn, ZONE).strftime("%H:%M %Z") == "02:30 EST"
    spring = instant_of(datetime(2026, 3, 8, 1, 30), ZONE) + timedelta(minutes=60)
    assert local(spring, ZONE).strftime("%H:%M %Z") == "03:30 EDT"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("t", date(2026, 11, 21)),
        ("+7", date(2026, 11, 28)),
        ("-1", date(2026, 11, 20)),
        ("mon", date(2026, 11, 23)),
        ("sat", date(2026, 11, 28)),
        ("2026-11-21", date(2026, 11, 21)),
        ("21 Nov 2026", date(2026, 11, 21)),
        ("Nov 21, 2026", date(2026, 11, 21)),
        ("11/21/2026", date(2026, 11, 21)),
        ("29 Feb 2028", date(2028, 2, 29)),
    ],
)
def test_days_as_nurses_type_them(text: str, day: date) -> None:
    assert day_from_text(text, NOW, ZONE, future=True) == day


@pytest.mark.parametrize("text", ["2026-13-40", "29 Feb 2027", "yesterday-ish", "21/11/2026"])
def test_no_such_day(text: str) -> None:
    with pytest.raises(NotAMoment):
        day_from_text(text, NOW, ZONE, future=True)


def test_words_for_times() -> None:
    assert show_instant(NOW, ZONE, beside=NOW) == "10:00"
    assert show_instant(NOW, ZONE) == "21 Nov 2026 10:00"
    assert show_day(date(2026, 11, 2)) == "2 Nov 2026"
    assert [show_minutes(m).replace("\u00a0", " ") for m in (31, 120, 176)] == [
        "31 min",
        "2 h",
        "2 h 56 min",
    ]
    assert utc_text(NOW) == "2026-11-21T15:00:00Z"


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))
def test_a_shown_instant_reads_back(moment: datetime) -> None:
    instant = moment.replace(tzinfo=UTC, second=0, microsecond=0)
    text = show_instant(instant, "Asia/Kolkata")
    assert instant_from_text(text, NOW, "Asia/Kolkata", future=True) == instant


@given(st.lists(st.integers(-2000, 2000), min_size=2, max_size=50))
def test_ids_rise_whatever_the_clock_does(steps: list[int]) -> None:
    clock = SteppingClock(NOW)
    ids = TimedIds(clock)
    made = []
    for step in steps:
        clock.forward(seconds=step)
        made.append(ids.new())
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {one.version for one in made} == {7}


def test_seeded_ids_repeat() -> None:
    first = seeded_ids(SteppingClock(NOW), 7)
    second = seeded_ids(SteppingClock(NOW), 7)
    other = seeded_ids(SteppingClock(NOW), 8)
    assert [first.new() for _ in range(5)] == [second.new() for _ in range(5)]
    assert first.new() != other.new()


def test_two_threads_never_get_the_same_id() -> None:
    ids = TimedIds(SteppingClock(NOW))
    with ThreadPoolExecutor(4) as threads:
        made = [
            one
            for part in threads.map(lambda _: [ids.new() for _ in range(500)], range(4))
            for one in part
        ]
    assert len(set(made)) == len(made)
