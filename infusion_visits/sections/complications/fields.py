"""What is asked of a complication and of each of its steps.

Source: clinical reference 4 (documentation minimum for every complication). A complication has no
stored state: its state is its steps, and each step belongs to the visit at which it was written.
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
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

SECTION = "complications"

_TOLD = Shown("kind", (of.TOLD,))
_GRADED = Shown("kind", of.GRADED_STEPS)

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
        COMPLICATION_STEP,
    ),
    add_label="Add a complication",
)

ROWS: tuple[Rows, ...] = (COMPLICATION,)
