"""What a line is: where it lies, how it was placed, what it measures, how it was taken out.

Source: clinical reference 2.1 (attributes at insertion for each kind) and 2.7 (removal).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Day,
    Leaf,
    Number,
    Owner,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.units import (
    CENTIMETRE,
    DEGREE_DAYS,
    FRENCH,
    GAUGE,
    INCH,
    MILLILITRE,
    MILLIMETRE,
    MINUTE,
)
from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of

LENGTHS = (CENTIMETRE, MILLIMETRE, INCH)
_OURS = Shown("kind", of.OUR_KINDS)
_LONG = Shown("kind", of.LONG_KINDS)
_VEIN = Shown("kind", of.INTRAVENOUS_KINDS)
_CENTRAL_OR_MIDLINE = Shown("kind", (of.MIDLINE, *of.CENTRAL_KINDS))
_SIZED = Shown("kind", of.LONG_KINDS)
_PORT = Shown("kind", (of.PORT,))
_ARM = Shown("kind", of.ARM_MEASURED)
_HERE = Shown("placed_here", (True,))


def centimetres(name: str, label: str, high: int, shown: Shown | None, text: str = "") -> Number:
    """A length in cm, 0 to `high`, one decimal."""
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
    Number(
        name="site_count",
        label="Number of sites",
        help="How many needles of this set are in place",
        low=Decimal(1),
        high=Decimal(12),
        shown=Shown("kind", (of.SUBCUT,)),
    ),
    Day(name="inserted_on", label="Placed on", future=False),
    Choice(name="inserted_precision", label="That day is", options=of.PRECISIONS),
    Text(name="inserted_at_facility", label="Placed at", help="Hospital, clinic, home"),
    Text(name="inserted_by", label="Placed by"),
    YesNo(
        name="placed_here",
        label="Placed at a visit of ours",
        help="Yes when you place it now; the time, antiseptic and tolerance are asked",
        shown=_OURS,
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
        name="insertion_dry_seconds",
        label="Dried for, seconds",
        high=Decimal(600),
        shown=_HERE,
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
    Number(
        name="attempts_one_nurse",
        label="Attempts by one nurse",
        help="Where more than one nurse tried",
        low=Decimal(1),
        high=Decimal(20),
        shown=_HERE,
    ),
    YesNo(name="ultrasound", label="Under ultrasound", shown=_HERE),
    Choice(
        name="insertion_tolerated",
        label="Tolerated",
        options=of.TOLERATED,
        shown=_HERE,
        required=True,
    ),
    Number(
        name="dwell_limit_days",
        label="May stay, by its maker or order",
        help="In days; where it differs from the agency's own limit",
        units=(DEGREE_DAYS,),
        low=Decimal(1),
        high=Decimal(366),
        shown=Shown("kind", (of.PIV, of.MIDLINE, of.SUBCUT)),
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
        shown=_SIZED,
    ),
    Number(
        name="catheter_length_cm",
        label="Length",
        help="With its unit: 25 mm, 45 cm, 1 in",
        units=LENGTHS,
        decimals=2,
        high=Decimal(100),
        shown=Shown("kind", (of.PIV, of.SUBCUT, *of.LONG_KINDS)),
    ),
    centimetres("trimmed_length_cm", "Trimmed to", 100, Shown("kind", (of.MIDLINE, of.PICC))),
    centimetres("inserted_length_cm", "Length inside", 100, _LONG),
    centimetres(
        "external_length_cm",
        "External length",
        60,
        _LONG,
        "From the skin to the hub or zero mark: what later checks are compared with",
    ),
    centimetres("arm_circumference_cm", "Arm circumference", 80, _ARM),
    centimetres("arm_measured_above_cm", "Measured above the elbow crease at", 30, _ARM),
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
    Text(name="brand", label="Brand", shown=_OURS),
    Text(name="lot", label="Lot", shown=_OURS),
    Day(name="expires", label="Expires", shown=_OURS),
    Choice(
        name="securement",
        label="Securement",
        options=of.SECUREMENTS,
        shown=Shown("kind", (of.PIV, *of.LONG_KINDS)),
    ),
    Day(
        name="sutures_out_on",
        label="Sutures out on",
        shown=Shown("securement", ("sutures",)),
    ),
    Choice(name="dressing_type", label="Dressing", options=of.DRESSINGS, shown=_OURS),
    Number(
        name="needle_gauge",
        label="Needle gauge",
        help="The needle in place, where the port was accessed elsewhere",
        units=(GAUGE,),
        low=Decimal(16),
        high=Decimal(27),
        shown=_PORT,
    ),
    Number(
        name="needle_length_cm",
        label="Needle length",
        help="With its unit: 19 mm, 0.75 in",
        units=LENGTHS,
        decimals=2,
        high=Decimal(6),
        shown=_PORT,
    ),
    YesNo(name="needle_non_coring", label="Non-coring", shown=_PORT),
    When(
        name="accessed_at",
        label="Accessed elsewhere at",
        help="An access by us is charted as care",
        shown=_PORT,
    ),
    Text(name="comment", label="Comment", lines=2),
)

_CENTRAL_OUT = Shown("kind", of.LONG_KINDS)
_REMOVED: tuple[Leaf, ...] = (
    When(name="removed_at", label="Removed at"),
    Text(name="removed_by", label="Removed by"),
    Choice(name="removal_reason", label="Reason", options=of.REMOVAL_REASONS),
    Text(name="removal_order", label="Removal ordered by"),
    centimetres("removed_length_cm", "Length removed", 100, _LONG, "All of it, tip to hub"),
    YesNo(name="tip_intact", label="Tip intact"),
    Choice(name="removal_position", label="Position", options=care.POSITIONS, shown=_CENTRAL_OUT),
    Choice(
        name="removal_breath",
        label="While it was drawn",
        help="Bearing down or breathing out keeps air from being drawn in",
        options=care.BREATHS,
        shown=_CENTRAL_OUT,
    ),
    YesNo(name="anticoagulated", label="Takes a blood thinner"),
    Number(name="pressure_minutes", label="Pressure held", units=(MINUTE,), high=Decimal(240)),
    Text(name="removal_site", label="Site after removal", lines=2),
    Text(name="removal_dressing", label="Dressing after removal"),
    YesNo(
        name="removal_ointment",
        label="Airtight dressing with ointment",
        help="Petroleum gauze or sterile ointment, for 24 h or longer",
        shown=_CENTRAL_OUT,
    ),
    Number(
        name="flat_minutes",
        label="Flat afterwards",
        units=(MINUTE,),
        high=Decimal(240),
        shown=_CENTRAL_OUT,
    ),
    Choice(name="removal_tolerated", label="Removal tolerated", options=of.TOLERATED),
    YesNo(name="culture_sent", label="Culture sent"),
)
REMOVAL_FIELDS = tuple(leaf.name for leaf in _REMOVED)

LUMEN = Rows(
    name="lumen",
    label="Lumens",
    owner=Owner.PATIENT,
    fields=(
        Text(name="label", label="Lumen", help="Colour or place: red, distal", required=True),
        Text(name="use", label="Used for", help="Infusion, blood draw, spare"),
        Text(name="dedicated_drug", label="Only for", help="The drug that has this lumen alone"),
        Number(
            name="volume_ml",
            label="Inside volume",
            help="As printed on the catheter; the dose of a clot agent in a small child",
            units=(MILLILITRE,),
            decimals=2,
            high=Decimal(10),
        ),
    ),
    add_label="Add a lumen",
)

TIP_CONFIRMATION = Rows(
    name="tip_confirmation",
    label="Tip confirmed anew",
    owner=Owner.PATIENT,
    help="After a catheter moved. From its day on, the external length given here is the baseline",
    fields=(
        Day(name="confirmed_on", label="Confirmed on", future=False, required=True),
        Choice(name="tip", label="Tip at", options=of.TIPS, required=True),
        Choice(name="method", label="Confirmed by", options=of.TIP_METHODS, required=True),
        centimetres("external_length_cm", "External length then", 60, None),
        Text(name="told_by", label="Told by", help="Who read the picture or gave the order"),
    ),
    add_label="Add a confirmation",
)

ACCESS_DEVICE = Rows(
    name="access_device",
    label="Lines",
    owner=Owner.PATIENT,
    own_id=True,
    fields=(*_WHERE, *_CATHETER, *_REMOVED, LUMEN, TIP_CONFIRMATION),
    add_label="Add a line",
)
