"""The screening before an infusion as FHIR: the answers to a questionnaire of the program's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.fhir import Piece, asked, responses
from infusion_visits.sections.screening.fields import SCREENING_ANSWER

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.screening.values import Screening


def to_fhir(values: Screening, facts: Facts, refs: Refs) -> list[Piece]:
    """One response with every question that was answered."""
    one = values.screening_answer
    if one is None or one.mark.struck is not None:
        return []
    key = refs.made(one.mark.row.path())
    return responses(key, "screening", one.mark, refs, asked(SCREENING_ANSWER, one, facts, refs))
