"""Pump programmes, pump counts and sites under the skin, as the note tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Block, Paragraph, Span, Words, strong
from infusion_visits.core.charted import answers, time_words
from infusion_visits.sections.infusion.fields import INFUSION_SITE, PUMP_PROGRAMME, PUMP_READING

if TYPE_CHECKING:
    from infusion_visits.core.fields import Rows
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.values import (
        InfusionGiven,
        InfusionSite,
        PumpProgramme,
        PumpReading,
    )

_COLUMNS = 3


def pump_blocks(one: InfusionGiven, facts: Facts) -> list[Block]:
    """Programmes and counts by the time of their rows, then the sites."""
    made: list[Block] = []
    for programme in one.pump_programme:
        made += _timed("Pump programme", PUMP_PROGRAMME, programme, facts)
    for reading in one.pump_reading:
        made += _timed("Pump shows", PUMP_READING, reading, facts)
    for number, site in enumerate(one.infusion_site, start=1):
        made.append(Paragraph(strong(f"Site {number} under the skin")))
        made += answers(INFUSION_SITE, site, facts, columns=_COLUMNS)
    return made


def _timed(
    title: str, group: Rows, row: PumpProgramme | PumpReading | InfusionSite, facts: Facts
) -> list[Block]:
    at = time_words(row.mark, facts)
    head: Words = strong(title)
    if at:
        head = (*head, Span(f", {at}"))
    skip = ("at",) if at else ()
    return [Paragraph(head), *answers(group, row, facts, skip=skip, columns=_COLUMNS)]
