"""Page one in the order in which a coordinator asks (plan of the house, section 6).

Is anything wrong, was it given as ordered, how is the line, what comes next, the vital signs over
the phases of the infusion.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Block,
    Heading,
    Items,
    Paragraph,
    SideBySide,
    Span,
    Voice,
    Words,
    plain,
    quiet,
    strong,
)
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.notes.exceptions import exceptions
from infusion_visits.notes.wording import sentence
from infusion_visits.patients.rules import standing
from infusion_visits.sections.departure.values import Departure, Leaving
from infusion_visits.sections.devices.page_one import line_block
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.devices.words import due_lines
from infusion_visits.sections.infusion.note import NONE, ordered_and_given
from infusion_visits.sections.infusion.rules import standing as standing_infusions
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.vitals.note import circumstances, same_at_every_set, sets_table
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits.rules.follow_up import planned_tasks
from infusion_visits.visits.timeline import chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord


def page_one(
    record: VisitRecord, facts: Facts, findings: Sequence[Finding], *, signed: bool
) -> tuple[Block, ...]:
    """The blocks of page one, below the head."""
    return (
        exceptions(record, facts, findings, signed=signed),
        _beside(record, facts),
        *_vital_signs(record, facts),
    )


def _beside(record: VisitRecord, facts: Facts) -> SideBySide:
    """Ordered beside given with the line at its right; without an infusion the line comes first."""
    line: tuple[Block, ...] = (Heading("Line"), *line_block(record.of(Devices), facts))
    following: tuple[Block, ...] = (Heading("What comes next"), *_what_comes_next(record, facts))
    infusion = record.of(Infusion)
    if not standing_infusions(infusion):
        none: tuple[Block, ...] = (Heading("Infusion"), Paragraph(plain(NONE)))
        return SideBySide(line, (*none, *following))
    given = (Heading("Ordered and given"), *ordered_and_given(infusion, facts))
    return SideBySide(given, (*line, *following))


def _what_comes_next(record: VisitRecord, facts: Facts) -> tuple[Block, ...]:
    """The next visit with its plan, every open task and the care of the lines by their due day."""
    leaving = record.of(Departure).departure
    if leaving is not None and leaving.mark.struck:
        leaving = None
    planned = [*_next_visit(leaving, facts)]
    tasks = _tasks(record, facts)
    # A signed record without its tasks is of the first version, whose notes told no care of lines.
    first_version = record.sealed and record.planned is None
    lines = [] if first_version else due_lines(record.of(Devices), facts)
    due = _dated([*tasks, *lines])
    if not planned and not tasks:
        none = Paragraph(quiet("Not charted yet."))
        return (none, Items(tuple(due))) if due else (none,)
    return (Items((*planned, *due)),)


def _next_visit(leaving: Leaving | None, facts: Facts) -> Iterator[Words]:
    if leaving is None:
        return
    plan = sentence(leaving.plan or "")
    if leaving.next_visit is not None:
        when = show_instant(leaving.next_visit, facts.zone)
        yield (Span(f"Next visit {when}", Voice.STRONG), Span(f": {plan}" if plan else "."))
    elif plan:
        yield (Span("Next visit without a day", Voice.STRONG), Span(f": {plan}"))


def _tasks(record: VisitRecord, facts: Facts) -> list[tuple[date | None, str]]:
    """Open tasks of the patient and those that this visit leaves, each with who does it."""
    kept = [task for task in standing(record.patient.task) if task.done_at is None]
    due = [(task.due_day, task.what or "", task.assignee or "") for task in kept]
    due += [(task.due_day, task.what, task.assignee) for task in planned_tasks(record, facts)]
    return [(day, f"{what.rstrip('.')}{f', {who}' if who else ''}") for day, what, who in due]


def _dated(due: Iterable[tuple[date | None, str]]) -> list[Words]:
    """What is to be done, the first due in front, without a day last."""
    lines: list[Words] = []
    for day, what in sorted(due, key=lambda one: one[0] or date.max):
        head = f"Due {show_day(day)}" if day else "No due day"
        lines.append((Span(head, Voice.STRONG), Span(f": {what}.")))
    return lines


def _vital_signs(record: VisitRecord, facts: Facts) -> tuple[Block, ...]:
    """The chart over the rate curve, then every set. One set alone is told by its figures."""
    values = record.of(Vitals)
    picture = chart(record, facts)
    made: list[Block] = []
    beside = same_at_every_set(values, facts)
    if picture is not None and (len(picture.marks) > 1 or len(picture.rates) > 2):
        made.append(replace(picture, beside=beside or picture.beside))
    elif values.vital_signs:
        made.append(Heading("Vital signs"))
    if values.vital_signs:
        made.append(sets_table(values, facts))
    else:
        made.append(Paragraph((*strong("Vital signs: "), Span("none at this visit."))))
    return (*made, *circumstances(values, facts))
