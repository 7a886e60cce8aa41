"""An agency's file over the program's: merged by key, told by field, always with a source."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.catalogue_changes import What, changes, shown, unit_of_field, unsourced
from infusion_visits.core.catalogue_merge import (
    inside,
    keyed,
    keyed_place,
    merged,
    written_place,
)

PROGRAM: dict[str, Any] = {
    "edition": "1",
    "source": "of the file",
    "days": 60,
    "therapy": {
        "one": {"name": "One", "minutes": 30, "groups": ["a", "b"], "source": "label of One"},
        "two": {
            "name": "Two",
            "unit": "mL/h",
            "steps": [{"rate": 10, "minutes": 15}, {"rate": 20}],
            "source": "label of Two",
        },
    },
    "question": [
        {"key": "first", "asks": "First?", "source": "practice"},
        {"key": "second", "asks": "Second?", "source": "practice"},
    ],
    "item": [{"number": 1, "label": "Door", "source": "practice"}],
}
OWN = "Agency protocol 1"


def whole(own: dict[str, Any], hideable: tuple[str, ...] = ()) -> dict[str, Any]:
    made, faults = merged(PROGRAM, own, hideable)
    assert not faults
    return made


def test_tables_are_merged_key_by_key_and_lists_replaced() -> None:
    made = whole({"therapy": {"one": {"minutes": 60, "groups": ["c"]}}, "days": 30})
    assert made["therapy"]["one"] == {
        "name": "One",
        "minutes": 60,
        "groups": ["c"],
        "source": "label of One",
    }
    assert made["therapy"]["two"] is PROGRAM["therapy"]["two"]
    assert made["days"] == 30
    steps = whole({"therapy": {"two": {"steps": [{"rate": 5}]}}})["therapy"]["two"]["steps"]
    assert steps == [{"rate": 5}]


def test_lists_of_tables_with_a_key_or_a_number_are_merged_by_it() -> None:
    made = whole(
        {
            "question": [{"key": "second", "asks": "Really?"}, {"key": "third", "asks": "Third?"}],
            "item": [{"number": 1, "label": "Front door"}],
        }
    )
    assert [one["key"] for one in made["question"]] == ["first", "second", "third"]
    assert made["question"][1] == {"key": "second", "asks": "Really?", "source": "practice"}
    assert made["item"] == [{"number": 1, "label": "Front door", "source": "practice"}]


def test_an_entry_is_taken_out_only_where_that_is_allowed() -> None:
    own = {"therapy": {"one": {"hidden": True, "source": OWN}}}
    assert list(whole(own, ("therapy",))["therapy"]) == ["two"]
    for hideable, hidden, words in (
        ((), {"therapy": {"one": {"hidden": True}}}, "cannot be taken out"),
        (("therapy",), {"therapy": {"on": {"hidden": True}}}, "nothing of this name"),
        (("therapy",), {"therapy": {"hidden": True}}, "cannot be taken out"),
        ((), {"question": [{"key": "first", "hidden": True}]}, "cannot be taken out"),
        ((), {"question": [{"asks": "?"}]}, "nothing says which question is meant"),
    ):
        _, faults = merged(PROGRAM, hidden, hideable)
        assert words in faults[0].words
        assert faults[0].remedy


def test_nothing_of_the_program_is_changed_by_merging() -> None:
    before = copy.deepcopy(PROGRAM)
    merged(PROGRAM, {"therapy": {"one": {"minutes": 1}}, "question": [{"key": "first"}]})
    assert before == PROGRAM


def test_both_editions_and_sources_are_named() -> None:
    made = whole({"edition": "A", "source": OWN})
    assert made["edition"] == "1; agency: A"
    assert made["source"] == f"of the file; agency: {OWN}"
    assert changes(PROGRAM, made) == ()


def told(own: dict[str, Any], hideable: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    return [
        (one.place, one.title, one.what, [(f.field, f.old, f.new) for f in one.fields])
        for one in changes(PROGRAM, whole(own, hideable))
    ]


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def test_changes_are_told_entry_by_entry_and_field_by_field() -> None:
    own = {"therapy": {"one": {"minutes": 45, "source": OWN}, "two": {"steps": [{"rate": 5}]}}}
    one, two = told(own)
    assert one[:3] == (("therapy", "one"), "One", What.CHANGED)
    assert [plain(part) for part in one[3][0]] == ["minutes", "30 min", "45 min"]
    assert [[plain(part) for part in field] for field in two[3]] == [
        ["steps 1, rate", "10 mL/h", "5 mL/h"],
        ["steps 1, minutes", "15 min", "nothing"],
        ["steps 2", "rate: 20", "nothing"],
    ]


def test_new_and_taken_out_entries_are_told() -> None:
    own = {
        "therapy": {
            "one": {"hidden": True, "source": OWN},
            "three": {"name": "Three", "minutes": 5, "source": OWN},
        }
    }
    new, out = told(own, ("therapy",))
    assert new[:3] == (("therapy", "three"), "Three", What.NEW)
    assert [plain(part) for part in new[3][1]] == ["minutes", "nothing", "5 min"]
    assert out[:3] == (("therapy", "one"), "One", What.TAKEN_OUT)


def test_another_source_alone_is_no_change() -> None:
    assert told({"therapy": {"one": {"source": OWN}}}) == []


@pytest.mark.parametrize(
    ("own", "place"),
    [
        ({"therapy": {"one": {"minutes": 45}}}, ("therapy", "one", "source")),
        (
            {"therapy": {"one": {"minutes": 45, "source": "label of One"}}},
            ("therapy", "one", "source"),
        ),
        ({"therapy": {"two": {"steps": []}}}, ("therapy", "two", "source")),
        ({"question": [{"key": "second", "asks": "?"}]}, ("question", 0, "source")),
        ({"therapy": {"three": {"name": "Three"}}}, ("therapy", "three", "source")),
        ({"therapy": {"one": {"hidden": True}}}, ("therapy", "one", "source")),
        ({"days": 30}, ("source",)),
    ],
)
def test_whoever_changes_an_entry_names_a_source(
    own: dict[str, Any], place: tuple[str | int, ...]
) -> None:
    (fault,) = unsourced(PROGRAM, whole(own, ("therapy",)), own)
    assert fault.place == place
    assert "Add source" in fault.remedy


def test_an_entry_with_its_own_source_is_in_order() -> None:
    own = {"source": OWN, "days": 30, "therapy": {"one": {"minutes": 45, "source": OWN}}}
    assert unsourced(PROGRAM, whole(own), own) == ()


def test_a_place_of_the_merged_is_found_in_the_file() -> None:
    own = {"question": [{"key": "second", "asks": "Really?"}]}
    made = whole(own)
    place = keyed_place(made, ("question", 1, "asks"))
    assert place == ("question", "second", "asks")
    assert written_place(own, place) == ("question", 0, "asks")
    assert written_place(own, ("question", "second", "source")) == ("question", 0, "source")
    assert inside(keyed(made), *place) == "Really?"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "", "nothing"),
        (True, "", "yes"),
        (Decimal("2.50"), "mL", "2.5 mL"),
        (12000, "units", "12,000 units"),
        ([30, 200], "/min", "30, 200 /min"),
        (["<= 50", "> 110"], "/min", "50 /min or less, above 110 /min"),
        (["< 36.0", ">= 38.0"], "°C", "below 36.0 °C, 38.0 °C or more"),
        (["a", "b"], "mL", "a, b"),
        ([], "mL", "nothing"),
        ("", "", "nothing"),
        ([{"rate": 5}, {"rate": 10}], "", "rate: 5; rate: 10"),
    ],
)
def test_a_value_is_shown_as_a_person_reads_it(value: Any, unit: str, words: str) -> None:
    assert plain(shown(value, unit)) == words


@pytest.mark.parametrize(
    ("tables", "name", "unit"),
    [
        (({"unit": "cm"},), "value", "cm"),
        (({"rate": 5}, {"unit": "mL/h"}), "rate", "mL/h"),
        (({"rate_unit": "mg/h", "unit": "mL/h"},), "rate", "mg/h"),
        (({"unit": "mg"},), "first_observation_minutes", "min"),
        (({},), "volume_ml", "mL"),
        (({},), "minutes_before", "min"),
        (({"unit": "/min"},), "decimals", ""),
        (({"unit": "/min"},), "ages", "years"),
        (({},), "name", ""),
    ],
)
def test_the_unit_of_a_field(tables: tuple[dict[str, Any], ...], name: str, unit: str) -> None:
    assert unit_of_field(tables, name) == unit


NAMES = st.sampled_from(["one", "two", "three"])
TABLES = st.dictionaries(st.sampled_from(["minutes", "name", "x"]), st.integers(0, 9), max_size=3)
FILES = st.fixed_dictionaries(
    {},
    optional={
        "days": st.integers(1, 90),
        "therapy": st.dictionaries(NAMES, TABLES, max_size=3),
        "question": st.lists(
            st.fixed_dictionaries({"key": NAMES, "asks": st.text(max_size=3)}),
            max_size=3,
            unique_by=lambda one: str(one["key"]),
        ),
    },
)


@given(FILES)
def test_merging_twice_is_merging_once_and_every_difference_is_told(own: dict[str, Any]) -> None:
    once, faults = merged(PROGRAM, own)
    assert not faults
    assert merged(once, own)[0] == once
    assert bool(changes(PROGRAM, once)) == (keyed(once) != keyed(PROGRAM))
    assert changes(once, once) == ()
