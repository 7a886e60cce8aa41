"""Is the line in place, and fit for the drug? Clinical reference table 1.7 (access.toml)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.catalogue import read_once
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.therapy.access import (
    CATALOGUE,
    AccessLevel,
    AccessRule,
    Fit,
    LineClass,
    read_access,
)
from infusion_visits.sections.devices.rules.lines import device_id
from infusion_visits.sections.devices.values import Devices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts, LineFact, TherapyFact
    from infusion_visits.visits.rules.before_start.asked import Start

SUBCUT = "subcut"


def through_this_line(start: Start) -> Iterator[Finding]:
    """A line in place; its kind, and where its tip lies, against the class of the drug."""
    order = start.order
    under_skin = order is not None and order.route == SUBCUT
    if not under_skin and not _line_in_place(start):
        yield start.stop("no-line", "No line is in place.", field="device_id", do_first=True)
        return
    therapy, line = start.therapy, start.line
    if therapy is None or order is None:
        return
    if therapy.access_class == "subcut_only" and order.route == "IV":
        yield start.stop("never-intravenous", f"{therapy.name} is never given into a vein.")
        return
    if line is None or under_skin:
        return
    yield from _fit(start, therapy, line)
    if therapy.dedicated_lumen and len(line.lumens) > 1 and start.one and not start.one.lumen:
        words = f"{therapy.name} takes a lumen of its own: say which."
        yield start.advice("own-lumen", words, field="lumen")


def _line_in_place(start: Start) -> bool:
    """A line taken out at the end of the visit was in place when the infusion started."""
    wanted = start.one.device_id if start.one else None
    return any(
        device.mark.struck is None
        and (wanted is None or device_id(device) == wanted)
        and (device.inserted_at is None or device.inserted_at <= start.at)
        and (device.removed_at is None or device.removed_at > start.at)
        for device in start.record.of(Devices).access_device
    )


def _fit(start: Start, therapy: TherapyFact, line: LineFact) -> Iterator[Finding]:
    rule = class_of(start.facts, therapy.access_class)
    kind = class_of_line(line)
    fit = rule.fits.get(kind, Fit.YES) if rule else Fit.YES
    if therapy.central_only and kind is not LineClass.CENTRAL:
        fit = Fit.NO
    where = _article(f"{line.label}{_tip_words(line)}")
    if fit is Fit.NO:
        needs = (
            "is not given under the skin" if kind is LineClass.SUBCUT else "needs a central line"
        )
        yield start.stop(
            "access",
            f"{therapy.name} {needs}; this is {where}.",
            field="device_id",
            detail=rule.rule if rule and rule.level is AccessLevel.STOP else "",
        )
    elif fit in {Fit.SHORT, Fit.AGENCY} and rule:
        yield start.advice(
            "access-short",
            f"{therapy.name} through {where}{_days(line.dwell_days)}: "
            "look at the site before each dose.",
            field="device_id",
            detail=f"{rule.rule} Per agency protocol.",
        )
    elif rule and rule.level is AccessLevel.ADVICE:
        words = f"{therapy.name}: {rule.rule[:1].lower()}{rule.rule[1:]}"
        yield start.advice("access-irritant", words, field="device_id")


def class_of_line(line: LineFact) -> LineClass:
    """The column of table 1.7. A PICC whose tip is not central counts as a midline (11.7)."""
    if line.kind == SUBCUT:
        return LineClass.SUBCUT
    if line.central:
        return LineClass.CENTRAL
    return LineClass.PERIPHERAL if line.kind == "piv" else LineClass.MIDLINE


def class_of(facts: Facts, key: str) -> AccessRule | None:
    """The class of table 1.7 in force."""
    return _read(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE)).classes.get(key)


_read = read_once(read_access)


def _tip_words(line: LineFact) -> str:
    return f" ({line.why_not_central.rstrip('.')})" if line.why_not_central else ""


def _days(dwell: int | None) -> str:
    if dwell is None:
        return ""
    return f", in place for {dwell} {'day' if dwell == 1 else 'days'}"


def _article(label: str) -> str:
    lower = label if label[:2].isupper() else label[:1].lower() + label[1:]
    return f"{'an' if lower[:1] in 'aeio' else 'a'} {lower}"
