"""Which line a therapy may go through, and rules that all therapies share (`access.toml`).

Source: clinical reference 1.1 (shared rules) and 1.7 (access).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import reading
from infusion_visits.patients.therapy.catalogue import ACCESS_CLASSES, GROUPS, MARKS

if TYPE_CHECKING:
    from infusion_visits.core.catalogue import Entry

CATALOGUE = "access"


class LineClass(StrEnum):
    """The kinds of line that the access rule tells apart."""

    PERIPHERAL = "peripheral"
    MIDLINE = "midline"
    CENTRAL = "central"
    SUBCUT = "subcut"


class Fit(StrEnum):
    """Whether a line suits: `short` a short course only, `agency` by the agency's rule."""

    YES = "yes"
    SHORT = "short"
    AGENCY = "agency"
    NO = "no"


class AccessLevel(StrEnum):
    """How strongly an unsuitable line is told."""

    STOP = "stop"
    WARN = "warn"
    ADVICE = "advice"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AccessRule:
    """One class of table 1.7. `level` is that of a line which does not fit."""

    key: str
    title: str
    fits: Mapping[LineClass, Fit]
    level: AccessLevel
    rule: str
    members: tuple[str, ...]
    to_confirm: tuple[str, ...]
    mark: str
    source: str


SHARED_RULES = (
    "controlled_first_dose",
    "re_exposure",
    "prior_reaction",
    "hold",
    "stop",
    "weight_age",
)
"""The rules that are asked for by name; a catalogue has all of them."""


@dataclass(frozen=True, slots=True)
class SharedRule:
    """A rule for all therapies, in words, with the figures it has."""

    key: str
    title: str
    words: str
    percent: Decimal | None
    minutes: Decimal | None
    days: int | None
    groups: tuple[str, ...]
    allergy_groups: tuple[str, ...]
    allergies: tuple[str, ...]
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class AccessCatalogue:
    """All access classes and shared rules by key."""

    classes: Mapping[str, AccessRule]
    rules: Mapping[str, SharedRule]


def read_access(plain: Mapping[str, Any]) -> AccessCatalogue:
    """The access classes and shared rules. Raises CatalogueRefused with every fault."""
    classes: dict[str, AccessRule] = {}
    rules: dict[str, SharedRule] = {}
    with reading(plain) as top:
        tables = top.entry("class")
        if tables is not None:
            for name in ACCESS_CLASSES:
                entry = tables.entry(name)
                if entry is not None:
                    classes[name] = _rule(name, entry)
                    entry.close()
            tables.close()
        tables = top.entry("rule")
        if tables is not None:
            for name in SHARED_RULES:
                entry = tables.entry(name)
                if entry is not None:
                    rules[name] = _shared(name, entry)
                    entry.close()
            tables.close()
    return AccessCatalogue(classes, rules)


def _rule(key: str, entry: Entry) -> AccessRule:
    options = tuple(fit.value for fit in Fit)
    return AccessRule(
        key=key,
        title=entry.text("title"),
        fits={
            line: Fit(entry.choice(line.value, options, default=Fit.NO.value)) for line in LineClass
        },
        level=AccessLevel(
            entry.choice("level", tuple(one.value for one in AccessLevel), default="stop")
        ),
        rule=entry.text("rule"),
        members=entry.texts("members", needed=False),
        to_confirm=entry.texts("to_confirm", needed=False),
        mark=entry.choice("mark", MARKS),
        source=entry.source(),
    )


def _shared(key: str, entry: Entry) -> SharedRule:
    return SharedRule(
        key=key,
        title=entry.text("title"),
        words=entry.text("words"),
        percent=entry.number("percent", needed=False, above=0, high=100),
        minutes=entry.number("minutes", needed=False, above=0),
        days=entry.whole("days", needed=False, low=1),
        groups=entry.choices("groups", GROUPS, needed=False),
        allergy_groups=entry.choices("allergy_groups", GROUPS, needed=False),
        allergies=entry.texts("allergies", needed=False),
        mark=entry.choice("mark", MARKS),
        source=entry.source(),
    )
