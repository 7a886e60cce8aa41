"""Every section's mapping to FHIR, by its key: a literal list, as all lists of sections are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from infusion_visits.sections.vitals import fhir as vitals

if TYPE_CHECKING:
    from infusion_visits.core.fhir import Piece
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts

Mapped = Callable[[Any, "Facts", "Refs"], "list[Piece]"]

MAPPINGS: Mapping[str, Mapped] = {
    "vitals": vitals.to_fhir,
}
