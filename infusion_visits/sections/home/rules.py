"""What the home has to say: what blocks, what needs a plan, and the tasks that follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.core.planned import PlannedTask
from infusion_visits.sections.home.fields import GO_ON, HOME_ASSESSMENT, HOME_FINDING, SECTION
from infusion_visits.sections.home.items import items_for
from infusion_visits.sections.home.suitability import (
    Failing,
    Judgement,
    Suitability,
    judge,
    standing,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.home.values import Home, HomeAssessment

BLOCKER = "home-blocker"
EARLIER = "home-not-suitable-earlier"
NOT_SUITABLE = "home-not-suitable"
NO_PLAN = "home-no-plan"
UNANSWERED = "home-unanswered"
ADVISORY = "home-advisory"
DUE = "home-reassessment-due"
_ASSESSMENT_ROW = Row(HOME_ASSESSMENT.name)


def findings(values: Home, facts: Facts) -> list[Finding]:
    """Stops for what blocks or has no plan, one alert for a home that is not suitable, advice.

    A blocker may be overridden only once prescriber and clinical manager, the time and the reason
    are written (clinical reference 6); "not suitable" stays as it was.
    """
    judged = judge(values, facts)
    if judged is None:
        return []
    assessment = _standing_assessment(values)
    found = [_blocker(one, assessment) for one in judged.blockers]
    if judged.outcome is Suitability.NOT_SUITABLE:
        found += _not_suitable(judged, assessment, facts)
    found += [_no_plan(one) for one in judged.without_plan]
    if judged.unanswered:
        found.append(_unanswered(judged))
    found += [_advisory(one) for one in judged.advisories]
    return found + _due(assessment, facts)


def tasks(values: Home, facts: Facts) -> list[PlannedTask]:
    """What the plans of failing items ask for: one task for each plan, pure."""
    judged = judge(values, facts)
    return [
        PlannedTask(
            what=f"Home, {one.item.label}: {one.found.plan}",
            assignee=one.found.owner or "",
            due_day=one.found.due_day,
            origin=f"{SECTION}/{one.found.mark.row.path()}",
        )
        for one in (judged.failing if judged else ())
        if one.found.plan
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


def _standing_assessment(values: Home) -> HomeAssessment | None:
    assessment = values.home_assessment
    return None if assessment is None or assessment.mark.struck else assessment


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


def _due(assessment: HomeAssessment | None, facts: Facts) -> list[Finding]:
    if assessment is None or assessment.earlier_day is None:
        return []
    days = items_for(facts).reassess_days
    until = assessment.earlier_day + timedelta(days=days)
    if local_day(facts.now, facts.zone) <= until:
        return []
    return [
        Finding(
            code=DUE,
            level=Level.ADVICE,
            words=f"The whole home was last assessed {show_day(assessment.earlier_day)}, "
            f"more than {days} days ago. Assess it anew.",
            section=SECTION,
            cell=Cell(SECTION, _ASSESSMENT_ROW, "earlier_day"),
        )
    ]


def answered_items(values: Home) -> int:
    """How many items have an answer."""
    return sum(1 for found in standing(values).values() if found.answer)
