"""One infusion whose start is asked about, and how a stop of it is said."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.sections.infusion.figures import Figures, figures_for
from infusion_visits.sections.infusion.progress import began_at
from infusion_visits.sections.infusion.rules import acts_of, order_of

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.patients.facts import Facts, LineFact, OrderFact, TherapyFact
    from infusion_visits.sections.infusion.values import InfusionGiven
    from infusion_visits.visits.record import VisitRecord


class Start:
    """One infusion (None: not set up yet) that starts, or started, at `at`."""

    def __init__(
        self,
        record: VisitRecord,
        facts: Facts,
        one: InfusionGiven | None,
        at: datetime,
        *,
        first: bool,
    ) -> None:
        self.record = record
        self.facts = facts
        self.one = one
        self.at = at
        self.subject = "" if first or one is None else one.mark.row.path()

    @cached_property
    def began(self) -> bool:
        """Whether it has already been started."""
        return self.one is not None and began_at(acts_of(self.one)) is not None

    @cached_property
    def order(self) -> OrderFact | None:
        """The order it goes by."""
        return self.facts.order if self.one is None else order_of(self.one, self.facts)

    @property
    def therapy(self) -> TherapyFact | None:
        """What the catalogue says of it; None where it says nothing."""
        return self.order.therapy if self.order else None

    @cached_property
    def line(self) -> LineFact | None:
        """The line it goes through: the one chosen, else the only one for infusions."""
        if self.one is not None and self.one.device_id is not None:
            return self.facts.line(self.one.device_id)
        usable = [line for line in self.facts.lines if line.in_place and line.for_infusion]
        return usable[0] if len(usable) == 1 else None

    @cached_property
    def figures(self) -> Figures:
        """The figures in force."""
        return figures_for(self.facts)

    def stop(
        self,
        code: str,
        words: str,
        *,
        field: str = "order_id",
        detail: str = "",
        row: Row | None = None,
        part: str = "",
        do_first: bool = False,
    ) -> Finding:
        """A stop at the start. `row` is that of a product; `part` keeps two of one code apart."""
        subject = "/".join(text for text in (row.path() if row else self.subject, part) if text)
        own = row or (self.one.mark.row if self.one else Row("infusion"))
        return Finding(
            code=f"start.{code}",
            level=Level.STOP,
            words=words,
            section="infusion",
            cell=Cell("infusion", own, field),
            gate=Gate.START,
            detail=detail,
            subject=subject,
            do_first=do_first,
        )

    def advice(self, code: str, words: str, *, field: str, detail: str = "") -> Finding:
        """Something to know before the start, inline."""
        row = self.one.mark.row if self.one else Row("infusion")
        return Finding(
            code=f"start.{code}",
            level=Level.ADVICE,
            words=words,
            section="infusion",
            cell=Cell("infusion", row, field),
            detail=detail,
            subject=self.subject,
        )
