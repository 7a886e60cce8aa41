"""Measurements that came with the patient, gathered by what was measured. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.patients.measured import measurement_words
from infusion_visits.patients.rules import standing

if TYPE_CHECKING:
    from infusion_visits.patients.values import PastMeasurement, PatientChart


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure as it was written, and when."""

    words: str
    when: str


@dataclass(frozen=True, slots=True)
class MeasuredThing:
    """Everything measured of one kind, the newest first."""

    what: str
    figures: tuple[Measured, ...]


def measured_things(chart: PatientChart, zone: str) -> tuple[MeasuredThing, ...]:
    """All imported measurements by what they are, in alphabetical order; none is left out."""
    by_name: dict[str, list[PastMeasurement]] = {}
    for row in standing(chart.past_measurement):
        by_name.setdefault(row.what or "not named", []).append(row)
    found = []
    for what, rows in sorted(by_name.items(), key=lambda one: one[0].casefold()):
        dated = sorted((row for row in rows if row.at is not None), key=_at, reverse=True)
        undated = [row for row in rows if row.at is None]
        figures = tuple(
            Measured(measurement_words(row), _when(row, zone)) for row in (*dated, *undated)
        )
        found.append(MeasuredThing(what, figures))
    return tuple(found)


def _at(row: PastMeasurement) -> float:
    return row.at.timestamp() if row.at is not None else 0.0


def _when(row: PastMeasurement, zone: str) -> str:
    if row.at is None:
        return "time not known"
    if row.at_precision in {"time", None}:
        return show_instant(row.at, zone)
    day = local_day(row.at, zone)
    shown = show_day(day)
    return {"month": shown.partition(" ")[2], "year": str(day.year)}.get(row.at_precision, shown)
