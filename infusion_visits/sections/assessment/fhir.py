"""The assessment as FHIR: systems, the questions of the therapy, the fall screen with its score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.fhir import (
    EXAM,
    SURVEY,
    Piece,
    asked,
    charted,
    own,
    responses,
    standing,
)
from infusion_visits.sections.assessment.catalogue import catalogue_of
from infusion_visits.sections.assessment.fields import ASSESSMENT, FALL_SCREEN, THERAPY_WATCH
from infusion_visits.sections.assessment.rules import fall_score

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.assessment.values import Assessment, FallScreen


def to_fhir(values: Assessment, facts: Facts, refs: Refs) -> list[Piece]:
    """Everything of it that was charted."""
    made: list[Piece] = []
    one = values.assessment
    if one is not None and one.mark.struck is None:
        made += charted(ASSESSMENT, one, facts, refs, kind=EXAM)
    made += _watched(values, facts, refs)
    screen = values.fall_screen
    if screen is not None and screen.mark.struck is None:
        made += _falls(screen, facts, refs)
    return made


def _watched(values: Assessment, facts: Facts, refs: Refs) -> list[Piece]:
    rows = standing(values.therapy_watch)
    prompts = catalogue_of(facts).prompts
    items = []
    for one in rows:
        parts = asked(THERAPY_WATCH, one, facts, refs)
        if not parts:
            continue
        prompt = prompts.get(one.number)
        text = prompt.asks if prompt is not None else f"Question {one.number}"
        named = [{**part, "linkId": f"question-{one.number}.{part['linkId']}"} for part in parts]
        items.append({"linkId": f"question-{one.number}", "text": text, "item": named})
    if not items:
        return []
    return responses(refs.made("therapy_watch"), "therapy-watch", rows[0].mark, refs, items)


def _falls(screen: FallScreen, facts: Facts, refs: Refs) -> list[Piece]:
    total = fall_score(screen, facts)
    return charted(
        FALL_SCREEN,
        screen,
        facts,
        refs,
        kind=SURVEY,
        text="Fall screen (MAHC-10)",
        codes=(own("score", "mahc-10"),),
        valueInteger=total.total,
    )
