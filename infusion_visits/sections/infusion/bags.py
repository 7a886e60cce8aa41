"""The bags of one infusion: what each held, what went in by rates, what was left in it.

Volume is conserved: what was hung is given, left, or still to come. Source: clinical reference
8.6, 8.13 (residual; priming), 11.12 (the bag is not the sum of the rates).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.sections.infusion.acts import Act, State, segments_of, volume_of
from infusion_visits.sections.infusion.fields import BAG_CHANGE, FOUND
from infusion_visits.sections.infusion.progress import began_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from infusion_visits.sections.infusion.values import InfusionGiven

_ENDS = {State.ENDED, State.LEFT_RUNNING}


@dataclass(frozen=True, slots=True)
class Bag:
    """One bag from when it was hung; volumes in mL, exact, None where not known.

    `hung_ml` is what it held then (for one found running, what was left in it when found),
    `left_ml` what it held when it was taken down, or when the nurse left.
    """

    number: int
    since: datetime
    until: datetime | None
    hung_ml: Fraction | None
    left_ml: Fraction | None
    by_rates_ml: Fraction

    @property
    def given_ml(self) -> Fraction | None:
        """Hung less left; None where either is not known."""
        if self.hung_ml is None or self.left_ml is None:
            return None
        return self.hung_ml - self.left_ml


def bags_of(
    infusion: InfusionGiven,
    acts: Sequence[Act],
    until: datetime,
    ordered_ml: Decimal | None,
) -> tuple[Bag, ...]:
    """The bags in the order in which they were hung; none before the start."""
    began = began_at(acts)
    if began is None:
        return ()
    changes = [act for act in acts if act.kind == BAG_CHANGE and not act.wrong]
    ends = [act for act in acts if act.state in _ENDS and not act.wrong]
    opening = [began, *changes]
    closing = [*changes, ends[0] if ends else None]
    made: list[Bag] = []
    for number, (first, last) in enumerate(zip(opening, closing, strict=True), start=1):
        made.append(
            Bag(
                number=number,
                since=first.at,
                until=last.at if last else None,
                hung_ml=_hung(infusion, first, changes, ordered_ml),
                left_ml=_exact(last.event.remaining_ml) if last else None,
                by_rates_ml=_between(acts, first.at, last.at if last else max(until, first.at)),
            )
        )
    return tuple(made)


def _between(acts: Sequence[Act], since: datetime, until: datetime) -> Fraction:
    """What the rates gave from `since` to `until`."""
    parts = segments_of(acts, until)
    whole = Fraction(0)
    for part in parts:
        start, end = max(part.start, since), min(part.end, until)
        if end > start:
            whole += volume_of((type(part)(start, end, part.ml_per_hour, part.held),))
    return whole


def _hung(
    infusion: InfusionGiven, first: Act, changes: Sequence[Act], ordered_ml: Decimal | None
) -> Fraction | None:
    if first.kind == BAG_CHANGE:
        return _exact(first.event.volume_ml)
    if first.kind == FOUND:
        return _exact(first.event.remaining_ml)
    if infusion.first_bag_ml is not None:
        return Fraction(infusion.first_bag_ml)
    whole = infusion.prepared_ml if infusion.prepared_ml is not None else ordered_ml
    if whole is None:
        return None
    later = [act.event.volume_ml for act in changes]
    if any(one is None for one in later):
        return None
    rest = Fraction(whole) - sum((Fraction(one) for one in later if one is not None), Fraction(0))
    # Bags of one full volume each, such as one in the place of one that leaked.
    return rest if rest > 0 else Fraction(whole)


def hung_ml(bags: Sequence[Bag]) -> Fraction | None:
    """What all bags held together; None where one is not known."""
    volumes = [bag.hung_ml for bag in bags]
    if not volumes or any(one is None for one in volumes):
        return None
    return sum((one for one in volumes if one is not None), Fraction(0))


def taken_down_ml(bags: Sequence[Bag]) -> Fraction:
    """What was left in the bags that were changed for another."""
    return sum((bag.left_ml or Fraction(0) for bag in bags[:-1]), Fraction(0))


def by_bags_ml(bags: Sequence[Bag], priming_ml: Decimal | None) -> Fraction | None:
    """Hung less left over all bags, and the priming; None while a bag's residual is not known.

    A bag that was changed without a residual is taken as empty.
    """
    if not bags or bags[-1].given_ml is None:
        return None
    given = Fraction(priming_ml or 0)
    for bag in bags:
        if bag.hung_ml is None:
            return None
        given += bag.hung_ml - (bag.left_ml or Fraction(0))
    return given


def by_pump_ml(acts: Sequence[Act]) -> Fraction | None:
    """What the pump's own readings make, over changes of the bag at which it was set to 0.

    None unless the last act has a reading and, where the pump was found running, the first too.
    """
    if len(acts) < 2 or acts[-1].event.reading_ml is None:
        return None
    if acts[0].kind == FOUND and acts[0].event.reading_ml is None:
        return None
    whole = Fraction(0)
    last = Fraction(acts[0].event.reading_ml or 0)
    may_be_cleared = False
    for act in acts[1:]:
        if act.event.reading_ml is None:
            may_be_cleared = may_be_cleared or act.kind == BAG_CHANGE
            continue
        reading = Fraction(act.event.reading_ml)
        cleared = may_be_cleared and reading < last
        whole += reading if cleared else reading - last
        last = reading
        may_be_cleared = act.kind == BAG_CHANGE
    return whole


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
