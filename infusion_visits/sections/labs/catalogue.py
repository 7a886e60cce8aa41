"""Tubes in their order of draw, handling, and the times of drug levels: read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.labs.fields import TRANSPORT, TUBES

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

CATALOGUE = "labs"
ANY_DRUG = "other"


@dataclass(frozen=True, slots=True)
class TubeKind:
    """One tube; tubes of a lower `order` are drawn first, `inversions` are full turns."""

    key: str
    label: str
    additive: str
    order: int
    inversions: int
    note: str
    source: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Handling:
    """Tests (words of their names, small letters) that travel in a way of their own."""

    key: str
    label: str
    tests: tuple[str, ...]
    transport: str
    source: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class LevelTimes:
    """When a level counts, in minutes: a trough before the next dose, a peak after the last."""

    key: str
    names: tuple[str, ...]
    trough_within: int
    peak_from: int
    peak_to: int
    source: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class LabCatalogue:
    """All of it; `discard_ml` and `stopped_minutes` are the least before a draw from a line."""

    tubes: Mapping[str, TubeKind]
    handling: tuple[Handling, ...]
    levels: tuple[LevelTimes, ...]
    discard_ml: Decimal | None
    stopped_minutes: int
    results_due_days: int

    def level(self, drug: str) -> LevelTimes:
        """The times for a drug; those of any other drug where it has none of its own."""
        low = drug.casefold()
        for one in self.levels:
            if any(name in low for name in one.names):
                return one
        return next(one for one in self.levels if one.key == ANY_DRUG)

    def handling_of(self, tests: str) -> tuple[Handling, ...]:
        """What these tests need on their way."""
        low = tests.casefold()
        return tuple(one for one in self.handling if any(name in low for name in one.tests))


@read_once
def read_labs(plain: Mapping[str, Any]) -> LabCatalogue:
    """The whole catalogue. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        for name in ("edition", "source", "discard_source", "stopped_source"):
            top.text(name)
        top.yes("discard_unsure")
        tubes = {one.key: one for one in map(_tube, top.each("tube"))}
        levels = tuple(_level(entry) for entry in top.each("level"))
        if not any(one.key == ANY_DRUG for one in levels):
            top.fault(
                "no level for any other drug.", 'Add a [[level]] with key = "other".', "level"
            )
        return LabCatalogue(
            tubes=tubes,
            handling=tuple(_handling(entry) for entry in top.each("handling")),
            levels=levels,
            discard_ml=top.number("discard_ml_central", low=0, high=20),
            stopped_minutes=top.whole("stopped_minutes", low=0, high=60) or 0,
            results_due_days=top.whole("results_due_days", low=0, high=60) or 0,
        )


def catalogue_of(facts: Facts) -> LabCatalogue:
    """The catalogue in force: the one kept with a signed record, else that of the house."""
    return read_labs(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def _tube(entry: Entry) -> TubeKind:
    made = TubeKind(
        key=entry.choice("key", [option.key for option in TUBES]),
        label=entry.text("label"),
        additive=entry.text("additive"),
        order=entry.whole("order", low=1) or 0,
        inversions=entry.whole("inversions", low=0, high=20) or 0,
        note=entry.text("note", needed=False),
        source=entry.source(),
        unsure=entry.yes("unsure"),
    )
    entry.close()
    return made


def _handling(entry: Entry) -> Handling:
    made = Handling(
        key=entry.text("key"),
        label=entry.text("label"),
        tests=tuple(name.casefold() for name in entry.texts("tests")),
        transport=entry.choice("transport", [option.key for option in TRANSPORT]),
        source=entry.source(),
        unsure=entry.yes("unsure"),
    )
    entry.close()
    return made


def _level(entry: Entry) -> LevelTimes:
    made = LevelTimes(
        key=entry.text("key"),
        names=tuple(name.casefold() for name in entry.texts("names")),
        trough_within=entry.whole("trough_within_minutes", low=1, high=1440) or 0,
        peak_from=entry.whole("peak_from_minutes", low=0, high=1440) or 0,
        peak_to=entry.whole("peak_to_minutes", low=0, high=1440) or 0,
        source=entry.source(),
        unsure=entry.yes("unsure"),
    )
    if made.peak_to < made.peak_from:
        entry.fault("a peak that ends before it begins.", "Give a later end.", "peak_to_minutes")
    entry.close()
    return made
