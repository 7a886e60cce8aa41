"""The tables of supplies."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    VisitRow,
    day_column,
    decimal_column,
    instant_column,
    keys_column,
    optional,
    seq_column,
    text_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.supplies.fields import (
    KIT_CHECK,
    KIT_ITEM,
    SAFE_WORK,
    SECTION,
    SUPPLY_USE,
    WASTE_RETURN,
)
from infusion_visits.sections.supplies.values import (
    KitCheck,
    KitItem,
    SafeWork,
    Supplies,
    SupplyUse,
    WasteReturn,
)


class KitCheckRow(VisitRow, table=True):
    """The emergency kit as found at one visit."""

    __tablename__ = "kit_check"

    checked_at: datetime | None = instant_column("when checked, UTC")
    state: str | None = text_column("sealed, opened, no kit, not needed")
    seal_number: str | None = text_column("number of the seal")
    first_expiry: date | None = day_column("first expiry on the label, last day of use")
    order_there: bool | None = optional(Boolean, "whether the anaphylaxis order lies with it")
    why_not: str | None = text_column("why there is none")
    new_seal: str | None = text_column("number of the new seal")
    done: str | None = text_column("what was done about it")


class KitItemRow(VisitRow, table=True):
    """One item of the kit that was looked at."""

    __tablename__ = "kit_item"

    seq: int = seq_column()
    item: str | None = text_column("key of the item in the catalogue of the kit")
    state: str | None = text_column("present, missing, not needed")
    expiry: date | None = day_column("last day of use")
    exchange: str | None = text_column("used and not replaced, or replaced")


class SupplyUseRow(VisitRow, table=True):
    """One supply used, delivered, left or taken away at one visit."""

    __tablename__ = "supply_use"

    seq: int = seq_column()
    what: str | None = text_column("used, delivered, left, taken")
    item: str | None = text_column("item")
    quantity: Decimal | None = decimal_column("how many, a count")
    lot: str | None = text_column("lot or serial number")
    expiry: date | None = day_column("last day of use")
    taken_from: str | None = text_column("home or van")
    note: str | None = text_column("free words")


class WasteReturnRow(VisitRow, table=True):
    """One drug wasted or returned at one visit."""

    __tablename__ = "waste_return"

    seq: int = seq_column()
    at: datetime | None = instant_column("when, UTC")
    what: str | None = text_column("wasted, returned, emptied")
    drug: str | None = text_column("drug")
    amount: Decimal | None = decimal_column("how much, in amount_unit")
    amount_unit: str | None = text_column("unit of the amount")
    lot: str | None = text_column("lot")
    method: str | None = text_column("how it was disposed of or sent")
    controlled: bool | None = optional(Boolean, "whether it is a controlled drug")
    witness_how: str | None = text_column("present, video, none")
    witness: str | None = text_column("witness with credential")
    no_witness: str | None = text_column("why nobody saw it")
    handed_to: str | None = text_column("who has it now")
    note: str | None = text_column("free words")


class SafeWorkRow(VisitRow, table=True):
    """Protection, sharps and the way of one visit."""

    __tablename__ = "safe_work"

    protection: tuple[str, ...] | None = keys_column("protection worn")
    sharps: str | None = text_column("state of the sharps container")
    hazardous_removed: bool | None = optional(Boolean, "hazardous drug waste taken away")
    odometer_start: Decimal | None = decimal_column("odometer at the start, miles")
    odometer_end: Decimal | None = decimal_column("odometer at the end, miles")
    miles: Decimal | None = decimal_column("distance, miles")
    miles_entered: str | None = text_column("as typed")
    miles_unit: str | None = text_column("UCUM")
    travel_minutes: Decimal | None = decimal_column("travel, minutes")
    travel_minutes_entered: str | None = text_column("as typed")
    travel_minutes_unit: str | None = text_column("UCUM")


STORE = Store(
    section=SECTION,
    values=Supplies,
    groups=(
        Group(rows=KIT_CHECK, table=KitCheckRow, keys=(), value=KitCheck),
        Group(rows=KIT_ITEM, table=KitItemRow, keys=("seq",), value=KitItem),
        Group(rows=SUPPLY_USE, table=SupplyUseRow, keys=("seq",), value=SupplyUse),
        Group(rows=WASTE_RETURN, table=WasteReturnRow, keys=("seq",), value=WasteReturn),
        Group(rows=SAFE_WORK, table=SafeWorkRow, keys=(), value=SafeWork),
    ),
)
