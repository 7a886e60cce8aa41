"""In what an order differs from the catalogue: always shown, never corrected. Pure.

Each difference names the order's figure and the catalogue's beside it. The prescriber's order and
the agency's protocol win; sources stand with the catalogue's entries.
Source: clinical reference 1.1 to 1.3, 1.6 and 1.7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.units import MILLILITRE, with_unit
from infusion_visits.core.units import plain_number as figure
from infusion_visits.patients.facts import LineFact
from infusion_visits.patients.order_dose import unit_factor
from infusion_visits.patients.order_options import FLAT, PER_KG, PER_M2
from infusion_visits.patients.order_rates import concentration_of
from infusion_visits.patients.order_words import bound
from infusion_visits.patients.rules import standing
from infusion_visits.patients.therapy.filling import Chosen, dose_rows
from infusion_visits.patients.therapy.first_dose import (
    DoseCount,
    DoseHistory,
    count_dose,
    needs_controlled_setting,
    observation_minutes,
)
from infusion_visits.patients.therapy.lines import access_differences
from infusion_visits.patients.therapy.rate_differences import rate_differences
from infusion_visits.patients.therapy.told import Difference, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.therapy.catalogue import Therapy
    from infusion_visits.patients.therapy.dosing import DoseRow, Dosing
    from infusion_visits.patients.therapy.library import Library
    from infusion_visits.patients.values import TherapyOrder

PER_PROTOCOL = "Per agency protocol / prescriber's order."
NOT_IN_CATALOGUE = "Not in the catalogue: nothing is compared."
_BASIS = {FLAT: "", PER_KG: "/kg", PER_M2: "/m²"}


@dataclass(frozen=True, slots=True)
class OrderContext:
    """What is known around an order while it is written. `today` is the day at the home.

    `lines` None: not looked at (nothing is said of access); empty: no line in place.
    """

    today: date
    history: DoseHistory = field(default_factory=DoseHistory)
    lines: tuple[LineFact, ...] | None = None
    allergies: tuple[str, ...] = ()


def dose_count(order: TherapyOrder, therapy: Therapy, context: OrderContext) -> DoseCount:
    """How the next dose of this order counts."""
    history = DoseHistory(
        context.history.count,
        context.history.last_day,
        context.history.last_brand,
        order.last_dose_day,
    )
    return count_dose(therapy.fact, history, order.brand or "", context.today)


def counts_as_first(order: TherapyOrder, count: DoseCount) -> bool:
    """The order's own answer, else what the earlier doses say."""
    return count.is_first if order.first_dose is None else order.first_dose


def differences(
    order: TherapyOrder, found: Library, context: OrderContext
) -> tuple[Difference, ...]:
    """All differences, those that weigh more first; empty for an order not from the catalogue."""
    therapy = found.therapy(order.therapy)
    if therapy is None:
        return ()
    count = dose_count(order, therapy, context)
    dosing = found.dosing_of(therapy.key)
    said = [
        *_drug(order, therapy),
        *_first_dose(order, therapy, count, context, found),
        *rate_differences(order, found, therapy, first=counts_as_first(order, count)),
        *_observation(order, therapy, count),
        *_premedications(order, therapy, first=counts_as_first(order, count)),
        *_filter(order, therapy),
        *access_differences(order, found, therapy, context.lines),
    ]
    if dosing is not None:
        said = [*_dose(order, dosing), *_preparation(order, dosing), *said]
    return tuple(sorted(said, key=lambda one: one.weight is Weight.MINOR))


def _drug(order: TherapyOrder, therapy: Therapy) -> Iterator[Difference]:
    drug = (order.drug or "").casefold()
    if drug and therapy.generic.casefold() not in drug and therapy.fact.name.casefold() not in drug:
        yield Difference("drug", Weight.MAJOR, f"The order says {order.drug}.", therapy.fact.name)


def _dose(order: TherapyOrder, dosing: Dosing) -> Iterator[Difference]:
    rows = dose_rows(dosing, order)
    if not rows or order.dose is None or order.dose_unit is None:
        return
    told = [_dose_difference(order, row) for row in rows]
    if None not in told:
        worst = told[0]
        if worst is not None:
            usual = "; ".join(dict.fromkeys(range_words(row) for row in rows))
            yield Difference("dose", worst.weight, worst.words, usual)


def _dose_difference(order: TherapyOrder, row: DoseRow) -> Difference | None:
    """None where the order's dose lies in the row's range."""
    if order.dose is None or order.dose_unit is None:
        return None
    factor = unit_factor(order.dose_unit, row.unit)
    if factor is None:
        words = f"The dose is ordered in {order.dose_unit}."
        return Difference("dose_unit", Weight.MAJOR, words, row.unit)
    dose = order.dose * factor
    if row.most is not None and dose > row.most:
        words = f"Dose {with_unit(order.dose, order.dose_unit)}."
        return Difference("dose", Weight.MAJOR, words, f"at most {with_unit(row.most, row.unit)}")
    on_basis = _on_basis(order, row, dose)
    if on_basis is None:
        return None
    # A dose rounded to whole vials stays within what may be rounded (reference 8.7).
    tolerance = Decimal("0.1") if row.basis != FLAT else Decimal(0)
    if row.low * (1 - tolerance) <= on_basis <= row.high * (1 + tolerance):
        return None
    unit = f"{row.unit}{_BASIS[row.basis]}"
    words = f"Dose {with_unit(on_basis, unit, 2)}."
    return Difference("dose", Weight.MAJOR, words, range_words(row))


def _on_basis(order: TherapyOrder, row: DoseRow, dose: Decimal) -> Decimal | None:
    if row.basis == FLAT:
        return dose
    if row.basis == PER_KG:
        return dose / order.dosing_weight_kg if order.dosing_weight_kg else None
    if order.dose_per_m2 is None or order.dose_unit is None:
        return None
    factor = unit_factor(order.dose_unit, row.unit)
    return None if factor is None else order.dose_per_m2 * factor


def range_words(row: DoseRow) -> str:
    """`rheumatoid arthritis: 3 to 10 mg/kg, weeks 0, 2 and 6, then every 8 weeks`."""
    unit = f"{row.unit}{_BASIS[row.basis]}"
    high = with_unit(row.high, unit)
    said = high if row.low == row.high else f"{figure(row.low)} to {high}"
    most = f", at most {with_unit(row.most, row.unit)}" if row.most is not None else ""
    whom = f"{' or '.join(row.indications)}: " if row.indications else ""
    return f"{whom}{said}{most}, {bound(row.words)}"


def _preparation(order: TherapyOrder, dosing: Dosing) -> Iterator[Difference]:
    if order.route and order.route not in dosing.routes:
        usual = " or ".join(dosing.routes)
        yield Difference("route", Weight.MAJOR, f"Route {order.route}.", usual)
    if order.delivery and order.delivery not in dosing.deliveries:
        words = f"Delivery: {order.delivery}."
        yield Difference("delivery", Weight.MINOR, words, " or ".join(dosing.deliveries))
    yield from _diluent(order, dosing)
    yield from _concentration(order, dosing)
    most = dosing.most_volume_ml
    if most is not None and order.volume_ml is not None and order.volume_ml > most:
        words = f"Volume {with_unit(order.volume_ml, MILLILITRE)}."
        yield Difference("volume_ml", Weight.MAJOR, words, f"at most {with_unit(most, MILLILITRE)}")
    least = dosing.flush_after_ml
    if least is not None and (order.flush_after_ml is None or order.flush_after_ml < least):
        given = order.flush_after_ml
        words = "No flush after." if given is None else f"Flush {with_unit(given, MILLILITRE)}."
        yield Difference("flush_after_ml", Weight.MINOR, words, with_unit(least, MILLILITRE))


def _diluent(order: TherapyOrder, dosing: Dosing) -> Iterator[Difference]:
    diluent = (order.diluent or "").strip()
    if not diluent:
        return
    low = diluent.casefold()
    usual = " or ".join(dosing.diluents) or ("undiluted" if dosing.undiluted else "ready to use")
    wrong = [name for name in dosing.not_with if name.casefold() in low]
    if wrong:
        words = f"Diluent {diluent}: never with {wrong[0]}."
        yield Difference("diluent", Weight.MAJOR, words, usual)
    elif not dosing.diluents and low not in {"undiluted", "ready to use", "none"}:
        if dosing.undiluted or dosing.ready_to_use:
            yield Difference("diluent", Weight.MAJOR, f"Diluent {diluent}.", usual)
    elif dosing.diluents and not any(_same_fluid(name, low) for name in dosing.diluents):
        yield Difference("diluent", Weight.MAJOR, f"Diluent {diluent}.", usual)


_FLUIDS = {
    "0.9 % sodium chloride": ("sodium chloride 0.9", "0.9 % sodium chloride", "normal saline"),
    "dextrose 5 %": ("dextrose 5", "5 % dextrose", "d5w", "glucose 5"),
    "0.45 % sodium chloride": ("0.45",),
}


def _same_fluid(name: str, low: str) -> bool:
    """Whether two ways of writing a fluid mean the same."""
    close = low.replace(" ", "")
    names = (name, *_FLUIDS.get(name, ()))
    return any(one.casefold().replace(" ", "") in close for one in names)


def _concentration(order: TherapyOrder, dosing: Dosing) -> Iterator[Difference]:
    concentration = concentration_of(order)
    if concentration is None or not dosing.concentration_unit:
        return
    in_unit = concentration.amount_in(dosing.concentration_unit.removesuffix("/mL"))
    if in_unit is None:
        return
    amount = Decimal(in_unit.numerator) / Decimal(in_unit.denominator)
    low, high, unit = dosing.concentration_low, dosing.concentration_high, dosing.concentration_unit
    if order.delivery == "push" and dosing.push_concentration is not None:
        low, high = None, dosing.push_concentration
    words = f"Concentration {with_unit(amount, unit, 3)}."
    # Overfill and the drug's own volume move it a little: five percent are no difference.
    above = high is not None and amount > high * Decimal("1.05")
    if above or (low is not None and amount < low * Decimal("0.95")):
        yield Difference("concentration_amount", Weight.MAJOR, words, _bounds(low, high, unit))


def _bounds(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    if low is not None and high is not None and low != high:
        return f"{figure(low)} to {with_unit(high, unit)}"
    if high is not None and low is None:
        return f"at most {with_unit(high, unit)}"
    return with_unit(low if low is not None else high or Decimal(0), unit)


def _first_dose(
    order: TherapyOrder,
    therapy: Therapy,
    count: DoseCount,
    context: OrderContext,
    found: Library,
) -> Iterator[Difference]:
    if order.first_dose is None and count.is_first:
        words = f"Not said whether it is a first dose. {count.words}"
        yield Difference("first_dose", Weight.MAJOR, words, "counts as a first dose")
    if count.is_first and order.first_dose is False:
        usual = "slow ladder and the observation of a first dose"
        yield Difference("first_dose", Weight.MAJOR, f"No first dose, but: {count.words}", usual)
    why = needs_controlled_setting(therapy, count, context.allergies, found)
    if why and counts_as_first(order, count) and not order.home_first_dose_authorised:
        words = "First dose at home is not authorized."
        yield Difference("home_first_dose_authorised", Weight.MAJOR, words, why)


def _observation(order: TherapyOrder, therapy: Therapy, count: DoseCount) -> Iterator[Difference]:
    if order.first_dose is True and not count.observation_first:
        usual = therapy.fact.first_observation_minutes
    else:
        usual = observation_minutes(therapy.fact, count)
    if not usual:
        return
    given = order.observation_minutes
    if given is None or given < usual:
        words = (
            "No observation ordered." if given is None else f"Watched {with_unit(given, 'min')}."
        )
        first = usual == therapy.fact.first_observation_minutes and count.observation_first
        minutes = with_unit(Decimal(usual), "min")
        yield Difference(
            "observation_minutes",
            Weight.MAJOR,
            words,
            f"{minutes}{' (first dose)' if first else ''}",
        )


def _premedications(order: TherapyOrder, therapy: Therapy, *, first: bool) -> Iterator[Difference]:
    given = [row.medicine or "" for row in standing(order.premedication)]
    for one in therapy.premedications:
        if one.when == "if ordered" or (one.when == "first" and not first):
            continue
        if one.only_for and order.indication not in one.only_for:
            continue
        if not any(one.is_meant_by(medicine) for medicine in given if medicine):
            words = "Premedication not ordered."
            yield Difference("premedication", Weight.MAJOR, words, one.words())


def _filter(order: TherapyOrder, therapy: Therapy) -> Iterator[Difference]:
    if therapy.fact.filter and not (order.filter or "").strip():
        yield Difference("filter", Weight.MAJOR, "No filter ordered.", therapy.fact.filter)


def chosen_of(order: TherapyOrder) -> Chosen:
    """What of the catalogue the order was begun from. Raises ValueError for none."""
    if not order.therapy:
        raise ValueError("the order is not from the catalogue")
    return Chosen(order.therapy, order.product or "", order.ladder or "")
