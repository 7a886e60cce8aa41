"""What one visit says about the home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class HomeAssessment:
    """The assessment as a whole; instants are UTC, days are days at the home."""

    mark: Mark
    method: str | None = None
    at: datetime | None = None
    earlier_day: date | None = None
    earlier_outcome: str | None = None
    changed: tuple[str, ...] | None = None
    needs: tuple[str, ...] | None = None
    referred: str | None = None
    agreed_prescriber: str | None = None
    agreed_manager: str | None = None
    agreed_at: datetime | None = None
    agreed_reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class HomeFinding:
    """One item answered. Temperature °C, score of 10, minutes; the row's number is the item's."""

    mark: Mark
    answer: str | None = None
    extent: str | None = None
    temperature: Decimal | None = None
    score: Decimal | None = None
    minutes: Decimal | None = None
    note: str | None = None
    plan: str | None = None
    owner: str | None = None
    due_day: date | None = None

    @property
    def item(self) -> int:
        """The number of the item, 1 to 40."""
        return int(self.mark.row.at[0])


@dataclass(frozen=True, slots=True)
class Home:
    """The home at one visit: the assessment (None until begun), the items answered."""

    home_assessment: HomeAssessment | None = None
    home_finding: tuple[HomeFinding, ...] = ()
