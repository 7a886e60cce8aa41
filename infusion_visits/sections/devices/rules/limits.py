"""Care intervals and thresholds of lines, read from resources/clinical/devices.toml and checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from infusion_visits.core.catalogue import Entry, offer, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.line_fields import ACCESS_DEVICE
from infusion_visits.sections.devices.rules.templates import (
    ALTEPLASE,
    Alteplase,
    FlushTemplate,
    Incompatible,
    read_alteplase,
    read_dry_seconds,
    read_flush,
    read_incompatible,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

T = TypeVar("T")

CATALOGUE = "devices"
SCALES = "scales"
UNSURE = "unsure"
MARKS = frozenset({"verified", "expert", UNSURE, "practice"})
INTERVALS = (
    "dressing_transparent",
    "dressing_gauze",
    "dressing_other",
    "dressing_first",
    "dressing_piv",
    "securement",
    "connector",
    "port_needle",
    "port_flush",
    "valved_flush",
    "tunneled_flush",
    "subcut_set",
    "set_continuous",
    "set_intermittent",
    "set_tpn",
    "set_lipid",
    "midline_review",
    "midline_dwell",
    "piv_site",
)
"""The intervals that the rules ask for, all of them in every catalogue."""
THRESHOLDS = {
    "external_out_cm": "cm",
    "arm_increase_cm": "cm",
    "removed_length_tolerance_cm": "cm",
    "attempts_one_nurse": "",
    "attempts_in_all": "",
    "heparin_units_per_day": "units",
    "pressure_minutes_picc": "min",
    "pressure_minutes_piv": "min",
    "report_phlebitis_from": "",
    "report_infiltration_from": "",
    "pressure_minutes_anticoagulated": "min",
    "flat_minutes_central": "min",
    "look_after_removal_hours": "h",
    "other_arm_cm": "cm",
    "heparin_units_per_kg_child": "units/kg",
    "child_flush_share_percent": "%",
}
"""The thresholds that the rules ask for, each with the unit that the rule compares in."""

SINCE_VERSION_2 = {
    "pressure_minutes_anticoagulated": Decimal(10),
    "flat_minutes_central": Decimal(30),
    "look_after_removal_hours": Decimal(48),
    "other_arm_cm": Decimal(3),
    "heparin_units_per_kg_child": Decimal(10),
    "child_flush_share_percent": Decimal(50),
}
"""What a record of the first version does not keep; the figures of the catalogue that came then."""

_ATTRIBUTES = tuple(leaf.name for leaf in ACCESS_DEVICE.leaves)


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
    flushes: tuple[FlushTemplate, ...] = ()
    incompatible: tuple[Incompatible, ...] = ()
    dry_seconds: Mapping[str, int] = field(default_factory=dict)
    alteplase: Alteplase = ALTEPLASE
    at_insertion: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, threshold: str) -> Decimal:
        """The threshold with this key. Raises KeyError."""
        found = self.thresholds.get(threshold)
        return SINCE_VERSION_2[threshold] if found is None else found

    @property
    def unsure(self) -> frozenset[str]:
        """The intervals that sources differ about: for the agency to confirm."""
        return frozenset(key for key, one in self.intervals.items() if one.mark == UNSURE)


def read_limits(catalogue: Mapping[str, Any]) -> LineLimits:
    """The limits of a catalogue. Raises CatalogueRefused with every fault."""
    with reading(catalogue) as top:
        kinds = _every(
            top.entry("kind"), "kind", {option.key for option in of.KINDS}, _at_insertion
        )
        dry = _all(top.entry("antiseptic", needed=False), read_dry_seconds)
        return LineLimits(
            intervals=_every(top.entry("interval"), "interval", INTERVALS, _interval),
            thresholds=_every(top.entry("threshold"), "threshold", tuple(THRESHOLDS), _threshold),
            flushes=tuple(_all(top.entry("flush", needed=False), read_flush).values()),
            incompatible=tuple(
                _all(top.entry("incompatible", needed=False), read_incompatible).values()
            ),
            dry_seconds=dry,
            alteplase=read_alteplase(top.entry("alteplase", needed=False)),
            at_insertion=kinds,
        )


_read = read_once(read_limits)


def _all(entry: Entry | None, read: Callable[[str, Entry], T]) -> dict[str, T]:
    """Each table of a group whose keys are the agency's own."""
    if entry is None:
        return {}
    found = {key: read(key, one) for key, one in entry.tables()}
    entry.close()
    return found


def _every(
    entry: Entry | None,
    what: str,
    keys: Collection[str],
    read: Callable[[str, Entry], T],
    *,
    all_of_them: bool = True,
) -> dict[str, T]:
    """Each table of a group. The rules ask for these keys and for no others."""
    if entry is None:
        return {}
    found: dict[str, T] = {}
    for key, one in entry.tables():
        if key not in keys:
            one.fault(f"no rule asks for this {what}.", offer(key, keys))
        found[key] = read(key, one)
    for key in keys:
        if all_of_them and key not in found:
            entry.fault(f"{key} is missing.", f"Every {what} has its table.")
    entry.close()
    return found


def _at_insertion(_key: str, kind: Entry) -> tuple[str, ...]:
    """What is recorded when this kind of line is placed; the form asks by its own list."""
    kind.text("title")
    kind.yes("central")
    kind.yes("for_infusion", default=True)
    kind.text("size", may_be_empty=True)
    asked = kind.choices("at_insertion", _ATTRIBUTES)
    kind.choices("not_applicable", _ATTRIBUTES)
    _sourced(kind)
    kind.close()
    return asked


def _interval(key: str, entry: Entry) -> Interval:
    days = entry.whole("days", needed=False, low=0)
    hours = entry.whole("hours", needed=False, low=0)
    if (days is None) == (hours is None):
        entry.fault("one of days and hours is to be given.", "Write days = 7, or hours = 24.")
    made = Interval(
        key=key,
        title=entry.text("title"),
        days=days or 0,
        hours=hours or 0,
        not_before_hours=entry.whole("not_before_hours", needed=False, low=0) or 0,
        at_once=entry.text("at_once", needed=False, may_be_empty=True),
        source=entry.source(),
        mark=entry.choice("mark", MARKS),
    )
    entry.close()
    return made


def _threshold(key: str, entry: Entry) -> Decimal:
    entry.text("title")
    entry.choice("unit", (THRESHOLDS.get(key, ""),))
    value = entry.number("value", above=0)
    _sourced(entry)
    entry.close()
    return value or Decimal(0)


def _sourced(entry: Entry) -> None:
    entry.source()
    entry.choice("mark", MARKS)


def limits_of(facts: Facts) -> LineLimits:
    """The limits that stand for this record: those signed with it, else those in force."""
    return _read(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def default_limits() -> LineLimits:
    """The limits of the catalogue in force now."""
    return _read(load_catalogue(CATALOGUE))
