"""What must add up when an infusion is over: bags, residual, sites, waste.

Source: clinical reference 7.6 (waste with a witness for controlled drugs), 8.13 (residual).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.findings import Level
from infusion_visits.core.units import NBSP
from infusion_visits.sections.infusion.acts import State
from infusion_visits.sections.infusion.bags import hung_ml, taken_down_ml
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.sections.infusion.found import infusion_finding
from infusion_visits.sections.infusion.ladder import as_decimal
from infusion_visits.sections.infusion.reconcile import expected_words, reconciled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.summary import InfusionSummary
    from infusion_visits.sections.infusion.values import InfusionGiven


def at_the_end(
    one: InfusionGiven, summary: InfusionSummary, order: OrderFact | None, facts: Facts
) -> Iterator[Finding]:
    """Stops for what does not add up and for waste without a witness."""
    yield from _bags(one, summary)
    if summary.state in {State.ENDED, State.LEFT_RUNNING}:
        yield from _residual(one, summary, facts)
    if summary.state is State.ENDED:
        yield from _sites(one, summary)
    if order is not None and order.therapy is not None and order.therapy.controlled:
        yield from _controlled(one, summary, order.therapy.name)


def _bags(one: InfusionGiven, summary: InfusionSummary) -> Iterator[Finding]:
    """What was hung, less what was taken down, is what was prepared."""
    hung = hung_ml(summary.bags) if len(summary.bags) > 1 else None
    if hung is None or one.prepared_ml is None or summary.of_interval:
        return
    through = hung - taken_down_ml(summary.bags)
    if abs(through - Fraction(one.prepared_ml)) > summary.tolerance * Fraction(one.prepared_ml):
        yield infusion_finding(
            one,
            "bags_differ",
            Level.STOP,
            f"The bags make {_ml(through)}, {amount(one.prepared_ml, 'mL')} were prepared: "
            "correct what is wrong.",
            field="prepared_ml",
            overridable=True,
        )


def _residual(one: InfusionGiven, summary: InfusionSummary, facts: Facts) -> Iterator[Finding]:
    """Beyond the tolerance a reason is asked, and page one says so."""
    percent = figures_for(facts).tolerance_percent(one)
    found = reconciled(one, summary, percent, facts.now)
    if found is None or found.within:
        return
    delivered = summary.pump_ml if summary.pump_ml is not None else summary.bags_ml
    words = (
        f"{_ml(Fraction(delivered or 0))} delivered, {expected_words(summary)}: "
        f"more than {percent.normalize():f}{NBSP}% apart"
    )
    if not one.difference_reason:
        yield infusion_finding(
            one,
            "residual_unexplained",
            Level.STOP,
            f"{words}. Say why.",
            field="difference_reason",
            at=summary.ended,
        )
    yield infusion_finding(
        one,
        "residual_differs",
        Level.ALERT,
        words,
        field="difference_reason",
        detail=f"{found.sentence[:1].upper()}{found.sentence[1:]}.",
        response=one.difference_reason or "",
        at=summary.ended,
    )


def _sites(one: InfusionGiven, summary: InfusionSummary) -> Iterator[Finding]:
    volumes = [site.volume_ml for site in one.infusion_site if site.mark.struck is None]
    known = [volume for volume in volumes if volume is not None]
    if not known or len(known) < len(volumes):
        return
    whole = sum((Fraction(volume) for volume in known), Fraction(0))
    if abs(whole - Fraction(summary.given_ml)) > summary.tolerance * Fraction(summary.given_ml):
        yield infusion_finding(
            one,
            "sites_differ",
            Level.STOP,
            f"The sites make {_ml(whole)}, {amount(summary.given_ml, 'mL')} were given.",
            field="prepared_ml",
            overridable=True,
        )


def _controlled(one: InfusionGiven, summary: InfusionSummary, name: str) -> Iterator[Finding]:
    """Every millilitre of a controlled drug is given, left or wasted before a witness."""
    if one.wasted_ml and not one.waste_witness:
        yield infusion_finding(
            one,
            "waste_unwitnessed",
            Level.STOP,
            f"{name} is a controlled drug: say who saw {amount(one.wasted_ml, 'mL')} wasted.",
            field="waste_witness",
        )
    hung = hung_ml(summary.bags)
    if hung is None or summary.state is not State.ENDED or one.returned:
        return
    left = summary.bags[-1].left_ml or Fraction(0)
    if left > 0 and not one.wasted_ml:
        yield infusion_finding(
            one,
            "residual_controlled",
            Level.STOP,
            f"{name} is a controlled drug: {_ml(left)} are left in the bag. Say what was wasted, "
            "with who saw it, or where it went.",
            field="wasted_ml",
        )
    gone = Fraction(summary.given_ml) + Fraction(one.wasted_ml or 0)
    kept_back = left if not one.wasted_ml else Fraction(0)
    missing = hung - gone - kept_back
    if missing > summary.tolerance * hung:
        yield infusion_finding(
            one,
            "unaccounted",
            Level.STOP,
            f"{name} is a controlled drug: {_ml(missing)} of {_ml(hung)} are neither given nor "
            "wasted nor returned.",
            field="wasted_ml",
            overridable=True,
        )


def _ml(value: Fraction | Decimal) -> str:
    return amount(as_decimal(Fraction(value)), "mL")
