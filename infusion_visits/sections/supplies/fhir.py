"""Supplies as FHIR: the emergency kit and what became of drug that was not given.

Stock, protective wear and the way are the agency's business and no finding of the patient: they
stand in the text of the section only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.fhir import (
    EXAM,
    SURVEY,
    Piece,
    charted,
    link_to,
    standing,
)
from infusion_visits.sections.supplies.fields import KIT_CHECK, KIT_ITEM, WASTE_RETURN
from infusion_visits.sections.supplies.kit import title_of

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.supplies.values import KitItem, Supplies


def to_fhir(values: Supplies, facts: Facts, refs: Refs) -> list[Piece]:
    """The kit with its items, and each waste or return with its witness."""
    made: list[Piece] = []
    items = [piece for one in standing(values.kit_item) for piece in _item(one, facts, refs)]
    check = values.kit_check
    if check is not None and check.mark.struck is None:
        members = [link_to(piece) for piece in items]
        made += charted(KIT_CHECK, check, facts, refs, kind=SURVEY, hasMember=members)
    made += items
    for one in standing(values.waste_return):
        made += charted(WASTE_RETURN, one, facts, refs, kind=EXAM)
    return made


def _item(one: KitItem, facts: Facts, refs: Refs) -> list[Piece]:
    title = title_of(one.item, facts) if one.item else "item not named"
    return charted(KIT_ITEM, one, facts, refs, kind=SURVEY, text=f"Emergency kit: {title}")
