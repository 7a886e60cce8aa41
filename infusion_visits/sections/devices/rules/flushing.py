"""Flush and lock: which template counts, heparin in all, and what a drug does not bear.

Source: clinical reference 2.3, 11.30 (10 and 100 units/mL), section 8 (totals). The order always
wins over a template; per agency protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.units import plain_number, with_unit
from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.templates import NEEDLE_IN, NEEDLE_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from infusion_visits.patients.facts import OrderFact, RunFact
    from infusion_visits.sections.devices.rules.limits import LineLimits
    from infusion_visits.sections.devices.rules.templates import (
        FlushTemplate,
        Incompatible,
        LockTemplate,
        Range,
    )
    from infusion_visits.sections.devices.values import (
        AccessDevice,
        DeviceCare,
        Devices,
        LumenCheck,
    )

CHILD_BELOW_YEARS = 18


def heparin_units(units_per_ml: Decimal | None, ml: Decimal | None) -> Decimal | None:
    """Heparin in a lock, in units; None when strength or volume is not charted."""
    if units_per_ml is None or ml is None:
        return None
    return units_per_ml * ml


def heparin_rows(
    values: Devices, device: AccessDevice | None = None
) -> Iterator[LumenCheck | DeviceCare]:
    """The rows of this visit that lock with heparin: of one line, or of all."""
    wanted = device.id if device is not None else None
    for check in values.device_check:
        if check.mark.struck is None and wanted in {None, check.device_id}:
            for lumen in check.lumen_check:
                if lumen.mark.struck is None and lumen.lock_agent == "heparin":
                    yield lumen
    for act in values.device_care:
        mine = act.mark.struck is None and wanted in {None, act.device_id}
        if mine and act.lock_agent == "heparin":
            yield act


def heparin_total(values: Devices) -> Decimal:
    """Heparin in locks at this visit through all lines together, in units."""
    amounts = (heparin_units(row.lock_units_per_ml, row.lock_ml) for row in heparin_rows(values))
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def template_for(
    device: AccessDevice, limits: LineLimits, *, needle_in: bool | None
) -> FlushTemplate | None:
    """What agencies commonly write for this line; None where its end is not known and matters."""
    needle = NEEDLE_IN if needle_in else NEEDLE_OUT
    for one in limits.flushes:
        if device.kind not in one.kinds or (one.needle and one.needle != needle):
            continue
        if not one.end or one.end == (device.catheter_end or "clamped"):
            return one
    return None


def expected_ml(
    purpose: str | None,
    order: OrderFact | None,
    template: FlushTemplate | None,
    *,
    child_share: Decimal | None,
) -> tuple[Range, bool] | None:
    """The volume of a flush in mL as (least, most), and whether the order says so.

    `child_share` (percent) is set for a child: templates are written for adults.
    """
    ordered = {
        care.BEFORE: order.flush_before_ml if order else None,
        care.AFTER: order.flush_after_ml if order else None,
        care.FINAL: order.flush_after_ml if order else None,
    }.get(purpose or "")
    if ordered is not None:
        return (ordered, ordered), True
    if template is None:
        return None
    drawn = purpose == care.AFTER_DRAW
    least_most = template.after_draw_ml if drawn else template.before_after_ml
    if least_most is None:
        return None
    if child_share is None:
        return least_most, False
    return (least_most[0] * child_share / 100, least_most[1] * child_share / 100), False


def incompatible_with(order: OrderFact | None, limits: LineLimits) -> Incompatible | None:
    """The rule for the ordered drug where it does not bear one of the flush solutions."""
    if order is None:
        return None
    names = {order.drug.casefold(), order.brand.casefold()}
    if order.therapy is not None:
        names |= {order.therapy.key.casefold(), order.therapy.name.casefold()}
    for one in limits.incompatible:
        wanted = [drug.casefold().replace("_", " ") for drug in one.drugs]
        if any(drug in name.replace("_", " ") for drug in wanted for name in names if name):
            return one
    return None


def flushes(values: Devices, device: AccessDevice) -> Iterable[LumenCheck | DeviceCare]:
    """Every row of this visit that flushed or locked this line."""
    for check in values.device_check:
        if check.mark.struck is None and check.device_id == device.id:
            for lumen in check.lumen_check:
                if lumen.mark.struck is None and (lumen.saline_ml or lumen.lock_ml):
                    yield lumen
    for act in values.device_care:
        mine = act.mark.struck is None and act.device_id == device.id
        if mine and act.what in of.FLUSHING_CARES and (act.saline_ml or act.lock_ml):
            yield act


def template_words(template: FlushTemplate) -> str:
    """`Flush 10 mL, after a draw 20 mL; lock saline or heparin 10 units/mL 3 to 5 mL; idle every
    24 h`, with what the agency has to confirm."""
    said = []
    if template.before_after_ml is not None:
        said.append(f"flush {_range_words(template.before_after_ml, 'mL')}")
    if template.after_draw_ml is not None:
        said.append(f"after a draw {_range_words(template.after_draw_ml, 'mL')}")
    locks = [_lock_words(lock) for lock in template.locks]
    said.append(f"lock {' or '.join(locks)}")
    if template.idle_hours is not None:
        said.append(f"not in use: every {_range_words(template.idle_hours, 'h')}")
    if template.idle_days is not None:
        said.append(f"not in use: every {_range_words(template.idle_days, 'days')}")
    words = "; ".join(said)
    ending = "agency to confirm; the order wins" if template.unsure else "the order wins"
    return f"{words[:1].upper()}{words[1:]} ({ending})."


def _lock_words(lock: LockTemplate) -> str:
    strength = f" {with_unit(lock.units_per_ml, 'units/mL')}" if lock.units_per_ml else ""
    volume = f" {_range_words(lock.ml, 'mL')}" if lock.ml is not None else ""
    return f"{lock.agent}{strength}{volume}"


def _range_words(least_most: Range, unit: str) -> str:
    least, most = least_most
    if least == most:
        return with_unit(most, unit)
    return f"{plain_number(least)} to {with_unit(most, unit)}"


@dataclass(frozen=True, slots=True)
class Sequence:
    """What was put through a line around one medicine: SAS, or SASH with a heparin lock.

    `before` and `after` are whether a flush is charted there, `heparin` whether the lock is.
    """

    drug: str
    before: bool
    after: bool
    heparin: bool

    @property
    def words(self) -> str:
        """`Sequence SASH around vancomycin`, or what of it is not charted."""
        name = "SASH" if self.heparin else "SAS"
        absent = [
            word for word, there in (("before", self.before), ("after", self.after)) if not there
        ]
        if not absent:
            return f"Flush sequence {name} around {self.drug}."
        return f"Flush around {self.drug}: none charted {' and '.join(absent)}."


def sequences(values: Devices, device: AccessDevice, runs: Iterable[RunFact]) -> list[Sequence]:
    """The flushes around each medicine that ended through this line."""
    rows = list(flushes(values, device))
    heparin = any(row.lock_agent == "heparin" for row in rows)
    made = []
    for run in runs:
        if run.device != device.id or run.started is None or run.ended is None:
            continue
        before, after = _around(rows, run.started, run.ended)
        after = after or bool(run.flushed_ml)
        made.append(Sequence(run.drug or "the infusion", before, after, heparin))
    return made


def _around(
    rows: Iterable[LumenCheck | DeviceCare], started: datetime, ended: datetime
) -> tuple[bool, bool]:
    """A flush that was charted with the check has no time of its own: it counts for both."""
    before = after = False
    for row in rows:
        at = getattr(row, "done_at", None)
        before = before or at is None or at <= started
        after = after or at is None or at >= ended
    return before, after
