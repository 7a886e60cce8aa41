"""What one visit says about vital signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class VitalsSet:
    """One set. Pressures mmHg, pulse and respirations per minute, SpO2 %, temperature °C,
    oxygen L/min, weight kg, glucose mg/dL, end-tidal CO2 mmHg, lengths cm, urine mL in 24 h; what
    was typed is in `mark.as_entered`. `no_figure`: what stands instead of a figure; `confirmed`:
    signs far out of the usual that were measured again."""

    mark: Mark
    at: datetime | None = None
    extent: str | None = None
    systolic: Decimal | None = None
    diastolic: Decimal | None = None
    pulse: Decimal | None = None
    rhythm: str | None = None
    counted_full_minute: bool | None = None
    respirations: Decimal | None = None
    spo2: Decimal | None = None
    temperature: Decimal | None = None
    temperature_site: str | None = None
    consciousness: str | None = None
    oxygen: str | None = None
    oxygen_flow: Decimal | None = None
    oxygen_percent: Decimal | None = None
    no_figure: tuple[str, ...] | None = None
    pain: Decimal | None = None
    pain_scale: str | None = None
    pain_where: str | None = None
    pain_how: str | None = None
    pain_accepted: Decimal | None = None
    sedation: str | None = None
    etco2: Decimal | None = None
    limb: str | None = None
    position: str | None = None
    stood: str | None = None
    cuff: str | None = None
    method: str | None = None
    circumstances: tuple[str, ...] | None = None
    measured_by: str | None = None
    instrument: str | None = None
    weight: Decimal | None = None
    height: Decimal | None = None
    head: Decimal | None = None
    glucose: Decimal | None = None
    girth: Decimal | None = None
    girth_of: str | None = None
    urine: Decimal | None = None
    confirmed: tuple[str, ...] | None = None
    context: str | None = None
    response: str | None = None


@dataclass(frozen=True, slots=True)
class MissedSet:
    """Why a set that fell due was not taken, or was late."""

    mark: Mark
    due: datetime | None = None
    reason: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Vitals:
    """All sets of one visit, in the order they were written."""

    vital_signs: tuple[VitalsSet, ...] = ()
    missed_set: tuple[MissedSet, ...] = ()
