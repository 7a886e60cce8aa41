"""Infusions for tests, made from the texts a nurse would type, through the real store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.fields import NotAValue, Rows, Sense
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients.facts import Facts, OrderFact, OrderStep
from infusion_visits.sections.infusion.fields import INFUSION, INFUSION_EVENT, PRODUCT_LOT
from infusion_visits.sections.infusion.tables import STORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.sections.infusion.values import Infusion, InfusionGiven

ZONE = "America/New_York"
NINE = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
"""09:00 at the home."""
NOW = NINE + timedelta(hours=4, minutes=5)
SENSE = Sense(NOW, ZONE)
NURSE = UUID("01930000-0000-7000-8000-000000000001")
ORDER = UUID("01930000-0000-7000-8000-00000000000a")
DEVICE = UUID("01930000-0000-7000-8000-00000000000b")

IVIG = ((35, 30), (70, 30), (140, 30), (210, 30), (280, 30), (350, None))


def at(time: str) -> datetime:
    """The instant of `09:30` or `09:30:15` at the home on the day of the tests."""
    parts = [int(part) for part in time.split(":")]
    return NINE.replace(hour=0) + timedelta(
        hours=parts[0] + 5, minutes=parts[1], seconds=parts[2] if len(parts) > 2 else 0
    )


def steps(pairs: Sequence[tuple[float | str | Decimal, int | None]]) -> tuple[OrderStep, ...]:
    """Steps from pairs of mL/h and minutes."""
    return tuple(OrderStep(Decimal(str(rate)), minutes) for rate, minutes in pairs)


def an_order(**more: Any) -> OrderFact:
    """35 g immune globulin in 350 mL, stepped to 280 mL/h, 30 minutes of watching."""
    said: dict[str, Any] = {
        "order": ORDER,
        "version": 1,
        "drug": "immune globulin 10 %",
        "brand": "Gammagard Liquid",
        "dose": Decimal(35),
        "dose_unit": "g",
        "dose_per_kg": Decimal("0.5"),
        "dosing_weight_kg": Decimal(70),
        "dosing_weight_day": date(2026, 11, 2),
        "volume_ml": Decimal(350),
        "route": "IV",
        "steps": steps(IVIG[:5]),
        "observation_minutes": 30,
        "first_dose": False,
        "home_first_dose_allowed": False,
        "prescriber": "S. Lindqvist, MD",
        "flush": "",
    }
    return OrderFact(**{**said, **more})


def facts(**more: Any) -> Facts:
    """Facts of a routine visit with the order above."""
    order = more.pop("order", an_order())
    said: dict[str, Any] = {
        "now": NOW,
        "zone": ZONE,
        "kind": VisitKind.ROUTINE_INFUSION,
        "order": order,
        "orders": (order,) if order else (),
        "people": {NURSE: "Ines Halvorsen, RN"},
    }
    return Facts(**{**said, **more})


def _columns(group: Rows, texts: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"visit_id": NURSE, "created_by": NURSE, "created_at": NOW}
    for name, text in texts.items():
        parsed = group.leaf(name).parse(text, SENSE)
        assert not isinstance(parsed, NotAValue), (name, text, parsed)
        row.update(parsed)
    if isinstance(row.get("at"), datetime):
        row["created_at"] = row["at"]
    return row


def lot(seq: int, number: str, **texts: str) -> dict[str, Any]:
    """A lot of the first infusion."""
    said = {"lot": number, "expiry": "2028-06-30", **texts}
    return {**_columns(PRODUCT_LOT, said), "infusion_seq": 1, "seq": seq}


def act(seq: int, time: str, kind: str, rate: str = "", **texts: str) -> dict[str, Any]:
    """An act on the first infusion at a time of day."""
    said = {"kind": kind, **({"rate": rate} if rate else {}), **texts}
    row = _columns(INFUSION_EVENT, said)
    return {**row, "infusion_seq": 1, "seq": seq, "at": at(time), "created_at": at(time)}


def acts(*said: tuple[str, ...]) -> list[dict[str, Any]]:
    """Acts from `(time, kind, rate)`."""
    return [act(number, *one) for number, one in enumerate(said, 1)]


def infusions(
    events: Sequence[dict[str, Any]] = (),
    lots: Sequence[dict[str, Any]] | None = None,
    **texts: str,
) -> Infusion:
    """One infusion of the order above with these acts and lots."""
    said = {
        "order_id": str(ORDER),
        "device_id": str(DEVICE),
        "method": "pump",
        "second_check": "solo",
        "tolerated": "well",
        **texts,
    }
    row = {**_columns(INFUSION, said), "seq": 1}
    lots = [lot(1, "LE12T204")] if lots is None else lots
    made: Infusion = STORE.from_rows(
        {"infusion": [row], "infusion_event": list(events), "product_lot": list(lots)}
    )
    return made


def infusion(
    *said: tuple[str, ...], lots: Sequence[dict[str, Any]] | None = None, **texts: str
) -> InfusionGiven:
    """One infusion with acts from `(time, kind, rate)`."""
    return infusions(acts(*said), lots, **texts).infusion[0]


PICTURE = (
    ("09:12", "started", "35"),
    ("09:42", "stepped", "70"),
    ("10:12", "stepped", "140"),
    ("10:27", "held"),
    ("10:42", "resumed", "70"),
    ("11:12", "stepped", "140"),
    ("11:42", "stepped", "210"),
    ("12:12", "stepped", "280"),
    ("12:23", "completed"),
)
"""The infusion of the printed example: a hold, resumed at half rate, completed."""
