"""What the medicines given at a visit have to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.kinds import INFUSION_KINDS
from infusion_visits.core.moments import show_day, show_time
from infusion_visits.core.units import NBSP
from infusion_visits.sections.medicines.fields import PREMEDICATION, SECTION
from infusion_visits.sections.medicines.reconciled import reconciliation_findings

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.medicines.values import MedicineGiven, Medicines

_FIGURE = re.compile(r"^\d{1,3}(,?\d{3})*(\.\d+)?( to \d[\d,.]*)?$")
_LONG_WHOLE = re.compile(r"^[1-9]\d{3,8}$")
_TRAILING_ZERO = re.compile(r"\.\d*0( |$)")
_NO_LEADING_ZERO = re.compile(r"(^|\s)\.\d")


def findings(values: Medicines, facts: Facts) -> list[Finding]:
    """Expired medicines, doses that may be misread, emergency medicines, premedication lacking."""
    found: list[Finding] = []
    for one in standing(values):
        found += _expired(one, facts)
        found += _misread(one)
        found += _emergency(one, facts)
    found += _premedication(values, facts)
    return [*found, *reconciliation_findings(values, facts)]


def standing(values: Medicines) -> tuple[MedicineGiven, ...]:
    """The rows that were not struck out."""
    return tuple(one for one in values.medicine_given if one.mark.struck is None)


def premedication_times(values: Medicines) -> tuple[datetime, ...]:
    """When premedication was given or taken, earliest first."""
    return tuple(sorted(one.at for one in standing(values) if one.why == PREMEDICATION and one.at))


def dose_words(one: MedicineGiven) -> str:
    """`650 mg`, with a no-break space; empty without a dose."""
    dose = one.dose or ""
    if _LONG_WHOLE.match(dose):
        dose = f"{int(dose):,}"
    return NBSP.join(part for part in (dose, one.dose_unit) if part)


def given_words(one: MedicineGiven) -> str:
    """`acetaminophen 650 mg oral`: what, how much and by which route."""
    return " ".join(part for part in (one.medicine, dose_words(one), one.route) if part)


def _expired(one: MedicineGiven, facts: Facts) -> list[Finding]:
    day = local_day(one.at or facts.now, facts.zone)
    if one.expiry is None or one.expiry >= day:
        return []
    return [
        Finding(
            code="medicines.expired",
            level=Level.STOP,
            words=f"{one.medicine or 'The medicine'} expired on {show_day(one.expiry)}.",
            section=SECTION,
            cell=Cell(SECTION, one.mark.row, "expiry"),
            overridable=True,
            at=one.at,
            subject=one.mark.row.path(),
        )
    ]


def _misread(one: MedicineGiven) -> list[Finding]:
    """A dose written so that it can be read tenfold (display safety, ISMP)."""
    dose = one.dose or ""
    if _TRAILING_ZERO.search(dose):
        words = f"Write the dose {dose} without a zero at its end."
    elif _NO_LEADING_ZERO.search(dose):
        words = f"Write the dose {dose} with a zero before the point."
    elif dose and not _FIGURE.match(dose):
        words = (
            f"Write the dose “{dose}” as a figure such as 650 or 0.3; the unit stands beside it."
        )
    else:
        return []
    return [
        Finding(
            code="medicines.dose_misread",
            level=Level.STOP,
            words=words,
            section=SECTION,
            cell=Cell(SECTION, one.mark.row, "dose"),
            at=one.at,
            subject=one.mark.row.path(),
        )
    ]


def _emergency(one: MedicineGiven, facts: Facts) -> list[Finding]:
    if one.why != "emergency":
        return []
    when = f" at {show_time(one.at, facts.zone)}" if one.at else ""
    return [
        Finding(
            code="medicines.emergency",
            level=Level.ALERT,
            words=f"Emergency medicine given: {given_words(one)}",
            section=SECTION,
            cell=Cell(SECTION, one.mark.row, "medicine"),
            detail=one.reason or f"Given{when}.",
            response=one.response or "",
            at=one.at,
            subject=one.mark.row.path(),
        )
    ]


def ordered_names(ordered: str) -> tuple[str, ...]:
    """By which names an ordered premedication may be charted: its first word, and what it names
    after "such as" (`antihistamine, such as diphenhydrAMINE by mouth`)."""
    kind, _, example = ordered.casefold().partition("such as ")
    firsts = (part.split()[0].strip(",;:") for part in (kind, example) if part.split())
    return tuple(name for name in firsts if name)


def _premedication(values: Medicines, facts: Facts) -> list[Finding]:
    """Ordered premedication that is not charted keeps the start shut (reference 7.5)."""
    infuses = facts.kind in INFUSION_KINDS or facts.infusion_start is not None
    if facts.order is None or not infuses:
        return []
    given = " ".join(
        (one.medicine or "").casefold()
        for one in standing(values)
        if one.why == PREMEDICATION and one.at is not None
    )
    found = []
    for ordered in facts.order.premedications:
        names = ordered_names(ordered)
        if not names or any(name in given for name in names):
            continue
        found.append(
            Finding(
                code="medicines.premedication_lacking",
                level=Level.STOP,
                words=f"Ordered premedication is not charted: {ordered}.",
                section=SECTION,
                gate=Gate.SIGN if facts.infusion_start else Gate.START,
                overridable=True,
                subject=names[0],
            )
        )
    return found
