"""What is meant becomes rows and comes back the same, whatever was answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.core.cells import Key, Row
from infusion_visits.core.fields import (
    Choice,
    Day,
    Ink,
    Leaf,
    Many,
    Number,
    Ref,
    Rows,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.core.marks import Mark, Struck
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.stores import STORES

if TYPE_CHECKING:
    from infusion_visits.records.store import Store

FIRST = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
INSTANTS = st.integers(0, 100_000).map(lambda minutes: FIRST + timedelta(minutes=minutes))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
OWNER = {"visit_id": UUID(int=7), "patient_id": UUID(int=8)}
MEMBER = UUID(int=9)


def answers(leaf: Leaf) -> st.SearchStrategy[Any]:
    """Any answer to a field, or none."""
    if isinstance(leaf, Text | Ink):
        return st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
    if isinstance(leaf, Choice):
        return st.none() | st.sampled_from([option.key for option in leaf.options])
    if isinstance(leaf, Many):
        keys = [option.key for option in leaf.options]
        return st.none() | st.lists(st.sampled_from(keys), unique=True).map(tuple)
    if isinstance(leaf, YesNo):
        return st.none() | st.booleans()
    if isinstance(leaf, Number):
        return st.none() | st.decimals(0, 999, places=leaf.decimals)
    if isinstance(leaf, When):
        return st.none() | INSTANTS
    if isinstance(leaf, Day):
        return st.none() | DAYS
    if isinstance(leaf, Ref):
        return st.none() | st.uuids()
    raise TypeError(type(leaf).__name__)


@st.composite
def rows(draw: st.DrawFn, store: Store[Any], group: Rows, above: tuple[Key, ...]) -> Any:
    """No row, one row or several rows of a group, with all below them."""
    stored = store.group(group.name)
    count = draw(st.integers(0, 1 if group.single else 2))
    made = []
    for number in range(1, count + 1):
        at = above
        given_key: dict[str, Any] = {}
        if len(stored.keys) > len(above):
            own = UUID(int=draw(st.integers(1, 10**9)) * 10 + number)
            key: Key = own if group.own_id or group.keyed_by else number
            at = (*above, key)
            if group.keyed_by:
                given_key = {group.keyed_by: key}
        made.append(_row(draw, store, group, at, given_key))
    return (made[0] if made else None) if group.single else tuple(made)


def _row(draw: st.DrawFn, store: Store[Any], group: Rows, at: Any, known: dict[str, Any]) -> Any:
    said = {leaf.name: draw(answers(leaf)) for leaf in group.leaves} | known
    entered = {
        leaf.name: f"{said[leaf.name]} {leaf.units[0].code}"
        for leaf in group.leaves
        if isinstance(leaf, Number) and leaf.measured and said[leaf.name] is not None
    }
    struck = draw(
        st.none() | st.builds(Struck, INSTANTS, st.just(MEMBER), st.sampled_from(StrikeReason))
    )
    mark = Mark(
        Row(group.name, at),
        at=said[group.time_field] if group.time_field else None,
        entered_at=draw(INSTANTS),
        author=MEMBER,
        struck=struck,
        as_entered=entered,
    )
    below = {child.name: draw(rows(store, child, at)) for child in group.children}
    return store.group(group.name).value(mark=mark, **said, **below)


@pytest.mark.parametrize("key", [section.key for section in SECTIONS])
@settings(max_examples=25)
@given(data=st.data())
def test_values_come_back_from_their_rows(key: str, data: st.DataObject) -> None:
    store = STORES[key]
    section = next(section for section in SECTIONS if section.key == key)
    values = section.values(**{top.name: data.draw(rows(store, top, ())) for top in section.rows})
    out = store.to_rows(values, OWNER)
    for group in store.groups:
        for row in out[group.name]:
            assert row[group.owner_column] == OWNER[group.owner_column]
    assert store.from_rows(out) == values
