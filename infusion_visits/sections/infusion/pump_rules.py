"""What a pump's programme and its counts must say, and what they cannot.

Source: clinical reference 1.1 (VS-PCA: demands and delivered), 1.2 (demand, lockout, basal), 7.11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.units import plain_number
from infusion_visits.sections.infusion.fields import SECTION
from infusion_visits.sections.infusion.pump_fields import PCA, PCA_BASAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.core.cells import Row
    from infusion_visits.sections.infusion.values import (
        InfusionGiven,
        PumpProgramme,
        PumpReading,
    )

_NEEDED = {
    PCA: (("demand", "demand dose"), ("lockout_minutes", "lockout")),
    PCA_BASAL: (
        ("demand", "demand dose"),
        ("lockout_minutes", "lockout"),
        ("basal", "basal rate"),
    ),
    "continuous": (("basal", "basal rate"),),
}
_UNITS = (("basal", "basal_unit"), ("demand", "demand_unit"), ("limit", "limit_unit"))


def pump_findings(one: InfusionGiven) -> Iterator[Finding]:
    """Programmes that lack a figure or an order; counts that cannot be."""
    for programme in one.pump_programme:
        if programme.mark.struck is None:
            yield from _programme(programme)
    standing = [row for row in one.pump_reading if row.mark.struck is None]
    timed = sorted((row for row in standing if row.at), key=lambda row: (row.at, row.mark.row.at))
    before: PumpReading | None = None
    for reading in timed:
        yield from _counts(reading, before)
        before = reading


def _programme(programme: PumpProgramme) -> Iterator[Finding]:
    row, at = programme.mark.row, programme.at
    for name, words in _NEEDED.get(programme.mode or "", ()):
        if getattr(programme, name) is None:
            yield _stop("programme_lacks", f"The pump programme has no {words}.", row, name, at)
    for name, unit in _UNITS:
        if getattr(programme, name) is not None and getattr(programme, unit) is None:
            words = f"The {name} of the pump programme has no unit."
            yield _stop("programme_lacks", words, row, unit, at)
    if programme.changed == "changed" and not programme.ordered_by:
        words = "The pump programme was changed: say by whose order."
        yield _stop("programme_unordered", words, row, "ordered_by", at)


def _counts(reading: PumpReading, before: PumpReading | None) -> Iterator[Finding]:
    row, at = reading.mark.row, reading.at
    if (
        reading.demands is not None
        and reading.delivered is not None
        and reading.delivered > reading.demands
    ):
        words = (
            f"{plain_number(reading.delivered)} delivered of {plain_number(reading.demands)} "
            "demands cannot be."
        )
        yield _stop("counts_impossible", words, row, "delivered", at)
    if before is None or before.cleared:
        return
    for name in ("demands", "delivered", "given_ml"):
        was, now = getattr(before, name), getattr(reading, name)
        if was is not None and now is not None and now < was:
            words = "The pump counts less than before, and was not cleared in between."
            yield _stop("counts_fall", words, row, name, at)
            return


def _stop(code: str, words: str, row: Row, field: str, at: datetime | None) -> Finding:
    return Finding(
        code=f"infusion.{code}",
        level=Level.STOP,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, row, field),
        at=at,
        subject=f"{row.path()}/{field}",
    )
