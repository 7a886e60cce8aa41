"""What the note says about arriving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Block, Heading
from infusion_visits.core.charted import answers
from infusion_visits.sections.arrival.fields import ARRIVAL

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.arrival.values import Arrival


def blocks(values: Arrival, facts: Facts) -> list[Block]:
    """Every answer of the arrival, in the order asked; nothing where nothing was charted."""
    if values.arrival is None:
        return []
    return [Heading("Arrival", 2), *answers(ARRIVAL, values.arrival, facts, columns=3)]
