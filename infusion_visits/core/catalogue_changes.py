"""What an agency's catalogue changes, entry by entry and field by field, in words for a person.

An entry is the nearest table that names a source. Whoever changes a figure names where the new one
comes from: without a source of the agency's own an entry is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from infusion_visits.core.catalogue import Fault, Place, place_words
from infusion_visits.core.catalogue_merge import inside, keyed, written_place
from infusion_visits.core.units import NBSP, plain_number, with_unit

NOTHING = "nothing"
_SOURCE = "source"
_LIMIT = re.compile(r"^(<=|<|>=|>) ?(\d+(?:\.\d+)?)$")
# ISMP: the signs are spelled, they are read the wrong way round.
_LIMIT_WORDS = {"<": "below {}", "<=": "{} or less", ">": "above {}", ">=": "{} or more"}
_OF_THE_FILE = ("edition", "source")
_NAME_A_SOURCE = 'Add source = "where the agency\'s figure comes from, with its edition".'
# A figure whose key ends so is in this unit.
_UNITS_BY_ENDING = (
    ("_ml_per_minute", "mL/min"),
    ("_ml_per_hour", "mL/h"),
    ("_ml_h", "mL/h"),
    ("_mg_kg", "mg/kg"),
    ("_mg_ml", "mg/mL"),
    ("_mg_min", "mg/min"),
    ("_ml", "mL"),
    ("_mg", "mg"),
    ("_kg", "kg"),
    ("_cm", "cm"),
    ("_mm", "mm"),
    ("_celsius", "°C"),
    ("_c", "°C"),
    ("minutes", "min"),
    ("seconds", "s"),
    ("hours", "h"),
    ("days", "days"),
    ("months", "months"),
    ("percent", "%"),
)
# Plain counts and places, whatever unit stands beside them.
_NO_UNIT = frozenset({"decimals", "order", "number"})
# A key in the middle says the unit too: minutes_before, minutes_from.
_UNITS_BY_BEGINNING = (("minutes_", "min"), ("hours_", "h"), ("days_", "days"))


class What(StrEnum):
    """What happens to an entry."""

    CHANGED = "changed"
    NEW = "new"
    TAKEN_OUT = "taken out"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: `old` and `new` in words with their unit; "nothing" where there was or is none."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry: its place (by key), its title, and its changed fields; `was` is its old source."""

    place: Place
    title: str
    what: What
    source: str
    was: str
    fields: tuple[FieldChange, ...] = ()

    @property
    def own_source(self) -> str:
        """The source that the agency names for it; empty where that is still the program's."""
        return "" if self.source == self.was else self.source


def changes(shipped: Mapping[str, Any], whole: Mapping[str, Any]) -> tuple[EntryChange, ...]:
    """What differs in `whole` (merged) from the program's own catalogue, in the order of the file.

    An entry of which only the source differs is no change.
    """
    before, after = keyed(shipped), keyed(whole)
    fields: dict[Place, list[FieldChange]] = {}
    for path, old, new in _differences(before, after, ()):
        place = _entry_of(before, after, path)
        listed = fields.setdefault(place, [])
        if path != place and path != (*place, _SOURCE):
            listed.append(_field(path, place, old, new, after if new is not None else before))
    return tuple(
        change
        for place, listed in fields.items()
        if (change := _entry(place, before, after, listed)) is not None
    )


def _entry(place: Place, before: Any, after: Any, listed: list[FieldChange]) -> EntryChange | None:
    old, new = inside(before, *place), inside(after, *place)
    what = What.NEW if old is None else What.TAKEN_OUT if new is None else What.CHANGED
    if what is What.CHANGED and not listed:
        return None
    if what is What.NEW and isinstance(new, Mapping):
        listed = [
            _field((*place, key), place, None, value, after)
            for key, value in new.items()
            if key != _SOURCE
        ]
    entry = old if new is None else new
    return EntryChange(
        place, title_of(entry, place), what, _source_of(entry), _source_of(old), tuple(listed)
    )


def _differences(old: Any, new: Any, path: Place) -> Iterator[tuple[Place, Any, Any]]:
    """Every single value, or whole table, that differs; what is said of the file itself is not."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*new, *old)):
            if path or key not in _OF_THE_FILE:
                yield from _differences(old.get(key), new.get(key), (*path, key))
    elif _has_tables(old) and _has_tables(new):
        for number in range(max(len(old), len(new))):
            parts = inside(old, number), inside(new, number)
            yield from _differences(*parts, (*path, number))
    elif old != new:
        yield path, old, new


def _has_tables(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _entry_of(before: Any, after: Any, path: Place) -> Place:
    """The nearest table around a path (or at it) that names a source, as those beside it do."""
    for length in range(len(path), 0, -1):
        place = path[:length]
        for whole in (after, before):
            around = inside(whole, *place[:-1])
            beside = list(around.values()) if isinstance(around, Mapping) else []
            here = inside(whole, *place)
            if isinstance(here, Mapping) and (_SOURCE in here or any(map(_source_of, beside))):
                return place
    return ()


def _field(path: Place, place: Place, old: Any, new: Any, whole: Any) -> FieldChange:
    tables = tuple(
        table
        for length in range(len(path) - 1, len(place) - 1, -1)
        if isinstance(table := inside(whole, *path[:length]), Mapping)
    )
    unit = unit_of_field(tables, str(path[-1]))
    said = place_words(path[len(place) :]).replace("_", " ")
    return FieldChange(said, shown(old, unit), shown(new, unit))


def unsourced(
    shipped: Mapping[str, Any], whole: Mapping[str, Any], own: Mapping[str, Any]
) -> tuple[Fault, ...]:
    """The entries that the agency's file changes without naming a source of its own.

    Places are those of the agency's file. Threat: a figure of the agency's that the screen and the
    note show under the name of a product label.
    """
    written = keyed(own)
    faults = []
    for change in changes(shipped, whole):
        said = _source_of(inside(written, *change.place))
        if not said.strip():
            words = "the file changes this entry and names no source of its own."
        elif said == change.was and change.what is What.CHANGED:
            words = "the entry is changed, and its source is still the program's."
        else:
            continue
        place = written_place(own, (*change.place, _SOURCE))
        faults.append(Fault(place, words, _NAME_A_SOURCE))
    return tuple(faults)


def title_of(entry: Any, place: Place) -> str:
    """How an entry is called where a person reads it."""
    if not place:
        return "The catalogue as a whole"
    for name in ("title", "label", "name", "asks", "key"):
        said = entry.get(name) if isinstance(entry, Mapping) else None
        if isinstance(said, str) and said:
            return said
    words = [str(part).replace("_", " ") for part in place if isinstance(part, str)]
    return words[-1] if words else str(place[-1])


def unit_of_field(tables: tuple[Mapping[str, Any], ...], name: str) -> str:
    """The unit of a figure: from the keys beside it (innermost table first), or its own name."""
    if name == "ages":
        return "years"
    for table in tables:
        said = table.get(f"{name}_unit")
        if isinstance(said, str):
            return said
    for ending, unit in _UNITS_BY_ENDING:
        if name.endswith(ending):
            return unit
    for beginning, unit in _UNITS_BY_BEGINNING:
        if name.startswith(beginning):
            return unit
    for table in tables:
        said = table.get("unit")
        if isinstance(said, str) and name not in _NO_UNIT:
            return said
    return ""


def shown(value: Any, unit: str = "") -> str:
    """A value of a catalogue as a person reads it: limits in words, figures with their unit."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return with_unit(Decimal(value), unit) if unit else plain_number(Decimal(value))
    if isinstance(value, Mapping):
        return "; ".join(f"{key.replace('_', ' ')}: {shown(one)}" for key, one in value.items())
    if isinstance(value, list):
        return _list_shown(value, unit)
    limit = _LIMIT.match(str(value))
    if limit is not None:
        return _LIMIT_WORDS[limit[1]].format(f"{limit[2]}{NBSP}{unit}" if unit else limit[2])
    return str(value) or NOTHING


def _list_shown(value: list[Any], unit: str) -> str:
    if value and all(isinstance(one, int | Decimal) for one in value):
        said = ", ".join(shown(one) for one in value)
        return f"{said}{NBSP}{unit}" if unit else said
    between = "; " if any(isinstance(one, Mapping) for one in value) else ", "
    return between.join(shown(one, unit) for one in value) or NOTHING


def _source_of(entry: Any) -> str:
    said = entry.get(_SOURCE) if isinstance(entry, Mapping) else None
    return said if isinstance(said, str) else ""
