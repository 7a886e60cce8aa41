"""The tables of the infusion: the infusion, its acts in time, its lots."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint

from infusion_visits.records.rows import (
    VisitRow,
    day_column,
    decimal_column,
    instant_column,
    seq_column,
    text_column,
    uuid_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.infusion.fields import INFUSION, INFUSION_EVENT, PRODUCT_LOT, SECTION
from infusion_visits.sections.infusion.values import (
    Infusion,
    InfusionEvent,
    InfusionGiven,
    ProductLot,
)


def _of_infusion() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["visit_id", "infusion_seq"], ["infusion.visit_id", "infusion.seq"])


class InfusionRow(VisitRow, table=True):
    """One infusion of one visit."""

    __tablename__ = "infusion"

    seq: int = seq_column()
    order_id: UUID | None = uuid_column("the order used", foreign_key="therapy_order.id")
    device_id: UUID | None = uuid_column("the line used", foreign_key="access_device.id")
    lumen: str | None = text_column("the lumen used")
    method: str | None = text_column("pump, gravity, elastomeric or push")
    pump: str | None = text_column("number of the pump")
    filter: str | None = text_column("filter in the line")
    prepared_ml: Decimal | None = decimal_column("mL")
    prepared_ml_entered: str | None = text_column("as typed")
    prepared_ml_unit: str | None = text_column("UCUM")
    second_check: str | None = text_column("independent, or read twice by the same nurse")
    second_checker: str | None = text_column("name of the second checker")
    dose_given: Decimal | None = decimal_column("in dose_given_unit, else the order's unit")
    dose_given_unit: str | None = text_column("unit of the dose given")
    difference_reason: str | None = text_column("why given differs from ordered")
    wasted_ml: Decimal | None = decimal_column("mL")
    wasted_ml_entered: str | None = text_column("as typed")
    wasted_ml_unit: str | None = text_column("UCUM")
    waste_witness: str | None = text_column("who saw the waste")
    flush_ml: Decimal | None = decimal_column("mL, not part of the dose")
    flush_ml_entered: str | None = text_column("as typed")
    flush_ml_unit: str | None = text_column("UCUM")
    flush_solution: str | None = text_column("with what the tubing was flushed")
    tolerated: str | None = text_column("well, with difficulty, not tolerated")
    tolerated_words: str | None = text_column("how it was tolerated")


class ProductLotRow(VisitRow, table=True):
    """One lot of an infusion."""

    __tablename__ = "product_lot"
    __table_args__ = (_of_infusion(),)

    infusion_seq: int = seq_column()
    seq: int = seq_column()
    product: str | None = text_column("product name")
    lot: str | None = text_column("lot number")
    expiry: date | None = day_column("last day of use")
    amount: Decimal | None = decimal_column("in amount_unit")
    amount_unit: str | None = text_column("unit of the amount")


class InfusionEventRow(VisitRow, table=True):
    """One act on an infusion; corrected in place until signing, struck, never removed."""

    __tablename__ = "infusion_event"
    __table_args__ = (_of_infusion(),)

    infusion_seq: int = seq_column()
    seq: int = seq_column()
    at: datetime | None = instant_column("when, UTC")
    kind: str | None = text_column("which act")
    rate: Decimal | None = decimal_column("mL/h from then on")
    rate_entered: str | None = text_column("as typed")
    rate_unit: str | None = text_column("UCUM")
    why: str | None = text_column("reason")
    reading_ml: Decimal | None = decimal_column("mL given, as the pump shows")
    reading_ml_entered: str | None = text_column("as typed")
    reading_ml_unit: str | None = text_column("UCUM")


STORE = Store(
    section=SECTION,
    values=Infusion,
    groups=(
        Group(rows=INFUSION, table=InfusionRow, keys=("seq",), value=InfusionGiven),
        Group(
            rows=PRODUCT_LOT,
            table=ProductLotRow,
            keys=("infusion_seq", "seq"),
            value=ProductLot,
        ),
        Group(
            rows=INFUSION_EVENT,
            table=InfusionEventRow,
            keys=("infusion_seq", "seq"),
            value=InfusionEvent,
        ),
    ),
)
