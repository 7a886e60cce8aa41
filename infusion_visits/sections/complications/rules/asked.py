"""What must be charted of a complication, and what is still to be done for it after the visit.

Source: clinical reference 4 (documentation minimum for every complication, extra documentation and
follow-up of each kind, incident report within 24 h).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.planned import PlannedTask
from infusion_visits.sections.complications.fields import COMPLICATION
from infusion_visits.sections.complications.rules.catalogue import catalogue_of
from infusion_visits.sections.complications.rules.state import (
    State,
    complication_id,
    grade_at_peak,
    headline,
    is_noticed_here,
    name_of,
    state_of,
)
from infusion_visits.sections.complications.rules.telling import duty_of

if TYPE_CHECKING:
    from datetime import date

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
    from infusion_visits.sections.complications.values import Complication, Complications

EVERY = ("condition_at_departure",)
WHILE_RUNNING = ("segment", "onset_ml")
WITH_A_LINE = ("device_status",)
NOT_OF_THE_PATIENT = frozenset({"sharps_injury", "chemo_spill"})
"""What happened to somebody or something else: nothing of the patient's condition is asked."""


def asked_fields(complication: Complication, kind: Kind, facts: Facts) -> tuple[str, ...]:
    """The fields that must be answered, in the order of the form."""
    wanted = set(kind.asks)
    if kind.key not in NOT_OF_THE_PATIENT:
        wanted.update(EVERY)
        if complication.during == "during":
            wanted.update(WHILE_RUNNING)
            line = facts.line(complication.device_id)
            if line is not None and len(line.lumens) > 1:
                wanted.add("lumen")
    if complication.device_id is not None:
        wanted.update(WITH_A_LINE)
    if complication.photographed:
        wanted.add("photo_ids")
    return tuple(leaf.name for leaf in COMPLICATION.leaves if leaf.name in wanted)


def unanswered(complication: Complication, kind: Kind, facts: Facts) -> tuple[str, ...]:
    """Those of them that have neither an answer nor a reason why there is none."""
    return tuple(
        name
        for name in asked_fields(complication, kind, facts)
        if getattr(complication, name) is None and name not in complication.mark.not_done
    )


def needs_report(complication: Complication, catalogue: Catalogue, facts: Facts) -> bool:
    """Whether an incident report is due: from grade 2 on, or with any N0 or N1."""
    kind = catalogue.kind(complication.what)
    duty = duty_of(complication, catalogue, facts.zone)
    if duty is not None and duty.code in catalogue.reporting.codes:
        return True
    peak = grade_at_peak(complication, kind, catalogue)
    figure = peak.grade if peak is not None else ""
    return figure.isdigit() and int(figure) >= catalogue.reporting.from_rank


def tasks(values: Complications, facts: Facts) -> tuple[PlannedTask, ...]:
    """What signing leaves to be done: looking again after so many hours, the incident report.

    Days count from when it was noticed, at the home. What was closed asks for no look any more.
    """
    catalogue = catalogue_of(facts)
    found: list[PlannedTask] = []
    for one in values.complication:
        if one.mark.struck is not None or not is_noticed_here(one, facts):
            continue
        found += _looks(one, catalogue, facts)
        found += _report(one, catalogue, facts)
    return tuple(found)


def _looks(one: Complication, catalogue: Catalogue, facts: Facts) -> list[PlannedTask]:
    kind = catalogue.kind(one.what)
    if state_of(one) is State.CLOSED and not _graver_than_slight(one, kind, catalogue):
        return []
    origin = str(complication_id(one))
    return [
        PlannedTask(
            what=f"{headline(one, catalogue)}: {_look_words(hours)}, per agency protocol",
            due_day=_day_after(one, hours, facts),
            origin=origin,
        )
        for hours in kind.follow_up_hours
    ]


def _graver_than_slight(one: Complication, kind: Kind, catalogue: Catalogue) -> bool:
    """Closed at the visit, a reaction that needed more than watching is still asked about."""
    peak = grade_at_peak(one, kind, catalogue)
    return kind.scale == "ctcae_irr" and peak is not None and peak.grade >= "2"


def _look_words(hours: int) -> str:
    if not hours:
        return "look again the same day"
    return f"call or visit, {hours}\u00a0h after it"


def _report(one: Complication, catalogue: Catalogue, facts: Facts) -> list[PlannedTask]:
    if one.report_number or not needs_report(one, catalogue, facts):
        return []
    name = name_of(one, catalogue.kind(one.what))
    hours = catalogue.reporting.hours
    what = f"Incident report: {name}, within {hours}\u00a0h"
    return [PlannedTask(what, due_day=_day_after(one, hours, facts), origin="incident report")]


def _day_after(one: Complication, hours: int, facts: Facts) -> date:
    noticed = one.noticed_at or facts.now
    return local_day(noticed + timedelta(hours=hours), facts.zone)


def next_recheck(complication: Complication, kind: Kind, now_rechecks: int) -> int | None:
    """The minutes after noticing at which the next recheck is due; None where none is left."""
    left = kind.recheck_minutes[now_rechecks:]
    return left[0] if left else None
