"""Complications and steps as the tests of this section make them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import Facts
from infusion_visits.sections.complications.values import (
    Complication,
    Complications,
    ComplicationStep,
)

ZONE = "America/New_York"
NURSE = UUID("01938d2a-0000-7000-8000-000000000001")
REACTION = UUID("01938d2a-0000-7000-8000-00000000000c")


def at(hour: int, minute: int = 0, day: int = 21) -> datetime:
    """A wall time of November 2026 in New York (EST), as UTC."""
    return datetime(2026, 11, day, hour + 5, minute, tzinfo=UTC)


def facts(**more: Any) -> Facts:
    """A routine infusion on Saturday 21 Nov 2026: arrived 09:02, started 09:12, now 13:09."""
    plain: dict[str, Any] = {
        "now": at(13, 9),
        "zone": ZONE,
        "kind": VisitKind.ROUTINE_INFUSION,
        "arrived": at(9, 2),
        "infusion_start": at(9, 12),
        "people": {NURSE: "Ines Halvorsen, RN"},
    }
    return Facts(**{**plain, **more})


def step(number: int, when: datetime, kind: str, **more: Any) -> ComplicationStep:
    """One step."""
    head = Mark(Row("complication_step", (REACTION, number)), when, when, NURSE)
    return ComplicationStep(head, happened_at=when, kind=kind, **more)


def noticed(number: int = 1, when: datetime | None = None, **more: Any) -> ComplicationStep:
    """What was seen at first."""
    plain: dict[str, Any] = {"words": "pulse 112, up 42 from before; headache 4 of 10"}
    return step(number, when or at(10, 26), "noticed", **{**plain, **more})


def told(number: int, when: datetime, role: str = "prescriber", **more: Any) -> ComplicationStep:
    """Someone was reached."""
    plain: dict[str, Any] = {"told_role": role, "reached": "reached"}
    return step(number, when, "told", **{**plain, **more})


def complication(
    *steps: ComplicationStep, what: str = "infusion_reaction", **more: Any
) -> Complication:
    """A complication noticed at 10:26."""
    plain: dict[str, Any] = {"noticed_at": at(10, 26)}
    made = {**plain, **more}
    head = Mark(Row("complication", (REACTION,)), made["noticed_at"], at(10, 26), NURSE)
    return Complication(head, what=what, complication_step=steps, **made)


DOCUMENTED: dict[str, Any] = {
    "segment": "drug",
    "onset_ml": Decimal("85.2"),
    "onset_rate": Decimal(140),
    "condition_at_departure": "comfortable, pulse 76",
}
"""What every reaction during an infusion must say."""


def one(*steps: ComplicationStep, **more: Any) -> Complications:
    """The values with one complication."""
    return Complications((complication(*steps, **more),))


def closed_reaction() -> tuple[ComplicationStep, ...]:
    """A reaction of grade 2, held, told, rechecked and closed."""
    return (
        noticed(scale="ctcae_irr", grade="2"),
        step(2, at(10, 27), "action", words="infusion held"),
        told(
            3,
            at(10, 30),
            told_name="S. Lindqvist",
            told_how="telephone",
            order_received="resume at half rate",
            read_back=True,
        ),
        step(4, at(10, 41), "recheck", words="pulse 80", scale="ctcae_irr", grade="1"),
        step(5, at(11, 11), "closed", outcome="resolved"),
    )
