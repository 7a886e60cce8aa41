"""Which care of a line falls due, and when (clinical reference 2.4 and 8.15).

Day-based care is due on a local day of the home: the day done plus the days of the interval.
Hour-based care is due at an instant: elapsed hours, whatever the wall clock does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from infusion_visits.core.clock import instant_of, local_day
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.patients.facts import CareFact, Facts
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.limits import Interval, LineLimits
from infusion_visits.sections.devices.rules.lines import device_id, inserted_day
from infusion_visits.sections.devices.values import AccessDevice, DeviceCheck, Devices

LONG_GONE = timedelta(hours=48)
FOUND_IN = "found_accessed"
FOUND_OUT = "found_not_accessed"


class DueState(StrEnum):
    """Overdue, today, tomorrow, later; or not known, because nothing says when it was done."""

    OVERDUE = "overdue"
    TODAY = "due today"
    SOON = "due tomorrow"
    LATER = "due later"
    NOT_KNOWN = "not known when last done"


@dataclass(frozen=True, slots=True)
class CareDue:
    """One care of one line that falls due; `due_on` or `due_at` is None where nothing is known."""

    device: UUID
    task: str
    title: str
    state: DueState
    due_on: date | None = None
    due_at: datetime | None = None
    last: date | None = None

    def words(self, zone: str) -> str:
        """`flush due 19 Dec 2026`; `needleless connector: not known when last done`."""
        title = self.title[:1].lower() + self.title[1:]
        if self.due_at is not None:
            return f"{title} due {show_instant(self.due_at, zone)}"
        if self.due_on is not None:
            return f"{title} due {show_day(self.due_on)}"
        return f"{title}: {self.state}"


def cares_done(values: Devices, zone: str) -> tuple[CareFact, ...]:
    """The care of one visit as the due dates need it, flushes charted with the check included.

    `detail` is the dressing type of a dressing and the set type of a set. The date written on a
    dressing counts as its change, at the start of that local day.
    """
    done = [
        CareFact(
            care.device_id,
            care.what,
            care.done_at,
            (care.set_type if care.what == of.SET_CHANGE else care.dressing_type) or "",
        )
        for care in values.device_care
        if care.mark.struck is None and care.device_id and care.done_at and care.what
    ]
    for check in values.device_check:
        if check.mark.struck is None:
            done.extend(_of_check(check, zone))
    return tuple(done)


def _of_check(check: DeviceCheck, zone: str) -> list[CareFact]:
    if check.device_id is None or check.checked_at is None:
        return []
    device, at = check.device_id, check.checked_at
    done: list[CareFact] = []
    if check.accessed is not None:
        done.append(CareFact(device, FOUND_IN if check.accessed else FOUND_OUT, at))
    lumens = [lumen for lumen in check.lumen_check if lumen.mark.struck is None]
    if any(lumen.saline_ml or lumen.lock_ml for lumen in lumens):
        done.append(CareFact(device, of.FLUSH_LOCK, at))
    if any(lumen.connector_changed for lumen in lumens):
        done.append(CareFact(device, of.CONNECTOR_CHANGE, at))
    if check.dressing_dated is not None:
        start = instant_of(datetime.combine(check.dressing_dated, time.min), zone)
        done.append(CareFact(device, of.DRESSING_CHANGE, start, check.dressing_type or ""))
    return done


def due_care(
    device: AccessDevice,
    cares: Iterable[CareFact],
    today: date,
    intervals: LineLimits,
    *,
    now: datetime | None = None,
    zone: str = "UTC",
) -> tuple[CareDue, ...]:
    """The care that falls due for one line, soonest first, those not known first of all.

    `cares` are those of every visit, in any order. A port without its needle has no dressing,
    needle or connector care, but its flush (clinical reference 11.8). Care done early counts from
    the day it was done. A removed or struck line has none.
    """
    if device.removed_at is not None or device.mark.struck is not None:
        return ()
    wanted = device_id(device)
    mine = sorted(
        (care for care in cares if care.device == wanted),
        key=lambda care: care.at,
    )
    ask = _Asking(device, mine, today, now, zone, intervals)
    found = [due for due in ask.all() if due is not None]
    return tuple(sorted(found, key=lambda due: (ask.day_of(due) or date.min, due.task)))


def care_due(
    values: Devices, device: AccessDevice, facts: Facts, limits: LineLimits
) -> tuple[CareDue, ...]:
    """What falls due for one line after this visit: its care, and the care done before it."""
    cares = (*facts.care_before, *cares_done(values, facts.zone))
    today = local_day(facts.now, facts.zone)
    return due_care(device, cares, today, limits, now=facts.now, zone=facts.zone)


@dataclass(frozen=True, slots=True)
class _Asking:
    device: AccessDevice
    cares: Sequence[CareFact]
    today: date
    now: datetime | None
    zone: str
    limits: LineLimits

    def all(self) -> list[CareDue | None]:
        kind = self.device.kind or ""
        placed = inserted_day(self.device, self.zone)
        due: list[CareDue | None] = []
        if kind == of.SUBCUT:
            return [self._days("subcut_set", self._last(of.SITE_CHANGE) or placed)]
        if kind == of.PORT and not self._needle_in():
            return [self._days("port_flush", self._last(*of.FLUSHING_CARES))]
        if kind == of.PORT:
            accessed = self._last(*of.NEEDLE_CARES) or self._accessed_elsewhere()
            due.append(self._days("port_needle", accessed))
            placed = accessed
        due += [
            self._dressing(placed),
            self._days("connector", self._last(of.CONNECTOR_CHANGE) or placed),
        ]
        due += self._by_kind(kind, placed)
        due += self._sets()
        return due

    def _by_kind(self, kind: str, placed: date | None) -> list[CareDue | None]:
        due: list[CareDue | None] = []
        if self.device.securement == "adhesive":
            changed = self._last(of.SECUREMENT_CHANGE, *of.DRESSING_CARES)
            due.append(self._days("securement", changed or placed))
        if self.device.securement == "sutures" and self.device.sutures_out_on:
            due.append(self._on("sutures", "Sutures out", self.device.sutures_out_on, None))
        if kind in {of.PICC, of.TUNNELED} and self.device.catheter_end == "valved":
            due.append(self._days("valved_flush", self._last(*of.FLUSHING_CARES) or placed))
        if kind == of.PIV and self.limits.intervals["piv_site"].days:
            due.append(self._days("piv_site", placed))
        if kind == of.MIDLINE and placed is not None:
            review = self.limits.intervals["midline_review"]
            passed = self.today > placed + timedelta(days=review.days)
            due.append(self._days("midline_dwell" if passed else "midline_review", placed))
        return due

    def _dressing(self, placed: date | None) -> CareDue | None:
        changes = [care for care in self.cares if care.what in of.DRESSING_CARES]
        last = changes[-1] if changes else None
        kind = (last.detail if last else "") or self.device.dressing_type or ""
        if kind == "none":
            return None
        if kind in of.GAUZE_DRESSINGS:
            key = "dressing_gauze"
        else:
            key = "dressing_other" if kind == "tissue_adhesive" else "dressing_transparent"
        done = local_day(last.at, self.zone) if last else placed
        due = self._days(key, done)
        return due and CareDue(
            due.device, "dressing", "Dressing", due.state, due.due_on, due.due_at, due.last
        )

    def _sets(self) -> list[CareDue | None]:
        due: list[CareDue | None] = []
        latest = {care.detail: care for care in self.cares if care.what == of.SET_CHANGE}
        for set_type, care in latest.items():
            interval = self.limits.intervals.get(f"set_{set_type}")
            if interval is None:
                continue
            if interval.days:
                due.append(self._days(interval.key, local_day(care.at, self.zone)))
            else:
                due.append(self._hours(interval, care.at))
        return due

    def _hours(self, interval: Interval, hung: datetime) -> CareDue | None:
        due_at = hung + timedelta(hours=interval.hours)
        if self.now is not None and self.now > due_at + LONG_GONE:
            return None
        day = local_day(due_at, self.zone)
        state = _state(day, self.today)
        if self.now is not None and self.now > due_at:
            state = DueState.OVERDUE
        return CareDue(
            device_id(self.device),
            interval.key,
            interval.title,
            state,
            due_at=due_at,
            last=local_day(hung, self.zone),
        )

    def _days(self, key: str, done: date | None) -> CareDue | None:
        interval = self.limits.intervals[key]
        if not interval.days:
            return None
        due_on = done + timedelta(days=interval.days) if done is not None else None
        return self._on(key, interval.title, due_on, done)

    def _on(self, task: str, title: str, due_on: date | None, done: date | None) -> CareDue:
        state = _state(due_on, self.today) if due_on is not None else DueState.NOT_KNOWN
        return CareDue(device_id(self.device), task, title, state, due_on, last=done)

    def _last(self, *what: str) -> date | None:
        days = [local_day(care.at, self.zone) for care in self.cares if care.what in what]
        return max(days, default=None)

    def _accessed_elsewhere(self) -> date | None:
        at = self.device.accessed_at
        return local_day(at, self.zone) if at is not None else None

    def _needle_in(self) -> bool:
        """Whether the last thing known is an access; a removal on the same day comes after it."""
        state = [care.what for care in self.cares if care.what in _NEEDLE_MOVES]
        elsewhere = self._accessed_elsewhere()
        removed = self._last(of.PORT_DEACCESS, FOUND_OUT)
        if elsewhere is not None and (removed is None or elsewhere > removed):
            return True
        return bool(state) and state[-1] not in {of.PORT_DEACCESS, FOUND_OUT}

    def day_of(self, due: CareDue) -> date | None:
        """The local day on which it is due."""
        return local_day(due.due_at, self.zone) if due.due_at is not None else due.due_on


def _state(due_on: date, today: date) -> DueState:
    if due_on < today:
        return DueState.OVERDUE
    if due_on == today:
        return DueState.TODAY
    return DueState.SOON if due_on == today + timedelta(days=1) else DueState.LATER


_NEEDLE_MOVES = (*of.NEEDLE_CARES, of.PORT_DEACCESS, FOUND_IN, FOUND_OUT)
