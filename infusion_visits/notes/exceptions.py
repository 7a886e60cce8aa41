"""The box of exceptions at the top of page one: what was wrong, what was done, who was told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from infusion_visits.core.blocks import ExceptionRow, Exceptions, Span, Voice, Words, plain
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_instant
from infusion_visits.notes.wording import capital, counted, sentence
from infusion_visits.sections.complications.rules.state import State, complication_id, state_of
from infusion_visits.sections.complications.values import Complication, Complications
from infusion_visits.sections.list import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from infusion_visits.core.fields import Rows
    from infusion_visits.core.marks import Mark, NotDone
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord

NO_EXCEPTIONS = "No exceptions"
_COMPLICATION, _OUT_OF_RANGE = "complications.noticed", "vitals.out_of_range"
_SAME_EVENT = timedelta(minutes=5)
_SAME_LOOK = timedelta(minutes=30)
_SEEN_AT_THE_LINE = {
    "catheter_migration": ("devices.migrated", "devices.tip_not_central"),
    "dislodgement": ("devices.migrated", "devices.tip_not_central"),
    "occlusion": ("devices.occlusion",),
    "thrombosis": ("devices.arm_grown",),
}
"""By what the check of the line shows it, for each kind of complication."""

_ENDINGS = {State.OPEN: "Open.", State.CLOSED: "Closed"}
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_RECHECK, _TOLD = "recheck", "told"
_NO_RESPONSE: Words = (Span("No response charted.", Voice.QUIET),)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the box before it is sorted by its time."""

    at: datetime | None
    words: Words
    response: Words
    open: bool = False


def exceptions(
    record: VisitRecord, facts: Facts, findings: Sequence[Finding], *, signed: bool
) -> Exceptions:
    """Alerts, stops gone past, things not done, and open complications, in the order of time.

    "No exceptions" is said only of a completed, signed visit that has none of them.
    """
    known = {
        str(complication_id(one)): one
        for one in record.of(Complications).complication
        if one.mark.struck is None
    }
    entries = [
        *_alerts(findings, known, facts),
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
    return Exceptions(_title(entries), rows, NO_EXCEPTIONS if clean else "")


def _title(entries: Sequence[_Entry]) -> str:
    """`2 exceptions`, `2 exceptions, 1 still open`: whether somebody must act comes first."""
    title = counted(len(entries), "exception")
    still = sum(entry.open for entry in entries)
    if not still:
        return title
    return f"{title}, still open" if len(entries) == 1 else f"{title}, {still} still open"


def _time(at: datetime | None, facts: Facts) -> str:
    return show_instant(at, facts.zone, beside=facts.arrived or facts.now) if at else ""


def _alerts(
    findings: Sequence[Finding], known: Mapping[str, Complication], facts: Facts
) -> Iterator[_Entry]:
    alerts = [found for found in findings if found.level is Level.ALERT]
    seen = {id(found): _signs_of(found, known, alerts) for found in alerts}
    with_another = {id(signs) for several in seen.values() for signs in several}
    for found in alerts:
        if id(found) in with_another:
            continue
        said, response = [found.detail], [found.response]
        for signs in seen[id(found)]:
            more, answered = _told_with(found, signs, known.get(found.subject), facts)
            said += more
            response += answered
        words = [Span(sentence(found.words), Voice.STRONG)]
        words += [Span(f" {sentence(capital(part))}") for part in said if part]
        state = state_of(known[found.subject]) if found.subject in known else None
        yield _Entry(found.at, tuple(words), _answered(response, state), state is State.OPEN)


def _answered(response: Sequence[str], state: State | None) -> Words:
    """What was done; of a complication its end stands out, for that is what is looked for."""
    answer = " ".join(sentence(capital(part)) for part in response if part)
    if not answer:
        return _NO_RESPONSE
    ending = _ENDINGS.get(state) if state else None
    before, found, after = answer.rpartition(ending) if ending else (answer, "", "")
    if not found:
        return plain(answer)
    return tuple(
        span for span in (Span(before), Span(found, Voice.STRONG), Span(after)) if span.text
    )


def _signs_of(
    found: Finding, known: Mapping[str, Complication], alerts: Sequence[Finding]
) -> list[Finding]:
    """What was measured when this complication was noticed: one event, one line of the box."""
    if found.code != _COMPLICATION or found.at is None:
        return []
    complication = known.get(found.subject)
    return [
        other
        for other in alerts
        if other.at is not None and _same_event(other, abs(other.at - found.at), complication)
    ]


def _same_event(other: Finding, apart: timedelta, complication: Complication | None) -> bool:
    if other.code == _OUT_OF_RANGE:
        return apart <= _SAME_EVENT
    if complication is None or other.code not in _SEEN_AT_THE_LINE.get(complication.what or "", ()):
        return False
    of_line = other.cell is not None and other.cell.row.at[:1] == (complication.device_id,)
    return of_line and apart <= _SAME_LOOK


def _told_with(
    found: Finding, signs: Finding, complication: Complication | None, facts: Facts
) -> tuple[list[str], list[str]]:
    """What the signs add to the line of a complication: words, and what was done."""
    line = facts.line(complication.device_id) if complication else None
    detail = signs.detail.removeprefix(f"{line.label}: ") if line else signs.detail
    said = [*_not_yet_said(signs.words, found.detail), detail]
    if signs.code == _OUT_OF_RANGE:
        return said, [] if _RECHECK in found.response.casefold() else [signs.response]
    return said, [] if _TOLD in found.response.casefold() else [signs.response]


def _not_yet_said(words: str, told: str) -> tuple[str, ...]:
    """The words, unless every figure of theirs stands in what was told already."""
    figures = set(_FIGURE.findall(words))
    return () if figures and figures <= set(_FIGURE.findall(told)) else (words,)


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
            yield _Entry(None, words, plain("Stays open after this visit."), open=True)


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
