"""How far a section of a visit is: empty, started, complete, needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.findings import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.core.findings import Finding
    from infusion_visits.sections.section import AnySection
    from infusion_visits.visits.record import VisitRecord


def progress_of(section: AnySection, record: VisitRecord, findings: Iterable[Finding]) -> str:
    """Missing things alone leave a section started; anything else that is open needs attention."""
    mine = [one for one in findings if one.section == section.key]
    answered = is_answered(record.sections.get(section.key), section)
    if any(one.level is Level.ALERT for one in mine):
        return "needs attention"
    stops = [one for one in mine if one.level is Level.STOP]
    if any(one.code != "missing" and one.gate == "sign" for one in stops):
        return "needs attention"
    if not answered:
        return "empty"
    return "started" if any(one.gate == "sign" for one in stops) else "complete"


def is_answered(values: Any, section: AnySection) -> bool:
    """Whether anything of this visit stands in the section."""
    if values is None:
        return False
    return any(
        getattr(values, group.name) not in (None, ())
        for group in section.rows
        if group.owner == "visit"
    )
