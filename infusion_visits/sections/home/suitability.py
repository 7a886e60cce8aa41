"""Whether the home is fit for the infusion: a pure rule with its reasons (clinical reference 6).

Any blocker unresolved makes it not suitable; else anything that needs a plan and has none, or an
item of a whole assessment that is not answered, leaves it undetermined; else anything with a plan
makes it suitable with a plan; else it is suitable. Advisory items never block.

Where only changes were looked at, or nothing changed, the earlier answers stand under those of
this visit, and are weighed anew for the therapy of this visit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.core.moments import show_day
from infusion_visits.sections.home.fields import (
    FAIL,
    FULL,
    HOME_FINDING,
    ITEM_COUNT,
    OUTCOMES,
    PASS,
)
from infusion_visits.sections.home.items import Severity, items_for
from infusion_visits.sections.home.values import Home, HomeAssessment, HomeFinding
from infusion_visits.sections.home.weights import Failing, fails, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import Facts, HomeAnswerFact, HomeFact


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


FALLS_ITEM = 23
_WORST_FIRST = tuple(Suitability)


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


def standing(values: Home) -> dict[int, HomeFinding]:
    """The items that were answered at this visit and not struck out, by number."""
    return {found.item: found for found in values.home_finding if found.mark.struck is None}


def standing_assessment(values: Home) -> HomeAssessment | None:
    """The assessment of this visit; None before it is begun, or when it was struck out."""
    assessment = values.home_assessment
    return None if assessment is None or assessment.mark.struck else assessment


def earlier_in_force(values: Home, facts: Facts) -> HomeFact | None:
    """The earlier answers on which this visit's assessment rests; None where it rests on none.

    They are those the program knows, unless the nurse names another day: then it was written
    somewhere else, and only its outcome is known.
    """
    assessment, before = standing_assessment(values), facts.home_before
    if before is None or assessment is None or assessment.method in {None, FULL}:
        return None
    return before if assessment.earlier_day in {None, before.whole, before.seen} else None


def in_force(values: Home, facts: Facts) -> dict[int, HomeFinding]:
    """The answers that count at this visit: its own over the earlier ones that it rests on."""
    before = earlier_in_force(values, facts)
    found = {one.number: finding_of(one) for one in before.answers} if before else {}
    found |= {
        number: one
        for number, one in standing(values).items()
        if one.answer is not None or number not in found
    }
    return _with_falls(found, facts) if found else found


def finding_of(known: HomeAnswerFact) -> HomeFinding:
    """An earlier answer as a row that this visit has not written."""
    return HomeFinding(
        mark=Mark(Row(HOME_FINDING.name, (known.number,))),
        answer=known.answer,
        extent=known.extent or None,
        temperature=known.temperature,
        score=known.score,
        minutes=known.minutes,
        note=known.note or None,
        plan=known.plan or None,
        owner=known.owner or None,
        due_day=known.due_day,
    )


def _with_falls(found: dict[int, HomeFinding], facts: Facts) -> dict[int, HomeFinding]:
    """The fall screen of this visit gives the score of its item, and an answer where none is."""
    if facts.fall_points is None:
        return found
    points = Decimal(facts.fall_points)
    bare = HomeFinding(mark=Mark(Row(HOME_FINDING.name, (FALLS_ITEM,))))
    one = found.get(FALLS_ITEM, bare)
    item = items_for(facts).items[FALLS_ITEM]
    answer = one.answer or (FAIL if item.out_of_bounds(points) else PASS)
    return {**found, FALLS_ITEM: replace(one, score=points, answer=answer)}


def screened_falls(values: Home, facts: Facts) -> HomeFinding | None:
    """The item of falls as the fall screen of this visit answers it; None where it was answered
    here, or where the home was not looked at."""
    here = standing(values).get(FALLS_ITEM)
    if facts.fall_points is None or (here is not None and here.answer is not None):
        return None
    return in_force(values, facts).get(FALLS_ITEM)


def judge(values: Home, facts: Facts) -> Judgement | None:
    """The suitability of the home; None while nothing was assessed."""
    assessment = standing_assessment(values)
    found = in_force(values, facts)
    method = assessment.method if assessment else None
    if method is None and not any(one.answer for one in found.values()):
        return None
    catalogue = items_for(facts)
    before = earlier_in_force(values, facts)
    needs = assessment.needs if assessment else None
    if needs is None and before is not None:
        needs = before.needs or None
    failing = [
        replace(
            weigh(catalogue, item, found[number], needs, facts.order),
            elsewhere=facts.fall_plan if number == FALLS_ITEM else "",
        )
        for number, item in catalogue.items.items()
        if number in found and fails(item, found[number])
    ]
    whole = method == FULL or before is not None
    unanswered = (
        tuple(number for number in catalogue.items if not _answered(found.get(number)))
        if whole
        else ()
    )
    outcome = _outcome(failing, unanswered)
    words = ""
    if before is not None:
        words = f"Rests on the whole assessment of {show_day(before.whole)}."
    else:
        outcome, words = _with_earlier(outcome, assessment)
    return _judgement(outcome, failing, unanswered, words)


def _answered(found: HomeFinding | None) -> bool:
    return found is not None and (found.answer is not None or "answer" in found.mark.not_done)


def _outcome(failing: Sequence[Failing], unanswered: tuple[int, ...]) -> Suitability:
    if any(one.severity is Severity.BLOCKER for one in failing):
        return Suitability.NOT_SUITABLE
    wanting = [one for one in failing if one.severity is Severity.PLAN]
    if unanswered or not all(one.planned for one in wanting):
        return Suitability.UNDETERMINED
    return Suitability.WITH_PLAN if wanting else Suitability.SUITABLE


def _judgement(
    outcome: Suitability,
    failing: Sequence[Failing],
    unanswered: tuple[int, ...],
    earlier: str,
) -> Judgement:
    wanting = [one for one in failing if one.severity is Severity.PLAN]
    return Judgement(
        outcome=outcome,
        blockers=tuple(one for one in failing if one.severity is Severity.BLOCKER),
        without_plan=tuple(one for one in wanting if not one.planned),
        with_plan=tuple(one for one in wanting if one.planned),
        advisories=tuple(one for one in failing if one.severity is Severity.ADVISORY),
        unanswered=unanswered,
        earlier=earlier,
    )


def _with_earlier(
    outcome: Suitability, assessment: HomeAssessment | None
) -> tuple[Suitability, str]:
    """Of an earlier assessment written elsewhere only the outcome is known: the worse counts."""
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


def judged_before(facts: Facts) -> Suitability | None:
    """What the earlier answers come to for the therapy of this visit; None where there are none."""
    before = facts.home_before
    if before is None:
        return None
    found = tuple(finding_of(one) for one in before.answers)
    mark = Mark(Row("home_assessment"))
    needs = before.needs or None
    asked = Home(HomeAssessment(mark, method=FULL, needs=needs), found)
    judged = judge(asked, facts)
    return judged.outcome if judged else None


def _reason(one: Failing, weighs: str) -> str:
    because = f" ({one.because})" if one.because else ""
    return f"{one.item.number} {one.item.label}: {one.item.fails}; {weighs}{because}."


def _unanswered_words(unanswered: tuple[int, ...]) -> tuple[str, ...]:
    if not unanswered:
        return ()
    return (f"{len(unanswered)} of {ITEM_COUNT} items not answered.",)
