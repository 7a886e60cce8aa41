"""What is asked of a complication and of each of its steps.

Source: clinical reference 4 (documentation minimum for every complication). A complication has no
stored state: its state is its steps, and each step belongs to the visit at which it was written.
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Day,
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
from infusion_visits.core.units import CENTIMETRE, INCH, MILLILITRE, ML_PER_HOUR
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.signs import SIGNS

SECTION = "complications"

_TOLD = Shown("kind", (of.TOLD,))
_GRADED = Shown("kind", of.GRADED_STEPS)
_SEEN = Shown("kind", (of.NOTICED, of.RECHECK))
_DONE = Shown("kind", (of.ACTION,))

COMPLICATION_STEP = Rows(
    name="complication_step",
    label="Steps",
    owner=Owner.PATIENT,
    time_field="happened_at",
    fields=(
        When(name="happened_at", label="Time", required=True),
        Choice(name="kind", label="Step", options=of.STEPS, required=True),
        Text(
            name="words",
            label="In words",
            help="What was seen, done or measured",
            lines=2,
            shown=Shown("kind", (of.NOTICED, of.ACTION, of.RECHECK, of.CLOSED)),
        ),
        Many(name="signs", label="Signs", options=SIGNS, shown=_SEEN),
        Number(
            name="measured_cm",
            label="Largest extent",
            help="Of swelling, redness or cord",
            units=(CENTIMETRE, INCH),
            decimals=1,
            high=Decimal(100),
            shown=_SEEN,
        ),
        Text(name="skipped", label="Not done because", longest=200, shown=_DONE),
        Choice(name="done_by", label="Done by", options=of.DOERS, shown=_DONE),
        Choice(name="scale", label="Scale", options=of.SCALES, shown=_GRADED),
        Choice(name="grade", label="Grade", options=of.GRADES, shown=_GRADED),
        Choice(name="told_role", label="Told", options=of.ROLES, shown=_TOLD, required=True),
        Text(name="told_name", label="Name", shown=_TOLD),
        Choice(name="told_how", label="How", options=of.HOW, shown=_TOLD),
        Choice(name="reached", label="Reached", options=of.REACHED, shown=_TOLD, required=True),
        Text(
            name="answer",
            label="Answer",
            help="What was said, where it was no order",
            lines=2,
            shown=_TOLD,
        ),
        Text(
            name="order_received",
            label="Order received",
            help="Word for word as given; empty when there was none",
            lines=2,
            shown=_TOLD,
        ),
        YesNo(name="read_back", label="Read back", shown=_TOLD),
        Choice(
            name="outcome",
            label="Outcome",
            options=of.OUTCOMES,
            shown=Shown("kind", (of.CLOSED,)),
            required=True,
        ),
        Text(
            name="follow_up",
            label="Follow-up",
            help="Who does what, and when",
            shown=Shown("kind", (of.TOLD, of.RECHECK, of.CLOSED)),
        ),
    ),
    add_label="Add a step",
)

OF_SOME: tuple[Leaf, ...] = (
    Choice(name="segment", label="What was going in", options=of.SEGMENTS),
    Choice(name="device_status", label="Line now", options=of.DEVICE_STATES),
    Text(name="photo_ids", label="Numbers of the photographs", longest=200),
    Text(name="osmolarity_ph", label="Osmolarity and pH", longest=120),
    Choice(name="capillary_refill", label="Capillary refill", options=of.REFILLS),
    Choice(name="pulses", label="Pulses below", options=of.PULSES),
    Text(name="sensation", label="Sensation and movement", longest=200),
    Text(name="antidote", label="Antidote with its dose and time", longest=200),
    Text(name="line_detail", label="Gauge and site and hours in place", longest=200),
    Text(name="attempts", label="Attempts by each nurse", longest=120),
    Text(name="needle", label="Nurse and site and needle angle", longest=200),
    Text(name="skin_area", label="Area of skin", help="Where it is felt", longest=200),
    Text(name="anticoagulant", label="Anticoagulant", longest=120),
    Text(name="culture", label="Culture: what and when sent", longest=200),
    Number(
        name="length_cm",
        label="Length of catheter",
        help="Outside, removed or visible, as the kind asks",
        units=(CENTIMETRE, INCH),
        decimals=1,
        high=Decimal(100),
    ),
    Number(
        name="arm_cm",
        label="This arm around",
        units=(CENTIMETRE, INCH),
        decimals=1,
        high=Decimal(100),
    ),
    Number(
        name="other_arm_cm",
        label="Other arm around",
        units=(CENTIMETRE, INCH),
        decimals=1,
        high=Decimal(100),
    ),
    Text(name="hours_since", label="How long since removal or dose", longest=120),
    Text(name="product", label="Product on the skin or in use", longest=200),
    Text(name="cause", label="Cause", lines=2),
    Text(name="last_access", label="Last access and dressing of the line", longest=200),
    Text(name="volume", label="Volume estimated", longest=120),
    Text(name="against_order", label="Given against ordered", longest=200),
    Day(name="dose_day", label="Date of the dose", future=False),
    Text(name="rhythm", label="Pulse and rhythm", longest=200),
    Text(name="glucose_course", label="Glucose with times", longest=300),
    Text(name="pump_detail", label="Pump number and last good reading", longest=200),
    Text(name="surface", label="Surface and what it touched", longest=200),
    YesNo(name="allergy_recorded", label="Recorded as an allergy"),
)
"""What only some kinds ask for: the catalogue names the fields of each kind."""

COMPLICATION = Rows(
    name="complication",
    label="Complications",
    owner=Owner.PATIENT,
    own_id=True,
    time_field="noticed_at",
    fields=(
        Choice(name="what", label="What", options=of.KINDS, required=True),
        Text(
            name="other_words",
            label="Named",
            shown=Shown("what", ("other",)),
            required=True,
        ),
        When(name="noticed_at", label="Noticed at", required=True),
        Choice(name="during", label="When", options=of.DURING),
        Ref(name="device_id", label="Line", to=RefTo.DEVICE),
        Text(name="lumen", label="Lumen"),
        Text(name="drug", label="Running then", help="Drug or fluid, with its rate"),
        Number(
            name="onset_ml",
            label="Given until then",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(10000),
        ),
        Number(
            name="onset_rate",
            label="Rate then",
            units=(ML_PER_HOUR,),
            decimals=1,
            high=Decimal(2000),
        ),
        Number(
            name="size_length_cm",
            label="Length",
            units=(CENTIMETRE, INCH),
            decimals=1,
            high=Decimal(100),
        ),
        Number(
            name="size_width_cm",
            label="Width",
            units=(CENTIMETRE, INCH),
            decimals=1,
            high=Decimal(100),
        ),
        Number(
            name="tissue_ml",
            label="Volume in the tissue, estimated",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(2000),
        ),
        YesNo(name="photographed", label="Photographed"),
        Text(name="further", label="Also to be charted", lines=2),
        Text(name="condition_at_departure", label="Condition when you left", lines=2),
        Text(name="report_number", label="Incident report"),
        *OF_SOME,
        COMPLICATION_STEP,
    ),
    add_label="Add a complication",
)

ROWS: tuple[Rows, ...] = (COMPLICATION,)
