"""The acts of the reaction protocol that write to several sections, each in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.core.moments import show_instant
from infusion_visits.core.units import plain_number
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.rules import catalogue_of
from infusion_visits.sections.complications.rules.kinds import STOP_PUMP
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.fields import HOLD
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.summary import order_of, summary_of
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits import charting
from infusion_visits.visits.pump_at_reaction import WHY, running_now
from infusion_visits.visits.reaction import INFUSION_REACTION, Reaction, latest

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.sections.infusion.values import InfusionEvent, InfusionGiven
    from infusion_visits.visits.record import VisitRecord

COMPLICATIONS, COMPLICATION, STEP = "complications", "complication", "complication_step"
INFUSION, EVENT = "infusion", "infusion_event"
TOGETHER = timedelta(seconds=2)
"""Rows written within this of each other were written by one press of the key."""

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Begun:
    """What one press of the key writes: the pump stopped (where it ran), and what was noticed.

    `again` is the reaction that came back, None for a new one. `hold` is the address of the
    infusion that is held. All times are typed out, so that the same act written later means the
    same moment.
    """

    at: str
    about: Texts
    again: UUID | None
    hold: Row | None
    stopped_words: str


def pressed(record: VisitRecord, facts: Facts) -> Begun | None:
    """What the key writes now; None where a reaction is under way already.

    A reaction of this visit that was decided or closed is noticed again: it came back.
    """
    known = latest(record, facts)
    if known is not None and known.under_way:
        return None
    running = running_now(record.of(Infusion))
    at = show_instant(facts.now, facts.zone)
    kind = catalogue_of(facts).kind(INFUSION_REACTION)
    words = next((one.words for one in kind.actions if one.does == STOP_PUMP), "Infusion stopped")
    return Begun(
        at=at,
        about=_about(record, facts, running[0] if running else None, at),
        again=known.key if known else None,
        hold=running[0].mark.row if running else None,
        stopped_words=words,
    )


def _about(
    record: VisitRecord, facts: Facts, running: InfusionGiven | None, at: str
) -> dict[str, str]:
    given = running or next(iter(reversed(standing(record.of(Infusion)))), None)
    texts = {"what": INFUSION_REACTION, "noticed_at": at, "during": _during(running, facts)}
    if given is None or not acts_of(given):
        return texts
    order = order_of(given, facts)
    summary = summary_of(given, order, facts.now)
    if given.device_id is not None:
        texts["device_id"] = str(given.device_id)
    if given.lumen:
        texts["lumen"] = given.lumen
    texts["onset_ml"] = plain_number(summary.given_ml)
    if running is not None:
        texts["onset_rate"] = plain_number(summary.ml_per_hour)
        texts["segment"] = "drug"
    if order is not None:
        texts["drug"] = f"{order.drug} ({order.brand})" if order.brand else order.drug
    return texts


def _during(running: InfusionGiven | None, facts: Facts) -> str:
    if running is not None:
        return "during"
    if facts.infusion_start is None:
        return "before"
    return "during" if facts.infusion_end is None else "after"


def begin(unit: UnitOfWork, visit: UUID, begun: Begun) -> None:
    """Writes that the pump was stopped and a reaction noticed. Raises Refused, writing nothing."""
    key = begun.again or unit.ids.new()
    if begun.hold is not None:
        row = Row(EVENT, begun.hold.at)
        _append(unit, visit, INFUSION, row, {"kind": HOLD, "at": begun.at, "why": WHY})
    if begun.again is None:
        _append(unit, visit, COMPLICATIONS, Row(COMPLICATION, (key,)), begun.about)
    step = Row(STEP, (key,))
    noticed = {"kind": of.NOTICED, "happened_at": begun.at, "scale": "ctcae_irr"}
    _append(unit, visit, COMPLICATIONS, step, noticed)
    if begun.hold is not None:
        done = {"kind": of.ACTION, "happened_at": begun.at, "words": begun.stopped_words}
        _append(unit, visit, COMPLICATIONS, step, done)


def hold_too(unit: UnitOfWork, visit: UUID, infusion: Row, at: str) -> None:
    """Another pump was stopped for the reaction as well."""
    _append(unit, visit, INFUSION, Row(EVENT, infusion.at), {"kind": HOLD, "at": at, "why": WHY})


def _append(unit: UnitOfWork, visit: UUID, section: str, row: Row, texts: Texts) -> None:
    charting.added(unit, visit, section, row, texts)


Slip = tuple[tuple[str, Row], ...]
"""The rows that one mistaken press of the key wrote: section and address."""


def slip_of(reaction: Reaction | None, facts: Facts) -> Slip:
    """What may be taken back now: the rows of the last press, while it is fresh and nothing else
    was charted upon them. Empty where it is no longer a slip."""
    if reaction is None or not reaction.under_way:
        return ()
    steps = [step for step in reaction.value.complication_step if step.mark.struck is None]
    last = max(steps, key=lambda step: int(str(step.mark.row.at[-1])), default=None)
    noticed = next((step for step in reversed(steps) if step.kind == of.NOTICED), None)
    written = noticed.mark.entered_at if noticed else None
    allowed = timedelta(seconds=catalogue_of(facts).reaction.undo_seconds)
    if noticed is None or last is None or written is None or facts.now - written > allowed:
        return ()
    mine = [step for step in steps if _together(step.mark.entered_at, written)]
    untouched = not (noticed.signs or noticed.grade or noticed.words)
    if last not in mine or not untouched or reaction.medicines:
        return ()
    rows: list[tuple[str, Row]] = []
    if len(mine) == len(steps) and _together(reaction.value.mark.entered_at, written):
        rows.append((COMPLICATIONS, reaction.value.mark.row))
    else:
        rows += [(COMPLICATIONS, step.mark.row) for step in mine]
    rows += [(INFUSION, event.mark.row) for event in _holds(reaction.infusion, written)]
    return tuple(rows)


def _holds(infusion: InfusionGiven | None, written: datetime) -> list[InfusionEvent]:
    return [
        event
        for event in (infusion.infusion_event if infusion else ())
        if event.mark.struck is None
        and event.kind == HOLD
        and event.why == WHY
        and _together(event.mark.entered_at, written)
    ]


def _together(at: datetime | None, written: datetime) -> bool:
    return at is not None and abs(at - written) <= TOGETHER


def take_back(unit: UnitOfWork, visit: UUID, slip: Slip) -> None:
    """Strikes out what a mistaken press wrote; it stays legible as a typing error."""
    for section, row in slip:
        charting.strike(unit, visit, section, row, StrikeReason.TYPING_ERROR)
