"""The catalogues in force, taken apart into entries that can be browsed and searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infusion_visits.app.catalogues.loading import Standing
from infusion_visits.app.catalogues.readers import CATALOGUES, Known
from infusion_visits.core.catalogue import Place, place_words
from infusion_visits.core.catalogue_changes import (
    EntryChange,
    What,
    shown,
    title_of,
    unit_of_field,
)
from infusion_visits.core.catalogue_merge import inside, keyed
from infusion_visits.core.resources import load_catalogue, shipped

TO_CONFIRM = "agency to confirm"
_SAID_APART = frozenset({"source", "mark", "unsure", "to_confirm", "key"})
_TITLE = "title"
_MARKS = {
    "verified": "found on a public page, and agrees",
    "expert": "well established, not read again",
    "practice": "practice: no single authority",
    "unsure": "sources differ",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of an entry; `was` is the program's value where the agency has another."""

    label: str
    value: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as a person reads it. `words` is all of it in small letters, for the search."""

    catalogue: str
    catalogue_title: str
    place: Place
    title: str
    lines: tuple[Line, ...]
    source: str
    edition: str
    mark: str
    to_confirm: tuple[str, ...]
    what: What | None
    words: str

    @property
    def path(self) -> str:
        """Its place in the file: `therapy.infliximab`."""
        return ".".join(str(part) for part in self.place) or self.catalogue


@dataclass(frozen=True, slots=True)
class Shelf:
    """One catalogue with its entries; `own` is the agency's file over it, where there is one."""

    name: str
    title: str
    edition: str
    entries: tuple[Entry, ...]
    own: Standing | None = None

    @property
    def changed(self) -> tuple[Entry, ...]:
        """The entries in which the agency's file counts."""
        return tuple(one for one in self.entries if one.what is not None)


def shelves(standing: Iterable[Standing] = ()) -> tuple[Shelf, ...]:
    """All catalogues in force, in their order. Takes a tenth of a second or so."""
    own = {one.loaded.name: one for one in standing}
    return tuple(_shelf(known, own.get(known.name)) for known in CATALOGUES)


def found(entries: Iterable[Entry], text: str) -> tuple[Entry, ...]:
    """The entries in which every word of `text` stands somewhere; first those so called."""
    words = text.casefold().split()
    fitting = [one for one in entries if all(word in one.words for word in words)]
    return tuple(
        sorted(fitting, key=lambda one: not all(word in one.title.casefold() for word in words))
    )


def _shelf(known: Known, own: Standing | None) -> Shelf:
    whole = keyed(load_catalogue(known.name))
    changes = {one.place: one for one in own.checked.changes} if own and own.counts else {}
    places = [place for place in _places(whole, ()) if inside(whole, *place)]
    before = keyed(shipped(known.name))
    edition = str(whole.get("edition", ""))
    entries = [_entry(known, edition, whole, place, changes.get(place)) for place in places]
    entries += [
        _entry(known, edition, before, change.place, change)
        for change in changes.values()
        if change.what is What.TAKEN_OUT
    ]
    return Shelf(known.name, known.title, edition, tuple(entries), own)


def _places(value: Any, place: Place) -> Iterator[Place]:
    """Where the entries are: tables that name a source, first the catalogue's own figures."""
    if not isinstance(value, Mapping):
        return
    if "source" in value and (place or _own_figures(value)):
        yield place
    for key, part in value.items():
        yield from _places(part, (*place, key))


def _own_figures(whole: Mapping[str, Any]) -> bool:
    return any(
        not isinstance(part, Mapping) and key not in ("edition", "source")
        for key, part in whole.items()
    )


def _entry(
    known: Known, edition: str, whole: Mapping[str, Any], place: Place, change: EntryChange | None
) -> Entry:
    table: Mapping[str, Any] = inside(whole, *place)
    title = title_of(table, place)
    olds = {one.field: one.old for one in change.fields} if change else {}
    lines = tuple(_lines(table, (), (table,), olds))
    mark = str(table.get("mark", ""))
    doubts = tuple(table.get("to_confirm", ()))
    unsure = mark == "unsure" or any(
        value is True and (key == "unsure" or key.endswith("_unsure"))
        for key, value in table.items()
    )
    source = str(table.get("source", ""))
    spoken = (title, *map(str, place), known.title, source, *doubts)
    return Entry(
        known.name,
        known.title,
        place,
        title,
        lines,
        source,
        edition,
        _MARKS.get(mark, mark),
        doubts or ((TO_CONFIRM,) if unsure else ()),
        change.what if change else None,
        " ".join((*spoken, *(f"{one.label} {one.value}" for one in lines))).casefold(),
    )


def _lines(
    table: Mapping[str, Any],
    within: Place,
    tables: tuple[Mapping[str, Any], ...],
    olds: Mapping[str, str],
) -> Iterator[Line]:
    """Each field of an entry; entries further in stand for themselves."""
    for key, value in table.items():
        place = (*within, key)
        if not within and (key in _SAID_APART or key == _TITLE):
            continue
        if isinstance(value, Mapping) and "source" in value:
            continue
        if isinstance(value, Mapping) and _is_flat(value):
            yield _row(value, place, (value, *tables), olds)
        elif isinstance(value, Mapping):
            yield from _lines(value, place, (value, *tables), olds)
        elif _has_tables(value):
            for number, one in enumerate(value):
                yield _row(one, (*place, number), (one, *tables), olds)
        else:
            label = _label(place)
            yield Line(label, shown(value, unit_of_field(tables, key)), olds.get(label, ""))


def _row(
    table: Mapping[str, Any],
    place: Place,
    tables: tuple[Mapping[str, Any], ...],
    olds: Mapping[str, str],
) -> Line:
    """A small table on one line, with the old of each of its fields that changed."""
    parts = [
        f"{_label((key,))}: {shown(value, unit_of_field(tables, key))}"
        for key, value in table.items()
        if key != "key"
    ]
    label = _label(place)
    was = [
        f"{field.removeprefix(label).lstrip(', ')}: {old}".removeprefix(": ")
        for field, old in olds.items()
        if field == label or field.startswith(f"{label}, ")
    ]
    return Line(label.replace(", ", " "), "; ".join(parts), "; ".join(was))


def _label(place: Place) -> str:
    """As the report of a change names the field."""
    return place_words(place).replace("_", " ")


def _is_flat(table: Mapping[str, Any]) -> bool:
    return not any(isinstance(part, Mapping) for part in table.values())


def _has_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(x, Mapping) for x in value)
