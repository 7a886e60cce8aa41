"""Complications as FHIR: the condition, the event where drug or line caused it, and each step.

Who was told is a Communication, what was done a Procedure, what was seen an Observation; each
speaks of the condition. A step that was not done, or nobody reached, says so in its status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.fhir import (
    EXAM,
    SURVEY,
    TERMS,
    Piece,
    author_of,
    charted,
    coding,
    concept,
    link,
    linked,
    note,
    own,
    public,
    resource,
    standing,
    words_of,
)
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.fields import COMPLICATION, COMPLICATION_STEP
from infusion_visits.sections.complications.rules import catalogue_of
from infusion_visits.sections.complications.rules.asked import NOT_OF_THE_PATIENT
from infusion_visits.sections.complications.rules.state import (
    State,
    complication_id,
    name_of,
    state_of,
    steps_of,
)

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.values import (
        Complication,
        Complications,
        ComplicationStep,
    )

CONDITION = own("condition", "complication", "Complication of infusion care")
"""By this our own import knows that it is no entry of the problem list."""
_BY_DRUG = frozenset(
    {
        *("infusion_reaction", "anaphylaxis", "delayed_reaction", "speed_shock"),
        *(
            "fluid_overload",
            "hypoglycemia",
            "hyperglycemia",
            "opioid_oversedation",
            "sc_site_reaction",
        ),
    }
)
_BY_BOTH = frozenset({"infiltration", "extravasation", "phlebitis_chemical"})
_INCIDENTS = NOT_OF_THE_PATIENT | {"medication_error", "pump_failure"}
"""What happened around the patient is no condition of the patient."""
_SAID = frozenset({"what", "noticed_at", "device_id"})


def to_fhir(values: Complications, facts: Facts, refs: Refs) -> list[Piece]:
    """Every complication with its steps, those of earlier visits as well."""
    made: list[Piece] = []
    for one in standing(values.complication):
        if one.what in _INCIDENTS:
            made += _incident(one, facts, refs)
        else:
            made += [_condition(one, facts, refs), *_event(one, facts, refs)]
        for step in steps_of(one):
            made += _step(one, step, facts, refs)
    return made


def _name(one: Complication, facts: Facts) -> str:
    return name_of(one, catalogue_of(facts).kind(one.what)) or "Complication"


def _here(one: Complication, refs: Refs) -> bool:
    """Whether it was noticed at this visit."""
    return one.noticed_at is not None and one.noticed_at >= refs.at


def _code(one: Complication, facts: Facts) -> Piece:
    return concept(
        _name(one, facts), public("complication", one.what), own("complication", one.what or "")
    )


def _condition(one: Complication, facts: Facts, refs: Refs) -> Piece:
    closed = state_of(one) is State.CLOSED
    status = coding(f"{TERMS}/condition-clinical", "resolved" if closed else "active")
    listed = coding(f"{TERMS}/condition-category", "encounter-diagnosis", "Encounter Diagnosis")
    line = facts.line(one.device_id)
    last = steps_of(one)[-1].happened_at if closed and steps_of(one) else None
    return resource(
        "Condition",
        complication_id(one),
        clinicalStatus=concept("", status),
        category=[concept("", listed), concept("Complication", CONDITION)],
        code=_code(one, facts),
        subject=link(refs.patient),
        encounter=link(refs.visit) if _here(one, refs) else None,
        onsetDateTime=refs.when(one.noticed_at) if one.noticed_at else None,
        abatementDateTime=refs.when(last) if last else None,
        recorder=author_of(one.mark, refs),
        stage=_stages(one, facts),
        note=note(
            f"Line: {line.label}" if line else None,
            words_of(COMPLICATION, one, facts, skip=_SAID),
        ),
    )


def _incident(one: Complication, facts: Facts, refs: Refs) -> list[Piece]:
    """An incident with all that was charted of it, under the complication's own id."""
    name = _name(one, facts)
    seen = charted(COMPLICATION, one, facts, refs, kind=SURVEY, text=name)
    code = concept(name, own("complication", one.what or ""))
    return [{**piece, "id": str(complication_id(one)), "code": code} for piece in seen]


def _stages(one: Complication, facts: Facts) -> list[Piece]:
    """Every grade that was given, in time; the scale stands with it."""
    made = []
    for step in steps_of(one):
        if not step.grade:
            continue
        grade = leaf_text(COMPLICATION_STEP.leaf("grade"), step, facts)
        scale = leaf_text(COMPLICATION_STEP.leaf("scale"), step, facts)
        made.append(
            {
                "summary": concept(grade, own("grade", step.grade)),
                "type": concept(scale or "scale not named", own("scale", step.scale or "")),
            }
        )
    return made


def _event(one: Complication, facts: Facts, refs: Refs) -> list[Piece]:
    """An AdverseEvent where a line or a running drug is suspected."""
    suspects: list[Any] = []
    line = linked(refs, one.device_id)
    if line is not None and one.what not in _BY_DRUG:
        suspects.append({"instance": line})
    if one.during == "during" and one.what in _BY_DRUG | _BY_BOTH and _here(one, refs):
        suspects += [{"instance": link(key)} for key in refs.infusions]
    if not suspects and one.what not in _BY_DRUG:
        return []
    closed = state_of(one) is State.CLOSED
    outcome = coding(f"{TERMS}/adverse-event-outcome", "resolved" if closed else "ongoing")
    noticed = refs.when(one.noticed_at) if one.noticed_at else None
    return [
        resource(
            "AdverseEvent",
            refs.made(f"event/{complication_id(one)}"),
            actuality="actual",
            event=_code(one, facts),
            subject=link(refs.patient),
            encounter=link(refs.visit) if _here(one, refs) else None,
            date=noticed,
            detected=noticed,
            resultingCondition=[link(complication_id(one))],
            outcome=concept("", outcome),
            recorder=author_of(one.mark, refs),
            suspectEntity=suspects,
        )
    ]


def _step(one: Complication, step: ComplicationStep, facts: Facts, refs: Refs) -> list[Piece]:
    about = link(complication_id(one))
    encounter = None
    if step.happened_at is not None and step.happened_at >= refs.at:
        encounter = link(refs.visit)
    if step.kind == of.TOLD:
        return [_told(step, about, encounter, facts, refs)]
    if step.kind == of.ACTION:
        return [_done(step, about, encounter, facts, refs)]
    kind = leaf_text(COMPLICATION_STEP.leaf("kind"), step, facts)
    text = f"{_name(one, facts)}: {kind}"
    seen = charted(COMPLICATION_STEP, step, facts, refs, kind=EXAM, text=text, focus=[about])
    if encounter is None:
        for piece in seen:
            piece.pop("encounter", None)
    return seen


def _told(
    step: ComplicationStep, about: Piece, encounter: Piece | None, facts: Facts, refs: Refs
) -> Piece:
    role = leaf_text(COMPLICATION_STEP.leaf("told_role"), step, facts)
    how = leaf_text(COMPLICATION_STEP.leaf("told_how"), step, facts)
    reached = leaf_text(COMPLICATION_STEP.leaf("reached"), step, facts)
    who = ", ".join(part for part in (step.told_name, role) if part)
    missed = step.reached == "no_answer"
    payload = (
        step.words,
        f"Answer: {step.answer}" if step.answer else None,
        f"Order received: {step.order_received}" if step.order_received else None,
    )
    skip = {"happened_at", "kind", "words", "answer", "order_received", "told_name", "told_how"}
    return resource(
        "Communication",
        refs.made(step.mark.row.path()),
        status="not-done" if missed else "completed",
        statusReason=concept(reached) if missed else None,
        medium=[concept(how, own("complication_step.told_how", step.told_how or ""))]
        if how
        else [],
        subject=link(refs.patient),
        about=[about],
        encounter=encounter,
        sent=refs.time_of(step.mark),
        recipient=[{"display": who}] if who else [],
        sender=author_of(step.mark, refs),
        payload=[{"contentString": words} for words in payload if words],
        note=note(words_of(COMPLICATION_STEP, step, facts, skip=skip)),
    )


def _done(
    step: ComplicationStep, about: Piece, encounter: Piece | None, facts: Facts, refs: Refs
) -> Piece:
    author = author_of(step.mark, refs)
    performer = [{"actor": author}] if author and step.done_by in {None, "nurse"} else []
    at = refs.time_of(step.mark)
    skip = {"happened_at", "kind", "words", "skipped"}
    return resource(
        "Procedure",
        refs.made(step.mark.row.path()),
        status="not-done" if step.skipped else "completed",
        statusReason=concept(step.skipped) if step.skipped else None,
        code=concept(step.words or "done about it", own("complication_step", "action")),
        subject=link(refs.patient),
        encounter=encounter,
        performedDateTime=at,
        performer=performer,
        reasonReference=[about],
        note=note(words_of(COMPLICATION_STEP, step, facts, skip=skip)),
    )
