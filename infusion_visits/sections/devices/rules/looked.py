"""One line at one visit, as its rules look at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.charted import clock_words
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.patients.facts import Facts
from infusion_visits.sections.devices.fields import ACCESS_DEVICE, SECTION
from infusion_visits.sections.devices.rules.limits import LineLimits
from infusion_visits.sections.devices.rules.lines import (
    cares_of,
    check_of,
    device_id,
    line_label,
    removed_at_visit,
)
from infusion_visits.sections.devices.rules.lumens import lumen_facts
from infusion_visits.sections.devices.rules.needed import CHECK_GROUP
from infusion_visits.sections.devices.rules.seen import cares_done
from infusion_visits.sections.devices.values import (
    AccessDevice,
    Devices,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.core.scales.catalogue import Scales
    from infusion_visits.patients.facts import CareFact, LumenFact
    from infusion_visits.sections.devices.values import (
        DeviceCare,
        DeviceCheck,
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """One line at one visit, with all that its rules need."""

    values: Devices
    device: AccessDevice
    facts: Facts
    limits: LineLimits

    @property
    def label(self) -> str:
        """`Port, right chest`."""
        return line_label(self.device)

    @property
    def check(self) -> DeviceCheck | None:
        """Its check at this visit."""
        return check_of(self.values, self.device)

    @property
    def cares(self) -> tuple[CareFact, ...]:
        """What earlier visits and this one did and saw, of all lines."""
        return (*self.facts.care_before, *cares_done(self.values, self.facts.zone))

    @property
    def given(self) -> tuple[DeviceCare, ...]:
        """The care given to it at this visit, in the order of time."""
        return cares_of(self.values, self.device)

    @property
    def scales(self) -> Scales:
        """The scales that stand for this record."""
        return scales_in_force(self.facts.catalogue)

    def lumen(self, number: int) -> LumenFact:
        """One lumen as it stands now."""
        found = lumen_facts(
            self.values, self.device, self.facts.care_before, self.limits, self.facts.zone
        )
        return next(one for one in found if one.number == number)

    def cell(self, field: str, group: str = CHECK_GROUP, *further: int) -> Cell:
        """The address of one field of its check (or of another group keyed by the line)."""
        return Cell(SECTION, Row(group, (device_id(self.device), *further)), field)

    def did(self, *what: str) -> bool:
        """Whether one of these cares was given at this visit."""
        return any(care.what in what for care in cares_of(self.values, self.device))

    def finding(
        self,
        code: str,
        level: Level,
        words: str,
        cell: Cell,
        *,
        detail: str = "",
        response: str = "",
        at: datetime | None = None,
        overridable: bool = False,
        subject: str = "",
        gate: Gate = Gate.SIGN,
    ) -> Finding:
        """A finding about this line; the line's name stands in the detail."""
        return Finding(
            code=f"{SECTION}.{code}",
            level=level,
            words=words,
            section=SECTION,
            cell=cell,
            gate=gate,
            overridable=overridable,
            detail=f"{self.label}: {detail}" if detail else f"{self.label}.",
            response=response,
            at=at,
            subject=f"{cell.path()}/{subject}" if subject else cell.path(),
        )

    def alert(
        self,
        code: str,
        words: str,
        cell: Cell,
        *,
        guidance: str = "",
        detail: str = "",
        at: datetime | None = None,
        subject: str = "",
        removal_answers: bool = True,
    ) -> Iterator[Finding]:
        """An exception for page one with what was done about it.

        While nothing is charted of that, an advice beside it says what the agency's protocol asks;
        page one prints only what was done, never what should have been. `removal_answers`: taking
        the line out is an answer by itself (not where the removal is what went wrong).
        """
        done = done_about(self, removal_answers=removal_answers)
        yield self.finding(
            code, Level.ALERT, words, cell, detail=detail, response=done, at=at, subject=subject
        )
        if guidance and not done:
            yield self.finding(
                f"{code}_guidance",
                Level.ADVICE,
                guidance,
                cell,
                detail="per agency protocol; chart it under What was done.",
                at=at,
                subject=subject,
            )

    def attribute(self, field: str) -> Cell:
        """The address of one of the line's own attributes."""
        return Cell(SECTION, Row(ACCESS_DEVICE.name, (device_id(self.device),)), field)

    def missing(self, label: str, cell: Cell) -> Finding:
        """The stop for an item that must be answered or said not to be done."""
        found = self.finding(
            "item_missing",
            Level.STOP,
            f"{self.label}: {label[:1].lower()}{label[1:]} is missing",
            cell,
        )
        return replace(found, detail="")


def not_done(check: DeviceCheck, field: str) -> bool:
    """Whether this item of the check was said not to be done."""
    return field in check.mark.not_done


def done_about(looked: Looked, *, removal_answers: bool = True) -> str:
    """What was done about what was found, as charted; empty when nothing is."""
    device, check = looked.device, looked.check
    said: list[str] = []
    if removal_answers and removed_at_visit(device, looked.facts):
        said.append(f"Line removed {clock_words(device.removed_at, looked.facts)}.")
    if check is not None and check.response:
        said.append(check.response)
    return " ".join(said)
