"""Each key of a TOML text is found on the line where it stands, whatever else stands around it."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.resources import catalogue_file, resources_folder
from infusion_visits.core.toml_lines import Place, line_at, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HARD = '''# a comment with [brackets] and = signs
edition = "1"  # another = comment
"quoted key" = 'single # not a comment'
dotted . deep . key = 1

[table]
text = """
[not.a.header]
key = "not a key" \\""" still
two quotes at the end"""""
raw = \'\'\'
[[nor.this]]
it\'\'\'\'
day = 2026-11-21 07:30:00
list = [
  "one # not a comment", # a comment, with [
  { name = "two", steps = [1,
      2] },
  [3, 4],
]
"esc\\u0061ped" = 1

[[entry]]
name = "a"
[[entry.step]]
rate = 1
[[entry.step]]
rate = 2
[entry.inner.most]
x = 1
[[entry]]
name = "b"
[[entry.step]]
rate = 3
'''


def every_place(value: Any, place: Place = ()) -> Iterator[Place]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield (*place, key)
            yield from every_place(part, (*place, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield (*place, number)
            yield from every_place(part, (*place, number))


WANTED: list[tuple[Place, str]] = [
    (("edition",), 'edition = "1"'),
    (("quoted key",), '"quoted key"'),
    (("dotted", "deep", "key"), "dotted . deep"),
    (("table",), "[table]"),
    (("table", "text"), "text ="),
    (("table", "raw"), "raw ="),
    (("table", "day"), "day ="),
    (("table", "list", 0), '"one'),
    (("table", "list", 1, "steps", 1), "2] }"),
    (("table", "list", 2, 1), "[3, 4]"),
    (("table", "escaped"), '"esc'),
    (("entry", 0, "step", 1, "rate"), "rate = 2"),
    (("entry", 0, "inner", "most", "x"), "x = 1"),
    (("entry", 1), "[[entry]]"),
    (("entry", 1, "name"), 'name = "b"'),
    (("entry", 1, "step", 0, "rate"), "rate = 3"),
]


@pytest.mark.parametrize(("place", "begins"), WANTED)
def test_a_place_stands_on_its_line(place: Place, begins: str) -> None:
    line = HARD.splitlines()[lines_of(HARD)[place] - 1]
    assert begins in line


def test_every_place_of_a_hard_text_has_a_line() -> None:
    assert set(every_place(tomllib.loads(HARD))) == set(lines_of(HARD))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_of_either_kind_count_the_same(end: str) -> None:
    assert lines_of(HARD.replace("\n", end)) == lines_of(HARD)


@pytest.mark.parametrize(
    "name", sorted(file.stem for file in (resources_folder() / "clinical").glob("*.toml"))
)
def test_every_key_of_every_shipped_catalogue_has_its_line(name: str) -> None:
    text = catalogue_file(name).read_text("utf-8")
    lines, written = lines_of(text), text.splitlines()
    for place in every_place(tomllib.loads(text)):
        line = written[lines[place] - 1]
        if isinstance(place[-1], str):
            assert place[-1] in line, (place, line)


def test_what_is_missing_stands_at_what_is_around_it() -> None:
    lines = lines_of(HARD)
    assert line_at(lines, ("entry", 1, "step", 0, "minutes")) == lines["entry", 1, "step", 0]
    assert line_at(lines, ("nowhere",)) == 1


KEYS = st.text("abc_-", min_size=1, max_size=4)
LEAVES = st.one_of(
    st.integers(-9, 99),
    st.booleans(),
    st.sampled_from(["plain", 'with "quotes"', "with # and [ and =", "two\nlines", ""]),
    st.decimals(0, 9, places=2),
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)


def written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"""{quoted}"""' if "\n" in value else f'"{quoted}"'
    if isinstance(value, list):
        return "[\n" + "".join(f"  {written(one)}, # one\n" for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + "}"
    return str(value)


@given(st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=4), max_size=4))
def test_every_text_that_can_be_read_is_walked_to_its_end(tables: dict[str, Any]) -> None:
    text = "".join(
        f"[{name}]\n" + "".join(f"{key} = {written(one)}\n" for key, one in table.items())
        for name, table in tables.items()
    )
    read = tomllib.loads(text, parse_float=Decimal)
    lines = lines_of(text)
    assert set(every_place(read)) == set(lines)
    for name in tables:
        assert text.splitlines()[lines[name,] - 1] == f"[{name}]"
