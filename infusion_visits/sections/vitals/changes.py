"""What sets say beside each other: lying and standing, changes from the baseline, girth, advice.

Sources: clinical reference 5 (orthostatic, girth, irregular pulse, pain), 7.7 (within 20 % of the
baseline). Advice stands inline only; per agency protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_time
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.vitals.fields import SECTION
from infusion_visits.sections.vitals.limits import changes_for
from infusion_visits.sections.vitals.options import GIRTHS, LYING, ON_OXYGEN, STANDING
from infusion_visits.sections.vitals.sets import age_months
from infusion_visits.sections.vitals.signs import figure
from infusion_visits.sections.vitals.values import VitalsSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from infusion_visits.patients.facts import Facts

LYING_AT_MOST = timedelta(minutes=20)
_COMPARED = (("systolic", "BP systolic"), ("pulse", "Pulse"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing set beside the last lying one; falls in mmHg (below 0: a rise)."""

    lying: VitalsSet
    standing: VitalsSet
    systolic_fall: Decimal
    diastolic_fall: Decimal
    positive: bool

    @property
    def words(self) -> str:
        """`BP falls from 132/80 lying to 108/72 standing (1 min): by 24/8`."""
        after = f" ({self.standing.stood}{NBSP}min)" if self.standing.stood else ""
        return (
            f"BP {_pair(self.lying)} lying, {_pair(self.standing)} standing{after}: "
            f"{_by(self.systolic_fall)} systolic, {_by(self.diastolic_fall)} diastolic"
        )


def orthostatic(sets: Sequence[VitalsSet], facts: Facts) -> tuple[Standing, ...]:
    """Every standing set with pressures, beside the last lying one at most 20 minutes before.

    Positive from a fall of 20 mmHg systolic or 10 mmHg diastolic.
    """
    changes, found = changes_for(facts), []
    for index, one in enumerate(sets):
        if one.position != STANDING or one.systolic is None or one.diastolic is None:
            continue
        lying = next((s for s in reversed(sets[:index]) if _lies(s, one)), None)
        if lying is None or lying.systolic is None or lying.diastolic is None:
            continue
        systolic = lying.systolic - one.systolic
        diastolic = lying.diastolic - one.diastolic
        positive = (
            systolic >= changes.standing_systolic_from
            or diastolic >= changes.standing_diastolic_from
        )
        found.append(Standing(lying, one, systolic, diastolic, positive))
    return tuple(found)


def _lies(lying: VitalsSet, standing: VitalsSet) -> bool:
    if lying.position != LYING or lying.systolic is None or lying.diastolic is None:
        return False
    if lying.at is None or standing.at is None:
        return False
    return standing.at - lying.at <= LYING_AT_MOST


def _pair(one: VitalsSet) -> str:
    return f"{figure(one, 'systolic')}/{figure(one, 'diastolic')}"


def _by(fall: Decimal) -> str:
    return f"{'down' if fall >= 0 else 'up'} {plain_number(abs(fall))}"


def change_findings(sets: Sequence[VitalsSet], facts: Facts) -> Iterator[Finding]:
    """The orthostatic alert, a grown girth, and advice at the field it speaks of."""
    for pair in orthostatic(sets, facts):
        if pair.positive:
            yield _finding(
                pair.standing,
                "systolic",
                "vitals.orthostatic",
                Level.ALERT,
                "Blood pressure falls on standing",
                detail=f"{pair.words}.",
                response=pair.standing.response or "",
            )
    yield from _girths(sets, facts)
    for one in sets:
        yield from _advice(one, facts)


def _girths(sets: Sequence[VitalsSet], facts: Facts) -> Iterator[Finding]:
    first: dict[str, VitalsSet] = {}
    for one in sets:
        if one.girth is None or one.girth_of is None:
            continue
        before = first.setdefault(one.girth_of, one)
        if before.girth is not None and (
            abs(one.girth - before.girth) >= changes_for(facts).girth_from_cm
        ):
            labels = {option.key: option.label for option in GIRTHS}
            yield _finding(
                one,
                "girth",
                "vitals.girth_changed",
                Level.ALERT,
                f"Girth of the {labels.get(one.girth_of, '')} {figure(one, 'girth')}",
                detail=f"{figure(before, 'girth')} at first.",
                response=one.response or "",
            )


def _advice(one: VitalsSet, facts: Facts) -> Iterator[Finding]:
    if one.rhythm == "irregular" and one.counted_full_minute is not True:
        yield _inline(one, "counted_full_minute", "irregular", "Irregular: count 60 s at the apex.")
    if one.oxygen == ON_OXYGEN and one.oxygen_flow is None and one.oxygen_percent is None:
        yield _inline(one, "oxygen_flow", "no_flow", "On oxygen: how much?")
    months, changes = age_months(facts), changes_for(facts)
    if one.head is not None and months is not None and months >= changes.head_below_months:
        yield _inline(one, "head", "head", "Head circumference is for children under 36 months.")
    if one.pain is not None and one.pain >= 4 and not one.pain_where:
        yield _inline(
            one, "pain_where", "pain_where", "Where does it hurt, and what is acceptable?"
        )
    yield from _from_baseline(one, facts)


def _from_baseline(one: VitalsSet, facts: Facts) -> Iterator[Finding]:
    """More than 20 % from this visit's baseline, compared without division."""
    baseline, over = facts.baseline, changes_for(facts).change_over_percent
    if baseline is None or baseline.at == one.at:
        return
    for sign, label in _COMPARED:
        before, now = getattr(baseline, sign), getattr(one, sign)
        if not before or now is None or 100 * abs(now - before) <= over * before:
            continue
        percent = plain_number(100 * abs(now - before) / before, 0)
        side = "above" if now > before else "below"
        at = show_time(baseline.at, facts.zone)
        yield _inline(
            one,
            sign,
            f"{sign}_changed",
            f"{label} {figure(one, sign)}: {percent}{NBSP}% {side} that of {at}.",
        )


def _inline(one: VitalsSet, field: str, code: str, words: str) -> Finding:
    return _finding(one, field, f"vitals.{code}", Level.ADVICE, words)


def _finding(
    one: VitalsSet,
    field: str,
    code: str,
    level: Level,
    words: str,
    *,
    detail: str = "",
    response: str = "",
) -> Finding:
    return Finding(
        code=code,
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, one.mark.row, field),
        detail=detail,
        response=response,
        at=one.at,
        subject=one.mark.row.path(),
    )
