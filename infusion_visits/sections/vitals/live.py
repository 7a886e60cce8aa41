"""What the screen says of a set while it is typed: NEWS2, what is out of range, barred limbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.core.scales.news2 import NotScored, band_of
from infusion_visits.core.units import NBSP
from infusion_visits.sections.vitals.fields import FULL_SET, PART_OF_A_SET, VITAL_SIGNS
from infusion_visits.sections.vitals.limits import limits_for
from infusion_visits.sections.vitals.options import CONFIRMED
from infusion_visits.sections.vitals.sets import mean_pressure, news2_of
from infusion_visits.sections.vitals.signs import inside, out_of_range
from infusion_visits.sections.vitals.values import VitalsSet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.fields import Columns
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.vitals.limits import Limits
    from infusion_visits.sections.vitals.one_line import Reading

_ARMS = {"left arm": "right_arm", "right arm": "left_arm"}
_ENOUGH = 3


def set_of(columns: Columns) -> VitalsSet:
    """A set as it would be kept, from the columns of a line that is being typed."""
    entered = {
        leaf.name: f"{columns[f'{leaf.name}_entered']} {columns[f'{leaf.name}_unit']}"
        for leaf in VITAL_SIGNS.leaves
        if columns.get(f"{leaf.name}_entered")
    }
    mark = Mark(Row(VITAL_SIGNS.name, (0,)), at=columns.get("at"), as_entered=entered)
    said = {leaf.name: columns.get(leaf.name) for leaf in VITAL_SIGNS.leaves}
    return VitalsSet(mark=mark, **said)


@dataclass(frozen=True, slots=True)
class Scored:
    """The score in words, and the voice in which the screen says it."""

    words: str
    voice: str = "small"


_VOICES = {"N0": "danger", "N1": "danger", "N2": "warn"}


def score_words(reading: Reading, facts: Facts) -> Scored:
    """`NEWS2 3, low-medium: hold the infusion …, per agency protocol`; why it is not scored."""
    typed = [name for name in FULL_SET if reading.columns.get(name) is not None]
    if len(typed) < _ENOUGH or reading.columns.get("extent") == PART_OF_A_SET:
        return Scored("")
    one = set_of(reading.columns)
    scored = news2_of(one, facts)
    if isinstance(scored, NotScored):
        return Scored(f"NEWS2 not scored: {scored.why}.")
    band = band_of(scored, scales_in_force(facts.catalogue))
    scale = " (SpO2 scale 2)" if facts.hypercapnic_target else ""
    said = f"NEWS2{NBSP}{scored.total}, {band.words if band else scored.risk}{scale}"
    if band and band.notify:
        steps = "; ".join(step[0].lower() + step[1:] for step in band.steps)
        said += f": {steps}, per agency protocol"
    mean = mean_pressure(one)
    if mean:
        said += f" · mean BP {mean.shown}"
    return Scored(said, _VOICES.get(band.notify if band else "", "small"))


def soft_words(reading: Reading, facts: Facts) -> str:
    """`Pulse 112, high. Say why after ;`; empty with a reason, or when nothing is out of range."""
    if not reading.columns or reading.columns.get("context"):
        return ""
    outs = out_of_range(set_of(reading.columns), facts, limits_for(facts))
    said = [out.words for sign, out in outs.items() if sign != "news2"]
    words = "; ".join(inside(one, first=number == 0) for number, one in enumerate(said))
    return f"{words}. Say why after ;" if said else ""


def confirmed_by(reading: Reading, limits: Mapping[str, Limits]) -> dict[str, str]:
    """The signs that a second Enter confirmed as measured: those that would be asked about."""
    known = {option.key for option in CONFIRMED}
    asked = [
        doubt.field
        for doubt in reading.doubts
        if doubt.field in known and limits[doubt.field].asks(reading.columns[doubt.field])
    ]
    return {"confirmed": ", ".join(asked)} if asked else {}


def no_pressure_on(facts: Facts) -> dict[str, str]:
    """The limbs on which no blood pressure is taken now, and why."""
    barred: dict[str, str] = {}
    for one in facts.barred_limbs:
        if one.holds(facts.now):
            barred.setdefault(one.limb, one.why)
    return barred


def free_limb(barred: Mapping[str, str]) -> str:
    """The other arm where exactly one is barred; empty otherwise."""
    arms = [limb for limb in _ARMS if limb in barred]
    return _ARMS[arms[0]] if len(arms) == 1 else ""


def no_pressure_words(facts: Facts) -> str:
    """`No BP on the left arm (PICC, left upper arm)`."""
    said = [f"{limb} ({why})" for limb, why in no_pressure_on(facts).items()]
    return f"No BP on the {', '.join(said)}" if said else ""
