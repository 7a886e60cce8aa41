"""The grade that the ticked signs suggest; the nurse's own grade always stands.

Source: clinical reference 3.1 to 3.5 and 3.9 by way of core.scales; where a complication has no
scale of its own, the hints of the catalogue (clinical reference 4).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.scales.anaphylaxis import Drop, hypotension
from infusion_visits.core.scales.catalogue import Suggestion
from infusion_visits.core.scales.site import (
    Extravasated,
    SiteSigns,
    extravasation,
    ins_infiltration,
    ins_phlebitis,
    vip,
)
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.rules.catalogue import catalogue_of
from infusion_visits.sections.complications.rules.state import complication_id, scale_of, steps_of
from infusion_visits.sections.complications.signs import LABELS

if TYPE_CHECKING:
    from decimal import Decimal

    from infusion_visits.core.scales.catalogue import Scales
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
    from infusion_visits.sections.complications.values import Complication, ComplicationStep

SIGNS_COUNT_FROM = timedelta(minutes=15)
FEVER_C, LOW_SPO2, FAST_BREATHS, SLOW_BREATHS = 38, 90, 25, 8


def last_seen(complication: Complication) -> ComplicationStep | None:
    """The last step in which signs were looked at: noticed, or rechecked."""
    seen = [one for one in steps_of(complication) if one.kind in {of.NOTICED, of.RECHECK}]
    found = [one for one in seen if one.signs is not None] or seen
    return found[-1] if found else None


def all_signs(complication: Complication) -> frozenset[str]:
    """Every sign that was ever ticked of it."""
    return frozenset(sign for step in steps_of(complication) for sign in step.signs or ())


def measured_signs(complication: Complication, kind: Kind, facts: Facts) -> frozenset[str]:
    """The signs of this kind that the last vital signs show by themselves.

    Only signs measured from a quarter of an hour before it was noticed count.
    """
    last, noticed = facts.last_vitals, complication.noticed_at
    if last is None or noticed is None or last.at < noticed - SIGNS_COUNT_FROM:
        return frozenset()
    base = facts.baseline.systolic if facts.baseline else None
    found = {
        "fever": last.temperature_c is not None and last.temperature_c >= FEVER_C,
        "spo2_90": last.spo2 is not None and last.spo2 < LOW_SPO2,
        "rr_25": last.respirations is not None and last.respirations >= FAST_BREATHS,
        "rr_8": last.respirations is not None and last.respirations <= SLOW_BREATHS,
    }
    if last.systolic is not None:
        drop = hypotension(last.systolic, base, facts.age_years, catalogue_of(facts).grading)
        found["hypotension"] = drop is Drop.YES
    return frozenset(key for key, there in found.items() if there and key in kind.signs)


def suggestion(
    complication: Complication, kind: Kind, catalogue: Catalogue, facts: Facts
) -> Suggestion | None:
    """What the last signs suggest; None where nothing was ticked or nothing follows from it."""
    step = last_seen(complication)
    if step is None or not kind.scale:
        return None
    for reaction in facts.reactions:
        if reaction.complication == complication_id(complication):
            return Suggestion(kind.scale, reaction.grade, reaction.because)
    signs = frozenset(step.signs or ()) | measured_signs(complication, kind, facts)
    if not signs:
        return None
    scale = scale_of(step, kind)
    size = step.measured_cm or complication.size_length_cm
    by_scale = _by_scale(scale, signs, size, facts, catalogue.grading)
    if by_scale is not None:
        return by_scale if by_scale.grade != "0" else None
    for hint in kind.suggest:
        if hint.fits(signs):
            seen = sorted((hint.any_ | hint.all_) & signs, key=list(LABELS).index)
            because = ", ".join(LABELS[key] for key in seen)
            return Suggestion(kind.scale, hint.grade, because)
    return None


def _by_scale(
    scale: str, signs: frozenset[str], size: Decimal | None, facts: Facts, grading: Scales
) -> Suggestion | None:
    if scale == "extravasation":
        return extravasation(_extravasated(signs))
    if scale not in {"ins_infiltration", "ins_phlebitis", "vip"}:
        return None
    therapy = facts.order.therapy if facts.order else None
    site = SiteSigns(
        pain=bool(signs & {"pain", "tender", "burning"}),
        erythema="redness" in signs,
        edema="swelling" in signs,
        streak="streak" in signs,
        cord="cord" in signs,
        cord_cm=size if "cord" in signs else None,
        purulent="purulent" in signs,
        fever="fever" in signs,
        edema_cm=size,
        others=signs,
        tissue=therapy.tissue_class if therapy else "none",
    )
    if scale == "ins_infiltration":
        return ins_infiltration(site, grading)
    return vip(site) if scale == "vip" else ins_phlebitis(site, grading)


def _extravasated(signs: frozenset[str]) -> Extravasated:
    swelling = ""
    if "swelling" in signs:
        swelling = "marked" if signs & {"tight", "pitting"} else "mild"
    return Extravasated(
        pain=bool(signs & {"pain", "burning"}),
        redness="redness" in signs,
        blanching="blanching" in signs,
        coolness="coolness" in signs,
        blister="blister" in signs,
        arterial=bool(signs & {"poor_circulation", "compartment", "tissue_loss"}),
        swelling=swelling,
        refill="sluggish" if "slow_refill" in signs else "",
    )
