"""Facts of lines and limbs: what a section may know of them. Core types only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from infusion_visits.core.blocks import BodySite


@dataclass(frozen=True, slots=True)
class BarredLimb:
    """A limb not to be used: `limb` is "right arm", "left arm", "right leg" or "left leg".

    A line bars it from its placing (`since`) to its removal (`until`); None is without an end.
    """

    limb: str
    why: str
    since: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime | None) -> bool:
        """Whether the limb is barred at `at` (None: some time at this visit)."""
        if at is None:
            return True
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class LineStatus(StrEnum):
    """How a line stands (clinical reference 2.1), worked out from what was charted, never stored.

    `REFERENCE` is a dialysis catheter or a fistula: known for its limb, never for an infusion.
    """

    IN_USE = "in use"
    LOCKED = "locked"
    NO_NEEDLE = "no needle in"
    NOT_TO_BE_USED = "not to be used"
    PROBLEM = "problem suspected"
    REMOVED = "removed"
    REFERENCE = "not for infusion"


@dataclass(frozen=True, slots=True)
class LumenFact:
    """One lumen as this visit found it last; "" where it was not looked at.

    `flush` is easy, resistance or unable; `blood_return` brisk, sluggish, none, none_expected or
    not_assessed; `occlusion` partial, sluggish or complete. `why_not` says why it is not to be
    used now, "" where nothing speaks against it.
    """

    number: int
    name: str
    flush: str = ""
    blood_return: str = ""
    occlusion: str = ""
    why_not: str = ""
    dedicated_drug: str = ""


@dataclass(frozen=True, slots=True)
class LineFact:
    """A line in place at this visit. `limb` is set when it lies in an arm or a leg.

    `central` is where its tip is taken to lie now: False for a midline, for a tip that was found
    short, and for a catheter that moved since its tip was last confirmed (clinical reference 2.6,
    11.7); `why_not_central` says which. `tip_confirmed` is None where no tip is to be confirmed.
    `dwell_days` counts the line, `needle_days` the needle in a port; `accessed` is None for a line
    that needs no needle, or while nothing is known. `gauge` is the line's own, of a port its
    needle's. `why_not` says why nothing should run through the line now, "" where nothing does.
    """

    device: UUID
    kind: str
    label: str
    central: bool
    site: BodySite | None
    limb: str
    lumens: tuple[str, ...]
    inserted: date | None
    in_place: bool = True
    status: LineStatus = LineStatus.IN_USE
    for_infusion: bool = True
    tip_confirmed: bool | None = None
    why_not_central: str = ""
    dwell_days: int | None = None
    needle_days: int | None = None
    accessed: bool | None = None
    gauge: Decimal | None = None
    why_not: str = ""
    lumen_facts: tuple[LumenFact, ...] = ()

    def lumen(self, name: str | None) -> LumenFact | None:
        """The lumen with this name; the only one where none is named."""
        if not name and len(self.lumen_facts) == 1:
            return self.lumen_facts[0]
        wanted = (name or "").casefold()
        return next((one for one in self.lumen_facts if one.name.casefold() == wanted), None)


@dataclass(frozen=True, slots=True)
class CareFact:
    """The last time, before this visit, that a kind of care was done for a line."""

    device: UUID
    what: str
    at: datetime
    detail: str = ""
