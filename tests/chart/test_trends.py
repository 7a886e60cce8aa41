"""Readings over months: what is drawn, in which unit, and how many of how many."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from infusion_visits.chart.trends import MOST_READINGS, Reading, Vital, past_readings, trend
from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.core.units import NBSP
from infusion_visits.patients.values import PastMeasurement, PatientChart, WeightTaken

ZONE = "America/Chicago"
START = datetime(2026, 3, 1, 15, tzinfo=UTC)
NOBODY = PatientChart()


def mark(at: int, group: str = "past_measurement") -> Mark:
    return Mark(Row(group, (at,)))


def pressure(day: int, systolic: int, diastolic: int = 70) -> Reading:
    figures = (("systolic", Decimal(systolic)), ("diastolic", Decimal(diastolic)))
    return Reading(START + timedelta(days=day), figures)


def test_each_vital_draws_its_own_lines_in_the_order_of_time() -> None:
    readings = (pressure(9, 130), pressure(0, 120), pressure(4, 125))

    found = trend(Vital.PRESSURE, readings, 3, NOBODY, ZONE, {})

    assert found.chart is not None
    assert [series.label for series in found.chart.series] == ["BP systolic", "BP diastolic"]
    assert [value for _, value in found.chart.series[0].points] == [120, 125, 130]
    assert found.words == "3 of 3 readings shown"
    assert found.newest == f"BP 130/70{NBSP}mmHg, 10 Mar 2026 10:00"


def test_at_most_250_readings_are_drawn_the_newest_and_it_is_said() -> None:
    readings = tuple(pressure(day, 100 + day % 40) for day in range(MOST_READINGS))

    found = trend(Vital.PRESSURE, (*readings, pressure(-1, 90)), 400, NOBODY, ZONE, {})

    assert found.words == "250 of 400 readings shown"
    assert found.chart is not None
    assert found.chart.start == START


def test_readings_of_one_day_are_no_trend() -> None:
    found = trend(Vital.PRESSURE, (pressure(0, 120),), 1, NOBODY, ZONE, {})

    assert found.chart is None
    assert found.newest.startswith("BP 120/70")


def test_nothing_measured_says_nothing() -> None:
    found = trend(Vital.WEIGHT, (), 0, NOBODY, ZONE, {})

    assert (found.chart, found.newest) == (None, "")


def test_temperature_is_drawn_in_the_preferred_unit() -> None:
    readings = tuple(
        Reading(START + timedelta(days=day), (("temperature", Decimal("37.0")),))
        for day in range(2)
    )

    found = trend(Vital.TEMPERATURE, readings, 2, NOBODY, ZONE, {"temperature": "[degF]"})

    assert found.chart is not None
    assert found.chart.series[0].label == "temperature, °F"
    assert found.chart.series[0].points[0][1] == Decimal("98.6")
    assert f"98.6{NBSP}°F" in found.newest


@pytest.mark.parametrize(
    ("code", "value", "second", "unit", "figures"),
    [
        ("85354-9", "128.6", "81.2", "mm[Hg]", (("systolic", "128.6"), ("diastolic", "81.2"))),
        ("8867-4", "76", None, "/min", (("pulse", "76"),)),
        ("8310-5", "98.6", None, "[degF]", (("temperature", "37"),)),
        ("29463-7", "10", None, "[lb_av]", (("weight", "4.5359237"),)),
    ],
)
def test_an_imported_figure_is_drawn_in_its_own_unit(
    code: str, value: str, second: str | None, unit: str, figures: tuple[tuple[str, str], ...]
) -> None:
    row = PastMeasurement(mark(1), "x", code, value, second, unit, START, "time")

    (reading,) = past_readings(PatientChart(past_measurement=(row,)), ZONE)

    assert reading.imported
    assert reading.figures == tuple((name, Decimal(figure)) for name, figure in figures)


@pytest.mark.parametrize(
    ("code", "value", "unit", "at"),
    [
        ("8867-4", "76", "beats", START),
        ("8867-4", "about 76", "/min", START),
        ("8867-4", "NaN", "/min", START),
        ("8867-4", "76", "kg", START),
        ("8867-4", "76", "/min", None),
    ],
)
def test_what_cannot_be_drawn_is_counted_and_not_drawn(
    code: str, value: str, unit: str, at: datetime | None
) -> None:
    row = PastMeasurement(mark(1), "Heart rate", code, value, None, unit, at, "time")

    found = trend(
        Vital.PRESSURE,
        (pressure(0, 120), pressure(3, 122)),
        2,
        PatientChart(past_measurement=(row,)),
        ZONE,
        {},
    )

    assert found.words == "2 of 3 readings shown"


def test_weights_of_the_patient_are_in_the_trend() -> None:
    rows = tuple(
        WeightTaken(mark(at, "weight"), Decimal(80 + at), date(2026, at, 3)) for at in (1, 2, 3)
    )

    found = trend(Vital.WEIGHT, (), 0, PatientChart(weight=rows), ZONE, {})

    assert found.chart is not None
    assert [value for _, value in found.chart.series[0].points] == [81, 82, 83]
    assert found.words == "3 of 3 readings shown"
    assert found.newest.startswith(f"weight 83{NBSP}kg, 3 Mar 2026")
