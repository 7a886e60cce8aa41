"""The tables of samples and results."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    VisitRow,
    decimal_column,
    instant_column,
    optional,
    seq_column,
    text_column,
    uuid_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.labs.fields import LAB_DRAW, LAB_RESULT, LAB_TUBE, SECTION
from infusion_visits.sections.labs.values import Labs, Result, Sample, Tube


class LabDrawRow(VisitRow, table=True):
    """One draw of blood, or another sample, at one visit."""

    __tablename__ = "lab_draw"

    seq: int = seq_column()
    at: datetime | None = instant_column("when drawn, UTC")
    source: str | None = text_column("venipuncture, line, capillary or other")
    site: str | None = text_column("where the needle went in")
    attempts: Decimal | None = decimal_column("attempts, a count")
    device_id: UUID | None = uuid_column("line", foreign_key="access_device.id")
    lumen: str | None = text_column("lumen")
    stopped_minutes: Decimal | None = decimal_column("minutes that infusions were stopped before")
    stopped_minutes_entered: str | None = text_column("as typed")
    stopped_minutes_unit: str | None = text_column("UCUM")
    discard_ml: Decimal | None = decimal_column("mL discarded")
    discard_ml_entered: str | None = text_column("as typed")
    discard_ml_unit: str | None = text_column("UCUM")
    flush_ml: Decimal | None = decimal_column("mL flushed after")
    flush_ml_entered: str | None = text_column("as typed")
    flush_ml_unit: str | None = text_column("UCUM")
    labelled: bool | None = optional(Boolean, "labelled at the patient with two identifiers")
    tolerated: str | None = text_column("how the patient tolerated it")
    tolerated_words: str | None = text_column("in words")
    transport: str | None = text_column("how it was kept on its way")
    transport_c: Decimal | None = decimal_column("degrees Celsius on its way")
    transport_c_entered: str | None = text_column("as typed")
    transport_c_unit: str | None = text_column("UCUM")
    laboratory: str | None = text_column("laboratory")
    requisition: str | None = text_column("requisition number")
    handed_to: str | None = text_column("who took it over")
    handed_at: datetime | None = instant_column("when it was handed over, UTC")
    note: str | None = text_column("free words")


class LabTubeRow(VisitRow, table=True):
    """One kind of tube of a draw, in the order drawn."""

    __tablename__ = "lab_tube"

    lab_draw_seq: int = seq_column()
    seq: int = seq_column()
    tube: str | None = text_column("key of the tube")
    tests: str | None = text_column("tests from it")
    count: Decimal | None = decimal_column("how many, a count")
    level: str | None = text_column("trough, peak or random")
    level_drug: str | None = text_column("drug whose level it is")
    dose_at: datetime | None = instant_column("begin of the next or end of the last dose, UTC")


class LabResultRow(VisitRow, table=True):
    """One result that became known at one visit."""

    __tablename__ = "lab_result"

    seq: int = seq_column()
    at: datetime | None = instant_column("when known, UTC")
    test: str | None = text_column("test")
    value: str | None = text_column("value as reported")
    unit: str | None = text_column("unit as reported")
    sampled: str | None = text_column("which sample")
    judged: str | None = text_column("within, low, high or critical, as reported")
    told_to: str | None = text_column("who was told")
    told_at: datetime | None = instant_column("when told, UTC")
    read_back: bool | None = optional(Boolean, "whether it was read back")
    answer: str | None = text_column("what was said or ordered")


STORE = Store(
    section=SECTION,
    values=Labs,
    groups=(
        Group(rows=LAB_DRAW, table=LabDrawRow, keys=("seq",), value=Sample),
        Group(rows=LAB_TUBE, table=LabTubeRow, keys=("lab_draw_seq", "seq"), value=Tube),
        Group(rows=LAB_RESULT, table=LabResultRow, keys=("seq",), value=Result),
    ),
)
