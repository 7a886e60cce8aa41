"""The tables of the infusion: the infusion, its acts in time, its lots."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Boolean, ForeignKeyConstraint

from infusion_visits.records.rows import (
    VisitRow,
    day_column,
    decimal_column,
    instant_column,
    keys_column,
    optional,
    seq_column,
    text_column,
    uuid_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.infusion.fields import (
    INFUSION,
    INFUSION_EVENT,
    INFUSION_SITE,
    PRODUCT_LOT,
    PUMP_PROGRAMME,
    PUMP_READING,
    SECTION,
)
from infusion_visits.sections.infusion.values import (
    Infusion,
    InfusionEvent,
    InfusionGiven,
    InfusionSite,
    ProductLot,
    PumpProgramme,
    PumpReading,
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
    pump_due: date | None = day_column("the pump's maintenance is valid until")
    drop_factor: str | None = text_column("drops per mL of the set")
    first_bag_ml: Decimal | None = decimal_column("mL")
    first_bag_ml_entered: str | None = text_column("as typed")
    first_bag_ml_unit: str | None = text_column("UCUM")
    priming_ml: Decimal | None = decimal_column("mL")
    priming_ml_entered: str | None = text_column("as typed")
    priming_ml_unit: str | None = text_column("UCUM")
    second_checked_at: datetime | None = instant_column("when it was checked, UTC")
    compared: tuple[str, ...] | None = keys_column("what the second check compared")
    first_dose_ready: tuple[str, ...] | None = keys_column(
        "conditions of a first dose that are met"
    )
    waste_method: str | None = text_column("how it was wasted")
    returned: str | None = text_column("what was returned or left, with lots")
    empty_bags: Decimal | None = decimal_column("empty bags and vials counted")


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
    gtin: str | None = text_column("GTIN, 14 digits")
    ndc: str | None = text_column("NDC")
    serial: str | None = text_column("serial number")
    bag: Decimal | None = decimal_column("number of the bag it went into")
    beyond_use: datetime | None = instant_column("beyond-use date and time, UTC")
    kept: str | None = text_column("cold, room, frozen")
    kept_at_c: Decimal | None = decimal_column("degrees Celsius")
    kept_at_c_entered: str | None = text_column("as typed")
    kept_at_c_unit: str | None = text_column("UCUM")
    out_minutes: Decimal | None = decimal_column("minutes")
    out_minutes_entered: str | None = text_column("as typed")
    out_minutes_unit: str | None = text_column("UCUM")
    inspected: str | None = text_column("how it looked")


class InfusionSiteRow(VisitRow, table=True):
    """One needle under the skin of an infusion."""

    __tablename__ = "infusion_site"
    __table_args__ = (_of_infusion(),)

    infusion_seq: int = seq_column()
    seq: int = seq_column()
    side: str | None = text_column("left, right, middle")
    place: str | None = text_column("part of the body")
    needle_gauge: Decimal | None = decimal_column("gauge")
    needle_gauge_entered: str | None = text_column("as typed")
    needle_gauge_unit: str | None = text_column("UCUM")
    needle_mm: Decimal | None = decimal_column("mm")
    apart_cm: Decimal | None = decimal_column("cm")
    apart_cm_entered: str | None = text_column("as typed")
    apart_cm_unit: str | None = text_column("UCUM")
    no_blood: bool | None = optional(Boolean, "no blood was drawn back")
    volume_ml: Decimal | None = decimal_column("mL")
    volume_ml_entered: str | None = text_column("as typed")
    volume_ml_unit: str | None = text_column("UCUM")
    looks: str | None = text_column("the site after the infusion")


class PumpProgrammeRow(VisitRow, table=True):
    """How the pump of an infusion is programmed, from a time on."""

    __tablename__ = "pump_programme"
    __table_args__ = (_of_infusion(),)

    infusion_seq: int = seq_column()
    seq: int = seq_column()
    at: datetime | None = instant_column("from when on, UTC")
    mode: str | None = text_column("on demand, basal, continuous")
    changed: str | None = text_column("as found, changed, new")
    concentration: str | None = text_column("concentration in the reservoir")
    basal: Decimal | None = decimal_column("in basal_unit")
    basal_unit: str | None = text_column("unit of the basal rate")
    demand: Decimal | None = decimal_column("in demand_unit")
    demand_unit: str | None = text_column("unit of the demand dose")
    lockout_minutes: Decimal | None = decimal_column("minutes")
    lockout_minutes_entered: str | None = text_column("as typed")
    lockout_minutes_unit: str | None = text_column("UCUM")
    limit: Decimal | None = decimal_column("in limit_unit, over limit_hours")
    limit_unit: str | None = text_column("unit of the limit")
    limit_hours: Decimal | None = decimal_column("hours")
    ordered_by: str | None = text_column("by whose order")
    read_back_with: str | None = text_column("who checked it")


class PumpReadingRow(VisitRow, table=True):
    """What the pump of an infusion shows at a moment."""

    __tablename__ = "pump_reading"
    __table_args__ = (_of_infusion(),)

    infusion_seq: int = seq_column()
    seq: int = seq_column()
    at: datetime | None = instant_column("when, UTC")
    demands: Decimal | None = decimal_column("demands since cleared")
    delivered: Decimal | None = decimal_column("demand doses delivered since cleared")
    given_ml: Decimal | None = decimal_column("mL")
    given_ml_entered: str | None = text_column("as typed")
    given_ml_unit: str | None = text_column("UCUM")
    remaining_ml: Decimal | None = decimal_column("mL")
    remaining_ml_entered: str | None = text_column("as typed")
    remaining_ml_unit: str | None = text_column("UCUM")
    cleared: bool | None = optional(Boolean, "the counts were cleared afterwards")
    alarms: str | None = text_column("alarms")


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
    volume_ml: Decimal | None = decimal_column("mL of a new bag or of a flush")
    volume_ml_entered: str | None = text_column("as typed")
    volume_ml_unit: str | None = text_column("UCUM")
    remaining_ml: Decimal | None = decimal_column("mL left in the bag")
    remaining_ml_entered: str | None = text_column("as typed")
    remaining_ml_unit: str | None = text_column("UCUM")
    ladder: str | None = text_column("rates ordered after a restart")


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
            rows=INFUSION_SITE,
            table=InfusionSiteRow,
            keys=("infusion_seq", "seq"),
            value=InfusionSite,
        ),
        Group(
            rows=INFUSION_EVENT,
            table=InfusionEventRow,
            keys=("infusion_seq", "seq"),
            value=InfusionEvent,
        ),
        Group(
            rows=PUMP_PROGRAMME,
            table=PumpProgrammeRow,
            keys=("infusion_seq", "seq"),
            value=PumpProgramme,
        ),
        Group(
            rows=PUMP_READING,
            table=PumpReadingRow,
            keys=("infusion_seq", "seq"),
            value=PumpReading,
        ),
    ),
)
