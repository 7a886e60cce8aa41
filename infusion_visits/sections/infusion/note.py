"""The infusion in the note: ordered beside given for page one; set-up, lots and acts after it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Answer,
    Answers,
    Block,
    Column,
    Heading,
    Paragraph,
    Side,
    SideBySide,
    Span,
    Table,
    Voice,
    Words,
    plain,
    quiet,
    strong,
)
from infusion_visits.core.charted import answers, leaf_words, mark_words, time_words
from infusion_visits.core.moments import show_day, show_minutes
from infusion_visits.sections.infusion.acts import State, acts_of, segments_of, volume_of
from infusion_visits.sections.infusion.dose import amount, dose_check
from infusion_visits.sections.infusion.fields import INFUSION, INFUSION_EVENT, PRODUCT_LOT
from infusion_visits.sections.infusion.ladder import as_decimal
from infusion_visits.sections.infusion.rules import lots_of, standing
from infusion_visits.sections.infusion.summary import (
    InfusionSummary,
    last_watched,
    order_of,
    summary_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.values import (
        Infusion,
        InfusionEvent,
        InfusionGiven,
        ProductLot,
    )

NONE = "No infusion at this visit."
_MANY_ACTS = 6
_ACTS_SHARE = 55
_OWN_WORDS = frozenset({"order_id", "device_id", "dose_given", "dose_given_unit"})


def ordered_and_given(values: Infusion, facts: Facts) -> list[Block]:
    """Page one: for each infusion what was ordered beside what was given, and its lots."""
    given = standing(values)
    if not given:
        return [Paragraph(plain(NONE))]
    blocks: list[Block] = []
    for one in given:
        order = order_of(one, facts)
        summary = whole_summary(one, facts)
        blocks.append(_ordered_table(one, order, summary))
        blocks.append(Paragraph(quiet(_lots_and_waste(one))))
    return blocks


def blocks(values: Infusion, facts: Facts) -> list[Block]:
    """The section: how it was set up, lots, every act in time, what was given."""
    if not values.infusion:
        return []
    made: list[Block] = [Heading("Infusion", 2)]
    for one in values.infusion:
        made += _one(one, facts, several=len(values.infusion) > 1)
    return made


def whole_summary(one: InfusionGiven, facts: Facts) -> InfusionSummary:
    """The summary with the watching that is charted, as the note tells it."""
    order = order_of(one, facts)
    ended = summary_of(one, order, facts.now).ended
    return summary_of(one, order, facts.now, last_watched(facts, ended))


def title_of(order: OrderFact | None) -> str:
    """`immune globulin 10 % (Gammagard Liquid) 35 g, IV`."""
    if order is None:
        return "Infusion without an order"
    brand = f" ({order.brand})" if order.brand else ""
    return f"{order.drug}{brand} {amount(order.dose, order.dose_unit)}, {order.route}"


def _ordered_table(one: InfusionGiven, order: OrderFact | None, summary: InfusionSummary) -> Table:
    rows: list[tuple[Words, ...]] = [
        _dose_row(order, summary),
        (
            plain("volume"),
            plain(_ml(order.volume_ml) if order else ""),
            strong(amount(summary.given_ml, "mL") if summary.started else "not started"),
        ),
    ]
    fastest = max((step.ml_per_hour for step in order.steps), default=None) if order else None
    if summary.fastest is not None or fastest is not None:
        rows.append(
            (
                plain("fastest rate"),
                plain(amount(fastest, "mL/h") if fastest is not None else ""),
                strong(amount(summary.fastest, "mL/h") if summary.fastest is not None else "–"),
            )
        )
    rows.append((plain("running"), (), strong(show_minutes(summary.running_minutes))))
    if summary.held_minutes:
        rows.append((plain("held"), (), strong(show_minutes(summary.held_minutes))))
    rows += _end_rows(one, order, summary)
    columns = (Column("", 5), Column("ordered", 3, Side.RIGHT), Column("given", 4, Side.RIGHT))
    return Table(columns, tuple(rows))


def _dose_row(order: OrderFact | None, summary: InfusionSummary) -> tuple[Words, ...]:
    given = (
        amount(summary.dose_given, summary.dose_unit)
        if summary.dose_given is not None and summary.started
        else "–"
    )
    if order is None:
        return (plain("dose"), plain("no order"), strong(given))
    basis = dose_check(order).words.partition(" = ")[0] if order.dose_per_kg else ""
    beside = ", ".join(part for part in (order.brand, basis) if part)
    name: Words = (Span(order.drug),)
    if beside:
        name = (*name, Span(f"\n{beside}", Voice.QUIET))
    return (name, plain(amount(order.dose, order.dose_unit)), strong(given))


def _end_rows(
    one: InfusionGiven, order: OrderFact | None, summary: InfusionSummary
) -> list[tuple[Words, ...]]:
    rows: list[tuple[Words, ...]] = []
    if summary.of_interval:
        readings = [
            f"{event.reading_ml:f}"
            for event in (act.event for act in acts_of(one))
            if event.reading_ml is not None
        ]
        words = f"{' to '.join((readings[0], readings[-1]))}\u00a0mL" if readings else "–"
        rows.append((plain("pump shows, arrival to departure"), (), strong(words)))
    if summary.state is State.LEFT_RUNNING:
        rows.append((plain("at departure"), (), strong(f"running, {_rate(summary)}")))
    if summary.state in {State.RUNNING, State.HELD}:
        rows.append((plain("now"), (), strong(str(summary.state))))
    asked = order.observation_minutes if order else None
    if summary.watched_minutes is not None:
        rows.append(
            (
                plain("watched after the end"),
                plain(show_minutes(asked) if asked else ""),
                strong(show_minutes(summary.watched_minutes)),
            )
        )
    return rows


def _rate(summary: InfusionSummary) -> str:
    rates = [step.ml_per_hour for step in summary.curve if step.ml_per_hour > 0]
    return amount(rates[-1], "mL/h") if rates else ""


def _ml(value: object) -> str:
    return f"{value:,f}\u00a0mL" if value is not None else ""


def _lots_and_waste(one: InfusionGiven) -> str:
    said = [_lots_words(lots_of(one))]
    if one.wasted_ml is not None:
        said.append(
            f"Wasted {amount(one.wasted_ml, 'mL')}." if one.wasted_ml else "Nothing wasted."
        )
    if one.second_check == "solo":
        said.append("Read twice by the same nurse; no second checker.")
    elif one.second_check == "independent":
        by = f" by {one.second_checker}" if one.second_checker else ""
        said.append(f"Checked independently{by}.")
    if one.difference_reason:
        said.append(f"Given differs from ordered: {one.difference_reason.rstrip('.')}.")
    return " ".join(part for part in said if part)


def _lots_words(lots: tuple[ProductLot, ...]) -> str:
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


def _one(one: InfusionGiven, facts: Facts, *, several: bool) -> list[Block]:
    order = order_of(one, facts)
    made: list[Block] = []
    title = title_of(order)
    if several:
        made.append(Heading(title, 3))
    source = f", by {order.prescriber}, version {order.version}" if order else ""
    check = f": {dose_check(order).words}" if order and dose_check(order).words else ""
    made.append(Paragraph((*strong(title), Span(f"{source}{check}"))))
    around = _set_up(one, order, facts)
    if any(mark_words(lot.mark, facts) for lot in one.product_lot):
        around.append(_lots_table(one, facts))
    acts: list[Block] = [acts_table(one, facts)] if one.infusion_event else []
    if one.mark.struck is None:
        acts.append(Paragraph(quiet(_sums(whole_summary(one, facts)))))
    if _stands_beside(one):
        return [*made, SideBySide(tuple(acts), tuple(around), _ACTS_SHARE)]
    return [*made, *around, *acts]


def _stands_beside(one: InfusionGiven) -> bool:
    """Whether the acts are a column tall enough to stand beside what was set up."""
    many = len(one.infusion_event) >= _MANY_ACTS
    return many and all(event.reading_ml is None for event in one.infusion_event)


def _set_up(one: InfusionGiven, order: OrderFact | None, facts: Facts) -> list[Block]:
    rows = [
        Answer(INFUSION.leaf(name).label, words)
        for name, words in (
            ("order_id", _order_words(one, order, facts)),
            ("device_id", _line_words(one, facts)),
            ("dose_given", _dose_words(one, order, facts)),
        )
        if words
    ]
    if not any(mark_words(lot.mark, facts) for lot in one.product_lot):
        rows += [Answer("Product", words) for words in _products(one, facts)]
    made: list[Block] = []
    for block in answers(INFUSION, one, facts, skip=_OWN_WORDS, columns=3):
        if isinstance(block, Answers):
            rows += block.rows
        else:
            made.append(block)
    return [Answers(tuple(rows), 3), *made]


def _order_words(one: InfusionGiven, order: OrderFact | None, facts: Facts) -> Words:
    if one.order_id is None:
        return leaf_words(INFUSION.leaf("order_id"), one, facts)
    return plain("an order that is no longer listed") if order is None else ()


def _line_words(one: InfusionGiven, facts: Facts) -> Words:
    line = facts.line(one.device_id)
    if line is not None:
        return plain(line.label)
    if one.device_id is None:
        return leaf_words(INFUSION.leaf("device_id"), one, facts)
    return plain("a line that is no longer listed")


def _dose_words(one: InfusionGiven, order: OrderFact | None, facts: Facts) -> Words:
    if one.dose_given is None:
        return leaf_words(INFUSION.leaf("dose_given"), one, facts)
    unit = one.dose_given_unit or (order.dose_unit if order else "")
    unasked = leaf_words(INFUSION.leaf("dose_given_unit"), one, facts)
    lacking = () if one.dose_given_unit else unasked
    return (Span(amount(one.dose_given, unit)), *_after("; unit ", lacking))


def _lots_table(one: InfusionGiven, facts: Facts) -> Table:
    columns = (
        Column("Product", 5),
        Column("Lot", 3),
        Column("Expires", 3),
        Column("Amount", 2, Side.RIGHT),
    )
    return Table(columns, tuple(_lot_row(lot, facts) for lot in one.product_lot))


def _products(one: InfusionGiven, facts: Facts) -> list[Words]:
    """`Gammagard Liquid, expires 30 Jun 2028: lot LE12T204, 20 g; lot LE12T377, 10 g`."""
    alike: dict[Words, list[Words]] = {}
    for lot in one.product_lot:
        product, number, expiry, given = _lot_row(lot, facts)
        head = _listed((product, _after("expires ", expiry)), ", ")
        alike.setdefault(head, []).append(_listed((_after("lot ", number), given), ", "))
    return [_listed((head, _listed(lots, "; ")), ": ") for head, lots in alike.items()]


def _listed(parts: Iterable[Words], between: str) -> Words:
    words: list[Span] = []
    for part in parts:
        words += [Span(between), *part] if part and words else part
    return tuple(words)


def _lot_row(lot: ProductLot, facts: Facts) -> tuple[Words, ...]:
    voice = Voice.STRUCK if lot.mark.struck else Voice.PLAIN
    figure = amount(lot.amount, lot.amount_unit or "") if lot.amount is not None else ""
    unit = () if lot.amount_unit else leaf_words(PRODUCT_LOT.leaf("amount_unit"), lot, facts)
    beside = tuple(part for span in mark_words(lot.mark, facts) for part in (Span("; "), span))
    return (
        leaf_words(PRODUCT_LOT.leaf("product"), lot, facts),
        (*leaf_words(PRODUCT_LOT.leaf("lot"), lot, facts), *beside),
        leaf_words(PRODUCT_LOT.leaf("expiry"), lot, facts),
        (Span(figure, voice), *_after("; unit ", unit))
        if figure
        else leaf_words(PRODUCT_LOT.leaf("amount"), lot, facts),
    )


def _after(head: str, words: Words) -> Words:
    return (Span(head), *words) if words else ()


def acts_table(one: InfusionGiven, facts: Facts) -> Table:
    """Every act by time with its rate, what was given by then, and why; struck ones legible."""
    columns = (
        Column("Time", 2),
        Column("Act", 3),
        Column("Rate", 3, Side.RIGHT),
        Column("Given by then", 3, Side.RIGHT),
        Column("Pump shows", 3, Side.RIGHT),
        Column("Why", 6),
    )
    late = datetime.max.replace(tzinfo=facts.now.tzinfo)
    events = sorted(one.infusion_event, key=lambda event: (event.at or late, event.mark.row.at))
    return Table(columns, tuple(_act_row(one, event, facts) for event in events))


def _act_row(one: InfusionGiven, event: InfusionEvent, facts: Facts) -> tuple[Words, ...]:
    voice = Voice.STRUCK if event.mark.struck else Voice.PLAIN
    given: Words = ()
    if event.mark.struck is None and event.at is not None:
        earlier = [act for act in acts_of(one) if act.at <= event.at]
        so_far = volume_of(segments_of(earlier, event.at))
        given = plain(amount(as_decimal(so_far), "mL"))
    why = list(leaf_words(INFUSION_EVENT.leaf("why"), event, facts))
    for span in mark_words(event.mark, facts):
        why += [Span("; "), span] if why else [span]
    time = time_words(event.mark, facts)
    return (
        (Span(time, voice),) if time else leaf_words(INFUSION_EVENT.leaf("at"), event, facts),
        leaf_words(INFUSION_EVENT.leaf("kind"), event, facts),
        leaf_words(INFUSION_EVENT.leaf("rate"), event, facts),
        given,
        leaf_words(INFUSION_EVENT.leaf("reading_ml"), event, facts),
        tuple(why),
    )


def _sums(summary: InfusionSummary) -> str:
    if summary.started is None:
        return "Not started."
    said = [
        f"By rates and minutes {amount(summary.calculated_ml, 'mL')}",
        f"ran {show_minutes(summary.running_minutes)}",
        f"held {show_minutes(summary.held_minutes)}" if summary.held_minutes else "no hold",
    ]
    return f"{', '.join(said)}."
