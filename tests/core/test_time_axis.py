"""Labels of an axis over days, months and years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.clock import local
from infusion_visits.core.time_axis import calendar_labels

ZONE = "America/Chicago"
START = datetime(2026, 3, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "most", "words"),
    [
        (4, 6, ["4 Mar", "5 Mar", "6 Mar", "7 Mar"]),
        (9, 6, ["5 Mar", "7 Mar", "9 Mar", "11 Mar"]),
        (120, 5, ["Apr 2026", "May 2026", "Jun 2026", "Jul 2026"]),
        (400, 5, ["Apr 2026", "Jul 2026", "Oct 2026", "Jan 2027", "Apr 2027"]),
        (365 * 4, 5, ["2027", "2028", "2029", "2030"]),
        (365 * 60, 4, ["2040", "2060", "2080"]),
    ],
)
def test_the_finest_round_days_that_fit(days: int, most: int, words: list[str]) -> None:
    labels = calendar_labels(START, START + timedelta(days=days), ZONE, most)

    assert [label for _, label in labels] == words


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),
    st.integers(3, 30000),
    st.integers(2, 12),
)
def test_labels_lie_inside_in_order_at_midnight_and_fit(
    start: datetime, days: int, most: int
) -> None:
    end = start + timedelta(days=days)

    labels = calendar_labels(start, end, ZONE, most)

    times = [at for at, _ in labels]
    assert 2 <= len(times) <= most
    assert times == sorted(times)
    assert start <= times[0] <= times[-1] <= end
    for at in times:
        assert at in (start, end) or local(at, ZONE).hour in (0, 1)
