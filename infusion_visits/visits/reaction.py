"""The reaction protocol of a visit, worked out from its rows: nothing of it is kept in memory.

A reaction is a complication noticed at this visit. What was seen, graded, given, told and decided
stands in its steps, in the vital signs, in the medicines given and in the acts of the infusion; a
program that ended in the middle comes back to the same place.

Sources: clinical reference 1.1 (hold rule), 3.5 (CTCAE 5), 3.6 (WAO 2020), 4.2 (steps, vital signs
every 5 minutes). Per agency protocol and prescriber's order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.core.scales.anaphylaxis import Criteria, Verdict, anaphylaxis
from infusion_visits.core.scales.anaphylaxis import Reaction as Seen
from infusion_visits.core.scales.catalogue import Suggestion
from infusion_visits.core.scales.reaction import Course, infusion_reaction
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.rules import catalogue_of, is_noticed_here, steps_of
from infusion_visits.sections.complications.rules.grading import all_signs
from infusion_visits.sections.complications.rules.state import (
    State,
    complication_id,
    grade_at_peak,
    state_of,
    told_steps,
)
from infusion_visits.sections.complications.values import Complication, Complications
from infusion_visits.sections.infusion.acts import State as Running
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.fields import RESUME
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.sections.infusion.summary import order_of
from infusion_visits.sections.infusion.values import Infusion, InfusionGiven
from infusion_visits.sections.medicines.fields import AS_REPORTED, PREMEDICATION
from infusion_visits.sections.medicines.rules import standing as standing_medicines
from infusion_visits.sections.medicines.values import MedicineGiven, Medicines
from infusion_visits.sections.vitals.sets import is_empty
from infusion_visits.sections.vitals.sets import standing as standing_sets
from infusion_visits.sections.vitals.values import Vitals, VitalsSet
from infusion_visits.visits.pump_at_reaction import (
    RESUMED,
    SLOWED,
    STOPPED,
    decision_of,
    infusion_of,
    rate_before,
    restart_rate,
    stopped_at,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.values import ComplicationStep
    from infusion_visits.sections.infusion.acts import Act
    from infusion_visits.visits.record import VisitRecord

INFUSION_REACTION, ANAPHYLAXIS = "infusion_reaction", "anaphylaxis"
REACTIONS = (INFUSION_REACTION, ANAPHYLAXIS)
LOCKS_FROM = "3"
ASKS_ORDER_FROM = "2"
SLOWS_AT = "1"
MILD = frozenset(
    {"itching_here", "flushing", "headache", "nausea", "fast_pulse", "slow_pulse", "high_pressure"}
)
GRAVE = frozenset({"collapse", "stridor"})
SHORT_HOLD = timedelta(minutes=15)
"""Held no longer than this, with mild signs and no treatment, a stop is taken as a precaution."""
OTHER_CAUSES = ("inotrope", "opioid_pca")
"""Therapies that lower blood pressure by themselves (clinical reference 3.6)."""
_GRAVITY = (Verdict.NOT_MET, Verdict.POSSIBLE, Verdict.LIKELY)


@dataclass(frozen=True, slots=True)
class Reaction:
    """One reaction of this visit at a moment. Rates mL/h.

    `stopped_at` is when the pump was stopped for it, `running` whether it still runs. `graded` is
    the nurse's gravest grade, "" while she gave none. `decision` is RESUMED, SLOWED, STOPPED or "".
    `vitals_due` is when the next set is due, None once it is resumed, stopped for good or closed.
    `noticed` is when it was noticed last: it may come back after it was better.
    """

    value: Complication
    key: UUID
    since: datetime
    noticed: datetime
    open: bool
    infusion: InfusionGiven | None
    running: bool
    stopped_at: datetime | None
    onset_rate: Decimal | None
    signs: frozenset[str]
    criteria: Criteria
    anaphylaxis: bool
    graded: str
    suggested: Suggestion
    locked: bool
    called_911: datetime | None
    told_at: datetime | None
    ordered_at: datetime | None
    decision: str
    decided_at: datetime | None
    resumed_rate: Decimal | None
    ended: datetime | None
    vitals: tuple[VitalsSet, ...]
    vitals_due: datetime | None
    medicines: tuple[MedicineGiven, ...]
    restart_rate: Decimal | None

    @property
    def under_way(self) -> bool:
        """Open, and neither resumed, slowed down nor stopped for good."""
        return self.open and not self.decision

    @property
    def needs_order(self) -> bool:
        """Whether a restart asks for an order that was read back (grade 2)."""
        return not self.locked and self.graded >= ASKS_ORDER_FROM


def reactions_of(record: VisitRecord, facts: Facts) -> tuple[Reaction, ...]:
    """The reactions noticed at this visit, the first in front; struck ones are none."""
    found = [
        one
        for one in record.of(Complications).complication
        if one.what in REACTIONS and one.mark.struck is None and is_noticed_here(one, facts)
    ]
    found.sort(key=lambda one: (one.noticed_at or facts.now, str(complication_id(one))))
    made: list[Reaction] = []
    for one in found:
        earlier = any(before.decision in {RESUMED, SLOWED} for before in made)
        made.append(_Worked(record, facts, one, earlier=earlier).reaction())
    return tuple(made)


def latest(record: VisitRecord, facts: Facts) -> Reaction | None:
    """The reaction that is worked on: the last one noticed at this visit."""
    found = reactions_of(record, facts)
    return found[-1] if found else None


class _Worked:
    """One complication while its reaction is worked out."""

    def __init__(
        self, record: VisitRecord, facts: Facts, one: Complication, *, earlier: bool
    ) -> None:
        self.record, self.facts, self.one, self.earlier = record, facts, one, earlier
        self.since = one.noticed_at or one.mark.entered_at or facts.now
        self.steps = steps_of(one)
        self.catalogue = catalogue_of(facts)
        self.signs = all_signs(one)
        self.open = state_of(one) is State.OPEN
        times = [step.happened_at for step in self.steps if step.kind == of.NOTICED]
        self.noticed = max([at for at in times if at is not None], default=self.since)
        self.infusion = infusion_of(record.of(Infusion), self.since, one.device_id)
        self.acts: tuple[Act, ...] = acts_of(self.infusion) if self.infusion else ()
        self.stopped = stopped_at(self.acts, self.noticed)
        self.decision, self.decided = decision_of(self.acts, self.noticed)
        if self.decision == SLOWED and (self.named or self._graded() != SLOWS_AT):
            # Only grade 1 goes on slower: anything else waits for its grade and its order.
            self.decision, self.decided = "", None

    def reaction(self) -> Reaction:
        """All of it."""
        one, acts, act = self.one, self.acts, self.decided
        graded = self._graded()
        onset = one.onset_rate or rate_before(acts, self.since)
        share = figures_for(self.facts).restart_share
        return Reaction(
            value=one,
            key=complication_id(one),
            since=self.since,
            noticed=self.noticed,
            open=self.open,
            infusion=self.infusion,
            running=bool(acts) and acts[-1].state is Running.RUNNING,
            stopped_at=self.stopped,
            onset_rate=onset,
            signs=self.signs,
            criteria=self.criteria,
            anaphylaxis=self.named,
            graded=graded,
            suggested=infusion_reaction(self._course()),
            locked=self.named or graded >= LOCKS_FROM,
            called_911=_first(told_steps(one, (of.EMERGENCY,))),
            told_at=_first(told_steps(one, (of.PRESCRIBER, of.ON_CALL))),
            ordered_at=_last([step for step in self.steps if self._is_order(step)]),
            decision=self.decision,
            decided_at=act.at if act else None,
            resumed_rate=act.rate if act and self.decision in {RESUMED, SLOWED} else None,
            ended=self._ended(),
            vitals=self.vitals,
            vitals_due=self._vitals_due(),
            medicines=self.medicines,
            restart_rate=restart_rate(
                rate_before(acts, self.noticed) or onset,
                Decimal(share.numerator) / Decimal(share.denominator),
            ),
        )

    @cached_property
    def closed_at(self) -> datetime | None:
        """When it was closed; None while it is open."""
        if self.open:
            return None
        return _last([step for step in self.steps if step.kind == of.CLOSED])

    def _during(self, at: datetime | None) -> bool:
        """Whether a moment lies within the reaction, from its first minute on."""
        start = self.since.replace(second=0, microsecond=0)
        end = self.closed_at
        return at is not None and at >= start and (end is None or at <= end)

    @cached_property
    def vitals(self) -> tuple[VitalsSet, ...]:
        """The sets taken during it."""
        sets = standing_sets(self.record.of(Vitals))
        return tuple(one for one in sets if self._during(one.at) and not is_empty(one))

    @cached_property
    def medicines(self) -> tuple[MedicineGiven, ...]:
        """What was given by someone here during it."""
        return tuple(
            one
            for one in standing_medicines(self.record.of(Medicines))
            if self._during(one.at) and one.why != PREMEDICATION and one.given_by != AS_REPORTED
        )

    @cached_property
    def criteria(self) -> Criteria:
        """The gravest verdict over all sets: criteria met once stay met for this visit."""
        facts, grading = self.facts, self.catalogue.grading
        base = facts.baseline.systolic if facts.baseline else None
        verdicts = [
            anaphylaxis(
                Seen(
                    signs=self.signs,
                    systolic=one.systolic if one else None,
                    baseline_systolic=base,
                    spo2=one.spo2 if one else None,
                    age_years=facts.age_years,
                    exposure=self._exposure(),
                ),
                grading,
            )
            for one in (*self.vitals, None)
        ]
        return max(verdicts, key=lambda one: _GRAVITY.index(one.verdict))

    def _exposure(self) -> bool | None:
        """The drug that runs is the allergen, unless it lowers the pressure by itself."""
        order = order_of(self.infusion, self.facts) if self.infusion else None
        therapy = order.therapy if order else None
        return None if therapy is not None and therapy.is_any(*OTHER_CAUSES) else True

    @cached_property
    def named(self) -> bool:
        """Whether it is anaphylaxis: the nurse named it so, or the criteria are met."""
        return self.one.what == ANAPHYLAXIS or self.criteria.verdict is Verdict.LIKELY

    def _graded(self) -> str:
        kind = self.catalogue.kind(self.one.what)
        peak = grade_at_peak(self.one, kind, self.catalogue)
        return peak.grade if peak is not None else ""

    def _vitals_due(self) -> datetime | None:
        if not self.open or self.decision in {RESUMED, STOPPED}:
            return None
        last = self.vitals[-1].at if self.vitals else None
        every = timedelta(minutes=self.catalogue.reaction.vitals_minutes)
        return last + every if last is not None and last >= self.noticed else self.noticed

    def _ended(self) -> datetime | None:
        return _last([step for step in self.steps if step.kind in {of.RECHECK, of.CLOSED}])

    def _course(self) -> Course:
        outcome = self.steps[-1].outcome if self.steps else None
        low = any(one.startswith(("low blood", "systolic")) for one in self.criteria.because)
        epinephrine = any("epinephrine" in (m.medicine or "").casefold() for m in self.medicines)
        grave = bool(self.signs & GRAVE) or (low and epinephrine)
        return Course(
            interrupted=self._was_needed(),
            treated=bool(self.medicines),
            recurred=self.earlier or self._came_back(),
            hospital=outcome == "hospital",
            anaphylaxis=self.named,
            life_threatening=self.named and grave,
            died=outcome == "died",
        )

    def _was_needed(self) -> bool:
        """Whether the stop counts as an interruption: not a short one for mild signs."""
        if self.stopped is None:
            return False
        if self.decision == STOPPED or (self.signs and not self.signs <= MILD):
            return True
        until = self.decided.at if self.decided else self.facts.now
        return until - self.stopped > SHORT_HOLD

    def _came_back(self) -> bool:
        """Whether it was noticed again after it had been better: resumed, rechecked or closed."""
        if self.noticed <= self.since:
            return False
        better = [s.happened_at for s in self.steps if s.kind in {of.RECHECK, of.CLOSED}]
        better += [act.at for act in self.acts if act.kind == RESUME]
        return any(at is not None and self.since <= at <= self.noticed for at in better)

    def _is_order(self, step: ComplicationStep) -> bool:
        return (
            step.kind == of.TOLD
            and bool(step.order_received)
            and step.read_back is True
            and step.happened_at is not None
            and step.happened_at >= self.noticed.replace(second=0, microsecond=0)
        )


def _first(steps: Sequence[ComplicationStep]) -> datetime | None:
    return min((step.happened_at for step in steps if step.happened_at), default=None)


def _last(steps: Sequence[ComplicationStep]) -> datetime | None:
    return max((step.happened_at for step in steps if step.happened_at), default=None)
