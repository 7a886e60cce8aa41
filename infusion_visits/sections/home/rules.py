"""What the home has to say: what blocks, what needs a plan, and the tasks that follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.core.planned import PlannedTask
from infusion_visits.sections.home.fields import (
    ADDRESS,
    CHANGED,
    FULL,
    GO_ON,
    HOME_ASSESSMENT,
    HOME_FINDING,
    SECTION,
)
from infusion_visits.sections.home.items import items_for
from infusion_visits.sections.home.plans import Plan, overdue_plans, plans_to_look_at
from infusion_visits.sections.home.suitability import (
    Judgement,
    Suitability,
    judge,
    standing,
    standing_assessment,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.home.values import Home, HomeAssessment
    from infusion_visits.sections.home.weights import Failing

BLOCKER = "home-blocker"
EARLIER = "home-not-suitable-earlier"
NOT_SUITABLE = "home-not-suitable"
NO_PLAN = "home-no-plan"
UNANSWERED = "home-unanswered"
ADVISORY = "home-advisory"
DUE = "home-reassessment-due"
NO_REFERRAL = "home-no-referral"
CHANGED_SINCE = "home-changed"
PLAN_OVERDUE = "home-plan-overdue"
PLAN_DONE = "home-plan-done"
_ASSESSMENT_ROW = Row(HOME_ASSESSMENT.name)


def findings(values: Home, facts: Facts) -> list[Finding]:
    """Stops for what blocks or has no plan, one alert for a home that is not suitable, advice.

    A blocker may be overridden only once prescriber and clinical manager, the time and the reason
    are written (clinical reference 6); "not suitable" stays as it was. What was planned earlier
    and is overdue, and a home not seen for long, are told at every visit.
    """
    judged = judge(values, facts)
    assessment = standing_assessment(values)
    found = _of_judgement(judged, assessment, facts) if judged else []
    found += [_plan(one, PLAN_OVERDUE, "is overdue") for one in overdue_plans(values, facts)]
    if judged:
        looked_at = plans_to_look_at(values, facts)
        found += [_plan(one, PLAN_DONE, "was done; look at it again") for one in looked_at]
    return [*found, *_changed(assessment), *_due(assessment, facts)]


def _of_judgement(
    judged: Judgement, assessment: HomeAssessment | None, facts: Facts
) -> list[Finding]:
    found = [_blocker(one, assessment) for one in judged.blockers]
    if judged.outcome is Suitability.NOT_SUITABLE:
        found += _not_suitable(judged, assessment, facts)
    found += [_no_plan(one) for one in judged.without_plan]
    if judged.unanswered:
        found.append(_unanswered(judged))
    return found + [_advisory(one) for one in judged.advisories]


def tasks(values: Home, facts: Facts) -> list[PlannedTask]:
    """What the plans of failing items ask for: one task for each plan, pure."""
    judged = judge(values, facts)
    here = standing(values)
    return [
        PlannedTask(
            what=f"Home, {one.item.label}: {one.found.plan}",
            assignee=one.found.owner or "",
            due_day=one.found.due_day,
            origin=f"{SECTION}/{one.found.mark.row.path()}",
        )
        for one in (judged.failing if judged else ())
        # A plan of an earlier visit became a task there.
        if one.found.plan and one.item.number in here
    ]


def agreed(assessment: HomeAssessment | None) -> bool:
    """Whether prescriber and clinical manager agreed to go on, with time and reason."""
    return assessment is not None and all(
        (
            assessment.agreed_prescriber,
            assessment.agreed_manager,
            assessment.agreed_at,
            assessment.agreed_reason,
        )
    )


def _blocker(one: Failing, assessment: HomeAssessment | None) -> Finding:
    may = agreed(assessment)
    ask = "" if may else " Going on needs prescriber and clinical manager, time and reason."
    return _about(
        one,
        BLOCKER,
        Level.STOP,
        f"Home, {one.item.label}: {one.item.fails}.{ask}",
        gate=Gate.START,
        overridable=may,
    )


def _not_suitable(
    judged: Judgement, assessment: HomeAssessment | None, facts: Facts
) -> list[Finding]:
    made = []
    if not judged.blockers:
        made.append(
            Finding(
                code=EARLIER,
                level=Level.STOP,
                words="The home was found not suitable, and nothing says that this was resolved.",
                section=SECTION,
                cell=Cell(SECTION, _ASSESSMENT_ROW, "earlier_outcome"),
                gate=Gate.START,
                overridable=agreed(assessment),
            )
        )
    blocking = "; ".join(f"{one.item.label}: {one.item.fails}" for one in judged.blockers)
    made.append(
        Finding(
            code=NOT_SUITABLE,
            level=Level.ALERT,
            words="Home not suitable for infusion.",
            section=SECTION,
            cell=Cell(SECTION, _ASSESSMENT_ROW, "method"),
            detail=f"{blocking or judged.earlier.rstrip('.')}.",
            response=_agreement(assessment, facts),
            at=assessment.at if assessment else None,
        )
    )
    if assessment is None or assessment.referred is None:
        words = "Home not suitable: another site, put off, or go on as agreed, per agency protocol."
        cell = Cell(SECTION, _ASSESSMENT_ROW, "referred")
        made.append(Finding(NO_REFERRAL, Level.STOP, words, SECTION, cell))
    return made


def _agreement(assessment: HomeAssessment | None, facts: Facts) -> str:
    if assessment is None:
        return ""
    who = [
        f"{role} {name}"
        for role, name in (
            ("prescriber", assessment.agreed_prescriber),
            ("clinical manager", assessment.agreed_manager),
        )
        if name
    ]
    parts = []
    if who:
        at = assessment.agreed_at
        when = f" {show_instant(at, facts.zone, beside=facts.now)}" if at else ""
        parts.append(f"Agreed to go on{when}: {' and '.join(who)}.")
    if assessment.agreed_reason:
        parts.append(assessment.agreed_reason)
    if assessment.referred and assessment.referred != GO_ON:
        option = next(
            one.label
            for one in HOME_ASSESSMENT.leaf("referred").options  # type: ignore[attr-defined]
            if one.key == assessment.referred
        )
        parts.append(f"{option[0].upper()}{option[1:]}.")
    return " ".join(parts)


def _no_plan(one: Failing) -> Finding:
    lacking = next(
        (name for name in ("plan", "owner", "due_day") if not getattr(one.found, name)), "plan"
    )
    return _about(
        one,
        NO_PLAN,
        Level.STOP,
        f"Home, {one.item.label}: {one.item.fails}. Write the plan, who does it and by when.",
        field=lacking,
    )


def _unanswered(judged: Judgement) -> Finding:
    first = judged.unanswered[0]
    return Finding(
        code=UNANSWERED,
        level=Level.STOP,
        words=f"Home: {len(judged.unanswered)} items of the whole assessment not answered.",
        section=SECTION,
        cell=Cell(SECTION, Row(HOME_FINDING.name, (first,)), "answer"),
    )


def _advisory(one: Failing) -> Finding:
    return _about(one, ADVISORY, Level.ADVICE, f"Home, {one.item.label}: {one.item.fails}.")


def _about(
    one: Failing,
    code: str,
    level: Level,
    words: str,
    *,
    field: str = "answer",
    gate: Gate = Gate.SIGN,
    overridable: bool = False,
) -> Finding:
    row = one.found.mark.row
    detail = ". ".join(part for part in (one.found.note or "", one.because) if part)
    return Finding(
        code=code,
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, row, field),
        gate=gate,
        overridable=overridable,
        detail=detail,
        subject=row.path(),
    )


def _plan(one: Plan, code: str, stands: str) -> Finding:
    row = Row(HOME_FINDING.name, (one.item.number,))
    return Finding(
        code=code,
        level=Level.ADVICE,
        words=f"Home plan {stands}: {one.words}.",
        section=SECTION,
        cell=Cell(SECTION, row, "answer"),
        subject=row.path(),
    )


def _changed(assessment: HomeAssessment | None) -> list[Finding]:
    """After a move nothing of the earlier home stands; other changes ask to look at it whole."""
    if assessment is None or assessment.method in {None, FULL} or not assessment.changed:
        return []
    changed = [one.label for one in CHANGED if one.key in assessment.changed and one.key != "none"]
    if not changed:
        return []
    moved = ADDRESS in assessment.changed
    return [
        Finding(
            code=CHANGED_SINCE,
            level=Level.STOP if moved else Level.ADVICE,
            words=f"Changed since: {', '.join(changed)}. Assess the whole home anew.",
            section=SECTION,
            cell=Cell(SECTION, _ASSESSMENT_ROW, "method"),
            overridable=moved,
        )
    ]


def _due(assessment: HomeAssessment | None, facts: Facts) -> list[Finding]:
    """A home that was last assessed as a whole, or seen at all, too many days ago."""
    days, today = items_for(facts).reassess_days, local_day(facts.now, facts.zone)
    if assessment is not None and assessment.method == FULL:
        return []
    before = facts.home_before
    last, field = (before.seen if before else None), "method"
    if assessment is not None and assessment.method is not None:
        last = assessment.earlier_day or (before.whole if before else None)
        field = "earlier_day"
    if last is None or today <= last + timedelta(days=days):
        return []
    told = (
        "The whole home was last assessed" if field == "earlier_day" else "The home was last seen"
    )
    return [
        Finding(
            code=DUE,
            level=Level.ADVICE,
            words=f"{told} {show_day(last)}, more than {days} days ago. Assess it anew.",
            section=SECTION,
            cell=Cell(SECTION, _ASSESSMENT_ROW, field),
        )
    ]


def answered_items(values: Home) -> int:
    """How many items have an answer."""
    return sum(1 for found in standing(values).values() if found.answer)
