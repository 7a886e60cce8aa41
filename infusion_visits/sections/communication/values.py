"""What one visit says of calls, messages and verbal orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class Call:
    """One call or message, with what came back; instants are UTC."""

    mark: Mark
    at: datetime | None = None
    direction: str | None = None
    role: str | None = None
    who: str | None = None
    organisation: str | None = None
    telephone: str | None = None
    reached: str | None = None
    reason: str | None = None
    said: str | None = None
    answer: str | None = None
    order_received: bool | None = None
    read_back: bool | None = None
    called_back_at: datetime | None = None
    follow_up: str | None = None
    complication_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class VerbalOrder:
    """An order taken by word of mouth; who wrote the row received it unless `received_by` says."""

    mark: Mark
    at: datetime | None = None
    order_text: str | None = None
    prescriber: str | None = None
    given_by: str | None = None
    received_by: str | None = None
    read_back: bool | None = None
    sign_by: date | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Communication:
    """The log of one visit."""

    communication: tuple[Call, ...] = ()
    verbal_order: tuple[VerbalOrder, ...] = ()
