"""Lines, checks and care as the tests of this section make them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import Facts
from infusion_visits.sections.devices.values import (
    AccessDevice,
    DeviceCare,
    DeviceCheck,
    Devices,
    Lumen,
    LumenCheck,
)

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding

ZONE = "America/New_York"
NURSE = UUID("01938d2a-0000-7000-8000-000000000001")
PORT_ID = UUID("01938d2a-0000-7000-8000-00000000000a")
PICC_ID = UUID("01938d2a-0000-7000-8000-00000000000b")
PIV_ID = UUID("01938d2a-0000-7000-8000-00000000000c")
ARRIVED = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 18, 9, tzinfo=UTC)


def at(hour: int, minute: int = 0) -> datetime:
    """A wall time of the day of the visit in New York, as UTC (EST is five hours behind)."""
    return datetime(2026, 11, 21, hour + 5, minute, tzinfo=UTC)


def facts(**more: Any) -> Facts:
    """A routine infusion, arrived 09:02, now 13:09 EST."""
    plain: dict[str, Any] = {
        "now": NOW,
        "zone": ZONE,
        "kind": VisitKind.ROUTINE_INFUSION,
        "arrived": ARRIVED,
        "age_years": 47,
    }
    return Facts(**{**plain, **more})


def mark(group: str, *at_keys: Any, when: datetime | None = None, **more: Any) -> Mark:
    """The head of a row written when it happened."""
    return Mark(Row(group, at_keys), at=when, entered_at=when, author=NURSE, **more)


def lumen(device: UUID, number: int, label: str) -> Lumen:
    """One lumen."""
    return Lumen(mark("lumen", device, number), label=label)


def picc(**more: Any) -> AccessDevice:
    """A single PICC with everything known: baseline 2 cm outside, arm 28 cm."""
    plain: dict[str, Any] = {
        "kind": "picc",
        "side": "left",
        "site": "upper_arm",
        "vein": "basilic",
        "inserted_on": date(2026, 10, 1),
        "inserted_precision": "exact",
        "tip": "caj",
        "tip_method": "ecg",
        "tip_confirmed_on": date(2026, 10, 1),
        "trimmed_length_cm": Decimal("42"),
        "external_length_cm": Decimal("2"),
        "arm_circumference_cm": Decimal("28"),
        "dressing_type": "transparent_chg",
        "securement": "adhesive",
    }
    return AccessDevice(mark("access_device", PICC_ID), **{**plain, **more})


def port(**more: Any) -> AccessDevice:
    """A single port of the right chest, placed 3 Mar 2025."""
    plain: dict[str, Any] = {
        "kind": "port",
        "side": "right",
        "site": "chest",
        "inserted_on": date(2025, 3, 3),
        "inserted_precision": "exact",
        "tip": "caj",
        "tip_method": "fluoroscopy",
        "lumen": (lumen(PORT_ID, 1, "single"),),
    }
    return AccessDevice(mark("access_device", PORT_ID), **{**plain, **more})


def piv(**more: Any) -> AccessDevice:
    """A peripheral line of the left forearm placed at this visit."""
    plain: dict[str, Any] = {
        "kind": "piv",
        "side": "left",
        "site": "forearm",
        "placed_here": True,
        "inserted_at": at(9, 10),
        "insertion_antiseptic": "chg_alcohol",
        "insertion_tolerated": "well",
        "attempts": Decimal("1"),
        "dressing_type": "transparent",
    }
    return AccessDevice(mark("access_device", PIV_ID), **{**plain, **more})


def lumen_check(device: UUID, number: int = 1, **more: Any) -> LumenCheck:
    """A lumen that flushes easily with a brisk blood return."""
    plain: dict[str, Any] = {"flush": "easy", "blood_return_before": "brisk"}
    return LumenCheck(mark("lumen_check", device, number), **{**plain, **more})


def check(device: UUID, when: datetime | None = None, **more: Any) -> DeviceCheck:
    """A check with nothing but its time and the lumens."""
    when = when or at(9, 4)
    not_done = more.pop("not_done", {})
    plain: dict[str, Any] = {"checked_at": when, "lumen_check": (lumen_check(device),)}
    head = mark("device_check", device, when=when, not_done=not_done)
    return DeviceCheck(head, device_id=device, **{**plain, **more})


def normal(device: UUID, when: datetime | None = None, **more: Any) -> DeviceCheck:
    """A check in which all is as it should be."""
    plain: dict[str, Any] = {
        "site": "normal",
        "dressing_state": "sound",
        "securement_state": "intact",
        "integrity": "intact",
        "skin": "intact",
        "need": "needed",
        "symptoms": ("none",),
    }
    if device == PORT_ID:
        plain |= {"accessed": True, "pocket": "normal"}
    if device == PICC_ID:
        plain |= {"external_length_cm": Decimal("2")}
    return check(device, when, **{**plain, **more})


def care(device: UUID, seq: int, when: datetime, what: str, **more: Any) -> DeviceCare:
    """One act of care, well tolerated."""
    plain: dict[str, Any] = {"tolerated": "well"}
    return DeviceCare(
        mark("device_care", seq, when=when),
        device_id=device,
        done_at=when,
        what=what,
        **{**plain, **more},
    )


def one(device: AccessDevice, *checks: DeviceCheck, care: tuple[DeviceCare, ...] = ()) -> Devices:
    """The values with one line."""
    return Devices((device,), checks, care)


def codes(found: list[Finding]) -> list[str]:
    """The codes of findings without the section's name, without the guidance beside them."""
    codes = [finding.code.removeprefix("devices.") for finding in found]
    return [code for code in codes if not code.endswith("_guidance")]


def days(count: int) -> timedelta:
    """That many days."""
    return timedelta(days=count)
