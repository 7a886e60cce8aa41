"""What a reaction shuts and asks: no restart without a grade, an order, or at all; its watching.

Sources: clinical reference 1.1 (hold rule: G1 slow or hold; G2 hold and restart with order at half
the rate, 30 minutes before a step; G3 and 4 or anaphylaxis locked for the visit), 3.6, 4.2.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.moments import show_minutes, show_time
from infusion_visits.core.units import with_unit
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.rules import catalogue_of, steps_of
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.fields import RESUME
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.visits.pump_at_reaction import RESUMED, SLOWED, restart_rate
from infusion_visits.visits.reaction import ANAPHYLAXIS, reactions_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.reaction import Reaction
    from infusion_visits.visits.record import VisitRecord

SECTION = "complications"
EPINEPHRINE_NOW = "Give epinephrine now. Call 911."
_GATES = (Gate.START, Gate.STEP, Gate.RESUME)
GAPS = 3
"""Vital signs missing for this many times their interval are told."""


def reaction_findings(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """Everything that the reactions of this visit shut, ask for, and tell."""
    for one in reactions_of(record, facts):
        case = _Case(one, facts)
        yield from case.locks()
        yield from case.before_restart()
        yield from case.after_restart()
        yield from case.treatment()
        yield from case.watching()


class _Case:
    def __init__(self, one: Reaction, facts: Facts) -> None:
        self.one, self.facts = one, facts
        self.figures = figures_for(facts)

    def finding(
        self,
        code: str,
        level: Level,
        words: str,
        *,
        gate: Gate = Gate.SIGN,
        overridable: bool = False,
        detail: str = "",
        response: str = "",
        at: datetime | None = None,
        field: str = "what",
        subject: str = "",
    ) -> Finding:
        return Finding(
            code=f"reaction.{code}",
            level=level,
            words=words,
            section=SECTION,
            cell=self.cell(field),
            gate=gate,
            overridable=overridable,
            detail=detail,
            response=response,
            at=at or self.one.since,
            subject=subject or str(self.one.key),
        )

    def cell(self, field: str) -> Cell:
        """Where it leads: the complication, or the grade of what was noticed last."""
        if field != "grade":
            return Cell(SECTION, Row("complication", (self.one.key,)), field)
        noticed = [step for step in steps_of(self.one.value) if step.kind == of.NOTICED]
        row = noticed[-1].mark.row if noticed else Row("complication_step", (self.one.key, 1))
        return Cell(SECTION, row, field)

    def locks(self) -> Iterator[Finding]:
        """From grade 3 on, or when the criteria are met: nothing goes on at this visit.

        The section itself shuts the gates by the nurse's grade and by the name; here stands what
        the criteria shut though it was not named yet.
        """
        one = self.one
        if not one.anaphylaxis or one.value.what == ANAPHYLAXIS:
            return
        first = EPINEPHRINE_NOW if self._no_epinephrine else ""
        for gate in _GATES:
            yield self.finding(
                f"locked_{gate.value}",
                Level.STOP,
                f"{one.criteria.words}. The infusion does not go on at this visit.",
                gate=gate,
                detail=f"{first} Per agency protocol.".strip(),
            )
        yield self.finding(
            "criteria",
            Level.ALERT,
            one.criteria.words,
            detail="WAO 2020. The infusion does not go on at this visit.",
        )
        yield self.finding(
            "not_named", Level.ADVICE, "The anaphylaxis criteria are met: chart it as anaphylaxis."
        )

    @property
    def _no_epinephrine(self) -> bool:
        given = self.one.medicines
        return not any("epinephrine" in (one.medicine or "").casefold() for one in given)

    def before_restart(self) -> Iterator[Finding]:
        """A restart waits for the grade, and from grade 2 on for an order that was read back."""
        one = self.one
        if one.locked or not one.under_way:
            return
        if not one.graded:
            for gate in (Gate.RESUME, Gate.START, Gate.STEP):
                yield self.finding(
                    f"ungraded_{gate.value}",
                    Level.STOP,
                    "A reaction is open: grade it first.",
                    gate=gate,
                    field="grade",
                )
        elif one.needs_order and one.ordered_at is None:
            yield self.finding(
                "no_order",
                Level.STOP,
                "Grade 2: a restart needs the prescriber's order, read back.",
                gate=Gate.RESUME,
                overridable=True,
                detail="Per agency protocol.",
                subject=f"{one.key}/{one.noticed:%H%M}",
            )

    def after_restart(self) -> Iterator[Finding]:
        """No step in the first 30 minutes after a restart, and no more than half the rate."""
        one, share = self.one, self.figures.restart_share
        if one.infusion is None or one.decision != RESUMED or one.decided_at is None:
            return
        minutes = self.figures.after_restart_minutes
        until = one.decided_at + timedelta(minutes=minutes)
        acts = acts_of(one.infusion)
        if self.facts.now < until and acts and not self._ended:
            yield self.finding(
                "step_too_soon",
                Level.STOP,
                f"After a reaction at least {show_minutes(minutes)} at the restart rate: "
                f"step from {show_time(until, self.facts.zone)}.",
                gate=Gate.STEP,
                overridable=True,
                detail="Per agency protocol.",
                at=one.decided_at,
                subject=f"{one.key}/{one.decided_at:%H%M}",
            )
        if one.onset_rate is None or one.resumed_rate is None:
            return
        most = restart_rate(one.onset_rate, Decimal(share.numerator) / share.denominator)
        event = next((act.event for act in reversed(acts) if act.kind == RESUME), None)
        if most is not None and one.resumed_rate > one.onset_rate * share.numerator / (
            Decimal(share.denominator)
        ):
            yield self.finding(
                "restart_too_fast",
                Level.ALERT,
                f"Resumed at {with_unit(one.resumed_rate, 'mL/h')} after a reaction at "
                f"{with_unit(one.onset_rate, 'mL/h')}",
                detail=f"At most {with_unit(most, 'mL/h')}, per agency protocol.",
                response=(event.why or "") if event else "",
                at=one.decided_at,
            )

    @property
    def _ended(self) -> bool:
        acts = acts_of(self.one.infusion) if self.one.infusion else ()
        return bool(acts) and acts[-1].state.value in {"ended", "left running"}

    def treatment(self) -> Iterator[Finding]:
        """Anaphylaxis without epinephrine is asked about before signing."""
        if self.one.anaphylaxis and self._no_epinephrine:
            yield self.finding(
                "no_epinephrine",
                Level.STOP,
                "Anaphylaxis: no epinephrine is charted.",
                overridable=True,
                detail=f"{EPINEPHRINE_NOW} Per agency protocol.",
            )

    def watching(self) -> Iterator[Finding]:
        """Vital signs every 5 minutes: due now, and gaps of which the note tells."""
        one, facts = self.one, self.facts
        every = catalogue_of(facts).reaction.vitals_minutes
        due = one.vitals_due
        if due is not None and facts.now > due + timedelta(minutes=1):
            late = int((facts.now - due).total_seconds() // 60)
            yield self.finding(
                "vitals_due",
                Level.ADVICE,
                f"Vital signs due {show_time(due, facts.zone)}, {show_minutes(late)} late.",
                detail=f"Every {show_minutes(every)} during a reaction, per agency protocol.",
            )
        gap = self._longest_gap()
        if gap is not None and gap > timedelta(minutes=GAPS * every):
            minutes = int(gap.total_seconds() // 60)
            yield self.finding(
                "vitals_gap",
                Level.ALERT,
                f"Reaction: no vital signs for {show_minutes(minutes)}",
                detail=f"Every {show_minutes(every)} during a reaction, per agency protocol.",
            )

    def _longest_gap(self) -> timedelta | None:
        """From when it was noticed to the decision, its end, or now; slower is no end of it."""
        one = self.one
        decided = None if one.decision == SLOWED else one.decided_at
        end = decided or one.ended or self.facts.departed or self.facts.now
        times = [at for at in (v.at for v in one.vitals) if at is not None and at <= end]
        points = sorted([one.since, *times, max(end, one.since)])
        return max((later - before for before, later in pairwise(points)), default=None)
