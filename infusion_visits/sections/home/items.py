"""The forty items of the home assessment, read from the catalogue and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.home.fields import HOME_FINDING, ITEM_COUNT, NEEDS

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts, TherapyFact

CATALOGUE = "home_assessment"
_NONE = "none"
THERAPY_FLAGS = ("controlled", "hazardous", "refrigerated", "continuous", "kit_needed")
_MEASURES = tuple(leaf.name for leaf in HOME_FINDING.leaves)


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
    """What can make an item a blocker: said by the nurse, or known from the drug.

    `groups`, `flags` and `therapies` are those of the therapy catalogue; where `decided`, a therapy
    without any of them takes the condition away, else it only ever brings it. `drugs` are parts of
    names, for drugs that are in no catalogue.
    """

    key: str
    label: str
    drugs: tuple[str, ...]
    source: str
    groups: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    therapies: tuple[str, ...] = ()
    decided: bool = False

    def asked_by(self, therapy: TherapyFact) -> bool:
        """Whether a therapy of the catalogue brings the condition with it."""
        flagged = any(getattr(therapy, flag) for flag in self.flags)
        return flagged or therapy.key in self.therapies or therapy.is_any(*self.groups)


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
    """The items and conditions. Raises CatalogueRefused with every fault."""
    with reading(catalogue) as top:
        conditions = {one.key: one for one in map(_condition, top.each("condition"))}
        for option in NEEDS:
            if option.key not in (_NONE, *conditions):
                top.fault(
                    f"the condition {option.key} is missing.",
                    "What the form offers stands in the catalogue.",
                    "condition",
                )
        items = [_item(entry, conditions) for entry in top.each("item")]
        if [item.number for item in items] != list(range(1, ITEM_COUNT + 1)):
            top.fault(
                "the items are not numbered in order without a gap.",
                f"Number them from 1 to {ITEM_COUNT}.",
                "item",
            )
        days = top.whole("reassess_days", low=1) or 0
        return HomeCatalogue({item.number: item for item in items}, conditions, days)


_read = read_once(read_items)


def items_for(facts: Facts) -> HomeCatalogue:
    """The items in force: those kept with a signed record, else those of the catalogue."""
    return _read(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def items_in_force() -> HomeCatalogue:
    """The items of the catalogue in force now, where there is no visit to ask."""
    return _read(load_catalogue(CATALOGUE))


def _condition(entry: Entry) -> Condition:
    made = Condition(
        key=entry.text("key"),
        label=entry.text("label"),
        drugs=tuple(name.casefold() for name in entry.texts("drugs")),
        source=entry.source(),
        groups=entry.texts("groups", needed=False),
        flags=entry.choices("flags", THERAPY_FLAGS, needed=False),
        therapies=entry.texts("therapies", needed=False),
        decided=entry.yes("decided"),
    )
    entry.close()
    return made


def _item(entry: Entry, conditions: Mapping[str, Condition]) -> Item:
    measure = entry.choice("measure", _MEASURES, needed=False)
    made = Item(
        number=entry.whole("number", low=1, high=ITEM_COUNT) or 0,
        area=entry.text("area"),
        label=entry.text("label"),
        asks=entry.text("asks"),
        fails=entry.text("fails"),
        severity=_severity(entry, "severity") or Severity.BLOCKER,
        source=entry.source(),
        blocker_when=entry.choices("blocker_when", conditions, needed=False),
        minor=_severity(entry, "minor", needed=False),
        planned=_severity(entry, "planned", needed=False),
        measure=measure,
        fails_below=_figure(entry, "fails_below", measure),
        fails_above=_figure(entry, "fails_above", measure),
        blocks_above=_figure(entry, "blocks_above", measure),
    )
    low, high, blocks = made.fails_below, made.fails_above, made.blocks_above
    if low is not None and high is not None and low >= high:
        entry.fault("it fails at every figure.", "Give a lower one.", "fails_below")
    if blocks is not None and high is not None and blocks < high:
        entry.fault("it blocks before it fails.", "Give a higher one.", "blocks_above")
    entry.close()
    return made


def _severity(entry: Entry, name: str, *, needed: bool = True) -> Severity | None:
    found = entry.choice(name, tuple(Severity), needed=needed)
    return Severity(found) if found else None


def _figure(entry: Entry, name: str, measure: str) -> Decimal | None:
    found = entry.number(name, needed=False, low=0)
    if found is not None and not measure:
        entry.fault("a figure without a measure.", "Add a line measure = …", name)
    return found
