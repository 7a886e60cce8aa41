"""The chart's marks: linear axes, round ticks, everything inside its room, labels kept apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.blocks import Band, Chart, Flag, RateStep, Series
from infusion_visits.core.chart_geometry import chart_marks
from infusion_visits.core.chart_plot import round_ticks
from infusion_visits.core.drawing import (
    Anchor,
    Dot,
    Label,
    Lettering,
    Line,
    Mark,
    Polyline,
    Rectangle,
    Role,
    Triangle,
)
from infusion_visits.core.time_axis import time_ticks

ZONE = "America/New_York"
NINE = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
WIDTH, HEIGHT = 533.0, 142.0


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def line(label: str, *points: tuple[float, int], dashed: bool = False) -> Series:
    return Series(label, tuple((at(m), Decimal(v)) for m, v in points), dashed, dashed)


def chart(
    *series: Series,
    flags: tuple[Flag, ...] = (),
    rates: tuple[RateStep, ...] = (),
    planned: tuple[RateStep, ...] = (),
    bands: tuple[Band, ...] = (),
    now: datetime | None = None,
) -> Chart:
    return Chart(
        "Vital signs", NINE, at(240), ZONE, series, flags, rates, planned, bands, (), "", "", now
    )


def infusion() -> Chart:
    """A reaction in the middle of an infusion, as on the first page of a note."""
    systolic = ((8, 124), (27, 122), (41, 120), (70, 122), (86, 138), (101, 126), (234, 120))
    pulse = ((8, 70), (27, 72), (41, 74), (70, 76), (86, 112), (101, 80), (234, 72))
    diastolic = ((8, 78), (41, 76), (70, 78), (86, 84), (101, 80), (234, 78))
    ladder = ((12, 35), (42, 70), (72, 140), (87, 0), (102, 70), (132, 140), (192, 280), (203, 0))
    return chart(
        line("BP systolic", *systolic),
        line("BP diastolic", *diastolic),
        line("pulse", *pulse, dashed=True),
        flags=(Flag(at(86), Decimal(112), "112"),),
        rates=tuple(RateStep(at(m), Decimal(rate)) for m, rate in ladder),
        bands=(Band(at(87), at(102), "held"), Band(at(203), at(234), "watched 31 min", False)),
    )


def labels(marks: tuple[Mark, ...]) -> list[Label]:
    return [mark for mark in marks if isinstance(mark, Label)]


def words(marks: tuple[Mark, ...]) -> list[str]:
    return [label.text for label in labels(marks)]


def extent(mark: Mark) -> list[tuple[float, float]]:
    match mark:
        case Line():
            return [(mark.x1, mark.y1), (mark.x2, mark.y2)]
        case Polyline():
            return list(mark.points)
        case Rectangle():
            return [(mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height)]
        case Dot():
            return [(mark.x, mark.y)]
        case Triangle():
            half = mark.size / 2
            return [(mark.x - half, mark.y), (mark.x + half, mark.y - mark.size)]
        case Label():
            left, top, right, bottom = Lettering(mark.size).box(mark)
            return [(left, top), (right, bottom)]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (70, 138, (60, 80, 100, 120, 140)),
        (70, 140, (60, 80, 100, 120, 140)),
        (36.5, 37.2, (36.4, 36.6, 36.8, 37.0, 37.2)),
        (98, 98, (97, 97.5, 98, 98.5, 99)),
        (0, 0.4, (0, 0.1, 0.2, 0.3, 0.4)),
        (40, 260, (0, 50, 100, 150, 200, 250, 300)),
    ],
)
def test_ticks_are_round_and_span_the_values(
    low: float, high: float, ticks: tuple[float, ...]
) -> None:
    assert round_ticks(low, high, 7) == pytest.approx(ticks)


@given(
    st.floats(-300, 300, allow_nan=False),
    st.floats(0, 400, allow_nan=False),
    st.integers(3, 8),
)
def test_ticks_never_leave_a_value_outside(low: float, span: float, most: int) -> None:
    ticks = round_ticks(low, low + span, most)
    assert 2 <= len(ticks) <= most
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= low + span - 1e-6


@pytest.mark.parametrize(
    ("zone", "start", "minutes", "most", "first"),
    [
        (ZONE, NINE, 240, 9, "2026-11-21T14:00:00+00:00"),
        (ZONE, at(2), 240, 9, "2026-11-21T14:30:00+00:00"),
        ("Asia/Kolkata", NINE, 240, 5, "2026-11-21T14:30:00+00:00"),
        (ZONE, NINE, 2880, 5, "2026-11-21T17:00:00+00:00"),
    ],
)
def test_time_ticks_are_round_wall_times_of_the_home(
    zone: str, start: datetime, minutes: int, most: int, first: str
) -> None:
    ticks = time_ticks(start, start + timedelta(minutes=minutes), zone, most)
    assert ticks[0] == datetime.fromisoformat(first)
    assert len(ticks) <= most
    assert len({later - sooner for sooner, later in pairwise(ticks)}) == 1


def test_both_axes_are_linear() -> None:
    marks = chart_marks(chart(line("pulse", (0, 60), (60, 80), (180, 120))), WIDTH, HEIGHT)
    (curve,) = [mark for mark in marks if isinstance(mark, Polyline)]
    (x1, y1), (x2, y2), (x3, y3) = curve.points
    assert (x3 - x2) / (x2 - x1) == pytest.approx(2)
    assert (y3 - y2) / (y2 - y1) == pytest.approx(2)
    assert y1 > y2 > y3


def test_rates_are_steps_from_zero() -> None:
    rates = tuple(RateStep(at(m), Decimal(r)) for m, r in ((10, 50), (40, 100), (70, 0)))
    marks = chart_marks(chart(rates=rates), WIDTH, HEIGHT)
    (curve,) = [mark for mark in marks if isinstance(mark, Polyline)]
    heights = [y for _, y in curve.points]
    base = heights[0]
    assert heights == pytest.approx(
        [
            base,
            base - (base - heights[3]) / 2,
            base - (base - heights[3]) / 2,
            heights[3],
            heights[3],
            base,
        ]
    )
    assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(curve.points))
    figures = [label.text for label in labels(marks) if label.role is Role.ACCENT]
    assert figures == ["50", "100"], "a rate of nothing has no figure"


def test_a_rate_alone_has_level_lines_from_zero_to_a_round_figure() -> None:
    marks = chart_marks(chart(rates=(RateStep(at(10), Decimal(250)),)), WIDTH, HEIGHT)
    assert [label.text for label in labels(marks) if label.anchor is Anchor.END] == [
        "0",
        "50",
        "100",
        "150",
        "200",
        "250",
    ]


def test_a_running_infusion_is_drawn_up_to_now() -> None:
    rates = (RateStep(at(10), Decimal(50)),)
    marks = chart_marks(chart(rates=rates, now=at(120)), WIDTH, HEIGHT)
    (curve,) = [mark for mark in marks if isinstance(mark, Polyline)]
    (now,) = [mark for mark in marks if isinstance(mark, Line) and mark.role is Role.FOCUS]
    assert curve.points[-1][0] == pytest.approx(now.x1)
    assert "now 11:00" in words(marks)


@pytest.mark.parametrize("minutes", [5, 120, 239])
def test_the_present_and_the_planned_end_are_named_within_the_chart(minutes: int) -> None:
    planned = (RateStep(at(minutes), Decimal(140)), RateStep(at(239.5), Decimal(0)))
    rates = (RateStep(at(0), Decimal(70)),)
    marks = chart_marks(chart(rates=rates, planned=planned, now=at(minutes)), WIDTH, HEIGHT)
    (now,) = [label for label in labels(marks) if label.text.startswith("now")]
    left, top, right, _ = Lettering().box(now)
    assert 0 <= left < right <= WIDTH
    assert top >= 0
    if minutes < 200:
        assert "planned end 13:00" in words(marks), "rounded up, as in words"


def test_no_label_of_page_one_hides_another() -> None:
    marks = chart_marks(infusion(), WIDTH, HEIGHT)
    said = words(marks)
    for expected in (
        "BP systolic",
        "BP diastolic",
        "pulse (dashed)",
        "112",
        "held",
        "watched 31 min",
        "35",
        "280",
        "09:00",
        "13:00",
    ):
        assert expected in said
    for one, two in combinations(labels(marks), 2):
        left, top, right, bottom = Lettering().box(one)
        left2, top2, right2, bottom2 = Lettering().box(two)
        apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
        assert apart, f"{one.text} hides {two.text}"


def test_no_line_of_the_axes_strikes_out_words() -> None:
    for low in range(58, 82):
        level = line("BP diastolic", (8, low), (234, low))
        marks = chart_marks(chart(level, line("pulse", (8, 90), (234, 140))), WIDTH, HEIGHT)
        level_lines = [mark for mark in marks if isinstance(mark, Line) and mark.y1 == mark.y2]
        assert level_lines
        for label in labels(marks):
            left, top, right, bottom = Lettering().box(label)
            for mark in level_lines:
                through = top < mark.y1 < bottom and mark.x1 < right and left < mark.x2
                assert not through, f"{label.text} at {low}"


def test_a_flag_has_a_dot_a_triangle_and_its_figure() -> None:
    marks = chart_marks(infusion(), WIDTH, HEIGHT)
    (dot,) = [mark for mark in marks if isinstance(mark, Dot)]
    (sign,) = [mark for mark in marks if isinstance(mark, Triangle)]
    (figure,) = [mark for mark in labels(marks) if mark.role is Role.DANGER and mark.strong]
    assert figure.text == "112"
    assert sign.y == figure.y
    assert sign.x < figure.x
    assert abs(dot.x - figure.x) < 60
    pulse = [mark for mark in marks if isinstance(mark, Polyline) and mark.role is Role.DANGER]
    assert (dot.x, dot.y) in pulse[0].points


def test_shaded_stretches_lie_behind_and_others_are_only_named() -> None:
    marks = chart_marks(infusion(), WIDTH, HEIGHT)
    assert isinstance(marks[0], Rectangle)
    assert sum(isinstance(mark, Rectangle) for mark in marks) == 1


def test_a_dashed_series_says_so_in_words() -> None:
    marks = chart_marks(infusion(), WIDTH, HEIGHT)
    dashed = [mark for mark in marks if isinstance(mark, Polyline) and mark.dash]
    assert len(dashed) == 1
    assert "pulse (dashed)" in words(marks)


minutes = st.integers(0, 400)
values = st.integers(20, 260)


@given(
    st.lists(st.lists(st.tuples(minutes, values), max_size=12), max_size=4),
    st.lists(st.tuples(minutes, values), max_size=6),
    st.lists(st.tuples(minutes, st.integers(0, 1200)), max_size=12),
    st.lists(st.tuples(minutes, minutes), max_size=3),
)
def test_whatever_was_charted_stays_inside_the_room(
    series: list[list[tuple[int, int]]],
    flags: list[tuple[int, int]],
    rates: list[tuple[int, int]],
    bands: list[tuple[int, int]],
) -> None:
    whole = chart(
        *(line(f"series {n}", *points) for n, points in enumerate(series)),
        flags=tuple(Flag(at(m), Decimal(v), str(v)) for m, v in flags),
        rates=tuple(RateStep(at(m), Decimal(v)) for m, v in sorted(rates)),
        bands=tuple(Band(at(min(pair)), at(max(pair)), "held") for pair in bands),
    )
    marks = chart_marks(whole, WIDTH, HEIGHT)
    for mark in marks:
        for x, y in extent(mark):
            assert -1 <= x <= WIDTH + 1
            assert -1 <= y <= HEIGHT + 1
    figures = [mark for mark in labels(marks) if mark.role is Role.DANGER and mark.strong]
    assert sorted(mark.text for mark in figures) == sorted(str(v) for _, v in flags)
