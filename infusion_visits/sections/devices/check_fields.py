"""How a line is found at a visit: its site, dressing and lengths, and each lumen.

Source: clinical reference 2.2 (items of a check), 2.6 (lengths), 3.1 to 3.4 (grades).
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
    Ref,
    RefTo,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.units import MILLILITRE, UNITS_PER_ML
from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.line_fields import centimetres

_SEEN = Shown("site", (of.SIGNS_PRESENT,))
LOCKED = ("saline", "heparin", "citrate", "ethanol", "antibiotic")


def flush_and_lock(shown: Shown | None = None) -> tuple[Leaf, ...]:
    """What went through the line: flush agent and volume, lock agent, strength and volume.

    The strength of heparin is asked and shown apart: 10 and 100 units/mL are a tenfold error apart
    (clinical reference 11.30).
    """
    return (
        Choice(
            name="flush_agent",
            label="Flushed with",
            help="Sodium chloride 0.9\u00a0% where nothing is chosen",
            options=care.FLUSH_AGENTS,
            shown=shown,
        ),
        Number(
            name="saline_ml",
            label="Flush volume",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(200),
            shown=shown,
        ),
        Choice(name="lock_agent", label="Lock", options=of.LOCKS, shown=shown),
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
            shown=Shown("lock_agent", LOCKED),
        ),
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
        Choice(
            name="occlusion_cause",
            label="Blocked by",
            help="First look for a mechanical cause, then a clot, then a precipitate",
            options=care.CAUSES,
            shown=Shown("flush", ("resistance", "unable")),
        ),
        *flush_and_lock(),
        YesNo(name="connector_changed", label="Needleless connector changed"),
        Choice(
            name="connector_why",
            label="Changed because",
            options=care.WHY_NOW,
            shown=Shown("connector_changed", (True,)),
        ),
        YesNo(name="disinfecting_cap", label="Disinfecting cap put on"),
        Choice(name="left_as", label="This lumen left", options=care.LUMEN_FATES),
    ),
    add_label="Add a lumen",
)

_SITE: tuple[Leaf, ...] = (
    Choice(name="site", label="Site", options=of.SITE_STATES),
    Many(name="signs", label="Signs", options=of.SIGNS, shown=_SEEN, required=True),
    centimetres("redness_cm", "Redness", 60, _SEEN),
    centimetres("swelling_cm", "Swelling", 60, _SEEN),
    centimetres("cord_cm", "Cord", 60, _SEEN),
    Choice(name="drainage", label="Drainage", options=of.DRAINAGES, shown=_SEEN, required=True),
    Choice(
        name="infusate",
        label="Ran through it",
        options=of.INFUSATES,
        help="What reached the tissue, if any; raises the grade of an infiltration. "
        "The order's drug counts where nothing is chosen",
        shown=_SEEN,
    ),
    Choice(name="swelling_degree", label="Swelling looks", options=of.SWELLINGS, shown=_SEEN),
    Choice(name="refill", label="Capillary refill", options=of.REFILLS, shown=_SEEN),
    centimetres("limb_cm", "Length of the limb", 120, _SEEN, "In a child, beside the swelling"),
    Grade(name="phlebitis_ins", label="Phlebitis", scale=of.INS_PHLEBITIS, options=of.grades(4)),
    Grade(name="phlebitis_vip", label="Phlebitis", scale=of.VIP, options=of.grades(5)),
    Grade(
        name="infiltration_ins",
        label="Infiltration",
        scale=of.INS_INFILTRATION,
        options=of.grades(4),
    ),
    Grade(
        name="extravasation",
        label="Extravasation",
        scale=of.EXTRAVASATION,
        options=of.grades(4, 1),
        shown=_SEEN,
    ),
)

_OUTSIDE: tuple[Leaf, ...] = (
    Choice(name="dressing_state", label="Dressing", options=of.DRESSING_STATES),
    Choice(name="dressing_type", label="Dressing type", options=of.DRESSINGS),
    Day(name="dressing_dated", label="Date on the dressing", future=False),
    Choice(name="securement_state", label="Securement", options=of.SECUREMENT_STATES),
    centimetres("external_length_cm", "External length", 60, None),
    centimetres("arm_circumference_cm", "Arm circumference", 80, None),
    centimetres(
        "arm_measured_above_cm",
        "Measured above the elbow crease at",
        30,
        None,
        "The same point as the baseline, else nothing can be compared",
    ),
    centimetres("other_arm_cm", "The other arm", 80, None, "At the same point"),
    Choice(name="integrity", label="Catheter", options=of.INTEGRITIES),
    Choice(name="skin", label="Skin", options=of.SKIN_STATES),
    Text(
        name="skin_product",
        label="Product suspected",
        help="Adhesive, antiseptic or dressing that the skin does not bear",
        shown=Shown("skin", tuple(o.key for o in of.SKIN_STATES if o.key != "intact")),
    ),
    Choice(name="pocket", label="Port pocket", options=of.POCKETS),
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
        *_SITE,
        *_OUTSIDE,
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
