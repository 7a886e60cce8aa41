"""What one visit says of samples and results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class Tube:
    """One kind of tube; the rows stand in the order in which they were drawn."""

    mark: Mark
    tube: str | None = None
    tests: str | None = None
    count: Decimal | None = None
    level: str | None = None
    level_drug: str | None = None
    dose_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One draw, from one site or lumen, with its tubes; volumes in mL, temperature in °C."""

    mark: Mark
    at: datetime | None = None
    source: str | None = None
    site: str | None = None
    attempts: Decimal | None = None
    device_id: UUID | None = None
    lumen: str | None = None
    stopped_minutes: Decimal | None = None
    discard_ml: Decimal | None = None
    flush_ml: Decimal | None = None
    labelled: bool | None = None
    tolerated: str | None = None
    tolerated_words: str | None = None
    transport: str | None = None
    transport_c: Decimal | None = None
    laboratory: str | None = None
    requisition: str | None = None
    handed_to: str | None = None
    handed_at: datetime | None = None
    note: str | None = None
    lab_tube: tuple[Tube, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A result that became known, and who was told; the value is kept as it was said."""

    mark: Mark
    at: datetime | None = None
    test: str | None = None
    value: str | None = None
    unit: str | None = None
    sampled: str | None = None
    judged: str | None = None
    told_to: str | None = None
    told_at: datetime | None = None
    read_back: bool | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Labs:
    """All samples and results of one visit."""

    lab_draw: tuple[Sample, ...] = ()
    lab_result: tuple[Result, ...] = ()
