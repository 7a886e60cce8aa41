"""Scales of a site: phlebitis (INS, VIP), infiltration, extravasation.

Sources: INS phlebitis scale (2011), VIP score (A. Jackson), INS infiltration scale (2006, out of
the Standards since 2011), Cleveland Clinic Journal of Medicine (extravasation); machine rules:
clinical reference 3.1 to 3.4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.scales.catalogue import Compress, Scales, Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HARMING = frozenset({"irritant", "intermediate", "vesicant", "blood"})
EXTRAVASATING = frozenset({"intermediate", "vesicant"})
# Bruising or numbness alone is a hematoma or a nerve; these alone make no infiltration.
INFILTRATION_SIGNS = frozenset(
    {"swelling", "coolness", "blanching", "translucent", "tight", "pitting", "blister"}
)
_PHLEBITIS_SIGNS = frozenset({"redness", "warmth", "streak", "cord"})
_GRADE_4_SIGNS = frozenset({"tight", "pitting", "poor_circulation"})


@dataclass(frozen=True, slots=True)
class SiteSigns:
    """What was seen and felt at a site. Lengths in cm, temperature °C; None where not measured.

    `others` are the keys of all signs ticked; `tissue` is vesicant, intermediate, irritant, blood
    or none; `limb_cm` the length of a child's limb, for the share that is swollen.
    """

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
    limb_cm: Decimal | None = None


def fever(temperature_c: Decimal | None, scales: Scales) -> bool:
    """Whether a temperature counts as fever (38.0 °C from the catalogue)."""
    return temperature_c is not None and temperature_c >= scales.scale("vip").limit("fever_from_c")


def ins_phlebitis(signs: SiteSigns, scales: Scales) -> Suggestion:
    """INS phlebitis 0 to 4 by the highest defining feature; pain alone is 0 with a note."""
    limit = scales.scale("ins_phlebitis").limit("cord_above_cm")
    grade, because, note = 0, "no sign of phlebitis", ""
    if signs.purulent:
        grade, because = 4, "pus"
    elif signs.cord and signs.cord_cm is not None and signs.cord_cm > limit:
        grade, because = 4, f"a cord longer than {limit:f}\u00a0cm"
    elif signs.cord:
        grade, because = 3, "a palpable cord"
    elif signs.streak:
        grade, because = 3, "a red streak"
    elif signs.pain and signs.erythema:
        grade, because = 2, "pain with redness"
    elif signs.pain and signs.edema:
        grade, because = 2, "pain with swelling"
    elif signs.erythema:
        grade, because = 1, "redness"
    elif signs.pain:
        because, note = "pain alone is not on this scale", "Pain alone: VIP counts it as 1."
    return Suggestion("ins_phlebitis", str(grade), because, note)


def vip(signs: SiteSigns) -> Suggestion:
    """VIP 0 to 5: the count of pain, redness and swelling, then cord, then fever.

    A cord without all three is not on the printed score: 3, and the nurse looks again.
    """
    named = (("pain", signs.pain), ("redness", signs.erythema), ("swelling", signs.edema))
    seen = [word for word, there in named if there]
    grade, note = len(seen), ""
    if signs.cord and grade < 3:
        grade, note = 3, "A cord without all three signs is not on this score: look again."
    elif signs.cord:
        grade = 5 if signs.fever else 4
    seen += ["a cord"] if signs.cord else []
    seen += ["fever"] if grade == 5 else []
    return Suggestion("vip", str(grade), joined(seen) or "no sign", note)


def ins_infiltration(signs: SiteSigns, scales: Scales) -> Suggestion:
    """INS infiltration 0 to 4 (2006).

    With any sign of infiltration and an irritant, intermediate, vesicant or blood in the tissue it
    is 4; a normal site is 0 whatever the drug. Swelling below 2.5 cm is 1, to 15 cm 2, beyond 3.
    Swelling alone beside redness, warmth, streak or cord is the swelling of a phlebitis: 0.
    """
    present = signs.others & INFILTRATION_SIGNS
    if not present:
        return _infiltrated(0, "no sign of infiltration")
    if signs.tissue in HARMING:
        what = "blood" if signs.tissue == "blood" else f"{_article(signs.tissue)} drug"
        return _infiltrated(4, f"any sign with {what} in the tissue")
    if present == {"swelling"} and signs.others & _PHLEBITIS_SIGNS:
        return _infiltrated(0, "swelling with redness is the swelling of a phlebitis")
    if signs.others & _GRADE_4_SIGNS:
        return _infiltrated(4, "tight skin, pitting or poor circulation")
    if signs.limb_cm:
        return _child(signs, scales)
    limits = scales.scale("ins_infiltration")
    size = signs.edema_cm
    if size is not None and size > limits.limit("grade_3_above_cm"):
        return _infiltrated(3, f"swelling over {limits.limit('grade_3_above_cm'):f}\u00a0cm")
    if "translucent" in present:
        return _infiltrated(3, "translucent skin")
    if size is not None and size >= limits.limit("grade_2_from_cm"):
        return _infiltrated(2, f"swelling from {limits.limit('grade_2_from_cm'):f}\u00a0cm")
    return _infiltrated(1, f"swelling below {limits.limit('grade_2_from_cm'):f}\u00a0cm")


def _child(signs: SiteSigns, scales: Scales) -> Suggestion:
    """Swelling over the length of a child's limb instead of cm; cut-offs to be confirmed."""
    limits = scales.scale("ins_infiltration")
    size, limb = signs.edema_cm, signs.limb_cm
    note = "Share of a child's limb: cut-offs for the agency to confirm."
    if size is None or limb is None:
        return Suggestion("ins_infiltration", "1", "swelling not measured", note)
    # Compared without division: a share of exactly 60 % is not above 60 %.
    if 100 * size > limits.limit("child_severe_above_percent") * limb:
        return Suggestion("ins_infiltration", "3", "a severe share of the limb swollen", note)
    if 100 * size >= limits.limit("child_moderate_from_percent") * limb:
        return Suggestion("ins_infiltration", "2", "a moderate share of the limb swollen", note)
    return Suggestion("ins_infiltration", "1", "a small share of the limb swollen", note)


def _infiltrated(grade: int, because: str) -> Suggestion:
    return Suggestion("ins_infiltration", str(grade), because)


def is_extravasation(signs: SiteSigns) -> bool:
    """Whether it is named extravasation: any sign of infiltration and a vesicant or intermediate
    drug."""
    return signs.tissue in EXTRAVASATING and bool(signs.others & INFILTRATION_SIGNS)


@dataclass(frozen=True, slots=True)
class Extravasated:
    """What an extravasation looks like. `swelling` is none, minimal, mild, moderate or marked,
    `refill` (capillary) normal, sluggish or absent; "" where not looked at."""

    pain: bool = False
    redness: bool = False
    blanching: bool = False
    coolness: bool = False
    blister: bool = False
    arterial: bool = False
    swelling: str = ""
    refill: str = ""


def extravasation(seen: Extravasated) -> Suggestion | None:
    """Extravasation 1 to 4 by the highest defining feature; None without any sign."""
    grade, because = 0, ""
    slow = seen.refill in {"sluggish", "absent"}
    if seen.arterial or seen.blister or seen.refill == "absent":
        grade, because = 4, "blister, no capillary refill or arterial compromise"
    elif seen.swelling == "marked" and seen.blanching and seen.coolness:
        grade, because = 4, "marked swelling, blanching and coolness"
    elif seen.blanching or slow:
        grade, because = 3, "blanching or slow capillary refill"
    elif seen.swelling in {"mild", "moderate", "marked"} or seen.redness:
        grade, because = 2, "swelling or redness without blanching"
    elif seen.pain or seen.swelling == "minimal":
        grade, because = 1, "pain or minimal swelling"
    return Suggestion("extravasation", str(grade), because) if grade else None


def compress_for(drug: Iterable[str], scales: Scales) -> Compress | None:
    """The compress for a drug by its names or keys; None: not known, leave off, call pharmacy.

    A name is found where it is a whole word of one of the texts.
    """
    words = {word for text in drug for word in _words(text)}
    for one in scales.compresses:
        if any(set(_words(name)) <= words for name in one.drugs):
            return one
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def joined(words: Sequence[str]) -> str:
    """`pain, redness and swelling`; empty for nothing."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
