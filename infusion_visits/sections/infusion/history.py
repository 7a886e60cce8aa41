"""Which doses this record holds for a patient, over all visits; read in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam, column, exists, func, select, table

from infusion_visits.core.clock import local_day
from infusion_visits.patients.facts import DoseFact
from infusion_visits.records.prepared import Prepared
from infusion_visits.records.rows import table_of
from infusion_visits.sections.infusion.act_fields import FOUND, START
from infusion_visits.sections.infusion.tables import STORE

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork

_INFUSION = table_of(STORE.group("infusion").table)
_EVENT = table_of(STORE.group("infusion_event").table)
_KEY = _INFUSION.c.visit_id.type
# The tables of visits lie a floor above, those of the patient are not a section's to import: they
# are named by text, as foreign keys name them.
_ORDER = table(
    "therapy_order", column("id", _KEY), column("therapy"), column("drug"), column("brand")
)
_VISIT = table("visit", column("id", _KEY), column("patient_id", _KEY), column("order_id", _KEY))
_ADDENDUM = table("addendum", column("visit_id", _KEY), column("kind", String))
_RETRACTED = exists().where(_ADDENDUM.c.visit_id == _VISIT.c.id, _ADDENDUM.c.kind == "retraction")

_BEGUN = Prepared(
    select(
        func.min(_EVENT.c.at, type_=_EVENT.c.at.type).label("begun"),
        _INFUSION.c.visit_id,
        _ORDER.c.therapy,
        _ORDER.c.drug,
        _ORDER.c.brand,
    )
    .select_from(
        _EVENT.join(
            _INFUSION,
            (_INFUSION.c.visit_id == _EVENT.c.visit_id)
            & (_INFUSION.c.seq == _EVENT.c.infusion_seq),
        )
        .join(_VISIT, _VISIT.c.id == _EVENT.c.visit_id)
        .join(_ORDER, _ORDER.c.id == func.coalesce(_INFUSION.c.order_id, _VISIT.c.order_id))
    )
    .where(
        _VISIT.c.patient_id == bindparam("patient"),
        (_EVENT.c.kind == START) | (_EVENT.c.kind == FOUND),
        _EVENT.c.at.is_not(None),
        _EVENT.c.struck_at.is_(None),
        _INFUSION.c.struck_at.is_(None),
        ~_RETRACTED,
    )
    .group_by(
        _INFUSION.c.visit_id, _INFUSION.c.seq, _ORDER.c.therapy, _ORDER.c.drug, _ORDER.c.brand
    )
    .order_by("begun")
)


def doses_given(
    unit: UnitOfWork,
    patient: UUID,
    zone: str,
    *,
    visit: UUID | None = None,
    before: datetime | None = None,
) -> tuple[DoseFact, ...]:
    """Every infusion of the patient that was begun, by therapy and brand, the last one's day.

    Struck infusions and retracted visits hold none. Leaves out the visit named in `visit`, and
    what was begun at or after `before` (UTC). An infusion without an order counts nowhere.
    """
    found: dict[tuple[str, str, str], list[date]] = {}
    for row in _BEGUN.rows(unit, patient=patient):
        if row["visit_id"] == visit or (before is not None and row["begun"] >= before):
            continue
        of = (row["therapy"] or "", row["drug"] or "", row["brand"] or "")
        found.setdefault(of, []).append(local_day(row["begun"], zone))
    return tuple(DoseFact(*of, max(days), len(days)) for of, days in sorted(found.items()))
