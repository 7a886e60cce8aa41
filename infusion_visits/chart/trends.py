"""How a patient's signs went over months: readings of all visits, and those that came with them.

Pure: readings in, one chart for each vital out. Imported figures are text; one whose unit the
program does not know is listed in the chart's measurements and is not drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Chart, Series
from infusion_visits.core.clock import instant_of, local_day
from infusion_visits.core.moments import show_instant
from infusion_visits.core.units import (
    CELSIUS,
    KILOGRAM,
    MMHG,
    PER_MINUTE,
    Unit,
    half_up,
    unit_of,
    with_unit,
)
from infusion_visits.patients.rules import standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infusion_visits.patients.values import PastMeasurement, PatientChart

MOST_READINGS = 250


class Vital(StrEnum):
    """What can be chosen to be drawn."""

    PRESSURE = "pressure"
    WEIGHT = "weight"
    TEMPERATURE = "temperature"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return {
            Vital.PRESSURE: "BP and pulse",
            Vital.WEIGHT: "Weight",
            Vital.TEMPERATURE: "Temperature",
        }[self]


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of a trend: a column of vital_signs, in which unit, with how many decimals."""

    column: str
    label: str
    unit: Unit
    decimals: int
    dashed: bool = False


SIGNS: Mapping[Vital, tuple[Sign, ...]] = {
    Vital.PRESSURE: (
        Sign("systolic", "BP systolic", MMHG, 0),
        Sign("diastolic", "BP diastolic", MMHG, 0),
        Sign("pulse", "pulse (dashed)", PER_MINUTE, 0, dashed=True),
    ),
    Vital.WEIGHT: (Sign("weight", "weight", KILOGRAM, 1),),
    Vital.TEMPERATURE: (Sign("temperature", "temperature", CELSIUS, 1),),
}

_CODES: Mapping[str, tuple[str, ...]] = {
    "85354-9": ("systolic", "diastolic"),
    "55284-4": ("systolic", "diastolic"),
    "8480-6": ("systolic",),
    "8462-4": ("diastolic",),
    "8867-4": ("pulse",),
    "29463-7": ("weight",),
    "3141-9": ("weight",),
    "8310-5": ("temperature",),
    "8331-1": ("temperature",),
}
"""LOINC codes of imported measurements, and the columns that their figures belong to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured at one time, in canonical units, by column of vital_signs."""

    at: datetime
    figures: tuple[tuple[str, Decimal], ...]
    imported: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """One vital over time. `chart` is None below two readings; `words` say how many are shown."""

    vital: Vital
    chart: Chart | None
    newest: str
    words: str


def past_readings(chart: PatientChart, zone: str) -> tuple[Reading, ...]:
    """Weights of the patient, and imported measurements that can be drawn."""
    found = [
        Reading(instant_of(datetime.combine(row.day, time(12)), zone), (("weight", row.weight_kg),))
        for row in standing(chart.weight)
        if row.day is not None and row.weight_kg is not None
    ]
    for row in standing(chart.past_measurement):
        figures = _figures(row)
        if figures and row.at is not None:
            found.append(Reading(row.at, figures, imported=True))
    return tuple(found)


def _figures(row: PastMeasurement) -> tuple[tuple[str, Decimal], ...]:
    columns = _CODES.get(row.code or "", ())
    texts = (row.value, row.second_value)
    found = []
    for column, text in zip(columns, texts, strict=False):
        figure = _canonical(column, text or "", row.unit or "")
        if figure is not None:
            found.append((column, figure))
    return tuple(found)


def _canonical(column: str, text: str, code: str) -> Decimal | None:
    sign = next(sign for signs in SIGNS.values() for sign in signs if sign.column == column)
    try:
        unit, value = unit_of(code), Decimal(text)
    except (KeyError, InvalidOperation):
        return None
    if unit.quantity != sign.unit.quantity or not value.is_finite():
        return None
    return unit.canonical(value)


def trend(
    vital: Vital,
    charted: Sequence[Reading],
    stored: int,
    chart: PatientChart,
    zone: str,
    preferred: Mapping[str, str],
) -> Trend:
    """The newest readings of `vital`, at most 250, in the preferred unit.

    `charted` are the readings of visits, of which the record holds `stored` for this vital; with
    them go the patient's own weights and what was imported.
    """
    columns = {sign.column for sign in SIGNS[vital]}
    past = past_readings(chart, zone)
    mine = [one for one in (*charted, *past) if columns & {column for column, _ in one.figures}]
    unread = sum(
        1
        for row in standing(chart.past_measurement)
        if columns & set(_CODES.get(row.code or "", ())) and (row.at is None or not _figures(row))
    )
    total = stored + sum(1 for one in past if one in mine) + unread
    mine = sorted(mine, key=lambda one: one.at)[-MOST_READINGS:]
    signs = [(sign, _shown_unit(sign.unit, preferred)) for sign in SIGNS[vital]]
    words = f"{len(mine)} of {total} readings shown"
    imported = sum(one.imported for one in mine)
    if imported:
        words += f", {imported} of them imported"
    newest = _newest(mine[-1], signs, zone) if mine else ""
    return Trend(vital, _chart(vital, mine, signs, zone, words), newest, words)


def _shown_unit(unit: Unit, preferred: Mapping[str, str]) -> Unit:
    code = preferred.get(unit.quantity)
    return unit_of(code) if code else unit


def _chart(
    vital: Vital,
    readings: Sequence[Reading],
    signs: Sequence[tuple[Sign, Unit]],
    zone: str,
    words: str,
) -> Chart | None:
    if len({local_day(one.at, zone) for one in readings}) < 2:
        return None
    unit = signs[0][1].label
    series = []
    for sign, shown in signs:
        points = tuple(
            (one.at, half_up(shown.from_canonical(value), sign.decimals))
            for one in readings
            for column, value in one.figures
            if column == sign.column
        )
        label = sign.label if len(signs) > 1 else f"{sign.label}, {unit}"
        if points:
            series.append(Series(label, points, dashed=sign.dashed))
    return Chart(
        title=vital.label,
        start=readings[0].at,
        end=readings[-1].at,
        zone=zone,
        series=tuple(series),
        flags=(),
        rates=(),
        planned=(),
        bands=(),
        marks=tuple(one.at for one in readings),
        alt=words,
    )


def _newest(reading: Reading, signs: Sequence[tuple[Sign, Unit]], zone: str) -> str:
    figures = dict(reading.figures)
    said = []
    if {"systolic", "diastolic"} <= figures.keys():
        systolic, diastolic = (half_up(figures.pop(one), 0) for one in ("systolic", "diastolic"))
        said.append(f"BP {systolic}/{with_unit(diastolic, MMHG)}")
    for sign, unit in signs:
        value = figures.get(sign.column)
        if value is not None:
            shown = with_unit(unit.from_canonical(value), unit, sign.decimals)
            said.append(f"{sign.label.replace(' (dashed)', '')} {shown}")
    return f"{', '.join(said)}, {show_instant(reading.at, zone)}"
