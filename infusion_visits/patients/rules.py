"""What can be said of a patient without asking anybody: age, weight, allergies, limbs, banner.

Sources: clinical reference 10 (display), 11.15 (weights), 11.16 (ages), 11.23 (limbs follow the
patient), 11.28 (three states of allergies).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from infusion_visits.core.calculations.body import age_on
from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import KILOGRAM, NBSP, POUND, with_unit
from infusion_visits.patients.bars import heparin_barred, unnamed_limb_alerts
from infusion_visits.patients.facts import AllergyState, BarredLimb, HomeMedicineFact
from infusion_visits.patients.fields import SECTION, SPO2_TARGET
from infusion_visits.patients.order_fields import USED
from infusion_visits.patients.values import (
    Allergy,
    Contact,
    HeightTaken,
    PatientChart,
    Person,
    Precaution,
    TherapyOrder,
    WeightTaken,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

CHANGE_TO_ASK = Decimal("0.10")
POUND_RATIO = Decimal("2.2")
POUND_RATIO_GIVE = Decimal("0.15")
_LIGHT_KG = Decimal(20)
_DAY, _MONTH, _YEAR = "day", "month", "year"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What a visit may know of its patient, as of a day at the home."""

    birth_date: date | None
    age_years: int | None
    sex: str
    weight_kg: Decimal | None
    weight_day: date | None
    height_cm: Decimal | None
    height_day: date | None
    allergies: AllergyState
    allergy_words: tuple[str, ...]
    barred_limbs: tuple[BarredLimb, ...]
    orders: tuple[TherapyOrder, ...] = ()
    hypercapnic_target: bool = False
    conditions: tuple[str, ...] = ()
    home_medicines: tuple[HomeMedicineFact, ...] = ()
    heparin_barred: str = ""
    unnamed_limb_alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Banner:
    """The words at the head of every screen and note about this patient."""

    name: str
    birth: str
    weight: str
    allergies: AllergyState
    allergy_words: tuple[str, ...]
    precautions: tuple[str, ...]
    limb_alerts: tuple[str, ...]

    @property
    def allergy_line(self) -> str:
        """`No known allergies`, `Allergies not asked`, or the substances."""
        return allergy_line(self.allergies, self.allergy_words)


def standing(rows: Iterable[T]) -> tuple[T, ...]:
    """The rows that were not struck out."""
    return tuple(row for row in rows if _mark_of(row).struck is None)


def _mark_of(row: Any) -> Any:
    return row.mark


def name_words(person: Person | None) -> str:
    """`Okafor, Ngozi Amara`; with the suffix and the name the patient likes to be called."""
    if person is None:
        return ""
    family = " ".join(part for part in (person.family, person.suffix) if part)
    name = ", ".join(part for part in (family, person.given) if part)
    return f"{name} (“{person.preferred_name}”)" if person.preferred_name else name


def birth_words(person: Person | None, today: date) -> str:
    """`4 Mar 1971 (55 years)`; only what is known of the date; `birth date not known`."""
    if person is None or person.birth_day is None:
        return "birth date not known"
    day, precision = person.birth_day, person.birth_precision or _DAY
    if precision == _DAY:
        return f"{show_day(day)} ({age_words(day, today)})"
    years = age_years(day, precision, today)
    shown = show_day(day).partition(" ")[2] if precision == _MONTH else f"{day.year}"
    return f"{shown} (about {years}{NBSP}{_plural(years, 'year')})"


def age_words(birth: date, today: date) -> str:
    """Days below 28 days, months below 24 months, then completed years (reference 11.16)."""
    return age_on(birth, max(birth, today)).said


def age_years(birth: date, precision: str, today: date) -> int:
    """Completed years; where only month or year is known, the youngest age it can be."""
    if precision == _YEAR:
        birth = date(birth.year, 12, 31)
    elif precision == _MONTH:
        first_after = (birth.replace(day=28) + timedelta(days=4)).replace(day=1)
        birth = first_after - timedelta(days=1)
    return age_on(birth, max(birth, today)).years


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def latest_weight(chart: PatientChart, today: date | None = None) -> WeightTaken | None:
    """The newest weight with a day (not after `today`) that was not struck out."""
    dated = [
        row
        for row in standing(chart.weight)
        if row.weight_kg is not None and row.day is not None and (today is None or row.day <= today)
    ]
    return max(dated, key=lambda row: (row.day or date.min, _seq(row)), default=None)


def latest_height(chart: PatientChart, today: date) -> HeightTaken | None:
    """The newest height with a day (not after `today`) that was not struck out."""
    dated = [
        row
        for row in standing(chart.height)
        if row.height_cm is not None and row.day is not None and row.day <= today
    ]
    return max(dated, key=lambda row: (row.day or date.min, _seq(row)), default=None)


def _seq(row: WeightTaken | HeightTaken) -> int:
    key = row.mark.row.at[-1:]
    return key[0] if key and isinstance(key[0], int) else 0


def weight_words(weight: WeightTaken | None) -> str:
    """`82.4 kg on 3 Nov 2026`; kilograms only (clinical reference 10); `not weighed`."""
    if weight is None or weight.weight_kg is None or weight.day is None:
        return "not weighed"
    return f"{kilograms(weight.weight_kg)} on {show_day(weight.day)}"


def kilograms(weight: Decimal) -> str:
    """A weight with one decimal, two below 20 kg."""
    return with_unit(weight, KILOGRAM, 2 if weight < _LIGHT_KG else 1)


def weight_findings(chart: PatientChart) -> list[Finding]:
    """Asks again where the newest weight may be pounds typed as kilograms, or changed by 10 %.

    Clinical reference 11.15: a ratio of 2.2 +- 0.15 between two weights looks like the wrong unit.
    """
    newest = latest_weight(chart)
    if newest is None or newest.weight_kg is None or newest.day is None:
        return []
    before = latest_weight(
        PatientChart(weight=tuple(row for row in chart.weight if row is not newest))
    )
    if before is None or before.weight_kg is None:
        return []
    cell = Cell(SECTION, newest.mark.row, "weight_kg")
    ratio = max(newest.weight_kg, before.weight_kg) / min(newest.weight_kg, before.weight_kg)
    detail = f"before: {weight_words(before)}; now: {weight_words(newest)}"
    subject = newest.mark.row.path()
    if abs(ratio - POUND_RATIO) <= POUND_RATIO_GIVE:
        words = f"Is the weight in {POUND.label} or in {KILOGRAM.label}?"
        return [
            Finding(
                "weight.unit", Level.ALERT, words, SECTION, cell, detail=detail, subject=subject
            )
        ]
    change = (newest.weight_kg - before.weight_kg) / before.weight_kg
    if abs(change) < CHANGE_TO_ASK:
        return []
    percent = with_unit(abs(change) * 100, "%", 0)
    since = f" since {show_day(before.day)}" if before.day else ""
    words = f"Weight {'up' if change > 0 else 'down'} {percent}{since}"
    return [
        Finding("weight.change", Level.ALERT, words, SECTION, cell, detail=detail, subject=subject)
    ]


def allergy_state(chart: PatientChart) -> AllergyState:
    """Known as soon as one is listed; none only where somebody said none; else not asked."""
    if standing(chart.allergy):
        return AllergyState.KNOWN
    if chart.patient and chart.patient.allergy_state == AllergyState.NONE_KNOWN:
        return AllergyState.NONE_KNOWN
    return AllergyState.NOT_ASKED


def allergy_words(chart: PatientChart) -> tuple[str, ...]:
    """Each allergy with what happened: `penicillin (hives, severe)`; the dangerous ones first."""
    rows = sorted(standing(chart.allergy), key=_danger)
    return tuple(_allergy(row) for row in rows)


def _danger(row: Allergy) -> int:
    if row.status in {"inactive", "resolved"}:
        return 3
    if row.severity in {"severe", "anaphylaxis"} or row.risk == "high":
        return 0
    return 1 if row.kind == "drug" else 2


def _allergy(row: Allergy) -> str:
    more = [row.reaction, row.severity]
    if row.risk == "high":
        more.append("high risk")
    if row.status in {"inactive", "resolved"}:
        more.append(row.status)
    said = ", ".join(part for part in more if part)
    substance = row.substance or "substance not named"
    return f"{substance} ({said})" if said else substance


def allergy_line(state: AllergyState, words: tuple[str, ...]) -> str:
    """One line that never leaves open which of the three states it is."""
    if state is AllergyState.NONE_KNOWN:
        return "No known allergies"
    if state is AllergyState.NOT_ASKED:
        return f"Allergies not asked ({'; '.join(words)})" if words else "Allergies not asked"
    return "; ".join(words)


def in_force(chart: PatientChart, today: date) -> tuple[Precaution, ...]:
    """Precautions that hold on `today`."""
    return tuple(
        row for row in standing(chart.precaution) if row.until is None or row.until >= today
    )


def barred_limbs(chart: PatientChart, today: date) -> tuple[BarredLimb, ...]:
    """Limbs not to be used for blood pressure or a needle, and why; they follow the patient."""
    return tuple(
        BarredLimb(row.limb, row.why or row.what or "limb alert")
        for row in in_force(chart, today)
        if row.kind == "limb" and row.limb
    )


def precaution_words(row: Precaution) -> str:
    """`right arm: no blood pressure (mastectomy)`, `fall risk: uses a walker`."""
    label = _PRECAUTION_LABELS.get(row.kind or "", row.kind or "")
    head = row.limb if row.kind == "limb" and row.limb else label
    if row.kind == "limb" and not row.limb:
        head = f"{label}, limb not named"
    what = row.what or ("no blood pressure, no needle" if row.kind == "limb" else "")
    if row.kind == "other" and what:
        head, what = what, ""
    said = f"{head}: {what}" if head and what else head or what
    return f"{said} ({row.why})" if row.why else said


_PRECAUTION_LABELS = {
    "limb": "limb alert",
    "fall": "fall risk",
    "bleeding": "bleeding risk",
    "infection": "infection control",
    "oxygen": "oxygen in use",
    "seizure": "seizure risk",
    SPO2_TARGET: "SpO2 target 88 to 92 %",
    "access": "difficult venous access",
    "dnr": "do not resuscitate directive on file",
    "other": "other",
}


def banner(chart: PatientChart, today: date) -> Banner:
    """What stands at the head of every screen about this patient."""
    holding = in_force(chart, today)
    state = allergy_state(chart)
    words = allergy_words(chart)
    if state is AllergyState.NOT_ASKED and chart.patient and chart.patient.allergy_note:
        words = (chart.patient.allergy_note,)
    return Banner(
        name=name_words(chart.patient),
        birth=birth_words(chart.patient, today),
        weight=weight_words(latest_weight(chart)),
        allergies=state,
        allergy_words=words,
        precautions=tuple(precaution_words(row) for row in holding if row.kind != "limb"),
        limb_alerts=tuple(precaution_words(row) for row in holding if row.kind == "limb"),
    )


def patient_facts(chart: PatientChart, today: date) -> PatientFacts:
    """Age, dosing weight, allergies and barred limbs as of `today` at the home."""
    person, weight = chart.patient, latest_weight(chart, today)
    height = latest_height(chart, today)
    birth = person.birth_day if person else None
    precision = (person.birth_precision if person else None) or _DAY
    return PatientFacts(
        birth_date=birth if precision == _DAY else None,
        age_years=age_years(birth, precision, today) if birth else None,
        sex=(person.sex if person else None) or "",
        weight_kg=weight.weight_kg if weight else None,
        weight_day=weight.day if weight else None,
        height_cm=height.height_cm if height else None,
        height_day=height.day if height else None,
        allergies=allergy_state(chart),
        allergy_words=allergy_words(chart),
        barred_limbs=barred_limbs(chart, today),
        orders=usable_orders(chart, today),
        # Only ever from a clinician's documented target, never from a diagnosis (reference 11.3).
        hypercapnic_target=any(row.kind == SPO2_TARGET for row in in_force(chart, today)),
        conditions=condition_words(chart),
        home_medicines=home_medicine_facts(chart),
        heparin_barred=heparin_barred(standing(chart.allergy), standing(chart.condition)),
        unnamed_limb_alerts=unnamed_limb_alerts(in_force(chart, today)),
    )


def condition_words(chart: PatientChart) -> tuple[str, ...]:
    """What the patient has, each with its code: `Type 2 diabetes, E11.9`; resolved ones not."""
    return tuple(
        ", ".join(part for part in (row.words, row.code) if part)
        for row in standing(chart.condition)
        if row.words and row.status != "resolved"
    )


def home_medicine_facts(chart: PatientChart) -> tuple[HomeMedicineFact, ...]:
    """The list of home medicines in its order, also those on hold or stopped."""
    return tuple(
        HomeMedicineFact(
            number=int(row.mark.row.at[0]),
            words=row.words or "",
            dose=row.dose or "",
            route=row.route or "",
            frequency=row.frequency or "",
            reason=row.reason or "",
            status=row.status or "",
            over_the_counter=row.over_the_counter,
        )
        for row in standing(chart.home_medicine)
        if row.words
    )


def orders_in_use(chart: PatientChart) -> tuple[TherapyOrder, ...]:
    """Orders that are neither drafts nor ended nor struck out, whatever their days."""
    return tuple(order for order in standing(chart.therapy_order) if order.status == USED)


def usable_orders(chart: PatientChart, today: date) -> tuple[TherapyOrder, ...]:
    """Orders by which something may be given today: in use, begun, and not over by their days."""
    return tuple(
        order
        for order in orders_in_use(chart)
        if (order.starts is None or order.starts <= today)
        and (order.ends is None or order.ends >= today)
    )


def told(chart: PatientChart) -> tuple[Contact, ...]:
    """Contacts that may be told about care."""
    return tuple(row for row in standing(chart.contact) if row.may_be_told)
