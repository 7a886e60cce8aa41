"""What the arrival has to say: who was identified and how, allergies never asked, consent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.moments import show_time
from infusion_visits.patients.facts import AllergyState, Facts
from infusion_visits.sections.arrival.fields import ARRIVAL, CHANGED, REFUSED, SECTION, TWO

if TYPE_CHECKING:
    from infusion_visits.sections.arrival.values import Arrival, ArrivalCheck

ROW = Row(ARRIVAL.name)
IDENTITY = "identity-two"
IDENTITY_LATE = "identity-late"
ALLERGIES = "allergies-not-asked"
CONSENT = "consent-refused"
MEDICINES = "home-medicines-changed"
HANDS = "hand-hygiene-not-done"


def findings(values: Arrival, facts: Facts) -> list[Finding]:
    """What stands out on arriving (clinical reference 7.2 and 7.3)."""
    check = values.arrival
    if check is not None and check.mark.struck:
        check = None
    found = [*_identity(check, facts), *_allergies(facts)]
    if check is not None:
        found += [*_identified_late(check, facts), *_consent(check), *_reviews(check)]
    return found


def _identity(check: ArrivalCheck | None, facts: Facts) -> list[Finding]:
    used = len(check.identifiers or ()) if check else 0
    found = []
    if used < TWO:
        said = f"{used} of {TWO} identifiers recorded; two identify the patient."
        if facts.kind is not VisitKind.TELEPHONE:
            first = _finding(IDENTITY, Level.STOP, said, "identifiers", gate=Gate.START)
            found.append(replace(first, do_first=used == 0))
        # Not answered at all is found as missing; one alone would pass as an answer.
        if check and check.identifiers:
            found.append(_finding(IDENTITY, Level.STOP, said, "identifiers"))
    if check and "identifiers" in check.mark.not_done:
        why = check.mark.not_done["identifiers"]
        found.append(
            _finding(
                "identity-not-done",
                Level.ALERT,
                "The patient was not identified by two identifiers.",
                "identifiers",
                detail=f"{why.reason}. {why.words}".strip(),
            )
        )
    return found


def _identified_late(check: ArrivalCheck, facts: Facts) -> list[Finding]:
    identified, started = check.identified_at, facts.infusion_start
    if identified is None or started is None or identified <= started:
        return []
    return [
        Finding(
            IDENTITY_LATE,
            Level.ALERT,
            "Identity checked after the infusion was started.",
            SECTION,
            Cell(SECTION, ROW, "identified_at"),
            detail=f"Identified {show_time(identified, facts.zone)}, "
            f"started {show_time(started, facts.zone)}.",
            at=identified,
        )
    ]


def _allergies(facts: Facts) -> list[Finding]:
    if facts.allergies is not AllergyState.NOT_ASKED:
        return []
    said = "Allergies were never asked."
    return [
        _finding(
            ALLERGIES,
            Level.STOP,
            f"{said} Ask, and enter them or no known allergies.",
            "allergies_review",
            gate=Gate.START,
            overridable=True,
        ),
        _finding(
            "allergies-unknown",
            Level.ALERT,
            said,
            "allergies_review",
            detail="Nothing is on record: neither allergies nor no known allergies.",
        ),
    ]


def _consent(check: ArrivalCheck) -> list[Finding]:
    if check.consent != REFUSED:
        return []
    return [
        _finding(
            CONSENT,
            Level.STOP,
            "Consent was refused. Nothing is given without it.",
            "consent",
            gate=Gate.START,
        ),
        _finding("no-consent", Level.ALERT, "Consent to the care was refused.", "consent"),
    ]


def _reviews(check: ArrivalCheck) -> list[Finding]:
    found = []
    if check.medicines_review == CHANGED:
        found.append(
            _finding(
                MEDICINES,
                Level.ADVICE,
                "Home medicines changed: update the list and tell pharmacy and prescriber.",
                "medicines_review",
                detail=check.medicines_note or "",
            )
        )
    if check.hand_hygiene is False:
        found.append(_finding(HANDS, Level.ADVICE, "Hand hygiene was not done.", "hand_hygiene"))
    return found


def _finding(
    code: str,
    level: Level,
    words: str,
    field: str,
    *,
    gate: Gate = Gate.SIGN,
    overridable: bool = False,
    detail: str = "",
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
    )
