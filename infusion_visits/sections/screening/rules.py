"""What a yes before an infusion asks of the nurse (clinical reference 7.5).

Default actions are decision support, per agency protocol and prescriber's order.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.kinds import INFUSION_KINDS
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.units import KILOGRAM, with_unit
from infusion_visits.sections.screening.fields import (
    QUESTIONS,
    SCREENING_ANSWER,
    SECTION,
    note_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.screening.values import Screening, ScreeningAnswers

CATALOGUE = "screening"
ROW = Row(SCREENING_ANSWER.name)
HOLD = "screening-hold"
YES = "screening-yes"
INCOMPLETE = "screening-incomplete"
WEIGHT = "weight-differs"
WEIGHT_SHARE = Decimal("0.10")
"""From this share of the dosing weight on the pharmacy is called (practice default, inclusive)."""

LABELS = dict(QUESTIONS)


class Action(StrEnum):
    """What a yes asks; the first five keep the start shut until the nurse says what was done."""

    HOLD_CALL = "hold_call"
    HOLD = "hold"
    CALL = "call"
    WAIT = "wait"
    REJECT = "reject"
    NOTE = "note"
    RECONCILE = "reconcile"
    ADVISE = "advise"


SHUTS_START = frozenset({Action.HOLD_CALL, Action.HOLD, Action.CALL, Action.WAIT, Action.REJECT})


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the catalogue. `lesser` counts where the drug's name is in `lesser_names`."""

    key: str
    asks: str
    action: Action
    do: str
    source: str
    lesser: Action | None = None
    lesser_do: str = ""
    lesser_names: tuple[str, ...] = ()

    def for_drug(self, drug: str) -> tuple[Action, str]:
        """The action and its words for the ordered drug; an unknown drug is the stricter case."""
        low = drug.casefold()
        if self.lesser and any(name in low for name in self.lesser_names):
            return self.lesser, self.lesser_do
        return self.action, self.do


def read_questions(catalogue: Mapping[str, Any]) -> dict[str, Question]:
    """The questions by key. Raises ValueError where an entry is not in order."""
    groups: Mapping[str, Any] = catalogue["drug_group"]
    found = {entry["key"]: _question(entry, groups) for entry in catalogue["question"]}
    if list(found) != list(LABELS):
        raise ValueError("the catalogue and the form ask the same questions in the same order")
    return found


def _question(entry: Mapping[str, Any], groups: Mapping[str, Any]) -> Question:
    key = entry["key"]
    if not entry.get("source") or not all(group.get("source") for group in groups.values()):
        raise ValueError(f"{key}: every entry names its source")
    names = tuple(
        name.casefold() for group in entry.get("lesser_for", ()) for name in groups[group]["names"]
    )
    lesser = Action(entry["lesser"]) if "lesser" in entry else None
    if (lesser is None) != (not names) or (lesser is None) != ("lesser_do" not in entry):
        raise ValueError(f"{key}: a lesser action has its drugs and its words")
    return Question(
        key=key,
        asks=entry["asks"],
        action=Action(entry["action"]),
        do=entry["do"],
        source=entry["source"],
        lesser=lesser,
        lesser_do=entry.get("lesser_do", ""),
        lesser_names=names,
    )


def questions_for(facts: Facts) -> dict[str, Question]:
    """The questions in force: those kept with a signed record, else those of the catalogue."""
    kept = facts.catalogue.get(CATALOGUE)
    return read_questions(kept) if kept else _shipped()


@cache
def _shipped() -> dict[str, Question]:
    return read_questions(load_catalogue(CATALOGUE))


def asked_of(answers: ScreeningAnswers, key: str) -> bool | None:
    """The answer to a question."""
    answer: bool | None = getattr(answers, key)
    return answer


def comment_of(answers: ScreeningAnswers, key: str) -> str:
    """The comment on a question; empty when there is none."""
    return getattr(answers, note_of(key)) or ""


def not_asked(values: Screening) -> tuple[str, ...]:
    """The questions that were neither answered nor said not done, in order."""
    answers = values.screening_answer
    if answers is None or answers.mark.struck:
        return tuple(LABELS)
    return tuple(
        key for key in LABELS if asked_of(answers, key) is None and key not in answers.mark.not_done
    )


def findings(values: Screening, facts: Facts) -> list[Finding]:
    """The start stays shut while a question is open or a yes asks to hold or to call."""
    found = _incomplete(values, facts)
    answers = values.screening_answer
    if answers is None or answers.mark.struck:
        return found
    for question in questions_for(facts).values():
        if asked_of(answers, question.key):
            found += _yes(question, answers, facts)
    return found + _weight(answers, facts)


def _incomplete(values: Screening, facts: Facts) -> list[Finding]:
    missing = not_asked(values) if facts.kind in INFUSION_KINDS else ()
    if not missing:
        return []
    words = (
        "Screening: no question answered yet."
        if len(missing) == len(LABELS)
        else f"Screening: {len(missing)} of {len(LABELS)} questions not answered."
    )
    return [
        Finding(
            code=INCOMPLETE,
            level=Level.STOP,
            words=words,
            section=SECTION,
            cell=Cell(SECTION, ROW, missing[0]),
            gate=Gate.START,
            overridable=True,
        )
    ]


def _yes(question: Question, answers: ScreeningAnswers, facts: Facts) -> list[Finding]:
    drug = f"{facts.order.drug} {facts.order.brand}" if facts.order else ""
    action, do = question.for_drug(drug)
    label = LABELS[question.key]
    cell = Cell(SECTION, ROW, question.key)
    comment = comment_of(answers, question.key)
    if action not in SHUTS_START:
        return [
            Finding(
                YES,
                Level.ADVICE,
                f"{label}: yes. {do}",
                SECTION,
                cell,
                detail=comment,
                at=answers.at,
                subject=question.key,
            )
        ]
    return [
        Finding(
            HOLD, Level.STOP, f"{label}: yes. {do}", SECTION, cell,
            gate=Gate.START, overridable=True, detail=comment, at=answers.at, subject=question.key,
        ),
        Finding(
            YES, Level.ALERT, f"{label}: yes.", SECTION, cell,
            detail=comment, response=answers.response or "", at=answers.at, subject=question.key,
        ),
    ]  # fmt: skip


def _weight(answers: ScreeningAnswers, facts: Facts) -> list[Finding]:
    dosing = facts.order.dosing_weight_kg if facts.order else None
    if not dosing or facts.weight_kg is None or answers.weight_change:
        return []
    if abs(facts.weight_kg - dosing) < dosing * WEIGHT_SHARE:
        return []
    return [
        Finding(
            code=WEIGHT,
            level=Level.STOP,
            words="The weight on record differs from the dosing weight by 10\u00a0% or more. "
            "Call the pharmacy.",
            section=SECTION,
            cell=Cell(SECTION, ROW, "weight_change"),
            gate=Gate.START,
            overridable=True,
            detail=f"{with_unit(facts.weight_kg, KILOGRAM)} on record, "
            f"dosing weight {with_unit(dosing, KILOGRAM)}.",
            at=answers.at,
        )
    ]
