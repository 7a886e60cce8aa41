"""The forty items of the home assessment, read from the catalogue and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.home.fields import HOME_FINDING, ITEM_COUNT, NEEDS

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

CATALOGUE = "home_assessment"


class Severity(StrEnum):
    """How much a failing item weighs, heaviest first."""

    BLOCKER = "blocker"
    PLAN = "plan"
    ADVISORY = "advisory"


FIRST_DOSE = "first_dose"
SUPERVISED_FIRST = "supervised_first"
KIT = "anaphylaxis_kit"


@dataclass(frozen=True, slots=True)
class Condition:
    """What can make an item a blocker: said by the nurse, or known from the drug's name."""

    key: str
    label: str
    drugs: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item. A figure of `measure` below `fails_below` or above `fails_above` fails it.

    Figures are °C, points of the fall score, or minutes; `blocks_above` makes it a blocker.
    """

    number: int
    area: str
    label: str
    asks: str
    fails: str
    severity: Severity
    source: str
    blocker_when: tuple[str, ...] = ()
    minor: Severity | None = None
    planned: Severity | None = None
    measure: str = ""
    fails_below: Decimal | None = None
    fails_above: Decimal | None = None
    blocks_above: Decimal | None = None

    def out_of_bounds(self, figure: Decimal | None) -> bool:
        """Whether the figure alone makes the item fail."""
        if figure is None:
            return False
        low, high = self.fails_below, self.fails_above
        return (low is not None and figure < low) or (high is not None and figure > high)


@dataclass(frozen=True, slots=True)
class HomeCatalogue:
    """All items by number, all conditions by key, and after how many days one assesses anew."""

    items: Mapping[int, Item]
    conditions: Mapping[str, Condition]
    reassess_days: int


def read_items(catalogue: Mapping[str, Any]) -> HomeCatalogue:
    """The items and conditions. Raises ValueError where an entry is not in order."""
    conditions = {entry["key"]: _condition(entry) for entry in catalogue["condition"]}
    unknown = {option.key for option in NEEDS} - {"none"} - set(conditions)
    if unknown:
        raise ValueError(f"{sorted(unknown)}: what the form offers stands in the catalogue")
    items = {entry["number"]: _item(entry, conditions) for entry in catalogue["item"]}
    if list(items) != list(range(1, ITEM_COUNT + 1)):
        raise ValueError("the items are numbered from 1 without a gap")
    return HomeCatalogue(items, conditions, int(catalogue["reassess_days"]))


def items_for(facts: Facts) -> HomeCatalogue:
    """The items in force: those kept with a signed record, else those of the catalogue."""
    return read_items(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def _condition(entry: Mapping[str, Any]) -> Condition:
    if not entry.get("source"):
        raise ValueError(f"{entry['key']}: every entry names its source")
    names = tuple(name.casefold() for name in entry["drugs"])
    return Condition(entry["key"], entry["label"], names, entry["source"])


def _item(entry: Mapping[str, Any], conditions: Mapping[str, Condition]) -> Item:
    number = entry["number"]
    if not entry.get("source"):
        raise ValueError(f"item {number}: every entry names its source")
    when = tuple(entry.get("blocker_when", ()))
    if not set(when) <= set(conditions):
        raise ValueError(f"item {number}: an unknown condition")
    measure = entry.get("measure", "")
    if measure and measure not in {leaf.name for leaf in HOME_FINDING.leaves}:
        raise ValueError(f"item {number}: an unknown measure")
    return Item(
        number=number,
        area=entry["area"],
        label=entry["label"],
        asks=entry["asks"],
        fails=entry["fails"],
        severity=Severity(entry["severity"]),
        source=entry["source"],
        blocker_when=when,
        minor=_severity(entry, "minor"),
        planned=_severity(entry, "planned"),
        measure=measure,
        fails_below=_figure(entry, "fails_below"),
        fails_above=_figure(entry, "fails_above"),
        blocks_above=_figure(entry, "blocks_above"),
    )


def _severity(entry: Mapping[str, Any], name: str) -> Severity | None:
    return Severity(entry[name]) if name in entry else None


def _figure(entry: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(entry[name]) if name in entry else None
