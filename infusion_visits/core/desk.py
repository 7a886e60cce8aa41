"""What a panel is given to work with: one value, so that a form knows no database and no window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from infusion_visits.core.kinds import NotDoneReason, StrikeReason

Unit = TypeVar("Unit")
Unit_co = TypeVar("Unit_co", covariant=True)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Who:
    """A member as others see them: who wrote, who signs."""

    id: UUID
    name: str
    credential: str
    role: str

    @property
    def signed_name(self) -> str:
        """`Ines Halvorsen, RN, CRNI`."""
        return f"{self.name}, {self.credential}" if self.credential else self.name


class Progress(Protocol):
    """How long work tells how far it is; raises Cancelled when the user said no."""

    def __call__(self, done: int, of: int, words: str = "") -> None: ...


class Work(Protocol):
    """Work under way."""

    def cancel(self) -> None:
        """Asks the work to end at its next progress call."""


class Run(Protocol[Unit_co]):
    """The one worker path: frozen values in and out, results come back on the interface thread."""

    def save(
        self,
        work: Callable[[Unit_co], Result],
        then: Callable[[Result], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """A field save: like `act`, but before all acts that wait."""

    def act(
        self,
        work: Callable[[Unit_co], Result],
        then: Callable[[Result], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Runs `work` in a UnitOfWork on the database lane and commits it, before all long work."""

    def new_unit(self) -> Unit_co:
        """A unit for long work that commits slice by slice; its writes wait for their turn."""

    def long(
        self,
        work: Callable[[Progress], Result],
        then: Callable[[Result], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        progress: Progress | None = None,
    ) -> Work:
        """Runs `work` on the io lane (PDF, FHIR, files)."""


class Report(Protocol):
    """The one place that speaks to the user about errors."""

    def __call__(self, error: BaseException) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A screen to open: `patient`, `visit`, `section`, `note`, `today`, `settings`, with its id."""

    screen: str
    id: UUID | None = None
    section: str = ""
    cell: Cell | None = None


class Open(Protocol):
    """Goes to a place in the window."""

    def __call__(self, place: Place) -> None: ...


@dataclass(frozen=True)
class Desk(Generic[Unit]):
    """Everything a panel may ask of the house."""

    run: Run[Unit]
    report: Report
    clock: Clock
    member: Who
    open: Open


class VisitDesk(Protocol):
    """A desk bound to one visit: what a section's form may do. The workspace implements it."""

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text, kept as draft text after 800 ms and at least every 2 s."""

    def record(self, cell: Cell, text: str) -> str | None:
        """The field is left: parse, show, save. Returns the words when it cannot be a value."""

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """The required thing was not done."""

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row below `row` (its group and the keys of its parents). Words when refused."""

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a mistaken row out."""

    def override(self, finding: str, reason: str) -> None:
        """Goes past a stop that may be overridden; prints on page one."""

    @property
    def desk(self) -> Desk[Any]:
        """The desk beneath."""
