"""What a plan of care comes to: which one is in force, when it is looked at again, what it lacks.

Sources: clinical reference 7.2 and 7.11; `resources/clinical/plan_of_care.toml`. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, reading
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.patients.plan_fields import (
    CODE_STATES,
    DO_NOT_RESUSCITATE,
    LIMITED,
    SAFETY_MEASURES,
)
from infusion_visits.patients.rules import in_force, standing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal

    from infusion_visits.patients.values import PatientChart, PlanOfCare

CATALOGUE = "plan_of_care"
_MEASURES = frozenset(option.key for option in SAFETY_MEASURES)
_NEEDED_WORDS = {
    "goals": "goals and expected outcomes",
    "diet": "diet",
    "functional_limits": "functional limits",
    "need": "why skilled care is needed",
}


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """Days after which something of a plan is overdue; agency defaults."""

    review_days: int
    signature_days: int
    discharge_summary_days: int
    home_assessment_days: int


@dataclass(frozen=True, slots=True)
class SafetyMeasure:
    """A safety measure and what suggests it: precautions, drug groups, words of a condition."""

    key: str
    label: str
    precautions: tuple[str, ...]
    groups: tuple[str, ...]
    words: tuple[str, ...]
    always: bool
    hazardous: bool
    source: str


@dataclass(frozen=True, slots=True)
class PlanCatalogue:
    """The catalogue as read."""

    limits: PlanLimits
    safety: tuple[SafetyMeasure, ...]


def read_plan_catalogue(plain: Mapping[str, Any]) -> PlanCatalogue:
    """The limits and suggestions. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        top.text("edition")
        top.source()
        limits = _limits(top.entry("limits"))
        safety = top.entry("safety")
        measures = tuple(_measure(key, one) for key, one in safety.tables()) if safety else ()
        if safety:
            safety.close()
    return PlanCatalogue(limits, measures)


def _limits(entry: Entry | None) -> PlanLimits:
    if entry is None:
        return PlanLimits(0, 0, 0, 0)
    days = [
        entry.whole(name, low=1, high=400) or 0
        for name in (
            "review_days",
            "signature_days",
            "discharge_summary_days",
            "home_assessment_days",
        )
    ]
    entry.yes("unsure")
    entry.source()
    entry.close()
    return PlanLimits(*days)


def _measure(key: str, entry: Entry) -> SafetyMeasure:
    if key not in _MEASURES:
        entry.fault(f"{key} is no safety measure of the plan.", f"Use one of: {_known()}.")
    made = SafetyMeasure(
        key=key,
        label=entry.text("label"),
        precautions=entry.texts("precautions", needed=False),
        groups=entry.texts("groups", needed=False),
        words=entry.texts("words", needed=False),
        always=entry.yes("always"),
        hazardous=entry.yes("hazardous"),
        source=entry.source(),
    )
    entry.close()
    return made


def _known() -> str:
    return ", ".join(sorted(_MEASURES))


def plan_in_force(chart: PatientChart, day: date) -> PlanOfCare | None:
    """The newest plan begun by `day`, also when its end has passed: that is then what is wrong."""
    begun = [
        plan
        for plan in standing(chart.plan_of_care)
        if plan.starts is not None and plan.starts <= day
    ]
    return max(
        begun, key=lambda plan: (plan.starts or date.min, plan.mark.row.path()), default=None
    )


def looked_at(plan: PlanOfCare) -> date | None:
    """The last day on which somebody answered for the whole plan."""
    return max((day for day in (plan.starts, plan.reviewed_day) if day), default=None)


def review_due(plan: PlanOfCare, limits: PlanLimits) -> date | None:
    """When the plan must be reviewed: after the agency's days, or at its end if that is sooner."""
    seen = looked_at(plan)
    days = [plan.ends] if plan.ends else []
    if seen is not None:
        days.append(seen + timedelta(days=limits.review_days))
    return min(days, default=None)


def lacks(plan: PlanOfCare) -> tuple[str, ...]:
    """What the plan does not say though it must, in words (clinical reference 7.11)."""
    missing = [words for name, words in _NEEDED_WORDS.items() if not getattr(plan, name)]
    if not frequency_words(plan):
        missing.append("how often a nurse comes, and for how long")
    if not plan.safety and not plan.safety_words:
        missing.append("safety measures")
    return tuple(missing)


def directive_missing(plan: PlanOfCare) -> bool:
    """Limits of treatment are named, and nobody says where the directive lies."""
    return plan.code_status in {DO_NOT_RESUSCITATE, LIMITED} and not plan.directive_place


def frequency_words(plan: PlanOfCare) -> str:
    """`2 to 3 visits in every week for 8 weeks`; empty while not whole ("ongoing" is none)."""
    least, per, unit = plan.visits_from, plan.per, plan.per_unit
    if least is None or per is None or unit is None:
        return ""
    if plan.duration is None or plan.duration_unit is None:
        return ""
    count = plain_number(least)
    if plan.visits_to is not None and plan.visits_to > least:
        count += f" to {plain_number(plan.visits_to)}"
    visits = "visit" if count == "1" else "visits"
    every = _one(unit) if per == 1 else f"{plain_number(per)}{NBSP}{unit}"
    return f"{count}{NBSP}{visits} in every {every} for {_span(plan.duration, plan.duration_unit)}"


def _span(number: Decimal, unit: str) -> str:
    return f"{plain_number(number)}{NBSP}{_one(unit) if number == 1 else unit}"


def _one(unit: str) -> str:
    return unit.removesuffix("s")


def suggested_safety(
    chart: PatientChart,
    day: date,
    groups: Collection[str],
    catalogue: PlanCatalogue,
    *,
    hazardous: bool = False,
) -> tuple[SafetyMeasure, ...]:
    """The measures that this patient's precautions, conditions and drugs ask for."""
    precautions = {row.kind for row in in_force(chart, day)}
    named = [row.words for row in standing(chart.condition)]
    named += [row.words for row in standing(chart.home_medicine)]
    said = " ".join(words.casefold() for words in named if words)
    return tuple(
        one
        for one in catalogue.safety
        if one.always
        or (one.hazardous and hazardous)
        or precautions.intersection(one.precautions)
        or set(groups).intersection(one.groups)
        or any(word in said for word in one.words)
    )


def plan_lines(plan: PlanOfCare) -> tuple[tuple[str, str], ...]:
    """What the plan says, label and words, for the chart and the note; only what is answered."""
    codes = {option.key: option.label for option in CODE_STATES}
    measures = {option.key: option.label for option in SAFETY_MEASURES}
    safety = ", ".join(measures.get(key, key) for key in plan.safety or () if key != "other")
    code = codes.get(plan.code_status or "", "")
    if code and plan.directive_place:
        code += f"; directive: {plan.directive_place}"
    said = (
        ("Goals", plan.goals),
        ("Skilled care", plan.need),
        ("Visits", "; ".join(part for part in (frequency_words(plan), _as_needed(plan)) if part)),
        ("Diet", plan.diet),
        ("Functional limits", plan.functional_limits),
        ("Safety", "; ".join(part for part in (safety, plan.safety_words) if part)),
        ("If the heart stops", code),
        ("Discharge plan", plan.discharge_plan),
    )
    return tuple((label, words) for label, words in said if words)


def _as_needed(plan: PlanOfCare) -> str:
    return f"as needed: {plan.as_needed}" if plan.as_needed else ""
