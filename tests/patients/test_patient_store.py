"""Fields, values and columns of the patient agree, and every value lies in rows and comes back."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_type_hints
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import (
    Choice,
    Day,
    Many,
    Number,
    Owner,
    Ref,
    Text,
    When,
    YesNo,
    group_named,
)
from infusion_visits.core.marks import Mark
from infusion_visits.core.units import KILOGRAM, POUND, unit_of
from infusion_visits.patients.fields import ROWS
from infusion_visits.patients.tables import STORE
from infusion_visits.patients.values import PatientChart
from infusion_visits.records.rows import table_of

if TYPE_CHECKING:
    from infusion_visits.core.fields import Leaf

PATIENT = UUID("01938d2a-0000-7000-8000-0000000000aa")
ORDER = UUID("01938d2a-0000-7000-8000-0000000000bb")
MEMBER = UUID("01938d2a-0000-7000-8000-000000000001")
AT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
HEAD = {
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "revision",
    "struck_at",
    "struck_by",
    "struck_reason",
}
TYPES: dict[type[Leaf], Any] = {
    Text: str | None,
    Choice: str | None,
    Number: Decimal | None,
    YesNo: bool | None,
    When: datetime | None,
    Day: date | None,
    Many: tuple[str, ...] | None,
    Ref: UUID | None,
}


@pytest.mark.parametrize("group", STORE.groups, ids=lambda group: group.name)
def test_a_group_has_exactly_its_columns_and_its_attributes(group: Any) -> None:
    leaf_columns = {name for leaf in group.rows.leaves for name in leaf.columns()}
    columns = set(table_of(group.table).columns.keys())
    assert columns == leaf_columns | HEAD | {group.owner_column, *group.keys}
    hints = get_type_hints(group.value)
    children = {child.name for child in group.rows.children}
    assert set(hints) == {"mark"} | {leaf.name for leaf in group.rows.leaves} | children
    assert hints["mark"] is Mark
    for leaf in group.rows.leaves:
        assert hints[leaf.name] == TYPES[type(leaf)], leaf.name


def test_every_group_of_the_fields_has_a_table_and_belongs_to_the_patient() -> None:
    groups = [group for root in ROWS for group in root.walk()]
    assert [group.name for group in groups] == [group.name for group in STORE.groups]
    assert {group.owner for group in groups} == {Owner.PATIENT}
    assert [part.name for part in fields(PatientChart)] == [root.name for root in ROWS]
    for group in STORE.groups:
        assert table_of(group.table).name == group.name == group.rows.name


def _sample(leaf: Leaf) -> dict[str, Any]:
    if isinstance(leaf, Number):
        columns: dict[str, Any] = {leaf.name: Decimal("37.0")}
        if leaf.measured:
            unit = leaf.units[-1]
            columns |= {f"{leaf.name}_entered": "37.0", f"{leaf.name}_unit": unit.code}
        return columns
    if isinstance(leaf, Choice):
        return {leaf.name: leaf.options[0].key}
    if isinstance(leaf, YesNo):
        return {leaf.name: False}
    if isinstance(leaf, When):
        return {leaf.name: AT}
    if isinstance(leaf, Day):
        return {leaf.name: date(2026, 11, 3)}
    if isinstance(leaf, Ref):
        return {leaf.name: ORDER}
    return {leaf.name: f"{leaf.label} é"}


def _rows() -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for group in STORE.groups:
        row: dict[str, Any] = {group.owner_column: PATIENT}
        for key in group.keys:
            row[key] = 1 if key == "seq" else ORDER
        for leaf in group.rows.leaves:
            row |= _sample(leaf)
        row |= {"created_at": AT, "created_by": MEMBER, "struck_at": None, "struck_by": None}
        row["struck_reason"] = None
        rows[group.name] = [row]
    return rows


def test_a_full_chart_comes_back_from_its_rows_as_it_was() -> None:
    chart = STORE.from_rows(_rows())
    assert chart.patient is not None
    assert chart.patient.mark.row == Row("patient")
    assert chart.weight[0].mark.as_entered == {"weight_kg": "37.0 g"}
    assert chart.therapy_order[0].id == ORDER
    assert chart.therapy_order[0].rate_step[0].mark.row.at == (ORDER, 1)
    again = STORE.from_rows(STORE.to_rows(chart, {"patient_id": PATIENT}))
    assert again == chart
    assert STORE.to_rows(chart, {"patient_id": PATIENT})["patient"][0]["id"] == PATIENT


def test_pounds_are_kept_beside_kilograms() -> None:
    leaf = group_named(ROWS, "weight").leaf("weight_kg")
    assert isinstance(leaf, Number)
    assert leaf.units[:2] == (KILOGRAM, POUND)
    assert unit_of("[lb_av]").canonical(Decimal(100)) == Decimal("45.359237")
