"""What one visit says of supplies, waste, the kit, safe work and the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class KitCheck:
    """The emergency kit as a whole; days are days at the home."""

    mark: Mark
    checked_at: datetime | None = None
    state: str | None = None
    seal_number: str | None = None
    first_expiry: date | None = None
    order_there: bool | None = None
    why_not: str | None = None
    new_seal: str | None = None
    done: str | None = None


@dataclass(frozen=True, slots=True)
class KitItem:
    """One item looked at; `item` is its key in the catalogue."""

    mark: Mark
    item: str | None = None
    state: str | None = None
    expiry: date | None = None
    exchange: str | None = None


@dataclass(frozen=True, slots=True)
class SupplyUse:
    """One supply used, delivered or left."""

    mark: Mark
    what: str | None = None
    item: str | None = None
    quantity: Decimal | None = None
    lot: str | None = None
    expiry: date | None = None
    taken_from: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class WasteReturn:
    """Drug that was wasted or sent back, and who saw it."""

    mark: Mark
    at: datetime | None = None
    what: str | None = None
    drug: str | None = None
    amount: Decimal | None = None
    amount_unit: str | None = None
    lot: str | None = None
    method: str | None = None
    controlled: bool | None = None
    witness_how: str | None = None
    witness: str | None = None
    no_witness: str | None = None
    handed_to: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SafeWork:
    """Protection worn, sharps, and the way: odometer and distance in miles, travel in minutes."""

    mark: Mark
    protection: tuple[str, ...] | None = None
    sharps: str | None = None
    hazardous_removed: bool | None = None
    odometer_start: Decimal | None = None
    odometer_end: Decimal | None = None
    miles: Decimal | None = None
    travel_minutes: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Supplies:
    """All of it, of one visit."""

    kit_check: KitCheck | None = None
    kit_item: tuple[KitItem, ...] = ()
    supply_use: tuple[SupplyUse, ...] = ()
    waste_return: tuple[WasteReturn, ...] = ()
    safe_work: SafeWork | None = None
