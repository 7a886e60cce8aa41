"""Limits, codes, changes and due times of vital signs (sections 1.1, 1.8, 5 and 5.1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from infusion_visits.core.fields import Choice, Many, NotAValue, Number
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.scales.anaphylaxis import low_systolic
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.sections.stores import STORES
from infusion_visits.sections.vitals.due import Course, Due, Spell, due_times
from infusion_visits.sections.vitals.limits import CATALOGUE, read_limits
from infusion_visits.sections.vitals.rules import findings
from infusion_visits.sections.vitals.schedules import schedules_in_force
from tests.clinical_reference.runners.given import Given, kind
from tests.sections.every_field import made_facts
from tests.sections.vitals import making

_DAY = datetime(2026, 11, 21, tzinfo=UTC)
_ADULT = 40


@kind("vital limits")
def limits(given: Given) -> dict[str, object]:
    """The band of each of `values`: red, amber or in; and which of them are asked again."""
    sign = read_limits(load_catalogue(CATALOGUE))[given.text("sign")]
    years = int(given.any("years", _ADULT))
    months = given.any("months")
    bands, asked = [], []
    for value in given.any("values"):
        found = sign.out(Decimal(value), years, months)
        bands.append(str(found[0]) if found else "in")
        asked.append(sign.asks(Decimal(value)))
    return {"bands": bands, "asked": asked}


@kind("vital codes")
def codes(given: Given) -> dict[str, object]:
    """The LOINC codes of a sign, by the unit of the entry where that decides."""
    sign = read_limits(load_catalogue(CATALOGUE))[given.text("sign")]
    return {"loinc": list(sign.codes(given.text("unit", ""))), "ucum": sign.ucum}


@kind("vital as typed")
def typed(given: Given) -> dict[str, object]:
    """Whether a text is taken in a field of a set of vital signs."""
    leaf = STORES["vitals"].group("vital_signs").rows.leaf(given.text("field"))
    taken = leaf.parse(given.text("typed"), making.SENSE)
    refused = isinstance(taken, NotAValue)
    value = None if refused else taken.get(leaf.name)  # type: ignore[union-attr]  # not refused
    return {"refused": refused, "value": value}


@kind("vital choices")
def choices(given: Given) -> dict[str, object]:
    """Whether a choice of a set offers each of `keys`; and its units, for a figure."""
    leaf = STORES["vitals"].group("vital_signs").rows.leaf(given.text("field"))
    if isinstance(leaf, Number):
        return {"units": [unit.label for unit in leaf.units], "decimals": leaf.decimals}
    if not isinstance(leaf, Choice | Many):
        return {"kind": type(leaf).__name__}
    offered = {option.key for option in leaf.options}
    return {"lacking": [key for key in given.texts("keys") if key not in offered]}


@kind("vital findings")
def found(given: Given) -> dict[str, object]:
    """`sets` are typed sets, each with its time; the codes of what is found of them."""
    rows = [
        making.a_row(number, one["at"], **{**making.NORMAL, **one["said"]})
        for number, one in enumerate(given.any("sets"), 1)
    ]
    facts = made_facts(now=making.NOW, zone=making.ZONE)
    made = findings(making.vitals(*rows), facts)
    wanted = given.text("code")
    return {"told": any(one.code == wanted for one in made)}


@kind("low pressure of a child")
def child(given: Given) -> dict[str, object]:
    scales = scales_in_force({})
    return {"below": [low_systolic(int(age), scales) for age in given.any("ages")]}


def _at(text: str) -> datetime:
    time, _, day = text.partition("+")
    parts = [int(part) for part in time.split(":")]
    hours, minutes, seconds = (*parts, 0)[:3]
    return _DAY + timedelta(days=int(day or 0), hours=hours, minutes=minutes, seconds=seconds)


def _told(at: datetime) -> str:
    return f"{at:%H:%M:%S}".removesuffix(":00")


@kind("vital signs due")
def due(given: Given) -> dict[str, object]:
    """The times of a schedule over a course of an infusion; times of the next day end with +1."""
    every = schedules_in_force({})
    schedule = every.get(given.text("schedule"))
    assert schedule is not None
    start = _at(given.text("start"))
    end = _at(given.text("end")) if given.has("end") else None
    holds = [one.split("-") for one in given.texts("holds")]
    course = Course(
        now=_at(given.text("now")) if given.has("now") else start,
        start=start,
        end=end,
        increases=tuple(map(_at, given.texts("increases"))),
        changes=tuple(map(_at, given.texts("changes"))),
        plateau=_at(given.text("plateau")) if given.has("plateau") else None,
        holds=tuple(Spell(_at(since), _at(until)) for since, until in holds),
        restarts=tuple(map(_at, given.texts("restarts"))),
        watch_minutes=int(given.any("watch", 0)),
        push=given.yes("push"),
        first=given.yes("first"),
        found=given.yes("found"),
    )
    made = due_times(course, schedule, every.tolerance)
    return {
        "times": [_told(one.at) for one in made],
        "latest": [_told(one.latest) for one in made],
        "whys": [one.words for one in made],
        "signs": _signs(made),
        "every_set": list(schedule.signs),
        "note": schedule.note,
    }


def _signs(made: tuple[Due, ...]) -> list[list[str]]:
    return [list(one.signs) for one in made]
