"""The plan of care is asked for where it is certified, and spoken of everywhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark
from infusion_visits.patients.values import Contact, PlanOfCare, Precaution
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.rules.plan_of_care import SUMMARY, discharge_tasks, plan_of_care
from tests.fixtures.records import NOW

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding
    from infusion_visits.visits.record import VisitRecord
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def mark(group: str) -> Mark:

    return Mark(row=Row(group, (1,)), at=None, entered_at=NOW)


def whole(day: date, **more: Any) -> PlanOfCare:
    plan = PlanOfCare(
        mark("plan_of_care"),
        starts=day - timedelta(days=10),
        physician="R. Stern, MD",
        signed_day=day - timedelta(days=8),
        need="Titration.",
        visits_from=Decimal(1),
        per=Decimal(8),
        per_unit="weeks",
        duration=Decimal(12),
        duration_unit="months",
        goals="Fewer flares.",
        diet="As usual",
        functional_limits="None",
        safety=("sharps",),
    )
    return replace(plan, **more)


@pytest.fixture
def record(lived: Lived) -> VisitRecord:
    return lived.read()


def found(record: VisitRecord, kind: VisitKind, *plans: PlanOfCare, **chart: Any) -> list[Finding]:
    chart = {"contact": (Contact(mark("contact"), name="A", emergency=True),), **chart}
    made = replace(
        record,
        visit=replace(record.visit, kind=kind),
        patient=replace(record.patient, plan_of_care=plans, **chart),
    )
    return list(plan_of_care(made, facts_of(made, record.visit.scheduled)))


def day_of(record: VisitRecord) -> date:
    return local_day(record.visit.scheduled, record.visit.zone)


def test_no_plan_stops_the_start_of_care_and_is_advice_later(record: VisitRecord) -> None:
    (stop,) = found(record, VisitKind.START_OF_CARE)
    assert (stop.level, stop.overridable) == (Level.STOP, True)
    (advice,) = found(record, VisitKind.ROUTINE_INFUSION)
    assert advice.level is Level.ADVICE
    assert found(record, VisitKind.TELEPHONE) == []


def test_a_whole_plan_says_nothing(record: VisitRecord) -> None:
    assert found(record, VisitKind.START_OF_CARE, whole(day_of(record))) == []


@pytest.mark.parametrize(("days", "said"), [(60, False), (61, True)])
def test_a_plan_over_60_days_old_is_an_exception(
    record: VisitRecord, days: int, *, said: bool
) -> None:
    old = whole(day_of(record), starts=day_of(record) - timedelta(days=days))
    codes = {one.code: one.level for one in found(record, VisitKind.LINE_CARE, old)}
    assert codes == ({"plan.review": Level.ALERT} if said else {})


@pytest.mark.parametrize(("days", "level"), [(30, Level.ADVICE), (31, Level.ALERT)])
def test_a_missing_signature_grows_into_an_exception(
    record: VisitRecord, days: int, level: Level
) -> None:
    unsigned = whole(day_of(record), signed_day=None, starts=day_of(record) - timedelta(days=days))
    (one,) = found(record, VisitKind.LINE_CARE, unsigned)
    assert (one.code, one.level) == ("plan.signature", level)


def test_what_surveyors_cite_shuts_the_signature_of_a_start_of_care(record: VisitRecord) -> None:
    day = day_of(record)
    bare = whole(day, goals=None, diet=None, duration=None, code_status="dnr")
    said = {
        one.code: one
        for one in found(
            record,
            VisitKind.START_OF_CARE,
            bare,
            contact=(),
            precaution=(Precaution(mark("precaution"), kind="oxygen"),),
        )
    }
    assert said.keys() == {
        "plan.contents",
        "plan.directive",
        "plan.emergency-contact",
        "plan.safety",
    }
    assert "goals and expected outcomes, diet" in said["plan.contents"].words
    assert all(one.level is Level.STOP for key, one in said.items() if key != "plan.safety")
    assert "oxygen" in said["plan.safety"].words


def test_a_discharge_owes_the_prescriber_a_summary(record: VisitRecord) -> None:
    made = replace(record, visit=replace(record.visit, kind=VisitKind.DISCHARGE))
    facts = facts_of(made, record.visit.scheduled)
    (task,) = discharge_tasks(made, facts)
    assert task.what == SUMMARY
    assert task.due_day == local_day(facts.now, facts.zone) + timedelta(days=7)
    assert discharge_tasks(record, facts_of(record, record.visit.scheduled)) == ()
