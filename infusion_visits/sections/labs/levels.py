"""Was a drug level drawn when, and where, it means something?

Trough: shortly before the next dose begins. Peak: after the last dose has ended. The times stand in
the catalogue with their sources; pharmacy and order always win. Drug sticks to the wall of the
lumen through which it ran, so that a level from there may be far too high.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_instant, show_minutes
from infusion_visits.sections.labs.catalogue import LevelTimes, catalogue_of
from infusion_visits.sections.labs.fields import LINE, PEAK, SECTION, TROUGH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from infusion_visits.patients.facts import Facts, RunFact
    from infusion_visits.sections.labs.values import Sample, Tube


def runs_beside(sample: Sample, facts: Facts) -> tuple[RunFact, ...]:
    """The infusions of this visit through the lumen of a sample; a lumen not named is any one."""
    if sample.source != LINE or sample.device_id is None:
        return ()
    return tuple(
        run
        for run in facts.runs
        if run.device == sample.device_id
        and (not run.lumen or not sample.lumen or run.lumen.casefold() == sample.lumen.casefold())
    )


def runs_at(run: RunFact, at: datetime) -> bool:
    """Whether an infusion was under way at `at`."""
    if run.started is None or at < run.started:
        return False
    return run.ended is None or at < run.ended


def level_findings(sample: Sample, tubes: Sequence[Tube], facts: Facts) -> Iterator[Finding]:
    """Alerts for levels drawn too early, too late, or through the lumen of their own drug."""
    for tube in tubes:
        if tube.level is None:
            continue
        drug = tube.level_drug or ""
        times = catalogue_of(facts).level(drug)
        wrong = ""
        if sample.at is not None and tube.level == TROUGH:
            wrong = _trough(sample.at, tube, times, facts)
        elif sample.at is not None and tube.level == PEAK:
            wrong = _peak(sample.at, tube, times, facts)
        if wrong:
            yield _alert("level-time", f"{_name(tube)} {wrong}", sample, tube, times)
        if any(_is_of(run, drug) for run in runs_beside(sample, facts)):
            words = f"{_name(tube)} drawn through the lumen in which the drug runs"
            yield _alert("level-lumen", words, sample, tube, times)


def _trough(at: datetime, tube: Tube, times: LevelTimes, facts: Facts) -> str:
    begins = tube.dose_at or _begin(tube, facts)
    if begins is None:
        return ""
    minutes = int((begins - at).total_seconds() // 60)
    dose = show_instant(begins, facts.zone, beside=at)
    if minutes < 0:
        return f"drawn after the dose had begun at {dose}"
    if minutes > times.trough_within:
        return f"drawn {show_minutes(minutes)} before the dose at {dose}, too early"
    return ""


def _peak(at: datetime, tube: Tube, times: LevelTimes, facts: Facts) -> str:
    ended = tube.dose_at or _end(tube, facts)
    if ended is None:
        return "drawn before the dose had ended" if _runs(tube, at, facts) else ""
    minutes = int((at - ended).total_seconds() // 60)
    dose = show_instant(ended, facts.zone, beside=at)
    if minutes < 0:
        return f"drawn before the dose had ended at {dose}"
    if minutes < times.peak_from:
        return f"drawn {show_minutes(minutes)} after the dose ended at {dose}, too early"
    if minutes > times.peak_to:
        return f"drawn {show_minutes(minutes)} after the dose ended at {dose}, too late"
    return ""


def _begin(tube: Tube, facts: Facts) -> datetime | None:
    """When the dose of this drug began at this visit."""
    starts = [run.started for run in facts.runs if _is_of(run, tube.level_drug or "")]
    return min((at for at in starts if at is not None), default=None)


def _end(tube: Tube, facts: Facts) -> datetime | None:
    runs = [run for run in facts.runs if _is_of(run, tube.level_drug or "")]
    ends = [run.ended for run in runs if run.ended is not None]
    return max(ends, default=None) if len(ends) == len(runs) else None


def _runs(tube: Tube, at: datetime, facts: Facts) -> bool:
    return any(runs_at(run, at) for run in facts.runs if _is_of(run, tube.level_drug or ""))


def _is_of(run: RunFact, drug: str) -> bool:
    """Whether the infusion is of this drug: one name begins the other, salts and brands aside."""
    one, other = run.drug.casefold().split(), drug.casefold().split()
    return bool(one and other) and (one[0] == other[0])


def _name(tube: Tube) -> str:
    return f"{(tube.level_drug or 'Drug').capitalize()} {tube.level}"


def _alert(code: str, words: str, sample: Sample, tube: Tube, times: LevelTimes) -> Finding:
    confirm = " (pharmacy to confirm)" if times.unsure else ""
    usual = (
        f"Trough: within {times.trough_within} min before the next dose; "
        f"peak: {times.peak_from} to {times.peak_to} min after the end{confirm}."
    )
    return Finding(
        code=f"labs.{code}",
        level=Level.ALERT,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, tube.mark.row, "level"),
        detail=usual if code == "level-time" else "Tell laboratory and pharmacy.",
        response=sample.note or "",
        at=sample.at,
        subject=tube.mark.row.path(),
    )
