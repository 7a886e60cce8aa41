"""Whether the last vital signs let the nurse leave: near the baseline, and no worse score.

Source: clinical reference 7.7 (within 20 % of the baseline, NEWS2 at most baseline + 1; practice
default). Figures are compared without division: exactly 20 % is within.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from infusion_visits.core.units import NBSP, plain_number

SHARE_PERCENT = Decimal(20)
MORE_POINTS = 1
_COMPARED = (
    ("systolic", "systolic pressure", "mmHg", 0),
    ("pulse", "pulse", "/min", 0),
    # From 16 to 20 breaths is a quarter more, and nothing new.
    ("respirations", "respirations", "/min", 4),
)


class Measured(Protocol):
    """A set of signs as other sections know it; `news2` None where it is not scored."""

    @property
    def systolic(self) -> Decimal | None:
        """mmHg."""

    @property
    def pulse(self) -> Decimal | None:
        """Per minute."""

    @property
    def respirations(self) -> Decimal | None:
        """Per minute."""

    @property
    def news2(self) -> int | None:
        """The total of NEWS2."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """`stable` is None where nothing could be compared; `why` tells each sign that is off."""

    stable: bool | None
    why: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """`Pulse 104 /min, before 72; NEWS2 3, before 1`."""
        said = "; ".join(self.why)
        return said[:1].upper() + said[1:]


def may_leave(
    last: Measured | None,
    baseline: Measured | None,
    *,
    share_percent: Decimal = SHARE_PERCENT,
    more_points: int = MORE_POINTS,
) -> Leaving:
    """The last set beside this visit's baseline. What was not measured in both is not compared."""
    if last is None or baseline is None:
        return Leaving(None)
    compared, off = 0, []
    for name, label, unit, least in _COMPARED:
        now, then = getattr(last, name), getattr(baseline, name)
        if now is None or not then:
            continue
        compared += 1
        change = abs(now - then)
        if change > least and 100 * change > share_percent * then:
            off.append(f"{label} {plain_number(now)}{NBSP}{unit}, before {plain_number(then)}")
    if last.news2 is not None and baseline.news2 is not None:
        compared += 1
        if last.news2 > baseline.news2 + more_points:
            off.append(f"NEWS2{NBSP}{last.news2}, before {baseline.news2}")
    return Leaving(not off if compared else None, tuple(off))
