"""Grades that the charted signs suggest; the nurse's own grade always stands.

Sources: INS phlebitis scale (2011), VIP score (Jackson), INS infiltration scale (2006, removed from
the Standards in 2011); machine rules and vectors: clinical reference 3.1 to 3.3 and 3.11.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.core.scales import site
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.core.scales.site import SiteSigns, is_extravasation
from infusion_visits.sections.devices import options as of

if TYPE_CHECKING:
    from decimal import Decimal

    from infusion_visits.core.scales.catalogue import Scales
    from infusion_visits.sections.devices.values import DeviceCheck

__all__ = [
    "Occlusion",
    "SiteSigns",
    "external_change",
    "heparin_units",
    "ins_infiltration",
    "ins_phlebitis",
    "inside_length",
    "is_extravasation",
    "migrated",
    "occlusion",
    "site_signs",
    "vip",
]


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


def ins_phlebitis(signs: SiteSigns, scales: Scales | None = None) -> int:
    """INS phlebitis 0 to 4: the highest defining feature. Pain alone is 0 (the VIP gives 1)."""
    return int(site.ins_phlebitis(signs, scales or scales_in_force({})).grade)


def vip(signs: SiteSigns) -> int:
    """VIP 0 to 5: the count of pain, redness and swelling, then cord, then fever."""
    return int(site.vip(signs).grade)


def ins_infiltration(signs: SiteSigns, scales: Scales | None = None) -> int:
    """INS infiltration 0 to 4 (2006)."""
    return int(site.ins_infiltration(signs, scales or scales_in_force({})).grade)


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
