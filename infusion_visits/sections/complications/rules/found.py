"""The findings of complications: exceptions for page one, and what is missing to end each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.moments import show_day, show_instant, show_minutes
from infusion_visits.patients.facts import Facts
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.fields import (
    COMPLICATION,
    COMPLICATION_STEP,
    SECTION,
)
from infusion_visits.sections.complications.rules.asked import needs_report, unanswered
from infusion_visits.sections.complications.rules.catalogue import catalogue_of
from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
from infusion_visits.sections.complications.rules.state import (
    State,
    complication_id,
    grade_at_peak,
    grades_of,
    headline,
    is_noticed_here,
    is_on_scale,
    known_here,
    loop_missing,
    name_of,
    state_of,
    steps_of,
)
from infusion_visits.sections.complications.rules.telling import (
    duty_of,
    told_at,
    whom_words,
)
from infusion_visits.sections.complications.rules.words import (
    detail_words,
    response_words,
    told_words,
)
from infusion_visits.sections.complications.values import Complication, Complications

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

ASKED_AGAIN = frozenset(set(VisitKind) - {VisitKind.LAB_DRAW})
"""At a visit of these kinds what is open from before is looked at again."""


def findings(values: Complications, facts: Facts) -> list[Finding]:
    """What the complications noticed, open or acted on at this visit have to say."""
    catalogue = catalogue_of(facts)
    found: list[Finding] = []
    for complication in known_here(values, facts):
        if complication.mark.struck is None:
            found.extend(_Case(complication, catalogue, facts).all())
    return found


@dataclass(frozen=True, slots=True)
class _Case:
    complication: Complication
    catalogue: Catalogue
    facts: Facts

    @property
    def kind(self) -> Kind:
        return self.catalogue.kind(self.complication.what)

    @property
    def name(self) -> str:
        return name_of(self.complication, self.kind)

    def cell(self, field: str, step: int | None = None) -> Cell:
        key = complication_id(self.complication)
        if step is None:
            return Cell(SECTION, Row(COMPLICATION.name, (key,)), field)
        return Cell(SECTION, Row(COMPLICATION_STEP.name, (key, step)), field)

    def finding(
        self,
        code: str,
        level: Level,
        words: str,
        cell: Cell,
        *,
        detail: str = "",
        response: str = "",
        gate: Gate = Gate.SIGN,
        overridable: bool = False,
    ) -> Finding:
        return Finding(
            code=f"{SECTION}.{code}",
            level=level,
            words=words,
            section=SECTION,
            cell=cell,
            gate=gate,
            overridable=overridable,
            detail=detail,
            response=response,
            at=self.complication.noticed_at,
            subject=cell.path(),
        )

    def all(self) -> Iterator[Finding]:
        yield self._exception()
        yield from self._steps()
        yield from self._told()
        yield from self._restart()
        yield from self._loop()
        yield from self._documented()
        yield from self._looked_at_again()
        yield from self._report()

    def _exception(self) -> Finding:
        complication, facts = self.complication, self.facts
        return Finding(
            code=f"{SECTION}.noticed",
            level=Level.ALERT,
            words=headline(complication, self.catalogue),
            section=SECTION,
            cell=self.cell("what"),
            detail=detail_words(complication, self.catalogue, facts),
            response=response_words(complication, facts),
            at=complication.noticed_at,
            subject=str(complication_id(complication)),
        )

    def _steps(self) -> Iterator[Finding]:
        steps = steps_of(self.complication)
        if not steps:
            yield self.finding(
                "no_steps",
                Level.STOP,
                f"{self.name}: nothing is charted of what was seen and done",
                self.cell("what"),
            )
            return
        for step in steps:
            number = int(str(step.mark.row.at[-1]))
            if not is_on_scale(step, self.kind, self.catalogue):
                yield self.finding(
                    "not_on_scale",
                    Level.STOP,
                    f"{self.name}: that grade is not on its scale",
                    self.cell("grade", number),
                )
            if step.order_received and step.read_back is not True:
                yield self.finding(
                    "not_read_back",
                    Level.STOP,
                    f"{self.name}: an order was received and not read back",
                    self.cell("read_back", number),
                    overridable=True,
                )
        if self.kind.scale and not grades_of(self.complication, self.kind):
            first = int(str(steps[0].mark.row.at[-1]))
            excused = any("grade" in step.mark.not_done for step in steps)
            if not excused:
                scale = self.catalogue.scales[self.kind.scale].title
                yield self.finding(
                    "ungraded",
                    Level.STOP,
                    f"{self.name}: no grade is charted",
                    self.cell("grade", first),
                    detail=f"Scale: {scale}.",
                )

    def _told(self) -> Iterator[Finding]:
        duty = duty_of(self.complication, self.catalogue, self.facts.zone)
        if duty is None:
            return
        whom = whom_words(self.kind, duty.code)
        at = told_at(self.complication, self.kind, duty.code)
        title = self.catalogue.codes[duty.code]
        if at is None:
            strict = duty.code != "N3"
            yield self.finding(
                "not_told",
                Level.STOP if strict else Level.ADVICE,
                f"{self.name}: {whom} not told",
                self.cell("what"),
                detail=f"{title}, by {self._when(duty.deadline)}, per agency protocol.",
                overridable=strict,
            )
        moment = at or self.facts.now
        if moment > duty.deadline and is_noticed_here(self.complication, self.facts):
            minutes = int((moment - duty.since).total_seconds() // 60)
            so_long = show_minutes(minutes)
            late = f"after {so_long}" if at else f"not yet after {so_long}"
            yield self.finding(
                "told_late",
                Level.ALERT,
                f"{self.name}: {whom} told {late}",
                self.cell("noticed_at"),
                response=" ".join(
                    told_words(step, self.facts)
                    for step in steps_of(self.complication)
                    if step.kind == of.TOLD
                ),
                detail=f"Due by {self._when(duty.deadline)} ({title}), per agency protocol.",
            )

    def _when(self, moment: datetime) -> str:
        return show_instant(moment, self.facts.zone, beside=self.facts.now)

    def _restart(self) -> Iterator[Finding]:
        if not is_noticed_here(self.complication, self.facts):
            return
        peak = grade_at_peak(self.complication, self.kind, self.catalogue)
        never = self.kind.restart == "never"
        if not never and self.kind.never_restart_from and peak is not None:
            scale = self.catalogue.scales[peak.scale]
            never = scale.rank(peak.grade) >= scale.rank(self.kind.never_restart_from) >= 0
        if not never:
            return
        for gate in (Gate.START, Gate.STEP, Gate.RESUME):
            yield self.finding(
                f"never_restart_{gate.value}",
                Level.STOP,
                f"{self.name}: the infusion is not restarted at this visit",
                self.cell("what"),
                detail="Per agency protocol.",
                gate=gate,
            )

    def _loop(self) -> Iterator[Finding]:
        missing = [
            part
            for part in loop_missing(self.complication, self.kind)
            if part in {"recheck", "closed"}
        ]
        if missing and state_of(self.complication) is State.OPEN:
            yield self.finding(
                "loop",
                Level.ADVICE,
                f"{self.name} is still open: {' and '.join(missing)} not charted",
                self.cell("what"),
                detail=f"Follow-up: {self.kind.follow_up}.",
            )

    def _documented(self) -> Iterator[Finding]:
        """What every complication, and this kind of it, must say (documentation minimum)."""
        if not is_noticed_here(self.complication, self.facts):
            return
        for name in unanswered(self.complication, self.kind, self.facts):
            label = COMPLICATION.leaf(name).label
            yield self.finding(
                "asked",
                Level.STOP,
                f"{self.name}: {label[:1].lower()}{label[1:]} is not answered.",
                self.cell(name),
            )

    def _looked_at_again(self) -> Iterator[Finding]:
        """What is open from an earlier visit asks for a look at this one."""
        one, facts = self.complication, self.facts
        if is_noticed_here(one, facts) or state_of(one) is not State.OPEN:
            return
        since = (facts.arrived or facts.now).replace(second=0, microsecond=0)
        steps = steps_of(one)
        if any(s.happened_at is not None and s.happened_at >= since for s in steps):
            return
        noticed = one.noticed_at
        when = f" since {show_day(local_day(noticed, facts.zone))}" if noticed else ""
        yield self.finding(
            "look_again",
            Level.STOP if facts.kind in ASKED_AGAIN else Level.ADVICE,
            f"{headline(one, self.catalogue)}, open{when}: look again and chart a recheck.",
            self.cell("what"),
            detail=f"Follow-up: {self.kind.follow_up}, per agency protocol.",
            overridable=True,
        )

    def _report(self) -> Iterator[Finding]:
        """An incident report within 24 h, from grade 2 on or with any N0 or N1."""
        one, facts = self.complication, self.facts
        if one.report_number or not needs_report(one, self.catalogue, facts):
            return
        hours = self.catalogue.reporting.hours
        noticed = one.noticed_at or facts.now
        late = facts.now > noticed + timedelta(hours=hours)
        by = self._when(noticed + timedelta(hours=hours))
        yield self.finding(
            "report",
            Level.ALERT if late else Level.ADVICE,
            f"{self.name}: incident report {'was ' if late else ''}due by {by}",
            self.cell("report_number"),
        )
