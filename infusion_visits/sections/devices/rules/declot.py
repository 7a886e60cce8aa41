"""Clearing a blocked lumen: the dose of alteplase, when to look, and whether it opened.

Source: clinical reference 2.5 (Cathflo Activase label). By order; per agency protocol. An agent is
put in (`declot`), then looked at after 30 and 120 minutes (`declot_check`); one repeat is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.units import half_up, with_unit
from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.lines import cares_of
from infusion_visits.sections.devices.values import DeviceCare

if TYPE_CHECKING:
    from infusion_visits.sections.devices.rules.templates import Alteplase
    from infusion_visits.sections.devices.values import AccessDevice, Devices

OVER = frozenset({"patent", "removed", "failed"})


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose of alteplase in mg and mL, and the sentence that gave it."""

    mg: Decimal
    ml: Decimal
    sentence: str


def dose_for(weight_kg: Decimal | None, lumen_ml: Decimal | None, rule: Alteplase) -> Dose | str:
    """The dose for this weight (kg) and inside volume of the lumen (mL), or why there is none.

    From 30 kg 2 mg in 2 mL; from 10 kg below 30 kg 110 % of the lumen at 1 mg/mL, at most 2 mg.
    """
    if weight_kg is None:
        return "no weight is known"
    kg = with_unit(weight_kg, "kg")
    if weight_kg >= rule.full_dose_from_kg:
        ml = rule.full_dose_mg / rule.mg_per_ml
        said = f"{with_unit(rule.full_dose_mg, 'mg')} in {with_unit(ml, 'mL')}"
        return Dose(rule.full_dose_mg, ml, f"{kg}, from {rule.full_dose_from_kg:f}\u00a0kg: {said}")
    if weight_kg < rule.least_weight_kg:
        return f"no dose is known below {with_unit(rule.least_weight_kg, 'kg')}"
    if lumen_ml is None:
        return "the inside volume of the lumen is not recorded"
    ml = lumen_ml * rule.share_of_lumen_percent / 100
    mg = min(ml * rule.mg_per_ml, rule.full_dose_mg)
    share = f"{rule.share_of_lumen_percent:f}\u00a0% of {with_unit(lumen_ml, 'mL')}"
    said = f"{with_unit(mg, 'mg', 2)} at {with_unit(rule.mg_per_ml, 'mg/mL')}"
    return Dose(half_up(mg, 2), half_up(mg / rule.mg_per_ml, 2), f"{kg}: {share} = {said}")


@dataclass(frozen=True, slots=True)
class Course:
    """An agent that lies in a lumen or did: since when, how many doses, how it stands.

    `look_at` is when to look next, None once it is over. `may_repeat`: the agent was left or taken
    out after the second look, and a further dose is within what the label allows.
    """

    lumen: str
    agent: str
    given: DeviceCare
    doses: int
    since: datetime
    look_at: datetime | None
    looks: tuple[DeviceCare, ...]
    may_repeat: bool

    @property
    def open(self) -> bool:
        """Whether the agent still lies in the lumen."""
        return self.look_at is not None

    @property
    def opened(self) -> bool:
        """Whether the lumen was found open again."""
        return bool(self.looks) and self.looks[-1].outcome == "patent"


def courses(values: Devices, device: AccessDevice, rule: Alteplase) -> tuple[Course, ...]:
    """The clearing of each lumen of one line at this visit, in the order begun."""
    mine = [one for one in cares_of(values, device) if one.what in {of.DECLOT, of.DECLOT_CHECK}]
    lumens = dict.fromkeys((one.lumen or "").casefold() for one in mine)
    made = (
        _course([one for one in mine if (one.lumen or "").casefold() == lumen], rule)
        for lumen in lumens
    )
    return tuple(one for one in made if one is not None)


def _course(acts: list[DeviceCare], rule: Alteplase) -> Course | None:
    given = [one for one in acts if one.what == of.DECLOT and one.done_at is not None]
    if not given or given[-1].done_at is None:
        return None
    last, since = given[-1], given[-1].done_at
    looks = tuple(
        one
        for one in acts
        if one.what == of.DECLOT_CHECK and one.done_at is not None and one.done_at >= since
    )
    over = bool(looks) and looks[-1].outcome in OVER
    waits = (rule.first_look_minutes, rule.second_look_minutes)
    passed = bool(looks) and not over and len(looks) >= len(waits)
    look_at = None if over else since + timedelta(minutes=waits[min(len(looks), 1)])
    blocked = bool(looks) and looks[-1].outcome in {"wait", "removed", "failed"}
    return Course(
        lumen=last.lumen or "",
        agent=last.agent or care.ALTEPLASE,
        given=last,
        doses=len(given),
        since=since,
        look_at=look_at,
        looks=looks,
        may_repeat=blocked and (over or passed) and len(given) < rule.doses_at_most,
    )
