"""After a reaction at an earlier visit: no faster than half of the rate at which it happened.

Source: clinical reference 1.1 (prior reaction: at most 50 % of that rate, per order); the share is
the one in force for a restart. An order written since then says so itself.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_day
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.fields import BAG_CHANGE, FOUND, RESUME, START, STEP
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.sections.infusion.progress import began_at
from infusion_visits.sections.infusion.rules import order_of, standing
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits.pump_at_reaction import restart_rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import EarlierReaction, Facts, OrderFact
    from infusion_visits.sections.infusion.values import InfusionGiven
    from infusion_visits.visits.record import VisitRecord

_RAISED = {START: "Started at", STEP: "Raised to", RESUME: "Resumed at", BAG_CHANGE: "Raised to"}


def earlier_reaction(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """Advice with the figure before the start; an alert for the first rate above it."""
    given = standing(record.of(Infusion))
    if not given and facts.order is not None:
        yield from _before_start(None, facts.order, facts)
    for one in given:
        order = order_of(one, facts)
        if order is None:
            continue
        if began_at(acts_of(one)) is None:
            yield from _before_start(one, order, facts)
        else:
            yield from _given(one, order, record, facts)


def reaction_to(order: OrderFact, facts: Facts) -> EarlierReaction | None:
    """The last earlier reaction to what is ordered; one without a drug counts for each."""
    names = [order.drug.split()[0], order.brand]
    if order.therapy is not None:
        names.append(order.therapy.name.split()[0])
    wanted = [name.casefold() for name in names if name]
    for one in facts.reactions_before:
        said = one.drug.casefold()
        if not said or any(name in said for name in wanted):
            return one
    return None


def most_of(reaction: EarlierReaction, facts: Facts) -> Decimal:
    """The fastest rate in mL/h that it leaves, rounded down as pumps take it."""
    share = figures_for(facts).restart_share
    part = Decimal(share.numerator) / share.denominator
    return restart_rate(reaction.ml_per_hour, part) or reaction.ml_per_hour


def _before_start(one: InfusionGiven | None, order: OrderFact, facts: Facts) -> Iterator[Finding]:
    reaction = reaction_to(order, facts)
    if reaction is None:
        return
    most = most_of(reaction, facts)
    first = order.steps[0].ml_per_hour if order.steps else None
    too_fast = first is not None and first > most
    ordered = f" The order begins at {amount(first, 'mL/h')}." if first and too_fast else ""
    row = one.mark.row if one else Row("infusion")
    yield Finding(
        code="start.earlier-reaction",
        level=Level.ADVICE,
        words=f"{_told(reaction, facts)}: start at {amount(most, 'mL/h')} at most.{ordered}",
        section="infusion",
        cell=Cell("infusion", row, "order_id"),
        detail="Per agency protocol / prescriber's order.",
        subject=row.path(),
    )


def _given(
    one: InfusionGiven, order: OrderFact, record: VisitRecord, facts: Facts
) -> Iterator[Finding]:
    reaction = reaction_to(order, facts)
    if reaction is None or _ordered_since(order, reaction, record):
        return
    most = most_of(reaction, facts)
    for act in acts_of(one):
        if act.kind == FOUND or act.wrong or act.kind not in _RAISED or act.rate <= most:
            continue
        yield Finding(
            code="infusion.above-earlier-reaction",
            level=Level.ALERT,
            words=f"{_RAISED[act.kind]} {amount(act.rate, 'mL/h')} after an earlier reaction",
            section="infusion",
            cell=Cell("infusion", act.event.mark.row, "rate"),
            detail=f"{_told(reaction, facts)}: at most {amount(most, 'mL/h')} "
            "without an order that says so.",
            response=act.event.why or "",
            at=act.at,
            subject=one.mark.row.path(),
        )
        return


def _told(reaction: EarlierReaction, facts: Facts) -> str:
    day = show_day(local_day(reaction.at, facts.zone))
    return f"{reaction.words}, {day}, at {amount(reaction.ml_per_hour, 'mL/h')}"


def _ordered_since(order: OrderFact, reaction: EarlierReaction, record: VisitRecord) -> bool:
    """Whether the order came into use after the reaction: then its rates are the prescriber's."""
    written = record.patient.order(order.order)
    return written is not None and written.used_at is not None and written.used_at > reaction.at
