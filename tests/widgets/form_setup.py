"""A made-up form with every kind of field, its values, and desks that only remember."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.fields import (
    Choice,
    Day,
    Grade,
    Ink,
    Many,
    NotAValue,
    Number,
    Option,
    Owner,
    Ref,
    RefTo,
    Rows,
    Sense,
    Shown,
    Text,
    When,
    YesNo,
    group_named,
)
from infusion_visits.core.kinds import NotDoneReason, StrikeReason, VisitKind
from infusion_visits.core.marks import Mark, NotDone, Struck
from infusion_visits.core.units import CELSIUS, FAHRENHEIT, MMHG

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
ZONE = "America/Chicago"
LINES = (
    UUID("01935000-0000-7000-8000-000000000001"),
    UUID("01935000-0000-7000-8000-000000000002"),
)
DRUGS = tuple(
    Option(key, label)
    for key, label in (
        ("paracetamol", "Paracetamol"),
        ("diphenhydramine", "Diphenhydramine"),
        ("dexamethasone", "Dexamethasone"),
        ("ondansetron", "Ondansetron"),
        ("famotidine", "Famotidine"),
        ("heparin", "Heparin flush"),
        ("saline", "Saline flush"),
    )
)

CHECK = Rows(
    name="line_look",
    label="At the visit",
    single=True,
    fields=(
        YesNo(name="identified", label="Two identifiers", required=True),
        Text(name="comment", label="Comment", help="What the next nurse should know"),
        Text(name="story", label="What happened", lines=3),
        Choice(
            name="mood",
            label="Condition",
            options=(
                Option("stable", "Stable"),
                Option("worse", "Worse"),
                Option("better", "Better"),
            ),
            required=frozenset({VisitKind.ROUTINE_INFUSION}),
        ),
        Text(name="why_worse", label="What is worse", shown=Shown("mood", ("worse",))),
        Choice(name="drug", label="Premedication", options=DRUGS),
        Grade(
            name="phlebitis",
            label="Phlebitis",
            scale="INS 0 to 4",
            options=tuple(Option(str(n), str(n), f"grade {n} in words") for n in range(5)),
        ),
        Many(
            name="signs",
            label="Signs at the site",
            options=(Option("red", "Redness"), Option("swell", "Swelling"), Option("pain", "Pain")),
        ),
        Number(
            name="temperature",
            label="Temperature",
            units=(CELSIUS, FAHRENHEIT),
            decimals=1,
            low=Decimal(25),
            high=Decimal(45),
        ),
        Number(name="systolic", label="Systolic", units=(MMHG,), high=Decimal(300), required=True),
        When(name="arrived", label="Arrived"),
        Day(name="due", label="Due on"),
        Ref(name="line", label="Line", to=RefTo.DEVICE),
        Ink(name="ink", label="Patient signs"),
    ),
)
GIVEN = Rows(
    name="dose_given",
    label="Medicines given",
    add_label="Add a medicine",
    time_field="at",
    fields=(
        When(name="at", label="Given at", required=True),
        Text(name="name", label="Medicine", required=True),
        Number(name="dose", label="Dose", decimals=2),
        Rows(
            name="effect",
            label="Effects seen",
            add_label="Add an effect",
            fields=(Text(name="words", label="Effect"),),
        ),
    ),
)
LOOK = Rows(
    name="site_look",
    label="Each line",
    keyed_by="device",
    add_label="Check",
    fields=(
        Ref(name="device", label="Line", to=RefTo.DEVICE),
        YesNo(name="intact", label="Dressing intact", required=True),
    ),
)
ROWS = (CHECK, GIVEN, LOOK)
PATIENT_ROWS = (
    Rows(
        name="reaction",
        label="Allergies",
        owner=Owner.PATIENT,
        own_id=True,
        add_label="Add an allergy",
        fields=(Text(name="substance", label="Substance", required=True),),
    ),
)


@dataclass(frozen=True, slots=True)
class Check:
    mark: Mark
    identified: bool | None = None
    comment: str | None = None
    story: str | None = None
    mood: str | None = None
    why_worse: str | None = None
    drug: str | None = None
    phlebitis: str | None = None
    signs: tuple[str, ...] | None = None
    temperature: Decimal | None = None
    systolic: Decimal | None = None
    arrived: datetime | None = None
    due: date | None = None
    line: UUID | None = None
    ink: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    mark: Mark
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    mark: Mark
    at: datetime | None = None
    name: str | None = None
    dose: Decimal | None = None
    effect: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    mark: Mark
    device: UUID | None = None
    intact: bool | None = None


@dataclass(frozen=True, slots=True)
class Values:
    line_look: Check | None = None
    dose_given: tuple[Given, ...] = ()
    site_look: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class Reaction:
    mark: Mark
    substance: str | None = None


@dataclass(frozen=True, slots=True)
class PatientValues:
    reaction: tuple[Reaction, ...] = ()


@dataclass(frozen=True)
class Told:
    """What the form is told of the visit."""

    now: datetime = NOW
    zone: str = ZONE
    people: Mapping[UUID, str] = field(default_factory=dict)
    kind: VisitKind = VisitKind.ROUTINE_INFUSION


def sense() -> Sense:
    return Sense(NOW, ZONE, {"temperature": "[degF]"})


def ref_options(_leaf: Ref, _row: Row) -> Sequence[Option]:
    return (Option(str(LINES[0]), "PICC, left arm"), Option(str(LINES[1]), "Port, right chest"))


class RememberingDesk:
    """A patient's desk: no "not done", no override. Remembers; refuses what is no value."""

    def __init__(self, rows: tuple[Rows, ...] = PATIENT_ROWS) -> None:
        self.rows = rows
        self.typed: list[tuple[Cell, str]] = []
        self.recorded: list[tuple[Cell, str]] = []
        self.appended: list[tuple[Row, dict[str, str]]] = []
        self.struck: list[tuple[Row, StrikeReason]] = []

    def typing(self, cell: Cell, text: str) -> None:
        self.typed.append((cell, text))

    def record(self, cell: Cell, text: str) -> str | None:
        read = group_named(self.rows, cell.row.group).leaf(cell.field).parse(text, sense())
        self.recorded.append((cell, text))
        return read.words if isinstance(read, NotAValue) else None

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        self.appended.append((row, dict(texts)))
        return None

    def strike(self, row: Row, reason: StrikeReason) -> None:
        self.struck.append((row, reason))


class VisitRemembers(RememberingDesk):
    """A visit's desk over the form above."""

    def __init__(self) -> None:
        super().__init__(ROWS)
        self.undone: list[tuple[Cell, NotDoneReason, str]] = []
        self.overridden: list[tuple[str, str]] = []

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        self.undone.append((cell, reason, words))

    def override(self, finding: str, reason: str) -> None:
        self.overridden.append((finding, reason))


CHECK_ROW = Row("line_look")


def check(**answers: Any) -> Check:
    return Check(mark=Mark(CHECK_ROW), **answers)


def given(number: int, name: str, **more: Any) -> Given:
    at = NOW - timedelta(minutes=10 * number)
    mark = Mark(Row("dose_given", (number,)), at=at, entered_at=at)
    return Given(mark=mark, at=at, name=name, **more)


def struck_given(number: int, name: str) -> Given:
    row = given(number, name)
    struck = Struck(NOW, LINES[0], StrikeReason.DUPLICATE)
    return replace(row, mark=replace(row.mark, struck=struck))


def undone_check() -> Check:
    refused = {"systolic": NotDone(NotDoneReason.REFUSED, "asleep")}
    return Check(mark=Mark(CHECK_ROW, not_done=refused))


def cell(name: str, row: Row = CHECK_ROW) -> Cell:
    return Cell("demo", row, name)
