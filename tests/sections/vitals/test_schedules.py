"""When vital signs fall due: the worked times of clinical reference 1.8, and the rules of 1.1."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.catalogue import CatalogueRefused
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.vitals.due import Course, Due, Spell, Why, due_times
from infusion_visits.sections.vitals.schedules import read_schedules, schedules_in_force

ALL = schedules_in_force({})
DAY = datetime(2026, 11, 21, tzinfo=UTC)


def at(text: str, day: int = 0) -> datetime:
    parts = [int(part) for part in text.split(":")]
    hours, minutes, seconds = (*parts, 0)[:3]
    return DAY + timedelta(days=day, hours=hours, minutes=minutes, seconds=seconds)


def many(text: str) -> tuple[datetime, ...]:
    """`23:15 00:00+1` -> instants."""
    return tuple(
        at(time, int(day or 0)) for time, _, day in (part.partition("+") for part in text.split())
    )


def dues(key: str, **course: Any) -> tuple[Due, ...]:
    schedule = ALL.get(key)
    assert schedule is not None
    given = {"now": course.get("start", DAY), **course}
    return due_times(Course(**given), schedule, ALL.tolerance)


def times(found: tuple[Due, ...]) -> tuple[datetime, ...]:
    return tuple(one.at for one in found)


def test_infliximab_profile_a() -> None:
    found = dues(
        "VS-STEP",
        start=at("9:00"),
        increases=many("9:15 9:30 9:45 10:00 10:30"),
        plateau=at("10:30"),
        end=at("11:03"),
        watch_minutes=60,
    )
    assert times(found) == many("9:00 9:15 9:30 9:45 10:00 10:30 11:00 11:03 11:33 12:03")
    assert found[1].whys == (Why.AFTER_START, Why.BEFORE_STEP)
    assert (found[6].whys, found[7].whys) == ((Why.INTERVAL,), (Why.END,))


def test_infliximab_with_a_hold_and_a_restart() -> None:
    found = dues(
        "VS-STEP",
        start=at("9:00"),
        increases=many("9:15 9:30 9:45 10:22 10:37 11:07 11:37"),
        holds=(Spell(at("9:47"), at("10:07")),),
        restarts=(at("10:07"),),
        plateau=at("11:37"),
        end=at("12:00:58"),
        watch_minutes=60,
    )
    assert times(found) == many(
        "9:00 9:15 9:30 9:45 10:22 10:37 11:07 11:37 12:00:58 12:30:58 13:00:58"
    )
    assert found[4].whys == (Why.BEFORE_STEP, Why.AFTER_RESTART)


def test_vedolizumab() -> None:
    found = dues("VS-FLAT", start=at("14:00"), end=at("14:30"), watch_minutes=60)
    assert times(found) == many("14:00 14:15 14:30 15:00 15:30")


def test_iron() -> None:
    found = dues("VS-IRON", start=at("10:00"), end=at("10:15"), watch_minutes=30)
    assert times(found) == many("10:00 10:05 10:15 10:45")
    assert found[1].latest == at("10:15")
    pushed = dues("VS-IRON", start=at("10:00"), end=at("10:04"), watch_minutes=30)
    assert times(pushed) == many("10:00 10:04 10:34")


def test_immune_globulin_overnight() -> None:
    found = dues(
        "VS-STEP",
        start=at("23:00"),
        increases=many("23:15 23:30 00:00+1 00:30+1"),
        plateau=at("0:30", 1),
        end=at("1:26:15", 1),
        watch_minutes=60,
    )
    assert times(found)[1:] == many(
        "23:15 23:30 00:00+1 00:30+1 1:00+1 1:26:15+1 1:56:15+1 2:26:15+1"
    )


def test_a_long_stable_plateau_is_watched_every_hour() -> None:
    course = {"start": at("9:00"), "plateau": at("9:00"), "end": at("15:00")}
    stable = dues("VS-STEP", **course)
    assert times(stable)[2:-1] == many("9:30 10:00 10:30 11:00 12:00 13:00 14:00")
    troubled = dues("VS-STEP", **course, unstable=(at("10:10"),))
    assert times(troubled)[2:-1] == many("9:30 10:00 10:30 11:00 11:30 12:00 12:30 13:30 14:30")


def test_an_observation_that_is_no_multiple_of_thirty_ends_with_a_set() -> None:
    found = dues("VS-FLAT", start=at("9:00"), end=at("9:20"), watch_minutes=45)
    assert times(found) == many("9:00 9:15 9:20 9:50 10:05")


def test_antibiotics_are_watched_at_the_first_dose_only() -> None:
    course = {"start": at("9:00"), "end": at("10:00"), "watch_minutes": 30}
    assert times(dues("VS-AB", **course, first=True)) == many("9:00 9:15 10:00 10:30")
    assert times(dues("VS-AB", **course)) == many("9:00")
    pushed = dues("VS-AB", start=at("9:00"), end=at("9:04"), push=True, first=True)
    assert times(pushed) == many("9:00 9:04 9:19 9:34")


def test_a_continuous_pump_is_watched_after_connecting_and_after_each_change() -> None:
    found = dues("VS-CONT", start=at("9:00"), changes=(at("10:00"),), now=at("12:00"))
    assert times(found) == many("9:00 9:30 10:30")
    running = dues("VS-PCA", start=at("9:00"), found=True, now=at("12:00"))
    assert [(one.at, one.whys) for one in running] == [(at("9:00"), (Why.VISIT,))]


def test_subcutaneous_and_nutrition() -> None:
    (_, end, after) = dues("VS-SC", start=at("9:00"), end=at("10:00"), first=True)
    assert (end.at, after.at, after.latest) == (at("10:00"), at("10:15"), at("10:30"))
    assert times(dues("VS-SC", start=at("9:00"), end=at("10:00"))) == many("9:00")
    feed = dues("VS-TPN", start=at("9:00"), end=at("21:00"))
    assert times(feed) == many("9:00 10:00 21:30")
    assert feed[0].signs == ("weight", "glucose")
    assert (feed[1].latest, feed[1].signs) == (at("11:00"), ("glucose",))
    assert feed[2].latest == at("22:00")


def test_temperature_belongs_to_every_set() -> None:
    for schedule in ALL.schedules.values():
        assert {"temperature", "systolic", "diastolic", "pulse", "respirations"} <= set(
            schedule.signs
        )


def test_during_a_reaction_every_five_minutes() -> None:
    course = {
        "start": at("9:00"),
        "plateau": at("9:00"),
        "end": at("11:00"),
        "reactions": (Spell(at("9:20")),),
        "now": at("9:37"),
    }
    found = dues("VS-STEP", **course, seen=many("9:25 9:32"))
    assert times(found)[:5] == many("9:00 9:15 9:25 9:30 9:37")
    assert found[4].whys == (Why.REACTION,)
    over = dues(
        "VS-STEP",
        **{**course, "reactions": (Spell(at("9:20"), at("9:34")),), "seen": many("9:25 9:32")},
    )
    assert at("9:37") not in times(over)


def test_the_set_of_a_reaction_is_asked_for_until_it_is_taken() -> None:
    found = dues(
        "VS-STEP",
        start=at("9:00"),
        end=at("11:00"),
        reactions=(Spell(at("9:20")),),
        now=at("9:50"),
    )
    asked = next(one for one in found if Why.REACTION in one.whys)
    assert (asked.at, asked.latest) == (at("9:25"), at("9:50"))


def test_while_a_reaction_is_watched_nothing_else_is_asked_beside() -> None:
    found = dues(
        "VS-FLAT",
        start=at("9:00"),
        end=at("12:00"),
        reactions=(Spell(at("9:20"), at("10:10")),),
        seen=many("9:25"),
        now=at("11:00"),
    )
    others = [one.at for one in found if Why.REACTION not in one.whys]
    assert others == list(many("9:00 9:15 10:30 11:00 11:30 12:00"))


def test_stopped_in_a_reaction_one_set_is_that_of_the_end_and_of_the_reaction() -> None:
    course = {
        "start": at("9:00"),
        "plateau": at("9:00"),
        "end": at("9:25"),
        "reactions": (Spell(at("9:20"), at("9:25")),),
        "seen": many("9:25"),
        "now": at("9:30"),
    }
    ended = dues("VS-STEP", **course, ended=True)
    assert [one.whys for one in ended if one.at == at("9:25")] == [(Why.END,)]
    planned = dues("VS-STEP", **course, ended=False)
    assert [one.whys for one in planned if one.at == at("9:25")] == [(Why.END,), (Why.REACTION,)]


def test_a_restart_that_is_held_again_is_not_waited_for() -> None:
    found = dues(
        "VS-STEP",
        start=at("9:00"),
        holds=(Spell(at("9:20"), at("9:30")), Spell(at("9:40"), at("9:50"))),
        restarts=many("9:30 9:40"),
        end=at("11:00"),
    )
    assert at("9:45") not in times(found)


def test_signs_right_before_a_step_may_be_a_quarter_of_an_hour_old() -> None:
    found = dues("VS-STEP", start=at("9:00"), increases=many("9:40"), end=at("11:00"))
    step = found[2]
    assert (step.at, step.earliest, step.latest) == (at("9:40"), at("9:25"), at("9:50"))


def test_before_the_start_nothing_is_due() -> None:
    assert dues("VS-STEP", start=None, now=DAY) == ()


@given(
    st.lists(st.integers(1, 400), max_size=8, unique=True),
    st.integers(10, 480),
    st.integers(0, 120),
    st.sampled_from(sorted(ALL.schedules)),
)
def test_what_falls_due_is_in_order_and_merged(
    steps: list[int], length: int, watch: int, key: str
) -> None:
    start = at("9:00")
    increases = tuple(start + timedelta(minutes=m) for m in sorted(steps) if m < length)
    end = start + timedelta(minutes=length)
    found = dues(
        key,
        start=start,
        increases=increases,
        plateau=max(increases, default=start),
        end=end,
        watch_minutes=watch,
        first=True,
    )
    assert list(times(found)) == sorted(times(found))
    assert all(one.earliest <= one.at <= one.latest for one in found)
    assert sum(Why.BASELINE in one.whys for one in found) == 1
    loose = [
        one for one in found if not set(one.whys) & {Why.BASELINE, Why.END, Why.WATCH, Why.REACTION}
    ]
    leads = [one for one in loose if Why.BEFORE_STEP not in one.whys]
    for first, second in pairwise(leads):
        assert second.at - first.at > ALL.tolerance.merge_within
    if key == "VS-STEP":
        for step in increases:
            near = [one for one in found if Why.BEFORE_STEP in one.whys]
            assert any(timedelta(0) <= step - one.at <= timedelta(minutes=5) for one in near)


@pytest.mark.parametrize(
    ("key", "change", "words"),
    [
        ("VS-STEP", {"stable_every": 10}, "more often"),
        ("VS-STEP", {"evry": 30}, "Did you mean every"),
        ("VS-STEP", {"every": -30}, "cannot be"),
        ("VS-STEP", {"every_from": "noon"}, "not known"),
        ("VS-STEP", {"signs": ["mood"]}, "not known"),
        ("VS-STEP", {"source": ""}, "no source"),
        ("VS-IRON", {"after_start": [{"minutes": 15, "window_to": 5}]}, "from 15"),
    ],
)
def test_a_faulty_schedule_is_refused(key: str, change: dict[str, Any], words: str) -> None:
    plain: Any = copy.deepcopy(dict(load_catalogue("vitals_schedules")))
    plain["schedule"][key].update(change)
    with pytest.raises(CatalogueRefused, match=words):
        read_schedules(plain)
