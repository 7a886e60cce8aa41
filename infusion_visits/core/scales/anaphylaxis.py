"""Anaphylaxis criteria of the World Allergy Organization, 2020, as a machine may check them.

Source: Cardona V. et al., World Allergy Organization anaphylaxis guidance 2020; clinical reference
3.6 with its exactly-at rules. The rule supports the nurse and never waits for itself: who thinks of
anaphylaxis treats it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infusion_visits.core.scales.catalogue import Scales

SKIN = {
    "hives": "hives",
    "flushing": "itching or flushing all over",
    "angioedema": "swollen lips, tongue or uvula",
}
BREATHING = {
    "dyspnea": "short of breath",
    "wheeze": "wheeze",
    "stridor": "stridor",
    "low_peak_flow": "low peak flow",
}
CIRCULATION = {
    "hypotension": "low blood pressure",
    "collapse": "collapse or limpness",
    "syncope": "fainting",
    "incontinence": "incontinence",
}
GUT = {
    "severe_cramps": "severe cramps of the belly",
    "repeated_vomiting": "vomiting again and again",
}
LARYNX = {
    "stridor": "stridor",
    "voice_change": "changed voice",
    "painful_swallowing": "pain on swallowing",
}
ALL_SIGNS: dict[str, str] = {**SKIN, **BREATHING, **CIRCULATION, **GUT, **LARYNX}


class Verdict(StrEnum):
    """What the criteria say: met, possible (the nurse decides), or not met."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NOT_MET = "not met"


class Drop(StrEnum):
    """Whether a systolic pressure is hypotension in the sense of the criteria."""

    YES = "yes"
    UNCLEAR = "unclear"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Reaction:
    """What is seen now. `signs` are keys of ALL_SIGNS. Pressures mmHg, SpO2 %, age in whole years
    (None is taken as adult).

    `acute`: it came on within minutes to hours. `exposure`: after a known or highly probable
    allergen, such as the drug that runs; None until the nurse has said so.
    """

    signs: frozenset[str] = frozenset()
    systolic: Decimal | None = None
    baseline_systolic: Decimal | None = None
    spo2: Decimal | None = None
    age_years: int | None = None
    acute: bool = True
    exposure: bool | None = True


@dataclass(frozen=True, slots=True)
class Criteria:
    """The verdict, which criteria are met (C1, C2), from what, and what to do.

    `locks_resume` is True where the infusion is not resumed at this visit.
    """

    verdict: Verdict
    met: tuple[str, ...]
    because: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def locks_resume(self) -> bool:
        """Whether resuming is not offered at this visit."""
        return self.verdict is Verdict.LIKELY

    @property
    def words(self) -> str:
        """`Anaphylaxis criteria met (C1): hives, wheeze`."""
        seen = f": {', '.join(self.because)}" if self.because else ""
        if self.verdict is Verdict.LIKELY:
            return f"Anaphylaxis criteria met ({' and '.join(self.met)}){seen}"
        if self.verdict is Verdict.POSSIBLE:
            return f"Anaphylaxis possible, the nurse decides{seen}"
        return "Anaphylaxis criteria not met; stop for any doubt and look again within 5\u00a0min"


def hypotension(
    systolic: Decimal | None,
    baseline: Decimal | None,
    age_years: int | None,
    scales: Scales,
) -> Drop:
    """Whether the pressure is low: below the limit of the age, or fallen by more than 30 %.

    Whole figures are compared without division: exactly 90 is not below 90, exactly 30 % is not
    more than 30 %. An adult whose baseline was already below 90 and has not fallen by more than
    30 % is unclear (the criteria ask for an acute change).
    """
    if systolic is None:
        return Drop.NO
    wao = scales.wao
    if baseline is not None and 100 * systolic < (100 - wao["fall_over_percent"]) * baseline:
        return Drop.YES
    limit = low_systolic(age_years, scales)
    if systolic >= limit:
        return Drop.NO
    return Drop.UNCLEAR if baseline is not None and baseline < limit else Drop.YES


def low_systolic(age_years: int | None, scales: Scales) -> int:
    """The systolic pressure (mmHg) below which an age is hypotensive: 70 in the first year,
    70 + 2 x age from 1 to 9, 90 from 10 on and where the age is not known."""
    wao = scales.wao
    if age_years is None or age_years >= wao["adult_from_years"]:
        return wao["adult_systolic_below"]
    if age_years < 1:
        return wao["infant_systolic_below"]
    return wao["child_systolic_base"] + wao["child_systolic_per_year"] * age_years


def anaphylaxis(seen: Reaction, scales: Scales) -> Criteria:
    """C1: skin with breathing, circulation or severe gut signs. C2: after a known or highly
    probable allergen low pressure, bronchospasm or laryngeal signs, also with no skin sign."""
    drop = hypotension(seen.systolic, seen.baseline_systolic, seen.age_years, scales)
    if "hypotension" in seen.signs:
        drop = Drop.YES
    found = _named(seen, drop, scales)
    skin, breath, circulation, gut = (
        bool(seen.signs & SKIN.keys()),
        bool(seen.signs & BREATHING.keys())
        or (seen.spo2 is not None and seen.spo2 < scales.wao["spo2_below"]),
        bool(seen.signs & CIRCULATION.keys()) or drop is Drop.YES,
        bool(seen.signs & GUT.keys()),
    )
    others = breath or circulation or gut
    second = drop is Drop.YES or "wheeze" in seen.signs or bool(seen.signs & LARYNX.keys())
    met: list[str] = []
    if seen.acute and skin and others:
        met.append("C1")
    if seen.acute and seen.exposure and second:
        met.append("C2")
    if met:
        return Criteria(Verdict.LIKELY, tuple(met), found, scales.wao_steps)
    unsaid = seen.acute and seen.exposure is None and second
    unclear = seen.acute and drop is Drop.UNCLEAR and (skin or seen.exposure is not False)
    verdict = Verdict.POSSIBLE if unsaid or unclear else Verdict.NOT_MET
    return Criteria(verdict, (), found, ())


def _named(seen: Reaction, drop: Drop, scales: Scales) -> tuple[str, ...]:
    said = [word for key, word in ALL_SIGNS.items() if key in seen.signs and key != "hypotension"]
    if drop is not Drop.NO:
        said.append(_pressure_words(seen, drop, scales))
    if seen.spo2 is not None and seen.spo2 < scales.wao["spo2_below"]:
        said.append(f"SpO2 {seen.spo2:f}\u00a0%")
    return tuple(said)


def _pressure_words(seen: Reaction, drop: Drop, scales: Scales) -> str:
    if seen.systolic is None:
        return CIRCULATION["hypotension"]
    said = f"systolic {seen.systolic:f}"
    base = seen.baseline_systolic
    if base is not None and base > seen.systolic:
        percent = (100 * (base - seen.systolic) / base).to_integral_value()
        said += f", {percent}\u00a0% below {base:f}"
    if drop is Drop.UNCLEAR:
        said += f" (already below {low_systolic(seen.age_years, scales)} before)"
    return said
