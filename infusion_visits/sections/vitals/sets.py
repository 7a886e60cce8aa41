"""The sets of one visit in the order of time, and what the rest of the program may know of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from infusion_visits.core.scales.news2 import (
    News2,
    NotScored,
    Parts,
    SpO2Scale,
    score,
)
from infusion_visits.core.units import half_up
from infusion_visits.patients.facts import Facts, VitalsFact

if TYPE_CHECKING:
    from decimal import Decimal

    from infusion_visits.sections.vitals.values import Vitals, VitalsSet

_LAST = datetime.max.replace(tzinfo=UTC)
_MEASURED = (
    "systolic",
    "diastolic",
    "pulse",
    "respirations",
    "spo2",
    "temperature",
    "pain",
)


def in_time(values: Vitals) -> tuple[VitalsSet, ...]:
    """All sets by the time they were measured, struck ones too; sets without a time last."""
    return tuple(sorted(values.vital_signs, key=lambda one: one.at or _LAST))


def standing(values: Vitals) -> tuple[VitalsSet, ...]:
    """The sets that were not struck out and have a time, by that time."""
    return tuple(one for one in in_time(values) if one.mark.struck is None and one.at is not None)


def is_empty(one: VitalsSet) -> bool:
    """Whether no sign at all stands in the set."""
    return all(getattr(one, name) is None for name in _MEASURED)


def times_of(values: Vitals) -> tuple[datetime, ...]:
    """When signs were measured; empty sets do not count."""
    return tuple(one.at for one in standing(values) if one.at is not None and not is_empty(one))


def fact_of(one: VitalsSet) -> VitalsFact | None:
    """A set as other sections may know it; None without a time."""
    if one.at is None:
        return None
    return VitalsFact(
        at=one.at,
        systolic=one.systolic,
        diastolic=one.diastolic,
        pulse=one.pulse,
        respirations=one.respirations,
        spo2=one.spo2,
        temperature_c=one.temperature,
        pain=one.pain,
    )


def baseline_of(values: Vitals, start: datetime | None = None) -> VitalsFact | None:
    """What later sets are compared with: the last set at or before `start` of the infusion that
    has a blood pressure and a pulse; without such a one the first set that has both."""
    full = [one for one in standing(values) if one.systolic is not None and one.pulse is not None]
    before = [one for one in full if start is not None and one.at and one.at <= start]
    if before:
        return fact_of(before[-1])
    return fact_of(full[0]) if full else None


def last_of(values: Vitals) -> VitalsFact | None:
    """The latest set with anything measured."""
    full = [one for one in standing(values) if not is_empty(one)]
    return fact_of(full[-1]) if full else None


def news2_of(one: VitalsSet, facts: Facts) -> News2 | NotScored:
    """The score of a set. Oxygen counts only where air or oxygen was recorded."""
    scale = SpO2Scale.TWO if facts.hypercapnic_target else SpO2Scale.ONE
    return score(
        Parts(
            respirations=one.respirations,
            spo2=one.spo2,
            on_oxygen=None if one.oxygen is None else one.oxygen == "oxygen",
            systolic=one.systolic,
            pulse=one.pulse,
            consciousness=one.consciousness,
            temperature=one.temperature,
        ),
        scale,
        facts.age_years,
    )


def mean_pressure(one: VitalsSet) -> Decimal | None:
    """(systolic + 2 diastolic) / 3 in whole mmHg; None without both."""
    if one.systolic is None or one.diastolic is None:
        return None
    return half_up((one.systolic + 2 * one.diastolic) / 3, 0)
