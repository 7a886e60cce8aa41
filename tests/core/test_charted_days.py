"""A time is told with its date only where its day is not the day of the visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.charted import leaf_text, time_words
from infusion_visits.core.fields import When
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark

CAME = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
"""09:00 at the home."""


@dataclass(frozen=True)
class Told:
    now: datetime
    arrived: datetime | None = CAME
    zone: str = "America/New_York"
    kind: VisitKind = VisitKind.ROUTINE_INFUSION
    people: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    mark: Mark
    at: datetime


def given(at: datetime) -> Given:
    return Given(Mark(Row("medicine_given", (1,)), at=at, entered_at=at), at)


def said(at: datetime, telling: Told) -> tuple[str, str]:
    row = given(at)
    return time_words(row.mark, telling), leaf_text(When(name="at", label="Time"), row, telling)


def test_a_draft_of_yesterday_tells_its_times_without_their_date() -> None:
    day_after = Told(now=CAME + timedelta(days=1))
    assert said(CAME + timedelta(minutes=41), day_after) == ("09:41", "09:41")


def test_what_was_on_another_day_than_the_visit_has_its_date() -> None:
    same_day = Told(now=CAME + timedelta(hours=4))
    assert said(CAME - timedelta(days=1), same_day)[0] == "20 Nov 2026 09:00"
    overnight = Told(now=CAME + timedelta(days=1), arrived=CAME + timedelta(hours=14))
    assert said(CAME + timedelta(hours=16), overnight)[0] == "22 Nov 2026 01:00"


def test_before_arrival_today_is_the_day() -> None:
    assert said(CAME, Told(now=CAME + timedelta(hours=1), arrived=None))[0] == "09:00"
