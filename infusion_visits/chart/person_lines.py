"""What the chart tells of the person beside the banner: nothing that came in stays unseen. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.chart.chart_line import ChartLine
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import CENTIMETRE, with_unit
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.line_order_rules import line_order_for, line_order_words
from infusion_visits.patients.plan_rules import plan_in_force, plan_lines
from infusion_visits.patients.rules import (
    allergy_state,
    allergy_words,
    kilograms,
    precaution_words,
    standing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from infusion_visits.patients.values import (
        Condition,
        Contact,
        HomeMedicine,
        PatientChart,
    )

_OVER = {"inactive", "resolved", "stopped"}
_AS_EXPECTED = {"active", "taking", None}


def allergy_lines(chart: PatientChart) -> tuple[ChartLine, ...]:
    """The allergies with their reactions, or which of the two other states it is."""
    state = allergy_state(chart)
    note = chart.patient.allergy_note if chart.patient else None
    lines = {
        AllergyState.KNOWN: [
            ChartLine("Allergic to", one, "danger") for one in allergy_words(chart)
        ],
        AllergyState.NONE_KNOWN: [ChartLine("Allergies", "No known allergies", "ok")],
        AllergyState.NOT_ASKED: [ChartLine("Allergies", "Not asked yet", "warn")],
    }[state]
    if note:
        lines.append(ChartLine("Asked", note))
    return tuple(lines)


def health_lines(chart: PatientChart, today: date) -> tuple[ChartLine, ...]:
    """Conditions, home medicines and precautions; what is over is said quietly, and last."""
    found = [
        *_sorted(_condition(row) for row in standing(chart.condition)),
        *_sorted(_medicine(row) for row in standing(chart.home_medicine)),
    ]
    for row in standing(chart.precaution):
        until = f" until {show_day(row.until)}" if row.until else ""
        over = row.until is not None and row.until < today
        words = f"{precaution_words(row)}{until}"
        found.append(ChartLine("Mind", words, "quiet" if over else ""))
    return tuple(found)


def _sorted(lines: Iterable[ChartLine]) -> list[ChartLine]:
    return sorted(lines, key=lambda line: line.voice == "quiet")


def _condition(row: Condition) -> ChartLine:
    words = _joined(
        row.words,
        f"since {row.since}" if row.since else "",
        "" if row.status in _AS_EXPECTED else row.status,
    )
    return ChartLine("Conditions", words, "quiet" if row.status in _OVER else "")


def _medicine(row: HomeMedicine) -> ChartLine:
    said = " ".join(part for part in (row.words, row.dose, row.route, row.frequency) if part)
    words = _joined(
        said,
        f"for {row.reason}" if row.reason else "",
        f"since {row.since}" if row.since else "",
        "" if row.status in _AS_EXPECTED else row.status,
    )
    return ChartLine("Takes", words, "quiet" if row.status in _OVER else "")


def person_lines(chart: PatientChart) -> tuple[ChartLine, ...]:
    """How to reach the patient and those beside, measures of the body, numbers and notes."""
    person = chart.patient
    found = []
    if person is not None:
        interpreter = {True: "interpreter needed", False: "no interpreter needed"}
        telephone = _joined(person.telephone, person.other_telephone)
        address = ", ".join(line for line in (person.address or "").splitlines() if line)
        language = _joined(
            person.language,
            interpreter[person.interpreter] if person.interpreter is not None else "",
        )
        found = [
            ChartLine("Telephone", telephone),
            ChartLine("E-mail", person.email or ""),
            ChartLine("Address", address),
            ChartLine("Language", language),
        ]
    found += [ChartLine("Contacts", _contact(row)) for row in standing(chart.contact)]
    found += [
        ChartLine("Weight", "; ".join(_weights(chart))),
        ChartLine("Height", "; ".join(_heights(chart))),
    ]
    if person is not None:
        state = "" if person.status in {"active", None} else person.status or ""
        found += [
            ChartLine("Other names", person.other_names or ""),
            ChartLine("Status", state, "warn"),
            ChartLine("Notes", person.notes or ""),
        ]
    found += [
        ChartLine("Known as", f"{row.value} ({row.system})" if row.system else row.value or "")
        for row in standing(chart.patient_identifier)
    ]
    return tuple(line for line in found if line.words)


def plan_of_care_lines(chart: PatientChart, today: date) -> tuple[ChartLine, ...]:
    """The plan in force: by whom and until when, what it says; or that there is none."""
    plan = plan_in_force(chart, today)
    if plan is None:
        return (ChartLine("Plan of care", "None yet", "warn"),)
    signed = f"signed {show_day(plan.signed_day)}" if plan.signed_day else "not signed yet"
    ended = plan.ends is not None and plan.ends < today
    period = (
        f"{show_day(plan.starts)} to {show_day(plan.ends)}" if plan.starts and plan.ends else ""
    )
    since = period or (f"since {show_day(plan.starts)}" if plan.starts else "")
    return (
        ChartLine("In force", f"{since}, ended" if ended else since, "warn" if ended else ""),
        ChartLine(
            "Physician",
            f"{plan.physician or 'not named'}, {signed}",
            "" if plan.signed_day else "warn",
        ),
        *(ChartLine(label, words) for label, words in plan_lines(plan)),
        *_line_orders(chart, today),
    )


def _line_orders(chart: PatientChart, today: date) -> tuple[ChartLine, ...]:
    kinds = dict.fromkeys(row.line for row in standing(chart.line_order) if row.line)
    orders = filter(None, (line_order_for(chart, kind, today) for kind in kinds))
    return tuple(ChartLine("Line", line_order_words(order)) for order in orders)


def _contact(row: Contact) -> str:
    told = {True: "may be told about care", False: "is not to be told about care"}
    return _joined(
        row.name,
        row.relation,
        row.telephone,
        told[row.may_be_told] if row.may_be_told is not None else "",
        "call in an emergency" if row.emergency else "",
    )


def _weights(chart: PatientChart) -> list[str]:
    rows = [row for row in standing(chart.weight) if row.weight_kg is not None]
    rows.sort(key=lambda row: (row.day is not None, row.day), reverse=True)
    return [_on(kilograms(row.weight_kg), row.day) for row in rows if row.weight_kg is not None]


def _heights(chart: PatientChart) -> list[str]:
    rows = [row for row in standing(chart.height) if row.height_cm is not None]
    rows.sort(key=lambda row: (row.day is not None, row.day), reverse=True)
    return [
        _on(with_unit(row.height_cm, CENTIMETRE, 1), row.day)
        for row in rows
        if row.height_cm is not None
    ]


def _on(figure: str, day: date | None) -> str:
    return f"{figure} on {show_day(day)}" if day else figure


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
