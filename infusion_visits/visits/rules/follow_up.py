"""What a visit leaves to be done: home plans, lines, complications and discharge become tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.sections.communication.rules import tasks as log_tasks
from infusion_visits.sections.communication.values import Communication
from infusion_visits.sections.complications.rules import tasks as complication_tasks
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.devices.rules import follow_up as line_tasks
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.home.rules import tasks as home_tasks
from infusion_visits.sections.home.values import Home
from infusion_visits.sections.labs.rules import tasks as lab_tasks
from infusion_visits.sections.labs.values import Labs
from infusion_visits.sections.supplies.rules import tasks as supply_tasks
from infusion_visits.sections.supplies.values import Supplies
from infusion_visits.sections.teaching.rules import tasks as teaching_tasks
from infusion_visits.sections.teaching.values import Teaching
from infusion_visits.visits.rules.plan_of_care import discharge_tasks

if TYPE_CHECKING:
    from infusion_visits.core.planned import PlannedTask
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord


def planned_tasks(record: VisitRecord, facts: Facts) -> tuple[PlannedTask, ...]:
    """The tasks that signing writes; one that is already open for the patient is not doubled.

    A signed record says itself what it left. The first version kept none: it planned those of the
    home alone.
    """
    if record.planned is not None:
        return record.planned
    known = {task.what for task in record.patient.task if task.done_at is None}
    of_home = home_tasks(record.of(Home), facts)
    if record.sealed:
        return tuple(task for task in of_home if task.what not in known)
    planned = (
        *of_home,
        *line_tasks(record.of(Devices), facts),
        *complication_tasks(record.of(Complications), facts),
        *lab_tasks(record.of(Labs), facts),
        *log_tasks(record.of(Communication), facts),
        *supply_tasks(record.of(Supplies), facts),
        *teaching_tasks(record.of(Teaching), facts),
        *discharge_tasks(record, facts),
    )
    return tuple(task for task in planned if task.what not in known)
