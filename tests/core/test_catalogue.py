"""A catalogue is taken apart field by field, and every fault is named with its place and remedy."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from infusion_visits.core.catalogue import (
    CatalogueRefused,
    Entry,
    Kept,
    offer,
    place_words,
    read_once,
    reading,
)
from infusion_visits.core.resources import (
    as_if,
    in_force,
    load_catalogue,
    put_in_force,
    shipped,
)
from infusion_visits.core.units import ALL_UNITS, canonical_unit

Ask = Callable[[Entry], object]


def faults(plain: dict[str, Any], ask: Ask) -> list[str]:
    """What is wrong, as it is said; empty where nothing is."""
    try:
        with reading(plain) as top:
            ask(top)
    except CatalogueRefused as refused:
        return [one.said() for one in refused.faults]
    return []


WRONG: list[tuple[dict[str, Any], Ask, str]] = [
    ({}, lambda top: top.text("a"), "a: a is missing. Add a line a = …"),
    ({"a": 7}, lambda top: top.text("a"), "a: this is no text."),
    ({"a": " "}, lambda top: top.text("a"), "a: this is no text."),
    ({"a": ""}, lambda top: top.text("a"), "a: this is no text."),
    ({"a": "x"}, lambda top: top.texts("a"), "a: this is no list of words."),
    ({"a": "rde"}, lambda top: top.choice("a", ("red", "blue")), "Did you mean red?"),
    ({"a": "x"}, lambda top: top.choice("a", ("red", "blue")), "It is one of: blue, red."),
    ({"a": ["rde"]}, lambda top: top.choices("a", ("red",)), "Did you mean red?"),
    ({"a": "yes"}, lambda top: top.yes("a"), "a: 'yes' is neither true nor false."),
    ({"a": "two"}, lambda top: top.number("a"), "a: 'two' is no number."),
    ({"a": True}, lambda top: top.number("a"), "a: True is no number."),
    ({"a": Decimal("NaN")}, lambda top: top.number("a"), "is no number."),
    ({"a": -1}, lambda top: top.number("a", low=0), "a: -1 cannot be. Give a number from 0."),
    ({"a": 0}, lambda top: top.number("a", above=0), "Give a number above 0."),
    ({"a": 9}, lambda top: top.number("a", high=8), "Give a number up to 8."),
    ({"a": Decimal("1.5")}, lambda top: top.whole("a"), "a: 1.5 is not whole."),
    ({"a": [1, -2]}, lambda top: top.figures("a"), "a: -2 cannot be. Give numbers from 0."),
    ({"a": [1, "x"]}, lambda top: top.figures("a"), "a: this is no list of numbers."),
    ({"a": "mm"}, lambda top: top.unit("a", "weight"), "a: 'mm' is no unit of weight."),
    ({"a": "furlong"}, lambda top: top.unit("a"), "a: 'furlong' is no unit that is known here."),
    ({"a": "soon"}, lambda top: top.day("a"), "a: 'soon' is no date."),
    ({"a": 1}, lambda top: top.entry("a"), "a: this is no table. Write it under a line [a]."),
    ({"a": {}}, lambda top: top.each("a"), "a: this is no list of tables."),
    ({"b": 1}, lambda top: top.has("bb"), "b: this key is not known."),
    ({"a": {}}, lambda top: [one.source() for _, one in top.tables()], "a, source: no source is"),
]


@pytest.mark.parametrize(("plain", "ask", "words"), WRONG, ids=[one[2] for one in WRONG])
def test_what_is_wrong_is_said_with_its_place_and_a_remedy(
    plain: dict[str, Any], ask: Ask, words: str
) -> None:
    said = faults(plain, ask)
    assert any(words in one for one in said), said


RIGHT: list[tuple[dict[str, Any], Callable[[Entry], object], object]] = [
    ({"a": "x"}, lambda top: top.text("a"), "x"),
    ({}, lambda top: top.text("a", needed=False), ""),
    ({"a": ""}, lambda top: top.text("a", may_be_empty=True), ""),
    ({"a": Decimal("0.10")}, lambda top: top.number("a"), Decimal("0.10")),
    ({"a": "0.10"}, lambda top: top.number("a"), Decimal("0.10")),
    ({"a": 3}, lambda top: top.whole("a"), 3),
    ({"a": [60, Decimal("2.5")]}, lambda top: top.figures("a"), (Decimal(60), Decimal("2.5"))),
    ({"a": "kg"}, lambda top: top.unit("a", "weight"), "kg"),
    ({"a": "[lb_av]"}, lambda top: top.unit("a", "weight"), "[lb_av]"),
    ({"a": date(2026, 11, 21)}, lambda top: top.day("a"), date(2026, 11, 21)),
    ({"a": "2026-11-21"}, lambda top: top.day("a"), date(2026, 11, 21)),
    ({"edition": "1", "source": "s"}, lambda _: None, None),
]


@pytest.mark.parametrize(("plain", "ask", "value"), RIGHT)
def test_what_is_right_is_given(
    plain: dict[str, Any], ask: Callable[[Entry], object], value: object
) -> None:
    with reading(plain) as top:
        assert ask(top) == value


def test_all_faults_are_found_in_one_reading_each_once() -> None:
    said = faults(
        {"a": 1, "c": 2}, lambda top: (top.text("a"), top.text("a"), top.text("b"), top.source())
    )
    assert len(said) == 4
    assert len(set(said)) == 4


def test_a_reader_that_stumbles_over_a_fault_tells_the_fault() -> None:
    def stumbles(top: Entry) -> None:
        top.text("a")
        raise KeyError("a")

    assert faults({}, stumbles) == ["a: a is missing. Add a line a = …"]
    with pytest.raises(KeyError):
        faults({"a": "x"}, stumbles)


def test_what_a_signed_record_keeps_is_never_refused() -> None:
    with reading(Kept({"old_key": 1, "figure": "0.5"})) as top:
        assert top.number("figure") == Decimal("0.5")
        assert top.text("new_key") == ""


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ((), "the file"),
        (("infliximab", "ladder", 1, "rate"), "infliximab, ladder 2, rate"),
        (("a", 0), "a 1"),
    ],
)
def test_a_place_in_words(place: tuple[str | int, ...], words: str) -> None:
    assert place_words(place) == words


def test_of_very_many_options_none_is_listed() -> None:
    assert offer("x", [f"option{number}" for number in range(60)]).startswith("Look it up")
    assert offer("x", []) == "Take the line out."


def test_each_quantity_has_one_unit_in_which_it_is_kept() -> None:
    for unit in ALL_UNITS:
        kept = canonical_unit(unit.quantity)
        assert kept.quantity == unit.quantity
        assert kept.canonical(Decimal(7)) == 7
    with pytest.raises(KeyError):
        canonical_unit("luck")


def test_a_reader_reads_again_only_another_catalogue() -> None:
    read: list[object] = []

    @read_once
    def count(plain: dict[str, Any]) -> int:
        read.append(plain)
        return len(plain)

    first, like_it = {"a": 1}, {"a": 1}
    assert [count(first), count(first), count(like_it), count(first)] == [1, 1, 1, 1]
    assert len(read) == 2


@pytest.fixture
def other() -> dict[str, Any]:
    return {**shipped("vitals"), "edition": "other"}


def test_what_is_put_in_force_counts_everywhere_until_it_is_taken_back(
    other: dict[str, Any],
) -> None:
    seen: list[object] = []
    put_in_force({"vitals": other})
    try:
        thread = threading.Thread(target=lambda: seen.append(load_catalogue("vitals")["edition"]))
        thread.start()
        thread.join()
        assert seen == ["other"]
        assert load_catalogue("vitals") is load_catalogue("vitals")
        assert load_catalogue("devices") is shipped("devices")
    finally:
        put_in_force({})
    assert load_catalogue("vitals") is shipped("vitals")
    assert in_force() == {}


def test_what_is_tried_counts_in_this_thread_alone(other: dict[str, Any]) -> None:
    seen: list[object] = []
    with as_if({"vitals": other}):
        assert load_catalogue("vitals")["edition"] == "other"
        thread = threading.Thread(target=lambda: seen.append(load_catalogue("vitals")["edition"]))
        thread.start()
        thread.join()
    assert seen == [shipped("vitals")["edition"]]
    assert load_catalogue("vitals") is shipped("vitals")


def test_figures_of_a_catalogue_are_decimals() -> None:
    def no_float(value: object) -> bool:
        if isinstance(value, dict):
            return all(no_float(part) for part in value.values())
        if isinstance(value, list):
            return all(no_float(part) for part in value)
        return not isinstance(value, float)

    assert no_float(shipped("dosing"))
