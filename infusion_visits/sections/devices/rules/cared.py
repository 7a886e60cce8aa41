"""Care that was given, is late, or came too soon (clinical reference 2.4, 7.11, 11.8)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Level
from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import CHECK_KINDS, SECTION
from infusion_visits.sections.devices.rules.due import DueState, care_due
from infusion_visits.sections.devices.rules.seen import last_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.sections.devices.rules.due import CareDue
    from infusion_visits.sections.devices.rules.looked import Looked

_DUE_REASONS = {None, "", care.ROUTINE}


def care_findings(looked: Looked) -> Iterator[Finding]:
    """Findings about the care of one line."""
    yield from _needle(looked)
    yield from _dried(looked)
    yield from _too_soon(looked)
    yield from _overdue(looked)


def _needle(looked: Looked) -> Iterator[Finding]:
    if looked.device.kind != of.PORT:
        return
    for act in looked.given:
        if act.what in of.NEEDLE_CARES and act.non_coring is False:
            yield from looked.alert(
                "coring",
                "Port accessed with a needle that cores",
                Cell(SECTION, act.mark.row, "non_coring"),
                guidance="Change it for a non-coring needle; watch the septum for leaks.",
                at=act.done_at,
            )
        if act.what == of.PORT_DEACCESS and not (act.saline_ml or act.lock_ml):
            yield looked.finding(
                "deaccess_flush",
                Level.ADVICE,
                "Flush and lock at the removal of the needle are not charted",
                Cell(SECTION, act.mark.row, "saline_ml"),
                at=act.done_at,
            )


def _dried(looked: Looked) -> Iterator[Finding]:
    for act in looked.given:
        least = looked.limits.dry_seconds.get(act.antiseptic or "")
        if least is not None and act.dry_seconds is not None and act.dry_seconds < least:
            yield looked.finding(
                "dry_time",
                Level.ADVICE,
                f"Antiseptic dried {act.dry_seconds}\u00a0s",
                Cell(SECTION, act.mark.row, "dry_seconds"),
                detail=f"at least {least}\u00a0s (agency to confirm).",
                at=act.done_at,
            )


def _too_soon(looked: Looked) -> Iterator[Finding]:
    """Connectors and continuous sets are not changed more often than every 96 hours."""
    for cell, what, detail, why, at, interval in _replaced(looked):
        hours = looked.limits.intervals[interval].not_before_hours
        before = [
            one
            for one in looked.facts.care_before
            if one.device == looked.device.id and (not detail or one.detail == detail)
        ]
        last = last_of(before, looked.device.id, what)
        if last is None or why not in _DUE_REASONS or at - last.at >= timedelta(hours=hours):
            continue
        passed = int((at - last.at).total_seconds()) // 3600
        title = looked.limits.intervals[interval].title
        yield looked.finding(
            f"{interval}_too_soon",
            Level.ADVICE,
            f"{title} changed after {passed}\u00a0h",
            cell,
            detail=f"not more often than every {hours}\u00a0h, unless damaged, contaminated or "
            "before a blood culture; chart why.",
            at=at,
        )


def _replaced(
    looked: Looked,
) -> Iterator[tuple[Cell, str, str, str | None, datetime, str]]:
    """Each connector and continuous set changed at this visit, with why and when."""
    check = looked.check
    if check is not None and check.checked_at is not None:
        for row in check.lumen_check:
            if row.mark.struck is None and row.connector_changed:
                cell = Cell(SECTION, row.mark.row, "connector_why")
                why, at = row.connector_why, check.checked_at
                yield cell, of.CONNECTOR_CHANGE, "", why, at, "connector"
                break
    for act in looked.given:
        if act.done_at is None:
            continue
        cell = Cell(SECTION, act.mark.row, "why")
        if act.what == of.CONNECTOR_CHANGE:
            yield cell, of.CONNECTOR_CHANGE, "", act.why, act.done_at, "connector"
        elif act.what == of.SET_CHANGE and act.set_type == "continuous":
            yield cell, of.SET_CHANGE, "continuous", act.why, act.done_at, "set_continuous"


def _overdue(looked: Looked) -> Iterator[Finding]:
    facts = looked.facts
    if facts.kind not in CHECK_KINDS:
        return
    for due in care_due(looked.values, looked.device, facts, looked.limits):
        cell = looked.cell("checked_at", "device_check")
        words = due.words(facts.zone)
        if due.state is DueState.AT_ONCE and _seen_before(looked, due):
            yield from looked.alert(
                "due_at_once",
                words[:1].upper() + words[1:],
                cell,
                subject=due.task,
                detail="found at an earlier visit.",
                guidance="Do it now, or say why not.",
            )
        elif due.state is DueState.OVERDUE and due.at_home:
            yield looked.finding(
                "overdue",
                Level.ADVICE,
                f"Overdue: {words}",
                cell,
                detail="unless the patient did it at home; ask.",
                subject=due.task,
            )
        elif due.state is DueState.OVERDUE:
            yield from looked.alert(
                "overdue",
                f"Overdue: {words}",
                cell,
                subject=due.task,
                guidance="Do it now, or say why not.",
            )


_FOUND_BY = {
    "dressing": ("dressing_state",),
    "securement": ("securement_state",),
    "piv_site": ("phlebitis_ins", "phlebitis_vip"),
    "subcut_set": ("site",),
}


def _seen_before(looked: Looked, due: CareDue) -> bool:
    """Whether an earlier visit found it; what this visit found itself is told by the check."""
    check = looked.check
    answers = _FOUND_BY.get(due.task, ())
    return check is None or all(getattr(check, name) is None for name in answers)
