"""The infusion in the note: ordered beside given for page one; set-up, lots and acts after it."""

from __future__ import annotations

from fractions import Fraction
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
from infusion_visits.core.charted import answers, leaf_words
from infusion_visits.core.moments import show_minutes, show_time
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.infusion.acts import State, acts_of, ended_at
from infusion_visits.sections.infusion.dose import amount, dose_check, dose_in
from infusion_visits.sections.infusion.dose_rate import delivers_words
from infusion_visits.sections.infusion.fields import INDEPENDENT, INFUSION, PUSH, REMOTE, SOLO
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.sections.infusion.ladder import as_decimal, shown_end
from infusion_visits.sections.infusion.note_acts import acts_table
from infusion_visits.sections.infusion.note_products import (
    has_marks,
    lots_table,
    lots_words,
    products,
)
from infusion_visits.sections.infusion.note_pump import pump_blocks
from infusion_visits.sections.infusion.reconcile import reconciled
from infusion_visits.sections.infusion.rules import lots_of, standing
from infusion_visits.sections.infusion.summary import (
    InfusionSummary,
    last_watched,
    order_of,
    summary_of,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.values import Infusion, InfusionGiven

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
        blocks.append(_ordered_table(one, order, summary, facts))
        blocks.append(Paragraph(quiet(_lots_and_waste(one, order))))
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
    order, figures = order_of(one, facts), figures_for(facts)
    watched = last_watched(facts, ended_at(acts_of(one)))
    return summary_of(one, order, facts.now, watched, figures)


def title_of(order: OrderFact | None) -> str:
    """`immune globulin 10 % (Gammagard Liquid) 35 g, IV`."""
    if order is None:
        return "Infusion without an order"
    brand = f" ({order.brand})" if order.brand else ""
    return f"{order.drug}{brand} {amount(order.dose, order.dose_unit)}, {order.route}"


def _ordered_table(
    one: InfusionGiven, order: OrderFact | None, summary: InfusionSummary, facts: Facts
) -> Table:
    rows: list[tuple[Words, ...]] = [
        _dose_row(order, summary),
        (
            plain("volume"),
            plain(_ml(order.volume_ml) if order else ""),
            strong(amount(summary.given_ml, "mL") if summary.started else "not started"),
        ),
    ]
    fastest = max((step.ml_per_hour for step in order.steps), default=None) if order else None
    by_hand = one.method == PUSH and not summary.fastest
    if not by_hand and (summary.fastest is not None or fastest is not None):
        rows.append(
            (
                plain("fastest rate"),
                plain(amount(fastest, "mL/h") if fastest is not None else ""),
                strong(amount(summary.fastest, "mL/h") if summary.fastest is not None else "–"),
            )
        )
    rows.append((plain("running"), (), strong(show_minutes(summary.running_minutes))))
    planned = summary.timetable.first_end
    if planned is not None and summary.ended is not None and not summary.of_interval:
        rows.append(
            (
                plain("end, as first planned"),
                plain(show_time(shown_end(planned), facts.zone)),
                strong(show_time(summary.ended, facts.zone)),
            )
        )
    if summary.held_minutes:
        rows.append((plain("held"), (), strong(show_minutes(summary.held_minutes))))
    rows += _end_rows(one, order, summary)
    # A part of a day, a cycle or 46 hours must not read as a dose that was not given.
    given = "given at this visit" if summary.of_interval else "given"
    columns = (Column("", 5), Column("ordered", 3, Side.RIGHT), Column(given, 4, Side.RIGHT))
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


def _counts_row(one: InfusionGiven) -> list[tuple[Words, ...]]:
    """How often the patient asked the pump, and got a dose, up to this visit."""
    standing = [row for row in one.pump_reading if row.mark.struck is None and row.at is not None]
    first = min(standing, key=lambda row: (row.at, row.mark.row.at), default=None)
    if first is None or first.demands is None or first.delivered is None:
        return []
    counts = f"{plain_number(first.demands)}, {plain_number(first.delivered)}"
    return [(plain("demands, delivered, as found"), (), strong(counts))]


def _end_rows(
    one: InfusionGiven, order: OrderFact | None, summary: InfusionSummary
) -> list[tuple[Words, ...]]:
    rows: list[tuple[Words, ...]] = []
    if summary.of_interval:
        readings = [
            event.reading_ml
            for event in (act.event for act in acts_of(one))
            if event.reading_ml is not None
        ]
        if len(readings) > 1:
            anew = ", new bag " if readings[-1] < readings[0] else " to "
            words = f"{plain_number(readings[0])}{anew}{amount(readings[-1], 'mL')}"
            rows.append((plain("pump shows, arrival to departure"), (), strong(words)))
        elif readings:
            rows.append((plain("pump shows"), (), strong(amount(readings[0], "mL"))))
        rows += _counts_row(one)
        left = next((act.event.remaining_ml for act in reversed(acts_of(one))), None)
        if left is not None:
            rows.append((plain("left in bag or reservoir"), (), strong(amount(left, "mL"))))
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


def _lots_and_waste(one: InfusionGiven, order: OrderFact | None) -> str:
    said = [lots_words(lots_of(one)), _waste(one, order)]
    if one.second_check == SOLO:
        said.append("Read twice by the same nurse; no second checker.")
    elif one.second_check in {INDEPENDENT, REMOTE}:
        by = f" by {one.second_checker}" if one.second_checker else ""
        far = " with the pharmacy, remote" if one.second_check == REMOTE else ""
        said.append(f"Checked independently{far}{by}.")
    if one.difference_reason:
        said.append(f"Given differs from ordered: {one.difference_reason.rstrip('.')}.")
    return " ".join(part for part in said if part)


def _waste(one: InfusionGiven, order: OrderFact | None) -> str:
    """`Wasted 30 mL (30 mg), seen by R. Ames, RN.`"""
    if one.wasted_ml is None:
        return ""
    if not one.wasted_ml:
        return "Nothing wasted."
    dose = ""
    basis = one.prepared_ml or (order.volume_ml if order else None)
    if order is not None and basis:
        wasted = dose_in(Fraction(one.wasted_ml), basis, order)
        dose = f" ({amount(wasted, order.dose_unit)})"
    seen = f", seen by {one.waste_witness}" if one.waste_witness else ""
    return f"Wasted {amount(one.wasted_ml, 'mL')}{dose}{seen}."


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
    if has_marks(one, facts):
        around.append(lots_table(one, facts))
    summary = whole_summary(one, facts)
    acts: list[Block] = [acts_table(one, facts, summary)] if one.infusion_event else []
    if one.mark.struck is None:
        acts.append(Paragraph(quiet(" ".join(_sums(one, order, summary, facts)))))
    around += pump_blocks(one, facts)
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
    if not has_marks(one, facts):
        rows += [Answer("Product", words) for words in products(one, facts)]
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


def _after(head: str, words: Words) -> Words:
    return (Span(head), *words) if words else ()


def _sums(
    one: InfusionGiven, order: OrderFact | None, summary: InfusionSummary, facts: Facts
) -> list[str]:
    """What rates and minutes come to, with bags and pump beside it, and the dose they deliver."""
    if summary.started is None:
        return ["Not started."]
    said = [
        f"By rates and minutes {amount(summary.calculated_ml, 'mL')}",
        f"ran {show_minutes(summary.running_minutes)}",
        f"held {show_minutes(summary.held_minutes)}" if summary.held_minutes else "no hold",
    ]
    if summary.flushed_ml:
        said.append(f"flushed with {amount(summary.flushed_ml, 'mL')}, not counted as drug")
    lines = [f"{', '.join(said)}."]
    if len(summary.bags) > 1:
        lines.append(_bag_words(summary))
    percent = figures_for(facts).tolerance_percent(one)
    checked = reconciled(one, summary, percent, facts.now)
    if checked is not None and summary.state in {State.ENDED, State.LEFT_RUNNING}:
        side = "within" if checked.within else "beyond"
        lines.append(f"{_upper(checked.sentence)}, {side} {percent.normalize():f}{NBSP}%.")
    rate = max((step.ml_per_hour for step in summary.curve), default=None)
    delivers = delivers_words(order, rate) if rate is not None else ""
    return [*lines, f"{delivers}."] if delivers else lines


def _bag_words(summary: InfusionSummary) -> str:
    """`Bag 1: 150 mL hung, 138.5 mL by its rates; bag 2: 100 mL hung, 20 mL left.`"""
    told = []
    for bag in summary.bags:
        parts = [f"{amount(as_decimal(bag.hung_ml), 'mL')} hung"] if bag.hung_ml else []
        parts.append(f"{amount(as_decimal(bag.by_rates_ml), 'mL')} by its rates")
        if bag.left_ml is not None:
            parts.append(f"{amount(as_decimal(bag.left_ml), 'mL')} left")
        told.append(f"bag {bag.number}: {', '.join(parts)}")
    return f"{_upper('; '.join(told))}."


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
