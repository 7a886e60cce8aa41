"""What is asked of a line: its attributes at insertion, each visit's check, the care given.

Source: clinical reference 2.1 (attributes), 2.2 (items of a check), 2.7 (removal), 7.11 (what
surveyors missed: antiseptic, tolerance, external length, arm circumference).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Day,
    Grade,
    Leaf,
    Many,
    Number,
    Owner,
    Ref,
    RefTo,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.units import (
    CENTIMETRE,
    FRENCH,
    GAUGE,
    INCH,
    MILLILITRE,
    MILLIMETRE,
    MINUTE,
    UNITS_PER_ML,
)
from infusion_visits.sections.devices import options as of

SECTION = "devices"
# Clinical reference table 7.12, column "device assessment"; a pump change and a reassessment have
# no column there and handle the line all the same.
CHECK_KINDS = frozenset(
    {
        VisitKind.START_OF_CARE,
        VisitKind.FIRST_DOSE,
        VisitKind.ROUTINE_INFUSION,
        VisitKind.LINE_CARE,
        VisitKind.DEVICE_INSERTION,
        VisitKind.DEVICE_REMOVAL,
        VisitKind.PUMP_CHANGE,
        VisitKind.REASSESSMENT,
        VisitKind.DISCHARGE,
    }
)

_LENGTHS = (CENTIMETRE, MILLIMETRE, INCH)
_LONG = Shown("kind", of.LONG_KINDS)
_VEIN = Shown("kind", of.INTRAVENOUS_KINDS)
_CENTRAL_OR_MIDLINE = Shown("kind", (of.MIDLINE, *of.CENTRAL_KINDS))
_HERE = Shown("placed_here", (True,))


def _centimetres(name: str, label: str, high: int, shown: Shown | None, text: str = "") -> Number:
    return Number(
        name=name,
        label=label,
        help=text,
        units=(CENTIMETRE,),
        decimals=1,
        high=Decimal(high),
        shown=shown,
    )


_WHERE: tuple[Leaf, ...] = (
    Choice(name="kind", label="Line", options=of.KINDS, required=True),
    Choice(name="side", label="Side", options=of.SIDES, required=True),
    Choice(name="site", label="Site", options=of.SITES, required=True),
    Choice(name="vein", label="Vein", options=of.VEINS, shown=_VEIN),
    Day(name="inserted_on", label="Placed on", future=False),
    Choice(name="inserted_precision", label="That day is", options=of.PRECISIONS),
    Text(name="inserted_at_facility", label="Placed at", help="Hospital, clinic, home"),
    Text(name="inserted_by", label="Placed by"),
    YesNo(
        name="placed_here",
        label="Placed at a visit of ours",
        help="Yes when you place it now; the time, antiseptic and tolerance are asked",
    ),
    When(name="inserted_at", label="Time placed", shown=_HERE, required=True),
    Choice(
        name="insertion_antiseptic",
        label="Antiseptic",
        options=of.ANTISEPTICS,
        shown=_HERE,
        required=True,
    ),
    Number(
        name="attempts",
        label="Attempts",
        help="At most 2 by one nurse, 4 in all",
        low=Decimal(1),
        high=Decimal(20),
        shown=_HERE,
        required=True,
    ),
    YesNo(name="ultrasound", label="Under ultrasound", shown=_HERE),
    Choice(
        name="insertion_tolerated",
        label="Tolerated",
        options=of.TOLERATED,
        shown=_HERE,
        required=True,
    ),
)

_CATHETER: tuple[Leaf, ...] = (
    Number(
        name="gauge",
        label="Gauge",
        units=(GAUGE,),
        low=Decimal(10),
        high=Decimal(30),
        shown=Shown("kind", (of.PIV, of.MIDLINE, of.SUBCUT)),
    ),
    Number(
        name="french",
        label="French size",
        units=(FRENCH,),
        decimals=1,
        high=Decimal(20),
        shown=_CENTRAL_OR_MIDLINE,
    ),
    Number(
        name="catheter_length_cm",
        label="Length",
        help="With its unit: 25 mm, 45 cm, 1 in",
        units=_LENGTHS,
        decimals=2,
        high=Decimal(100),
    ),
    _centimetres("trimmed_length_cm", "Trimmed to", 100, Shown("kind", (of.MIDLINE, of.PICC))),
    _centimetres("inserted_length_cm", "Length inside", 100, _LONG),
    _centimetres(
        "external_length_cm",
        "External length",
        60,
        _LONG,
        "From the skin to the hub or zero mark: what later checks are compared with",
    ),
    _centimetres(
        "arm_circumference_cm", "Arm circumference", 80, Shown("kind", (of.MIDLINE, of.PICC))
    ),
    _centimetres(
        "arm_measured_above_cm",
        "Measured above the elbow crease at",
        30,
        Shown("kind", (of.MIDLINE, of.PICC)),
    ),
    Day(
        name="measured_on",
        label="Lengths measured on",
        future=False,
        shown=_LONG,
        help="Measure anew as a baseline only after a new tip confirmation",
    ),
    Choice(name="tip", label="Tip at", options=of.TIPS, shown=_CENTRAL_OR_MIDLINE),
    Choice(
        name="tip_method",
        label="Tip confirmed by",
        options=of.TIP_METHODS,
        shown=_CENTRAL_OR_MIDLINE,
    ),
    Day(
        name="tip_confirmed_on",
        label="Tip confirmed on",
        future=False,
        shown=_CENTRAL_OR_MIDLINE,
    ),
    Choice(name="catheter_end", label="End", options=of.ENDS, shown=_CENTRAL_OR_MIDLINE),
    YesNo(name="cuffed", label="Cuffed", shown=Shown("kind", (of.TUNNELED,))),
    YesNo(name="power_injectable", label="Power injectable", shown=_CENTRAL_OR_MIDLINE),
    Text(
        name="power_limit",
        label="Power limit",
        help="As printed on it: 5 mL/s, 300 psi",
        shown=Shown("power_injectable", (True,)),
    ),
    Text(name="brand", label="Brand"),
    Text(name="lot", label="Lot"),
    Day(name="expires", label="Expires"),
    Choice(name="securement", label="Securement", options=of.SECUREMENTS),
    Day(
        name="sutures_out_on",
        label="Sutures out on",
        shown=Shown("securement", ("sutures",)),
    ),
    Choice(name="dressing_type", label="Dressing", options=of.DRESSINGS),
    Number(
        name="needle_gauge",
        label="Needle gauge",
        help="The needle in place, where the port was accessed elsewhere",
        units=(GAUGE,),
        low=Decimal(16),
        high=Decimal(27),
        shown=Shown("kind", (of.PORT,)),
    ),
    Number(
        name="needle_length_cm",
        label="Needle length",
        help="With its unit: 19 mm, 0.75 in",
        units=_LENGTHS,
        decimals=2,
        high=Decimal(6),
        shown=Shown("kind", (of.PORT,)),
    ),
    YesNo(name="needle_non_coring", label="Non-coring", shown=Shown("kind", (of.PORT,))),
    When(
        name="accessed_at",
        label="Accessed elsewhere at",
        help="An access by us is charted as care",
        shown=Shown("kind", (of.PORT,)),
    ),
    Text(name="comment", label="Comment", lines=2),
)

_REMOVED: tuple[Leaf, ...] = (
    When(name="removed_at", label="Removed at"),
    Text(name="removed_by", label="Removed by"),
    Choice(name="removal_reason", label="Reason", options=of.REMOVAL_REASONS),
    Text(name="removal_order", label="Removal ordered by"),
    _centimetres("removed_length_cm", "Length removed", 100, None, "All of it, tip to hub"),
    YesNo(name="tip_intact", label="Tip intact"),
    Number(name="pressure_minutes", label="Pressure held", units=(MINUTE,), high=Decimal(240)),
    Text(name="removal_site", label="Site after removal", lines=2),
    Text(name="removal_dressing", label="Dressing after removal"),
    Choice(name="removal_tolerated", label="Removal tolerated", options=of.TOLERATED),
    YesNo(name="culture_sent", label="Culture sent"),
)

LUMEN = Rows(
    name="lumen",
    label="Lumens",
    owner=Owner.PATIENT,
    fields=(
        Text(name="label", label="Lumen", help="Colour or place: red, distal", required=True),
        Text(name="use", label="Used for", help="Infusion, blood draw, spare"),
        Text(name="dedicated_drug", label="Only for", help="The drug that has this lumen alone"),
    ),
    add_label="Add a lumen",
)

ACCESS_DEVICE = Rows(
    name="access_device",
    label="Lines",
    owner=Owner.PATIENT,
    own_id=True,
    fields=(*_WHERE, *_CATHETER, *_REMOVED, LUMEN),
    add_label="Add a line",
)

LUMEN_CHECK = Rows(
    name="lumen_check",
    label="Lumens",
    fields=(
        Choice(name="flush", label="Flush", options=of.FLUSHES),
        Choice(name="blood_return_before", label="Blood return before", options=of.RETURNS),
        Choice(name="blood_return_after", label="Blood return after", options=of.RETURNS),
        Text(
            name="blood_return_reason",
            label="Not assessed because",
            shown=Shown("blood_return_before", (of.RETURN_NOT_ASSESSED,)),
            required=True,
        ),
        Number(
            name="saline_ml", label="Saline", units=(MILLILITRE,), decimals=1, high=Decimal(200)
        ),
        Choice(name="lock_agent", label="Lock", options=of.LOCKS),
        Number(
            name="lock_units_per_ml",
            label="Heparin strength",
            help="10 or 100: read it from the label",
            units=(UNITS_PER_ML,),
            high=Decimal(10000),
            shown=Shown("lock_agent", ("heparin",)),
            required=True,
        ),
        Number(
            name="lock_ml", label="Lock volume", units=(MILLILITRE,), decimals=1, high=Decimal(20)
        ),
        YesNo(name="connector_changed", label="Needleless connector changed"),
        YesNo(name="disinfecting_cap", label="Disinfecting cap put on"),
    ),
    add_label="Add a lumen",
)

DEVICE_CHECK = Rows(
    name="device_check",
    label="Check",
    keyed_by="device_id",
    time_field="checked_at",
    fields=(
        Ref(name="device_id", label="Line", to=RefTo.DEVICE),
        When(name="checked_at", label="Checked at"),
        YesNo(name="accessed", label="Needle in the port", help="As found on arrival"),
        Choice(name="site", label="Site", options=of.SITE_STATES),
        Many(
            name="signs",
            label="Signs",
            options=of.SIGNS,
            shown=Shown("site", (of.SIGNS_PRESENT,)),
            required=True,
        ),
        _centimetres("redness_cm", "Redness", 60, Shown("site", (of.SIGNS_PRESENT,))),
        _centimetres("swelling_cm", "Swelling", 60, Shown("site", (of.SIGNS_PRESENT,))),
        _centimetres("cord_cm", "Cord", 60, Shown("site", (of.SIGNS_PRESENT,))),
        Choice(
            name="drainage",
            label="Drainage",
            options=of.DRAINAGES,
            shown=Shown("site", (of.SIGNS_PRESENT,)),
            required=True,
        ),
        Choice(
            name="infusate",
            label="Ran through it",
            options=of.INFUSATES,
            help="What reached the tissue, if any; raises the grade of an infiltration",
            shown=Shown("site", (of.SIGNS_PRESENT,)),
        ),
        Grade(
            name="phlebitis_ins",
            label="Phlebitis",
            scale=of.INS_PHLEBITIS,
            options=of.grades(4),
        ),
        Grade(name="phlebitis_vip", label="Phlebitis", scale=of.VIP, options=of.grades(5)),
        Grade(
            name="infiltration_ins",
            label="Infiltration",
            scale=of.INS_INFILTRATION,
            options=of.grades(4),
        ),
        Choice(name="dressing_state", label="Dressing", options=of.DRESSING_STATES),
        Choice(name="dressing_type", label="Dressing type", options=of.DRESSINGS),
        Day(name="dressing_dated", label="Date on the dressing", future=False),
        Choice(name="securement_state", label="Securement", options=of.SECUREMENT_STATES),
        _centimetres("external_length_cm", "External length", 60, None),
        _centimetres("arm_circumference_cm", "Arm circumference", 80, None),
        Choice(name="integrity", label="Catheter", options=of.INTEGRITIES),
        Choice(name="skin", label="Skin", options=of.SKIN_STATES),
        Choice(name="pocket", label="Port pocket", options=of.POCKETS),
        Many(name="symptoms", label="Symptoms", options=of.SYMPTOMS),
        Choice(name="need", label="Need for the line", options=of.NEEDS),
        Text(
            name="need_reason",
            label="Needed for",
            help="Why it stays, or whom you will ask",
        ),
        Choice(name="left_as", label="Left", options=of.LEFT_AS),
        Text(name="details", label="Details", lines=3),
        Text(
            name="response",
            label="What was done",
            help="About what was found, and who was told, when; prints on page one",
            lines=2,
        ),
        LUMEN_CHECK,
    ),
)

_FLUSHING = Shown("what", of.FLUSHING_CARES)
DEVICE_CARE = Rows(
    name="device_care",
    label="Care",
    time_field="done_at",
    fields=(
        Ref(name="device_id", label="Line", to=RefTo.DEVICE, required=True),
        When(name="done_at", label="Time", required=True),
        Choice(name="what", label="Care", options=of.CARES, required=True),
        Choice(
            name="antiseptic",
            label="Antiseptic",
            options=of.ANTISEPTICS,
            shown=Shown("what", of.SKIN_OPENING_CARES),
            required=True,
        ),
        Number(
            name="needle_gauge",
            label="Needle gauge",
            units=(GAUGE,),
            low=Decimal(16),
            high=Decimal(27),
            shown=Shown("what", of.NEEDLE_CARES),
            required=True,
        ),
        Number(
            name="needle_length_cm",
            label="Needle length",
            help="With its unit: 19 mm, 0.75 in",
            units=_LENGTHS,
            decimals=2,
            high=Decimal(6),
            shown=Shown("what", of.NEEDLE_CARES),
            required=True,
        ),
        YesNo(
            name="non_coring",
            label="Non-coring",
            shown=Shown("what", of.NEEDLE_CARES),
            required=True,
        ),
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
        Number(
            name="saline_ml",
            label="Saline",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(200),
            shown=_FLUSHING,
        ),
        Choice(name="lock_agent", label="Lock", options=of.LOCKS, shown=_FLUSHING),
        Number(
            name="lock_units_per_ml",
            label="Heparin strength",
            help="10 or 100: read it from the label",
            units=(UNITS_PER_ML,),
            high=Decimal(10000),
            shown=Shown("lock_agent", ("heparin",)),
            required=True,
        ),
        Number(
            name="lock_ml",
            label="Lock volume",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(20),
            shown=Shown("lock_agent", ("saline", "heparin", "citrate", "ethanol", "antibiotic")),
        ),
        Choice(name="tolerated", label="Tolerated", options=of.TOLERATED, required=True),
        Text(name="details", label="Details", lines=2),
    ),
    add_label="Add care",
)

ROWS: tuple[Rows, ...] = (ACCESS_DEVICE, DEVICE_CHECK, DEVICE_CARE)
