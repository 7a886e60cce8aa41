"""The tables of the communication log."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    VisitRow,
    day_column,
    instant_column,
    optional,
    seq_column,
    text_column,
    uuid_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.communication.fields import COMMUNICATION, SECTION, VERBAL_ORDER
from infusion_visits.sections.communication.values import Call, Communication, VerbalOrder


class CommunicationRow(VisitRow, table=True):
    """One call or message of one visit."""

    __tablename__ = "communication"

    seq: int = seq_column()
    at: datetime | None = instant_column("when, UTC")
    direction: str | None = text_column("called, was called, in person, message")
    role: str | None = text_column("role of the other side")
    who: str | None = text_column("name of the other side")
    organisation: str | None = text_column("office or company")
    telephone: str | None = text_column("telephone number")
    reached: str | None = text_column("reached, message left, no answer")
    reason: str | None = text_column("why")
    said: str | None = text_column("what was said")
    answer: str | None = text_column("what was answered")
    order_received: bool | None = optional(Boolean, "whether an order was received")
    read_back: bool | None = optional(Boolean, "whether it was read back")
    called_back_at: datetime | None = instant_column("when the call came back, UTC")
    follow_up: str | None = text_column("who calls again, and when")
    complication_id: UUID | None = uuid_column(
        "complication it was about", foreign_key="complication.id"
    )


class VerbalOrderRow(VisitRow, table=True):
    """One order taken by word of mouth at one visit."""

    __tablename__ = "verbal_order"

    seq: int = seq_column()
    at: datetime | None = instant_column("when received, UTC")
    order_text: str | None = text_column("the order word for word")
    prescriber: str | None = text_column("prescriber")
    given_by: str | None = text_column("who passed it on")
    received_by: str | None = text_column("receiver with credential, where not the author")
    read_back: bool | None = optional(Boolean, "whether it was read back and confirmed")
    sign_by: date | None = day_column("to be signed by, at the home; null: the agency's days")
    signed_on: date | None = day_column("signed by the prescriber on, at the home")


STORE = Store(
    section=SECTION,
    values=Communication,
    groups=(
        Group(rows=COMMUNICATION, table=CommunicationRow, keys=("seq",), value=Call),
        Group(rows=VERBAL_ORDER, table=VerbalOrderRow, keys=("seq",), value=VerbalOrder),
    ),
)
