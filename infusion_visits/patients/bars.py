"""What bars heparin, and limb alerts that name no limb: neither may be passed over in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.values import Allergy, Condition, Precaution

GONE = frozenset({"inactive", "resolved"})
_HIT = re.compile(r"\bHIT\b|\bHITT\b")


def heparin_barred(allergies: Sequence[Allergy], conditions: Sequence[Condition]) -> str:
    """Why no heparin may be given, "" where nothing bars it.

    An allergy to heparin bars it, and heparin-induced thrombocytopenia among allergies or
    conditions, also where it is called resolved: it comes back with the drug (clinical reference
    2.3, 11.30). Struck rows are left to the caller.
    """
    for allergy in allergies:
        named = f"{allergy.substance or ''} {allergy.reaction or ''}"
        if _is_hit(named):
            return f"HIT among the allergies ({allergy.substance})"
        if (allergy.kind == "heparin" or "heparin" in named.casefold()) and (
            allergy.status not in GONE
        ):
            return f"allergy to {allergy.substance or 'heparin'}"
    for condition in conditions:
        if _is_hit(condition.words or ""):
            return condition.words or ""
    return ""


def _is_hit(words: str) -> bool:
    low = words.casefold()
    return bool(_HIT.search(words)) or ("heparin" in low and "thrombocytop" in low)


def unnamed_limb_alerts(precautions: Sequence[Precaution]) -> tuple[str, ...]:
    """Why each limb alert without a limb stands; the limb has to be asked before it bars any."""
    return tuple(
        row.why or row.what or "no reason given"
        for row in precautions
        if row.kind == "limb" and not row.limb
    )
