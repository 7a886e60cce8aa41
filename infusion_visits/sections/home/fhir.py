"""The home as FHIR: each item's answer in a questionnaire, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Row
from infusion_visits.core.fhir import (
    SURVEY,
    Piece,
    asked,
    concept,
    filled,
    link,
    note,
    observation,
    own,
    responses,
    standing,
)
from infusion_visits.core.marks import Mark
from infusion_visits.sections.home.fields import HOME_ASSESSMENT, HOME_FINDING
from infusion_visits.sections.home.items import items_for
from infusion_visits.sections.home.suitability import judge

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.home.values import Home, HomeFinding


def to_fhir(values: Home, facts: Facts, refs: Refs) -> list[Piece]:
    """The answers, and the suitability that follows from them."""
    whole = values.home_assessment
    if whole is not None and whole.mark.struck is not None:
        whole = None
    rows = standing(values.home_finding)
    if whole is None and not rows:
        return []
    mark = whole.mark if whole is not None else Mark(Row("home_assessment"), at=refs.at)
    items = asked(HOME_ASSESSMENT, whole, facts, refs) if whole is not None else []
    items += [_item(one, facts, refs) for one in rows]
    key = refs.made("home_assessment")
    answered = responses(key, "home", mark, refs, [one for one in items if one])
    return [*answered, *_suitability(values, mark, facts, refs, told=bool(answered))]


def _item(one: HomeFinding, facts: Facts, refs: Refs) -> Piece:
    parts = asked(HOME_FINDING, one, facts, refs)
    if not parts:
        return {}
    item = items_for(facts).items.get(one.item)
    text = item.asks if item is not None else f"Item {one.item}"
    named = [{**part, "linkId": f"item-{one.item}.{part['linkId']}"} for part in parts]
    return {"linkId": f"item-{one.item}", "text": text, "item": named}


def _suitability(values: Home, mark: Mark, facts: Facts, refs: Refs, *, told: bool) -> list[Piece]:
    judged = judge(values, facts)
    if judged is None:
        return []
    outcome = concept(judged.outcome.label, own("home.suitability", judged.outcome.value))
    return [
        observation(
            refs.made("home_assessment/suitability"),
            SURVEY,
            concept("Suitability of the home", own("home", "suitability")),
            mark,
            refs,
            valueCodeableConcept=outcome,
            note=note(*judged.reasons),
            **filled(derivedFrom=[link(refs.made("home_assessment"))] if told else []),
        )
    ]
