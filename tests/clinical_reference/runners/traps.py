"""Single traps of section 11, each through the rule that would fall into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.fields import Choice, NotAValue, Number, Sense
from infusion_visits.core.findings import Level
from infusion_visits.core.marks import Mark
from infusion_visits.core.moments import NotAMoment, instant_from_text, show_minutes
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.patients.facts import BarredLimb, CareFact, Facts, OrderStep
from infusion_visits.patients.fields import ALLERGY_KINDS, ALLERGY_STATES
from infusion_visits.patients.rules import weight_findings
from infusion_visits.patients.values import PatientChart, WeightTaken
from infusion_visits.sections.departure.rules import OBSERVATION, observation_end
from infusion_visits.sections.departure.rules import findings as departure_findings
from infusion_visits.sections.departure.values import Departure
from infusion_visits.sections.devices.rules import line_facts
from infusion_visits.sections.devices.rules.due import due_care
from infusion_visits.sections.devices.rules.flushing import heparin_units
from infusion_visits.sections.devices.rules.limits import default_limits
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.fields import HOLD, INFUSION, INFUSION_EVENT, START
from infusion_visits.sections.infusion.progress import next_step, on_ladder
from infusion_visits.sections.infusion.values import InfusionEvent, InfusionGiven
from infusion_visits.sections.stores import STORES
from infusion_visits.sections.vitals.rules import findings as vitals_findings
from tests.clinical_reference.runners.given import Given, kind
from tests.sections.devices import made_lines
from tests.sections.every_field import made_facts
from tests.sections.vitals import making as made_vitals

_ZONE = "America/New_York"
_NINE = datetime.fromisoformat("2026-11-21T14:00:00+00:00")
_ID = UUID("01938d2a-0000-7000-8000-0000000000aa")


@kind("overnight visit")
def overnight(given: Given) -> dict[str, object]:
    """Times typed as the nurse does, each a little after it happened."""
    evening = _NINE + timedelta(hours=13, minutes=45)
    came = instant_from_text(given.text("time_in"), evening, _ZONE, future=False)
    night = evening + timedelta(hours=4)
    left = instant_from_text(given.text("time_out"), night, _ZONE, future=False)
    minutes = int((left - came).total_seconds() // 60)
    return {"duration": show_minutes(minutes), "day": local_day(came, _ZONE).isoformat()}


@kind("central or not")
def central(given: Given) -> dict[str, object]:
    kind_of = given.text("line")
    said: dict[str, Any] = {"kind": kind_of}
    if given.has("tip"):
        said["tip"] = given.text("tip")
    facts = line_facts(Devices(access_device=(made_lines.picc(**said),)), _ZONE)
    return {"central": facts[0].central}


@kind("care of a port without its needle")
def port_care(given: Given) -> dict[str, object]:
    """What falls due for a port that was never accessed since, `days` after its flush."""
    flushed = date(2026, 11, 1)
    at = _NINE - timedelta(days=20)
    cares = [CareFact(made_lines.PORT_ID, what, at) for what in given.texts("done")]
    due = due_care(
        made_lines.port(), cares, flushed + timedelta(days=30), default_limits(), zone=_ZONE
    )
    return {"tasks": sorted({one.task for one in due})}


@kind("step during a hold")
def held_step(given: Given) -> dict[str, object]:
    """A step of 15 minutes, held after some: what is left of it at the end of the hold."""
    steps = (OrderStep(Decimal(10), 15), OrderStep(Decimal(20), None))
    run = given.whole("run")
    events = tuple(
        InfusionEvent(Mark(Row(INFUSION_EVENT.name, (1, number))), kind=name, at=at, rate=rate)
        for number, (name, at, rate) in enumerate(
            (
                (START, _NINE, Decimal(10)),
                (HOLD, _NINE + timedelta(minutes=run), None),
            )
        )
    )
    infusion = InfusionGiven(Mark(Row(INFUSION.name, (1,))), infusion_event=events)
    place = on_ladder(acts_of(infusion), steps)
    following = next_step(place)
    assert following is not None
    return {"left": following.minutes_left, "due": following.due}


@kind("weight after weight")
def weights(given: Given) -> dict[str, object]:
    rows = tuple(
        WeightTaken(Mark(Row("weight", (_ID, number))), Decimal(kg), date(2026, 11, number))
        for number, kg in enumerate(given.any("kg"), 1)
    )
    return {"asks": [one.code for one in weight_findings(PatientChart(weight=rows))]}


@kind("BP on a barred arm")
def barred(given: Given) -> dict[str, object]:
    facts = made_vitals_facts(given.text("barred"))
    row = made_vitals.a_row(1, "9:00", **{**made_vitals.NORMAL, "limb": given.text("limb")})
    found = [
        one
        for one in vitals_findings(made_vitals.vitals(row), facts)
        if one.code == "vitals.barred_limb"
    ]
    return {
        "stops": any(one.level is Level.STOP for one in found),
        "overridable": all(one.overridable for one in found),
    }


def made_vitals_facts(limb: str) -> Facts:
    """Facts in which one arm is barred."""
    return made_facts(now=made_vitals.NOW, zone=_ZONE, barred_limbs=(BarredLimb(limb, "PICC"),))


@kind("observation")
def observation(given: Given) -> dict[str, object]:
    """Drug ended `ended_ago` minutes ago, `minutes` ordered: can one leave now?"""
    facts = made_facts()
    assert facts.order is not None
    order = replace(facts.order, observation_minutes=given.whole("minutes"))
    ended = facts.now - timedelta(minutes=given.whole("ended_ago"))
    facts = replace(
        facts, order=order, infusion_start=ended - timedelta(hours=2), infusion_end=ended
    )
    found = [one for one in departure_findings(Departure(), facts) if one.code == OBSERVATION]
    until = observation_end(facts)
    assert until is not None
    return {
        "held_back": bool(found),
        "with_a_reason": all(one.overridable for one in found),
        "minutes_from_end": int((until - ended).total_seconds() // 60),
    }


@kind("late entry")
def late(given: Given) -> dict[str, object]:
    at = _NINE
    mark = Mark(
        Row("vital_signs", (1,)), at=at, entered_at=at + timedelta(minutes=given.whole("after"))
    )
    return {"late": mark.late, "both_times": mark.at is not None and mark.entered_at is not None}


@kind("future time")
def future(given: Given) -> dict[str, object]:
    try:
        instant_from_text(given.text("typed"), _NINE, _ZONE, future=False)
    except NotAMoment:
        return {"refused": True}
    return {"refused": False}


@kind("zero and blank")
def zero(given: Given) -> dict[str, object]:
    section, group, field = given.text("field").split("/")
    leaf = STORES[section].group(group).rows.leaf(field)
    assert isinstance(leaf, Number)
    sense = Sense(_NINE, _ZONE, {})
    found = {}
    for name, text in (("zero", "0"), ("blank", "")):
        columns = leaf.parse(text, sense)
        assert not isinstance(columns, NotAValue)
        found[name] = columns[leaf.name]
    return {"zero": found["zero"], "blank": found["blank"]}


@kind("text of a scale")
def scale_key(given: Given) -> dict[str, object]:
    grade = scales_in_force({}).scale(given.text("scale")).grade(given.text("key"))
    return {
        "key": grade.key if grade else None,
        "is_text": isinstance(grade.key, str) if grade else None,
    }


@kind("allergy choices")
def allergy(given: Given) -> dict[str, object]:
    kinds = {one.key for one in ALLERGY_KINDS}
    return {
        "states": len(ALLERGY_STATES),
        "kinds": all(name in kinds for name in given.texts("kinds")),
    }


@kind("local day")
def day(given: Given) -> dict[str, object]:
    instant = given.instant("utc", "UTC")
    return {"home": local_day(instant, given.text("home")).isoformat()}


@kind("heparin in a lock")
def heparin(given: Given) -> dict[str, object]:
    return {
        "units": [
            heparin_units(Decimal(strength), given.figure("ml"))
            for strength in given.any("units_per_ml")
        ]
    }


@kind("grades say their scale")
def grades(given: Given) -> dict[str, object]:
    rows = STORES["devices"].group("device_check").rows
    told = []
    for field in given.texts("fields"):
        leaf = rows.leaf(field)
        assert isinstance(leaf, Choice)
        told.append(leaf.words({field: "2"}, Sense(_NINE, _ZONE, {})))
    return {"different": len(set(told)) == len(told), "named": all("(" in one for one in told)}
