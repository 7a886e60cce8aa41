"""Page one in the order in which a coordinator asks (plan of the house, section 6).

Is anything wrong, was it given as ordered, how is the line, what comes next, the vital signs over
the phases of the infusion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from infusion_visits.core.blocks import (
    Block,
    ExceptionRow,
    Exceptions,
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
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.notes.wording import capital, counted, sentence
from infusion_visits.patients.rules import standing
from infusion_visits.sections.departure.values import Departure, Leaving
from infusion_visits.sections.devices.page_one import line_block
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.devices.words import due_lines
from infusion_visits.sections.infusion.note import NONE, ordered_and_given
from infusion_visits.sections.infusion.rules import standing as standing_infusions
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.vitals.note import same_at_every_set, sets_table
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits.rules.follow_up import planned_tasks
from infusion_visits.visits.timeline import chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from infusion_visits.core.fields import Rows
    from infusion_visits.core.marks import Mark, NotDone
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord

NO_EXCEPTIONS = "No exceptions"
_COMPLICATION, _OUT_OF_RANGE = "complications.noticed", "vitals.out_of_range"
_SAME_EVENT = timedelta(minutes=5)


def page_one(
    record: VisitRecord, facts: Facts, findings: Sequence[Finding], *, signed: bool
) -> tuple[Block, ...]:
    """The blocks of page one, below the head."""
    return (
        exceptions(record, facts, findings, signed=signed),
        _beside(record, facts),
        *_vital_signs(record, facts),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the box before it is sorted by its time."""

    at: datetime | None
    words: Words
    response: Words


def exceptions(
    record: VisitRecord, facts: Facts, findings: Sequence[Finding], *, signed: bool
) -> Exceptions:
    """Alerts, stops gone past, things not done, and open complications, in the order of time.

    "No exceptions" is said only of a completed, signed visit that has none of them.
    """
    entries = [
        *_alerts(findings),
        *_overridden(record),
        *_not_done(record),
        *_absent(record),
        *_open_complications(facts, findings),
    ]
    far = datetime.max.replace(tzinfo=facts.now.tzinfo)
    entries.sort(key=lambda entry: entry.at or far)
    rows = tuple(
        ExceptionRow(_time(entry.at, facts), entry.words, entry.response) for entry in entries
    )
    clean = signed and record.visit.completed is not None and not rows
    return Exceptions(counted(len(rows), "exception"), rows, NO_EXCEPTIONS if clean else "")


def _time(at: datetime | None, facts: Facts) -> str:
    return show_instant(at, facts.zone, beside=facts.arrived or facts.now) if at else ""


def _alerts(findings: Sequence[Finding]) -> Iterator[_Entry]:
    alerts = [found for found in findings if found.level is Level.ALERT]
    told = {id(found): _signs_of(found, alerts) for found in alerts}
    with_another = {id(signs) for signs in told.values() if signs is not None}
    for found in alerts:
        if id(found) in with_another:
            continue
        words = [Span(sentence(found.words), Voice.STRONG)]
        said, response = [found.detail], [found.response]
        if (signs := told[id(found)]) is not None:
            said += [*_not_yet_said(signs.words, found.detail), signs.detail]
            if _RECHECK not in found.response.casefold():
                response.append(signs.response)
        words += [Span(f" {sentence(capital(part))}") for part in said if part]
        answer = " ".join(sentence(capital(part)) for part in response if part)
        yield _Entry(found.at, tuple(words), plain(answer) if answer else _NO_RESPONSE)


def _signs_of(found: Finding, alerts: Sequence[Finding]) -> Finding | None:
    """The signs that went out of range when this complication was noticed: one event, one line."""
    if found.code != _COMPLICATION or found.at is None:
        return None
    return next(
        (
            other
            for other in alerts
            if other.code == _OUT_OF_RANGE
            and other.at is not None
            and abs(other.at - found.at) <= _SAME_EVENT
        ),
        None,
    )


def _not_yet_said(words: str, told: str) -> tuple[str, ...]:
    """The words, unless every figure of theirs stands in what was told already."""
    figures = set(_FIGURE.findall(words))
    return () if figures and figures <= set(_FIGURE.findall(told)) else (words,)


_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_RECHECK = "recheck"
_NO_RESPONSE: Words = (Span("No response charted.", Voice.QUIET),)


def _overridden(record: VisitRecord) -> Iterator[_Entry]:
    for one in record.overrides:
        who = record.who(one.by)
        by = f" {who.signed_name}." if who else ""
        yield _Entry(
            one.at,
            (Span("Gone past: ", Voice.STRONG), Span(sentence(one.words), Voice.STRONG)),
            plain(f"Reason: {sentence(one.reason)}{by}"),
        )


def _not_done(record: VisitRecord) -> Iterator[_Entry]:
    """What was not done, the fields of one row with one reason in one line."""
    for section in SECTIONS:
        values = record.sections.get(section.key)
        if values is None:
            continue
        for group, row in rows_of(section.rows, values):
            if row.mark.struck is None and row.mark.not_done:
                yield from _not_done_in_row(section.title, group, row.mark)


def _not_done_in_row(title: str, group: Rows, mark: Mark) -> Iterator[_Entry]:
    by_reason: dict[tuple[str, str], list[str]] = {}
    labels = {leaf.name: leaf.label for leaf in group.leaves}
    for name, why in mark.not_done.items():
        by_reason.setdefault((why.reason.value, why.words), []).append(labels.get(name, name))
    for (reason, words), said in by_reason.items():
        yield _Entry(
            mark.at,
            (Span(f"{title}: {', '.join(said)} not done.", Voice.STRONG),),
            plain(_reason(reason, words)),
        )


def _absent(record: VisitRecord) -> Iterator[_Entry]:
    """Whole groups that stayed empty for a reason; fields of one group in one line."""
    titles = {section.key: section for section in SECTIONS}
    by_place: dict[tuple[str, str], NotDone] = {}
    for absent in record.absent:
        by_place.setdefault((absent.section, absent.group.partition("/")[0]), absent.why)
    for (key, name), why in by_place.items():
        section = titles.get(key)
        label = section.group(name).label if section else name
        title = f"{section.title}: " if section else ""
        yield _Entry(
            None,
            (Span(f"{title}{label} not done.", Voice.STRONG),),
            plain(_reason(why.reason.value, why.words)),
        )


def _reason(reason: str, words: str) -> str:
    return sentence(capital(f"{reason}: {words}" if words else reason))


def _open_complications(facts: Facts, findings: Sequence[Finding]) -> Iterator[_Entry]:
    """Open ones that no alert of this visit speaks of: they came from an earlier visit."""
    told = " ".join(found.words for found in findings if found.level is Level.ALERT).casefold()
    for label in facts.open_complications:
        if label.casefold() not in told:
            words = (Span(f"{sentence(capital(label))} ", Voice.STRONG), Span("Still open."))
            yield _Entry(None, words, plain("Stays open after this visit."))


def rows_of(groups: Sequence[Rows], values: Any) -> Iterator[tuple[Rows, Any]]:
    """Every row of a section's values with its group, parents before children.

    What hangs on a struck row is no longer said by itself; its section still shows it, struck.
    """
    for group in groups:
        held = getattr(values, group.name, None)
        rows = held if isinstance(held, tuple) else (() if held is None else (held,))
        for row in rows:
            yield group, row
            if row.mark.struck is None:
                yield from rows_of(group.children, row)


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
    planned = [*_next_visit(leaving, facts), *_dated(_tasks(record, facts))]
    # A signed record without its tasks is of the first version, whose notes told no care of lines.
    first_version = record.sealed and record.planned is None
    lines = [] if first_version else _dated(due_lines(record.of(Devices), facts))
    if not planned:
        none = Paragraph(quiet("Not charted yet."))
        return (none, Items(tuple(lines))) if lines else (none,)
    return (Items((*planned, *lines)),)


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
    return tuple(made)
