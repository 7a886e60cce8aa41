"""What the note says of supplies: the kit in one line, then what was used, wasted and driven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Span,
    Table,
    Voice,
    Words,
)
from infusion_visits.core.charted import (
    after,
    joined,
    leaf_text,
    leaf_words,
    mark_words,
    time_words,
)
from infusion_visits.core.units import MILE, with_unit
from infusion_visits.sections.supplies.fields import (
    KIT_CHECK,
    KIT_ITEM,
    PRESENT,
    SAFE_WORK,
    SUPPLY_USE,
    WASTE_RETURN,
)
from infusion_visits.sections.supplies.kit import kit_state, title_of
from infusion_visits.sections.supplies.rules import distance_miles

if TYPE_CHECKING:
    from infusion_visits.core.fields import Rows
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.supplies.values import (
        KitCheck,
        KitItem,
        SafeWork,
        Supplies,
        SupplyUse,
        WasteReturn,
    )

_CHECK = ("state", "seal_number", "first_expiry", "order_there", "why_not", "new_seal", "done")
_WORK = (
    "protection",
    "sharps",
    "hazardous_removed",
    "odometer_start",
    "odometer_end",
    "miles",
    "travel_minutes",
)
_NAMED = frozenset(
    {
        *("seal_number", "first_expiry", "order_there", "new_seal", "expiry", "lot"),
        *("protection", "sharps", "hazardous_removed", "odometer_start"),
        *("odometer_end", "miles", "travel_minutes", "controlled", "witness_how", "handed_to"),
        *("taken_from", "done"),
    }
)
_SUPPLIES = (
    Column("Supply", 8),
    Column("How many", 2),
    Column("Lot, expires", 5),
    Column("From, note", 5),
)
_WASTE = (
    Column("Time", 2),
    Column("Waste and returns", 6),
    Column("How", 4),
    Column("Seen by", 5),
    Column("Handed to, note", 5),
)


def blocks(values: Supplies, facts: Facts) -> list[Block]:
    """Supplies of one visit; nothing where nothing was charted."""
    made: list[Block] = []
    if values.kit_check is not None:
        made.append(_kit(values.kit_check, values, facts))
    if values.kit_item:
        made += _items(values, facts)
    if values.supply_use:
        made.append(Table(_SUPPLIES, tuple(_supply(one, facts) for one in values.supply_use)))
    if values.waste_return:
        made.append(Table(_WASTE, tuple(_waste(one, facts) for one in values.waste_return)))
    if values.safe_work is not None:
        made += _work(values.safe_work, facts)
    return [Heading("Supplies and waste", 2), *made] if made else []


def _kit(check: KitCheck, values: Supplies, facts: Facts) -> Paragraph:
    """`Emergency kit checked 09:20: sealed, seal unbroken, seal number 4471, …`."""
    when = time_words(check.mark, facts)
    said: list[Span] = [Span("Emergency kit", Voice.STRONG)]
    at = (Span(when, _voice(check)),) if when else leaf_words(
        KIT_CHECK.leaf("checked_at"), check, facts
    )  # fmt: skip
    said += [Span(" checked "), *at, Span(": ")] if at else [Span(": ")]
    said += _joined(KIT_CHECK, _CHECK, check, facts)
    kit = kit_state(values, facts)
    if check.mark.struck is None and kit.in_date is not None:
        said.append(Span(", in date and complete" if kit.in_date else ", not in order"))
    said += [Span("."), *after(mark_words(check.mark, facts))]
    return Paragraph(tuple(said))


def _items(values: Supplies, facts: Facts) -> list[Block]:
    """What is not plain in a table; the rest in one sentence, each with its expiry."""
    plain = [one for one in values.kit_item if _is_plain(one)]
    rows = tuple(_item(one, facts) for one in values.kit_item if not _is_plain(one))
    made: list[Block] = []
    if rows:
        columns = (Column("Item of the kit", 8), Column("State", 3), Column("Expires, used", 6))
        made.append(Table(columns, rows))
    if plain:
        said = []
        for one in plain:
            expiry = leaf_text(KIT_ITEM.leaf("expiry"), one, facts)
            title = title_of(one.item or "", facts)
            said.append(f"{title} (expires {expiry})" if expiry else title)
        lead = Span("Items present: ", Voice.STRONG)
        made.append(Paragraph((lead, Span("; ".join(said) + "."))))
    return made


def _is_plain(one: KitItem) -> bool:
    return (
        one.state == PRESENT
        and one.exchange is None
        and one.mark.struck is None
        and not one.mark.not_done
    )


def _item(one: KitItem, facts: Facts) -> tuple[Words, ...]:
    item = leaf_words(KIT_ITEM.leaf("item"), one, facts)
    title: Words = (Span(title_of(one.item, facts), _voice(one)),) if one.item else item
    return (
        title,
        _joined(KIT_ITEM, ("state",), one, facts),
        (
            *_joined(KIT_ITEM, ("expiry", "exchange"), one, facts),
            *after(mark_words(one.mark, facts)),
        ),
    )


def _supply(one: SupplyUse, facts: Facts) -> tuple[Words, ...]:
    return (
        _joined(SUPPLY_USE, ("what", "item"), one, facts),
        _joined(SUPPLY_USE, ("quantity",), one, facts),
        _joined(SUPPLY_USE, ("lot", "expiry"), one, facts),
        (
            *_joined(SUPPLY_USE, ("taken_from", "note"), one, facts),
            *after(mark_words(one.mark, facts)),
        ),
    )


def _waste(one: WasteReturn, facts: Facts) -> tuple[Words, ...]:
    when = time_words(one.mark, facts)
    at = (Span(when, _voice(one)),) if when else _joined(WASTE_RETURN, ("at",), one, facts)
    return (
        at,
        _joined(WASTE_RETURN, ("what", "drug", "amount", "amount_unit", "lot"), one, facts),
        _joined(WASTE_RETURN, ("method", "controlled"), one, facts),
        _joined(WASTE_RETURN, ("witness_how", "witness", "no_witness"), one, facts),
        (
            *_joined(WASTE_RETURN, ("handed_to", "note"), one, facts),
            *after(mark_words(one.mark, facts)),
        ),
    )


def _work(work: SafeWork, facts: Facts) -> list[Block]:
    said = list(_joined(SAFE_WORK, _WORK, work, facts))
    miles = distance_miles(work)
    if miles is not None and work.miles is None:
        said.append(Span(f", {with_unit(miles, MILE)}"))
    beside = mark_words(work.mark, facts)
    if not said and not beside:
        return []
    said.append(Span("."))
    return [Paragraph((Span("Safe work and the way: ", Voice.STRONG), *said, *after(beside)))]


def _voice(one: KitCheck | KitItem | WasteReturn) -> Voice:
    return Voice.STRUCK if one.mark.struck else Voice.PLAIN


def _joined(group: Rows, names: tuple[str, ...], value: object, facts: Facts) -> Words:
    return joined(group, names, value, facts, named=_NAMED)
