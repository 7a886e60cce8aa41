"""The products of an infusion in the note: lots, expiry, storage, inspection; recall needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Block, Column, Side, Span, Table, Voice, Words
from infusion_visits.core.charted import leaf_words, mark_words
from infusion_visits.core.moments import show_day
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.fields import PRODUCT_LOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.values import InfusionGiven, ProductLot

_MORE = (
    ("bag", "bag "),
    ("gtin", "GTIN "),
    ("ndc", "NDC "),
    ("serial", "serial number "),
    ("beyond_use", "use before "),
    ("kept", "kept "),
    ("kept_at_c", "on arrival "),
    ("out_minutes", "out of the refrigerator "),
    ("inspected", "looked at: "),
)


def lots_words(lots: tuple[ProductLot, ...]) -> str:
    """`Lots LE1 (20 g), LE2 (10 g), expire 30 Jun 2028.`; each with its day where they differ."""
    if not lots:
        return "No lot charted."
    days = {lot.expiry for lot in lots}
    one_day = next(iter(days)) if len(days) == 1 else None
    told = []
    for lot in lots:
        inside = []
        if lot.amount is not None:
            inside.append(amount(lot.amount, lot.amount_unit or ""))
        if one_day is None and lot.expiry is not None:
            inside.append(f"expires {show_day(lot.expiry)}")
        beside = f" ({', '.join(inside)})" if inside else ""
        told.append(f"{lot.lot or 'number not charted'}{beside}")
    several = len(lots) > 1
    head = "Lots" if several else "Lot"
    tail = f", {'expire' if several else 'expires'} {show_day(one_day)}" if one_day else ""
    return f"{head} {', '.join(told)}{tail}."


def has_marks(one: InfusionGiven, facts: Facts) -> bool:
    """Whether a lot was struck, or written late: then they stand in a table of their own."""
    return any(mark_words(lot.mark, facts) for lot in one.product_lot)


def lots_table(one: InfusionGiven, facts: Facts) -> Block:
    """Every lot in a row, struck ones legible."""
    columns = (
        Column("Product", 5),
        Column("Lot", 3),
        Column("Expires", 3),
        Column("Amount", 2, Side.RIGHT),
    )
    return Table(columns, tuple(_lot_row(lot, facts) for lot in one.product_lot))


def products(one: InfusionGiven, facts: Facts) -> list[Words]:
    """`Gammagard Liquid, expires 30 Jun 2028: lot LE12T204, 20 g; lot LE12T377, 10 g`."""
    alike: dict[Words, list[Words]] = {}
    for lot in one.product_lot:
        product, number, expiry, given = _lot_row(lot, facts, more=False)
        head = _listed((product, _after("expires ", expiry)), ", ")
        parts = (_after("lot ", number), given, more_words(lot, facts))
        alike.setdefault(head, []).append(_listed(parts, ", "))
    return [_listed((head, _listed(lots, "; ")), ": ") for head, lots in alike.items()]


def more_words(lot: ProductLot, facts: Facts) -> Words:
    """`bag 1, NDC 0000000001, use before 18:00, kept refrigerated, on arrival 5 °C`."""
    return _listed(
        (_after(head, leaf_words(PRODUCT_LOT.leaf(name), lot, facts)) for name, head in _MORE), ", "
    )


def _listed(parts: Iterable[Words], between: str) -> Words:
    words: list[Span] = []
    for part in parts:
        words += [Span(between), *part] if part and words else part
    return tuple(words)


def _lot_row(lot: ProductLot, facts: Facts, *, more: bool = True) -> tuple[Words, ...]:
    voice = Voice.STRUCK if lot.mark.struck else Voice.PLAIN
    figure = amount(lot.amount, lot.amount_unit or "") if lot.amount is not None else ""
    unit = () if lot.amount_unit else leaf_words(PRODUCT_LOT.leaf("amount_unit"), lot, facts)
    beside = tuple(part for span in mark_words(lot.mark, facts) for part in (Span("; "), span))
    details = _after("; ", more_words(lot, facts)) if more else ()
    return (
        leaf_words(PRODUCT_LOT.leaf("product"), lot, facts),
        (*leaf_words(PRODUCT_LOT.leaf("lot"), lot, facts), *details, *beside),
        leaf_words(PRODUCT_LOT.leaf("expiry"), lot, facts),
        (Span(figure, voice), *_after("; unit ", unit))
        if figure
        else leaf_words(PRODUCT_LOT.leaf("amount"), lot, facts),
    )


def _after(head: str, words: Words) -> Words:
    return (Span(head), *words) if words else ()
