"""The tables of the home assessment."""

from datetime import date, datetime
from decimal import Decimal

from infusion_visits.records.rows import (
    VisitRow,
    day_column,
    decimal_column,
    instant_column,
    keys_column,
    seq_column,
    text_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.home.fields import HOME_ASSESSMENT, HOME_FINDING, SECTION
from infusion_visits.sections.home.values import Home, HomeAssessment, HomeFinding


class HomeAssessmentRow(VisitRow, table=True):
    """The assessment of the home at one visit."""

    __tablename__ = "home_assessment"

    method: str | None = text_column("whole home, changes, or unchanged")
    at: datetime | None = instant_column("when assessed, UTC")
    earlier_day: date | None = day_column("day of the earlier assessment, at the home")
    earlier_outcome: str | None = text_column("outcome of the earlier assessment")
    changed: tuple[str, ...] | None = keys_column("what changed since the earlier assessment")
    needs: tuple[str, ...] | None = keys_column("what the therapy needs")
    referred: str | None = text_column("what follows when not suitable")
    agreed_prescriber: str | None = text_column("prescriber who agreed to go on")
    agreed_manager: str | None = text_column("clinical manager who agreed to go on")
    agreed_at: datetime | None = instant_column("when they agreed, UTC")
    agreed_reason: str | None = text_column("why they agreed")
    note: str | None = text_column("free words")


class HomeFindingRow(VisitRow, table=True):
    """One item answered; `seq` is the number of the item in the catalogue."""

    __tablename__ = "home_finding"

    seq: int = seq_column()
    answer: str | None = text_column("pass, fail or not applicable")
    extent: str | None = text_column("minor or serious")
    temperature: Decimal | None = decimal_column("degrees Celsius")
    temperature_entered: str | None = text_column("as typed")
    temperature_unit: str | None = text_column("UCUM")
    score: Decimal | None = decimal_column("MAHC-10, 0 to 10")
    score_entered: str | None = text_column("as typed")
    score_unit: str | None = text_column("UCUM")
    minutes: Decimal | None = decimal_column("minutes to emergency help")
    minutes_entered: str | None = text_column("as typed")
    minutes_unit: str | None = text_column("UCUM")
    note: str | None = text_column("what was seen")
    plan: str | None = text_column("what is planned")
    owner: str | None = text_column("who does it")
    due_day: date | None = day_column("by when, at the home")


STORE = Store(
    section=SECTION,
    values=Home,
    groups=(
        Group(rows=HOME_ASSESSMENT, table=HomeAssessmentRow, keys=(), value=HomeAssessment),
        Group(rows=HOME_FINDING, table=HomeFindingRow, keys=("seq",), value=HomeFinding),
    ),
)
