"""What stood shut and was done all the same: a stop is never got around in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.sections.infusion.fields import RESUME, SECTION, START, STEP
from infusion_visits.sections.infusion.rules import acts_of, standing
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits.rules.before_start import started_although
from infusion_visits.visits.rules.before_step import stepped_without_signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.acts import Act
    from infusion_visits.visits.record import VisitRecord

_ACTS = {
    Gate.START: (START, "Infusion started although"),
    Gate.STEP: (STEP, "Rate raised although"),
    Gate.RESUME: (RESUME, "Infusion resumed although"),
}


def gone_ahead(record: VisitRecord, facts: Facts, open_now: Sequence[Finding]) -> Iterator[Finding]:
    """Alerts for page one: acts that a stop, open then and not gone past, should have held.

    `open_now` are the findings as they stand. What arose after an act (a reaction after the
    start) did not hold it. The rules of the infusion speak of their own acts themselves.
    """
    overridden = {one.finding for one in record.overrides}
    for found in started_although(record, facts):
        if found.level is Level.STOP and found.key not in overridden:
            yield _alert(found, _ACTS[Gate.START][1], _start_of(record, found) or facts.now)
    for found in open_now:
        if found.level is not Level.STOP or found.gate not in _ACTS or found.section == SECTION:
            continue
        kind, words = _ACTS[found.gate]
        act = next(
            (
                act
                for act in _acts(record, kind)
                if (act.at >= found.at if found.at else found.gate is Gate.START)
            ),
            None,
        )
        if act is not None:
            yield _alert(found, words, act.at)
    yield from stepped_without_signs(record, facts)


def _acts(record: VisitRecord, kind: str) -> Iterator[Act]:
    for one in standing(record.of(Infusion)):
        yield from (act for act in acts_of(one) if act.kind == kind and not act.wrong)


def _start_of(record: VisitRecord, found: Finding) -> datetime | None:
    row = found.cell.row if found.cell else None
    for one in standing(record.of(Infusion)):
        if one.mark.row == row:
            acts = acts_of(one)
            return acts[0].at if acts else None
    return None


def _alert(found: Finding, words: str, at: datetime) -> Finding:
    return Finding(
        code=f"{found.code}.late",
        level=Level.ALERT,
        words=f"{words}: {found.words}",
        section=found.section,
        cell=found.cell,
        at=at,
        subject=found.subject,
    )
