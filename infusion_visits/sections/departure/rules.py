"""When the nurse may leave, and what must be said of it.

Clinical reference 7.6, 7.7, 7.10 and trap 11.24 (the clock starts at the end of the drug).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.moments import show_instant, show_minutes, show_time
from infusion_visits.core.scales.leaving import may_leave
from infusion_visits.core.units import NBSP
from infusion_visits.sections.departure.fields import (
    CONDITIONS,
    DEPARTURE,
    LEFT_RUNNING,
    NO_DRIVER,
    NOT_TOLERATED,
    SECTION,
    TRANSFERRED,
    WORSE,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.departure.values import Departure, Leaving

ROW = Row(DEPARTURE.name)
OBSERVATION = "left-before-observation-end"
RUNNING = "infusion-still-running"
BEFORE_ARRIVAL = "departure-before-arrival"
NEXT_VISIT = "next-visit-not-ahead"
NO_LAST_VITALS = "no-vitals-after-the-end"
UNSTABLE = "vitals-not-stable"
SIGNATURE = "patient-signature"
SEDATING = (
    "diphenhydramine",
    "hydroxyzine",
    "lorazepam",
    "promethazine",
    "morphine",
    "hydromorphone",
)


def findings(values: Departure, facts: Facts) -> list[Finding]:
    """Stops on leaving too early or with the infusion unaccounted for; alerts on how it ended."""
    leaving = values.departure
    if leaving is not None and leaving.mark.struck:
        leaving = None
    found = [
        *_still_running(leaving, facts),
        *_observation(leaving, facts),
        *_vitals(leaving, facts),
    ]
    if leaving is not None:
        found += [
            *_times(leaving, facts),
            *_state(leaving),
            *_safety(leaving, facts),
            *_signature(leaving, facts),
        ]
    return found


def observation_end(facts: Facts) -> datetime | None:
    """Until when the patient is watched: counted from the end of the drug, not of the flush."""
    if facts.infusion_end is None:
        return None
    if facts.watch_until is not None:
        return facts.watch_until
    minutes = facts.order.observation_minutes if facts.order else None
    return facts.infusion_end + timedelta(minutes=minutes) if minutes else None


def _still_running(leaving: Leaving | None, facts: Facts) -> list[Finding]:
    running = facts.infusion_start is not None and facts.infusion_end is None
    if not running or (leaving and leaving.access == LEFT_RUNNING):
        return []
    return [
        _finding(
            RUNNING,
            Level.STOP,
            "The infusion has no end. Enter its end, or say that it was left running.",
            "access",
            gate=Gate.DEPART,
        )
    ]


def _observation(leaving: Leaving | None, facts: Facts) -> list[Finding]:
    until = observation_end(facts)
    left = leaving.time_out if leaving else None
    if until is None or (left or facts.now) >= until:
        return []
    words = f"Watch until {show_time(until, facts.zone)}, as ordered after the infusion."
    made = [
        _finding(OBSERVATION, Level.STOP, words, "time_out", gate=Gate.DEPART, overridable=True)
    ]
    if left is not None:
        short = _whole_minutes(until - left)
        made.append(
            _finding(
                OBSERVATION,
                Level.STOP,
                f"Left {show_minutes(short)} before the ordered observation ended.",
                "time_out",
                overridable=True,
                detail=words,
                at=left,
            )
        )
    return made


def _whole_minutes(stretch: timedelta) -> int:
    """Begun minutes: a stretch of one second is told as one minute, never as none."""
    return -(-int(stretch.total_seconds()) // 60)


def _vitals(leaving: Leaving | None, facts: Facts) -> list[Finding]:
    made = []
    last = facts.last_vitals
    if facts.infusion_end is not None and (last is None or last.at < facts.infusion_end):
        made.append(
            _finding(
                NO_LAST_VITALS,
                Level.STOP,
                "No vital signs since the end of the infusion.",
                "vitals_stable",
                gate=Gate.DEPART,
                overridable=True,
            )
        )
    elif facts.infusion_end is not None and last and facts.baseline:
        off = may_leave(last, facts.baseline)
        if off.stable is False:
            made.append(_unstable(leaving, off.words, last.at))
    if leaving and leaving.vitals_stable is False:
        made.append(
            _finding(
                "vitals-said-unstable",
                Level.ALERT,
                "Vital signs not stable on leaving.",
                "vitals_stable",
                detail=leaving.condition_note or "",
                at=leaving.time_out,
            )
        )
    return made


def _unstable(leaving: Leaving | None, off: str, at: datetime) -> Finding:
    words = "The last vital signs are not yet as before the infusion."
    return _finding(
        UNSTABLE,
        Level.ALERT,
        words,
        "vitals_stable",
        detail=f"{off}. Within 20{NBSP}% and NEWS2 at most one more, per agency protocol.",
        response=(leaving.condition_note or "") if leaving else "",
        at=at,
    )


def _times(leaving: Leaving, facts: Facts) -> list[Finding]:
    made = []
    left = leaving.time_out
    if left and facts.arrived and left < facts.arrived:
        words = (
            f"Time out {show_instant(left, facts.zone, beside=facts.arrived)} "
            f"is before time in {show_time(facts.arrived, facts.zone)}."
        )
        made += [
            _finding(BEFORE_ARRIVAL, Level.STOP, words, "time_out", gate=gate)
            for gate in (Gate.DEPART, Gate.SIGN)
        ]
    if leaving.next_visit and leaving.next_visit <= (left or facts.now):
        words = "The next visit lies before the end of this one."
        made.append(_finding(NEXT_VISIT, Level.STOP, words, "next_visit"))
    return made


def _state(leaving: Leaving) -> list[Finding]:
    made = []
    if leaving.condition in {WORSE, TRANSFERRED}:
        label = next(one.label for one in CONDITIONS if one.key == leaving.condition)
        made.append(
            _finding(
                "condition-on-leaving",
                Level.ALERT,
                f"Condition on leaving: {label}.",
                "condition",
                detail=leaving.condition_note or "",
                at=leaving.time_out,
            )
        )
    if leaving.tolerance == NOT_TOLERATED:
        made.append(
            _finding(
                "not-tolerated",
                Level.ALERT,
                "The care of this visit was not tolerated.",
                "tolerance",
                detail=leaving.tolerance_note or "",
                at=leaving.time_out,
            )
        )
    if leaving.observed is False:
        made.append(
            _finding(
                "not-observed",
                Level.ALERT,
                "The patient was not watched as long as ordered.",
                "observed",
                at=leaving.time_out,
            )
        )
    return made


def _safety(leaving: Leaving, facts: Facts) -> list[Finding]:
    made = []
    if leaving.driver == NO_DRIVER:
        words = "A driver is needed and none is there. The patient does not drive."
        made.append(
            _finding("no-driver", Level.STOP, words, "driver", gate=Gate.DEPART, overridable=True)
        )
        made.append(
            _finding(
                "no-driver-there",
                Level.ALERT,
                "An adult driver was needed and none was there.",
                "driver",
                at=leaving.time_out,
            )
        )
    elif leaving.driver is None and _sedated(facts):
        words = "The premedication can make drowsy: say whether an adult drives."
        made.append(_finding("driver-not-asked", Level.ADVICE, words, "driver"))
    if leaving.knows_number is False:
        words = "Leave the 24-hour number, and say when to call it."
        made.append(
            _finding(
                "number-not-known",
                Level.STOP,
                words,
                "knows_number",
                gate=Gate.DEPART,
                overridable=True,
            )
        )
    if facts.open_complications:
        words = "Still open: " + ", ".join(facts.open_complications) + ". Say who follows it."
        made.append(_finding("open-on-leaving", Level.ADVICE, words, "plan"))
    return made


def _sedated(facts: Facts) -> bool:
    ordered = facts.order.premedications if facts.order else ()
    return any(name in drug.casefold() for drug in ordered for name in SEDATING)


def _signature(leaving: Leaving, facts: Facts) -> list[Finding]:
    if facts.kind is VisitKind.TELEPHONE or leaving.patient_ink or leaving.no_patient_ink:
        return []
    if leaving.mark.not_done.keys() & {"patient_ink", "no_patient_ink"}:
        return []
    words = "The patient's signature, or the reason why there is none."
    return [_finding(SIGNATURE, Level.STOP, words, "patient_ink")]


def _finding(
    code: str,
    level: Level,
    words: str,
    field: str,
    *,
    gate: Gate = Gate.SIGN,
    overridable: bool = False,
    detail: str = "",
    response: str = "",
    at: datetime | None = None,
) -> Finding:
    return Finding(
        code=code,
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, ROW, field),
        gate=gate,
        overridable=overridable,
        detail=detail,
        response=response,
        at=at,
    )
