"""The limits of vital signs, read from `resources/clinical/vitals.toml` and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, offer, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.units import canonical_unit, half_up

if TYPE_CHECKING:
    from collections.abc import Mapping

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
class Limits:
    """All limits of one sign in its canonical unit; `children` by completed years, inclusive."""

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
    children: tuple[tuple[int, int, tuple[Bound, ...]], ...]
    source: str

    def out(self, value: Decimal, age_years: int | None) -> tuple[Band, Side] | None:
        """How `value` (canonical unit) lies outside the limits for this age; None when inside.

        Below 16 years the children's limits stand, where there are any; a sign marked for
        adults only is not judged. An unknown age is taken as adult.
        """
        value = half_up(value, self.decimals)
        if age_years is not None and age_years < ADULT_FROM_YEARS:
            if self.adult_only:
                return None
            for first, last, bounds in self.children:
                if first <= age_years <= last:
                    return _first(bounds, value, Band.AMBER)
            if self.children:
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


def read_limits(catalogue: Mapping[str, Any]) -> dict[str, Limits]:
    """The limits by sign. Raises CatalogueRefused with every fault of the catalogue."""
    with reading(catalogue) as top:
        found = {sign: _limits(sign, entry) for sign, entry in top.tables()}
        for sign in _QUANTITIES:
            if sign not in found:
                top.fault(f"{sign} is missing.", f"Every vital sign has its table: [{sign}].")
        return found


_read = read_once(read_limits)


def limits_for(facts: Facts) -> dict[str, Limits]:
    """The limits in force: those kept with a signed record, else those of the catalogue."""
    return _read(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def limits_in_force() -> dict[str, Limits]:
    """The limits of the catalogue in force now, where there is no visit to ask."""
    return _read(load_catalogue(CATALOGUE))


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
        source=entry.source(),
    )
    entry.close()
    return made


def _unit_label(sign: str, entry: Entry) -> str:
    """The unit as shown. It and its UCUM code are those of the canonical unit of this sign."""
    if sign not in _QUANTITIES:
        entry.fault(f"{sign} is no vital sign.", offer(sign, _QUANTITIES))
        return entry.text("unit")
    canonical = canonical_unit(_QUANTITIES[sign])
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


def _child(entry: Entry) -> tuple[int, int, tuple[Bound, ...]]:
    """Limits of one group of ages in completed years, both ends included."""
    ages = [int(age) for age in entry.figures("ages")]
    if len(ages) != 2 or not ages[0] <= ages[1] < ADULT_FROM_YEARS:
        entry.fault(
            "these are no ages of a child.",
            f"Write [youngest, oldest] in years, below {ADULT_FROM_YEARS}.",
            "ages",
        )
        ages = [0, 0]
    amber = _bounds(entry, "amber")
    entry.close()
    return ages[0], ages[1], amber


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
