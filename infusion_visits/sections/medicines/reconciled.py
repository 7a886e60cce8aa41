"""The home medicines gone through: what was not answered, what lacks, what is there twice, and
how the patient's list changes when the visit is signed.

Sources: clinical reference 7.11 (medication profile completeness), 7.5, table 7.12. Per agency
protocol; interactions are the pharmacist's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.sections.medicines.flags import catalogue_of
from infusion_visits.sections.medicines.home_list import CHANGED as CHANGED_ANSWER
from infusion_visits.sections.medicines.home_list import (
    NEW_MEDICINE,
    ON_HOLD,
    RECONCILED_MEDICINE,
    RECONCILIATION,
    STILL,
    STOPPED,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts, HomeMedicineFact
    from infusion_visits.sections.medicines.values import (
        Medicines,
        NewHomeMedicine,
        ReconciledMedicine,
    )

SECTION = "medicines"
WHOLE_KINDS = frozenset({VisitKind.START_OF_CARE, VisitKind.REASSESSMENT, VisitKind.DISCHARGE})
"""At these the whole list is gone through; else what was changed, as arrival says."""
REVIEW_CHANGED = "changed"
NOT_TAKEN = "stopped"
PARTS = ("dose", "route", "frequency")
_LABELS = {"dose": "dose", "route": "route", "frequency": "how often"}
_STATUS = {STILL: "taking", CHANGED_ANSWER: "taking", ON_HOLD: "on hold", STOPPED: NOT_TAKEN}


@dataclass(frozen=True, slots=True)
class ListChange:
    """What signing does to the patient's list: `number` None adds a medicine."""

    number: int | None
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """A medicine as it is taken after this visit."""

    row: Row
    words: str
    dose: str
    route: str
    frequency: str
    reason: str


def answers_of(values: Medicines) -> dict[int, ReconciledMedicine]:
    """The standing answers by their number in the patient's list."""
    return {one.number: one for one in values.reconciled_medicine if one.mark.struck is None}


def new_ones(values: Medicines) -> tuple[NewHomeMedicine, ...]:
    """What was not on the list, without what was struck out."""
    return tuple(one for one in values.new_home_medicine if one.mark.struck is None)


def listed(facts: Facts) -> tuple[HomeMedicineFact, ...]:
    """The list as it was known: what was stopped before is not asked again."""
    return tuple(one for one in facts.home_medicines if one.status != NOT_TAKEN)


def open_ones(values: Medicines, facts: Facts) -> tuple[HomeMedicineFact, ...]:
    """The medicines of the list without an answer."""
    answers = answers_of(values)
    return tuple(
        one
        for one in listed(facts)
        if (answer := answers.get(one.number)) is None
        or (answer.answer is None and "answer" not in answer.mark.not_done)
    )


def list_changes(values: Medicines, facts: Facts) -> tuple[ListChange, ...]:
    """What the patient's list becomes when this visit is signed; nothing for what stays."""
    known = {one.number: one for one in facts.home_medicines}
    made = []
    for number, answer in sorted(answers_of(values).items()):
        former = known.get(number)
        status = _STATUS.get(answer.answer or "")
        if former is None or status is None:
            continue
        said = {name: getattr(answer, name) for name in (*PARTS, "reason")}
        if answer.answer not in (STILL, CHANGED_ANSWER):
            said = {}
        columns = {
            name: text for name, text in said.items() if text and text != getattr(former, name)
        }
        if status != (former.status or "taking"):
            columns["status"] = status
        if columns:
            made.append(ListChange(number, columns))
    added = (ListChange(None, _added(one)) for one in new_ones(values) if one.medicine)
    return (*made, *added)


def _added(one: NewHomeMedicine) -> dict[str, Any]:
    told = {
        "words": one.medicine,
        "dose": one.dose,
        "route": one.route,
        "frequency": one.frequency,
        "reason": one.reason,
        "since": one.since,
        "over_the_counter": one.over_the_counter,
        "status": "taking",
    }
    return {name: value for name, value in told.items() if value is not None}


def taken_now(values: Medicines, facts: Facts) -> tuple[Taken, ...]:
    """All that the patient takes, as this visit knows it."""
    answers = answers_of(values)
    made = []
    for one in listed(facts):
        answer = answers.get(one.number)
        if answer is not None and answer.answer in (STOPPED, ON_HOLD):
            continue
        if answer is None and one.status == "on hold":
            continue
        made.append(
            Taken(
                row=Row(RECONCILED_MEDICINE.name, (one.number,)),
                words=one.words,
                dose=(answer.dose if answer else None) or one.dose,
                route=(answer.route if answer else None) or one.route,
                frequency=(answer.frequency if answer else None) or one.frequency,
                reason=(answer.reason if answer else None) or one.reason,
            )
        )
    made += [
        Taken(
            row=new.mark.row,
            words=new.medicine or "",
            dose=new.dose or "",
            route=new.route or "",
            frequency=new.frequency or "",
            reason=new.reason or "",
        )
        for new in new_ones(values)
    ]
    return tuple(made)


def reconciliation_findings(values: Medicines, facts: Facts) -> Iterator[Finding]:
    """Stops while the list must be gone through and was not; else advice on what lacks."""
    whole = facts.kind in WHOLE_KINDS
    waiting = open_ones(values, facts) if whole else ()
    if waiting:
        yield _about(
            "list-open",
            Level.STOP,
            f"Home medicines: {len(waiting)} of {len(listed(facts))} not reconciled.",
            Row(RECONCILED_MEDICINE.name, (waiting[0].number,)),
            "answer",
            overridable=True,
        )
    elif facts.medicines_review == REVIEW_CHANGED and not _any_difference(values):
        yield _about(
            "list-changed",
            Level.STOP,
            "Arrival says that the home medicines changed: say here which.",
            Row(RECONCILIATION.name),
            "reconciled_at",
            overridable=True,
        )
    begun = whole or bool(answers_of(values)) or bool(new_ones(values))
    if begun:
        yield from _lacking(values, facts, whole=whole)
    yield from _twice(values, facts)
    yield from _flagged(values, facts)


def _any_difference(values: Medicines) -> bool:
    changed = any(one.answer not in (None, STILL) for one in answers_of(values).values())
    return changed or bool(new_ones(values))


def _lacking(values: Medicines, facts: Facts, *, whole: bool) -> Iterator[Finding]:
    """Route, dose and how often of each; and what an as-needed medicine is taken for."""
    level = Level.STOP if whole else Level.ADVICE
    catalogue = catalogue_of(facts)
    for one in taken_now(values, facts):
        if one.row.group == NEW_MEDICINE.name:
            lacking = []  # required at its own fields
        else:
            lacking = [name for name in PARTS if not getattr(one, name)]
        if lacking:
            words = f"{one.words}: {', '.join(_LABELS[name] for name in lacking)} not on the list."
            yield _about("list-lacking", level, words, one.row, lacking[0], overridable=True)
        if not one.reason and catalogue.is_as_needed(f"{one.frequency} {one.words}"):
            words = f"{one.words}: say what it is taken for when needed."
            yield _about("list-prn", level, words, one.row, "reason", overridable=True)


def _twice(values: Medicines, facts: Facts) -> Iterator[Finding]:
    seen: dict[str, Taken] = {}
    for one in taken_now(values, facts):
        name = next(iter(one.words.casefold().replace(",", " ").split()), "")
        if not name:
            continue
        if name in seen:
            words = f"{one.words} is on the list twice: ask whether both are taken."
            field_name = "medicine" if one.row.group == NEW_MEDICINE.name else "answer"
            yield _about("list-twice", Level.ADVICE, words, one.row, field_name)
        seen.setdefault(name, one)


def _flagged(values: Medicines, facts: Facts) -> Iterator[Finding]:
    catalogue = catalogue_of(facts)
    for one in taken_now(values, facts):
        for flag in catalogue.flags_of(one.words, facts):
            words = f"{one.words} ({flag.label}): {flag.says}"
            field_name = "medicine" if one.row.group == NEW_MEDICINE.name else "answer"
            yield _about(f"list-{flag.key}", Level.ADVICE, words, one.row, field_name)


def _about(
    code: str, level: Level, words: str, row: Row, field_name: str, *, overridable: bool = False
) -> Finding:
    return Finding(
        code=f"medicines.{code}",
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, row, field_name),
        overridable=overridable,
        subject=row.path(),
    )
