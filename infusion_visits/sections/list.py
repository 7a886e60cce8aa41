"""Every section of a visit, in the order of the visit. A new section is one line here."""

from __future__ import annotations

from infusion_visits.core.kinds import VisitKind
from infusion_visits.sections.section import AnySection, Section
from infusion_visits.sections.vitals import fields as vitals_fields
from infusion_visits.sections.vitals import note as vitals_note
from infusion_visits.sections.vitals import rules as vitals_rules
from infusion_visits.sections.vitals.values import Vitals

SECTIONS: tuple[AnySection, ...] = (
    Section(
        key="vitals",
        title="Vitals",
        values=Vitals,
        rows=vitals_fields.ROWS,
        findings=vitals_rules.findings,
        blocks=vitals_note.blocks,
        required=vitals_fields.VITALS_KINDS,
        hidden=frozenset({VisitKind.TELEPHONE}),
    ),
)
