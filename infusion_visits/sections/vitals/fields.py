"""What is asked of a set of vital signs, and of a set that was missed.

Units, steps and what is refused: clinical reference section 5 (refused outright are only SpO2 over
100, diastolic not below systolic, pain outside 0 to 10, and negative figures).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Leaf,
    Many,
    Number,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.units import (
    CELSIUS,
    CENTIMETRE,
    FAHRENHEIT,
    INCH,
    KILOGRAM,
    LITRE_PER_MINUTE,
    MG_PER_DL,
    MILLILITRE,
    MMHG,
    MMOL_PER_L,
    PER_MINUTE,
    PERCENT,
    POUND,
    SCORE,
)
from infusion_visits.sections.vitals import options as of
from infusion_visits.sections.vitals.options import CONSCIOUSNESS, LIMBS, PART_OF_A_SET

__all__ = [
    "CONSCIOUSNESS",
    "FULL_SET",
    "LIMBS",
    "MISSED_SET",
    "PART_OF_A_SET",
    "ROWS",
    "SECTION",
    "VITALS_KINDS",
    "VITAL_SIGNS",
]

SECTION = "vitals"
VITALS_KINDS = frozenset(
    {
        VisitKind.START_OF_CARE,
        VisitKind.FIRST_DOSE,
        VisitKind.ROUTINE_INFUSION,
        VisitKind.LINE_CARE,
        VisitKind.UNSCHEDULED,
        VisitKind.DEVICE_INSERTION,
        VisitKind.DEVICE_REMOVAL,
        VisitKind.DISCHARGE,
    }
)
FULL_SET = ("systolic", "diastolic", "pulse", "respirations", "spo2", "temperature")

_SIGNS: tuple[Leaf, ...] = (
    When(name="at", label="Time", required=True),
    Choice(
        name="extent",
        label="Set",
        help="A full set has blood pressure, pulse, respirations, SpO2 and temperature.",
        options=of.EXTENTS,
    ),
    Number(name="systolic", label="Systolic", units=(MMHG,), may_be_not_done=True),
    Number(name="diastolic", label="Diastolic", units=(MMHG,), may_be_not_done=True),
    Number(name="pulse", label="Pulse", units=(PER_MINUTE,), may_be_not_done=True),
    Choice(name="rhythm", label="Rhythm", options=of.RHYTHMS),
    YesNo(
        name="counted_full_minute",
        label="Counted for 60 s at the apex",
        shown=Shown("rhythm", ("irregular",)),
    ),
    Number(name="respirations", label="Respirations", units=(PER_MINUTE,), may_be_not_done=True),
    Number(name="spo2", label="SpO2", units=(PERCENT,), high=Decimal(100), may_be_not_done=True),
    Number(
        name="temperature",
        label="Temperature",
        units=(CELSIUS, FAHRENHEIT),
        decimals=1,
        may_be_not_done=True,
    ),
    Choice(name="temperature_site", label="Temperature taken", options=of.TEMPERATURE_SITES),
    Choice(name="consciousness", label="Consciousness", options=CONSCIOUSNESS),
    Choice(name="oxygen", label="Air or oxygen", options=of.OXYGEN),
    Number(
        name="oxygen_flow",
        label="Oxygen flow",
        units=(LITRE_PER_MINUTE,),
        decimals=1,
        shown=Shown("oxygen", (of.ON_OXYGEN,)),
    ),
    Number(
        name="oxygen_percent",
        label="Inhaled oxygen",
        help="FiO2, where a mask or machine gives it",
        units=(PERCENT,),
        high=Decimal(100),
        shown=Shown("oxygen", (of.ON_OXYGEN,)),
    ),
    Many(
        name="no_figure",
        label="No figure to be had",
        help="What the meter said, or what could not be felt: it stands instead of the figure",
        options=of.NO_FIGURE,
    ),
)
_PAIN: tuple[Leaf, ...] = (
    Number(name="pain", label="Pain", units=(SCORE,), high=Decimal(10), may_be_not_done=True),
    Choice(name="pain_scale", label="Pain told by", options=of.PAIN_SCALES),
    Text(name="pain_where", label="Pain where", longest=200),
    Text(name="pain_how", label="Pain like", help="Burning, dull, in waves", longest=200),
    Number(
        name="pain_accepted", label="Pain the patient accepts", units=(SCORE,), high=Decimal(10)
    ),
    Choice(
        name="sedation",
        label="Sedation (POSS)",
        help="Pasero scale, not Ramsay: their figures mean other things",
        options=of.SEDATION,
        may_be_not_done=True,
    ),
    Number(name="etco2", label="End-tidal CO2", units=(MMHG,), may_be_not_done=True),
)
_CIRCUMSTANCES: tuple[Leaf, ...] = (
    Choice(name="limb", label="BP on", options=LIMBS),
    Choice(name="position", label="Position", options=of.POSITIONS),
    Choice(
        name="stood",
        label="Standing for",
        options=of.STOOD,
        shown=Shown("position", (of.STANDING,)),
    ),
    Choice(name="cuff", label="Cuff", options=of.CUFFS),
    Choice(name="method", label="BP method", options=of.METHODS),
    Many(name="circumstances", label="Circumstances", options=of.CIRCUMSTANCES),
    Choice(name="measured_by", label="Measured by", options=of.MEASURED_BY),
    Text(name="instrument", label="Instrument", help="Make or serial number of the meter"),
)
_BODY: tuple[Leaf, ...] = (
    Number(
        name="weight",
        label="Weight",
        units=(KILOGRAM, POUND),
        decimals=2,
        may_be_not_done=True,
    ),
    Number(name="height", label="Height", units=(CENTIMETRE, INCH), decimals=1),
    Number(
        name="head",
        label="Head circumference",
        help="Under 36 months",
        units=(CENTIMETRE, INCH),
        decimals=1,
    ),
    Number(
        name="glucose",
        label="Glucose",
        help="Capillary; after a maltose product only by a meter that is not misled by it",
        units=(MG_PER_DL, MMOL_PER_L),
        decimals=1,
        may_be_not_done=True,
    ),
    Number(name="girth", label="Girth", units=(CENTIMETRE, INCH), decimals=1),
    Choice(name="girth_of", label="Girth of", options=of.GIRTHS),
    Number(
        name="urine",
        label="Urine",
        help="In 24 hours",
        units=(MILLILITRE,),
    ),
)
_WORDS: tuple[Leaf, ...] = (
    Many(
        name="confirmed",
        label="Measured, no slip",
        help="A figure far out of the usual that was measured again and stands",
        options=of.CONFIRMED,
    ),
    Text(
        name="context",
        label="Context",
        help="What explains the figures: after walking, cold hands, measured twice",
        lines=2,
    ),
    Text(name="response", label="What was done", help="And who was told, when", lines=2),
)

VITAL_SIGNS = Rows(
    name="vital_signs",
    label="Vital signs",
    fields=(*_SIGNS, *_PAIN, *_CIRCUMSTANCES, *_BODY, *_WORDS),
    required=VITALS_KINDS,
    add_label="Add a set",
    time_field="at",
    # The figures stand in the table above; a line adds what is said of them.
    in_line=("at", "extent", "position", "limb", "context", "response"),
)

MISSED_SET = Rows(
    name="missed_set",
    label="Set that was not taken",
    help="A set of the schedule that was missed or late, and why",
    fields=(
        When(name="due", label="Due", required=True),
        Choice(name="reason", label="Why", options=of.MISSED_REASONS, required=True),
        Text(name="words", label="In words", lines=2),
    ),
    add_label="Add a set that was missed",
)

ROWS: tuple[Rows, ...] = (VITAL_SIGNS, MISSED_SET)
