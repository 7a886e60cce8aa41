"""Volume and dose from the acts alone: conserved, never falling, whole over bags and holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.core.cells import Row
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.core.marks import Mark, Struck
from infusion_visits.patients.facts import OrderStep
from infusion_visits.sections.infusion.acts import (
    State,
    acts_of,
    flushed_ml,
    minutes_of,
    segments_of,
    volume_of,
)
from infusion_visits.sections.infusion.bags import bags_of, by_bags_ml, hung_ml
from infusion_visits.sections.infusion.reconcile import reconciled
from infusion_visits.sections.infusion.summary import summary_of
from infusion_visits.sections.infusion.values import (
    InfusionEvent,
    InfusionGiven,
)
from tests.sections.infusion.making import act, an_order, at, infusion, infusions

if TYPE_CHECKING:
    from collections.abc import Sequence

START = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
NURSE = UUID("01930000-0000-7000-8000-000000000001")
NEXT = {
    State.RUNNING: ("step", "slow", "hold", "bag_change"),
    State.HELD: ("resume", "bag_change"),
}


def event(number: int, after: int, kind: str, rate: int | None = None) -> InfusionEvent:
    when = START + timedelta(minutes=after)
    mark = Mark(Row("infusion_event", (1, number)), at=when, entered_at=when)
    volume = Decimal(100) if kind == "bag_change" else None
    said = None if rate is None else Decimal(rate)
    return InfusionEvent(mark, at=when, kind=kind, rate=said, volume_ml=volume)


@st.composite
def lived(draw: st.DrawFn) -> tuple[InfusionEvent, ...]:
    """Acts that could have been: each allowed after the one before, minutes apart."""
    rate = draw(st.integers(5, 100))
    events = [event(1, 0, "start", rate)]
    state, clock = State.RUNNING, 0
    for number in range(2, draw(st.integers(2, 12))):
        clock += draw(st.integers(1, 90))
        kind = draw(st.sampled_from(NEXT[state]))
        new = rate
        if kind == "step":
            new = rate + draw(st.integers(1, 60))
        elif kind in {"slow", "resume"}:
            new = max(1, rate // 2)
        events.append(event(number, clock, kind, None if kind in {"hold", "bag_change"} else new))
        state = {"hold": State.HELD, "resume": State.RUNNING}.get(kind, state)
        rate = new
    return tuple(events)


def an_infusion(events: Sequence[InfusionEvent], **more: Any) -> InfusionGiven:
    mark = Mark(Row("infusion", (1,)))
    return InfusionGiven(mark, method="pump", infusion_event=tuple(events), **more)


def given_by(one: InfusionGiven, minutes: int) -> Fraction:
    now = START + timedelta(minutes=minutes)
    done = [row for row in acts_of(one) if row.at <= now]
    return volume_of(segments_of(done, now))


@settings(max_examples=60)
@given(lived(), st.integers(0, 1500))
def test_the_bags_hold_all_that_the_rates_gave(
    events: tuple[InfusionEvent, ...], more: int
) -> None:
    one = an_infusion(events, first_bag_ml=Decimal(100))
    now = START + timedelta(minutes=more)
    done = tuple(row for row in acts_of(one) if row.at <= now)
    bags = bags_of(one, done, now, Decimal(500))
    assert sum((bag.by_rates_ml for bag in bags), Fraction(0)) == volume_of(segments_of(done, now))
    changes = sum(row.kind == "bag_change" for row in done)
    assert len(bags) == changes + 1
    assert hung_ml(bags) == 100 * len(bags)


@settings(max_examples=60)
@given(lived(), st.integers(0, 1200), st.integers(0, 300))
def test_volume_never_falls(events: tuple[InfusionEvent, ...], minutes: int, more: int) -> None:
    one = an_infusion(events)
    assert given_by(one, minutes) <= given_by(one, minutes + more)


@settings(max_examples=50)
@given(lived(), st.integers(1, 300))
def test_a_hold_adds_nothing(events: tuple[InfusionEvent, ...], minutes: int) -> None:
    one = an_infusion(events)
    last = acts_of(one)[-1]
    end = int((last.at - START).total_seconds() // 60)
    if last.state is State.HELD:
        assert given_by(one, end + minutes) == given_by(one, end)
    else:
        held = an_infusion((*events, event(99, end + 1, "hold")))
        assert given_by(held, end + 1 + minutes) == given_by(one, end + 1)


@settings(max_examples=50)
@given(lived(), st.data())
def test_striking_an_act_is_never_having_acted(
    events: tuple[InfusionEvent, ...], data: st.DataObject
) -> None:
    """Undo of an act is a strike: the same state, volume and plan as without the act."""
    number = data.draw(st.integers(0, len(events) - 1))
    gone = events[number]
    struck = Struck(START, NURSE, StrikeReason.TYPING_ERROR)
    marked = replace(gone, mark=replace(gone.mark, struck=struck))
    with_strike = an_infusion((*events[:number], marked, *events[number + 1 :]))
    without = an_infusion((*events[:number], *events[number + 1 :]))
    order = an_order(steps=tuple(OrderStep(Decimal(n), 30) for n in (10, 40, 80)))
    now = START + timedelta(minutes=900)
    assert summary_of(with_strike, order, now) == summary_of(without, order, now)


@settings(max_examples=50)
@given(lived(), st.integers(0, 1000))
def test_time_is_either_run_or_held(events: tuple[InfusionEvent, ...], minutes: int) -> None:
    one = an_infusion(events)
    now = START + timedelta(minutes=minutes)
    done = [row for row in acts_of(one) if row.at <= now]
    parts = segments_of(done, now)
    assert minutes_of(parts, held=True) + minutes_of(parts, held=False) == minutes


@given(st.lists(st.integers(1, 120), min_size=1, max_size=6), st.integers(20, 90))
def test_a_killed_program_finds_the_same_again(minutes: list[int], now: int) -> None:
    """The state is a function of the acts and the present: nothing else is remembered."""
    rows, clock = [event(1, 0, "start", 50)], 0
    for number, more in enumerate(minutes, 2):
        clock += more
        rows.append(event(number, clock, "step", 50 + number))
    at_once = START + timedelta(minutes=clock + now)
    order = an_order(steps=(OrderStep(Decimal(50), 30), OrderStep(Decimal(60), None)))
    first = summary_of(an_infusion(rows), order, at_once)
    # Looked at every minute in between, or not at all.
    for between in range(0, clock, 7):
        summary_of(an_infusion(rows), order, START + timedelta(minutes=between))
    assert summary_of(an_infusion(list(rows)), order, at_once) == first


@pytest.mark.parametrize(
    ("start", "rate", "minutes", "left", "delivered", "percent", "within"),
    [
        ("275", "5.2", 2760, "36", "239", "−0.1", True),
        ("250", "2.1", 7200, "10", "240", "−4.8", True),
        ("300", "5", 2760, "70", "230", "0", True),
        ("130", "2", 2880, "30", "100", "+4.2", True),
        ("100", "200", 30, "0", "100", "0", True),
        ("200", "4", 2400, "20", "180", "+12.5", False),
    ],
)
def test_the_residuals_of_the_reference(
    start: str, rate: str, minutes: int, left: str, delivered: str, percent: str, within: bool
) -> None:
    rows = [act(1, "09:00", "started", rate), act(2, "09:00", "stopped", why="over")]
    over = at("09:00") + timedelta(minutes=minutes)
    rows[1].update(at=over, created_at=over, remaining_ml=Decimal(left))
    one = infusions(rows, prepared_ml=start).infusion[0]
    summary = summary_of(one, an_order(steps=(), volume_ml=Decimal(start)), over)
    assert summary.given_ml == Decimal(delivered)
    found = reconciled(one, summary, Decimal(5), over)
    assert found is not None
    assert found.within is within
    assert found.sentence.replace("\u00a0", " ").endswith(f"{percent} %")
    assert reconciled(one, summary, Decimal(15), over) is not None


def test_an_elastomeric_device_may_be_fifteen_percent_off() -> None:
    rows = [act(1, "09:00", "started", "4"), act(2, "09:00", "stopped", why="over")]
    over = at("09:00") + timedelta(hours=40)
    rows[1].update(at=over, created_at=over, remaining_ml=Decimal(20))
    one = infusions(rows, prepared_ml="200", method="elastomeric").infusion[0]
    assert summary_of(one, an_order(steps=()), over).tolerance == Fraction(15, 100)


def test_a_leaking_bag_is_changed_and_the_dose_stays_right() -> None:
    rows = [
        act(1, "09:00", "started", "100"),
        act(2, "10:00", "bag changed", volume_ml="250", remaining_ml="150"),
        act(3, "10:00", "stepped", "200"),
        act(4, "10:45", "completed", remaining_ml="100"),
    ]
    order = an_order(volume_ml=Decimal(250), dose=Decimal(500), dose_unit="mg", steps=())
    one = infusions(rows, first_bag_ml="250").infusion[0]
    summary = summary_of(one, order, at("10:45"))
    assert summary.given_ml == 250
    assert summary.dose_given == 500
    assert summary.expected_ml == 250
    assert not summary.volume_differs
    assert [bag.given_ml for bag in summary.bags] == [100, 150]
    assert by_bags_ml(summary.bags, Decimal("1.5")) == Fraction("251.5")


def test_a_pump_that_was_cleared_at_a_new_bag_goes_on_counting() -> None:
    rows = [
        act(1, "09:00", "found running", "50", reading_ml="180"),
        act(2, "10:00", "bag changed", reading_ml="230", volume_ml="250"),
        act(3, "11:00", "left running", reading_ml="50"),
    ]
    summary = summary_of(infusions(rows).infusion[0], an_order(steps=()), at("11:00"))
    assert summary.given_ml == 100
    assert summary.of_interval


def test_found_and_left_by_what_the_reservoir_holds() -> None:
    rows = [
        act(1, "09:00", "found running", "2", remaining_ml="60"),
        act(2, "09:30", "bag changed", remaining_ml="59", volume_ml="100"),
        act(3, "10:00", "left running", remaining_ml="99"),
    ]
    summary = summary_of(infusions(rows).infusion[0], an_order(steps=()), at("10:00"))
    assert summary.given_ml == 2
    assert summary.remaining_ml == 99


def test_a_flush_is_no_drug() -> None:
    rows = [
        act(1, "09:00", "started", "500"),
        act(2, "09:30", "completed"),
        act(3, "09:34", "flushed", "500", volume_ml="30"),
    ]
    order = an_order(volume_ml=Decimal(250), dose=Decimal(300), dose_unit="mg", steps=())
    one = infusions(rows).infusion[0]
    summary = summary_of(one, order, at("09:40"))
    assert summary.given_ml == 250
    assert summary.dose_given == 300
    assert summary.ended == at("09:30")
    assert [flushed_ml(one), summary.flushed_ml] == [30, 30]
    assert summary.watched_minutes == 10


def test_a_push_by_hand_has_no_rate() -> None:
    one = infusion(("09:00", "started"), ("09:03", "completed"), method="push")
    order = an_order(volume_ml=Decimal(20), dose=Decimal(1), steps=())
    summary = summary_of(one, order, at("09:10"))
    assert [row.wrong for row in acts_of(one)] == ["", ""]
    assert [summary.given_ml, summary.dose_given] == [20, 1]


def test_overfill_is_given_and_shown_as_what_it_is() -> None:
    one = infusion(("09:00", "started", "540"), ("09:30", "completed"), prepared_ml="270")
    order = an_order(volume_ml=Decimal(250), dose=Decimal(500), dose_unit="mg", steps=())
    summary = summary_of(one, order, at("09:30"))
    assert [summary.given_ml, summary.dose_given] == [270, 500]


def test_an_empty_bag_is_known_from_when() -> None:
    one = infusion(("09:00", "started", "350"))
    summary = summary_of(one, an_order(), at("10:17"))
    assert summary.empty_since == at("10:00")
    assert summary_of(one, an_order(), at("09:59")).empty_since is None
