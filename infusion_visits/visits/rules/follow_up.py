"""What a visit leaves to be done: home plans, a discharge summary become tasks of the patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.sections.home.rules import tasks as home_tasks
from infusion_visits.sections.home.values import Home
from infusion_visits.sections.teaching.rules import tasks as teaching_tasks
from infusion_visits.sections.teaching.values import Teaching
from infusion_visits.visits.rules.plan_of_care import discharge_tasks

if TYPE_CHECKING:
    from infusion_visits.core.planned import PlannedTask
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord


def planned_tasks(record: VisitRecord, facts: Facts) -> tuple[PlannedTask, ...]:
    """The tasks that signing writes; one that is already open for the patient is not doubled."""
    known = {task.what for task in record.patient.task if task.done_at is None}
    planned = (
        *home_tasks(record.of(Home), facts),
        *teaching_tasks(record.of(Teaching), facts),
        *discharge_tasks(record, facts),
    )
    return tuple(task for task in planned if task.what not in known)
