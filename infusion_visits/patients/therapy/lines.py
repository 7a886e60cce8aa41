"""Whether the lines in place suit a therapy (clinical reference 1.7). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.patients.therapy.access import AccessLevel, Fit, LineClass
from infusion_visits.patients.therapy.told import Difference, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import LineFact
    from infusion_visits.patients.therapy.access import AccessRule
    from infusion_visits.patients.therapy.catalogue import Therapy
    from infusion_visits.patients.therapy.library import Library
    from infusion_visits.patients.values import TherapyOrder

_KINDS = {
    "piv": LineClass.PERIPHERAL,
    "midline": LineClass.MIDLINE,
    "subcut": LineClass.SUBCUT,
}
_NOT_OURS = frozenset({"hd_catheter", "fistula"})


@dataclass(frozen=True, slots=True)
class LineFit:
    """How one line suits a therapy; `level` is how strongly a bad fit is told."""

    fit: Fit
    level: AccessLevel
    words: str


def line_class(line: LineFact) -> LineClass | None:
    """What a line counts as; a central catheter whose tip is not central counts as a midline.

    None for a line that is not for infusions (hemodialysis, fistula).
    """
    if line.kind in _NOT_OURS or not line.for_infusion:
        return None
    if line.central:
        return LineClass.CENTRAL
    return _KINDS.get(line.kind, LineClass.MIDLINE)


def line_fit(rule: AccessRule, line: LineFact) -> LineFit:
    """Whether a therapy of this access class may go through the line."""
    found = line_class(line)
    fit = Fit.NO if found is None else rule.fits[found]
    if fit is Fit.YES:
        return LineFit(fit, AccessLevel.NONE, "")
    level = rule.level
    if fit is Fit.NO and level is not AccessLevel.STOP:
        level = AccessLevel.WARN
    said = {
        Fit.SHORT: "short course only",
        Fit.AGENCY: "the agency's rule",
        Fit.NO: "does not suit",
    }[fit]
    return LineFit(fit, level, f"{line.label}: {said}. {rule.rule}")


def access_differences(
    order: TherapyOrder, found: Library, therapy: Therapy, lines: tuple[LineFact, ...] | None
) -> Iterator[Difference]:
    """What is told of access: the best line counts; with no line at all the rule is told."""
    rule = found.access_of(therapy, order.route or "")
    confirm = rule.mark == "unsure"
    if rule.key == "subcut_only" and order.route == "IV":
        yield Difference("route", Weight.MAJOR, "Ordered into a vein.", rule.rule)
        return
    if order.route in {"IM", "subcut"} or lines is None:
        return
    standing = tuple(line for line in lines if line.in_place)
    if not standing:
        if rule.level in {AccessLevel.STOP, AccessLevel.WARN}:
            yield Difference("route", Weight.MINOR, "No line in place.", rule.rule, confirm)
        return
    fits = [line_fit(rule, line) for line in standing]
    if any(one.fit is Fit.YES for one in fits):
        return
    best = min(fits, key=lambda one: list(Fit).index(one.fit))
    weight = Weight.MAJOR if best.level is not AccessLevel.ADVICE else Weight.MINOR
    yield Difference("route", weight, best.words.partition(". ")[0] + ".", rule.rule, confirm)
