"""Which doses this record holds for a patient, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from infusion_visits.core.clock import local_day
from infusion_visits.patients.tables import TherapyOrder
from infusion_visits.patients.therapy.first_dose import DoseHistory
from infusion_visits.records.rows import table_of
from infusion_visits.sections.infusion.act_fields import FOUND, START
from infusion_visits.sections.infusion.tables import STORE as INFUSIONS
from infusion_visits.visits.tables import VisitTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from infusion_visits.patients.therapy.catalogue import Therapy
    from infusion_visits.records.unit_of_work import UnitOfWork

VISIT = table_of(VisitTable)
ORDER = table_of(TherapyOrder)
INFUSION = table_of(INFUSIONS.group("infusion").table)
EVENT = table_of(INFUSIONS.group("infusion_event").table)


@dataclass(frozen=True, slots=True)
class DoseGiven:
    """An infusion that was begun: its day at the home, and the order it was given by."""

    day: date
    therapy: str
    drug: str
    brand: str


def doses_given(unit: UnitOfWork, patient: UUID, zone: str) -> tuple[DoseGiven, ...]:
    """Every infusion of the patient that was begun, the earliest first; struck ones are none."""
    begun = func.min(EVENT.c.at).label("begun")
    statement = (
        select(begun, ORDER.c.therapy, ORDER.c.drug, ORDER.c.brand)
        .select_from(
            EVENT.join(
                INFUSION,
                (INFUSION.c.visit_id == EVENT.c.visit_id)
                & (INFUSION.c.seq == EVENT.c.infusion_seq),
            )
            .join(VISIT, VISIT.c.id == EVENT.c.visit_id)
            .join(ORDER, ORDER.c.id == INFUSION.c.order_id)
        )
        .where(
            VISIT.c.patient_id == patient,
            EVENT.c.kind.in_((START, FOUND)),
            EVENT.c.at.is_not(None),
            EVENT.c.struck_at.is_(None),
            INFUSION.c.struck_at.is_(None),
        )
        .group_by(INFUSION.c.visit_id, INFUSION.c.seq, ORDER.c.therapy, ORDER.c.drug, ORDER.c.brand)
        .order_by(begun)
    )
    return tuple(
        DoseGiven(
            local_day(row["begun"], zone),
            row["therapy"] or "",
            row["drug"] or "",
            row["brand"] or "",
        )
        for row in unit.rows(statement)
    )


def history_of(therapy: Therapy, doses: Iterable[DoseGiven]) -> DoseHistory:
    """The doses of one therapy; an order without a key counts by the name of its drug."""
    name = therapy.generic.casefold()
    mine = [
        dose
        for dose in doses
        if dose.therapy == therapy.key
        or (not dose.therapy and dose.drug.casefold().startswith(name))
    ]
    if not mine:
        return DoseHistory()
    return DoseHistory(len(mine), mine[-1].day, mine[-1].brand)
