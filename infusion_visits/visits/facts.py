"""Fills Facts from a record: what each section may know of the others and of the patient."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.fields import Sense
from infusion_visits.core.once import once_for
from infusion_visits.core.resources import Catalogue, load_catalogue
from infusion_visits.patients.facts import BarredLimb, Facts, OrderFact, Phase
from infusion_visits.patients.order_fields import DRAFT
from infusion_visits.patients.order_rules import order_fact
from infusion_visits.patients.rules import patient_facts, usable_orders
from infusion_visits.patients.therapy.catalogue import CATALOGUE as THERAPIES
from infusion_visits.sections.arrival.values import Arrival
from infusion_visits.sections.complications.rules import catalogue_of, open_words
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.departure.values import Departure
from infusion_visits.sections.devices.rules import line_facts
from infusion_visits.sections.devices.rules.lines import limb_of, line_label
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.infusion.acts import acts_of, ended_at
from infusion_visits.sections.infusion.fields import FOUND
from infusion_visits.sections.infusion.phases import phases_of
from infusion_visits.sections.infusion.progress import began_at
from infusion_visits.sections.infusion.rules import standing as standing_infusions
from infusion_visits.sections.infusion.summary import order_of
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.medicines.rules import premedication_times
from infusion_visits.sections.medicines.values import Medicines
from infusion_visits.sections.vitals.sets import baseline_of, last_of, times_of
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits.across import known_across
from infusion_visits.visits.doses import counted
from infusion_visits.visits.reaction_story import reaction_facts
from infusion_visits.visits.vitals_course import watched

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.patients.facts import DoseFact
    from infusion_visits.patients.values import TherapyOrder
    from infusion_visits.visits.record import VisitRecord


def facts_of(record: VisitRecord, now: datetime) -> Facts:
    """What the sections may know at `now` (for a signed record the time of signing)."""
    facts = _as_charted(record, now)
    facts = replace(facts, reactions=reaction_facts(record, facts))
    opened = open_words(record.of(Complications), catalogue_of(facts))
    facts = replace(facts, open_complications=opened, watch_until=_watch_until(record, facts))
    facts = known_across(record, facts)
    # Scored only now: whether NEWS2 may be scored at all follows from the facts themselves.
    vitals = record.of(Vitals)
    facts = replace(
        facts,
        baseline=baseline_of(vitals, facts.infusion_start, facts),
        last_vitals=last_of(vitals, facts),
    )
    signs = watched(record, facts)
    return replace(facts, vitals_due=signs.due, vitals_kept=signs.words)


def _as_charted(record: VisitRecord, now: datetime) -> Facts:
    """What can be said without any other fact."""
    visit = record.visit
    day = local_day(visit.started or now, visit.zone)
    known = patient_facts(record.patient, day)
    lines = line_facts(
        record.of(Devices), visit.zone, before=record.care_before, today=local_day(now, visit.zone)
    )
    arrival = record.of(Arrival).arrival
    departure = record.of(Departure).departure
    orders = _orders(record, visit.started or now)
    infusion = _times(record.of(Infusion))
    vitals = record.of(Vitals)
    return Facts(
        now=now,
        zone=visit.zone,
        kind=visit.kind,
        birth_date=known.birth_date,
        age_years=known.age_years,
        sex=known.sex,
        weight_kg=known.weight_kg,
        weight_day=known.weight_day,
        height_cm=known.height_cm,
        height_day=known.height_day,
        allergies=known.allergies,
        allergy_words=known.allergy_words,
        barred_limbs=(*known.barred_limbs, *_by_lines(record)),
        lines=lines,
        care_before=record.care_before,
        home_before=record.home_before,
        doses_before=record.doses_before,
        reactions_before=record.reactions_before,
        orders=orders,
        order=_chosen(record, orders),
        arrived=(arrival.time_in if arrival else None) or visit.started,
        departed=departure.time_out if departure else None,
        infusion_start=infusion[0],
        infusion_found=_found(record.of(Infusion), infusion[0]),
        infusion_end=infusion[1],
        phases=infusion[2],
        baseline=baseline_of(vitals, infusion[0]),
        vitals_times=times_of(vitals),
        last_vitals=last_of(vitals),
        hypercapnic_target=known.hypercapnic_target,
        heparin_barred=known.heparin_barred,
        unnamed_limb_alerts=known.unnamed_limb_alerts,
        conditions=known.conditions,
        premedication_times=premedication_times(record.of(Medicines)),
        people={who.id: who.signed_name for who in record.people},
        catalogue=record.catalogue,
    )


def sense_of(record: VisitRecord, now: datetime, units: dict[str, str]) -> Sense:
    """The sense in which texts typed at this visit are read."""
    return Sense(now, record.visit.zone, units)


def _named(record: VisitRecord) -> tuple[UUID | None, ...]:
    """The order of the visit, then those that its infusions name."""
    given = standing_infusions(record.of(Infusion))
    return (record.visit.order, *(one.order_id for one in given))


def _orders(record: VisitRecord, at: datetime) -> tuple[OrderFact, ...]:
    """The orders usable on the day of `at`, and those this visit already goes by.

    An order that was ended or replaced while the visit was written stays the one given by.
    """
    day = local_day(at, record.visit.zone)
    usable = {order.id for order in usable_orders(record.patient, day)}
    named = _named(record)
    return tuple(
        _fact_of(
            order,
            record.catalogue.get(THERAPIES),
            load_catalogue(THERAPIES),
            record.doses_before,
            at,
            record.visit.zone,
        )
        for order in record.patient.therapy_order
        if order.mark.struck is None
        and order.status != DRAFT
        and (order.id in usable or order.id in named)
        and None not in (order.drug, order.dose, order.dose_unit)
    )


def _fact(
    order: TherapyOrder,
    kept: Catalogue | None,
    _in_force: Catalogue,
    doses: tuple[DoseFact, ...],
    at: datetime,
    zone: str,
) -> OrderFact:
    """An order without a kept catalogue goes by the one in force, which may be changed."""
    return counted(order_fact(order, kept), order, doses, local_day(at, zone))


# The same object for the same order, so that what follows from it may be kept by it.
_fact_of = once_for(_fact, most=16)


def _chosen(record: VisitRecord, orders: tuple[OrderFact, ...]) -> OrderFact | None:
    """The order of the visit; where the visit names none, that of its first infusion."""
    named = next((one for one in _named(record) if one is not None), None)
    return next((order for order in orders if order.order == named), None)


def _by_lines(record: VisitRecord) -> tuple[BarredLimb, ...]:
    """A line in an arm bars that arm for blood pressure while it lies there (reference 5)."""
    return tuple(
        BarredLimb(limb_of(device), line_label(device), device.inserted_at, device.removed_at)
        for device in record.of(Devices).access_device
        if limb_of(device) and device.mark.struck is None
    )


def _watch_until(record: VisitRecord, facts: Facts) -> datetime | None:
    """The latest end of an observation; each infusion is watched as its own order asks.

    After a reaction the observation counts anew, from when it was gone (reference 11.24).
    """
    untils = []
    again = [one.ended or one.since for one in facts.reactions]
    for one in standing_infusions(record.of(Infusion)):
        order = order_of(one, facts)
        ended = ended_at(acts_of(one))
        if ended is not None and order is not None and order.observation_minutes:
            since = max([ended, *again])
            untils.append(since + timedelta(minutes=order.observation_minutes))
    return max(untils, default=None)


def _times(
    values: Infusion,
) -> tuple[datetime | None, datetime | None, tuple[Phase, ...]]:
    """The first start, the last end (None while one still runs), and the phases in between."""
    starts, ends = [], []
    phases: list[Phase] = []
    running = False
    for one in standing_infusions(values):
        acts = acts_of(one)
        began, ended = began_at(acts), ended_at(acts)
        phases.extend(phases_of(one))
        if began is not None:
            starts.append(began.at)
            running = running or ended is None
        if ended is not None:
            ends.append(ended)
    end = None if running or not ends else max(ends)
    return (min(starts) if starts else None), end, tuple(sorted(phases, key=lambda p: p.start))


def _found(values: Infusion, start: datetime | None) -> bool:
    """Whether what counts as the start was an infusion found running: it began before the visit."""
    acts = [acts_of(one)[:1] for one in standing_infusions(values)]
    return any(act.at == start and act.kind == FOUND for first in acts for act in first)


def span_of(record: VisitRecord, now: datetime) -> tuple[datetime, datetime]:
    """From arrival to departure, or to now; at least an hour, for a chart's axis."""
    facts = facts_of(record, now)
    start = facts.arrived or record.visit.scheduled
    return start, max(facts.departed or now, start + timedelta(hours=1))
