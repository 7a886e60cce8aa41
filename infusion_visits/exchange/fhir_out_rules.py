"""What the rules asked for, as FHIR: stops that were gone past, and groups that stayed empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.fhir import (
    LOINC,
    SURVEY,
    VITAL_SIGNS,
    Piece,
    absent,
    coding,
    concept,
    filled,
    link,
    linked,
    own,
    resource,
)

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.sections.section import AnySection
    from infusion_visits.visits.record import Absent, Overridden, VisitRecord


def gone_past(record: VisitRecord, refs: Refs) -> list[Piece]:
    """Each stop that the nurse went past, with the reason."""
    return [_issue(one, number, refs) for number, one in enumerate(record.overrides, start=1)]


def _issue(one: Overridden, number: int, refs: Refs) -> Piece:
    at, who = refs.when(one.at), linked(refs, one.by)
    action = concept(f"Gone past: {one.reason}" if one.reason else "Gone past")
    return resource(
        "DetectedIssue",
        refs.made(f"override/{number}"),
        status="final",
        code=concept(one.words or one.finding, own("finding", one.finding.partition("@")[0])),
        patient=link(refs.patient),
        identifiedDateTime=at,
        author=who,
        mitigation=[filled(action=action, date=at, author=who)],
    )


def absent_of(record: VisitRecord, section: AnySection, refs: Refs) -> list[Piece]:
    """The required groups of a section that stayed empty, each with the reason."""
    return [_absent(one, section, refs) for one in record.absent if one.section == section.key]


def _absent(one: Absent, section: AnySection, refs: Refs) -> Piece:
    label = next((rows.label for rows in section.rows if rows.name == one.group), one.group)
    signs = one.group == "vital_signs"
    panel = coding(LOINC, "85353-1", "Vital signs panel") if signs else {}
    return resource(
        "Observation",
        refs.made(f"absent/{one.section}/{one.group}"),
        status="final",
        category=[VITAL_SIGNS if signs else SURVEY],
        code=concept(label, panel, own("group", one.group)),
        subject=link(refs.patient),
        encounter=link(refs.visit),
        effectiveDateTime=refs.when(refs.at),
        dataAbsentReason=absent(one.why),
    )
