"""In what the rates of an order differ from the catalogue's: too fast, too soon, out of range.

Source: clinical reference 1.2 and 1.6; 8.5 for the ladder walked beside the ladder.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import CannotBeWorkedOut
from infusion_visits.core.calculations.ordered_rates import rate_in
from infusion_visits.core.units import MILLILITRE, NBSP, half_up, with_unit
from infusion_visits.core.units import plain_number as figure
from infusion_visits.patients.course import course, infused_after
from infusion_visits.patients.order_dose import unit_factor
from infusion_visits.patients.order_options import CYCLE, PCA
from infusion_visits.patients.order_rates import concentration_of, steps_of, total_minutes
from infusion_visits.patients.therapy.choosing import (
    clipped,
    ladder_for,
    ladders_for,
    steps_in_ml_per_hour,
)
from infusion_visits.patients.therapy.filling import Chosen, wanted_of
from infusion_visits.patients.therapy.told import Difference, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import OrderStep
    from infusion_visits.patients.therapy.catalogue import Therapy
    from infusion_visits.patients.therapy.dosing import Dosing, Product
    from infusion_visits.patients.therapy.ladders import Ladder
    from infusion_visits.patients.therapy.library import Library
    from infusion_visits.patients.values import TherapyOrder

_SLACK_ML = Decimal("0.5")


def rate_differences(
    order: TherapyOrder, found: Library, therapy: Therapy, *, first: bool
) -> Iterator[Difference]:
    """Everything that is to be said of rate, time and ladder."""
    product = found.product(order.product) or _by_brand(order, found, therapy)
    chosen = Chosen(therapy.key, product.key if product else "", order.ladder or "")
    ladder = _meant(order, found, chosen, first=first)
    dosing = found.dosing_of(therapy.key)
    if product is not None:
        yield from _product_rates(order, product)
        yield from _sites(order, product, first=first)
    if dosing is not None:
        yield from _least_time(order, dosing)
    if ladder is not None:
        yield from _ladder_terms(ladder, first=first)
        if ladder.shape == "range":
            yield from _range(order, ladder)
        elif ladder.shape == "push":
            yield from _push(order, ladder)
        elif ladder.shape == "cycle":
            yield from _cycle(order, ladder)
        elif ladder.shape == "pca":
            yield from _pca(order, ladder)
        elif ladder.shape in {"steps", "over"}:
            yield from _faster(order, clipped(ladder, product, order.indication or ""))


def _by_brand(order: TherapyOrder, found: Library, therapy: Therapy) -> Product | None:
    """The product that the order's brand names."""
    brand = (order.brand or "").casefold()
    products = found.products_of(therapy.key)
    return next((one for one in products if brand and one.name.casefold() in brand), None)


def _meant(order: TherapyOrder, found: Library, chosen: Chosen, *, first: bool) -> Ladder | None:
    """The ladder to compare with: that which was chosen, else the one that fits best."""
    own = found.ladders.get(order.ladder or "")
    wanted = wanted_of(order, chosen, first=first)
    if own is not None and own.therapy == chosen.therapy:
        return own
    taken = ladder_for(found, wanted)
    if taken is not None:
        return taken
    fitting = ladders_for(found, wanted)
    return fitting[0] if fitting else None


def _ladder_terms(ladder: Ladder, *, first: bool) -> Iterator[Difference]:
    """What a ladder asks for first, and that it is not for a first dose."""
    confirm = ladder.mark == "unsure"
    if first and ladder.when == "later":
        words = f"Ladder {ladder.title} at a first dose."
        yield Difference("rate_step", Weight.MAJOR, words, "for later doses only", confirm)
    elif ladder.only_after:
        words = f"Ladder {ladder.title}."
        yield Difference(
            "rate_step", Weight.MINOR, words, f"only after {ladder.only_after}", confirm
        )


def _product_rates(order: TherapyOrder, product: Product) -> Iterator[Difference]:
    """Rates above the product's first or highest rate, in the product's unit."""
    steps = steps_of(order)
    if not steps or not product.rate_unit:
        return
    told = [_told_in(step.ml_per_hour, product.rate_unit, order) for step in steps]
    rates = [one for one in told if one is not None]
    most = product.most_for(order.indication or "")
    if len(rates) != len(steps) or most is None:
        return
    # A pump takes tenths of a mL/h: what rounding adds is no difference.
    give = Fraction(1, 100)
    confirm = product.mark == "unsure"
    if max(rates) > Fraction(most) * (1 + give):
        words = f"Highest rate {_shown(max(rates), product.rate_unit)}."
        usual = f"{product.name} at most {with_unit(most, product.rate_unit)}"
        yield Difference("rate_step", Weight.MAJOR, words, usual, confirm)
    if product.first_rate is not None and rates[0] > Fraction(product.first_rate) * (1 + give):
        words = f"First rate {_shown(rates[0], product.rate_unit)}."
        usual = f"{product.name} begins with {with_unit(product.first_rate, product.rate_unit)}"
        yield Difference("rate_step", Weight.MINOR, words, usual, confirm)


def _told_in(ml_per_hour: Decimal, unit: str, order: TherapyOrder) -> Fraction | None:
    try:
        return rate_in(ml_per_hour, unit, order.dosing_weight_kg, concentration_of(order))
    except CannotBeWorkedOut:
        return None


def _shown(rate: Fraction, unit: str) -> str:
    return with_unit(Decimal(rate.numerator) / Decimal(rate.denominator), unit, 2)


def _sites(order: TherapyOrder, product: Product, *, first: bool) -> Iterator[Difference]:
    """What goes into one subcut site: volume, rate, and how many sites there are."""
    limit = product.site_for(order.indication or "", first=first)
    sites = order.subcut_sites
    if product.most_sites is not None and sites is not None and sites > product.most_sites:
        usual = f"{product.name} at most {product.most_sites}{NBSP}sites at once"
        yield Difference("subcut_sites", Weight.MINOR, f"{sites:f}{NBSP}sites.", usual)
    if limit is None or not sites:
        return
    if limit.ml is not None and order.volume_ml is not None and order.volume_ml / sites > limit.ml:
        words = f"{with_unit(half_up(order.volume_ml / sites, 1), MILLILITRE)} a site."
        usual = f"{product.name} at most {with_unit(limit.ml, MILLILITRE)} a site"
        yield Difference("subcut_sites", Weight.MAJOR, words, usual)
    steps = steps_of(order)
    fastest = max((step.ml_per_hour for step in steps), default=Decimal(0)) / sites
    if fastest > limit.ml_per_hour:
        words = f"{with_unit(half_up(fastest, 1), 'mL/h')} a site."
        usual = f"{product.name} at most {with_unit(limit.ml_per_hour, 'mL/h')} a site"
        yield Difference("rate_step", Weight.MAJOR, words, usual)


def _least_time(order: TherapyOrder, dosing: Dosing) -> Iterator[Difference]:
    if order.delivery == "push":
        return
    taken = total_minutes(order)
    least = dosing.least_minutes
    if taken is not None and least is not None and half_up(taken, 1) < least:
        words = f"Runs {_minutes(taken)}."
        yield Difference("over_minutes", Weight.MAJOR, words, f"at least {_minutes(least)}")
    most = dosing.most_mg_per_minute
    factor = unit_factor(order.dose_unit or "", "mg")
    if most is None or taken is None or not taken or order.dose is None or factor is None:
        return
    rate = order.dose * factor / taken
    if rate > most * Decimal("1.01"):
        words = f"{with_unit(half_up(rate, 1), 'mg/min')}."
        yield Difference(
            "over_minutes", Weight.MAJOR, words, f"at most {with_unit(most, 'mg/min')}"
        )


def _minutes(minutes: Decimal) -> str:
    return with_unit(minutes, "min", 1)


def _range(order: TherapyOrder, ladder: Ladder) -> Iterator[Difference]:
    steps = steps_of(order)
    told = [_told_in(step.ml_per_hour, ladder.unit, order) for step in steps]
    rates = [one for one in told if one is not None]
    if not rates:
        return
    low, high = ladder.limits.rate_low, ladder.limits.rate_high
    usual = _range_words(low, high, ladder.unit)
    give = Fraction(5, 100) if ladder.unit != "mL/h" else Fraction(0)
    if high is not None and max(rates) > Fraction(high) * (1 + give):
        words = f"Rate {_shown(max(rates), ladder.unit)}."
        yield Difference("rate_step", Weight.MAJOR, words, usual)
    elif low is not None and min(rates) < Fraction(low) * (1 - give):
        words = f"Rate {_shown(min(rates), ladder.unit)}."
        yield Difference("rate_step", Weight.MINOR, words, usual)


def _range_words(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    if low is not None and high is not None:
        return f"{figure(low)} to {with_unit(high, unit)}"
    if high is not None:
        return f"at most {with_unit(high, unit)}"
    return f"at least {with_unit(low or Decimal(0), unit)}"


def _push(order: TherapyOrder, ladder: Ladder) -> Iterator[Difference]:
    if order.delivery != "push" or order.over_minutes is None or ladder.over_minutes is None:
        return
    longest = ladder.limits.longest_minutes
    usual = f"over {_minutes(ladder.over_minutes)}"
    if longest is not None:
        usual = f"over {figure(ladder.over_minutes)} to {_minutes(longest)}"
    if order.over_minutes < ladder.over_minutes:
        words = f"Pushed over {_minutes(order.over_minutes)}."
        yield Difference("over_minutes", Weight.MAJOR, words, usual)
    most = ladder.limits.max_ml_per_minute
    if most is not None and order.volume_ml is not None:
        rate = order.volume_ml / order.over_minutes
        if rate > most:
            words = f"{with_unit(half_up(rate, 1), 'mL/min')}."
            yield Difference(
                "over_minutes", Weight.MAJOR, words, f"at most {with_unit(most, 'mL/min')}"
            )


def _cycle(order: TherapyOrder, ladder: Ladder) -> Iterator[Difference]:
    if order.delivery != CYCLE or order.cycle_hours is None:
        return
    least, longest = ladder.limits.least_hours, ladder.limits.longest_hours
    usual = f"{figure(least or Decimal(0))} to {with_unit(longest or Decimal(24), 'h')}"
    if least is not None and order.cycle_hours < least:
        words = f"Cycle {with_unit(order.cycle_hours, 'h')}."
        yield Difference("cycle_hours", Weight.MAJOR, words, usual)
    if longest is not None and order.cycle_hours > longest:
        words = f"Cycle {with_unit(order.cycle_hours, 'h')}."
        yield Difference("cycle_hours", Weight.MINOR, words, usual)
    if not order.ramp_down_hours:
        usual = f"{with_unit(ladder.ramp_down_hours or Decimal(1), 'h')} at half the rate"
        yield Difference("ramp_down_hours", Weight.MINOR, "No ramp down.", usual)


def _pca(order: TherapyOrder, ladder: Ladder) -> Iterator[Difference]:
    if order.delivery != PCA:
        return
    limits = ladder.limits
    factor = unit_factor(order.dose_unit or "", "mg")
    if order.demand_dose is not None and factor is not None and limits.demand_high is not None:
        demand = order.demand_dose * factor
        usual = _range_words(limits.demand_low, limits.demand_high, "mg")
        words = f"Demand dose {with_unit(order.demand_dose, order.dose_unit or '')}."
        if demand > limits.demand_high:
            yield Difference("demand_dose", Weight.MAJOR, words, usual)
        elif limits.demand_low is not None and demand < limits.demand_low:
            yield Difference("demand_dose", Weight.MINOR, words, usual)
    lockout, least = order.lockout_minutes, limits.lockout_low
    if lockout is not None and least is not None and lockout < least:
        usual = f"at least {_minutes(least)}"
        yield Difference("lockout_minutes", Weight.MAJOR, f"Lockout {_minutes(lockout)}.", usual)
    if order.basal_per_hour:
        words = f"Basal rate {with_unit(order.basal_per_hour, f'{order.dose_unit}/h')}."
        yield Difference("basal_per_hour", Weight.MAJOR, words, "only in opioid tolerance")


def _faster(order: TherapyOrder, ladder: Ladder) -> Iterator[Difference]:
    """The first moment at which the order has brought in more than the catalogue's ladder."""
    ours = steps_of(order)
    usual = steps_in_ml_per_hour(
        ladder, order.volume_ml, order.dosing_weight_kg, concentration_of(order)
    )
    if not ours or not usual or order.volume_ml is None:
        return
    moment = _first_ahead(ours, usual, order.volume_ml)
    if moment is None:
        return
    volume = order.volume_ml
    words = f"Faster than {ladder.title}: {_at(ours, moment, volume)} after {_minutes(moment)}."
    confirm = ladder.mark == "unsure"
    yield Difference("rate_step", Weight.MAJOR, words, _at(usual, moment, volume), confirm)


def _first_ahead(
    ours: tuple[OrderStep, ...], usual: tuple[OrderStep, ...], volume_ml: Decimal
) -> Decimal | None:
    moments: set[Decimal] = set()
    for steps in (ours, usual):
        gone = Decimal(0)
        for step in steps:
            if step.minutes is not None:
                gone += step.minutes
                moments.add(gone)
        moments.add(course(steps, volume_ml).minutes)
    for moment in sorted(moments):
        mine = min(infused_after(ours, moment), volume_ml)
        theirs = min(infused_after(usual, moment), volume_ml)
        if mine > theirs + max(_SLACK_ML, theirs / 100):
            return moment
    return None


def _at(steps: tuple[OrderStep, ...], minutes: Decimal, volume_ml: Decimal) -> str:
    return with_unit(half_up(min(infused_after(steps, minutes), volume_ml), 1), MILLILITRE)
