"""Samples and results as FHIR: a Specimen and its Procedure, an Observation for each result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.fhir import (
    LABORATORY,
    TERMS,
    Piece,
    author_of,
    coding,
    concept,
    figure_of,
    filled,
    link,
    linked,
    note,
    observation,
    own,
    quantity,
    resource,
    standing,
    words_of,
)
from infusion_visits.sections.labs.fields import LAB_DRAW, LAB_RESULT, LAB_TUBE

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.labs.values import Labs, Result, Sample, Tube

# Units that laboratories and UCUM write alike; any other is sent as words.
_SURE_UNITS = frozenset({"mg/dL", "g/dL", "mmol/L", "mg/L", "%", "mL/min", "U/L", "mmol/mol"})
_JUDGED = {"within": "N", "low": "L", "high": "H", "critical": "AA"}
_DRAWN = frozenset({"at", "source", "site", "device_id"})
_RESULT = frozenset({"at", "test", "value", "unit", "judged", "told_to", "told_at"})


def to_fhir(values: Labs, facts: Facts, refs: Refs) -> list[Piece]:
    """All samples and results of one visit."""
    made: list[Piece] = []
    for sample in standing(values.lab_draw):
        made += _sample(sample, facts, refs)
    for result in standing(values.lab_result):
        made += _result(result, facts, refs)
    return made


def _sample(one: Sample, facts: Facts, refs: Refs) -> list[Piece]:
    path = one.mark.row.path()
    how = leaf_text(LAB_DRAW.leaf("source"), one, facts)
    method = concept(how, own("lab_draw.source", one.source or "")) if how else None
    site = concept(one.site) if one.site else None
    author, line = author_of(one.mark, refs), linked(refs, one.device_id)
    specimen = resource(
        "Specimen",
        refs.made(path),
        status="available",
        subject=link(refs.patient),
        collection=filled(
            collector=author,
            collectedDateTime=refs.time_of(one.mark),
            method=method,
            bodySite=site,
        ),
        container=[_tube(tube, facts) for tube in standing(one.lab_tube)],
        note=note(words_of(LAB_DRAW, one, facts, skip=_DRAWN)),
    )
    drawn = resource(
        "Procedure",
        refs.made(f"{path}/drawn"),
        status="completed",
        code=concept(f"Sample drawn: {how}" if how else "Sample drawn", own("lab_draw", "drawn")),
        subject=link(refs.patient),
        encounter=link(refs.visit),
        performedDateTime=refs.time_of(one.mark),
        performer=[{"actor": author}] if author else [],
        bodySite=[site] if site else [],
        usedReference=[line] if line else [],
    )
    return [specimen, drawn]


def _tube(one: Tube, facts: Facts) -> Piece:
    words = leaf_text(LAB_TUBE.leaf("tube"), one, facts)
    return filled(
        description=words_of(LAB_TUBE, one, facts, skip={"tube"}),
        type=concept(words, own("lab_tube.tube", one.tube or "")) if words else None,
    )


def _result(one: Result, facts: Facts, refs: Refs) -> list[Piece]:
    path = one.mark.row.path()
    made = observation(
        refs.made(path),
        LABORATORY,
        concept(one.test or "Test not named"),
        one.mark,
        refs,
        **_value(one),
        interpretation=_judged(one, facts),
        note=note(words_of(LAB_RESULT, one, facts, skip=_RESULT)),
    )
    # The row knows when the result became known; when the sample was drawn it knows in words.
    made["issued"] = made.pop("effectiveDateTime")
    told = one.told_to or "told_to" in one.mark.not_done
    return [made, _told(one, path, refs)] if told else [made]


def _value(one: Result) -> dict[str, Any]:
    figure = figure_of(one.value)
    if figure is not None:
        unit = one.unit or ""
        return {"valueQuantity": quantity(figure, unit, unit if unit in _SURE_UNITS else "")}
    said = " ".join(part for part in (one.value, one.unit) if part)
    if said:
        return {"valueString": said}
    unknown = coding(f"{TERMS}/data-absent-reason", "unknown", "Unknown")
    return {"dataAbsentReason": concept("no value", unknown)}


def _judged(one: Result, facts: Facts) -> list[Piece]:
    words = leaf_text(LAB_RESULT.leaf("judged"), one, facts)
    code = _JUDGED.get(one.judged or "", "")
    system = f"{TERMS}/v3-ObservationInterpretation"
    return [concept(words, coding(system, code))] if words else []


def _told(one: Result, path: str, refs: Refs) -> Piece:
    why = one.mark.not_done.get("told_to")
    missed = why is not None and not one.told_to
    reason = f"{why.reason.value} {why.words}".strip() if why else ""
    return resource(
        "Communication",
        refs.made(f"{path}/told"),
        status="not-done" if missed else "completed",
        statusReason=concept(reason) if missed else None,
        subject=link(refs.patient),
        about=[link(refs.made(path))],
        encounter=link(refs.visit),
        sent=refs.when(one.told_at) if one.told_at else None,
        recipient=[{"display": one.told_to}] if one.told_to else [],
        sender=author_of(one.mark, refs),
        payload=[{"contentString": f"Answer: {one.answer}"}] if one.answer else [],
    )
