"""The grades that the signs of a check suggest, by the scales in force; the nurse's own stands.

The scales themselves are pure rules of `core.scales` (clinical reference 3.1 to 3.4, 3.11); here a
check is read as what they ask.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.scales.site import (
    Extravasated,
    SiteSigns,
    extravasation,
    fever,
    ins_infiltration,
    ins_phlebitis,
    is_extravasation,
    vip,
)
from infusion_visits.sections.devices import options as of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.scales.catalogue import Scales, Suggestion
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import AccessDevice, DeviceCheck

CHILD_BELOW_YEARS = 18
SCALE_OF = {
    "phlebitis_ins": "ins_phlebitis",
    "phlebitis_vip": "vip",
    "infiltration_ins": "ins_infiltration",
    "extravasation": "extravasation",
}
"""The scale by which each grade of a check is given."""


def tissue_of(check: DeviceCheck, facts: Facts) -> str:
    """The class of what may have reached the tissue: as charted, else that of the ordered drug."""
    if check.infusate is not None:
        return check.infusate
    order = facts.order
    return order.therapy.tissue_class if order is not None and order.therapy else "none"


def site_signs(check: DeviceCheck, facts: Facts, *, feverish: bool = False) -> SiteSigns:
    """The signs of a check; a normal site has none, whatever was charted before it was normal."""
    tissue = tissue_of(check, facts)
    if check.site != of.SIGNS_PRESENT:
        return SiteSigns(fever=feverish, tissue=tissue)
    seen = frozenset(check.signs or ())
    child = facts.age_years is not None and facts.age_years < CHILD_BELOW_YEARS
    return SiteSigns(
        pain="pain" in seen,
        erythema="redness" in seen,
        edema="swelling" in seen,
        streak="streak" in seen,
        cord="cord" in seen,
        cord_cm=check.cord_cm,
        purulent=check.drainage == "purulent",
        fever=feverish,
        edema_cm=check.swelling_cm,
        others=seen,
        tissue=tissue,
        limb_cm=check.limb_cm if child else None,
    )


def extravasated(check: DeviceCheck) -> Extravasated:
    """What an extravasation looks like in this check."""
    seen = frozenset(check.signs or ())
    swelling = check.swelling_degree or ""
    if not swelling and ("swelling" in seen or (check.swelling_cm or Decimal(0)) > 0):
        swelling = "mild"
    return Extravasated(
        pain="pain" in seen,
        redness="redness" in seen,
        blanching="blanching" in seen,
        coolness="coolness" in seen,
        blister="blister" in seen,
        arterial="poor_circulation" in seen,
        swelling=swelling,
        refill=check.refill or "",
    )


def suggestions(
    device: AccessDevice, check: DeviceCheck, facts: Facts, scales: Scales
) -> Iterator[tuple[str, Suggestion]]:
    """The field and the grade that each scale suggests for this kind of line."""
    if device.kind not in of.INTRAVENOUS_KINDS:
        return
    temperature = facts.last_vitals.temperature_c if facts.last_vitals else None
    signs = site_signs(check, facts, feverish=fever(temperature, scales))
    if device.kind in of.ARM_KINDS:
        yield "phlebitis_ins", ins_phlebitis(signs, scales)
        yield "phlebitis_vip", vip(signs)
    if device.kind in {of.PIV, of.MIDLINE}:
        yield "infiltration_ins", ins_infiltration(signs, scales)
    if is_extravasation(signs) and (found := extravasation(extravasated(check))) is not None:
        yield "extravasation", found
