"""Care intervals and thresholds of lines, read from resources/clinical/devices.toml and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from infusion_visits.core.resources import load_catalogue

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

CATALOGUE = "devices"
SCALES = "scales"
MARKS = frozenset({"verified", "expert", "unsure", "practice"})


@dataclass(frozen=True, slots=True)
class Interval:
    """How often a care is due: local `days`, or elapsed `hours`; 0 means no routine."""

    key: str
    title: str
    days: int
    hours: int
    not_before_hours: int
    at_once: str
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class LineLimits:
    """All intervals and thresholds. Figures are agency defaults; order and protocol win."""

    intervals: Mapping[str, Interval]
    thresholds: Mapping[str, Decimal]

    def of(self, threshold: str) -> Decimal:
        """The threshold with this key. Raises KeyError."""
        return self.thresholds[threshold]


def read_limits(catalogue: Mapping[str, Any]) -> LineLimits:
    """The limits from the catalogue's mapping. Raises ValueError naming a faulty entry."""
    return LineLimits(
        intervals={
            key: _interval(key, entry) for key, entry in catalogue.get("interval", {}).items()
        },
        thresholds={
            key: _threshold(key, entry) for key, entry in catalogue.get("threshold", {}).items()
        },
    )


def _interval(key: str, entry: Mapping[str, Any]) -> Interval:
    _sourced(key, entry)
    days, hours = int(entry.get("days", 0)), int(entry.get("hours", 0))
    if days < 0 or hours < 0 or (days and hours):
        raise ValueError(f"interval {key}: either days or hours, not below 0")
    return Interval(
        key=key,
        title=str(entry["title"]),
        days=days,
        hours=hours,
        not_before_hours=int(entry.get("not_before_hours", 0)),
        at_once=str(entry.get("at_once", "")),
        source=str(entry["source"]),
        mark=str(entry["mark"]),
    )


def _threshold(key: str, entry: Mapping[str, Any]) -> Decimal:
    _sourced(key, entry)
    try:
        return Decimal(str(entry["value"]))
    except InvalidOperation:
        raise ValueError(f"threshold {key}: not a number") from None


def _sourced(key: str, entry: Mapping[str, Any]) -> None:
    if not entry.get("source") or entry.get("mark") not in MARKS:
        raise ValueError(f"{key}: every entry names its source and its mark")


def limits_of(facts: Facts) -> LineLimits:
    """The limits that stand for this record: those signed with it, else the catalogue's."""
    kept = facts.catalogue.get(CATALOGUE)
    return read_limits(kept) if kept else default_limits()


@cache
def default_limits() -> LineLimits:
    """The limits of the catalogue as shipped."""
    return read_limits(load_catalogue(CATALOGUE))
