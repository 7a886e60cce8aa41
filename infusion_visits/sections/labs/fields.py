"""What is asked of each sample, of its tubes, and of a result that is known.

Sources: clinical reference table 7.12 (specimen), 7.11 (tolerance of a draw), 7.3 (identifiers).
Tubes, handling and the times of drug levels stand in `resources/clinical/labs.toml`.
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Number,
    Option,
    Ref,
    RefTo,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.units import CELSIUS, FAHRENHEIT, MILLILITRE, MINUTE

SECTION = "labs"
DRAW_KINDS = frozenset({VisitKind.LAB_DRAW})
HIDDEN_KINDS = frozenset({VisitKind.TELEPHONE})

VENIPUNCTURE, LINE, CAPILLARY, OTHER_SAMPLE = "venipuncture", "line", "capillary", "other"
SOURCES = (
    Option(VENIPUNCTURE, "venipuncture"),
    Option(LINE, "from a line"),
    Option(CAPILLARY, "fingerstick"),
    Option(OTHER_SAMPLE, "other sample"),
)
_FROM_LINE = Shown("source", (LINE,))
_STUCK = Shown("source", (VENIPUNCTURE, CAPILLARY))
TUBES = (
    Option("culture_bottles", "blood culture bottles"),
    Option("light_blue", "light blue"),
    Option("red", "red"),
    Option("gold", "gold or tiger"),
    Option("green", "green"),
    Option("lavender", "lavender"),
    Option("pink", "pink"),
    Option("royal_blue", "royal blue"),
    Option("gray", "gray"),
    Option("yellow_acd", "yellow"),
    Option("other", "another container"),
)
TROUGH, PEAK, RANDOM = "trough", "peak", "random"
LEVELS = (
    Option(TROUGH, "trough"),
    Option(PEAK, "peak"),
    Option(RANDOM, "random"),
)
_LEVEL = Shown("level", (TROUGH, PEAK, RANDOM))
TOLERATED = (
    Option("well", "well"),
    Option("with_difficulty", "with difficulty"),
    Option("not_tolerated", "not tolerated"),
)
ICE, DARK = "ice", "dark"
TRANSPORT = (
    Option("room", "room temperature"),
    Option("cool", "cooled, 2 to 8 °C"),
    Option(ICE, "on ice"),
    Option("frozen", "frozen"),
    Option(DARK, "protected from light"),
)

LAB_TUBE = Rows(
    name="lab_tube",
    label="Tubes, as they were drawn",
    add_label="Add a tube",
    fields=(
        Choice(name="tube", label="Tube", options=TUBES, required=True),
        Text(name="tests", label="Tests", required=True, help="Such as CBC, BMP, vancomycin"),
        Number(name="count", label="How many", high=Decimal(20)),
        Choice(name="level", label="Drug level", options=LEVELS),
        Text(name="level_drug", label="Level of", shown=_LEVEL, required=True, longest=200),
        When(
            name="dose_at",
            label="Dose that counts",
            help="Trough: when the next dose begins. Peak: when the last dose ended.",
            shown=_LEVEL,
            future=True,
        ),
    ),
)

LAB_DRAW = Rows(
    name="lab_draw",
    label="Samples",
    add_label="Add a sample",
    time_field="at",
    required=DRAW_KINDS,
    fields=(
        When(name="at", label="Drawn at", required=True),
        Choice(name="source", label="How", options=SOURCES, required=True),
        Text(name="site", label="Site", shown=_STUCK, required=True, longest=120),
        Number(name="attempts", label="Attempts", shown=_STUCK, required=True, high=Decimal(10)),
        Ref(name="device_id", label="Line", to=RefTo.DEVICE, shown=_FROM_LINE, required=True),
        Text(name="lumen", label="Lumen", shown=_FROM_LINE, longest=60),
        Number(
            name="stopped_minutes",
            label="Infusions stopped before for",
            units=(MINUTE,),
            shown=_FROM_LINE,
            required=True,
            high=Decimal(600),
        ),
        Number(
            name="discard_ml",
            label="Discarded",
            units=(MILLILITRE,),
            decimals=1,
            shown=_FROM_LINE,
            required=True,
            high=Decimal(50),
        ),
        Number(
            name="flush_ml",
            label="Flushed after with",
            units=(MILLILITRE,),
            decimals=1,
            shown=_FROM_LINE,
            required=True,
            high=Decimal(100),
        ),
        LAB_TUBE,
        YesNo(
            name="labelled",
            label="Labelled at the patient, two identifiers",
            help="Each tube labelled before leaving the patient, read against two identifiers",
            required=True,
        ),
        Choice(name="tolerated", label="Tolerated", options=TOLERATED, required=True),
        Text(
            name="tolerated_words",
            label="How it was tolerated",
            shown=Shown("tolerated", ("with_difficulty", "not_tolerated")),
            required=True,
        ),
        Choice(name="transport", label="Kept", options=TRANSPORT, required=True),
        Number(
            name="transport_c",
            label="Temperature",
            units=(CELSIUS, FAHRENHEIT),
            decimals=1,
            low=Decimal(-90),
            high=Decimal(50),
        ),
        Text(name="laboratory", label="Laboratory", required=True, longest=200),
        Text(name="requisition", label="Requisition", longest=120),
        Text(name="handed_to", label="Handed to", required=True, longest=200),
        When(name="handed_at", label="Handed over at", required=True),
        Text(name="note", label="Note", lines=2),
    ),
)

CRITICAL = "critical"
LAB_RESULT = Rows(
    name="lab_result",
    label="Results known",
    add_label="Add a result",
    time_field="at",
    fields=(
        When(name="at", label="Known at", required=True),
        Text(name="test", label="Test", required=True, longest=200),
        Text(name="value", label="Value", required=True, longest=60),
        Text(name="unit", label="Unit", longest=60),
        Text(name="sampled", label="Sample of", help="When the sample was drawn", longest=120),
        Choice(
            name="judged",
            label="Reported as",
            options=(
                Option("within", "within the range"),
                Option("low", "low"),
                Option("high", "high"),
                Option(CRITICAL, "critical"),
            ),
            required=True,
        ),
        Text(name="told_to", label="Told to", longest=200, may_be_not_done=True),
        When(name="told_at", label="Told at"),
        YesNo(name="read_back", label="Read back"),
        Text(name="answer", label="Answer", help="What was said or ordered", lines=2),
    ),
)

ROWS: tuple[Rows, ...] = (LAB_DRAW, LAB_RESULT)
