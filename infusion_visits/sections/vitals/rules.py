"""What the vital signs of a visit have to say: impossible, unlikely, out of range.

A sign that stays out of range over several sets is one finding, at the set where it began; it
begins anew when it gets worse (amber to red). So page one tells each event once, with its rechecks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_time
from infusion_visits.core.scales.news2 import News2
from infusion_visits.core.units import NBSP
from infusion_visits.sections.vitals.changes import change_findings
from infusion_visits.sections.vitals.fields import (
    FULL_SET,
    LIMBS,
    PART_OF_A_SET,
    SECTION,
    VITAL_SIGNS,
)
from infusion_visits.sections.vitals.heights import height_findings
from infusion_visits.sections.vitals.limits import Band, Limits, limits_for
from infusion_visits.sections.vitals.options import LIMB_BARRED_AS
from infusion_visits.sections.vitals.schedule_findings import schedule_findings
from infusion_visits.sections.vitals.sets import (
    baseline_of,
    fact_of,
    is_empty,
    last_of,
    news2_of,
    standing,
    stands,
    times_of,
)
from infusion_visits.sections.vitals.signs import (
    JUDGED,
    OutOfRange,
    change,
    figure,
    inside,
    out_of_range,
)
from infusion_visits.sections.vitals.weights import weight_findings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.vitals.values import Vitals, VitalsSet

__all__ = [
    "baseline_of",
    "fact_of",
    "findings",
    "last_of",
    "limits_for",
    "news2_of",
    "out_of_range",
    "times_of",
]

_SHORT = {
    "systolic": "BP",
    "diastolic": "BP",
    "pulse": "pulse",
    "respirations": "resp",
    "spo2": "SpO2",
    "temperature": "temperature",
    "pain": "pain",
    "glucose": "glucose",
    "etco2": "EtCO2",
}


def findings(values: Vitals, facts: Facts) -> list[Finding]:
    """Stops at their cells, and an alert for each thing that went out of range."""
    limits = limits_for(facts)
    found: list[Finding] = []
    for one in values.vital_signs:
        if one.mark.struck is not None:
            continue
        found += _impossible(one)
        found += _unlikely(one, facts, limits)
        found += _limb(one, facts)
        found += _incomplete(one, facts)
        found += weight_findings(one, facts)
        found += height_findings(one, facts)
    sets = standing(values)
    return [
        *found,
        *_events(sets, facts, limits),
        *change_findings(sets, facts),
        *schedule_findings(values, facts),
    ]


def _cell(one: VitalsSet, field: str) -> Cell:
    return Cell(SECTION, one.mark.row, field)


def _of(one: VitalsSet, facts: Facts) -> str:
    return f" at {show_time(one.at, facts.zone)}" if one.at else ""


def _impossible(one: VitalsSet) -> list[Finding]:
    if one.systolic is None or one.diastolic is None or one.diastolic < one.systolic:
        return []
    return [
        Finding(
            code="vitals.diastolic_not_below_systolic",
            level=Level.STOP,
            words=(
                f"Diastolic {figure(one, 'diastolic')} is not below "
                f"systolic {figure(one, 'systolic')}."
            ),
            section=SECTION,
            cell=_cell(one, "diastolic"),
            at=one.at,
            subject=one.mark.row.path(),
        )
    ]


def _unlikely(one: VitalsSet, facts: Facts, limits: Mapping[str, Limits]) -> list[Finding]:
    """Figures that are more likely a slip; ticked as measured, or with a word of context, they
    stand (an emergency must never be unrecordable)."""
    if one.context:
        return []
    found = []
    for sign, known in limits.items():
        value = getattr(one, sign, None)
        if value is None or not known.asks(value) or sign in (one.confirmed or ()):
            continue
        found.append(
            Finding(
                code=f"vitals.unlikely_{sign}",
                level=Level.STOP,
                words=(
                    f"{known.label} {figure(one, sign)}{_of(one, facts)}: is that right? "
                    "Correct it, or tick that it was measured."
                ),
                section=SECTION,
                cell=_cell(one, sign),
                at=one.at,
                subject=one.mark.row.path(),
            )
        )
    return found


def _limb(one: VitalsSet, facts: Facts) -> list[Finding]:
    holding = [barred for barred in facts.barred_limbs if barred.holds(one.at)]
    if one.systolic is None or not holding:
        return []
    labels = {option.key: option.label for option in LIMBS}
    limb = labels.get(one.limb or "")
    if limb is None:
        barred = " and ".join(dict.fromkeys(barred.limb for barred in holding))
        return [
            _limb_stop(
                one,
                "vitals.limb_not_said",
                f"Say on which limb the BP was taken{_of(one, facts)}: not on the {barred}.",
                overridable=False,
            )
        ]
    return [
        _limb_stop(
            one,
            "vitals.barred_limb",
            f"BP on the {limb}{_of(one, facts)}, which is barred: {barred.why}.",
            overridable=True,
        )
        for barred in holding
        if barred.limb == LIMB_BARRED_AS.get(limb, limb)
    ][:1]


def _limb_stop(one: VitalsSet, code: str, words: str, *, overridable: bool) -> Finding:
    return Finding(
        code=code,
        level=Level.STOP,
        words=words,
        section=SECTION,
        cell=_cell(one, "limb"),
        overridable=overridable,
        at=one.at,
        subject=one.mark.row.path(),
    )


def _incomplete(one: VitalsSet, facts: Facts) -> list[Finding]:
    """A set lacks a sign without a reason (clinical reference 7.11: temperature in every set)."""
    if one.extent == PART_OF_A_SET:
        if is_empty(one) and one.glucose is None and one.weight is None:
            words = f"The set{_of(one, facts)} has no figure."
            return [_lacks(one, "pulse", words)]
        return []
    missing = [name for name in FULL_SET if not stands(one, name) and name not in one.mark.not_done]
    if not missing:
        return []
    names = ", ".join(VITAL_SIGNS.leaf(name).label.lower() for name in missing)
    words = (
        f"The set{_of(one, facts)} lacks {names.replace('spo2', 'SpO2')}. "
        "Type it, say why it was not done, or mark the set as a recheck."
    )
    return [_lacks(one, missing[0], words)]


def _lacks(one: VitalsSet, field: str, words: str) -> Finding:
    return Finding(
        code="vitals.incomplete_set",
        level=Level.STOP,
        words=words,
        section=SECTION,
        cell=_cell(one, field),
        at=one.at,
        subject=one.mark.row.path(),
    )


def _events(sets: Sequence[VitalsSet], facts: Facts, limits: Mapping[str, Limits]) -> list[Finding]:
    found: list[Finding] = []
    outs = [out_of_range(one, facts, limits) for one in sets]
    for index, one in enumerate(sets):
        begun = [sign for sign, out in outs[index].items() if _begins(sign, out, sets, outs, index)]
        if begun:
            found.append(_event(one, begun, index, sets, outs, facts))
        if begun and not one.context and not one.response:
            found.append(_asks_context(one, outs[index][begun[0]]))
    return found


def _asks_context(one: VitalsSet, out: OutOfRange) -> Finding:
    """Once, at the set where it began; an answer in Context or in What was done is enough."""
    return Finding(
        code="vitals.context",
        level=Level.ADVICE,
        words=f"{out.words}: what explains it, what was done?",
        section=SECTION,
        cell=_cell(one, "context"),
        at=one.at,
        subject=one.mark.row.path(),
    )


def _begins(
    sign: str,
    out: OutOfRange,
    sets: Sequence[VitalsSet],
    outs: Sequence[Mapping[str, OutOfRange]],
    index: int,
) -> bool:
    for earlier in range(index - 1, -1, -1):
        before = outs[earlier].get(sign)
        if before is not None:
            worse = out.band is Band.RED and before.band is Band.AMBER
            return worse or before.side is not out.side
        if sign not in JUDGED or getattr(sets[earlier], sign) is not None:
            return True
    return True


def _event(
    one: VitalsSet,
    begun: Sequence[str],
    index: int,
    sets: Sequence[VitalsSet],
    outs: Sequence[Mapping[str, OutOfRange]],
    facts: Facts,
) -> Finding:
    here = [outs[index][sign] for sign in begun]
    words = "; ".join(inside(out.words, first=number == 0) for number, out in enumerate(here))
    recheck = _recheck(begun, index, sets, facts)
    response = ". ".join(text.rstrip(".") for text in (one.response or "", recheck) if text)
    return Finding(
        code="vitals.out_of_range",
        level=Level.ALERT,
        words=words,
        section=SECTION,
        cell=_cell(one, next((s for s in begun if s in JUDGED), "pulse")),
        detail=_detail(one, begun, facts),
        response=f"{response}." if response else "",
        at=one.at,
        subject=one.mark.row.path(),
    )


def _detail(one: VitalsSet, begun: Sequence[str], facts: Facts) -> str:
    changes = [
        f"{_SHORT[sign]} {said}"
        for sign in begun
        if sign in _SHORT and (said := change(one, sign, facts.baseline))
    ]
    # Pain alone says nothing of the circulation: figures that are in order would bury it.
    alone = set(begun) == {"pain"}
    others = "" if alone else _line(one, [sign for sign in JUDGED if sign not in begun])
    scored = None if alone else news2_of(one, facts)
    score = (
        f"NEWS2{NBSP}{scored.total}" if isinstance(scored, News2) and "news2" not in begun else ""
    )
    figures = ", ".join(part for part in (others, score) if part)
    parts = [", ".join(changes), figures, (one.context or "").rstrip(".")]
    told = "; ".join(part for part in parts if part)
    return f"{told[0].upper()}{told[1:]}." if told else ""


def _recheck(begun: Sequence[str], index: int, sets: Sequence[VitalsSet], facts: Facts) -> str:
    """`Recheck 10:41: pulse 80`, from the next set that has one of the signs; empty without one."""
    wanted = [sign for sign in begun if sign in _SHORT]
    if "mean_pressure" in begun:
        wanted += ["systolic", "diastolic"]
    if not wanted:
        wanted = ["spo2"] if "oxygen" in begun else ["systolic", "pulse"]
    for later in sets[index + 1 :]:
        if later.at is not None and (said := _line(later, wanted)):
            return f"Recheck {show_time(later.at, facts.zone)}: {said}"
    return ""


def _line(one: VitalsSet, signs: Sequence[str]) -> str:
    """`BP 138/84, SpO2 97 %`: the figures of these signs, the pressures as a pair."""
    parts = []
    pressures = {"systolic", "diastolic"} & set(signs)
    if pressures and one.systolic is not None and one.diastolic is not None:
        parts.append(f"BP{NBSP}{figure(one, 'systolic')}/{figure(one, 'diastolic')}")
    parts += [
        f"{_SHORT[sign]}{NBSP}{figure(one, sign)}"
        for sign in signs
        if sign in _SHORT
        and sign not in {"systolic", "diastolic"}
        and getattr(one, sign) is not None
    ]
    return ", ".join(parts)
