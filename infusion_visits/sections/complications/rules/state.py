"""What the steps of a complication say: open or closed, how grave, what is missing to end it.

Never stored: always computed from the steps that are not struck, in the order of their time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from infusion_visits.core.clock import local_day
from infusion_visits.sections.complications import options as of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
    from infusion_visits.sections.complications.values import (
        Complication,
        Complications,
        ComplicationStep,
    )

_NEVER = datetime.max.replace(tzinfo=UTC)


class State(StrEnum):
    """A complication is open until it is closed; noticed again, it is open again."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class GradeThen:
    """A grade at a time, on its scale; grades of two scales are never compared."""

    scale: str
    grade: str
    at: datetime | None


def complication_id(complication: Complication) -> UUID:
    """The complication's own id."""
    return cast("UUID", complication.mark.row.at[0])


def steps_of(complication: Complication) -> tuple[ComplicationStep, ...]:
    """The steps that stand, in the order of their time (then of their writing)."""
    kept = [step for step in complication.complication_step if step.mark.struck is None]
    return tuple(
        sorted(kept, key=lambda step: (step.happened_at or _NEVER, int(str(step.mark.row.at[-1]))))
    )


def state_of(complication: Complication) -> State:
    """Open or closed. Noticed again after it was closed, it is open again."""
    state = State.OPEN
    for step in steps_of(complication):
        if step.kind == of.CLOSED:
            state = State.CLOSED
        elif step.kind == of.NOTICED:
            state = State.OPEN
    return state


def scale_of(step: ComplicationStep, kind: Kind) -> str:
    """The scale of a step's grade: its own, else the one of the kind."""
    return step.scale or kind.scale


def grades_of(complication: Complication, kind: Kind) -> tuple[GradeThen, ...]:
    """All grades in the order of time."""
    return tuple(
        GradeThen(scale_of(step, kind), step.grade, step.happened_at)
        for step in steps_of(complication)
        if step.grade is not None and scale_of(step, kind)
    )


def grade_at_onset(complication: Complication, kind: Kind) -> GradeThen | None:
    """The first grade."""
    return next(iter(grades_of(complication, kind)), None)


def grade_now(complication: Complication, kind: Kind) -> GradeThen | None:
    """The last grade."""
    found = grades_of(complication, kind)
    return found[-1] if found else None


def grade_at_peak(complication: Complication, kind: Kind, catalogue: Catalogue) -> GradeThen | None:
    """The gravest grade on the scale of the first one; the earlier of two equal ones."""
    found = grades_of(complication, kind)
    if not found:
        return None
    scale = catalogue.scales.get(found[0].scale)
    same = [grade for grade in found if grade.scale == found[0].scale]
    return max(same, key=lambda grade: scale.rank(grade.grade) if scale else 0)


def is_on_scale(step: ComplicationStep, kind: Kind, catalogue: Catalogue) -> bool:
    """Whether the grade of the step is a grade of its scale."""
    if step.grade is None:
        return True
    scale = catalogue.scales.get(scale_of(step, kind))
    return scale is not None and scale.rank(step.grade) >= 0


def name_of(complication: Complication, kind: Kind) -> str:
    """`Infusion reaction`; the nurse's own words where it is "other"."""
    if complication.what == "other" and complication.other_words:
        return complication.other_words
    return kind.title if complication.what else "Complication"


def grade_words(grade: GradeThen | None, catalogue: Catalogue) -> str:
    """`grade 2 (CTCAE 5)`, `severe`; empty without a grade."""
    if grade is None:
        return ""
    labels = {option.key: option.label for option in of.GRADES}
    label = labels.get(grade.grade, grade.grade)
    scale = catalogue.scales.get(grade.scale)
    return f"{label} ({scale.short})" if scale is not None and scale.short else label


def headline(complication: Complication, catalogue: Catalogue) -> str:
    """`Infusion reaction, grade 2 (CTCAE 5)`: the gravest grade it reached."""
    kind = catalogue.kind(complication.what)
    peak = grade_at_peak(complication, kind, catalogue)
    words = grade_words(peak, catalogue)
    name = name_of(complication, kind)
    return f"{name}, {words}" if words else name


def told_steps(complication: Complication, roles: Sequence[str]) -> tuple[ComplicationStep, ...]:
    """The steps in which someone of these roles was reached."""
    return tuple(
        step
        for step in steps_of(complication)
        if step.kind == of.TOLD and step.told_role in roles and step.reached == "reached"
    )


def loop_missing(complication: Complication, kind: Kind) -> tuple[str, ...]:
    """What is missing to close the loop: told, read back, recheck, closed; in that order."""
    steps = steps_of(complication)
    missing: list[str] = []
    if any(not one.sign for one in kind.notify) and not told_steps(
        complication, (*kind.tell, of.EMERGENCY)
    ):
        missing.append("who was told")
    if any(step.order_received and step.read_back is not True for step in steps):
        missing.append("read back")
    if not any(step.kind == of.RECHECK for step in steps):
        missing.append("recheck")
    if state_of(complication) is State.OPEN:
        missing.append("closed")
    return tuple(missing)


def is_known_at(complication: Complication, facts: Facts) -> bool:
    """Whether it belongs to this visit: noticed, still open, or a step or strike since arrival."""
    if complication.mark.struck is not None:
        return _since_arrival(complication.mark.struck.at, facts)
    if state_of(complication) is State.OPEN:
        return True
    moments = [complication.noticed_at, *(step.happened_at for step in steps_of(complication))]
    return any(moment is not None and _since_arrival(moment, facts) for moment in moments)


def is_noticed_here(complication: Complication, facts: Facts) -> bool:
    """Whether it was noticed at this visit."""
    moment = complication.noticed_at or complication.mark.entered_at
    return moment is not None and _since_arrival(moment, facts)


def _since_arrival(moment: datetime, facts: Facts) -> bool:
    if facts.arrived is None:
        return local_day(moment, facts.zone) == local_day(facts.now, facts.zone)
    # Times are typed to the minute, the start of a visit is kept to the second.
    return moment >= facts.arrived.replace(second=0, microsecond=0)


def known_here(values: Complications, facts: Facts) -> tuple[Complication, ...]:
    """The complications of this visit, in the order they were noticed."""
    found = [one for one in values.complication if is_known_at(one, facts)]
    return tuple(
        sorted(found, key=lambda one: (one.noticed_at or _NEVER, str(complication_id(one))))
    )


def open_words(values: Complications, catalogue: Catalogue) -> tuple[str, ...]:
    """The headlines of what is open, for the safety pane and for other sections."""
    return tuple(
        headline(one, catalogue)
        for one in values.complication
        if one.mark.struck is None and state_of(one) is State.OPEN
    )
