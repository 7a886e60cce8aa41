"""Home medicines, verbal orders, samples: what the sections ask for, as surveyors do (7.11)."""

from __future__ import annotations

from infusion_visits.core.cells import Row
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import HomeMedicineFact
from infusion_visits.sections.medicines.reconciled import reconciliation_findings
from infusion_visits.sections.medicines.values import Medicines, ReconciledMedicine
from tests.clinical_reference.runners.given import Given, kind
from tests.sections.every_field import made_facts


@kind("home medicine")
def home_medicine(given: Given) -> dict[str, object]:
    """A medicine of the list, said to be taken at a start of care; what is found about it."""
    one = HomeMedicineFact(
        1,
        given.text("words"),
        given.text("dose", ""),
        given.text("route", ""),
        given.text("frequency", ""),
        given.text("reason", ""),
    )
    facts = made_facts(kind=VisitKind.START_OF_CARE, home_medicines=(one,))
    answer = ReconciledMedicine(
        Mark(Row("reconciled_medicine", (1,))), medicine=one.words, answer="still"
    )
    found = list(reconciliation_findings(Medicines(reconciled_medicine=(answer,)), facts))
    return {
        "lacking": [
            part
            for part in ("dose", "route", "frequency")
            if any(one.code == "medicines.list-lacking" and one.cell for one in found)
            and not given.text(part, "")
        ],
        "reason asked": any(one.code == "medicines.list-prn" for one in found),
        "flags": [
            label
            for label in ("beta_blocker", "ace_inhibitor", "anticoagulant")
            if any(one.code == f"medicines.list-{label}" for one in found)
        ],
    }
