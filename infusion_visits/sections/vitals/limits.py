"""The limits of vital signs, read from `resources/clinical/vitals.toml` and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.units import half_up

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

CATALOGUE = "vitals"
ADULT_FROM_YEARS = 16
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


def read_limits(catalogue: Mapping[str, Any]) -> dict[str, Limits]:
    """The limits by sign. Raises ValueError where an entry of the catalogue is not in order."""
    return {
        sign: _limits(sign, entry)
        for sign, entry in catalogue.items()
        if isinstance(entry, Mapping)
    }


def limits_for(facts: Facts) -> dict[str, Limits]:
    """The limits in force: those kept with a signed record, else those of the catalogue."""
    kept = facts.catalogue.get(CATALOGUE)
    return read_limits(kept) if kept else _shipped()


@cache
def _shipped() -> dict[str, Limits]:
    return read_limits(load_catalogue(CATALOGUE))


def _limits(sign: str, entry: Mapping[str, Any]) -> Limits:
    if not entry.get("source"):
        raise ValueError(f"{sign}: every entry names its source")
    plausible = entry.get("plausible")
    return Limits(
        sign=sign,
        label=entry["label"],
        short=entry["short"],
        unit=entry["unit"],
        loinc=tuple(entry["loinc"]),
        ucum=entry["ucum"],
        decimals=entry["decimals"],
        ask=_bounds(sign, entry["ask"]),
        amber=_bounds(sign, entry["amber"]),
        red=_bounds(sign, entry["red"]),
        plausible=(Decimal(plausible[0]), Decimal(plausible[1])) if plausible else None,
        adult_only=bool(entry.get("adult_only", False)),
        children=tuple(
            (child["ages"][0], child["ages"][1], _bounds(sign, child["amber"]))
            for child in entry.get("children", ())
        ),
        source=entry["source"],
    )


def _bounds(sign: str, texts: list[str]) -> tuple[Bound, ...]:
    bounds = []
    for text in texts:
        found = _BOUND.match(text)
        if not found:
            raise ValueError(f"{sign}: {text!r} is not a limit such as '<= 50'")
        bounds.append(Bound(found[1], Decimal(found[2])))
    return tuple(bounds)
