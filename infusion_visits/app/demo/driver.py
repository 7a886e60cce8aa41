"""Drives a story through the program's own actions, as a nurse would, on a clock that it moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from infusion_visits.app.demo.stories import (
    INFUSION,
    Entry,
    Later,
    Order,
    Story,
    Visit,
    wall_instant,
)
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import SteppingClock, local
from infusion_visits.core.desk import Who
from infusion_visits.core.errors import BadFile
from infusion_visits.core.fields import Sense
from infusion_visits.core.ids import Ids
from infusion_visits.core.kinds import NotDoneReason, VisitKind, VisitStatus
from infusion_visits.exchange import note_file
from infusion_visits.patients import actions as patient_actions
from infusion_visits.patients import order_actions
from infusion_visits.patients.queries import load_chart, search
from infusion_visits.records.record_folder import OpenRecord
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.sections.vitals.one_line import read_line
from infusion_visits.vault.certificates import Signatory
from infusion_visits.visits import actions as visit_actions
from infusion_visits.visits import charting
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import list_visits, load_record
from infusion_visits.visits.rules.everything import all_findings
from infusion_visits.visits.signed_note import AddendumKind
from infusion_visits.visits.signing import load_file

LEAD_DAYS = 3
SECONDS_A_FIELD = 2
PAUSE_MINUTES = 20
OFFICE_OPENS = "08:00"


@dataclass
class Teller:
    """What a story needs to be lived through. `names` are the rows that entries have named."""

    record: OpenRecord
    clock: SteppingClock
    ids: Ids
    zone: str
    today: date
    members: Mapping[str, Who]
    signatories: Mapping[str, Signatory]
    names: dict[str, Row] = field(default_factory=dict)
    patients: dict[str, UUID] = field(default_factory=dict)
    orders: dict[str, UUID] = field(default_factory=dict)
    visits: dict[str, UUID] = field(default_factory=dict)
    shift: timedelta = timedelta(0)

    @contextmanager
    def unit(self, member: str = "nurse") -> Iterator[UnitOfWork]:
        """One act of a member, committed."""
        with self.new_unit(member) as unit:
            yield unit
            unit.commit()

    def new_unit(self, member: str = "nurse") -> UnitOfWork:
        """A unit for an act that commits by itself."""
        who = self.members[member].id
        return UnitOfWork(self.record.engine, who, self.clock, self.ids, self.zone)

    def when(self, visit: Visit, zone: str) -> datetime:
        """The instant at which a visit is planned."""
        return wall_instant(self.today, visit.day, visit.at, zone)

    def tell(self, stories: tuple[Story, ...]) -> None:
        """Lives through all stories in the order of time."""
        acts: list[tuple[datetime, Callable[[], None]]] = []
        for story in stories:
            first = min(visit.day for visit in story.visits) - LEAD_DAYS
            acts.append((self._office(first, story), partial(self._admit, story)))
            acts += [
                (self._office(order.day, story), partial(self._order_later, story, order))
                for order in story.orders
                if order.day is not None
            ]
            acts += [
                (self._office(one.day, story), partial(self._write_later, story, one))
                for one in story.later
            ]
            for visit in story.visits:
                at = self.when(visit, story.zone)
                acts.append((at, partial(self.live, at, story, visit)))
        for at, act in sorted(acts, key=lambda one: one[0]):
            self.clock.at = max(at, self.clock.at)
            act()

    def _office(self, day: int, story: Story) -> datetime:
        return wall_instant(self.today, day, OFFICE_OPENS, story.zone)

    def _admit(self, story: Story) -> None:
        with self.unit("coordinator") as unit:
            patient = patient_actions.create(unit, story.patient)
            if not isinstance(patient, UUID):
                raise BadFile("story", f"A story has texts that are no values: {patient}")
            self.patients[story.key] = patient
            for group, texts in story.groups:
                accepted(patient_actions.append(unit, patient, Row(group), texts))
            for order in story.orders:
                if order.day is None:
                    self._order(unit, story, order)
        waiting = {order.key for order in story.orders if order.day is not None}
        self._plan_all(story, [one for one in story.visits if one.order not in waiting])

    def _order_later(self, story: Story, order: Order) -> None:
        """An order that came while care went on, and the visits that waited for it."""
        with self.unit("coordinator") as unit:
            self._order(unit, story, order)
        self._plan_all(story, [one for one in story.visits if one.order == order.key])

    def _write_later(self, story: Story, later: Later) -> None:
        """A row of the chart that came while care went on, or a task that was done."""
        if later.done:
            self._tick(story, later.done, "coordinator")
            return
        with self.unit("coordinator") as unit:
            patient = self.patients[story.key]
            accepted(patient_actions.append(unit, patient, Row(later.group), later.fields))

    def _plan_all(self, story: Story, visits: Sequence[Visit]) -> None:
        for visit in visits:
            self._plan(self.when(visit, story.zone), story, visit)

    def _order(self, unit: UnitOfWork, story: Story, order: Order) -> None:
        patient = self.patients[story.key]
        row = accepted(patient_actions.append(unit, patient, Row("therapy_order"), order.fields))
        for group, texts in order.rows:
            accepted(patient_actions.append(unit, patient, Row(group, row.at), texts))
        key = UUID(str(row.at[0]))
        order_actions.use_order(unit, patient, key)
        if order.ends:
            ended = self.orders[f"{story.key}/{order.ends}"]
            order_actions.end_order(unit, patient, ended, order.end_reason)
        self.orders[f"{story.key}/{order.key}"] = key

    def _plan(self, at: datetime, story: Story, visit: Visit) -> None:
        self.clock.forward(seconds=SECONDS_A_FIELD)
        with self.unit("coordinator") as unit:
            self.visits[f"{story.key}/{visit.key}"] = visit_actions.schedule(
                unit,
                self.patients[story.key],
                VisitKind(visit.kind),
                at,
                story.zone,
                order=self.orders.get(f"{story.key}/{visit.order}"),
                nurse=self.members[visit.nurse].id,
            )

    def live_new(self, story: Story, visit: Visit, latest: datetime) -> tuple[UUID, bytes]:
        """One more visit of a story, after all that took place; its id and its finished note.

        It is the one that is planned for that time, or a new one where that has taken place.
        """
        planned = self.when(visit, story.zone)
        at = max(planned, latest + timedelta(minutes=PAUSE_MINUTES))
        self.shift = at - planned
        self.clock.at = at - timedelta(minutes=PAUSE_MINUTES / 2)
        with self.unit() as unit:
            self._find(unit, story, visit, planned)
        if f"{story.key}/{visit.key}" not in self.visits:
            self._plan(at, story, visit)
        self.live(at, story, visit)
        key = self.visits[f"{story.key}/{visit.key}"]
        with self.unit() as unit:
            return key, load_file(unit, key)

    def _find(self, unit: UnitOfWork, story: Story, visit: Visit, planned: datetime) -> None:
        """The patient in an agency that was made before, with orders and the planned visit."""
        patient = search(unit, story.patient["family"], 1)[0].id
        chart = load_chart(unit, patient)
        self.patients[story.key] = patient
        for told in story.orders:
            order = next(o for o in chart.therapy_order if o.drug == told.fields["drug"])
            self.orders[f"{story.key}/{told.key}"] = UUID(str(order.mark.row.at[0]))
        for line in list_visits(unit, patient=patient):
            if line.status is VisitStatus.SCHEDULED and line.scheduled == planned:
                self.visits[f"{story.key}/{visit.key}"] = line.id

    def live(self, at: datetime, story: Story, visit: Visit) -> None:
        """One visit, as far as its story goes."""
        key = self.visits[f"{story.key}/{visit.key}"]
        if visit.end in {"scheduled", "live"}:
            return
        self.clock.at = max(at, self.clock.at)
        if visit.end in {"missed", "cancelled"}:
            with self.unit(visit.nurse) as unit:
                if visit.end == "missed":
                    visit_actions.miss(unit, key, visit.reason, visit.told)
                else:
                    visit_actions.cancel(unit, key, visit.reason)
            return
        with self.unit(visit.nurse) as unit:
            visit_actions.start(unit, key)
        for entry in visit.entries:
            self._chart(at, key, story, visit, entry)
        for words in visit.tasks_done:
            self._tick(story, words, visit.nurse)
        for finding, reason in visit.overrides.items():
            with self.unit(visit.nurse) as unit:
                charting.override(unit, key, finding, _words_of(unit, key, finding), reason)
        if visit.end == "started":
            return
        self.clock.forward(minutes=1)
        with self.unit(visit.nurse) as unit:
            visit_actions.complete(unit, key)
        if visit.end == "signed":
            self._sign(key, visit.nurse)
        if visit.addendum:
            self._add(key, visit)

    def _tick(self, story: Story, words: str, member: str) -> None:
        with self.unit(member) as unit:
            for task in load_chart(unit, self.patients[story.key]).task:
                if words in (task.what or "") and task.done_at is None:
                    patient_actions.complete_task(unit, UUID(str(task.mark.row.at[0])))

    def _sign(self, visit: UUID, member: str) -> None:
        self.clock.forward(minutes=4)
        note_file.sign(
            lambda: self.new_unit(member),
            visit,
            self.signatories[member],
            self.members[member],
            self.clock,
        )

    def _add(self, visit: UUID, told: Visit) -> None:
        self.clock.forward(minutes=int(told.addendum["after_minutes"]))
        note_file.add(
            lambda: self.new_unit(told.nurse),
            visit,
            AddendumKind(told.addendum["kind"]),
            told.addendum["words"],
            (),
            self.signatories[told.nurse],
            self.members[told.nurse],
            self.clock,
        )

    def _chart(self, start: datetime, visit: UUID, story: Story, told: Visit, entry: Entry) -> None:
        at = wall_instant(self.today, told.day, entry.at, story.zone) + self.shift
        if at < start - timedelta(hours=1):
            at += timedelta(days=1)
        self.clock.at = max(at, self.clock.at)
        texts = self._texts(story, entry, at)
        with self.unit(told.nurse) as unit:
            row = self._row_of(unit, visit, story, entry, texts)
            for name, reason in entry.not_done.items():
                cell = Cell(entry.section, row, name)
                charting.not_done(unit, visit, cell, NotDoneReason(reason))
        name = entry.name or (INFUSION if entry.group == INFUSION else "")
        if name:
            self.names[f"{story.key}/{name}"] = row
        self.clock.forward(seconds=SECONDS_A_FIELD * len(texts))

    def _texts(self, story: Story, entry: Entry, at: datetime) -> Mapping[str, str]:
        """The texts of an entry; `$name` becomes the id of the row of that name."""
        if entry.vitals:
            line = f"{entry.vitals} @{local(at, story.zone):%H:%M}"
            read = read_line(line, Sense(self.clock.now(), story.zone, {}), {})
            if not read.ready:
                raise BadFile("story", f"A story has vital signs that cannot be: {line}")
            return read.texts
        return {
            name: str(self._row(story, text[1:]).at[-1]) if text.startswith("$") else text
            for name, text in entry.fields.items()
        }

    def _row_of(
        self, unit: UnitOfWork, visit: UUID, story: Story, entry: Entry, texts: Mapping[str, str]
    ) -> Row:
        at = tuple(key for name in entry.under for key in self._row(story, name).at)
        return accepted(charting.append(unit, visit, entry.section, Row(entry.group, at), texts))

    def _row(self, story: Story, name: str) -> Row:
        """The row of a name: a number, an order, or what an entry was named."""
        if name.isdigit():
            return Row("", (int(name),))
        order = self.orders.get(f"{story.key}/{name}")
        return Row("", (order,)) if order else self.names[f"{story.key}/{name}"]


def _words_of(unit: UnitOfWork, visit: UUID, finding: str) -> str:
    """The words that the stop has now, as page one prints them beside the reason."""
    record = load_record(unit, visit)
    found = all_findings(record, facts_of(record, unit.now))
    return next((one.words for one in found if one.key == finding), finding)


def accepted(made: Any) -> Row:
    """The row that was written. Raises BadFile with the words where a text was no value."""
    if isinstance(made, tuple) and isinstance(made[0], Row):
        return made[0]
    raise BadFile("story", f"A story has texts that are no values: {made}")
