"""What one visit says about infusions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class ProductLot:
    """One lot of what was prepared."""

    mark: Mark
    product: str | None = None
    lot: str | None = None
    expiry: date | None = None
    amount: Decimal | None = None
    amount_unit: str | None = None


@dataclass(frozen=True, slots=True)
class InfusionEvent:
    """One act: rate in mL/h from then on, the pump's reading in mL given so far."""

    mark: Mark
    at: datetime | None = None
    kind: str | None = None
    rate: Decimal | None = None
    why: str | None = None
    reading_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InfusionGiven:
    """One infusion; volumes in mL."""

    mark: Mark
    order_id: UUID | None = None
    device_id: UUID | None = None
    lumen: str | None = None
    method: str | None = None
    pump: str | None = None
    filter: str | None = None
    prepared_ml: Decimal | None = None
    second_check: str | None = None
    second_checker: str | None = None
    dose_given: Decimal | None = None
    dose_given_unit: str | None = None
    difference_reason: str | None = None
    wasted_ml: Decimal | None = None
    waste_witness: str | None = None
    flush_ml: Decimal | None = None
    flush_solution: str | None = None
    tolerated: str | None = None
    tolerated_words: str | None = None
    product_lot: tuple[ProductLot, ...] = ()
    infusion_event: tuple[InfusionEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Infusion:
    """All infusions of one visit; none, one or several."""

    infusion: tuple[InfusionGiven, ...] = ()
