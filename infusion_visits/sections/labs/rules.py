"""What samples and results have to say: the order of tubes, the line, handling, critical values.

Decision support, per agency protocol and the laboratory's own guide. Drug levels: levels.py.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.planned import PlannedTask
from infusion_visits.core.units import MILLILITRE, MINUTE, with_unit
from infusion_visits.sections.labs.catalogue import TubeKind, catalogue_of
from infusion_visits.sections.labs.fields import (
    CRITICAL,
    ICE,
    LINE,
    SECTION,
    TUBES,
)
from infusion_visits.sections.labs.levels import level_findings, runs_at, runs_beside

if TYPE_CHECKING:
    from infusion_visits.core.marks import Mark
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.labs.values import Labs, Result, Sample, Tube

_LABELS = {option.key: option.label for option in TUBES}
_COOLED = frozenset({"cool", ICE, "frozen"})


def findings(values: Labs, facts: Facts) -> list[Finding]:
    """All that samples and results of this visit have to say; struck rows say nothing."""
    found: list[Finding] = []
    for sample in standing(values):
        found += _labelled(sample)
        found += _order_of_draw(sample, facts)
        found += _through_line(sample, facts)
        found += _handling(sample, facts)
        found += _handed(sample)
        found += level_findings(sample, tubes_of(sample), facts)
    for result in results_of(values):
        found += _critical(result)
    return found


def tasks(values: Labs, facts: Facts) -> list[PlannedTask]:
    """One task for the results of each sample: a sample without a result is lost care."""
    days = catalogue_of(facts).results_due_days
    made = []
    for sample in standing(values):
        tests = ", ".join(one.tests for one in tubes_of(sample) if one.tests)
        if sample.at is None or not tests:
            continue
        day = local_day(sample.at, facts.zone)
        of = f" from {sample.laboratory}" if sample.laboratory else ""
        made.append(
            PlannedTask(
                what=f"Results{of}: {tests}",
                due_day=day + timedelta(days=days),
                origin=f"{SECTION}/{sample.mark.row.path()}",
            )
        )
    return made


def standing(values: Labs) -> tuple[Sample, ...]:
    """The samples that were not struck out."""
    return tuple(one for one in values.lab_draw if one.mark.struck is None)


def results_of(values: Labs) -> tuple[Result, ...]:
    """The results that were not struck out."""
    return tuple(one for one in values.lab_result if one.mark.struck is None)


def tubes_of(sample: Sample) -> tuple[Tube, ...]:
    """The tubes in the order in which they were drawn."""
    return tuple(one for one in sample.lab_tube if one.mark.struck is None)


def out_of_order(sample: Sample, facts: Facts) -> tuple[tuple[TubeKind, TubeKind], ...]:
    """Pairs of tubes drawn the wrong way round: the earlier one that should have come later."""
    known = catalogue_of(facts).tubes
    kinds = [known[one.tube] for one in tubes_of(sample) if one.tube and one.tube in known]
    return tuple((before, after) for before, after in pairwise(kinds) if before.order > after.order)


def _about(
    code: str,
    level: Level,
    words: str,
    mark: Mark,
    field: str,
    *,
    overridable: bool = False,
    detail: str = "",
    response: str = "",
) -> Finding:
    return Finding(
        code=f"labs.{code}",
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, mark.row, field),
        gate=Gate.SIGN,
        overridable=overridable,
        detail=detail,
        response=response,
        at=mark.at,
        subject=mark.row.path(),
    )


def _labelled(sample: Sample) -> list[Finding]:
    if sample.labelled is not False:
        return []
    words = "Sample not labelled at the patient: do not send it, draw it again."
    said = "Sample not labelled at the patient with two identifiers"
    return [
        _about("unlabelled", Level.STOP, words, sample.mark, "labelled", overridable=True),
        _about("unlabelled-sent", Level.ALERT, said, sample.mark, "labelled"),
    ]


def _order_of_draw(sample: Sample, facts: Facts) -> list[Finding]:
    wrong = out_of_order(sample, facts)
    if not wrong:
        return []
    before, after = wrong[0]
    return [
        _about(
            "order-of-draw",
            Level.ALERT,
            f"Tubes out of order: {before.label} before {after.label}",
            sample.mark,
            "at",
            detail=before.note or f"{before.additive} may be carried over.",
            response=sample.note or "",
        )
    ]


def _through_line(sample: Sample, facts: Facts) -> list[Finding]:
    """A sample from a line: what ran there, for how long it was stopped, what was discarded."""
    if sample.source != LINE:
        return []
    catalogue = catalogue_of(facts)
    found = []
    for run in runs_beside(sample, facts):
        if sample.at is not None and runs_at(run, sample.at):
            found.append(
                _about(
                    "through-running-lumen",
                    Level.ALERT,
                    f"Sample drawn through the lumen in which {run.drug or 'the infusion'} ran",
                    sample.mark,
                    "lumen",
                    detail="Levels and electrolytes from it may be false; tell the laboratory.",
                    response=sample.note or "",
                )
            )
            break
    stopped = sample.stopped_minutes
    if facts.runs and stopped is not None and stopped < catalogue.stopped_minutes:
        least = with_unit(Decimal(catalogue.stopped_minutes), MINUTE)
        words = f"Stop infusions for {least} before a sample, per agency protocol."
        found.append(_about("stopped-short", Level.ADVICE, words, sample.mark, "stopped_minutes"))
    line = facts.line(sample.device_id)
    least_ml, discard = catalogue.discard_ml, sample.discard_ml
    central = line is not None and line.central
    if central and least_ml is not None and discard is not None and discard < least_ml:
        words = (
            f"Discard {with_unit(least_ml, MILLILITRE)} from a central line before a sample, "
            "per agency protocol (agency to confirm)."
        )
        found.append(_about("discard-small", Level.ADVICE, words, sample.mark, "discard_ml"))
    return found


def _handling(sample: Sample, facts: Facts) -> list[Finding]:
    found = []
    for tube in tubes_of(sample):
        for one in catalogue_of(facts).handling_of(tube.tests or ""):
            if sample.transport is not None and sample.transport != one.transport:
                words = f"{tube.tests}: the laboratory usually wants it {one.label}."
                found.append(_about("handling", Level.ADVICE, words, sample.mark, "transport"))
        if tube.tube == "culture_bottles" and sample.transport in _COOLED:
            words = f"{_LABELS[tube.tube]}: kept at room temperature, never cooled."
            found.append(_about("culture-cooled", Level.ADVICE, words, sample.mark, "transport"))
    return found


def _handed(sample: Sample) -> list[Finding]:
    if sample.at is None or sample.handed_at is None or sample.handed_at >= sample.at:
        return []
    words = "Handed over before it was drawn: correct one of the times."
    return [_about("handed-before", Level.STOP, words, sample.mark, "handed_at")]


def _critical(result: Result) -> list[Finding]:
    if result.judged != CRITICAL:
        return []
    value = " ".join(part for part in (result.value, result.unit) if part)
    told = ""
    if result.told_to:
        back = {None: "", True: ", read back", False: ", not read back"}[result.read_back]
        told = f"{result.told_to} told{back}."
    alert = _about(
        "critical",
        Level.ALERT,
        f"Critical result: {' '.join(p for p in (result.test, value) if p)}",
        result.mark,
        "value",
        detail=f"Sample: {result.sampled}." if result.sampled else "",
        response=" ".join(part for part in (told, result.answer or "") if part),
    )
    if "told_to" in result.mark.not_done:
        return [alert]
    for lacking, field in (
        (not result.told_to, "told_to"),
        (result.told_at is None, "told_at"),
        (not result.read_back, "read_back"),
    ):
        if lacking:
            words = f"Critical {result.test or 'result'}: tell it now, have it read back."
            stop = _about("critical-not-told", Level.STOP, words, result.mark, field)
            return [stop, alert]
    return [alert]
