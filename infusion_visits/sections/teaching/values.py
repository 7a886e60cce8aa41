"""What one visit says about teaching."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from infusion_visits.core.marks import Mark


@dataclass(frozen=True, slots=True)
class Taught:
    """One topic, and what came back of it; instants are UTC."""

    mark: Mark
    at: datetime | None = None
    topic: str | None = None
    topic_words: str | None = None
    learner: str | None = None
    learner_name: str | None = None
    method: str | None = None
    result: str | None = None
    follow_up: str | None = None
    interpreter: str | None = None
    materials: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Teaching:
    """All topics of one visit, in the order they were written."""

    teaching: tuple[Taught, ...] = ()
