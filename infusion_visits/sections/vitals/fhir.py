"""Vital signs as FHIR: a panel for each set, an Observation for each sign, components for the rest.

LOINC and UCUM codes are those of the catalogue in force at signing; what has no code is told by
its words. Figures and units are sent as they were typed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.fhir import (
    EXAM,
    LABORATORY,
    LOINC,
    SURVEY,
    TERMS,
    VITAL_SIGNS,
    Piece,
    absent,
    coding,
    components,
    concept,
    entered,
    filled,
    link,
    link_to,
    measured,
    note,
    observation,
    own,
    standing,
    words_of,
)
from infusion_visits.core.fields import Number
from infusion_visits.core.scales.news2 import News2
from infusion_visits.sections.vitals import fields
from infusion_visits.sections.vitals.limits import Limits, Side, limits_for
from infusion_visits.sections.vitals.options import NO_FIGURE, STANDS_FOR
from infusion_visits.sections.vitals.sets import news2_of
from infusion_visits.sections.vitals.signs import OutOfRange, out_of_range

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.vitals.values import MissedSet, Vitals, VitalsSet

PANEL = coding(
    LOINC,
    "85353-1",
    "Vital signs, weight, height, head circumference, oxygen saturation and BMI panel",
)
PRESSURE = coding(LOINC, "85354-9", "Blood pressure panel with all children optional")
_ROWS = fields.VITAL_SIGNS
_SIGNS = (
    "pulse",
    "respirations",
    "spo2",
    "temperature",
    "pain",
    "etco2",
    "weight",
    "height",
    "head",
    "glucose",
    "girth",
    "urine",
)
_KINDS = {"glucose": "laboratory", "girth": "exam", "urine": "exam", "etco2": "exam"}
_DISPLAYS = {
    "8480-6": "Systolic blood pressure",
    "8462-4": "Diastolic blood pressure",
    "8867-4": "Heart rate",
    "9279-1": "Respiratory rate",
    "59408-5": "Oxygen saturation in Arterial blood by Pulse oximetry",
    "2708-6": "Oxygen saturation in Arterial blood",
    "8310-5": "Body temperature",
    "72514-3": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
    "29463-7": "Body weight",
    "8302-2": "Body height",
    "9843-4": "Head Occipital-frontal circumference",
}
# What is said of one sign stands with it; without the sign, with the panel.
_OF_SIGN: Mapping[str, tuple[str, ...]] = {
    "pulse": ("rhythm", "counted_full_minute"),
    "spo2": ("oxygen", "oxygen_flow", "oxygen_percent"),
    "temperature": ("temperature_site",),
    "pain": ("pain_scale", "pain_where", "pain_how", "pain_accepted"),
    "girth": ("girth_of",),
}
_OF_PRESSURE = ("limb", "position", "stood", "cuff", "method")
_WITH_CODE = {"oxygen_flow": "3151-8", "oxygen_percent": "3150-6", "position": "8361-8"}
_OF_PATIENT = frozenset({"patient", "caregiver"})


def to_fhir(values: Vitals, facts: Facts, refs: Refs) -> list[Piece]:
    """All sets that were not struck out, and the sets that were missed."""
    limits = limits_for(facts)
    made: list[Piece] = []
    for one in standing(values.vital_signs):
        made += _Set(one, facts, refs, limits).resources()
    made += [_missed(one, facts, refs) for one in standing(values.missed_set)]
    return made


class _Set:
    """One set on its way to resources; knows which fields were told already."""

    def __init__(
        self, one: VitalsSet, facts: Facts, refs: Refs, limits: Mapping[str, Limits]
    ) -> None:
        self.one, self.facts, self.refs, self.limits = one, facts, refs, limits
        self.path = one.mark.row.path()
        self.outs = out_of_range(one, facts, limits)
        self.told: set[str] = {"at", "context", "response"}

    def resources(self) -> list[Piece]:
        """The panel first, then its members."""
        members = [
            *self._pressure(),
            *(member for sign in _SIGNS for member in self._sign(sign)),
            *self._grade("sedation"),
            *self._grade("consciousness"),
            *self._news2(),
        ]
        rest = components(_ROWS, self.one, self.facts, self.refs, skip=self.told)
        panel = self._made(
            "",
            VITAL_SIGNS,
            concept("Vital signs", PANEL),
            hasMember=[link_to(member) for member in members],
            component=rest,
            dataAbsentReason=None if members or rest else _unknown(),
            note=note(self.one.context, self.one.response, self._not_done()),
        )
        return [filled(**panel), *(filled(**member) for member in members)]

    def _made(self, sign: str, kind: Piece, code: Piece, **elements: Any) -> Piece:
        key = self.refs.made(f"{self.path}/{sign}" if sign else self.path)
        made = observation(key, kind, code, self.one.mark, self.refs, **elements)
        if sign and self.one.measured_by in _OF_PATIENT:
            made["performer"] = [link(self.refs.patient)]
        return made

    def _pressure(self) -> list[Piece]:
        parts = [self._part(sign) for sign in ("systolic", "diastolic")]
        if not any(parts):
            return []
        limb = self._words("limb")
        made = self._made(
            "blood_pressure",
            VITAL_SIGNS,
            concept("Blood pressure", PRESSURE),
            bodySite=concept(limb, own("vital_signs.limb", self.one.limb or "")),
            method=self._concept("method"),
            interpretation=self._interpretation("systolic", "diastolic", "mean_pressure"),
            component=[
                *(
                    part or self._unasked(sign)
                    for sign, part in zip(("systolic", "diastolic"), parts, strict=True)
                ),
                *self._details(tuple(n for n in _OF_PRESSURE if n not in {"limb", "method"})),
            ],
        )
        self.told.update(_OF_PRESSURE)
        return [made]

    def _sign(self, sign: str) -> list[Piece]:
        value = self._value(sign)
        if not value:
            return []
        self.told.add(sign)
        kind = _kind(sign)
        details = self._details(_OF_SIGN.get(sign, ()))
        return [
            self._made(
                sign,
                kind,
                self._code(sign),
                **value,
                interpretation=self._interpretation(sign),
                component=details,
            )
        ]

    def _part(self, sign: str) -> Piece:
        value = self._value(sign)
        if value:
            self.told.add(sign)
        return {"code": self._code(sign), **value} if value else {}

    def _unasked(self, sign: str) -> Piece:
        why = concept("not asked", coding(f"{TERMS}/data-absent-reason", "not-asked"))
        return {"code": self._code(sign), "dataAbsentReason": why}

    def _code(self, sign: str) -> Piece:
        leaf = _ROWS.leaf(sign)
        limits = self.limits.get(sign)
        value = getattr(self.one, sign)
        ucum = ""
        if isinstance(leaf, Number) and value is not None:
            ucum = entered(self.one.mark, leaf, value)[1]
        loinc = limits.codes(ucum) if limits else ()
        codes = (coding(LOINC, code, _DISPLAYS.get(code, "")) for code in loinc)
        return concept(leaf.label, *codes, own("vital_signs", sign))

    def _value(self, sign: str) -> Piece:
        """The figure, or why there is none; empty where it was not asked."""
        value = getattr(self.one, sign)
        leaf = _ROWS.leaf(sign)
        if value is not None and isinstance(leaf, Number):
            return {"valueQuantity": measured(*entered(self.one.mark, leaf, value))}
        why = self.one.mark.not_done.get(sign)
        if why:
            return {"dataAbsentReason": absent(why)}
        for key in self.one.no_figure or ():
            if sign in STANDS_FOR.get(key, ()):
                label = next((one.label for one in NO_FIGURE if one.key == key), key)
                return {"dataAbsentReason": concept(label, own("vital_signs.no_figure", key))}
        return {}

    def _details(self, names: tuple[str, ...]) -> list[Piece]:
        self.told.update(names)
        made = components(_ROWS, self.one, self.facts, self.refs, only=names)
        for part in made:
            name = part["code"]["coding"][0]["code"]
            if name in _WITH_CODE:
                part["code"]["coding"].insert(0, coding(LOINC, _WITH_CODE[name]))
        return made

    def _grade(self, name: str) -> list[Piece]:
        """Sedation and consciousness: a word of a scale instead of a figure."""
        said = self._concept(name)
        why = self.one.mark.not_done.get(name)
        if not said and not why:
            return []
        self.told.add(name)
        leaf = _ROWS.leaf(name)
        codes = [coding(LOINC, "80288-4")] if name == "consciousness" else []
        code = concept(leaf.label, *codes, own("vital_signs", name))
        value = {"valueCodeableConcept": said} if said else {}
        reason = {"dataAbsentReason": absent(why)} if why and not said else {}
        return [self._made(name, EXAM, code, **value, **reason)]

    def _news2(self) -> list[Piece]:
        scored = news2_of(self.one, self.facts)
        if not isinstance(scored, News2):
            return []
        return [
            self._made(
                "news2",
                SURVEY,
                concept("NEWS2", own("score", "news2")),
                valueInteger=scored.total,
                interpretation=self._interpretation("news2"),
            )
        ]

    def _not_done(self) -> str:
        """Why a circumstance is missing; why a sign is missing stands with the sign."""
        lacking = {"at", "limb", "method", "context", "response"} & self.one.mark.not_done.keys()
        whys = {name: why for name, why in self.one.mark.not_done.items() if name in lacking}
        bare = replace(self.one, mark=replace(self.one.mark, not_done=whys))
        return words_of(_ROWS, bare, self.facts, skip={leaf.name for leaf in _ROWS.leaves})

    def _words(self, name: str) -> str:
        return leaf_text(_ROWS.leaf(name), self.one, self.facts)

    def _concept(self, name: str) -> Piece:
        key = getattr(self.one, name)
        return concept(self._words(name), own(f"vital_signs.{name}", key)) if key else {}

    def _interpretation(self, *signs: str) -> list[Piece]:
        return [_out(out) for sign in signs if (out := self.outs.get(sign))]


def _out(out: OutOfRange) -> Piece:
    code = {Side.LOW: "L", Side.HIGH: "H"}.get(out.side) if out.side else None
    system = f"{TERMS}/v3-ObservationInterpretation"
    return concept(out.words, coding(system, code) if code else {})


def _kind(sign: str) -> Piece:
    name = _KINDS.get(sign)
    if name == "laboratory":
        return LABORATORY
    return EXAM if name else VITAL_SIGNS


def _unknown() -> Piece:
    return concept("no sign charted", coding(f"{TERMS}/data-absent-reason", "unknown"))


def _missed(one: MissedSet, facts: Facts, refs: Refs) -> Piece:
    reason = leaf_text(fields.MISSED_SET.leaf("reason"), one, facts) or "not performed"
    made = observation(
        refs.made(one.mark.row.path()),
        VITAL_SIGNS,
        concept("Vital signs", PANEL),
        one.mark,
        refs,
        dataAbsentReason=concept(
            reason,
            coding(f"{TERMS}/data-absent-reason", "not-performed"),
            own("missed_set.reason", one.reason or ""),
        ),
        note=note(words_of(fields.MISSED_SET, one, facts, skip={"due", "reason"})),
    )
    if one.due is not None:
        made["effectiveDateTime"] = refs.when(one.due)
    return made
