"""The care given to a line, one row for each act; a blocked lumen is cleared in rows as well.

Source: clinical reference 2.1 (port access), 2.3 (flush and lock), 2.5 (occlusion), 7.11 (what
surveyors missed: antiseptic, tolerance).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Many,
    Number,
    Ref,
    RefTo,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.units import GAUGE, MILLIGRAM, MILLILITRE
from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.check_fields import flush_and_lock
from infusion_visits.sections.devices.line_fields import LENGTHS

_FLUSHING = Shown("what", of.FLUSHING_CARES)
_SKIN = Shown("what", of.SKIN_OPENING_CARES)
_NEEDLE = Shown("what", of.NEEDLE_CARES)
_DECLOT = Shown("what", (of.DECLOT,))

_ACT = (
    Ref(name="device_id", label="Line", to=RefTo.DEVICE, required=True),
    When(name="done_at", label="Time", required=True),
    Choice(name="what", label="Care", options=of.CARES, required=True),
    Choice(
        name="antiseptic", label="Antiseptic", options=of.ANTISEPTICS, shown=_SKIN, required=True
    ),
)

_PUT_ON = (
    Number(
        name="needle_gauge",
        label="Needle gauge",
        units=(GAUGE,),
        low=Decimal(16),
        high=Decimal(27),
        shown=_NEEDLE,
        required=True,
    ),
    Number(
        name="needle_length_cm",
        label="Needle length",
        help="With its unit: 19 mm, 0.75 in",
        units=LENGTHS,
        decimals=2,
        high=Decimal(6),
        shown=_NEEDLE,
        required=True,
    ),
    Text(name="needle_lot", label="Needle lot", shown=_NEEDLE),
    YesNo(name="non_coring", label="Non-coring", shown=_NEEDLE, required=True),
    Choice(
        name="dressing_type",
        label="Dressing",
        options=of.DRESSINGS,
        shown=Shown("what", of.DRESSING_CARES),
        required=True,
    ),
    Choice(
        name="set_type",
        label="Set",
        options=of.SETS,
        shown=Shown("what", (of.SET_CHANGE,)),
        required=True,
    ),
    Choice(
        name="blood_return",
        label="Blood return",
        options=of.RETURNS,
        shown=Shown("what", of.RETURN_CARES),
    ),
)

_WHICH = (
    Number(name="dry_seconds", label="Dried for, seconds", high=Decimal(600), shown=_SKIN),
    Choice(name="technique", label="Technique", options=care.TECHNIQUES, shown=_SKIN),
    Choice(
        name="why",
        label="Done because",
        options=care.WHY_NOW,
        shown=Shown("what", of.REPLACING_CARES),
    ),
    Text(
        name="lumen",
        label="Lumen",
        help="Which, where there are several",
        shown=Shown("what", of.LUMEN_CARES),
    ),
)

_CLEARED = (
    Choice(name="agent", label="Agent", options=care.DECLOT_AGENTS, shown=_DECLOT, required=True),
    Number(
        name="agent_mg",
        label="Dose",
        help="Alteplase: 2 mg from 30 kg, below 110 % of the lumen at 1 mg/mL; by order",
        units=(MILLIGRAM,),
        decimals=2,
        high=Decimal(10),
        shown=Shown("agent", (care.ALTEPLASE,)),
        required=True,
    ),
    Number(
        name="agent_ml",
        label="Volume put in",
        units=(MILLILITRE,),
        decimals=2,
        high=Decimal(10),
        shown=_DECLOT,
        required=True,
    ),
    Text(name="agent_lot", label="Lot of the agent", shown=_DECLOT, required=True),
    Many(
        name="contraindications",
        label="Reasons against it",
        options=care.CONTRAINDICATIONS,
        shown=_DECLOT,
        required=True,
    ),
    Text(name="ordered_by", label="Ordered by", shown=_DECLOT, required=True),
    Number(
        name="aspirated_ml",
        label="Taken out",
        help="4 to 5 mL of agent and clot are taken out and thrown away",
        units=(MILLILITRE,),
        decimals=1,
        high=Decimal(50),
        shown=Shown("what", (of.DECLOT_CHECK,)),
    ),
    Choice(
        name="outcome",
        label="Outcome",
        options=care.OUTCOMES,
        shown=Shown("what", (of.DECLOT_CHECK,)),
        required=True,
    ),
)

DEVICE_CARE = Rows(
    name="device_care",
    label="Care",
    time_field="done_at",
    fields=(
        *_ACT,
        *_PUT_ON,
        *_WHICH,
        Choice(name="purpose", label="Flush for", options=care.PURPOSES, shown=_FLUSHING),
        *flush_and_lock(_FLUSHING),
        *_CLEARED,
        Choice(name="tolerated", label="Tolerated", options=of.TOLERATED, required=True),
        Text(name="details", label="Details", lines=2),
    ),
    add_label="Add care",
)
