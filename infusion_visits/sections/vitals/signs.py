"""What is out of range in one set, sign by sign, in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.fields import Number
from infusion_visits.core.scales.anaphylaxis import low_systolic
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.core.scales.news2 import News2, Risk
from infusion_visits.core.units import NBSP, half_up, plain_number, unit_of
from infusion_visits.sections.vitals.fields import CONSCIOUSNESS, VITAL_SIGNS
from infusion_visits.sections.vitals.limits import (
    ADULT_FROM_YEARS,
    Band,
    Limits,
    Side,
    changes_for,
)
from infusion_visits.sections.vitals.options import (
    DEEP_SEDATION,
    MILD_NO_FIGURE,
    NO_FIGURE,
    SEDATION,
)
from infusion_visits.sections.vitals.sets import (
    age_months,
    mass_index,
    mean_pressure,
    news2_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.marks import Mark
    from infusion_visits.patients.facts import Facts, VitalsFact
    from infusion_visits.sections.vitals.values import VitalsSet

JUDGED = (
    "systolic",
    "diastolic",
    "pulse",
    "respirations",
    "spo2",
    "temperature",
    "pain",
    "glucose",
    "etco2",
)
_BARE = frozenset({"systolic", "diastolic", "pulse", "respirations"})
_TARGET_LOW, _TARGET_HIGH = Decimal(88), Decimal(92)
_ALARMING = {Risk.LOW_MEDIUM, Risk.MEDIUM, Risk.HIGH}
_BASELINE_FIELDS = {
    "systolic": "systolic",
    "diastolic": "diastolic",
    "pulse": "pulse",
    "respirations": "respirations",
    "pain": "pain",
}


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """One sign of one set that is out of range: `words` for page one, `mark` for its cell."""

    sign: str
    band: Band
    words: str
    flag: str
    side: Side | None = None


def figure(one: VitalsSet, sign: str) -> str:
    """The figure as typed, with its unit where that is part of it (`98.4 °F`, `4 of 10`)."""
    value = getattr(one, sign)
    if value is None:
        return ""
    text, code = entered(one.mark, sign, value)
    if sign not in _BARE:
        leaf = VITAL_SIGNS.leaf(sign)
        units = leaf.units if isinstance(leaf, Number) else ()
        label = unit_of(code).label if code else units[0].label
        return f"{text}{NBSP}{label}"
    return text


def entered(mark: Mark, sign: str, value: Decimal) -> tuple[str, str]:
    """What was typed and its UCUM code; the canonical figure and "" where that is not kept."""
    if sign in mark.as_entered:
        text, _, code = mark.as_entered[sign].rpartition(" ")
        return text, code
    return str(value), ""


def out_of_range(
    one: VitalsSet, facts: Facts, limits: Mapping[str, Limits]
) -> dict[str, OutOfRange]:
    """Everything in this set that lies outside its limits, by sign."""
    found: dict[str, OutOfRange] = {}
    for sign in JUDGED:
        value = getattr(one, sign)
        if value is None:
            continue
        judged = _judge(one, sign, value, facts, limits)
        if judged:
            band, side = judged
            very = "very " if band is Band.RED else ""
            words = f"{_name(sign, limits)} {figure(one, sign)}, {very}{side}"
            found[sign] = OutOfRange(sign, band, words, str(side), side)
    _add_mean_pressure(found, one, facts, limits)
    _add_mass_index(found, one, facts, limits)
    _add_drop(found, one, facts)
    _add_no_figure(found, one)
    _add_state(found, one)
    _add_news2(found, one, facts)
    return found


def _name(sign: str, limits: Mapping[str, Limits]) -> str:
    return f"BP {sign}" if sign in {"systolic", "diastolic"} else limits[sign].label


def _judge(
    one: VitalsSet,
    sign: str,
    value: Decimal,
    facts: Facts,
    limits: Mapping[str, Limits],
) -> tuple[Band, Side] | None:
    if sign == "spo2" and facts.hypercapnic_target:
        if value < _TARGET_LOW:
            return Band.RED, Side.LOW
        if value > _TARGET_HIGH and one.oxygen == "oxygen":
            return Band.AMBER, Side.HIGH
        return None
    age = facts.age_years
    if sign == "systolic" and age is not None and age < ADULT_FROM_YEARS:
        # Hypotension of a child: 70 in the first year, 70 + 2 x age to 9, then 90 (reference 3.6).
        low = low_systolic(age, scales_in_force(facts.catalogue))
        return (Band.RED, Side.LOW) if value < low else None
    known = limits.get(sign)
    months = age_months(facts) if age is not None and age < ADULT_FROM_YEARS else None
    return known.out(value, age, months) if known else None


def _add_mean_pressure(
    found: dict[str, OutOfRange],
    one: VitalsSet,
    facts: Facts,
    limits: Mapping[str, Limits],
) -> None:
    mean = mean_pressure(one)
    known = limits.get("mean_pressure")
    if mean is None or known is None or "systolic" in found or "diastolic" in found:
        return
    judged = known.out(mean.rounded, facts.age_years)
    if judged:
        words = f"Mean BP {mean.shown}, {judged[1]}"
        found["mean_pressure"] = OutOfRange("mean_pressure", judged[0], words, "", judged[1])


def _add_mass_index(
    found: dict[str, OutOfRange],
    one: VitalsSet,
    facts: Facts,
    limits: Mapping[str, Limits],
) -> None:
    index, known = mass_index(one), limits.get("mass_index")
    if index is None or known is None:
        return
    judged = known.out(index.rounded, facts.age_years)
    if judged:
        words = f"Body mass index {index.shown}, {judged[1]}"
        found["mass_index"] = OutOfRange("mass_index", judged[0], words, "", judged[1])


def _add_drop(found: dict[str, OutOfRange], one: VitalsSet, facts: Facts) -> None:
    """More than 30 % below the baseline, compared in whole figures (exactly 30 % is not more)."""
    baseline, fall = facts.baseline, changes_for(facts).fall_over_percent
    if baseline is None or baseline.systolic is None or one.systolic is None:
        return
    if 100 * one.systolic < (100 - fall) * baseline.systolic:
        percent = plain_number(fall)
        words = f"BP systolic {figure(one, 'systolic')}, more than {percent}{NBSP}% below the first"
        found["systolic"] = OutOfRange("systolic", Band.RED, words, str(Side.LOW), Side.LOW)


def _add_no_figure(found: dict[str, OutOfRange], one: VitalsSet) -> None:
    """What a meter or a hand could not give is told like a figure far out of range."""
    labels = {option.key: option.label for option in NO_FIGURE}
    for key in one.no_figure or ():
        said = labels.get(key, key)
        band = Band.AMBER if key in MILD_NO_FIGURE else Band.RED
        words = said if said.startswith(("BP", "SpO2")) else f"{said[0].upper()}{said[1:]}"
        found[key] = OutOfRange(key, band, words, "")


def _add_state(found: dict[str, OutOfRange], one: VitalsSet) -> None:
    if one.oxygen == "oxygen":
        given = [
            figure(one, name)
            for name in ("oxygen_flow", "oxygen_percent")
            if getattr(one, name) is not None
        ]
        words = " ".join(["On oxygen", ", ".join(given)]).strip()
        found["oxygen"] = OutOfRange("oxygen", Band.AMBER, words, "")
    if one.consciousness is not None and one.consciousness != "A":
        labels = {option.key: option.label for option in CONSCIOUSNESS}
        said = labels.get(one.consciousness, one.consciousness)
        words = f"{said[0].upper()}{said[1:]} ({one.consciousness})"
        found["consciousness"] = OutOfRange("consciousness", Band.RED, words, "")
    if one.sedation in DEEP_SEDATION:
        labels = {option.key: option.label for option in SEDATION}
        words = f"Sedation POSS{NBSP}{labels[one.sedation]}"
        found["sedation"] = OutOfRange("sedation", Band.RED, words, "")


def _add_news2(found: dict[str, OutOfRange], one: VitalsSet, facts: Facts) -> None:
    scored = news2_of(one, facts)
    if isinstance(scored, News2) and scored.risk in _ALARMING:
        single = " (one sign scores 3)" if scored.risk is Risk.LOW_MEDIUM else ""
        band = Band.AMBER if scored.risk is Risk.LOW_MEDIUM else Band.RED
        words = f"NEWS2{NBSP}{scored.total}, {scored.risk}{single}"
        found["news2"] = OutOfRange("news2", band, words, str(scored.risk))


def change(one: VitalsSet, sign: str, baseline: VitalsFact | None) -> str:
    """`up 42 from before`; empty without a baseline or a change, and at the baseline itself."""
    if sign == "temperature":
        return _change_of_temperature(one, baseline)
    name = _BASELINE_FIELDS.get(sign)
    if name is None or baseline is None or baseline.at == one.at:
        return ""
    before, now = getattr(baseline, name), getattr(one, sign)
    if before is None or now is None or before == now:
        return ""
    return f"{'up' if now > before else 'down'} {plain_number(abs(now - before))} from before"


def _change_of_temperature(one: VitalsSet, baseline: VitalsFact | None) -> str:
    if baseline is None or baseline.at == one.at:
        return ""
    if baseline.temperature_c is None or one.temperature is None:
        return ""
    _, code = entered(one.mark, "temperature", one.temperature)
    unit = unit_of(code or "Cel")
    now = half_up(unit.from_canonical(one.temperature), 1)
    before = half_up(unit.from_canonical(baseline.temperature_c), 1)
    if now == before:
        return ""
    by = plain_number(abs(now - before))
    return f"{'up' if now > before else 'down'} {by}{NBSP}{unit.label} from before"


def inside(words: str, *, first: bool) -> str:
    """Words in the middle of a line begin small, unless they begin with a name."""
    keeps_capital = words.startswith(("BP", "SpO2", "NEWS2"))
    return words if first or keeps_capital else f"{words[0].lower()}{words[1:]}"
