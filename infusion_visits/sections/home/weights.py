"""How much a failing item weighs for this therapy, and in words what that was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.sections.home.fields import FAIL, MINOR, NOT_APPLICABLE, PASS
from infusion_visits.sections.home.items import (
    FIRST_DOSE,
    KIT,
    SUPERVISED_FIRST,
    HomeCatalogue,
    Item,
    Severity,
)
from infusion_visits.sections.home.values import HomeFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import OrderFact


@dataclass(frozen=True, slots=True)
class Failing:
    """One failing item: how much it weighs here, and in words what that was taken from."""

    item: Item
    found: HomeFinding
    severity: Severity
    because: str = ""
    elsewhere: str = ""
    """The plan that another section holds: what is done against falls."""

    @property
    def planned(self) -> bool:
        """Whether what is done, who does it and by when are all written, here or elsewhere."""
        return is_planned(self.found) or bool(self.elsewhere)


def is_planned(found: HomeFinding) -> bool:
    """Whether a plan is documented: what, who and by when."""
    return bool(found.plan and found.owner and found.due_day)


def fails(item: Item, found: HomeFinding) -> bool:
    """Said to fail, or its figure is out of bounds whatever was said (unless not applicable)."""
    if found.answer == NOT_APPLICABLE:
        return False
    return found.answer == FAIL or bool(
        item.measure and item.out_of_bounds(getattr(found, item.measure))
    )


def weigh(
    catalogue: HomeCatalogue,
    item: Item,
    found: HomeFinding,
    needs: tuple[str, ...] | None,
    order: OrderFact | None,
) -> Failing:
    """What a failing item weighs; `needs` are the conditions the nurse said (None: not asked)."""
    severity, because = _severity(catalogue, item, found, needs, order)
    figure = getattr(found, item.measure) if item.measure else None
    if found.answer == PASS and item.out_of_bounds(figure):
        because = _sentences("said to pass, but the figure is out of bounds", because)
    return Failing(item, found, severity, because)


def _severity(
    catalogue: HomeCatalogue,
    item: Item,
    found: HomeFinding,
    needs: tuple[str, ...] | None,
    order: OrderFact | None,
) -> tuple[Severity, str]:
    figure = getattr(found, item.measure) if item.measure else None
    if item.blocks_above is not None and figure is not None and figure > item.blocks_above:
        return Severity.BLOCKER, f"more than {item.blocks_above}"
    if item.planned and is_planned(found):
        return item.planned, "a plan is written"
    severity, because = item.severity, ""
    if item.blocker_when:
        holds, because = _any_holds(catalogue, item.blocker_when, needs, order)
        severity = Severity.BLOCKER if holds else item.severity
    if item.minor and found.extent == MINOR and severity is Severity.BLOCKER:
        return item.minor, _sentences(because, "minor or partial")
    return severity, because


def _any_holds(
    catalogue: HomeCatalogue,
    keys: Sequence[str],
    needs: tuple[str, ...] | None,
    order: OrderFact | None,
) -> tuple[bool, str]:
    answers = [
        (catalogue.conditions[key].label, *_holds(catalogue, key, needs, order)) for key in keys
    ]
    for label, holds, why in answers:
        if holds:
            return True, f"{_small(label)}: {why}"
    for label, holds, why in answers:
        if holds is None:
            return True, f"{_small(label)}: {why}"
    label, _, why = answers[0]
    return False, f"{_small(label)}: {why}"


def _holds(
    catalogue: HomeCatalogue, key: str, needs: tuple[str, ...] | None, order: OrderFact | None
) -> tuple[bool | None, str]:
    """Whether a condition holds, and from what that is known; None is not known."""
    if key in (needs or ()):
        return True, "said to be needed"
    known = from_order(catalogue, key, order)
    if known is not None:
        return known, "from the order"
    if needs:
        return False, "said not to be needed"
    return None, "not answered, counted as needed"


def from_order(catalogue: HomeCatalogue, key: str, order: OrderFact | None) -> bool | None:
    """What the order alone says of a condition; None where it says nothing.

    A therapy of the catalogue brings a condition, and takes it away where the condition is decided
    by it. Without one the drug's name only ever brings a condition.
    """
    if order is None:
        return None
    condition, therapy = catalogue.conditions[key], order.therapy
    if key == SUPERVISED_FIRST:
        return order.first_dose and not order.home_first_dose_allowed
    if key == FIRST_DOSE and (not order.first_dose or therapy is None):
        return order.first_dose
    if therapy is None:
        drug = f"{order.drug} {order.brand}".casefold()
        return True if key == KIT or any(name in drug for name in condition.drugs) else None
    if condition.asked_by(therapy):
        return True
    # A catalogue kept with a note of the first version knows no groups.
    if key in {KIT, FIRST_DOSE} and not condition.decided:
        return True
    return False if condition.decided else None


def _small(label: str) -> str:
    return label[0].lower() + label[1:]


def _sentences(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
