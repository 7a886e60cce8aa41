"""Drives a story through the program's own actions, as a nurse would, on a clock that it moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from infusion_visits.app.demo.stories import Entry, Story, Visit, wall_instant
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.desk import Who
from infusion_visits.core.errors import BadFile
from infusion_visits.core.fields import NotAValue
from infusion_visits.core.ids import Ids
from infusion_visits.core.kinds import NotDoneReason, VisitKind
from infusion_visits.core.writing import tidy
from infusion_visits.exchange import note_file
from infusion_visits.patients import actions as patient_actions
from infusion_visits.patients import order_actions
from infusion_visits.patients.queries import load_chart, search
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.sections.stores import STORES
from infusion_visits.vault.signatures import SigningKey
from infusion_visits.visits import actions as visit_actions
from infusion_visits.visits import charting
from infusion_visits.visits.signed_note import AddendumKind
from infusion_visits.visits.signing import load_file

LEAD_DAYS = 3
SECONDS_A_FIELD = 4
PAUSE_MINUTES = 20


@dataclass
class Teller:
    """What a story needs to be lived through. `names` are the rows that entries have named."""

    engine: Engine
    clock: SteppingClock
    ids: Ids
    zone: str
    today: date
    members: Mapping[str, Who]
    keys: Mapping[str, SigningKey]
    names: dict[str, Row] = field(default_factory=dict)
    patients: dict[str, UUID] = field(default_factory=dict)
    orders: dict[str, UUID] = field(default_factory=dict)
    visits: dict[str, UUID] = field(default_factory=dict)
    shift: timedelta = timedelta(0)

    @contextmanager
    def unit(self, member: str = "nurse") -> Iterator[UnitOfWork]:
        """One act of a member, committed."""
        with UnitOfWork(
            self.engine, self.members[member].id, self.clock, self.ids, self.zone
        ) as unit:
            yield unit
            unit.commit()

    def new_unit(self, member: str = "nurse") -> UnitOfWork:
        """A unit for an act that commits by itself."""
        return UnitOfWork(self.engine, self.members[member].id, self.clock, self.ids, self.zone)

    def when(self, visit: Visit, zone: str) -> datetime:
        """The instant at which a visit is planned."""
        return wall_instant(self.today, visit.day, visit.at, zone)

    def tell(self, stories: tuple[Story, ...]) -> None:
        """Lives through all stories in the order of time."""
        first = min(self.when(visit, story.zone) for story in stories for visit in story.visits)
        self.clock.at = min(self.clock.at, first - timedelta(days=LEAD_DAYS))
        for story in stories:
            self._admit(story)
        told = sorted(
            (
                (self.when(visit, story.zone), story, visit)
                for story in stories
                for visit in story.visits
            ),
            key=lambda one: one[0],
        )
        for at, story, visit in told:
            self._plan(at, story, visit)
        for at, story, visit in told:
            self.live(at, story, visit)

    def _admit(self, story: Story) -> None:
        with self.unit() as unit:
            patient = patient_actions.create(unit, story.patient)
            if not isinstance(patient, UUID):
                raise BadFile("story", f"A story has texts that are no values: {sorted(patient)}")
            self.patients[story.key] = patient
            for group, texts in story.groups:
                _accepted(patient_actions.append(unit, patient, Row(group), texts))
            for order in story.orders:
                self._order(unit, story, patient, order)

    def _order(
        self, unit: UnitOfWork, story: Story, patient: UUID, order: Mapping[str, Any]
    ) -> None:
        row = _accepted(
            patient_actions.append(unit, patient, Row("therapy_order"), order["fields"])
        )
        for child in ("rate_step", "premedication"):
            for texts in order.get(child, ()):
                _accepted(patient_actions.append(unit, patient, Row(child, row.at), texts))
        key = row.at[0]
        if not isinstance(key, UUID):
            raise TypeError("an order is keyed by its id")
        order_actions.use_order(unit, patient, key)
        self.orders[f"{story.key}/{order['key']}"] = key

    def _plan(self, at: datetime, story: Story, visit: Visit) -> None:
        self.clock.forward(seconds=SECONDS_A_FIELD)
        with self.unit() as unit:
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
        """One more visit of a story, after all that took place; its id and its finished note."""
        with self.unit() as unit:
            self._find(unit, story)
        planned = self.when(visit, story.zone)
        at = max(planned, latest + timedelta(minutes=PAUSE_MINUTES))
        self.shift = at - planned
        self.clock.at = at - timedelta(minutes=PAUSE_MINUTES / 2)
        self._plan(at, story, visit)
        self.live(at, story, visit)
        key = self.visits[f"{story.key}/{visit.key}"]
        with self.unit() as unit:
            return key, load_file(unit, key)

    def _find(self, unit: UnitOfWork, story: Story) -> None:
        """The patient of a story in an agency that was made before, with orders and lines."""
        line = search(unit, story.patient["family"], 1)[0]
        chart = load_chart(unit, line.id)
        self.patients[story.key] = line.id
        for told in story.orders:
            order = next(o for o in chart.therapy_order if o.drug == told["fields"]["drug"])
            self.orders[f"{story.key}/{told['key']}"] = order.id

    def live(self, at: datetime, story: Story, visit: Visit) -> None:
        """One visit, as far as its story goes."""
        key = self.visits[f"{story.key}/{visit.key}"]
        if visit.end == "scheduled":
            return
        self.clock.at = max(at, self.clock.at)
        if visit.end in {"missed", "cancelled"}:
            act = visit_actions.miss if visit.end == "missed" else visit_actions.cancel
            with self.unit(visit.nurse) as unit:
                act(unit, key, visit.reason)
            return
        with self.unit(visit.nurse) as unit:
            visit_actions.start(unit, key)
        for entry in visit.entries:
            self._chart(at, key, story, visit, entry)
        for finding, reason in (visit.overrides or {}).items():
            with self.unit(visit.nurse) as unit:
                charting.override(unit, key, finding, finding, reason)
        if visit.end == "started":
            return
        self.clock.forward(minutes=2)
        with self.unit(visit.nurse) as unit:
            visit_actions.complete(unit, key)
        if visit.end == "signed":
            self.sign(key, visit.nurse)
        if visit.addendum:
            self._add(key, visit)

    def sign(self, visit: UUID, member: str = "nurse") -> None:
        """The member signs a completed visit."""
        self.clock.forward(minutes=1)
        note_file.sign(
            lambda: self.new_unit(member),
            visit,
            self.keys[member],
            self.members[member],
            self.clock,
        )

    def _add(self, visit: UUID, told: Visit) -> None:
        addendum = told.addendum or {}
        self.clock.forward(minutes=int(addendum.get("after_minutes", "45")))
        note_file.add(
            lambda: self.new_unit(told.nurse),
            visit,
            AddendumKind(addendum["kind"]),
            addendum["words"],
            (),
            self.keys[told.nurse],
            self.members[told.nurse],
            self.clock,
        )

    def _chart(self, start: datetime, visit: UUID, story: Story, told: Visit, entry: Entry) -> None:
        at = wall_instant(self.today, told.day, entry.at, story.zone) + self.shift
        if at < start - timedelta(hours=1):
            at += timedelta(days=1)
        self.clock.at = max(at, self.clock.at)
        group = STORES[entry.section].group(entry.group)
        parents = tuple(key for name in entry.under for key in self._row(story, name).at)
        texts = {name: self._meant(story, text) for name, text in entry.fields.items()}
        with self.unit(told.nurse) as unit:
            if group.rows.single or group.rows.keyed_by or len(parents) == len(group.keys):
                row = Row(entry.group, parents)
                for name, text in texts.items():
                    _value(charting.record(unit, visit, Cell(entry.section, row, name), text))
            else:
                made = charting.append(unit, visit, entry.section, Row(entry.group, parents), texts)
                row = _accepted(made)
            for name, reason in (entry.not_done or {}).items():
                charting.not_done(
                    unit, visit, Cell(entry.section, row, name), NotDoneReason(reason)
                )
        if entry.name:
            self.names[f"{story.key}/{entry.name}"] = row
        self.clock.forward(seconds=SECONDS_A_FIELD * max(1, len(texts)))

    def _row(self, story: Story, name: str) -> Row:
        if name.isdigit():
            return Row("", (int(name),))
        if name.startswith("order:"):
            return Row("", (self.orders[f"{story.key}/{name[6:]}"],))
        return self.names[f"{story.key}/{name}"]

    def _meant(self, story: Story, text: str) -> str:
        if not text.startswith("$"):
            return tidy(text, many_lines=True)
        return str(self._row(story, text[1:]).at[-1])


def _value(found: Any) -> None:
    if isinstance(found, NotAValue):
        raise BadFile("story", f"A story has a text that is no value: {found.words}")


def _accepted(made: Any) -> Row:
    if isinstance(made, Row):
        return made
    if isinstance(made, tuple) and isinstance(made[0], Row):
        return made[0]
    raise BadFile("story", f"A story has texts that are no values: {made}")
