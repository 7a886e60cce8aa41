"""The planned clock: from the acts alone, at any moment, over holds, restarts and new bags."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.clock import local
from infusion_visits.sections.infusion.acts import acts_of, segments_of, volume_of
from infusion_visits.sections.infusion.ladder import as_decimal, shown_end
from infusion_visits.sections.infusion.ladder_text import NotALadder, ladder_from_text
from infusion_visits.sections.infusion.summary import InfusionSummary, summary_of
from tests.sections.infusion.making import ZONE, act, an_order, at, infusion, infusions, steps

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.patients.facts import OrderFact

INFLIXIMAB = steps(((10, 15), (20, 15), (40, 15), (80, 15), (150, 30), (250, None)))
HELD = (
    ("09:00", "started", "10"),
    ("09:15", "stepped", "20"),
    ("09:30", "stepped", "40"),
    ("09:45", "stepped", "80"),
    ("09:47", "held"),
)
AS_ORDERED = "20 15, 40 15, 80 30, 150 30, 250 rest"


def infliximab(**more: object) -> OrderFact:
    return an_order(volume_ml=Decimal(250), dose=Decimal(400), dose_unit="mg", steps=INFLIXIMAB)


def clock(moment: datetime | None) -> str:
    return "" if moment is None else f"{local(moment, ZONE):%H:%M:%S}"


def told(summary: InfusionSummary) -> list[tuple[str, str, str, str]]:
    return [
        (f"{step.ml_per_hour:f}", clock(step.planned), clock(step.done), clock(step.due))
        for step in summary.timetable.steps
    ]


def held(*more: tuple[str, ...], ladder: str = "", rate: str = "20") -> InfusionSummary:
    rows = [act(number, *one) for number, one in enumerate(HELD, 1)]
    said = {"ladder": ladder} if ladder else {}
    rows.append(act(6, "10:07", "resumed", rate, **said))
    rows += [act(number, *one) for number, one in enumerate(more, 7)]
    now = at(more[-1][0]) if more else at("10:07")
    return summary_of(infusions(rows).infusion[0], infliximab(), now)


def test_the_first_plan_of_the_reference() -> None:
    summary = summary_of(infusion(("09:00", "started", "10")), infliximab(), at("09:00"))
    assert told(summary) == [
        ("10", "09:00:00", "09:00:00", ""),
        ("20", "09:15:00", "", "09:15:00"),
        ("40", "09:30:00", "", "09:30:00"),
        ("80", "09:45:00", "", "09:45:00"),
        ("150", "10:00:00", "", "10:00:00"),
        ("250", "10:30:00", "", "10:30:00"),
    ]
    assert clock(summary.timetable.first_end) == "11:03:00"
    assert clock(summary.planned_end) == "11:03:00"


def test_a_late_step_moves_all_that_follow_and_the_first_plan_stays() -> None:
    one = infusion(("09:00", "started", "10"), ("09:26", "stepped", "20"))
    summary = summary_of(one, infliximab(), at("09:30"))
    assert told(summary)[:4] == [
        ("10", "09:00:00", "09:00:00", ""),
        ("20", "09:15:00", "09:26:00", ""),
        ("40", "09:30:00", "", "09:41:00"),
        ("80", "09:45:00", "", "09:56:00"),
    ]
    assert summary.next_step is not None
    assert clock(summary.next_step.due) == "09:41:00"
    assert clock(summary.timetable.first_end) == "11:03:00"
    # 11 minutes longer at 10 mL/h are 1.83 mL that the last rate need not give: 0.44 min.
    assert clock(summary.planned_end) == "11:13:33"


def test_a_step_that_is_not_made_stays_due_at_its_time_and_says_how_late() -> None:
    """A laptop that slept for 47 minutes: no timer fired, the acts alone say it."""
    one = infusion(("09:00", "started", "10"))
    summary = summary_of(one, infliximab(), at("09:52"))
    assert summary.next_step is not None
    assert clock(summary.next_step.due) == "09:15:00"
    assert told(summary)[1] == ("20", "09:15:00", "", "09:52:00")
    assert summary.given_ml == Decimal("8.7")


def test_minutes_stand_still_during_a_hold() -> None:
    one = infusion(*HELD)
    for now in ("09:47", "10:07", "10:47"):
        summary = summary_of(one, infliximab(), at(now))
        assert summary.next_step is not None
        assert summary.next_step.due is None
        assert summary.next_step.minutes_left == 13
        assert summary.given_ml == Decimal("20.2")
    again = infusion(*HELD, ("10:07", "resumed", "80"))
    summary = summary_of(again, infliximab(), at("10:07"))
    assert summary.next_step is not None
    assert clock(summary.next_step.due) == "10:20:00"


def test_a_twenty_minute_hold_ends_the_infusion_twenty_minutes_later() -> None:
    one = infusion(*HELD, ("10:07", "resumed", "80"))
    summary = summary_of(one, infliximab(), at("10:07"))
    assert clock(summary.timetable.first_end) == "11:03:00"
    assert clock(summary.planned_end) == "11:23:00"


def test_the_restart_as_ordered_of_the_reference() -> None:
    summary = held(ladder=AS_ORDERED)
    assert summary.given_ml == Decimal("20.2")
    assert told(summary)[4:] == [
        ("150", "10:00:00", "", ""),
        ("250", "10:30:00", "", ""),
        ("20", "", "10:07:00", ""),
        ("40", "", "", "10:22:00"),
        ("80", "", "", "10:37:00"),
        ("150", "", "", "11:07:00"),
        ("250", "", "", "11:37:00"),
    ]
    whole = held(
        ("10:22", "stepped", "40"),
        ("10:37", "stepped", "80"),
        ("11:07", "stepped", "150"),
        ("11:37", "stepped", "250"),
        ladder=AS_ORDERED,
    )
    assert whole.given_ml == Decimal("150.2")
    assert whole.remaining_ml == Decimal("99.8")
    assert whole.planned_end is not None
    assert abs((whole.planned_end - at("12:00:58")).total_seconds()) < 0.5
    assert f"{local(shown_end(whole.planned_end), ZONE):%H:%M}" == "12:01"


def test_half_the_rate_is_kept_for_half_an_hour_and_the_rest_is_walked_again() -> None:
    summary = held(rate="40")
    assert told(summary)[3:] == [
        ("80", "09:45:00", "09:45:00", "10:37:00"),
        ("150", "10:00:00", "", "10:52:00"),
        ("250", "10:30:00", "", "11:22:00"),
    ]
    # 20.1667 mL at the hold; 20 + 20 + 75 mL until 11:22; 114.8333 mL are left for 250 mL/h.
    assert clock(summary.planned_end) == "11:49:33"


def test_a_bag_change_in_the_middle_stops_no_clock_and_loses_no_volume() -> None:
    plain = held(("10:22", "stepped", "40"), ("11:07", "stepped", "80"), ladder=AS_ORDERED)
    rows = [act(number, *one) for number, one in enumerate(HELD, 1)]
    rows += [
        act(6, "10:07", "resumed", "20", ladder=AS_ORDERED),
        act(7, "10:22", "stepped", "40"),
        act(8, "10:31", "bag changed", volume_ml="100"),
        act(9, "11:07", "stepped", "80"),
    ]
    one = infusions(rows, first_bag_ml="150").infusion[0]
    changed = summary_of(one, infliximab(), at("11:07"))
    assert changed.calculated_ml == plain.calculated_ml
    assert changed.timetable.steps[-1] == plain.timetable.steps[-1]
    assert [bag.number for bag in changed.bags] == [1, 2]
    assert [bag.hung_ml for bag in changed.bags] == [150, 100]
    by_rates = sum(bag.by_rates_ml for bag in changed.bags)
    assert by_rates == volume_of(segments_of(acts_of(one), at("11:07")))
    assert changed.expected_ml == 250


def test_a_cycle_that_tapers_off_steps_down_at_its_end() -> None:
    cycle = steps(((Decimal("90.9"), 60), (Decimal("181.8"), 600), (Decimal("90.9"), 60)))
    order = an_order(volume_ml=Decimal(2000), steps=cycle, dose_per_kg=None)
    one = infusion(
        ("09:00", "started", "90.9"), ("10:00", "stepped", "181.8"), ("20:00", "stepped", "90.9")
    )
    summary = summary_of(one, order, at("20:00"))
    assert [clock(step.done) for step in summary.timetable.steps] == [
        "09:00:00",
        "10:00:00",
        "20:00:00",
    ]
    assert summary.next_step is None
    assert summary.given_ml == Decimal("1908.9")
    assert summary.planned_end is not None
    assert abs((summary.planned_end - at("21:00")).total_seconds()) < 15


def test_one_found_running_goes_on_from_the_rung_it_was_found_at() -> None:
    rows = [act(1, "09:10", "found running", "80", remaining_ml="200")]
    summary = summary_of(infusions(rows).infusion[0], infliximab(), at("09:10"))
    assert told(summary) == [
        ("80", "09:10:00", "09:10:00", ""),
        ("150", "09:25:00", "", "09:25:00"),
        ("250", "09:55:00", "", "09:55:00"),
    ]
    assert clock(summary.planned_end) == "10:20:12"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("20 15, 40 15, 80 rest", ((20, 15), (40, 15), (80, None))),
        ("20 mL/h x 15 min; 40 for 30m then 80", ((20, 15), (40, 30), (80, None))),
        ("12.5", ((Decimal("12.5"), None),)),
    ],
)
def test_a_restart_is_typed_in_one_line(
    text: str, made: tuple[tuple[Decimal, int | None], ...]
) -> None:
    assert ladder_from_text(text) == steps(made)


@pytest.mark.parametrize("text", ["", "slowly", "0 15", "20, 40 15", "20 0, 40 rest", "20 15,,x"])
def test_what_is_no_ladder_says_what_to_type(text: str) -> None:
    with pytest.raises(NotALadder, match=r"such as|only the last"):
        ladder_from_text(text)


def test_the_volume_of_the_reference_to_a_tenth() -> None:
    """Reference 8.6, the case of 1.8 at 11:07."""
    summary = held(
        ("10:22", "stepped", "40"),
        ("10:37", "stepped", "80"),
        ("11:07", "stepped", "150"),
        ladder=AS_ORDERED,
    )
    assert as_decimal(Fraction(summary.calculated_ml)) == Decimal("75.2")
