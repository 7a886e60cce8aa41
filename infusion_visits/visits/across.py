"""What one section must know of another: which infusion ran where, and who was to be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.patients.facts import CallFact, NoticeFact, RunFact
from infusion_visits.patients.rules import condition_words, home_medicine_facts
from infusion_visits.sections.arrival.values import Arrival
from infusion_visits.sections.assessment.rules import fall_score, standing_screen
from infusion_visits.sections.assessment.values import Assessment
from infusion_visits.sections.communication.fields import REACHED
from infusion_visits.sections.communication.rules import calls_of
from infusion_visits.sections.communication.values import Communication
from infusion_visits.sections.complications.options import EMERGENCY, TOLD
from infusion_visits.sections.complications.rules import (
    catalogue_of,
    duty_of,
    known_here,
    steps_of,
    told_at,
)
from infusion_visits.sections.complications.rules.state import (
    complication_id,
    name_of,
    told_steps,
)
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.infusion.acts import acts_of, ended_at, flushed_ml
from infusion_visits.sections.infusion.progress import began_at
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.summary import order_of, summary_of
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.supplies.kit import kit_state
from infusion_visits.sections.supplies.values import Supplies

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Kind
    from infusion_visits.sections.complications.rules.telling import Duty
    from infusion_visits.sections.complications.values import Complication, ComplicationStep
    from infusion_visits.visits.record import VisitRecord


def known_across(record: VisitRecord, facts: Facts) -> Facts:
    """The same facts with what the sections must know of the patient's lists and of each other."""
    arrival = record.of(Arrival).arrival
    screen = standing_screen(record.of(Assessment))
    kit = kit_state(record.of(Supplies), facts)
    return replace(
        facts,
        conditions=condition_words(record.patient),
        home_medicines=home_medicine_facts(record.patient),
        medicines_review=(arrival.medicines_review if arrival else None) or "",
        runs=runs_of(record, facts),
        notices=notices_of(record, facts),
        kit_checked=kit.checked,
        kit_in_date=kit.in_date,
        fall_points=_fall_points(record, facts),
        fall_plan=(screen.plan if screen else None) or "",
    )


def _fall_points(record: VisitRecord, facts: Facts) -> int | None:
    """MAHC-10 of this visit; None while one of its ten questions is open."""
    screen = standing_screen(record.of(Assessment))
    return None if screen is None else fall_score(screen, facts).total


def runs_of(record: VisitRecord, facts: Facts) -> tuple[RunFact, ...]:
    """Each infusion of the visit: its drug, its lumen, when it was started and when it ended."""
    found = []
    for one in standing(record.of(Infusion)):
        order = order_of(one, facts)
        acts = acts_of(one)
        began = began_at(acts)
        summary = summary_of(one, order, facts.now) if began else None
        found.append(
            RunFact(
                drug=order.drug if order else "",
                device=one.device_id,
                lumen=one.lumen or "",
                started=began.at if began else None,
                ended=ended_at(acts),
                flushed_ml=flushed_ml(one) or None,
                given_ml=summary.given_ml if summary else None,
                ml_per_hour=summary.ml_per_hour if summary else None,
            )
        )
    return tuple(found)


def notices_of(record: VisitRecord, facts: Facts) -> tuple[NoticeFact, ...]:
    """Whom the complications of this visit ask to be told, and what was ordered at this visit."""
    catalogue = catalogue_of(facts)
    found = []
    for one in known_here(record.of(Complications), facts):
        if one.mark.struck is not None:
            continue
        kind = catalogue.kind(one.what)
        duty = duty_of(one, catalogue, facts.zone)
        orders = tuple(step.order_received for step in _told_now(one, facts) if step.order_received)
        if duty is None and not orders:
            continue
        since = duty.since if duty else one.noticed_at
        found.append(
            NoticeFact(
                complication=complication_id(one),
                words=name_of(one, kind),
                roles=tuple(kind.tell) if duty else (),
                since=since or facts.now,
                deadline=duty.deadline if duty else None,
                told=told_at(one, kind, duty.code) if duty else None,
                orders=orders,
                calls=_calls(record, one, duty, kind) if duty else (),
            )
        )
    return tuple(found)


def _calls(record: VisitRecord, one: Complication, duty: Duty, kind: Kind) -> tuple[CallFact, ...]:
    """Calls of the log that told somebody who was to be told, of roles that no step tells yet."""
    if told_at(one, kind, duty.code) is not None:
        return ()
    roles = [*kind.tell, *((EMERGENCY,) if duty.code == "N0" else ())]
    open_roles = {role for role in roles if not told_steps(one, (role,))}
    return tuple(
        CallFact(
            at=call.at,
            role=call.role or "",
            how=_HOW.get(call.direction or "", ""),
            who=call.who or "",
            # What the nurse said is never taken for the order that came back.
            answer=call.answer or ("" if call.order_received else call.said) or "",
            ordered=bool(call.order_received),
            read_back=call.read_back,
        )
        for call in calls_of(record.of(Communication))
        if call.reached == REACHED
        and call.role in open_roles
        and call.at is not None
        and call.at >= duty.since
        and call.complication_id in (None, complication_id(one))
    )


_HOW = {
    "out": "telephone",
    "in": "telephone",
    "in_person": "in_person",
    "message_out": "message",
    "message_in": "message",
}


def _told_now(one: Complication, facts: Facts) -> tuple[ComplicationStep, ...]:
    came = facts.arrived
    return tuple(
        step
        for step in steps_of(one)
        if step.kind == TOLD
        and step.happened_at is not None
        and (came is None or step.happened_at >= came)
    )
