"""Every shipped catalogue is read by its reader, and none is read that is out of order."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.app.catalogues.readers import CATALOGUES, TOP, Known, known_as
from infusion_visits.core.catalogue import CatalogueRefused, Kept
from infusion_visits.core.catalogue_merge import inside
from infusion_visits.core.resources import as_if, resources_folder, shipped
from infusion_visits.visits.record import plain_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[str | int, ...]
KNOWN = pytest.mark.parametrize("known", CATALOGUES, ids=lambda known: known.name)
# Of tables that are alike in a long list, some at the beginning and the end are enough.
_EACH_END = 2


def every_place(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every key and element; of long lists and tables of alike tables only the ends."""
    parts: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    tables = [part for part in parts if isinstance(part[1], dict)]
    if len(tables) > 2 * _EACH_END:
        middle = tables[_EACH_END:-_EACH_END]
        parts = [part for part in parts if all(part[0] != one[0] for one in middle)]
    for key, part in parts:
        yield (*place, key)
        yield from every_place(part, (*place, key))


def changed(whole: dict[str, Any], place: Place, *, key: str = "", value: Any = None) -> Any:
    """A copy with the value at a place exchanged, or its key."""
    made = copy.deepcopy(whole)
    around = inside(made, *place[:-1])
    if key:
        around[key] = around.pop(place[-1])
    elif value is None:
        del around[place[-1]]
    else:
        around[place[-1]] = value
    return made


def is_free_name(known: Known, place: Place) -> bool:
    return (len(place) == 2 and place[0] in known.names) or (len(place) == 1 and TOP in known.names)


def refused(known: Known, whole: dict[str, Any]) -> bool:
    try:
        known.read(whole)
    except CatalogueRefused as error:
        return bool(error.faults) and all(one.words and one.remedy for one in error.faults)
    return False


def test_every_file_has_a_reader_and_every_reader_a_file() -> None:
    files = {file.stem for file in (resources_folder() / "clinical").glob("*.toml")}
    assert files == {known.name for known in CATALOGUES}
    assert known_as("vitals") is not None
    assert known_as("nothing") is None


@KNOWN
def test_the_shipped_one_is_read(known: Known) -> None:
    known.read(shipped(known.name))
    assert shipped(known.name)["edition"]
    assert known.title


@KNOWN
def test_a_reader_says_which_others_it_looks_into(known: Known) -> None:
    """One that another needs is taken away: only a reader that says so may stumble over it."""
    for other in CATALOGUES:
        if other.name in (known.name, *known.beside):
            continue
        with as_if({other.name: {}}):
            known.read(shipped(known.name))


@KNOWN
def test_what_a_signed_record_keeps_is_read_to_the_same(known: Known) -> None:
    kept = Kept(plain_catalogue(shipped(known.name)))
    assert known.read(kept) == known.read(shipped(known.name))


@KNOWN
def test_a_misspelt_key_is_refused(known: Known) -> None:
    whole = shipped(known.name)
    passed = [
        place
        for place in every_place(whole)
        if isinstance(place[-1], str)
        and not is_free_name(known, place)
        and not refused(known, changed(whole, place, key=f"{place[-1]}x"))
    ]
    assert not passed, passed


@KNOWN
def test_a_key_too_many_is_refused(known: Known) -> None:
    whole = shipped(known.name)
    passed = [
        place
        for place in ((), *every_place(whole))
        if isinstance(inside(whole, *place), dict)
        and not refused(known, changed(whole, (*place, "colour"), value="blue"))
    ]
    assert not passed, passed


@KNOWN
def test_a_missing_source_is_refused(known: Known) -> None:
    whole = shipped(known.name)
    places = [place for place in every_place(whole) if place[-1] == "source" and len(place) > 1]
    assert places
    for place in places:
        assert refused(known, changed(whole, place)), place
        assert refused(known, changed(whole, place, value=" ")), place


@KNOWN
def test_a_negative_figure_is_refused(known: Known) -> None:
    whole = shipped(known.name)
    for place in every_place(whole):
        value = inside(whole, *place)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            if str(place[-1]).endswith("_c"):
                continue  # A temperature may lie below 0 °C.
            wrong = Decimal(-1) if value == 0 else -value
            assert refused(known, changed(whole, place, value=wrong)), place


@KNOWN
def test_a_value_of_another_kind_is_refused(known: Known) -> None:
    """Words where a figure was, a figure where words were, a single value where a table was."""
    whole = shipped(known.name)
    passed = []
    for place in every_place(whole):
        value = inside(whole, *place)
        wrong: Any = 7
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            wrong = "seven"
        if not refused(known, changed(whole, place, value=wrong)):
            passed.append(place)
    assert not passed, passed


UNITS = pytest.mark.parametrize(
    ("name", "place", "unit"),
    [
        ("vitals", ("temperature", "unit"), "°F"),
        ("vitals", ("temperature", "ucum"), "[degF]"),
        ("vitals", ("glucose", "unit"), "mmol/L"),
        ("vitals", ("weight", "unit"), "lb"),
        ("devices", ("threshold", "external_out_cm", "unit"), "mm"),
        ("devices", ("threshold", "heparin_units_per_day", "unit"), "mL"),
    ],
)


@UNITS
def test_a_wrong_unit_is_refused(name: str, place: Place, unit: str) -> None:
    known = known_as(name)
    assert known is not None
    with pytest.raises(CatalogueRefused, match=str(place[-2])):
        known.read(changed(shipped(name), place, value=unit))
