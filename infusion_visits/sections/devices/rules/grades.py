"""Grades that the charted signs suggest; the nurse's own grade always stands.

Sources: INS phlebitis scale (2011), VIP score (Jackson), INS infiltration scale (2006, removed from
the Standards in 2011); machine rules and vectors: clinical reference 3.1 to 3.3 and 3.11.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.sections.devices import options as of

if TYPE_CHECKING:
    from infusion_visits.sections.devices.values import DeviceCheck

CORD_LIMIT_CM = Decimal("2.5")
SMALL_EDEMA_CM = Decimal("2.5")
LARGE_EDEMA_CM = Decimal(15)
HARMING = frozenset({"irritant", "intermediate", "vesicant", "blood"})
EXTRAVASATING = frozenset({"intermediate", "vesicant"})
# Bruising or numbness alone is a hematoma or a nerve; these alone make no infiltration.
_INFILTRATION_SIGNS = frozenset(
    {"swelling", "coolness", "blanching", "translucent", "tight", "pitting", "blister"}
)
_PHLEBITIS_SIGNS = frozenset({"redness", "warmth", "streak", "cord"})
_GRADE_4_SIGNS = frozenset({"tight", "pitting", "poor_circulation"})


@dataclass(frozen=True, slots=True)
class SiteSigns:
    """What was seen and felt at the site. Lengths in cm; None where not measured."""

    pain: bool = False
    erythema: bool = False
    edema: bool = False
    streak: bool = False
    cord: bool = False
    cord_cm: Decimal | None = None
    purulent: bool = False
    fever: bool = False
    edema_cm: Decimal | None = None
    others: frozenset[str] = frozenset()
    tissue: str = "none"


def site_signs(check: DeviceCheck, *, fever: bool = False) -> SiteSigns:
    """The signs of a check; a normal site has none, whatever was charted before it was normal."""
    if check.site != of.SIGNS_PRESENT:
        return SiteSigns(fever=fever, tissue=check.infusate or "none")
    seen = frozenset(check.signs or ())
    return SiteSigns(
        pain="pain" in seen,
        erythema="redness" in seen,
        edema="swelling" in seen,
        streak="streak" in seen,
        cord="cord" in seen,
        cord_cm=check.cord_cm,
        purulent=check.drainage == "purulent",
        fever=fever,
        edema_cm=check.swelling_cm,
        others=seen,
        tissue=check.infusate or "none",
    )


def ins_phlebitis(signs: SiteSigns) -> int:
    """INS phlebitis 0 to 4: the highest defining feature. Pain alone is 0 (the VIP gives 1)."""
    long_cord = signs.cord and signs.cord_cm is not None and signs.cord_cm > CORD_LIMIT_CM
    if signs.purulent or long_cord:
        return 4
    if signs.cord or signs.streak:
        return 3
    if signs.pain and (signs.erythema or signs.edema):
        return 2
    return 1 if signs.erythema else 0


def vip(signs: SiteSigns) -> int:
    """VIP 0 to 5: the count of pain, redness and swelling, then cord, then fever."""
    count = sum((signs.pain, signs.erythema, signs.edema))
    if count < 3:
        return count
    if not signs.cord:
        return 3
    return 5 if signs.fever else 4


def ins_infiltration(signs: SiteSigns) -> int:
    """INS infiltration 0 to 4 (2006).

    With any sign of infiltration and an irritant, intermediate, vesicant or blood in the tissue it
    is 4; a normal site is 0 whatever the drug. Swelling below 2.5 cm is 1, to 15 cm 2, beyond 3.
    Swelling alone beside redness, warmth, streak or cord is the swelling of a phlebitis: 0.
    """
    present = signs.others & _INFILTRATION_SIGNS
    if not present:
        return 0
    if signs.tissue in HARMING:
        return 4
    if present == {"swelling"} and signs.others & _PHLEBITIS_SIGNS:
        return 0
    if signs.others & _GRADE_4_SIGNS:
        return 4
    size = signs.edema_cm
    if size is not None and size > LARGE_EDEMA_CM:
        return 3
    if "translucent" in present:
        return 3
    if size is not None and size >= SMALL_EDEMA_CM:
        return 2
    return 1


def is_extravasation(signs: SiteSigns) -> bool:
    """Whether it is named extravasation: signs, and a vesicant or intermediate drug."""
    return signs.tissue in EXTRAVASATING and ins_infiltration(signs) > 0


class Occlusion(StrEnum):
    """How far a lumen is blocked (clinical reference 2.5)."""

    PARTIAL = "partial"
    SLUGGISH = "sluggish"
    COMPLETE = "complete"


def occlusion(kind: str, flush: str | None, blood_return: str | None) -> Occlusion | None:
    """The degree that flush and blood return show; None when open or not assessed.

    A subcutaneous set gives no blood, and a peripheral line often none: only the flush counts.
    """
    if flush == "unable":
        return Occlusion.COMPLETE
    if flush == "resistance":
        return Occlusion.SLUGGISH
    if kind in {of.SUBCUT, of.PIV} or flush is None:
        return None
    return Occlusion.PARTIAL if blood_return in {"none", "sluggish"} else None


def external_change(baseline: Decimal | None, now: Decimal | None) -> Decimal | None:
    """Change of the external length in cm, outward positive; None = cannot be computed, never 0."""
    if baseline is None or now is None:
        return None
    return now - baseline


def migrated(change: Decimal | None, out_from: Decimal) -> bool:
    """Whether the change is an alert: `out_from` cm or more outward, or any movement inward."""
    return change is not None and (change >= out_from or change < 0)


def inside_length(trimmed: Decimal | None, external: Decimal | None) -> Decimal | None:
    """Estimated length inside in cm: trimmed length less what is outside."""
    if trimmed is None or external is None:
        return None
    return trimmed - external


def heparin_units(units_per_ml: Decimal | None, ml: Decimal | None) -> Decimal | None:
    """Heparin in a lock, in units; None when strength or volume is not charted."""
    if units_per_ml is None or ml is None:
        return None
    return units_per_ml * ml
