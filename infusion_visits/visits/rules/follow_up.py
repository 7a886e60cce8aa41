"""What a visit leaves to be done: the home plans become tasks of the patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.sections.home.rules import tasks as home_tasks
from infusion_visits.sections.home.values import Home

if TYPE_CHECKING:
    from infusion_visits.core.planned import PlannedTask
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord


def planned_tasks(record: VisitRecord, facts: Facts) -> tuple[PlannedTask, ...]:
    """The tasks that signing writes; one that is already open for the patient is not doubled."""
    known = {task.what for task in record.patient.task if task.done_at is None}
    return tuple(task for task in home_tasks(record.of(Home), facts) if task.what not in known)
