"""Home medicines gone through: what is open, lacks or is there twice, and how the list changes."""

from __future__ import annotations

from typing import Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import Facts, HomeMedicineFact
from infusion_visits.sections.medicines.flags import catalogue_of
from infusion_visits.sections.medicines.note import blocks
from infusion_visits.sections.medicines.reconciled import (
    list_changes,
    open_ones,
    reconciliation_findings,
)
from infusion_visits.sections.medicines.values import (
    Medicines,
    NewHomeMedicine,
    ReconciledMedicine,
)
from tests.sections.every_field import made_facts, text_of

GABAPENTIN = HomeMedicineFact(1, "gabapentin", "300 mg", "oral", "3 times daily", "nerve pain")
METOPROLOL = HomeMedicineFact(2, "metoprolol succinate", "50 mg", "oral", "daily", "blood pressure")


def facts_with(*listed: HomeMedicineFact, **more: Any) -> Facts:
    return made_facts(home_medicines=listed, **more)


def said(number: int, answer: str | None, **more: Any) -> ReconciledMedicine:
    mark = Mark(Row("reconciled_medicine", (number,)))
    return ReconciledMedicine(mark, medicine="a medicine", answer=answer, **more)


def new(**more: Any) -> NewHomeMedicine:
    plain: dict[str, Any] = {
        "medicine": "acetaminophen",
        "dose": "500 mg",
        "route": "oral",
        "frequency": "as needed",
        "reason": "pain",
        "over_the_counter": True,
    }
    return NewHomeMedicine(Mark(Row("new_home_medicine", (1,))), **{**plain, **more})


def codes(values: Medicines, facts: Facts) -> dict[str, Any]:
    return {one.code: one for one in reconciliation_findings(values, facts)}


@pytest.mark.parametrize(
    ("kind", "asks"),
    [
        (VisitKind.START_OF_CARE, True),
        (VisitKind.REASSESSMENT, True),
        (VisitKind.DISCHARGE, True),
        (VisitKind.ROUTINE_INFUSION, False),
    ],
)
def test_at_some_visits_the_whole_list_is_gone_through(kind: VisitKind, asks: bool) -> None:
    facts = facts_with(GABAPENTIN, METOPROLOL, kind=kind)
    found = codes(Medicines(), facts)
    assert ("medicines.list-open" in found) is asks
    if asks:
        assert found["medicines.list-open"].level is Level.STOP
        assert "2 of 2" in found["medicines.list-open"].words
    done = Medicines(reconciled_medicine=(said(1, "still"), said(2, "still")))
    assert "medicines.list-open" not in codes(done, facts)


def test_what_arrival_calls_changed_is_named_here() -> None:
    facts = facts_with(GABAPENTIN, medicines_review="changed")
    assert codes(Medicines(), facts)["medicines.list-changed"].level is Level.STOP
    still = Medicines(reconciled_medicine=(said(1, "still"),))
    assert "medicines.list-changed" in codes(still, facts)
    stopped = Medicines(reconciled_medicine=(said(1, "stopped", words="rash"),))
    assert "medicines.list-changed" not in codes(stopped, facts)
    assert "medicines.list-changed" not in codes(Medicines(new_home_medicine=(new(),)), facts)


@pytest.mark.parametrize(
    ("kind", "level"),
    [(VisitKind.START_OF_CARE, Level.STOP), (VisitKind.ROUTINE_INFUSION, Level.ADVICE)],
)
def test_a_missing_dose_or_route_is_found(kind: VisitKind, level: Level) -> None:
    facts = facts_with(HomeMedicineFact(1, "lisinopril", "", "", "daily"), kind=kind)
    found = codes(Medicines(reconciled_medicine=(said(1, "still"),)), facts)
    lacking = found["medicines.list-lacking"]
    assert (lacking.level, lacking.cell.field) == (level, "dose")
    assert "dose, route" in lacking.words
    filled = Medicines(reconciled_medicine=(said(1, "still", dose="10 mg", route="oral"),))
    assert "medicines.list-lacking" not in codes(filled, facts)


def test_an_as_needed_medicine_has_a_reason() -> None:
    facts = facts_with(HomeMedicineFact(1, "ibuprofen", "400 mg", "oral", "PRN"))
    begun = Medicines(reconciled_medicine=(said(1, "still"),))
    assert "medicines.list-prn" in codes(begun, facts)
    why = Medicines(reconciled_medicine=(said(1, "still", reason="back pain"),))
    assert "medicines.list-prn" not in codes(why, facts)
    assert "medicines.list-prn" in codes(Medicines(new_home_medicine=(new(reason=None),)), facts)
    # A visit that does not go through the list is not held up by it.
    assert codes(Medicines(), facts) == {}


def test_the_same_medicine_twice_is_asked_about() -> None:
    facts = facts_with(GABAPENTIN)
    double = Medicines(new_home_medicine=(new(medicine="Gabapentin 600 mg"),))
    assert "medicines.list-twice" in codes(double, facts)
    gone = Medicines(
        reconciled_medicine=(said(1, "stopped", words="dose raised"),),
        new_home_medicine=(new(medicine="Gabapentin 600 mg"),),
    )
    assert "medicines.list-twice" not in codes(gone, facts)


@pytest.mark.parametrize(
    ("medicine", "label"),
    [
        ("metoprolol succinate", "beta blocker"),
        ("Carvedilol 12.5 mg", "beta blocker"),
        ("lisinopril", "ACE inhibitor"),
        ("apixaban", "anticoagulant"),
        ("Eliquis 5 mg", "anticoagulant"),
        ("warfarin", "anticoagulant"),
        ("gabapentin", ""),
        ("prilosec", ""),
    ],
)
def test_what_matters_in_an_emergency_is_told_by_its_name(medicine: str, label: str) -> None:
    flags = catalogue_of(made_facts()).flags_of(medicine, made_facts())
    assert [one.label for one in flags] == ([label] if label else [])


def test_a_flagged_medicine_is_said_and_printed() -> None:
    facts = facts_with(METOPROLOL)
    found = codes(Medicines(), facts)["medicines.list-beta_blocker"]
    assert found.level is Level.ADVICE
    assert "epinephrine" in found.words
    mark = Mark(Row("reconciled_medicine", (2,)))
    kept = ReconciledMedicine(mark, medicine="metoprolol succinate", answer="still")
    text = text_of(blocks(Medicines(reconciled_medicine=(kept,)), facts))
    assert "metoprolol succinate (beta blocker)" in text


def test_the_list_becomes_what_was_said() -> None:
    facts = facts_with(GABAPENTIN, METOPROLOL, HomeMedicineFact(3, "aspirin", status="taking"))
    values = Medicines(
        reconciled_medicine=(
            said(1, "changed", dose="600 mg", route="oral", words="raised on Monday"),
            said(2, "still"),
            said(3, "stopped", words="bleeding"),
        ),
        new_home_medicine=(new(),),
    )
    changed, stopped, added = list_changes(values, facts)
    assert (changed.number, changed.columns) == (1, {"dose": "600 mg"})
    assert (stopped.number, stopped.columns) == (3, {"status": "stopped"})
    assert added.number is None
    assert added.columns["words"] == "acetaminophen"
    assert added.columns["over_the_counter"] is True
    assert added.columns["status"] == "taking"


def test_what_was_stopped_before_is_not_asked_again_and_may_be_taken_again() -> None:
    gone = HomeMedicineFact(1, "aspirin", "81 mg", "oral", "daily", status="stopped")
    facts = facts_with(gone, kind=VisitKind.START_OF_CARE)
    assert open_ones(Medicines(), facts) == ()
    (again,) = list_changes(Medicines(reconciled_medicine=(said(1, "still"),)), facts)
    assert again.columns == {"status": "taking"}
