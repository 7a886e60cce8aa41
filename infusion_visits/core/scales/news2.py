"""The National Early Warning Score, NEWS2.

Source: Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017; reproduced with
acknowledgement of the Royal College of Physicians. The cut points are no agency's to change; the
home's answer to each band is (`news2` in the scales catalogue).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from infusion_visits.core.units import half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.scales.catalogue import Band, Scales

METHOD = "NEWS2-2017"
YOUNGEST_YEARS = 16
_SINGLE_RED = 3
_MEDIUM_FROM = 5
_HIGH_FROM = 7


class SpO2Scale(IntEnum):
    """Scale 2 only where a clinician has documented a hypercapnic target of 88 to 92 %."""

    ONE = 1
    TWO = 2


class Risk(StrEnum):
    """The band of the aggregate score."""

    LOW = "low"
    LOW_MEDIUM = "low-medium"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Parts:
    """What is scored: per minute, %, mmHg, °C; `on_oxygen` None means it was not recorded."""

    respirations: Decimal | None
    spo2: Decimal | None
    on_oxygen: bool | None
    systolic: Decimal | None
    pulse: Decimal | None
    consciousness: str | None
    temperature: Decimal | None


@dataclass(frozen=True, slots=True)
class News2:
    """A complete score: the seven parts in the order of the chart, total 0 to 20, band, scale."""

    respirations: int
    spo2: int
    oxygen: int
    systolic: int
    pulse: int
    consciousness: int
    temperature: int
    scale: SpO2Scale

    @property
    def parts(self) -> tuple[int, ...]:
        """The seven parts in the order of the chart."""
        return (
            self.respirations,
            self.spo2,
            self.oxygen,
            self.systolic,
            self.pulse,
            self.consciousness,
            self.temperature,
        )

    @property
    def total(self) -> int:
        """The aggregate score."""
        return sum(self.parts)

    @property
    def risk(self) -> Risk:
        """The band; a single part of 3 lifts a low total to low-medium."""
        if self.total >= _HIGH_FROM:
            return Risk.HIGH
        if self.total >= _MEDIUM_FROM:
            return Risk.MEDIUM
        return Risk.LOW_MEDIUM if _SINGLE_RED in self.parts else Risk.LOW


@dataclass(frozen=True, slots=True)
class NotScored:
    """No score, and why: a partial total would look like a low risk."""

    why: str


def band_of(scored: News2, scales: Scales) -> Band | None:
    """What the score asks for at home; None where the catalogue has no such band."""
    key = str(scored.risk) if scored.total else "none"
    return next((band for band in scales.news2 if band.key == key), None)


def score(
    parts: Parts,
    scale: SpO2Scale = SpO2Scale.ONE,
    age_years: int | None = None,
    *,
    pregnant: bool = False,
) -> News2 | NotScored:
    """The score of one set, or why there is none. Not under 16 years, not in pregnancy."""
    if age_years is not None and age_years < YOUNGEST_YEARS:
        return NotScored(f"not for under {YOUNGEST_YEARS} years")
    if pregnant:
        return NotScored("not in pregnancy")
    resp, spo2, pressure = parts.respirations, parts.spo2, parts.systolic
    pulse, state, heat = parts.pulse, parts.consciousness, parts.temperature
    if (
        resp is None
        or spo2 is None
        or parts.on_oxygen is None
        or pressure is None
        or pulse is None
        or state is None
        or heat is None
    ):
        return NotScored(f"{_missing(parts)} not recorded")
    return News2(
        respirations=_up(resp, ((8, 3), (11, 1), (20, 0), (24, 2)), 3),
        spo2=_spo2(spo2, scale, on_oxygen=parts.on_oxygen),
        oxygen=2 if parts.on_oxygen else 0,
        systolic=_up(pressure, ((90, 3), (100, 2), (110, 1), (219, 0)), 3),
        pulse=_up(pulse, ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2)), 3),
        consciousness=0 if state == "A" else 3,
        temperature=_temperature(heat),
        scale=scale,
    )


def _missing(parts: Parts) -> str:
    asked = (
        ("respirations", parts.respirations),
        ("SpO2", parts.spo2),
        ("air or oxygen", parts.on_oxygen),
        ("systolic BP", parts.systolic),
        ("pulse", parts.pulse),
        ("consciousness", parts.consciousness),
        ("temperature", parts.temperature),
    )
    names = [name for name, value in asked if value is None]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _up(value: Decimal, upto: Sequence[tuple[int, int]], beyond: int) -> int:
    whole = half_up(value, 0)
    for limit, points in upto:
        if whole <= limit:
            return points
    return beyond


def _spo2(value: Decimal, scale: SpO2Scale, *, on_oxygen: bool) -> int:
    if scale is SpO2Scale.ONE:
        return _up(value, ((91, 3), (93, 2), (95, 1)), 0)
    if not on_oxygen:
        return _up(value, ((83, 3), (85, 2), (87, 1)), 0)
    return _up(value, ((83, 3), (85, 2), (87, 1), (92, 0), (94, 1), (96, 2)), 3)


def _temperature(celsius: Decimal) -> int:
    shown = half_up(celsius, 1)
    for limit, points in (("35.0", 3), ("36.0", 1), ("38.0", 0), ("39.0", 1)):
        if shown <= Decimal(limit):
            return points
    return 2
