"""Which set stands for which due time; what is missed, late, or still to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.sections.vitals.due import Course, Due, due_times
from infusion_visits.sections.vitals.kept import Kept, State, kept, next_due, summary_words
from infusion_visits.sections.vitals.schedules import schedules_in_force

ALL = schedules_in_force({})
NINE = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
ZONE = "America/New_York"


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def plan(**more: object) -> tuple[Due, ...]:
    """Infliximab by profile A from 9:00: 0 15 30 45 60 90 120 123 153 183."""
    schedule = ALL.get("VS-STEP")
    assert schedule is not None
    course = Course(
        now=at(0),
        start=at(0),
        increases=tuple(at(m) for m in (15, 30, 45, 60, 90)),
        plateau=at(90),
        end=at(123),
        watch_minutes=60,
    )
    return due_times(course, schedule, ALL.tolerance)


def states(*minutes: float, now: float = 300) -> list[str]:
    return [str(one.state) for one in kept(plan(), [at(m) for m in minutes], at(now))]


IN_TIME = (-5, 15, 29, 45, 58, 90, 120, 123, 153, 183)


def test_all_in_time() -> None:
    assert set(states(*IN_TIME)) == {"taken"}


def test_one_set_never_stands_for_two() -> None:
    found = kept(plan(), [at(m) for m in IN_TIME if m != 120], at(300))
    assert [one.due.at for one in found if one.state is State.MISSED] == [at(120)]


def test_the_nearer_due_time_takes_the_only_set() -> None:
    found = kept(plan(), [at(m) for m in IN_TIME if m != 123], at(300))
    assert [one.due.at for one in found if one.state is State.MISSED] == [at(123)]


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(147, "missed"), (148, "taken"), (163, "taken"), (163.5, "taken"), (164, "late")],
)
def test_the_window_is_five_early_and_ten_late(minutes: float, state: str) -> None:
    others = [m for m in IN_TIME if m != 153]
    assert states(*sorted([*others, minutes]))[-2] == state


def test_what_comes_next() -> None:
    found = kept(plan(), [at(-5), at(15)], at(24))
    after = next_due(found)
    assert after is not None
    assert (after.due.at, after.state) == (at(30), State.DUE)
    assert [one.state for one in found[3:]] == [State.AHEAD] * 7


def test_a_set_not_taken_is_due_until_its_window_is_over() -> None:
    assert states(-5, 15, 29, 45, 58, 90, 120, 123, now=163)[-2] == "due"
    assert states(-5, 15, 29, 45, 58, 90, 120, 123, now=164)[-2] == "missed"


def test_after_leaving_nothing_is_still_to_come() -> None:
    found = kept(plan(), [at(-5), at(15)], at(153), closed=True)
    assert {one.state for one in found if one.due.at > at(15)} == {State.MISSED, State.AHEAD}
    assert found[-2].state is State.MISSED


def test_the_note_tells_what_was_late_and_missed_with_the_reason() -> None:
    minutes = [m for m in IN_TIME if m not in (45, 153)]
    found = kept(
        plan(),
        [at(m) for m in [*minutes, 165]],
        at(300),
        {at(44): "patient asleep", at(153): "telephone with the prescriber"},
    )
    assert summary_words(found, ZONE).replace("\u00a0", " ") == (
        "9 of 10 sets; 09:45 missed (before the rate goes up): patient asleep; "
        "11:45 was 12 min late (observation): telephone with the prescriber"
    )
    assert not any(one.wants_reason for one in found)


def test_without_a_reason_it_is_asked() -> None:
    found = kept(plan(), [at(m) for m in IN_TIME if m != 58], at(300))
    assert [one.due.at for one in found if one.wants_reason] == [at(60)]
    assert "no reason given" in summary_words(found, ZONE)


def test_nothing_due_says_nothing() -> None:
    assert summary_words((), ZONE) == ""


@given(st.lists(st.integers(-40, 260), max_size=25))
def test_every_set_is_used_once_and_in_order(minutes: list[int]) -> None:
    found: tuple[Kept, ...] = kept(plan(), [at(m) for m in minutes], at(400))
    used = [one.taken for one in found if one.taken is not None]
    assert used == sorted(set(used))
    assert set(used) <= {at(m) for m in minutes}
    assert all(one.state is State.MISSED for one in found if one.taken is None)
