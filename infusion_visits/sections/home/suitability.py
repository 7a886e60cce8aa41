"""Whether the home is fit for the infusion: a pure rule with its reasons (clinical reference 6).

Any blocker unresolved makes it not suitable; else anything that needs a plan and has none, or an
item of a whole assessment that is not answered, leaves it undetermined; else anything with a plan
makes it suitable with a plan; else it is suitable. Advisory items never block.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_day
from infusion_visits.sections.home.fields import (
    FAIL,
    FULL,
    ITEM_COUNT,
    MINOR,
    NOT_APPLICABLE,
    OUTCOMES,
    PASS,
)
from infusion_visits.sections.home.items import (
    FIRST_DOSE,
    KIT,
    SUPERVISED_FIRST,
    HomeCatalogue,
    Item,
    Severity,
    items_for,
)
from infusion_visits.sections.home.values import Home, HomeAssessment, HomeFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import Facts, OrderFact


class Suitability(StrEnum):
    """The outcome, worst first."""

    NOT_SUITABLE = "not_suitable"
    UNDETERMINED = "undetermined"
    WITH_PLAN = "suitable_with_plan"
    SUITABLE = "suitable"

    @property
    def label(self) -> str:
        """The words on the screen and in the note."""
        return next(option.label for option in OUTCOMES if option.key == self)


_WORST_FIRST = tuple(Suitability)


@dataclass(frozen=True, slots=True)
class Failing:
    """One failing item: how much it weighs here, and in words what that was taken from."""

    item: Item
    found: HomeFinding
    severity: Severity
    because: str = ""

    @property
    def planned(self) -> bool:
        """Whether what is done, who does it and by when are all written."""
        return is_planned(self.found)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome with everything it rests on."""

    outcome: Suitability
    blockers: tuple[Failing, ...]
    without_plan: tuple[Failing, ...]
    with_plan: tuple[Failing, ...]
    advisories: tuple[Failing, ...]
    unanswered: tuple[int, ...]
    earlier: str = ""

    @property
    def failing(self) -> tuple[Failing, ...]:
        """All failing items in the order of the list."""
        every = (*self.blockers, *self.without_plan, *self.with_plan, *self.advisories)
        return tuple(sorted(every, key=lambda one: one.item.number))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in words, heaviest first."""
        return (
            *((self.earlier,) if self.earlier else ()),
            *(_reason(one, "blocks") for one in self.blockers),
            *(_reason(one, "needs a plan with who and by when") for one in self.without_plan),
            *(_reason(one, "has a plan") for one in self.with_plan),
            *(_reason(one, "advisory") for one in self.advisories),
            *_unanswered_words(self.unanswered),
        )


def is_planned(found: HomeFinding) -> bool:
    """Whether a plan is documented: what, who and by when."""
    return bool(found.plan and found.owner and found.due_day)


def standing(values: Home) -> dict[int, HomeFinding]:
    """The items that were answered and not struck out, by number."""
    return {found.item: found for found in values.home_finding if found.mark.struck is None}


def judge(values: Home, facts: Facts) -> Judgement | None:
    """The suitability of the home; None while nothing was assessed."""
    assessment = values.home_assessment
    if assessment is not None and assessment.mark.struck:
        assessment = None
    found = standing(values)
    method = assessment.method if assessment else None
    if method is None and not any(one.answer for one in found.values()):
        return None
    catalogue = items_for(facts)
    failing = [
        _weigh(catalogue, item, found[number], assessment, facts.order)
        for number, item in catalogue.items.items()
        if number in found and fails(item, found[number])
    ]
    unanswered = (
        tuple(number for number in catalogue.items if not _answered(found.get(number)))
        if method == FULL
        else ()
    )
    return _judgement(failing, unanswered, assessment)


def fails(item: Item, found: HomeFinding) -> bool:
    """Said to fail, or its figure is out of bounds whatever was said (unless not applicable)."""
    if found.answer == NOT_APPLICABLE:
        return False
    return found.answer == FAIL or bool(
        item.measure and item.out_of_bounds(getattr(found, item.measure))
    )


def _answered(found: HomeFinding | None) -> bool:
    return found is not None and (found.answer is not None or "answer" in found.mark.not_done)


def _judgement(
    failing: Sequence[Failing], unanswered: tuple[int, ...], assessment: HomeAssessment | None
) -> Judgement:
    blockers = tuple(one for one in failing if one.severity is Severity.BLOCKER)
    wanting = [one for one in failing if one.severity is Severity.PLAN]
    without = tuple(one for one in wanting if not one.planned)
    planned = tuple(one for one in wanting if one.planned)
    if blockers:
        outcome = Suitability.NOT_SUITABLE
    elif without or unanswered:
        outcome = Suitability.UNDETERMINED
    elif planned:
        outcome = Suitability.WITH_PLAN
    else:
        outcome = Suitability.SUITABLE
    outcome, earlier = _with_earlier(outcome, assessment)
    return Judgement(
        outcome=outcome,
        blockers=blockers,
        without_plan=without,
        with_plan=planned,
        advisories=tuple(one for one in failing if one.severity is Severity.ADVISORY),
        unanswered=unanswered,
        earlier=earlier,
    )


def _with_earlier(
    outcome: Suitability, assessment: HomeAssessment | None
) -> tuple[Suitability, str]:
    """An assessment of changes only rests on the earlier one: the worse of the two counts."""
    if assessment is None or assessment.method in {None, FULL}:
        return outcome, ""
    day = f" of {show_day(assessment.earlier_day)}" if assessment.earlier_day else ""
    if not assessment.earlier_outcome:
        before = Suitability.UNDETERMINED
        words = f"Rests on the earlier assessment{day}, whose outcome is not written."
    else:
        before = Suitability(assessment.earlier_outcome)
        words = f"Earlier assessment{day}: {before.label}."
    return min(outcome, before, key=_WORST_FIRST.index), words


def _weigh(
    catalogue: HomeCatalogue,
    item: Item,
    found: HomeFinding,
    assessment: HomeAssessment | None,
    order: OrderFact | None,
) -> Failing:
    severity, because = _severity(catalogue, item, found, assessment, order)
    figure = getattr(found, item.measure) if item.measure else None
    if found.answer == PASS and item.out_of_bounds(figure):
        because = _sentences("said to pass, but the figure is out of bounds", because)
    return Failing(item, found, severity, because)


def _severity(
    catalogue: HomeCatalogue,
    item: Item,
    found: HomeFinding,
    assessment: HomeAssessment | None,
    order: OrderFact | None,
) -> tuple[Severity, str]:
    figure = getattr(found, item.measure) if item.measure else None
    if item.blocks_above is not None and figure is not None and figure > item.blocks_above:
        return Severity.BLOCKER, f"more than {item.blocks_above}"
    if item.planned and is_planned(found):
        return item.planned, "a plan is written"
    severity, because = item.severity, ""
    if item.blocker_when:
        holds, because = _any_holds(catalogue, item.blocker_when, assessment, order)
        severity = Severity.BLOCKER if holds else item.severity
    if item.minor and found.extent == MINOR and severity is Severity.BLOCKER:
        return item.minor, _sentences(because, "minor or partial")
    return severity, because


def _any_holds(
    catalogue: HomeCatalogue,
    keys: Sequence[str],
    assessment: HomeAssessment | None,
    order: OrderFact | None,
) -> tuple[bool, str]:
    needs = assessment.needs if assessment else None
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
    known = _from_order(catalogue, key, order)
    if known is not None:
        return known, "from the order"
    if needs:
        return False, "said not to be needed"
    return None, "not answered, counted as needed"


def _from_order(catalogue: HomeCatalogue, key: str, order: OrderFact | None) -> bool | None:
    """What the order alone says: the drug's name only ever adds a need, it never takes one away."""
    if order is None:
        return None
    if key == FIRST_DOSE:
        return order.first_dose
    if key == SUPERVISED_FIRST:
        return order.first_dose and not order.home_first_dose_allowed
    drug = f"{order.drug} {order.brand}".casefold()
    named = any(name in drug for name in catalogue.conditions[key].drugs)
    return True if named or key == KIT else None


def _reason(one: Failing, weighs: str) -> str:
    because = f" ({one.because})" if one.because else ""
    return f"{one.item.number} {one.item.label}: {one.item.fails}; {weighs}{because}."


def _unanswered_words(unanswered: tuple[int, ...]) -> tuple[str, ...]:
    if not unanswered:
        return ()
    return (f"{len(unanswered)} of {ITEM_COUNT} items not answered.",)


def _small(label: str) -> str:
    return label[0].lower() + label[1:]


def _sentences(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
