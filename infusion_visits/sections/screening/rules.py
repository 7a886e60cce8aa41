"""What a yes before an infusion asks of the nurse (clinical reference 7.5).

Default actions are decision support, per agency protocol and prescriber's order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, read_once, reading
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
    from collections.abc import Collection

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.screening.values import Screening, ScreeningAnswers

CATALOGUE = "screening"
ROW = Row(SCREENING_ANSWER.name)
HOLD = "screening-hold"
YES = "screening-yes"
INCOMPLETE = "screening-incomplete"
WEIGHT = "weight-differs"
LABS = "labs-needed"
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
    lesser_therapies: tuple[str, ...] = ()

    def for_drug(self, drug: str, groups: Collection[str] = ()) -> tuple[Action, str]:
        """The action and its words for the ordered drug; an unknown drug is the stricter case.

        `groups` are those of the therapy catalogue; where there are any, the name counts no more.
        """
        low = drug.casefold()
        known = (
            bool(set(groups).intersection(self.lesser_therapies))
            if groups
            else any(name in low for name in self.lesser_names)
        )
        if self.lesser and known:
            return self.lesser, self.lesser_do
        return self.action, self.do


@dataclass(frozen=True, slots=True)
class DrugGroup:
    """Drugs for which a question asks less: their names, and groups of the therapy catalogue."""

    names: tuple[str, ...]
    therapies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """The catalogue as read: the questions by key, and the results that a therapy needs."""

    asked: Mapping[str, Question]
    labs: Mapping[str, tuple[str, ...]]


def read_screening(catalogue: Mapping[str, Any]) -> Questions:
    """The questions and the results needed. Raises CatalogueRefused with every fault."""
    with reading(catalogue) as top:
        groups = _drug_groups(top.entry("drug_group"))
        labs = _labs_needed(top.entry("labs", needed=False))
        entries = top.each("question")
        found = {one.key: one for one in (_question(entry, groups) for entry in entries)}
        if list(found) != list(LABELS) or len(found) != len(entries):
            top.fault(
                "the questions are not those of the form.",
                f"Ask each once, in this order: {', '.join(LABELS)}.",
                "question",
            )
        return Questions(found, labs)


def read_questions(catalogue: Mapping[str, Any]) -> Mapping[str, Question]:
    """The questions by key. Raises CatalogueRefused with every fault."""
    return read_screening(catalogue).asked


_read = read_once(read_screening)


def _drug_groups(entry: Entry | None) -> dict[str, DrugGroup]:
    groups: dict[str, DrugGroup] = {}
    for key, group in entry.tables() if entry else ():
        names = tuple(name.casefold() for name in group.texts("names"))
        groups[key] = DrugGroup(names, group.texts("therapies", needed=False))
        group.source()
        group.close()
    if entry:
        entry.close()
    return groups


def _labs_needed(entry: Entry | None) -> dict[str, tuple[str, ...]]:
    labs: dict[str, tuple[str, ...]] = {}
    for key, therapy in entry.tables() if entry else ():
        labs[key] = therapy.texts("results")
        therapy.source()
        therapy.close()
    if entry:
        entry.close()
    return labs


def _question(entry: Entry, groups: Mapping[str, DrugGroup]) -> Question:
    lesser = entry.choice("lesser", tuple(Action), needed=False)
    lesser_for = entry.choices("lesser_for", groups, needed=bool(lesser))
    lesser_do = entry.text("lesser_do", needed=bool(lesser))
    if not lesser and (lesser_for or lesser_do):
        entry.fault("a lesser action is missing.", 'Add such as lesser = "note".', "lesser")
    made = Question(
        key=entry.choice("key", LABELS),
        asks=entry.text("asks"),
        action=Action(entry.choice("action", tuple(Action), default=Action.HOLD_CALL)),
        do=entry.text("do"),
        source=entry.source(),
        lesser=Action(lesser) if lesser else None,
        lesser_do=lesser_do,
        lesser_names=tuple(name for group in lesser_for for name in groups[group].names),
        lesser_therapies=tuple(one for group in lesser_for for one in groups[group].therapies),
    )
    entry.close()
    return made


def questions_for(facts: Facts) -> Mapping[str, Question]:
    """The questions in force: those kept with a signed record, else those of the catalogue."""
    return _in_force(facts).asked


def _in_force(facts: Facts) -> Questions:
    return _read(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def questions_in_force() -> Mapping[str, Question]:
    """The questions of the catalogue in force now, where there is no visit to ask."""
    return _read(load_catalogue(CATALOGUE)).asked


def labs_needed(facts: Facts) -> tuple[str, ...]:
    """The results that the ordered therapy needs, in words; empty where none is known."""
    therapy = facts.order.therapy if facts.order else None
    return _in_force(facts).labs.get(therapy.key, ()) if therapy else ()


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
    return [*found, *_weight(answers, facts), *_labs(answers, facts)]


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
    therapy = facts.order.therapy if facts.order else None
    action, do = question.for_drug(drug, therapy.groups if therapy else ())
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


def _labs(answers: ScreeningAnswers, facts: Facts) -> list[Finding]:
    """What this drug needs is named, until somebody says when it was read."""
    needed = labs_needed(facts)
    if not needed or answers.labs_day is not None or answers.labs_missing:
        return []
    words = f"Results that this drug needs: {', '.join(needed)}. Say of which day they are."
    cell = Cell(SECTION, ROW, "labs_day")
    return [Finding(LABS, Level.ADVICE, words, SECTION, cell)]


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
