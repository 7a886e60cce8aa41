"""What the schedule of vital signs has to say: missed sets and their reasons, signs that lack.

Source: clinical reference 1.1, 1.8 and 7.11 (a surveyor cites sets without temperature, and gaps
without a reason). What fell due is in Facts; it is worked out where the infusion is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_time, utc_text
from infusion_visits.sections.vitals.fields import (
    FULL_SET,
    MISSED_SET,
    PART_OF_A_SET,
    SECTION,
    VITAL_SIGNS,
)
from infusion_visits.sections.vitals.kept import State
from infusion_visits.sections.vitals.sets import standing, stands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts, VitalsDue
    from infusion_visits.sections.vitals.values import Vitals, VitalsSet

MISSED_CELL = Cell(SECTION, Row(MISSED_SET.name), "reason")
"""Where a missed set is answered: a new row with its reason."""


def wants_reason(due: VitalsDue) -> bool:
    """Whether the nurse is asked why a set was missed or late."""
    return due.state in {State.MISSED, State.LATE} and not due.reason


def schedule_findings(values: Vitals, facts: Facts) -> Iterator[Finding]:
    """A stop for each missed set without a reason, an alert for one with, advice for a late one."""
    for due in facts.vitals_due:
        at = show_time(due.at, facts.zone)
        if due.state == State.MISSED and not due.reason:
            words = f"No vital signs at {at} ({due.words}): add the set, or say why."
            yield _finding(due, "set_missed", Level.STOP, words)
        elif due.state == State.MISSED:
            words = f"Vital signs due at {at} not taken"
            yield _finding(due, "set_not_taken", Level.ALERT, words)
        elif due.state == State.LATE and not due.reason:
            words = f"The set due at {at} ({due.words}) was {due.minutes_late} min late: why?"
            yield _finding(due, "set_late", Level.ADVICE, words)
    yield from _lacking(values, facts)


def _finding(due: VitalsDue, code: str, level: Level, words: str) -> Finding:
    told = level is Level.ALERT
    return Finding(
        code=f"vitals.{code}",
        level=level,
        words=words,
        section=SECTION,
        cell=MISSED_CELL,
        detail=f"{due.words}." if told else "",
        response=due.reason if told else "",
        at=due.at,
        subject=utc_text(due.at),
    )


def _lacking(values: Vitals, facts: Facts) -> Iterator[Finding]:
    """What the schedule asks beside a full set: pain and sedation with a PCA, glucose with TPN."""
    asked: dict[object, list[str]] = {}
    for due in facts.vitals_due:
        if due.taken is not None:
            asked.setdefault(due.taken, []).extend(due.signs)
    for one in standing(values):
        signs = dict.fromkeys(asked.get(one.at, ()))
        missing = [sign for sign in signs if _lacks(one, sign)]
        if missing and one.extent != PART_OF_A_SET:
            names = ", ".join(VITAL_SIGNS.leaf(sign).label for sign in missing)
            yield Finding(
                code="vitals.schedule_lacks",
                level=Level.STOP,
                words=(
                    f"The set at {show_time(one.at, facts.zone) if one.at else ''} lacks {names}: "
                    "the schedule of this therapy asks for it. Type it, or say why not done."
                ),
                section=SECTION,
                cell=Cell(SECTION, one.mark.row, missing[0]),
                at=one.at,
                subject=one.mark.row.path(),
            )


def _lacks(one: VitalsSet, sign: str) -> bool:
    # The signs of every full set are asked for by their own rule.
    return sign not in FULL_SET and not stands(one, sign) and sign not in one.mark.not_done
