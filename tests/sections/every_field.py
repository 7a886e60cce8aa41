"""A made value for every field of a section, and a look whether the note says it.

For the tests of every section: `full(key)` gives the section's values with every field answered,
`without(values, group, field)` the same with one answer taken away, `text_of(blocks)` all words.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.blocks import Block, BodySite, InkBlock, Span
from infusion_visits.core.cells import Key, Row
from infusion_visits.core.charted import columns_of, sense_of
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
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark
from infusion_visits.core.moments import show_day, show_time
from infusion_visits.core.units import half_up
from infusion_visits.patients.facts import AllergyState, Facts, LineFact, OrderFact, OrderStep
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.stores import STORES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.sections.section import AnySection

ZONE = "America/New_York"
NURSE = UUID("019a5f00-0000-7000-8000-000000000001")
THING = UUID("019a5f00-0000-7000-8000-000000000002")
ORDER = UUID("019a5f00-0000-7000-8000-000000000003")
START = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
INK = "[[[10,20],[30,40]],[[50,60],[70,80]]]"
STROKES = (((10, 20), (30, 40)), ((50, 60), (70, 80)))

EVERY_LEAF = [
    (section.key, group.name, leaf.name)
    for section in SECTIONS
    for top in section.rows
    for group in top.walk()
    for leaf in group.leaves
]


def section_of(key: str) -> AnySection:
    """The section with this key."""
    return next(section for section in SECTIONS if section.key == key)


def made_facts(**more: Any) -> Facts:
    """Facts of a routine infusion through one line, with an order and everyone's name."""
    line = LineFact(
        THING, "picc", "PICC, left upper arm", True, BodySite.LEFT_UPPER_ARM, "left arm",
        ("red", "purple"), date(2026, 10, 1),
    )  # fmt: skip
    order = OrderFact(
        ORDER, 1, "infliximab", "Remicade", Decimal(350), "mg", Decimal(5), Decimal(70),
        date(2026, 11, 2), Decimal(250), "IV",
        (OrderStep(Decimal(10), 15), OrderStep(Decimal(250), None)),
        30, False, True, "S. Lindqvist, MD", "0.9% sodium chloride 10 mL",
    )  # fmt: skip
    plain: dict[str, Any] = {
        "now": NOW,
        "zone": ZONE,
        "kind": VisitKind.ROUTINE_INFUSION,
        "allergies": AllergyState.NONE_KNOWN,
        "lines": (line,),
        "orders": (order,),
        "order": order,
        "people": {NURSE: "Ines Halvorsen, RN"},
    }
    return Facts(**{**plain, **more})


@cache
def full(key: str) -> Any:
    """The section's values, one row in each group, every field answered."""
    section = section_of(key)
    count = iter(range(1, 10_000))
    return section.values(**{top.name: _of(top, _row(key, top, (), count)) for top in section.rows})


def _of(group: Rows, row: Any) -> Any:
    return row if group.single else (row,)


def _row(key: str, group: Rows, above: tuple[Key, ...], count: Any) -> Any:
    store_group = STORES[key].group(group.name)
    at = above
    if len(store_group.keys) > len(above):
        at = (*above, THING if group.own_id or group.keyed_by else 1)
    made: dict[str, Any] = {}
    entered: dict[str, str] = {}
    for leaf in group.leaves:
        made[leaf.name] = made_answer(leaf, next(count))
        if isinstance(leaf, Number) and leaf.measured:
            entered[leaf.name] = f"{made[leaf.name]} {leaf.units[0].code}"
    when = made.get(group.time_field) if group.time_field else None
    mark = Mark(Row(group.name, at), at=when, entered_at=when, author=NURSE, as_entered=entered)
    for child in group.children:
        made[child.name] = _of(child, _row(key, child, at, count))
    return store_group.value(mark=mark, **made)


def made_answer(leaf: Leaf, number: int) -> Any:
    """An answer that this field could have, different for each number where it can be."""
    if isinstance(leaf, Text):
        return f"words {number} of {leaf.name}"
    if isinstance(leaf, Choice):
        return leaf.options[number % len(leaf.options)].key
    if isinstance(leaf, Many):
        return tuple(option.key for option in leaf.options)
    if isinstance(leaf, YesNo):
        return True
    if isinstance(leaf, Number):
        return _made_number(leaf, number)
    if isinstance(leaf, When):
        return START + timedelta(minutes=number)
    if isinstance(leaf, Day):
        return date(2027, 1, 1) + timedelta(days=number)
    if isinstance(leaf, Ref):
        return THING
    if isinstance(leaf, Ink):
        return INK
    raise TypeError(type(leaf).__name__)


def _made_number(leaf: Number, number: int) -> Decimal:
    low = leaf.low if leaf.low is not None else Decimal(0)
    high = leaf.high if leaf.high is not None else low + 900
    step = Decimal(1).scaleb(-leaf.decimals)
    return half_up(low + (step * (number * 37 + 1)) % (high - low), leaf.decimals)


def without(values: Any, group: str, field: str) -> Any:
    """The same values with one answer taken away (and what was entered for it)."""
    if isinstance(values, tuple):
        return tuple(without(value, group, field) for value in values)
    if not is_dataclass(values) or isinstance(values, Mark | type):
        return values
    mark = getattr(values, "mark", None)
    if isinstance(mark, Mark) and mark.row.group == group:
        entered = {name: text for name, text in mark.as_entered.items() if name != field}
        at = None if mark.at is not None and getattr(values, field) == mark.at else mark.at
        return replace(values, mark=replace(mark, as_entered=entered, at=at), **{field: None})
    return replace(
        values,
        **{part.name: without(getattr(values, part.name), group, field) for part in fields(values)},
    )


def rows_of(values: Any, group: str) -> list[Any]:
    """All row values of a group, wherever they lie."""
    if isinstance(values, tuple):
        return [row for value in values for row in rows_of(value, group)]
    if not is_dataclass(values) or isinstance(values, Mark | type):
        return []
    mark = getattr(values, "mark", None)
    if isinstance(mark, Mark) and mark.row.group == group:
        return [values]
    return [row for part in fields(values) for row in rows_of(getattr(values, part.name), group)]


def text_of(blocks: Iterable[Block] | Any) -> str:
    """All words of blocks, one line for each run, in order."""
    return "\n".join(_texts(blocks))


def _texts(part: Any) -> Iterable[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Span):
        yield part.text
    elif isinstance(part, tuple | list):
        for one in part:
            yield from _texts(one)
    elif is_dataclass(part) and not isinstance(part, type):
        for one in fields(part):
            yield from _texts(getattr(part, one.name))


def inks(part: Any) -> list[InkBlock]:
    """All drawn signatures among blocks."""
    if isinstance(part, InkBlock):
        return [part]
    if isinstance(part, tuple | list):
        return [ink for one in part for ink in inks(one)]
    if is_dataclass(part) and not isinstance(part, type):
        return [ink for one in fields(part) for ink in inks(getattr(part, one.name))]
    return []


def spoken(leaf: Leaf, row: Any, facts: Facts) -> tuple[str, ...]:
    """The ways in which the note may say this answer: any one of them is enough."""
    value = getattr(row, leaf.name)
    words = leaf.words(columns_of(leaf, row), sense_of(facts))
    if isinstance(leaf, When):
        return (words, show_time(value, facts.zone))
    if isinstance(leaf, Day):
        return (words, show_day(value))
    if isinstance(leaf, Ref):
        line = facts.line(value)
        return (words, *((line.label,) if line else ()))
    if isinstance(leaf, Number):
        return (words, words.split("\u00a0")[0])
    if isinstance(leaf, Many):
        return tuple(option.label for option in leaf.options)[:1]
    return (words,)
