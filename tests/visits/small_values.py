"""Small random values of sections and of the patient: few rows, few fields, any content."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hypothesis import strategies as st

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Choice, Day, Leaf, Many, Number, Ref, When, YesNo
from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.core.marks import Mark, NotDone, Struck

if TYPE_CHECKING:
    from collections.abc import Callable

    from infusion_visits.records.store import Group, Store

MOST_ROWS = 2
MOST_FILLED = 4

words = st.text(st.characters(codec="utf-8"), max_size=12)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(
    lambda one: one.replace(tzinfo=UTC)
)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
ids = st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number))
figures = st.decimals(-(10**6), 10**6, allow_nan=False, places=3)


def values(store: Store[Any]) -> st.SearchStrategy[Any]:
    """Values of a whole section (or of the patient)."""

    @st.composite
    def made(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Any:
        tops = [store.group(part.name) for part in fields(store.values)]
        return store.values(**{group.name: draw(_rows(store, group, ())) for group in tops})

    return made()


@st.composite
def _rows(draw: Any, store: Store[Any], group: Group, above: tuple[Any, ...]) -> Any:
    count = draw(st.integers(0, 1 if group.rows.single else MOST_ROWS))
    rows = tuple(draw(_row(store, group, above, number + 1)) for number in range(count))
    if group.rows.single:
        return rows[0] if rows else None
    return rows


@st.composite
def _row(draw: Any, store: Store[Any], group: Group, above: tuple[Any, ...], number: int) -> Any:
    at = above
    if not group.rows.single:
        own = group.rows.own_id or group.rows.keyed_by
        at = (*above, draw(ids) if own else number)
    leaves = group.rows.leaves
    filled = draw(st.sets(st.sampled_from(leaves), max_size=MOST_FILLED)) if leaves else set()
    chosen = sorted(filled, key=lambda leaf: leaf.name)
    answers = {leaf.name: draw(_answer(leaf)) for leaf in chosen}
    below = {
        child.name: draw(_rows(store, store.group(child.name), at)) for child in group.rows.children
    }
    return group.value(mark=draw(_mark(Row(group.name, at), chosen)), **answers, **below)


@st.composite
def _mark(draw: Any, row: Row, filled: list[Leaf]) -> Mark:
    struck = st.builds(Struck, at=instants, by=ids, reason=st.sampled_from(StrikeReason))
    not_done = st.builds(NotDone, reason=st.sampled_from(NotDoneReason), words=words)
    measured = [leaf.name for leaf in filled if isinstance(leaf, Number)]
    return Mark(
        row=row,
        at=draw(st.none() | instants),
        entered_at=draw(st.none() | instants),
        author=draw(st.none() | ids),
        struck=draw(st.none() | struck),
        not_done=draw(st.dictionaries(words, not_done, max_size=1)),
        as_entered={name: draw(words) for name in measured},
    )


def _answer(leaf: Leaf) -> st.SearchStrategy[Any]:
    if isinstance(leaf, Many):
        return st.lists(st.sampled_from(leaf.options), unique=True, max_size=3).map(
            lambda options: tuple(option.key for option in options)
        )
    if isinstance(leaf, Choice):
        return st.sampled_from(leaf.options).map(lambda option: option.key)
    kinds: tuple[tuple[type[Leaf], st.SearchStrategy[Any]], ...] = (
        (Number, figures),
        (YesNo, st.booleans()),
        (When, instants),
        (Day, days),
        (Ref, ids),
    )
    return next((made for kind, made in kinds if isinstance(leaf, kind)), words)
