"""What the infusions of a visit have to say, and what the rest of the program may ask of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.moments import show_minutes
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.infusion.acts import (
    Act,
    acts_of,
    ended_at,
    not_raised,
    rate_steps_of,
    same_rate,
)
from infusion_visits.sections.infusion.at_the_end import at_the_end
from infusion_visits.sections.infusion.differences import differences
from infusion_visits.sections.infusion.dose import NEAR, amount, dose_check
from infusion_visits.sections.infusion.fields import (
    BAG_CHANGE,
    FOUND,
    LEFT,
    RATE_KINDS,
    SECTION,
    START,
    STEP,
)
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.sections.infusion.found import act_finding, infusion_finding
from infusion_visits.sections.infusion.ladder import as_decimal
from infusion_visits.sections.infusion.ladder_text import EXAMPLE, ladder_or_none
from infusion_visits.sections.infusion.phases import phases_of
from infusion_visits.sections.infusion.progress import OnLadder, early, places_of
from infusion_visits.sections.infusion.pump_rules import pump_findings
from infusion_visits.sections.infusion.summary import (
    InfusionSummary,
    last_watched,
    order_of,
    summary_of,
)
from infusion_visits.sections.infusion.while_running import while_running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.values import Infusion, InfusionGiven, ProductLot

__all__ = [
    "InfusionSummary",
    "acts_of",
    "findings",
    "order_of",
    "phases_of",
    "rate_steps_of",
    "standing",
    "summary_of",
]

EARLY_ALLOWED = Fraction(2)
RATE_TOLERANCE = Fraction(1, 100)
LAST_SET_BEFORE_END = timedelta(minutes=5)


def standing(values: Infusion) -> tuple[InfusionGiven, ...]:
    """The infusions that were not struck out."""
    return tuple(one for one in values.infusion if one.mark.struck is None)


def lots_of(infusion: InfusionGiven) -> tuple[ProductLot, ...]:
    """The lots that were not struck out."""
    return tuple(lot for lot in infusion.product_lot if lot.mark.struck is None)


def findings(values: Infusion, facts: Facts) -> list[Finding]:
    """Acts out of order, rates above the order, lots, volumes, observation."""
    found: list[Finding] = []
    for one in standing(values):
        order = order_of(one, facts)
        acts = acts_of(one)
        figures = figures_for(facts)
        watched = last_watched(facts, ended_at(acts))
        summary = summary_of(one, order, facts.now, watched, figures)
        found += _out_of_order(acts, order)
        found += _readings(one, acts)
        found += _lots(one, summary)
        if order is not None:
            found += _dose(one, order, summary)
            found += _rates(one, acts, order)
            found += _watching(one, summary, order, facts)
        found += differences(one, summary, order, facts)
        found += at_the_end(one, summary, order, facts)
        found += while_running(one, summary, facts)
        found += pump_findings(one)
    return found


def _out_of_order(acts: Sequence[Act], order: OrderFact | None) -> list[Finding]:
    places = (None, *places_of(acts, order.steps if order else ()))
    found = []
    for act, before in zip(acts, places, strict=False):
        words = act.wrong or _lowered_by_a_step(act, before)
        if words:
            found.append(act_finding(act, "out_of_order", Level.STOP, words))
        if act.event.ladder and ladder_or_none(act.event.ladder) is None:
            words = f"The rates after it are not understood. Type such as {EXAMPLE}."
            found.append(act_finding(act, "ladder_not_read", Level.STOP, words))
    return found


def _lowered_by_a_step(act: Act, before: OnLadder | None) -> str:
    """A step to a lower rate is one of the order only where the ladder tapers off there."""
    if act.kind != STEP or act.rate >= act.before:
        return ""
    following = before.following if before else None
    if following is not None and same_rate(act.rate, following.ml_per_hour):
        return ""
    return not_raised(act.rate, act.before)


def _readings(one: InfusionGiven, acts: Sequence[Act]) -> list[Finding]:
    """A pump found or left running needs its reading, else given is not known for this visit."""
    return [
        Finding(
            code="infusion.reading_lacking",
            level=Level.STOP,
            words=(
                "Type what the pump shows as given when it was "
                f"{'found' if act.kind == FOUND else 'left'} running."
            ),
            section=SECTION,
            cell=Cell(SECTION, act.event.mark.row, "reading_ml"),
            at=act.at,
            subject=act.event.mark.row.path(),
        )
        for act in acts
        if act.kind in {FOUND, LEFT}
        and not act.wrong
        and act.event.reading_ml is None
        and act.event.remaining_ml is None
        and "reading_ml" not in act.event.mark.not_done
    ]


def _lots(one: InfusionGiven, summary: InfusionSummary) -> list[Finding]:
    """Each bag names its lot (reference 7.2); of one found running the lot may not be known."""
    brought = any(act.kind == FOUND for act in acts_of(one))
    if summary.started is None:
        return []
    lots = lots_of(one)
    if not lots and not brought:
        words = "An infusion was started; its lots are missing."
        return [infusion_finding(one, "no_lot", Level.STOP, words, field="prepared_ml")]
    named = {int(lot.bag) for lot in lots if lot.bag is not None}
    if not named:
        return []
    found = []
    for act, bag in zip(_bag_changes(one), summary.bags[1:], strict=False):
        if bag.number not in named:
            words = f"Bag {bag.number} has no lot."
            found.append(act_finding(act, "bag_without_lot", Level.STOP, words))
    return found


def _bag_changes(one: InfusionGiven) -> list[Act]:
    return [act for act in acts_of(one) if act.kind == BAG_CHANGE and not act.wrong]


def _dose(one: InfusionGiven, order: OrderFact, summary: InfusionSummary) -> list[Finding]:
    check = dose_check(order)
    found: list[Finding] = []
    if not check.agrees and check.off is not None:
        far = abs(check.off) > NEAR
        found.append(
            infusion_finding(
                one,
                "dose_differs_from_weight",
                Level.STOP if far else Level.ADVICE,
                f"{check.words}.",
                field="order_id",
                gate=Gate.SIGN if summary.started else Gate.START,
                overridable=True,
            )
        )
    same = [
        lot.amount
        for lot in lots_of(one)
        if lot.amount is not None and lot.amount_unit == order.dose_unit
    ]
    if same and len(same) == len(lots_of(one)) and sum(same) < order.dose:
        total = amount(sum(same, Decimal(0)), order.dose_unit)
        words = f"The lots make {total}; ordered are {amount(order.dose, order.dose_unit)}."
        found.append(infusion_finding(one, "lots_short", Level.ADVICE, words, field="prepared_ml"))
    return found


def _rates(one: InfusionGiven, acts: Sequence[Act], order: OrderFact) -> list[Finding]:
    if not order.steps:
        return []
    fastest = max(step.ml_per_hour for step in order.steps)
    places = (None, *places_of(acts, order.steps))
    found: list[Finding] = []
    for index, act in enumerate(acts):
        if act.kind not in RATE_KINDS or act.event.rate is None:
            continue
        if _above(act.rate, fastest):
            found += _too_fast(act, fastest)
        elif act.kind == START and _above(act.rate, order.steps[0].ml_per_hour):
            found.append(_started_too_high(act, order.steps[0].ml_per_hour))
        elif act.kind in {STEP, BAG_CHANGE} and act.rate > act.before and not act.wrong:
            found += _too_soon(act, places[index])
    return found


def _above(rate: Decimal, ordered: Decimal) -> bool:
    """Above the order by more than 1 %: a pump that takes whole mL/h rounds 142.9 to 143."""
    return Fraction(rate) > Fraction(ordered) * (1 + RATE_TOLERANCE)


def _started_too_high(act: Act, first: Decimal) -> Finding:
    return act_finding(
        act,
        "raised_too_soon",
        Level.ALERT,
        f"Rate {amount(act.rate, 'mL/h')} at the start",
        detail=f"The first ordered step is {amount(first, 'mL/h')}.",
        response=act.event.why or "",
    )


def _too_fast(act: Act, fastest: Decimal) -> list[Finding]:
    words = f"Rate {amount(act.rate, 'mL/h')}, above the order"
    detail = f"The fastest ordered rate is {amount(fastest, 'mL/h')}."
    return [
        act_finding(
            act,
            "rate_above_order",
            Level.ALERT,
            words,
            detail=detail,
            response=act.event.why or "",
        ),
        act_finding(
            act,
            "rate_above_order_stop",
            Level.STOP,
            f"{words} ({amount(fastest, 'mL/h')}).",
            gate=Gate.STEP,
            overridable=True,
        ),
    ]


def _too_soon(act: Act, place: OnLadder | None) -> list[Finding]:
    """`place` is where the act before it left the infusion."""
    if place is None:
        return []
    ahead = early(act, place)
    following = place.following
    said = []
    if ahead > EARLY_ALLOWED:
        said.append(f"{plain_number(as_decimal(ahead, 0))}{NBSP}min before it was due")
    if following is not None and _above(act.rate, following.ml_per_hour):
        said.append(f"the next ordered step is {amount(following.ml_per_hour, 'mL/h')}")
    if not said:
        return []
    words = f"Rate raised to {amount(act.rate, 'mL/h')}"
    return [
        act_finding(
            act,
            "raised_too_soon",
            Level.ALERT,
            words,
            detail=f"{', '.join(said)[0].upper()}{', '.join(said)[1:]}.",
            response=act.event.why or "",
        )
    ]


def _watching(
    one: InfusionGiven, summary: InfusionSummary, order: OrderFact, facts: Facts
) -> list[Finding]:
    """The nurse stayed as ordered, but the last charted signs say less. Leaving early has a stop of
    its own in the departure."""
    asked = order.observation_minutes
    if not asked or summary.ended is None or facts.departed is None:
        return []
    ordered = timedelta(minutes=asked)
    seen = last_watched(facts, summary.ended)
    if facts.departed - summary.ended < ordered or seen is None:
        return []
    if seen - summary.ended >= ordered - LAST_SET_BEFORE_END:
        return []
    minutes = summary.watched_minutes or 0
    return [
        infusion_finding(
            one,
            "watched_too_short",
            Level.ALERT,
            f"Last vital signs {show_minutes(minutes)} after the end, watching ordered for "
            f"{show_minutes(asked)}",
            field="difference_reason",
            response=one.difference_reason or "",
            at=seen,
        )
    ]
