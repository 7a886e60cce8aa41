"""Pain, sedation and falls: bands of a score, sums of items, and what is missing.

Sources: numeric rating scale; PAINAD (Warden 2003); FLACC (Merkel 1997); POSS (C. Pasero);
MAHC-10 (Missouri Alliance for Home Care); clinical reference 3.8 to 3.10.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from infusion_visits.core.scales.catalogue import Band, Grade, Scales

_FLACC_MONTHS = (2, 7 * 12 + 11)


class PainScale(StrEnum):
    """By what a pain from 0 to 10 was told."""

    NRS = "nrs"
    PAINAD = "painad"
    FLACC = "flacc"
    FACES = "faces"


def pain_band(score: Decimal, scales: Scales) -> Band | None:
    """None, mild, moderate or severe; None outside 0 to 10 or where it is no whole figure."""
    return next((band for band in scales.pain if band.low <= score <= band.high), None)


def pain_scale_for(age_months: int | None, *, can_say: bool) -> PainScale:
    """The scale to ask by: the numeric one where the patient can say, else FLACC from 2 months to
    7 years and PAINAD for adults with dementia."""
    if can_say:
        return PainScale.NRS
    if age_months is not None and age_months <= _FLACC_MONTHS[1]:
        return PainScale.FLACC
    return PainScale.PAINAD


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of items. `total` is None while any is missing: a partial sum looks like a low one."""

    total: int | None
    missing: tuple[str, ...]
    at_risk: bool | None = None


def total_of(screen: str, answers: Mapping[str, int | bool | None], scales: Scales) -> Total:
    """The sum of a screen (`painad`, `flacc`, `mahc10`), or what is missing for it.

    Raises KeyError for a screen the catalogue has not, ValueError for an answer out of range.
    """
    known = scales.screens[screen]
    missing = tuple(words for key, words in known.items if answers.get(key) is None)
    if missing:
        return Total(None, missing)
    points = [int(answers[key] or 0) for key, _ in known.items]
    if any(not 0 <= point <= known.each_up_to for point in points):
        raise ValueError(f"{screen}: each item is 0 to {known.each_up_to}")
    total = sum(points)
    return Total(total, (), total >= known.at_risk_from if known.at_risk_from else None)


def sedation(key: str | None, scales: Scales) -> Grade | None:
    """The POSS state; its key is a text ("S" is no figure)."""
    return scales.scale("poss").grade(key)
