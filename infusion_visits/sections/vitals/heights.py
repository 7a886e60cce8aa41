"""A height far from the last one: asked again, for a dose by body surface goes by it.

Source: clinical reference 5 and 7.5; the figure is that of the catalogue, per agency protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.vitals.fields import SECTION
from infusion_visits.sections.vitals.limits import changes_for
from infusion_visits.sections.vitals.signs import figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.vitals.values import VitalsSet


def height_findings(one: VitalsSet, facts: Facts) -> Iterator[Finding]:
    """A stop until the height is corrected, ticked as measured, or has a word of context."""
    last, height = facts.height_cm, one.height
    if last is None or height is None or one.context or "height" in (one.confirmed or ()):
        return
    off = height - last
    if abs(off) <= changes_for(facts).height_over_cm:
        return
    on = f" on {show_day(facts.height_day)}" if facts.height_day else ""
    yield Finding(
        code="vitals.height_changed",
        level=Level.STOP,
        words=(
            f"Height {figure(one, 'height')} is {plain_number(abs(off), 1)}{NBSP}cm "
            f"{'more' if off > 0 else 'less'} than {plain_number(last, 1)}{NBSP}cm{on}: "
            "is that right? Correct it, or tick that it was measured."
        ),
        section=SECTION,
        cell=Cell(SECTION, one.mark.row, "height"),
        at=one.at,
        subject=one.mark.row.path(),
    )
