"""The departure as FHIR: one observation. Drawn ink stays in the signed record; who signed stands
in the attesters of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.fhir import SURVEY, Piece, charted
from infusion_visits.sections.departure.fields import DEPARTURE

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.departure.values import Departure


def to_fhir(values: Departure, facts: Facts, refs: Refs) -> list[Piece]:
    """The departure of one visit. Its time stands in the encounter as well."""
    one = values.departure
    if one is None or one.mark.struck is not None:
        return []
    return charted(DEPARTURE, one, facts, refs, kind=SURVEY)
