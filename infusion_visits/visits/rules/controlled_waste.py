"""A controlled drug that was wasted stands in two places: do infusion and waste list agree?

What the waste list says with a witness, the infusion does not ask again. Source: clinical
reference 7.6 and 11.14 (waste of a controlled drug with a witness, residual wasted or returned).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.findings import Level
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.found import infusion_finding
from infusion_visits.sections.infusion.ladder import as_decimal
from infusion_visits.sections.infusion.rules import order_of, standing
from infusion_visits.sections.infusion.summary import standing_at
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.supplies.fields import RETURNED, WASTED
from infusion_visits.sections.supplies.rules import wastes_of
from infusion_visits.sections.supplies.values import Supplies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.values import InfusionGiven
    from infusion_visits.sections.supplies.values import WasteReturn
    from infusion_visits.visits.record import VisitRecord

_WITNESS = "infusion.waste_unwitnessed"
_REST = frozenset({"infusion.unaccounted", "infusion.residual_controlled"})
NEAR = Fraction(1, 10)
"""Both are typed to 0.1 mL."""


def controlled_waste(record: VisitRecord, facts: Facts, found: Sequence[Finding]) -> list[Finding]:
    """The findings without what the waste list answers, and with what it belies."""
    answered: set[tuple[str, str]] = set()
    more: list[Finding] = []
    listed = wastes_of(record.of(Supplies))
    for one in standing(record.of(Infusion)):
        order = order_of(one, facts)
        if order is None or order.therapy is None or not order.therapy.controlled:
            continue
        mine = [row for row in listed if _is_of(row, order)]
        if not mine:
            continue
        subject = one.mark.row.path()
        wasted = [row for row in mine if row.what == WASTED]
        if wasted and all(row.witness_how and row.witness_how != "none" for row in wasted):
            answered.add((_WITNESS, subject))
        if _accounts(one, mine, order, facts):
            answered.update((code, subject) for code in _REST)
        more.extend(_differs(one, wasted, order))
    return [*(each for each in found if (each.code, each.subject) not in answered), *more]


def _is_of(row: WasteReturn, order: OrderFact) -> bool:
    """Whether the row is of the ordered drug, by any of its names."""
    names = [order.drug, order.brand]
    if order.therapy is not None:
        names.append(order.therapy.name)
    said = (row.drug or "").casefold().split()[:1]
    return bool(said) and any(said[0] in name.casefold() for name in names if name)


def _ml(row: WasteReturn, order: OrderFact) -> Fraction | None:
    """Its volume: as written, or by the order's dose in its volume; None where neither says it."""
    if row.amount is None:
        return None
    if row.amount_unit == "mL":
        return Fraction(row.amount)
    if row.amount_unit == order.dose_unit and order.volume_ml and order.dose:
        return Fraction(row.amount) * Fraction(order.volume_ml) / Fraction(order.dose)
    return None


def _sum(rows: Sequence[WasteReturn], order: OrderFact) -> Fraction | None:
    """The volume of all; None where one is not known."""
    known = [volume for row in rows if (volume := _ml(row, order)) is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(rows) else None


def _accounts(
    one: InfusionGiven, rows: Sequence[WasteReturn], order: OrderFact, facts: Facts
) -> bool:
    """Whether given and listed make what there was; a return without a volume takes the rest."""
    kept = [row for row in rows if row.what in {WASTED, RETURNED}]
    if not kept:
        return False
    listed = _sum(kept, order)
    if listed is None:
        return any(row.what == RETURNED for row in kept)
    summary = standing_at(one, facts)
    if summary.expected_ml is None:
        return True
    whole = Fraction(summary.expected_ml)
    missing = whole - Fraction(summary.given_ml) - listed
    return missing <= max(summary.tolerance * whole, NEAR)


def _differs(one: InfusionGiven, wasted: Sequence[WasteReturn], order: OrderFact) -> list[Finding]:
    listed = _sum(wasted, order) if wasted else None
    if listed is None or one.wasted_ml is None:
        return []
    if abs(listed - Fraction(one.wasted_ml)) <= NEAR:
        return []
    name = order.therapy.name if order.therapy else order.drug
    return [
        infusion_finding(
            one,
            "waste_differs",
            Level.STOP,
            f"{name} is a controlled drug: {amount(one.wasted_ml, 'mL')} wasted at the infusion, "
            f"{amount(as_decimal(listed), 'mL')} in the waste list. Correct what is wrong.",
            field="wasted_ml",
            overridable=True,
        )
    ]
