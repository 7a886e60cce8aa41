"""The catalogues that are kept with a signed record: those its rules read, as they were then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.therapy.catalogue import CATALOGUE as THERAPIES
from infusion_visits.patients.therapy.catalogue import entries_used
from infusion_visits.visits.record import VisitRecord, plain_catalogue
from infusion_visits.visits.rules.completeness import sections_for

if TYPE_CHECKING:
    from infusion_visits.sections.section import AnySection


def catalogues_of(record: VisitRecord) -> dict[str, Any]:
    """The catalogues that the rules of this visit's sections read, as they were at signing."""
    names = {
        name
        for section in sections_for(record.visit.kind)
        if _speaks(record.sections.get(section.key), section)
        for name in section.catalogues
    }
    kept = {name: load_catalogue(name) for name in names}
    therapies = entries_used(order.therapy for order in record.patient.therapy_order)
    if therapies["therapy"]:
        # What an order says of its therapy is read from the record; the entries used suffice.
        kept.setdefault(THERAPIES, therapies)
    return {name: plain_catalogue(kept[name]) for name in sorted(kept)}


def _speaks(values: Any, section: AnySection) -> bool:
    """Whether the note says anything of the section: lines and complications go on living too."""
    return values is not None and any(
        getattr(values, group.name) not in (None, ()) for group in section.rows
    )
