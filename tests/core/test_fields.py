from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.fields import (
    Choice,
    Grade,
    Many,
    NotAValue,
    Number,
    Option,
    Rows,
    Sense,
    Text,
    YesNo,
    group_named,
)
from infusion_visits.core.units import (
    CELSIUS,
    FAHRENHEIT,
    KILOGRAM,
    MILLILITRE,
    POUND,
    half_up,
    plain_number,
    with_unit,
)

SENSE = Sense(
    datetime(2026, 11, 21, 15, 0, tzinfo=UTC), "America/New_York", {"temperature": "[degF]"}
)
TEMPERATURE = Number(
    name="temperature", label="Temperature", units=(CELSIUS, FAHRENHEIT), decimals=1
)
WEIGHT = Number(name="weight", label="Weight", units=(KILOGRAM, POUND), decimals=2)
VOLUME = Number(name="volume", label="Volume", units=(MILLILITRE,), decimals=1, high=Decimal(5000))
COUNT = Number(name="attempts", label="Attempts")


@pytest.mark.parametrize(
    ("text", "celsius"),
    [("98.6", "37.0"), ("100.4 F", "38.0"), ("100.5", "38.1"), ("36.9 c", "36.9"), ("95", "35.0")],
)
def test_temperature_keeps_what_was_typed_beside_the_canonical_value(
    text: str, celsius: str
) -> None:
    columns = TEMPERATURE.parse(text, SENSE)
    assert not isinstance(columns, NotAValue)
    assert half_up(columns["temperature"], 1) == Decimal(celsius)
    assert columns["temperature_entered"] == text.split()[0]
    assert TEMPERATURE.words(columns, SENSE).startswith(text.split()[0])


def test_pounds_become_kilograms_by_the_exact_factor() -> None:
    columns = WEIGHT.parse("180 lb", SENSE)
    assert not isinstance(columns, NotAValue)
    assert half_up(columns["weight"], 1) == Decimal("81.6")
    assert WEIGHT.text(columns, SENSE) == "180 lb"


@pytest.mark.parametrize(
    ("leaf", "text"),
    [
        (TEMPERATURE, "98.45"),
        (TEMPERATURE, "hot"),
        (TEMPERATURE, "98 kg"),
        (VOLUME, "-1"),
        (VOLUME, "5000.1"),
        (VOLUME, "1e3"),
        (VOLUME, "NaN"),
        (VOLUME, "Infinity"),
        (VOLUME, "1,00"),
        (COUNT, "1.5"),
        (COUNT, "--2"),
    ],
)
def test_what_cannot_be_a_figure_is_refused_in_words(leaf: Number, text: str) -> None:
    found = leaf.parse(text, SENSE)
    assert isinstance(found, NotAValue)
    assert found.words.endswith(".")


def test_thousands_and_trailing_zeros() -> None:
    columns = VOLUME.parse("1,000", SENSE)
    assert not isinstance(columns, NotAValue)
    assert columns["volume"] == Decimal(1000)
    kept = VOLUME.parse("37.0", SENSE)
    assert not isinstance(kept, NotAValue)
    assert kept["volume_entered"] == "37.0"


def test_an_empty_text_clears_all_columns() -> None:
    assert TEMPERATURE.parse("  ", SENSE) == {
        "temperature": None,
        "temperature_entered": None,
        "temperature_unit": None,
    }


@given(st.decimals(min_value=0, max_value=300, places=1))
def test_a_figure_reads_back_as_typed(value: Decimal) -> None:
    columns = TEMPERATURE.parse(f"{value} F", SENSE)
    if isinstance(columns, NotAValue):
        assert value < 32
        return
    again = TEMPERATURE.parse(TEMPERATURE.text(columns, SENSE), SENSE)
    assert again == columns


SITE = Choice(
    name="site",
    label="Site",
    options=(Option("forearm", "forearm"), Option("hand", "hand"), Option("foot", "foot")),
)


def test_choice_takes_key_label_or_an_unmistakable_beginning() -> None:
    assert SITE.parse("Hand", SENSE) == {"site": "hand"}
    assert SITE.parse("ha", SENSE) == {"site": "hand"}
    assert isinstance(SITE.parse("fo", SENSE), NotAValue)
    assert isinstance(SITE.parse("knee", SENSE), NotAValue)


def test_grade_names_its_scale() -> None:
    grade = Grade(
        name="grade",
        label="Grade",
        options=(Option("2", "grade 2"),),
        scale="INS phlebitis, 0 to 4",
    )
    assert grade.words({"grade": "2"}, SENSE) == "grade 2 (INS phlebitis, 0 to 4)"


def test_many_keeps_the_order_of_the_options() -> None:
    many = Many(name="signs", label="Signs", options=SITE.options)
    assert many.parse("hand, forearm", SENSE) == {"signs": ("forearm", "hand")}
    assert many.words({"signs": ("forearm", "hand")}, SENSE) == "forearm, hand"


@pytest.mark.parametrize(
    ("text", "value"), [("y", True), ("No", False), ("YES", True), ("0", False)]
)
def test_yes_and_no(text: str, value: bool) -> None:
    assert YesNo(name="a", label="A").parse(text, SENSE) == {"a": value}


def test_text_is_tidied_and_nothing_vanishes() -> None:
    text = Text(name="t", label="T", lines=3)
    assert text.parse("a\x00b\r\nc\u202ed \ud800", SENSE) == {"t": "ab\nc[U+202E]d [U+D800]"}
    assert Text(name="t", label="T").parse("a\nb", SENSE) == {"t": "a b"}
    assert isinstance(Text(name="t", label="T", longest=3).parse("abcd", SENSE), NotAValue)


@given(st.text(max_size=200))
def test_tidied_text_is_tidy(text: str) -> None:
    leaf = Text(name="t", label="T", lines=3)
    first = leaf.parse(text, SENSE)
    assert not isinstance(first, NotAValue)
    if first["t"]:
        assert leaf.parse(first["t"], SENSE) == first
        first["t"].encode()


def test_figures_as_ismp_wants_them() -> None:
    assert plain_number(Decimal("5.0")) == "5"
    assert plain_number(Decimal("0.250")) == "0.25"
    assert plain_number(Decimal(10000)) == "10,000"
    assert with_unit(Decimal("142.857"), "mL/h", 1) == "142.9\u00a0mL/h"
    assert half_up(Decimal("0.5"), 0) == 1
    assert half_up(Decimal("2.5"), 0) == 3


def test_groups_are_found_anywhere_in_the_tree() -> None:
    tree = Rows(name="a", label="A", fields=(SITE, Rows(name="b", label="B", fields=(COUNT,))))
    assert group_named((tree,), "b").leaf("attempts") is COUNT
    with pytest.raises(KeyError):
        group_named((tree,), "c")
