"""Sets of vital signs: their limits and words, and the sets that a ladder asks for (1.8, 5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from infusion_visits.core.fields import Number
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.facts import BarredLimb, OrderStep, VitalsFact
from infusion_visits.sections.infusion.ladder import walk
from infusion_visits.sections.vitals.changes import orthostatic
from infusion_visits.sections.vitals.due import Course, Due, Spell, Why, due_times
from infusion_visits.sections.vitals.fields import VITAL_SIGNS
from infusion_visits.sections.vitals.kept import kept
from infusion_visits.sections.vitals.limits import read_vitals
from infusion_visits.sections.vitals.rules import findings
from infusion_visits.sections.vitals.schedules import schedules_in_force
from infusion_visits.sections.vitals.sets import mass_index, mean_pressure, standing, surface
from infusion_visits.sections.vitals.signs import out_of_range
from tests.clinical_reference.runners.given import Given, kind
from tests.sections.vitals.making import a_row, facts, normal, one_set, vitals

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

ALL = schedules_in_force({})
VITALS = read_vitals(load_catalogue("vitals"))
DAY = datetime(2026, 11, 21, tzinfo=UTC)
_NAMED = {
    "end": Why.END,
    "observation": Why.WATCH,
    "before_step": Why.BEFORE_STEP,
    "interval": Why.INTERVAL,
    "after_restart": Why.AFTER_RESTART,
}


def _at(text: str) -> datetime:
    hours, minutes = text.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


def _shown(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _steps(ladder: list[Any]) -> tuple[OrderStep, ...]:
    return tuple(OrderStep(Decimal(rate), minutes or None) for rate, minutes in ladder)


@kind("vitals by ladder")
def by_ladder(given: Given) -> dict[str, object]:
    """Due times of a ladder over its volume; `hold` and `restart` walk what is left of it anew."""
    start, volume = _at(given.text("start")), Fraction(given.figure("volume_ml"))
    plan = walk(_steps(given.any("ladder")), volume)
    begins, end = plan.starts(start), plan.end(start)
    more: dict[str, Any] = {}
    if given.has("hold"):
        held, resumed = (_at(one) for one in given.any("hold"))
        begins = tuple(one for one in begins if one[0] < held)
        again = walk(_steps(given.any("restart")), volume - _volume(begins, held))
        begins, end = (*begins, *again.starts(resumed)), again.end(resumed)
        more = {"holds": (Spell(held, resumed),), "restarts": (resumed,)}
    assert end is not None
    schedule = ALL.get(given.text("schedule"))
    assert schedule is not None
    course = Course(
        now=start,
        start=start,
        # Told to the second, as the reference tells it.
        end=(end + timedelta(milliseconds=500)).replace(microsecond=0),
        increases=tuple(
            at
            for (_, before), (at, rate) in pairwise(begins)
            if rate > before and at not in more.get("restarts", ())
        ),
        plateau=begins[-1][0],
        watch_minutes=int(given.any("watch", 0)),
        **more,
    )
    return _told(due_times(course, schedule, ALL.tolerance))


def _volume(begins: tuple[tuple[datetime, Decimal], ...], until: datetime) -> Fraction:
    ends = [*(at for at, _ in begins[1:]), until]
    return sum(
        (
            Fraction(rate) * Fraction(int((end - at).total_seconds()), 3600)
            for (at, rate), end in zip(begins, ends, strict=True)
        ),
        Fraction(0),
    )


def _told(found: tuple[Due, ...]) -> dict[str, object]:
    windows = [_shown(one.latest) for one in found if Why.AFTER_START in one.whys]
    named = {
        name: [_shown(one.at) for one in found if why in one.whys] for name, why in _NAMED.items()
    }
    return {
        "due": [_shown(one.at) for one in found],
        "window_to": windows[0] if windows else None,
        **named,
    }


@kind("a set for a due time")
def taken(given: Given) -> dict[str, object]:
    """What a set at each of `minutes` after one due time stands for."""
    at = _at("10:00")
    due = Due(at, (Why.INTERVAL,), at - ALL.tolerance.early, at + ALL.tolerance.late)
    later = at + timedelta(hours=2)
    sets = [at + timedelta(minutes=minutes) for minutes in given.any("minutes")]
    return {"states": [str(kept([due], [one], later)[0].state) for one in sets]}


@kind("sign limits")
def limits(given: Given) -> dict[str, object]:
    """How each of `values` of a sign is taken, which of `asked` are asked again; codes, units."""
    sign = given.text("sign")
    known = VITALS.limits[sign]
    years, months = given.any("years"), given.any("months")
    bands = []
    for value in given.any("values", []):
        out = known.out(Decimal(value), years, months)
        bands.append(str(out[0]) if out else "in range")
    leaf = next((one for one in VITAL_SIGNS.leaves if one.name == sign), None)
    return {
        "bands": bands,
        "asked": [known.asks(Decimal(value)) for value in given.any("asked", [])],
        "loinc": list(known.codes(given.text("unit", ""))),
        "ucum": known.ucum,
        "decimals": leaf.decimals if isinstance(leaf, Number) else None,
        "units": [unit.code for unit in leaf.units] if isinstance(leaf, Number) else [],
    }


@kind("sign codes")
def codes(given: Given) -> dict[str, object]:
    """The public codes of what is no figure."""
    return {"codes": [VITALS.codes[name] for name in given.any("of")]}


@kind("sign choices")
def choices(given: Given) -> dict[str, object]:
    """Those of the wanted options that a field offers."""
    leaf = VITAL_SIGNS.leaf(given.text("field"))
    offered = {option.key for option in getattr(leaf, "options", ())}
    return {"has": [key for key in given.any("options") if key in offered]}


@kind("one set")
def a_set(given: Given) -> dict[str, object]:
    """What one set says: whether a finding is among its own, what is out of range, worked out."""
    about = _about(given)
    texts = {name: str(text) for name, text in given.any("texts").items()}
    found = findings(vitals(normal(1, "9:30", **texts)), about)
    one, wanted = one_set(**texts), given.any("code", "")
    outs = out_of_range(one, about, VITALS.limits)
    mean, index, area = mean_pressure(one), mass_index(one), surface(one)
    return {
        "said": wanted in {finding.code for finding in found},
        "out": sorted(outs),
        "bands": [str(outs[sign].band) for sign in sorted(outs)],
        "mean": mean.rounded if mean else None,
        "mass_index": index.rounded if index else None,
        "surface": area.rounded if area else None,
    }


def _about(given: Given) -> Facts:
    more: dict[str, Any] = {"hypercapnic_target": given.yes("hypercapnic")}
    if given.has("years"):
        more["age_years"] = given.whole("years")
    if given.has("baseline"):
        more["baseline"] = VitalsFact(DAY, systolic=given.figure("baseline"), pulse=Decimal(70))
    if given.has("barred"):
        more["barred_limbs"] = (BarredLimb(given.text("barred"), given.text("why")),)
    if given.has("last_weight_kg"):
        more["weight_kg"] = given.figure("last_weight_kg")
        more["weight_day"] = given.day("last_weight_day")
    if given.has("conditions"):
        more["conditions"] = tuple(given.texts("conditions"))
    return facts(**more)


@kind("lying and standing")
def standing_up(given: Given) -> dict[str, object]:
    """Lying, then standing after 1 minute: positive or not."""
    lying, stood = given.texts("lying"), given.texts("standing")
    made = vitals(
        a_row(1, "9:30", systolic=lying[0], diastolic=lying[1], position="lying"),
        a_row(2, "9:32", systolic=stood[0], diastolic=stood[1], position="standing", stood="1"),
    )
    (pair,) = orthostatic(standing(made), facts())
    return {"positive": pair.positive}
