"""What one visit says about vital signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class VitalsSet:
    """One set. Pressures mmHg, pulse and respirations per minute, SpO2 %, temperature °C,
    oxygen L/min, weight kg, glucose mg/dL; what was typed is in `mark.as_entered`."""

    mark: Mark
    at: datetime | None = None
    extent: str | None = None
    systolic: Decimal | None = None
    diastolic: Decimal | None = None
    pulse: Decimal | None = None
    respirations: Decimal | None = None
    spo2: Decimal | None = None
    temperature: Decimal | None = None
    pain: Decimal | None = None
    consciousness: str | None = None
    oxygen: str | None = None
    oxygen_flow: Decimal | None = None
    limb: str | None = None
    position: str | None = None
    cuff: str | None = None
    method: str | None = None
    temperature_site: str | None = None
    weight: Decimal | None = None
    glucose: Decimal | None = None
    measured_by: str | None = None
    instrument: str | None = None
    context: str | None = None
    response: str | None = None


@dataclass(frozen=True, slots=True)
class Vitals:
    """All sets of one visit, in the order they were written."""

    vital_signs: tuple[VitalsSet, ...] = ()
