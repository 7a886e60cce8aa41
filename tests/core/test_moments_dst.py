"""Nights over midnight, and the two nights of the year on which the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.moments import (
    NotAMoment,
    instant_from_text,
    show_instant,
    show_time,
)

ZONE = "America/New_York"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def typed(text: str, now: str) -> datetime:
    return instant_from_text(text, utc(now), ZONE, future=False)


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("2240", "2026-11-22T07:10", "2026-11-22T03:40"),
        ("0210", "2026-11-22T07:10", "2026-11-22T07:10"),
        ("2350", "2026-11-22T05:10", "2026-11-22T04:50"),
        ("0130", "2026-11-01T05:31", "2026-11-01T05:30"),
        ("0130", "2026-11-01T06:31", "2026-11-01T06:30"),
        ("0155", "2026-11-01T06:05", "2026-11-01T05:55"),
        ("01:30 EDT", "2026-11-01T06:31", "2026-11-01T05:30"),
        ("1:30 est", "2026-11-01T06:31", "2026-11-01T06:30"),
        ("2026-11-01 01:30 EDT", "2026-11-02T06:31", "2026-11-01T05:30"),
        ("0330", "2026-03-08T07:31", "2026-03-08T07:30"),
        ("0130", "2026-03-08T07:31", "2026-03-08T06:30"),
        ("9:30 pm", "2026-11-22T03:00", "2026-11-22T02:30"),
    ],
)
def test_a_time_typed_near_midnight_or_a_change_of_clocks(text: str, now: str, meant: str) -> None:
    assert typed(text, now) == utc(meant)


def test_a_time_that_the_clocks_left_out_is_refused() -> None:
    for text in ("0230", "2026-03-08 02:30"):
        with pytest.raises(NotAMoment, match="clocks went forward"):
            typed(text, "2026-03-08T07:31")
    with pytest.raises(NotAMoment, match="EST"):
        typed("09:30 EST", "2026-07-01T15:00")


def test_the_double_hour_says_which_of_the_two() -> None:
    assert show_time(utc("2026-11-01T05:30"), ZONE) == "01:30 EDT"
    assert show_time(utc("2026-11-01T06:30"), ZONE) == "01:30 EST"
    assert show_time(utc("2026-11-01T07:30"), ZONE) == "02:30"
    first = show_instant(utc("2026-11-01T05:30"), ZONE, beside=utc("2026-11-01T06:30"))
    assert first == "01:30 EDT"


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from([ZONE, "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kolkata"]),
    st.timedeltas(timedelta(0), timedelta(hours=11)),
)
def test_what_is_shown_reads_back_as_the_same_instant(
    at: datetime, zone: str, ago: timedelta
) -> None:
    instant = at.replace(second=0, microsecond=0, tzinfo=UTC)
    now = instant + ago
    for shown in (show_instant(instant, zone), show_instant(instant, zone, beside=now)):
        assert instant_from_text(shown, now, zone, future=True) == instant


@given(st.datetimes(datetime(2026, 10, 31), datetime(2026, 11, 2)), st.integers(0, 600))
def test_a_bare_time_is_never_more_than_twelve_hours_off(at: datetime, minutes: int) -> None:
    now = at.replace(second=0, microsecond=0, tzinfo=UTC)
    text = show_time(now - timedelta(minutes=minutes), ZONE)
    assert now - instant_from_text(text, now, ZONE, future=True) == timedelta(minutes=minutes)
