"""The words at the head of a visit: who, how old, how heavy, what to mind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import plain, quiet
from infusion_visits.core.clock import local_day
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.core.moments import show_time
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.rules import Banner, banner
from infusion_visits.widgets.banner import BannerWords

if TYPE_CHECKING:
    from datetime import date

    from infusion_visits.patients.values import PatientChart
    from infusion_visits.visits.open_visit import View

STATUS_KINDS = {
    VisitStatus.SCHEDULED: "quiet",
    VisitStatus.IN_PROGRESS: "accent",
    VisitStatus.COMPLETED: "warn",
    VisitStatus.SIGNED: "ok",
    VisitStatus.MISSED: "warn",
    VisitStatus.CANCELLED: "quiet",
    VisitStatus.RETRACTED: "danger",
}
"""The chip of a visit's status: what waits for a person is amber, what is signed is checked."""


def chips_of(words: Banner) -> tuple[tuple[str, str], ...]:
    """Allergies first, in their three states, then limbs and precautions."""
    kind = {
        AllergyState.KNOWN: "danger",
        AllergyState.NONE_KNOWN: "ok",
        AllergyState.NOT_ASKED: "warn",
    }[words.allergies]
    lead = "Allergic: " if words.allergies is AllergyState.KNOWN else ""
    return (
        (f"{lead}{words.allergy_line}", kind),
        *((one, "warn") for one in words.limb_alerts),
        *((one, "quiet") for one in words.precautions),
    )


def patient_words(chart: PatientChart, today: date, beside: str = "") -> BannerWords:
    """The banner of a patient."""
    words = banner(chart, today)
    sex = {"female": "F", "male": "M"}.get((chart.patient.sex if chart.patient else "") or "", "")
    birth = f"{words.birth} · {sex}" if sex else words.birth
    return BannerWords(
        words.name,
        (plain(birth), (*quiet("weight "), *plain(words.weight))),
        chips_of(words),
        beside,
    )


def visit_words(view: View) -> BannerWords:
    """The banner of a visit: the patient, and which visit this is."""
    visit = view.record.visit
    arrived = view.facts.arrived
    beside = visit.kind.label
    if arrived is not None:
        beside = f"{beside} · arrived {show_time(arrived, visit.zone)}"
    said = patient_words(view.record.patient, local_day(view.facts.now, visit.zone), beside)
    return replace(said, chips=(*said.chips, *_barred_by_lines(view)))


def _barred_by_lines(view: View) -> tuple[tuple[str, str], ...]:
    """Arms in which a line lies today: the patient's own barred limbs have their chips already."""
    limbs = {line.limb for line in view.facts.lines if line.in_place and line.limb.endswith("arm")}
    return tuple((f"no BP on {limb}", "warn") for limb in sorted(limbs))
