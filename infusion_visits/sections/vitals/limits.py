"""The limits of vital signs, read from `resources/clinical/vitals.toml` and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, offer, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.units import canonical_unit, half_up

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

CATALOGUE = "vitals"
ADULT_FROM_YEARS = 16
BLOOD_PRESSURE_PANEL = "85354-9"
"""LOINC: blood pressure panel with all children optional."""
_BOUND = re.compile(r"^(<=|<|>=|>) (\d+(?:\.\d+)?)$")


class Side(StrEnum):
    """On which side of its limits a figure lies; the words stand beside the figure in the note."""

    LOW = "low"
    HIGH = "high"


class Band(StrEnum):
    """How far out: `amber` warns, `red` is far out of range."""

    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Bound:
    """One limit: `<= 50`, `> 110`."""

    sign: str
    figure: Decimal

    def meets(self, value: Decimal) -> bool:
        """Whether `value` lies beyond this limit."""
        if self.sign == "<":
            return value < self.figure
        if self.sign == "<=":
            return value <= self.figure
        return value > self.figure if self.sign == ">" else value >= self.figure

    @property
    def side(self) -> Side:
        """Low for `<` and `<=`, else high."""
        return Side.LOW if self.sign.startswith("<") else Side.HIGH


@dataclass(frozen=True, slots=True)
class Child:
    """The limits of one group of ages in completed months, both ends included."""

    first_month: int
    last_month: int
    amber: tuple[Bound, ...]
    red: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """When a change is told: percents of the baseline, mmHg, kg, cm; source: clinical reference 5,
    4.2, 7.5, 7.7 and 11.15. `over` is more than, `from` at or above."""

    fall_over_percent: Decimal = Decimal(30)
    change_over_percent: Decimal = Decimal(20)
    standing_systolic_from: Decimal = Decimal(20)
    standing_diastolic_from: Decimal = Decimal(10)
    weight_from_percent: Decimal = Decimal(10)
    weight_over_kg: Decimal = Decimal(2)
    heart_failure_day_over_kg: Decimal = Decimal(1)
    heart_failure_week_over_kg: Decimal = Decimal("2.3")
    height_over_cm: Decimal = Decimal(3)
    girth_from_cm: Decimal = Decimal(3)
    head_below_months: Decimal = Decimal(36)
    pounds_ratio: Decimal = Decimal("2.2")
    pounds_ratio_give: Decimal = Decimal("0.15")


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of one sign in its canonical unit; `children` by completed months, inclusive.

    `loinc_in` names the code where the unit of the entry decides it (UCUM unit -> LOINC).
    """

    sign: str
    label: str
    short: str
    unit: str
    loinc: tuple[str, ...]
    ucum: str
    decimals: int
    ask: tuple[Bound, ...]
    amber: tuple[Bound, ...]
    red: tuple[Bound, ...]
    plausible: tuple[Decimal, Decimal] | None
    adult_only: bool
    children: tuple[Child, ...]
    children_else_adult: bool
    loinc_in: Mapping[str, str]
    source: str

    def codes(self, ucum: str = "") -> tuple[str, ...]:
        """The LOINC codes of a figure that was entered in `ucum`."""
        said = self.loinc_in.get(ucum or self.ucum)
        return (said,) if said else self.loinc

    def out(
        self, value: Decimal, age_years: int | None, age_months: int | None = None
    ) -> tuple[Band, Side] | None:
        """How `value` (canonical unit) lies outside the limits for this age; None when inside.

        Below 16 years the children's limits stand, where there are any; a sign marked for
        adults only is not judged. An unknown age is taken as adult.
        """
        value = half_up(value, self.decimals)
        if age_years is not None and age_years < ADULT_FROM_YEARS:
            if self.adult_only:
                return None
            months = age_years * 12 if age_months is None else age_months
            for child in self.children:
                if child.first_month <= months <= child.last_month:
                    red = _first(child.red, value, Band.RED)
                    return red or _first(child.amber, value, Band.AMBER)
            if self.children and not self.children_else_adult:
                return None
        return _first(self.red, value, Band.RED) or _first(self.amber, value, Band.AMBER)

    def asks(self, value: Decimal) -> bool:
        """Whether the figure is so far out that it is more likely a slip."""
        value = half_up(value, self.decimals)
        return any(bound.meets(value) for bound in self.ask)

    def believable(self, value: Decimal) -> bool:
        """Whether the figure is plausible for this sign, in the one-line entry."""
        if self.plausible is None:
            return True
        return self.plausible[0] <= value <= self.plausible[1]


def _first(bounds: tuple[Bound, ...], value: Decimal, band: Band) -> tuple[Band, Side] | None:
    for bound in bounds:
        if bound.meets(value):
            return band, bound.side
    return None


# The quantity of core.units that each sign is kept in: a limit in another would compare wrongly.
_QUANTITIES = {
    "systolic": "pressure",
    "diastolic": "pressure",
    "mean_pressure": "pressure",
    "pulse": "frequency",
    "respirations": "frequency",
    "spo2": "fraction",
    "temperature": "temperature",
    "pain": "score",
    "oxygen_flow": "gas flow",
    "weight": "weight",
    "glucose": "glucose",
}
_FURTHER = {
    "etco2": "pressure",
    "oxygen_percent": "fraction",
    "height": "length",
    "head": "length",
    "girth": "length",
    "urine": "volume",
    "mass_index": "mass index",
}
_NO_SIGNS = ("change", "code")
# What is no figure and has a public code: by LOINC, or each choice by itself.
_CODED: Mapping[str, tuple[str, ...]] = {
    "consciousness": ("loinc",),
    "temperature_site": ("loinc",),
    "blood_pressure": ("loinc",),
    "surface": ("loinc",),
    "position": ("sitting", "lying", "standing"),
}


def read_limits(catalogue: Mapping[str, Any]) -> dict[str, Limits]:
    """The limits by sign. Raises CatalogueRefused with every fault of the catalogue."""
    return dict(read_vitals(catalogue).limits)


@dataclass(frozen=True, slots=True)
class VitalsCatalogue:
    """All that the vitals catalogue says: limits by sign, what counts as a change, and the public
    codes of what is no figure (LOINC or SNOMED CT by `field` or `field.choice`)."""

    limits: Mapping[str, Limits]
    changes: Changes
    codes: Mapping[str, str]


def read_vitals(catalogue: Mapping[str, Any]) -> VitalsCatalogue:
    """The whole catalogue. Raises CatalogueRefused with every fault."""
    with reading(catalogue) as top:
        changes = _changes(top.entry("change", needed=False))
        codes = _codes(top.entry("code", needed=False))
        found = {
            sign: _limits(sign, entry) for sign, entry in top.tables() if sign not in _NO_SIGNS
        }
        for sign in (*_QUANTITIES, *_FURTHER):
            if sign not in found:
                top.fault(f"{sign} is missing.", f"Every vital sign has its table: [{sign}].")
        return VitalsCatalogue(found, changes, codes)


_read = read_once(read_vitals)


def vitals_catalogue(facts: Facts) -> VitalsCatalogue:
    """The catalogue that stands: that kept with a signed record, else the one in force."""
    return _read(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def limits_for(facts: Facts) -> Mapping[str, Limits]:
    """The limits in force: those kept with a signed record, else those of the catalogue."""
    return vitals_catalogue(facts).limits


def changes_for(facts: Facts) -> Changes:
    """What counts as a change."""
    return vitals_catalogue(facts).changes


def limits_in_force() -> Mapping[str, Limits]:
    """The limits of the catalogue in force now, where there is no visit to ask."""
    return _read(load_catalogue(CATALOGUE)).limits


def _changes(entry: Entry | None) -> Changes:
    """Each figure with its default: a record of the first version keeps a catalogue without."""
    if entry is None:
        return Changes()
    known = {one.name: one.default for one in fields(Changes)}
    read = {
        name: found
        for name in known
        if (found := entry.number(name, needed=False, above=0)) is not None
    }
    entry.source()
    entry.close()
    return Changes(**read)


def _codes(entry: Entry | None) -> dict[str, str]:
    if entry is None:
        return {}
    read: dict[str, str] = {}
    for name, one in entry.tables():
        if name not in _CODED:
            one.fault("nothing is coded by this name.", offer(name, _CODED))
        for key in _CODED.get(name, ()):
            if code := one.text(key):
                read[name if key == "loinc" else f"{name}.{key}"] = code
        one.source()
        one.close()
    entry.close()
    return read


def _limits(sign: str, entry: Entry) -> Limits:
    entry.choice("panel", (BLOOD_PRESSURE_PANEL,), needed=False)
    made = Limits(
        sign=sign,
        label=entry.text("label"),
        short=entry.text("short"),
        unit=_unit_label(sign, entry),
        loinc=entry.texts("loinc"),
        ucum=entry.text("ucum"),
        decimals=entry.whole("decimals", low=0, high=3) or 0,
        ask=_bounds(entry, "ask"),
        amber=_bounds(entry, "amber"),
        red=_bounds(entry, "red"),
        plausible=_plausible(entry),
        adult_only=entry.yes("adult_only"),
        children=tuple(_child(child) for child in entry.each("children", needed=False)),
        children_else_adult=entry.yes("children_else_adult"),
        loinc_in=_loinc_in(entry.entry("loinc_in", needed=False)),
        source=entry.source(),
    )
    entry.close()
    return made


def _loinc_in(entry: Entry | None) -> dict[str, str]:
    return {} if entry is None else {unit: entry.text(unit) for unit in entry.plain}


def _unit_label(sign: str, entry: Entry) -> str:
    """The unit as shown. It and its UCUM code are those of the canonical unit of this sign."""
    quantity = _QUANTITIES.get(sign) or _FURTHER.get(sign)
    if quantity is None:
        entry.fault(f"{sign} is no vital sign.", offer(sign, (*_QUANTITIES, *_FURTHER)))
        return entry.text("unit")
    if quantity == "mass index":
        entry.choice("ucum", ("kg/m2",))
        return entry.choice("unit", ("kg/m²",))
    canonical = canonical_unit(quantity)
    entry.choice("ucum", (canonical.code,))
    return entry.choice("unit", (canonical.label,))


def _plausible(entry: Entry) -> tuple[Decimal, Decimal] | None:
    figures = entry.figures("plausible", needed=False)
    if not entry.has("plausible"):
        return None
    if len(figures) != 2 or figures[0] >= figures[1]:
        entry.fault("this is no range.", "Write [lowest, highest].", "plausible")
        return None
    return figures[0], figures[1]


def _child(entry: Entry) -> Child:
    """Limits of one group of ages, in completed `ages` (years) or `months`, both ends included."""
    in_months = entry.has("months")
    span = [int(age) for age in entry.figures("months" if in_months else "ages")]
    upto = ADULT_FROM_YEARS * 12 if in_months else ADULT_FROM_YEARS
    if len(span) != 2 or not span[0] <= span[1] < upto:
        entry.fault(
            "these are no ages of a child.",
            f"Write [youngest, oldest], below {ADULT_FROM_YEARS} years.",
            "months" if in_months else "ages",
        )
        span = [0, 0]
    first, last = span if in_months else (span[0] * 12, span[1] * 12 + 11)
    red = _bounds(entry, "red") if entry.has("red") else ()
    made = Child(first, last, _bounds(entry, "amber"), red)
    entry.close()
    return made


def _bounds(entry: Entry, key: str) -> tuple[Bound, ...]:
    bounds = []
    for text in entry.texts(key):
        found = _BOUND.match(text)
        if found:
            bounds.append(Bound(found[1], Decimal(found[2])))
        else:
            entry.fault(f"{text!r} is no limit.", 'Write such as "<= 50" or "> 110".', key)
    lows = [bound.figure for bound in bounds if bound.side is Side.LOW]
    highs = [bound.figure for bound in bounds if bound.side is Side.HIGH]
    if lows and highs and max(lows) >= min(highs):
        entry.fault(
            "the low limit is not below the high one: every figure would be out of range.",
            "Exchange them.",
            key,
        )
    return tuple(bounds)
