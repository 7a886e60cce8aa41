"""Did pump and line follow what a complication asks? Questions that need several sections.

Source: clinical reference 4, columns "Stop?" and "Remove device?". Per agency protocol.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_minutes
from infusion_visits.sections.complications.rules import (
    catalogue_of,
    is_noticed_here,
    known_here,
    steps_of,
)
from infusion_visits.sections.complications.rules.state import (
    State,
    complication_id,
    grade_at_peak,
    name_of,
    state_of,
)
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.infusion.acts import State as Running
from infusion_visits.sections.infusion.acts import acts_of
from infusion_visits.sections.infusion.fields import HOLD, STOP
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.values import Infusion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
    from infusion_visits.sections.complications.values import Complication
    from infusion_visits.visits.record import VisitRecord

AT_ONCE = timedelta(minutes=2)
SHORT_LINES = frozenset({"piv", "subcut"})
SLOW_IS_ENOUGH_UNTIL = "1"
PERIPHERAL = frozenset({"piv", "midline"})


def after_complication(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """A pump that ran on though the infusion was to stop; a line left in, or taken out, against
    what the kind of complication asks."""
    catalogue = catalogue_of(facts)
    for one in known_here(record.of(Complications), facts):
        if one.mark.struck is not None or one.noticed_at is None:
            continue
        if not is_noticed_here(one, facts):
            continue
        kind = catalogue.kind(one.what)
        yield from _pump(record, facts, one, kind, catalogue)
        yield from _line(record, facts, one, kind, catalogue)


def _pump(
    record: VisitRecord, facts: Facts, one: Complication, kind: Kind, catalogue: Catalogue
) -> Iterator[Finding]:
    noticed = one.noticed_at
    if kind.stop != "yes" or noticed is None or _may_slow(one, kind, catalogue):
        return
    for infusion in standing(record.of(Infusion)):
        if one.device_id is not None and infusion.device_id not in {None, one.device_id}:
            continue
        acts = acts_of(infusion)
        before = [act for act in acts if act.at <= noticed]
        if not before or before[-1].state is not Running.RUNNING:
            continue
        stopped = next((a.at for a in acts if a.at >= noticed and a.kind in {HOLD, STOP}), None)
        if stopped is None and acts[-1].state is not Running.RUNNING:
            continue
        minutes = int(((stopped or facts.now) - noticed).total_seconds() // 60)
        name = name_of(one, kind)
        if stopped is None:
            if state_of(one) is State.CLOSED:
                continue
            words = f"{name}: the pump still runs, {show_minutes(minutes)} after it was noticed"
        elif stopped - noticed > AT_ONCE:
            words = f"{name}: the infusion was stopped {show_minutes(minutes)} after it was noticed"
        else:
            continue
        yield Finding(
            code="complication.pump_ran_on",
            level=Level.ALERT,
            words=words,
            section="infusion",
            cell=Cell("infusion", acts[-1].event.mark.row, "kind"),
            detail="It asks to stop the infusion, per agency protocol.",
            at=noticed,
            subject=f"{complication_id(one)}/{infusion.mark.row.path()}",
        )


def _may_slow(one: Complication, kind: Kind, catalogue: Catalogue) -> bool:
    """A reaction of grade 1 may be slowed instead (clinical reference 3.5 and 4.2)."""
    peak = grade_at_peak(one, kind, catalogue)
    graded_low = peak is not None and peak.grade <= SLOW_IS_ENOUGH_UNTIL
    return kind.scale == "ctcae_irr" and graded_low


def _line(
    record: VisitRecord, facts: Facts, one: Complication, kind: Kind, catalogue: Catalogue
) -> Iterator[Finding]:
    device = next(
        (d for d in record.of(Devices).access_device if d.mark.row.at[:1] == (one.device_id,)), None
    )
    if device is None or one.device_id is None:
        return
    name, cell = name_of(one, kind), Cell("devices", Row("access_device", (one.device_id,)), "kind")
    removed = device.removed_at
    if _asks_removal(one, kind, catalogue, device.kind or "") and removed is None:
        yield _about_line(one, cell, "remove", Level.ADVICE, f"{name}: the line comes out", kind)
    # A short catheter comes out at the nurse's own judgement; an antidote may still need it.
    short = device.kind in SHORT_LINES
    kept = {"after_antidote"} if short else {"by_order", "after_antidote", "no"}
    if kind.removal in kept and _out_since(removed, one):
        ordered = any(step.order_received for step in steps_of(one))
        if not ordered:
            words = f"{name}: the line was taken out without an order"
            yield _about_line(one, cell, "removed", Level.ALERT, words, kind)


def _asks_removal(one: Complication, kind: Kind, catalogue: Catalogue, device: str) -> bool:
    if kind.removal not in {"yes", "peripheral"}:
        return False
    if kind.removal == "peripheral" and device not in PERIPHERAL:
        return False
    if not kind.removal_from:
        return True
    scale, peak = catalogue.scales.get(kind.scale), grade_at_peak(one, kind, catalogue)
    if scale is None or peak is None or peak.scale != kind.scale:
        return False
    return scale.rank(peak.grade) >= scale.rank(kind.removal_from)


def _out_since(removed: datetime | None, one: Complication) -> bool:
    return removed is not None and one.noticed_at is not None and removed >= one.noticed_at


def _about_line(
    one: Complication, cell: Cell, code: str, level: Level, words: str, kind: Kind
) -> Finding:
    return Finding(
        code=f"complication.line_{code}",
        level=level,
        words=words,
        section="devices",
        cell=cell,
        detail=f"Line: {kind.remove}, per agency protocol.",
        at=one.noticed_at,
        subject=str(complication_id(one)),
    )
