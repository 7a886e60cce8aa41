"""What is asked, what is meant and what is stored are the same things under the same names."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_type_hints
from uuid import UUID

import pytest
from sqlalchemy import Boolean

from infusion_visits.core.fields import (
    Choice,
    Day,
    Ink,
    Leaf,
    Many,
    Number,
    Owner,
    Ref,
    Rows,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.marks import Mark
from infusion_visits.records.rows import (
    DayText,
    DecimalText,
    InstantText,
    Kept,
    KeysText,
    UuidBytes,
    VisitRow,
    table_of,
)
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.stores import STORES

if TYPE_CHECKING:
    from infusion_visits.records.store import Group
    from infusion_visits.sections.section import AnySection

HEAD = set(Kept.model_fields)
ORDER = (
    "arrival", "screening", "home", "devices", "assessment", "medicines", "vitals", "infusion",
    "labs", "complications", "communication", "teaching", "supplies", "departure",
)  # fmt: skip
GROUPS = [(section, group) for section in SECTIONS for top in section.rows for group in top.walk()]
IDS = [group.name for _, group in GROUPS]
VALUE_TYPES: dict[type[Leaf], Any] = {
    Text: str,
    Choice: str,
    Ink: str,
    Many: tuple[str, ...],
    YesNo: bool,
    Number: Decimal,
    When: datetime,
    Day: date,
    Ref: UUID,
}
COLUMN_TYPES: dict[type[Leaf], type[Any]] = {
    Many: KeysText,
    YesNo: Boolean,
    Number: DecimalText,
    When: InstantText,
    Day: DayText,
    Ref: UuidBytes,
}


def kind_of(leaf: Leaf, table: dict[type[Leaf], Any]) -> Any:
    """The entry of the nearest class of this leaf."""
    return next((table[base] for base in type(leaf).__mro__ if base in table), None)


def store_group(section: AnySection, group: Rows) -> Group:
    """How this group lies in a table."""
    return STORES[section.key].group(group.name)


def test_every_section_has_its_store_and_they_stand_in_the_order_of_the_visit() -> None:
    keys = [section.key for section in SECTIONS]
    assert keys == list(STORES)
    assert keys == [key for key in ORDER if key in keys]
    for section in SECTIONS:
        assert STORES[section.key].section == section.key
        assert STORES[section.key].values is section.values


def test_no_two_groups_have_the_same_name() -> None:
    assert len(IDS) == len(set(IDS))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_the_values_of_a_section_are_its_top_groups(section: AnySection) -> None:
    assert [part.name for part in fields(section.values)] == [top.name for top in section.rows]
    hints = get_type_hints(section.values)
    for top in section.rows:
        assert hints[top.name] == _holds(section, top)
    stored = [group.name for group in STORES[section.key].groups]
    assert sorted(stored) == sorted(g.name for top in section.rows for g in top.walk())
    for top in section.rows:
        for group in top.walk():
            for child in group.children:
                assert stored.index(group.name) < stored.index(child.name)


def _holds(section: AnySection, group: Rows) -> Any:
    value: Any = store_group(section, group).value
    return (value | None) if group.single else tuple[value, ...]


@pytest.mark.parametrize(("section", "group"), GROUPS, ids=IDS)
def test_a_row_value_has_the_mark_then_the_fields_then_the_groups_below(
    section: AnySection, group: Rows
) -> None:
    stored = store_group(section, group)
    assert stored.rows is group
    value = stored.value
    assert is_dataclass(value)
    parameters = value.__dataclass_params__  # type: ignore[attr-defined]
    assert parameters.frozen
    assert [part.name for part in fields(value)] == [
        "mark",
        *(leaf.name for leaf in group.leaves),
        *(child.name for child in group.children),
    ]
    hints = get_type_hints(value)
    assert hints["mark"] is Mark
    for leaf in group.leaves:
        assert hints[leaf.name] == kind_of(leaf, VALUE_TYPES) | None, leaf.name
    for child in group.children:
        assert hints[child.name] == _holds(section, child)


@pytest.mark.parametrize(("section", "group"), GROUPS, ids=IDS)
def test_a_table_has_the_keys_the_columns_of_the_fields_and_the_head(
    section: AnySection, group: Rows
) -> None:
    stored = store_group(section, group)
    table = table_of(stored.table)
    assert table.name == group.name
    asked = [column for leaf in group.leaves for column in leaf.columns()]
    owners = {"visit_id", "patient_id"} & set(table.c.keys())
    assert set(table.c.keys()) == owners | set(stored.keys) | set(asked) | HEAD
    assert stored.owner_column in table.c
    key = {column.name for column in table.primary_key}
    assert key - {"visit_id", "patient_id"} == set(stored.keys)
    if group.owner is Owner.VISIT:
        assert issubclass(stored.table, VisitRow)
        assert "visit_id" in key


@pytest.mark.parametrize(("section", "group"), GROUPS, ids=IDS)
def test_columns_keep_their_kind_of_value_and_say_their_unit(
    section: AnySection, group: Rows
) -> None:
    table = table_of(store_group(section, group).table)
    for leaf in group.leaves:
        column = table.c[leaf.name]
        wanted = kind_of(leaf, COLUMN_TYPES)
        if wanted:
            assert isinstance(column.type, wanted), leaf.name
        if not column.primary_key:
            assert column.nullable, f"{leaf.name}: null is not asked"
            assert column.comment, f"{leaf.name}: a column says what it holds"


@pytest.mark.parametrize(("section", "group"), GROUPS, ids=IDS)
def test_what_a_group_names_exists(section: AnySection, group: Rows) -> None:
    names = {leaf.name for leaf in group.leaves}
    if group.time_field:
        assert isinstance(group.leaf(group.time_field), When)
    if group.keyed_by:
        assert isinstance(group.leaf(group.keyed_by), Ref)
    above = {
        leaf.name
        for top in section.rows
        for parent in top.walk()
        if group in parent.children
        for leaf in parent.leaves
    }
    for leaf in group.leaves:
        if leaf.shown:
            assert leaf.shown.field in names | above, leaf.name
        if isinstance(leaf, Choice | Many):
            keys = [option.key for option in leaf.options]
            assert len(keys) == len(set(keys))
            labels = [option.label.casefold() for option in leaf.options]
            assert len(labels) == len(set(labels))
