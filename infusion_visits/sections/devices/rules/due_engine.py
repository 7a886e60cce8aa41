"""The engine of the due dates: for one line, every care of clinical reference table 2.4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.next_due import Due, due_after_days, due_after_hours
from infusion_visits.core.clock import local_day
from infusion_visits.patients.facts import CareFact
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.due_states import CareDue, DueState
from infusion_visits.sections.devices.rules.limits import LineLimits
from infusion_visits.sections.devices.rules.lines import device_id, inserted_day
from infusion_visits.sections.devices.rules.seen import (
    DRESSING_SEEN,
    FOUND_OUT,
    NEED_SEEN,
    NEEDLE_MOVES,
    SECUREMENT_SEEN,
    SIGNS_SEEN,
    inflamed,
    last_of,
)
from infusion_visits.sections.devices.values import AccessDevice

if TYPE_CHECKING:
    from infusion_visits.sections.devices.rules.limits import Interval

LONG_GONE = timedelta(hours=48)
_AT_HOME = frozenset({"valved_flush", "tunneled_flush"})
_SUBCUT_SIGNS = frozenset({"redness", "swelling", "tight", "hardness", "blister"})
_LEAKING = frozenset({"swelling", "tight"})
_DRESSING_WORDS = {option.key: option.label for option in of.DRESSING_STATES}


@dataclass(frozen=True, slots=True)
class Asking:
    """One line on one day, with all that is known to have been done to it, earliest first."""

    device: AccessDevice
    cares: Sequence[CareFact]
    today: date
    limits: LineLimits
    now: datetime | None = None
    zone: str = "UTC"

    @classmethod
    def of(
        cls,
        device: AccessDevice,
        cares: Iterable[CareFact],
        today: date,
        limits: LineLimits,
        *,
        now: datetime | None,
        zone: str,
    ) -> Asking:
        """The asking about one line; facts about others are left out."""
        wanted = device_id(device)
        mine = sorted((care for care in cares if care.device == wanted), key=lambda care: care.at)
        return cls(device, mine, today, limits, now, zone)

    def all(self) -> list[CareDue]:
        """Everything that falls due for this line."""
        return [due for due in self._asked() if due is not None]

    def _asked(self) -> Iterator[CareDue | None]:
        kind = self.device.kind or ""
        placed = inserted_day(self.device, self.zone)
        if kind in of.REFERENCE_KINDS:
            return
        if kind == of.SUBCUT:
            yield self._subcut(self._last(of.SITE_CHANGE) or placed)
            yield from self._sets()
            return
        if kind == of.PORT and not self.needle_in():
            yield self._days("port_flush", self._last(*of.FLUSHING_CARES))
            return
        if kind == of.PORT:
            placed = self.accessed_on()
            yield self._needle(placed)
        yield self._dressing(kind, placed)
        yield self._connector(placed)
        yield self._securement(placed)
        yield from self._by_kind(kind, placed)
        yield from self._sets()

    def _by_kind(self, kind: str, placed: date | None) -> Iterator[CareDue | None]:
        device = self.device
        if device.securement == "sutures" and device.sutures_out_on:
            yield self._on("sutures", "Sutures out", device.sutures_out_on, None)
        if kind in {of.PICC, of.TUNNELED} and device.catheter_end == "valved":
            yield self._days("valved_flush", self._last(*of.FLUSHING_CARES) or placed)
        elif kind == of.TUNNELED:
            yield self._days("tunneled_flush", self._last(*of.FLUSHING_CARES) or placed)
        if kind == of.PIV:
            yield self._peripheral(placed)
        if kind == of.MIDLINE and placed is not None:
            yield self._midline_review(placed)
            yield self._days("midline_dwell", placed, days=self._own_limit())

    def _own_limit(self) -> int | None:
        """The days that the maker or the order allows, before those of the agency."""
        days = self.device.dwell_limit_days
        return int(days) if days is not None else None

    def _midline_review(self, placed: date) -> CareDue | None:
        """A midline is looked at anew from its review day on: whether it is still needed."""
        due = self._days("midline_review", placed)
        needed = last_of(self.cares, device_id(self.device), NEED_SEEN)
        if due is None or due.due_on is None or needed is None:
            return due
        return None if local_day(needed.at, self.zone) >= due.due_on else due

    def _peripheral(self, placed: date | None) -> CareDue | None:
        """A peripheral site has no routine: phlebitis moves it, or a cap of agency or order."""
        least = self.limits.of("report_phlebitis_from")
        if (found := inflamed(self.cares, self.device.id, least)) is not None:
            return self._at_once("piv_site", *found)
        return self._days("piv_site", placed, days=self._own_limit())

    def _needle(self, placed: date | None) -> CareDue | None:
        """A needle is changed on its day, and at once where it swells or leaks."""
        if (seen := self._signs(_LEAKING, placed)) is not None:
            return self._at_once("port_needle", *seen)
        return self._days("port_needle", placed)

    def _signs(self, wanted: frozenset[str], done: date | None) -> tuple[CareFact, str] | None:
        """The signs last seen at the site since it was done, and their words."""
        seen = last_of(self.cares, self.device.id, SIGNS_SEEN)
        signs = set(seen.detail.split(",")) & wanted if seen is not None else set()
        if seen is None or not signs or (done and local_day(seen.at, self.zone) <= done):
            return None
        labels = [option.label for option in of.SIGNS if option.key in signs]
        return seen, ", ".join(labels)

    def _subcut(self, done: date | None) -> CareDue | None:
        if (seen := self._signs(_SUBCUT_SIGNS, done)) is not None:
            return self._at_once("subcut_set", *seen)
        return self._days("subcut_set", done, days=self._own_limit())

    def _dressing(self, kind: str, placed: date | None) -> CareDue | None:
        changes = [care for care in self.cares if care.what in of.DRESSING_CARES]
        last = changes[-1] if changes else None
        done = local_day(last.at, self.zone) if last else placed
        seen = last_of(self.cares, device_id(self.device), DRESSING_SEEN)
        if seen is not None and seen.detail != "sound" and self._since(done, seen):
            words = _DRESSING_WORDS.get(seen.detail, seen.detail)
            return self._at_once("dressing", seen, words)
        with_type = [care for care in changes if care.detail]
        worn = (with_type[-1].detail if with_type else "") or self.device.dressing_type or ""
        if worn == "none":
            return None
        key = _dressing_key(kind, worn, first=last is None)
        if key not in self.limits.intervals:  # a record signed before there was such an interval
            key = "dressing_gauze" if worn in of.GAUZE_DRESSINGS else "dressing_transparent"
        due = self._days(key, done)
        return due and replace(due, task="dressing", title="Dressing")

    def _securement(self, placed: date | None) -> CareDue | None:
        changed = self._last(of.SECUREMENT_CHANGE, *of.DRESSING_CARES)
        seen = last_of(self.cares, device_id(self.device), SECUREMENT_SEEN)
        loose = seen is not None and seen.detail in {"loose", "missing"}
        if seen is not None and loose and self._since(changed or placed, seen):
            return self._at_once("securement", seen, seen.detail)
        if self.device.securement != "adhesive":
            return None
        return self._days("securement", changed or placed)

    def _since(self, done: date | None, seen: CareFact) -> bool:
        """Whether nothing was done on the day it was seen or after."""
        return done is None or done < local_day(seen.at, self.zone)

    def _connector(self, placed: date | None) -> CareDue | None:
        changes = [care for care in self.cares if care.what == of.CONNECTOR_CHANGE]
        due = self._days("connector", self._last(of.CONNECTOR_CHANGE) or placed)
        hours = self.limits.intervals["connector"].not_before_hours
        if due is None or not changes or not hours:
            return due
        return replace(due, not_before=changes[-1].at + timedelta(hours=hours))

    def _sets(self) -> Iterator[CareDue | None]:
        latest = {care.detail: care for care in self.cares if care.what == of.SET_CHANGE}
        for set_type, care in latest.items():
            interval = self.limits.intervals.get(f"set_{set_type}")
            if interval is None:
                continue
            if interval.days:
                yield self._days(interval.key, local_day(care.at, self.zone))
            else:
                yield self._hours(interval, care.at)

    def _hours(self, interval: Interval, hung: datetime) -> CareDue | None:
        """A set that is long overdue was taken down at home: nobody runs it for days."""
        due = due_after_hours(hung, interval.hours, self.zone)
        if self.now is not None and self.now > due.value + LONG_GONE:
            return None
        state = _state(local_day(due.value, self.zone), self.today)
        if self.now is not None:
            standing = due.state(self.now)
            state = {Due.OVERDUE: DueState.OVERDUE, Due.LATER: DueState.LATER}.get(standing, state)
        return CareDue(
            device_id(self.device),
            interval.key,
            interval.title,
            state,
            due_at=due.value,
            last=local_day(hung, self.zone),
            sentence=due.sentence,
            unsure=interval.key in self.limits.unsure,
        )

    def _days(self, key: str, done: date | None, days: int | None = None) -> CareDue | None:
        interval = self.limits.intervals.get(key)
        counted = days if days is not None else (interval.days if interval else 0)
        if interval is None or not counted:
            return None
        if done is None:
            return self._marked(self._on(key, interval.title, None, None), interval)
        due = due_after_days(done, counted)
        found = self._on(key, interval.title, due.value, done)
        return self._marked(replace(found, sentence=due.sentence), interval)

    def _marked(self, due: CareDue, interval: Interval) -> CareDue:
        unsure = interval.key in self.limits.unsure
        return replace(due, unsure=unsure, at_home=interval.key in _AT_HOME)

    def _on(self, task: str, title: str, due_on: date | None, done: date | None) -> CareDue:
        state = _state(due_on, self.today) if due_on is not None else DueState.NOT_KNOWN
        return CareDue(device_id(self.device), task, title, state, due_on, last=done)

    def _at_once(self, task: str, seen: CareFact, why: str) -> CareDue:
        day = local_day(seen.at, self.zone)
        interval = self.limits.intervals.get(task)
        title = interval.title if interval else task.capitalize()
        return CareDue(
            device_id(self.device), task, title, DueState.AT_ONCE, due_on=day, last=day, why=why
        )

    def _last(self, *what: str) -> date | None:
        days = [local_day(care.at, self.zone) for care in self.cares if care.what in what]
        return max(days, default=None)

    def accessed_on(self) -> date | None:
        """The day on which the needle now in the port was put in; None where that is not known."""
        return self._last(*of.NEEDLE_CARES) or self._accessed_elsewhere()

    def _accessed_elsewhere(self) -> date | None:
        at = self.device.accessed_at
        return local_day(at, self.zone) if at is not None else None

    def needle_in(self) -> bool:
        """Whether the last thing known is an access; a removal on the same day comes after it."""
        state = [care.what for care in self.cares if care.what in NEEDLE_MOVES]
        elsewhere = self._accessed_elsewhere()
        removed = self._last(of.PORT_DEACCESS, FOUND_OUT)
        if elsewhere is not None and (removed is None or elsewhere > removed):
            return True
        return bool(state) and state[-1] not in {of.PORT_DEACCESS, FOUND_OUT}


def _dressing_key(kind: str, worn: str, *, first: bool) -> str:
    """Which interval counts for what is worn on this kind of line."""
    if worn in of.GAUZE_DRESSINGS:
        return "dressing_first" if first and kind in {of.PICC, of.MIDLINE} else "dressing_gauze"
    if kind == of.PIV:
        return "dressing_piv"
    return "dressing_other" if worn == "tissue_adhesive" else "dressing_transparent"


def _state(due_on: date, today: date) -> DueState:
    if due_on < today:
        return DueState.OVERDUE
    if due_on == today:
        return DueState.TODAY
    return DueState.SOON if due_on == today + timedelta(days=1) else DueState.LATER
