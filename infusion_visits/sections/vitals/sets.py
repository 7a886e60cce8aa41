"""The sets of one visit in the order of time, and what the rest of the program may know of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from infusion_visits.core.calculations import body
from infusion_visits.core.calculations.body import age_on
from infusion_visits.core.calculations.quantities import Centimetres, Kilograms, MmHg
from infusion_visits.core.clock import local_day
from infusion_visits.core.once import once_for
from infusion_visits.core.scales.news2 import (
    News2,
    NotScored,
    Parts,
    SpO2Scale,
    score,
)
from infusion_visits.patients.facts import Facts, VitalsFact
from infusion_visits.sections.vitals.options import STANDS_FOR

if TYPE_CHECKING:
    from decimal import Decimal

    from infusion_visits.core.calculations.exact import Figure
    from infusion_visits.sections.vitals.values import Vitals, VitalsSet

# "not pregnant", "pregnancy test negative" and the like are no pregnancy.
_PREGNANT = re.compile(
    r"^(?!.*\b(?:not|no|negative|history|former|planning)\b).*\bpregnan|\bO[0-9][0-9A]|\bZ3[34]\b",
    re.IGNORECASE,
)
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
    """Whether no sign at all stands in the set, nor what a meter said instead of one."""
    return not one.no_figure and all(getattr(one, name) is None for name in _MEASURED)


def stands(one: VitalsSet, sign: str) -> bool:
    """Whether the set answers for a sign: by its figure, or by what stands instead of it."""
    if getattr(one, sign) is not None:
        return True
    return any(sign in STANDS_FOR.get(key, ()) for key in one.no_figure or ())


def age_months(facts: Facts) -> int | None:
    """The completed months of age on the day of the visit; None without the whole birth date."""
    if facts.birth_date is None:
        return None
    day = local_day(facts.arrived or facts.now, facts.zone)
    if day < facts.birth_date:
        return None
    age = age_on(facts.birth_date, day)
    return age.years * 12 + age.months


def is_pregnant(facts: Facts) -> bool:
    """Whether a pregnancy stands among the patient's conditions (words or ICD-10 O00 to O9A, Z33,
    Z34). What was only asked at screening counts nothing here."""
    return any(_PREGNANT.search(words) for words in facts.conditions)


def times_of(values: Vitals) -> tuple[datetime, ...]:
    """When signs were measured; empty sets do not count."""
    return tuple(one.at for one in standing(values) if one.at is not None and not is_empty(one))


def fact_of(one: VitalsSet, facts: Facts | None = None) -> VitalsFact | None:
    """A set as other sections may know it, scored where `facts` tell how; None without a time."""
    if one.at is None:
        return None
    scored = news2_of(one, facts) if facts else None
    return VitalsFact(
        at=one.at,
        systolic=one.systolic,
        diastolic=one.diastolic,
        pulse=one.pulse,
        respirations=one.respirations,
        spo2=one.spo2,
        temperature_c=one.temperature,
        pain=one.pain,
        news2=scored.total if isinstance(scored, News2) else None,
    )


def baseline_of(
    values: Vitals, start: datetime | None = None, facts: Facts | None = None
) -> VitalsFact | None:
    """What later sets are compared with: the last set at or before `start` of the infusion that
    has a blood pressure and a pulse; without such a one the first set that has both."""
    full = [one for one in standing(values) if one.systolic is not None and one.pulse is not None]
    before = [one for one in full if start is not None and one.at and one.at <= start]
    if before:
        return fact_of(before[-1], facts)
    return fact_of(full[0], facts) if full else None


def last_of(values: Vitals, facts: Facts | None = None) -> VitalsFact | None:
    """The latest set with anything measured."""
    full = [one for one in standing(values) if not is_empty(one)]
    return fact_of(full[-1], facts) if full else None


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
        pregnant=is_pregnant(facts),
    )


def mean_pressure(one: VitalsSet) -> Figure | None:
    """The mean pressure of the set; None without both pressures or where they cannot be."""
    if one.systolic is None or one.diastolic is None or one.diastolic >= one.systolic:
        return None
    return _mean_of(one.systolic, one.diastolic)


def _mean(systolic: Decimal, diastolic: Decimal) -> Figure:
    return body.mean_pressure(MmHg(systolic), MmHg(diastolic))


# Each set is judged at every left field; a long visit has many.
_mean_of = once_for(_mean, most=64)


def mass_index(one: VitalsSet) -> Figure | None:
    """kg/m² from weight and height of the same set."""
    if not one.weight or not one.height:
        return None
    return body.mass_index(Centimetres(one.height), Kilograms(one.weight))


def surface(one: VitalsSet) -> Figure | None:
    """Body surface in m² (Mosteller) from weight and height of the same set."""
    if not one.weight or not one.height:
        return None
    return body.surface(Centimetres(one.height), Kilograms(one.weight))
