"""Sets of vital signs for tests, made from the texts a nurse would type, through the real store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.fields import NotAValue, Sense
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients.facts import Facts
from infusion_visits.sections.vitals.fields import VITAL_SIGNS
from infusion_visits.sections.vitals.tables import STORE

if TYPE_CHECKING:
    from infusion_visits.sections.vitals.values import Vitals, VitalsSet

ZONE = "America/New_York"
DAY = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
"""09:00 at the home."""
NURSE = UUID("01930000-0000-7000-8000-000000000001")
NOW = DAY + timedelta(hours=4)
SENSE = Sense(NOW, ZONE)

NORMAL = {
    "systolic": "122",
    "diastolic": "78",
    "pulse": "72",
    "respirations": "16",
    "spo2": "98",
    "temperature": "98.4 f",
    "pain": "0",
    "consciousness": "A",
    "oxygen": "air",
    "limb": "left arm",
    "position": "sitting",
}


def a_row(seq: int, time: str, **texts: str) -> dict[str, Any]:
    """The row of one set; every text must be a value."""
    row: dict[str, Any] = {
        "visit_id": NURSE,
        "seq": seq,
        "created_by": NURSE,
    }
    for name, text in {"at": time, **texts}.items():
        parsed = VITAL_SIGNS.leaf(name).parse(text, SENSE)
        assert not isinstance(parsed, NotAValue), (name, text, parsed)
        row.update(parsed)
    row["created_at"] = row["at"]
    return row


def vitals(*rows: dict[str, Any], not_done: Any = None) -> Vitals:
    """The values of these rows."""
    made: Vitals = STORE.from_rows({"vital_signs": list(rows)}, not_done)
    return made


def normal(seq: int, time: str, **texts: str) -> dict[str, Any]:
    """A full normal set, with the given texts instead."""
    return a_row(seq, time, **{**NORMAL, **texts})


def one_set(**texts: str) -> VitalsSet:
    """One normal set with the given texts instead."""
    return vitals(normal(1, "9:30", **texts)).vital_signs[0]


def facts(**more: Any) -> Facts:
    """Facts of a routine visit."""
    said: dict[str, Any] = {
        "now": NOW,
        "zone": ZONE,
        "kind": VisitKind.ROUTINE_INFUSION,
        "age_years": 47,
        "people": {NURSE: "Ines Halvorsen, RN"},
    }
    return Facts(**{**said, **more})
