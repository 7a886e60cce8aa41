"""What is asked of a set of vital signs.

Units, steps and what is refused: clinical reference section 5 (refused outright are only SpO2 over
100, diastolic not below systolic, pain outside 0 to 10, and negative figures).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Leaf,
    Number,
    Option,
    Rows,
    Shown,
    Text,
    When,
)
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.units import (
    CELSIUS,
    FAHRENHEIT,
    KILOGRAM,
    LITRE_PER_MINUTE,
    MG_PER_DL,
    MMHG,
    MMOL_PER_L,
    PER_MINUTE,
    PERCENT,
    POUND,
    SCORE,
)

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
PART_OF_A_SET = "part"

LIMBS = (
    Option("left_arm", "left arm"),
    Option("right_arm", "right arm"),
    Option("left_leg", "left leg"),
    Option("right_leg", "right leg"),
)
POSITIONS = (
    Option("sitting", "sitting"),
    Option("lying", "lying"),
    Option("standing", "standing"),
)
CONSCIOUSNESS = (
    Option("A", "alert"),
    Option("C", "new confusion"),
    Option("V", "responds to voice"),
    Option("P", "responds to pain"),
    Option("U", "unresponsive"),
)

_SIGNS: tuple[Leaf, ...] = (
    When(name="at", label="Time", required=True),
    Choice(
        name="extent",
        label="Set",
        help="A full set has blood pressure, pulse, respirations, SpO2 and temperature.",
        options=(
            Option("full", "full set"),
            Option(PART_OF_A_SET, "recheck of some signs"),
        ),
    ),
    Number(name="systolic", label="Systolic", units=(MMHG,), may_be_not_done=True),
    Number(name="diastolic", label="Diastolic", units=(MMHG,), may_be_not_done=True),
    Number(name="pulse", label="Pulse", units=(PER_MINUTE,), may_be_not_done=True),
    Number(name="respirations", label="Respirations", units=(PER_MINUTE,), may_be_not_done=True),
    Number(name="spo2", label="SpO2", units=(PERCENT,), high=Decimal(100), may_be_not_done=True),
    Number(
        name="temperature",
        label="Temperature",
        units=(CELSIUS, FAHRENHEIT),
        decimals=1,
        may_be_not_done=True,
    ),
    Number(name="pain", label="Pain", units=(SCORE,), high=Decimal(10)),
    Choice(name="consciousness", label="Consciousness", options=CONSCIOUSNESS),
    Choice(
        name="oxygen",
        label="Air or oxygen",
        options=(Option("air", "on air"), Option("oxygen", "on oxygen")),
    ),
    Number(
        name="oxygen_flow",
        label="Oxygen flow",
        units=(LITRE_PER_MINUTE,),
        decimals=1,
        shown=Shown("oxygen", ("oxygen",)),
    ),
)
_CIRCUMSTANCES: tuple[Leaf, ...] = (
    Choice(name="limb", label="BP on", options=LIMBS),
    Choice(name="position", label="Position", options=POSITIONS),
    Choice(
        name="cuff",
        label="Cuff",
        options=(
            Option("child", "child cuff"),
            Option("small_adult", "small adult cuff"),
            Option("adult", "adult cuff"),
            Option("large_adult", "large adult cuff"),
            Option("thigh", "thigh cuff"),
        ),
    ),
    Choice(
        name="method",
        label="BP method",
        options=(Option("automatic", "automatic"), Option("manual", "manual")),
    ),
    Choice(
        name="temperature_site",
        label="Temperature taken",
        options=(
            Option("oral", "oral"),
            Option("tympanic", "tympanic"),
            Option("temporal", "temporal"),
            Option("axillary", "axillary"),
            Option("rectal", "rectal"),
        ),
    ),
    Number(name="weight", label="Weight", units=(KILOGRAM, POUND), decimals=2),
    Number(name="glucose", label="Glucose", units=(MG_PER_DL, MMOL_PER_L), decimals=1),
    Choice(
        name="measured_by",
        label="Measured by",
        options=(
            Option("nurse", "nurse"),
            Option("patient", "patient, as reported"),
            Option("caregiver", "caregiver, as reported"),
        ),
    ),
    Text(name="instrument", label="Instrument", help="Make or serial number of the meter"),
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
    fields=(*_SIGNS, *_CIRCUMSTANCES),
    required=VITALS_KINDS,
    add_label="Add a set",
    time_field="at",
)

ROWS: tuple[Rows, ...] = (VITAL_SIGNS,)
