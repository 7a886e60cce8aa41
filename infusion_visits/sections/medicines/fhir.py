"""Medicines as FHIR: each one given, what was gone through at home, and what was new there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.fhir import (
    LOINC,
    Piece,
    absent,
    amount,
    author_of,
    coding,
    concept,
    date_of_words,
    dosage,
    figure_of,
    filled,
    link,
    note,
    own,
    period,
    public,
    resource,
    standing,
    words_of,
)
from infusion_visits.sections.medicines.fields import AS_REPORTED, MEDICINE_GIVEN
from infusion_visits.sections.medicines.home_list import (
    NEW_MEDICINE,
    RECONCILED_MEDICINE,
    RECONCILIATION,
)

if TYPE_CHECKING:
    from infusion_visits.core.marks import Mark
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.medicines.values import (
        MedicineGiven,
        Medicines,
        NewHomeMedicine,
        ReconciledMedicine,
    )

_GIVEN = frozenset({"at", "medicine", "lot", "expiry", "why"})
_NEW = frozenset({"medicine", "dose", "route", "frequency", "reason", "since"})


def to_fhir(values: Medicines, facts: Facts, refs: Refs) -> list[Piece]:
    """Everything that was given, and the home medicines as they were gone through."""
    return [
        *(_given(one, facts, refs) for one in standing(values.medicine_given)),
        *(_new(one, facts, refs) for one in standing(values.new_home_medicine)),
        *_gone_through(values, facts, refs),
    ]


def _given(one: MedicineGiven, facts: Facts, refs: Refs) -> Piece:
    label = leaf_text(MEDICINE_GIVEN.leaf("why"), one, facts)
    unit = leaf_text(MEDICINE_GIVEN.leaf("dose_unit"), one, facts)
    route = leaf_text(MEDICINE_GIVEN.leaf("route"), one, facts)
    figure = figure_of(one.dose)
    said = f"{one.dose or ''} {unit} {route}".strip()
    given = dosage(
        text=said,
        site=concept(one.site) if one.site else None,
        route=concept(route, public("route", one.route), own("route", one.route or ""))
        if route
        else None,
        dose=amount(figure, one.dose_unit) if figure is not None else None,
    )
    skip = _GIVEN | ({"dose", "dose_unit", "route", "site"} if given else set())
    return resource(
        "MedicationAdministration",
        refs.made(one.mark.row.path()),
        **_medicine(one),
        status="completed",
        subject=link(refs.patient),
        context=link(refs.visit),
        effectiveDateTime=refs.time_of(one.mark),
        performer=_giver(one, refs),
        reasonCode=[concept(label, own("medicine_given.why", one.why or ""))] if label else [],
        dosage=given,
        note=note(words_of(MEDICINE_GIVEN, one, facts, skip=skip)),
    )


def _medicine(one: MedicineGiven) -> dict[str, Any]:
    code = concept(one.medicine or "medicine not named")
    if one.lot is None and one.expiry is None:
        return {"medicationCodeableConcept": code}
    day = one.expiry.isoformat() if one.expiry else None
    batch = filled(lotNumber=one.lot, expirationDate=day)
    held = {"resourceType": "Medication", "id": "drug", "code": code, "batch": batch}
    return {"contained": [held], "medicationReference": {"reference": "#drug"}}


def _giver(one: MedicineGiven, refs: Refs) -> list[Piece]:
    if one.given_by == AS_REPORTED:
        return [{"actor": link(refs.patient)}]
    if one.given_by == "caregiver":
        return [{"actor": {"display": "caregiver"}}]
    author = author_of(one.mark, refs)
    return [{"actor": author}] if author else []


def _new(one: NewHomeMedicine, facts: Facts, refs: Refs) -> Piece:
    since = date_of_words(one.since)
    way = filled(
        text=one.dose,
        timing={"code": concept(one.frequency)} if one.frequency else None,
        route=concept(one.route) if one.route else None,
    )
    rest = words_of(NEW_MEDICINE, one, facts, skip=_NEW)
    told = f"Since: {one.since}" if one.since and not since else None
    return resource(
        "MedicationStatement",
        refs.made(one.mark.row.path()),
        status="active",
        medicationCodeableConcept=concept(one.medicine or "medicine not named"),
        subject=link(refs.patient),
        context=link(refs.visit),
        effectivePeriod=period(since or None, None),
        dateAsserted=refs.time_of(one.mark),
        reasonCode=[concept(one.reason)] if one.reason else [],
        note=note(rest, told),
        dosage=[way] if way else [],
    )


def _gone_through(values: Medicines, facts: Facts, refs: Refs) -> list[Piece]:
    """The home list as a List: one entry for each medicine, with what was answered of it."""
    rows = standing(values.reconciled_medicine)
    whole = values.reconciliation
    if whole is not None and whole.mark.struck is not None:
        whole = None
    if whole is None and not rows:
        return []
    head: Mark = whole.mark if whole is not None else rows[0].mark
    listed = {one.number for one in facts.home_medicines}
    words = words_of(RECONCILIATION, whole, facts, skip={"reconciled_at"}) if whole else None
    return [
        resource(
            "List",
            refs.made("reconciliation"),
            status="current",
            mode="snapshot",
            title="Home medicines gone through",
            code=concept(
                "Home medicines gone through",
                coding(LOINC, "10160-0", "History of Medication use Narrative"),
            ),
            subject=link(refs.patient),
            encounter=link(refs.visit),
            date=refs.time_of(head),
            source=author_of(head, refs),
            note=note(words, *(_details(one, facts) for one in rows)),
            entry=[_entry(one, listed, facts, refs) for one in rows],
        )
    ]


def _entry(one: ReconciledMedicine, listed: set[int], facts: Facts, refs: Refs) -> Piece:
    item = link(refs.of_patient(f"home_medicine/{one.number}")) if one.number in listed else {}
    item = {**item, "display": one.medicine or f"medicine {one.number}"}
    said = leaf_text(RECONCILED_MEDICINE.leaf("answer"), one, facts)
    why = one.mark.not_done.get("answer")
    if said:
        flag = concept(said, own("reconciled_medicine.answer", one.answer or ""))
    else:
        flag = absent(why) if why else concept("not answered")
    return {"flag": flag, "item": item}


def _details(one: ReconciledMedicine, facts: Facts) -> str | None:
    rest = words_of(RECONCILED_MEDICINE, one, facts, skip={"medicine", "answer"})
    return f"{one.medicine or one.number}:\n{rest}" if rest else None
