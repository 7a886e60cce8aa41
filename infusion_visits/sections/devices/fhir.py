"""Lines as FHIR: the device, its use in this patient, how it was found, and the care it got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.fhir import (
    EXAM,
    Piece,
    author_of,
    charted,
    concept,
    dosage,
    entered,
    filled,
    link,
    link_to,
    linked,
    measured,
    note,
    own,
    period,
    public,
    resource,
    standing,
    words_of,
)
from infusion_visits.core.fields import Number
from infusion_visits.sections.devices.fields import (
    ACCESS_DEVICE,
    DEVICE_CARE,
    DEVICE_CHECK,
    LUMEN,
    LUMEN_CHECK,
    TIP_CONFIRMATION,
)
from infusion_visits.sections.devices.rules.lines import line_label

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.fields import Rows
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import (
        AccessDevice,
        DeviceCare,
        DeviceCheck,
        Devices,
        LumenCheck,
    )

_MEASURES = (
    "gauge",
    "french",
    "catheter_length_cm",
    "trimmed_length_cm",
    "inserted_length_cm",
    "external_length_cm",
    "arm_circumference_cm",
    "needle_gauge",
    "needle_length_cm",
)
_STRUCTURED = frozenset({"kind", "brand", "lot", "expires", *_MEASURES})
_FLUSH = frozenset({"flush_agent", "saline_ml", "lock_agent", "lock_units_per_ml", "lock_ml"})
_NO_LOCK = "none"


def to_fhir(values: Devices, facts: Facts, refs: Refs) -> list[Piece]:
    """Every line of the patient that was not struck out, and what was found and done at it."""
    made: list[Piece] = []
    for line in standing(values.access_device):
        made += [_device(line, facts, refs), _use(line, refs)]
        made += _placed_and_removed(line, facts, refs)
        for tip in standing(line.tip_confirmation):
            made += charted(TIP_CONFIRMATION, tip, facts, refs, kind=EXAM, device=link(line.id))
    for check in standing(values.device_check):
        made += _check(check, facts, refs)
    for care in standing(values.device_care):
        made += _care(care, facts, refs)
    return made


def _device(line: AccessDevice, facts: Facts, refs: Refs) -> Piece:
    lumens = standing(line.lumen)
    label = line_label(line)
    return resource(
        "Device",
        line.id,
        status="inactive" if line.removed_at else "active",
        expirationDate=line.expires.isoformat() if line.expires else None,
        lotNumber=line.lot,
        deviceName=[{"name": line.brand, "type": "user-friendly-name"}] if line.brand else [],
        type=concept(label, public("device", line.kind, len(lumens) or None), own_kind(line)),
        property=_properties(line),
        patient=link(refs.patient),
        note=note(
            words_of(ACCESS_DEVICE, line, facts, skip=_STRUCTURED),
            *(words_of(LUMEN, lumen, facts) for lumen in lumens),
        ),
    )


def own_kind(line: AccessDevice) -> Piece:
    """The program's own word for the kind of a line."""
    return own("access_device.kind", line.kind or "")


def _properties(line: AccessDevice) -> list[Piece]:
    made: list[Piece] = []
    for name in _MEASURES:
        leaf, value = ACCESS_DEVICE.leaf(name), getattr(line, name)
        if value is None or not isinstance(leaf, Number):
            continue
        figure, code = entered(line.mark, leaf, value)
        shown = measured(figure, code) if code else {"value": figure}
        kind = concept(leaf.label, own("access_device", name))
        made.append({"type": kind, "valueQuantity": [shown]})
    return made


def _use(line: AccessDevice, refs: Refs) -> Piece:
    start = refs.when(line.inserted_at) if line.inserted_at else None
    if start is None and line.inserted_on is not None:
        start = line.inserted_on.isoformat()
    side = line.side if line.side in {"left", "right"} else ""
    where = " ".join(part for part in (side, (line.site or "").replace("_", " ")) if part)
    return resource(
        "DeviceUseStatement",
        refs.of_patient(f"use/{line.id}"),
        status="completed" if line.removed_at else "active",
        subject=link(refs.patient),
        timingPeriod=period(start, refs.when(line.removed_at) if line.removed_at else None),
        source=author_of(line.mark, refs),
        device=link(line.id),
        bodySite=concept(where, own("access_device.site", line.site or "")) if where else None,
    )


def _placed_and_removed(line: AccessDevice, facts: Facts, refs: Refs) -> list[Piece]:
    """What happened to the line at this visit; its details stand with the device."""
    made = []
    if line.placed_here and line.inserted_at is not None and line.inserted_at >= refs.at:
        words = f"{line_label(line)} placed"
        made.append(_act(line, "placed", words, refs.when(line.inserted_at), refs))
    if line.removed_at is not None and line.removed_at >= refs.at:
        words = f"{line_label(line)} removed"
        done = _act(line, "removed", words, refs.when(line.removed_at), refs)
        reason = leaf_text(ACCESS_DEVICE.leaf("removal_reason"), line, facts)
        made.append({**done, **filled(reasonCode=[concept(reason)] if reason else [])})
    return made


def _act(line: AccessDevice, what: str, words: str, at: str, refs: Refs) -> Piece:
    author = author_of(line.mark, refs)
    return resource(
        "Procedure",
        refs.made(f"access_device/{line.id}/{what}"),
        status="completed",
        code=concept(words, own("line", what)),
        subject=link(refs.patient),
        encounter=link(refs.visit),
        performedDateTime=at,
        performer=[{"actor": author}] if author else [],
        focalDevice=[{"manipulated": link(line.id)}],
    )


def _check(one: DeviceCheck, facts: Facts, refs: Refs) -> list[Piece]:
    """The check of a line, then each of its lumens with what was flushed into it."""
    device = linked(refs, one.device_id or _owner(one))
    lumens: list[Piece] = []
    around: list[Piece] = []
    for lumen in standing(one.lumen_check):
        number = lumen.mark.row.at[-1]
        text = f"Lumen {number}"
        lumens += charted(LUMEN_CHECK, lumen, facts, refs, kind=EXAM, text=text, device=device)
        around += _flushes(lumen, LUMEN_CHECK, one.mark.at, device, facts, refs)
    whole = charted(
        DEVICE_CHECK,
        one,
        facts,
        refs,
        kind=EXAM,
        text=_name(one, facts, "Line check"),
        device=device,
        hasMember=[link_to(lumen) for lumen in lumens],
    )
    return [*whole, *lumens, *around]


def _owner(one: DeviceCheck) -> UUID | None:
    key = one.mark.row.at[0] if one.mark.row.at else None
    return key if not isinstance(key, int) else None


def _name(one: DeviceCheck, facts: Facts, words: str) -> str:
    line = facts.line(one.device_id or _owner(one))
    return f"{words}: {line.label}" if line else words


def _care(one: DeviceCare, facts: Facts, refs: Refs) -> list[Piece]:
    """One act of care, with what was flushed, locked or instilled at it."""
    what = leaf_text(DEVICE_CARE.leaf("what"), one, facts) or "Care of a line"
    device, author = linked(refs, one.device_id), author_of(one.mark, refs)
    outcome = leaf_text(DEVICE_CARE.leaf("outcome"), one, facts)
    skip = {"device_id", "done_at", "what", "outcome", *_FLUSH}
    key = refs.made(one.mark.row.path())
    done = resource(
        "Procedure",
        key,
        status="completed",
        code=concept(what, own("device_care.what", one.what or "")),
        subject=link(refs.patient),
        encounter=link(refs.visit),
        performedDateTime=refs.time_of(one.mark),
        performer=[{"actor": author}] if author else [],
        outcome=concept(outcome, own("device_care.outcome", one.outcome or ""))
        if outcome
        else None,
        note=note(words_of(DEVICE_CARE, one, facts, skip=skip)),
        focalDevice=[{"manipulated": device}] if device else [],
    )
    given = _flushes(one, DEVICE_CARE, one.done_at, device, facts, refs)
    return [done, *({**piece, "partOf": [link(key)]} for piece in given)]


def _flushes(
    one: LumenCheck | DeviceCare,
    group: Rows,
    at: Any,
    device: Piece | None,
    facts: Facts,
    refs: Refs,
) -> list[Piece]:
    """The flush and the lock of a row, each as given; none where neither was charted."""
    when = refs.when(at) if at else refs.time_of(one.mark)
    made: list[tuple[str, str, Piece, str | None]] = []
    agent = leaf_text(group.leaf("flush_agent"), one, facts)
    if one.saline_ml is not None or agent:
        dose = measured(one.saline_ml, "mL") if one.saline_ml is not None else None
        words = agent or "flush, solution not named"
        made.append(("flush", words, dosage(text="flush", dose=dose), None))
    lock = leaf_text(group.leaf("lock_agent"), one, facts)
    if one.lock_ml is not None or (lock and one.lock_agent != _NO_LOCK):
        dose = measured(one.lock_ml, "mL") if one.lock_ml is not None else None
        strength = leaf_text(group.leaf("lock_units_per_ml"), one, facts)
        made.append(("lock", lock or "lock", dosage(text="lock", dose=dose), strength))
    return [
        _given(one, name, words, how, strength, when, device, refs)
        for name, words, how, strength in made
    ]


def _given(
    one: LumenCheck | DeviceCare,
    name: str,
    words: str,
    how: Piece,
    strength: str | None,
    when: str,
    device: Piece | None,
    refs: Refs,
) -> Piece:
    author = author_of(one.mark, refs)
    return resource(
        "MedicationAdministration",
        refs.made(f"{one.mark.row.path()}/{name}"),
        status="completed",
        medicationCodeableConcept=concept(words, own("line-care", name)),
        subject=link(refs.patient),
        context=link(refs.visit),
        effectiveDateTime=when,
        performer=[{"actor": author}] if author else [],
        device=[device] if device else [],
        dosage=how,
        note=note(f"Strength: {strength}" if strength else None),
    )
