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
    gtin: str | None = None
    ndc: str | None = None
    serial: str | None = None
    bag: Decimal | None = None
    beyond_use: datetime | None = None
    kept: str | None = None
    kept_at_c: Decimal | None = None
    out_minutes: Decimal | None = None
    inspected: str | None = None


@dataclass(frozen=True, slots=True)
class InfusionSite:
    """One needle under the skin; gauge, mm, cm, mL."""

    mark: Mark
    side: str | None = None
    place: str | None = None
    needle_gauge: Decimal | None = None
    needle_mm: Decimal | None = None
    apart_cm: Decimal | None = None
    no_blood: bool | None = None
    volume_ml: Decimal | None = None
    looks: str | None = None


@dataclass(frozen=True, slots=True)
class PumpProgramme:
    """How a pump is programmed from `at` on; figures in the units beside them."""

    mark: Mark
    at: datetime | None = None
    mode: str | None = None
    changed: str | None = None
    concentration: str | None = None
    basal: Decimal | None = None
    basal_unit: str | None = None
    demand: Decimal | None = None
    demand_unit: str | None = None
    lockout_minutes: Decimal | None = None
    limit: Decimal | None = None
    limit_unit: str | None = None
    limit_hours: Decimal | None = None
    ordered_by: str | None = None
    read_back_with: str | None = None


@dataclass(frozen=True, slots=True)
class PumpReading:
    """What a pump shows at a moment: counts since they were last cleared, mL given and left."""

    mark: Mark
    at: datetime | None = None
    demands: Decimal | None = None
    delivered: Decimal | None = None
    given_ml: Decimal | None = None
    remaining_ml: Decimal | None = None
    cleared: bool | None = None
    alarms: str | None = None


@dataclass(frozen=True, slots=True)
class InfusionEvent:
    """One act: rate in mL/h from then on, the pump's reading in mL given so far.

    `volume_ml` is that of a new bag or of a flush, `remaining_ml` what the bag still holds,
    `ladder` the rates ordered after a restart.
    """

    mark: Mark
    at: datetime | None = None
    kind: str | None = None
    rate: Decimal | None = None
    volume_ml: Decimal | None = None
    why: str | None = None
    ladder: str | None = None
    reading_ml: Decimal | None = None
    remaining_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InfusionGiven:
    """One infusion; volumes in mL."""

    mark: Mark
    order_id: UUID | None = None
    device_id: UUID | None = None
    lumen: str | None = None
    method: str | None = None
    pump: str | None = None
    pump_due: date | None = None
    drop_factor: str | None = None
    filter: str | None = None
    prepared_ml: Decimal | None = None
    first_bag_ml: Decimal | None = None
    priming_ml: Decimal | None = None
    second_check: str | None = None
    second_checker: str | None = None
    second_checked_at: datetime | None = None
    compared: tuple[str, ...] | None = None
    first_dose_ready: tuple[str, ...] | None = None
    dose_given: Decimal | None = None
    dose_given_unit: str | None = None
    difference_reason: str | None = None
    wasted_ml: Decimal | None = None
    waste_method: str | None = None
    waste_witness: str | None = None
    returned: str | None = None
    empty_bags: Decimal | None = None
    flush_ml: Decimal | None = None
    flush_solution: str | None = None
    tolerated: str | None = None
    tolerated_words: str | None = None
    product_lot: tuple[ProductLot, ...] = ()
    infusion_site: tuple[InfusionSite, ...] = ()
    infusion_event: tuple[InfusionEvent, ...] = ()
    pump_programme: tuple[PumpProgramme, ...] = ()
    pump_reading: tuple[PumpReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Infusion:
    """All infusions of one visit; none, one or several."""

    infusion: tuple[InfusionGiven, ...] = ()
