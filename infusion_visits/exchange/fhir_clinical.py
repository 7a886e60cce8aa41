"""FHIR R4 allergies, conditions, medicines and flags as rows of the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.exchange.fhir_nodes import Coded
from infusion_visits.exchange.imported import (
    ENTERED_IN_ERROR,
    NAMELESS,
    NO_LONGER_HOLDING,
    NO_LONGER_TAKEN,
    REFUTED,
    ImportedRow,
)

if TYPE_CHECKING:
    from infusion_visits.exchange.fhir_nodes import Node

SNOMED = "http://snomed.info/sct"
ABSENT_UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
_LONGEST_NAME = 400
_LONGEST_WORDS = 1000

Look = Callable[["Node"], "Node | None"]
"""From a Reference to what it points at, where that is in the file."""

# Said of everything: then there are none. Said of drugs or food only, the rest was not asked.
_NONE_AT_ALL = {
    SNOMED: frozenset({"716186003", "160244002"}),
    ABSENT_UNKNOWN: frozenset({"no-known-allergies"}),
}
_NONE_OF_A_KIND = {
    SNOMED: frozenset({"409137002", "429625007", "428607008", "716184000", "716220001"}),
    ABSENT_UNKNOWN: frozenset(
        {
            "no-known-medication-allergies",
            "no-known-food-allergies",
            "no-known-environmental-allergies",
        }
    ),
}
_NOT_SAID = {ABSENT_UNKNOWN: frozenset({"no-allergy-info"})}
_NONE_AT_ALL_WORDS = frozenset(
    {
        "nka",
        "no known allergies",
        "no known allergy",
        "no known allergies (situation)",
        "no known allergy (situation)",
        "no allergies",
        "none known",
    }
)
_NONE_OF_A_KIND_WORDS = frozenset({"nkda", "no known drug allergies", "no known drug allergy"})

_COURSES = {
    "active": "active",
    "recurrence": "active",
    "relapse": "active",
    "inactive": "inactive",
    "remission": "inactive",
    "resolved": "resolved",
}
_KINDS = {
    "medication": "drug",
    "food": "food",
    "environment": "environment",
    "biologic": "biologic",
}
# Clinical reference 11.28: these are asked for by name, whatever category the source gives.
_KINDS_BY_WORD = (
    ("latex", "latex"),
    ("adhesive", "adhesive"),
    ("chlorhexidine", "chlorhexidine"),
    ("heparin", "heparin"),
)
_SEVERITIES = ("mild", "moderate", "severe")
_TAKEN = {
    "active": "taking",
    "on-hold": "on hold",
    "unknown": "taking",
    "intended": "taking",
    "completed": "stopped",
    "stopped": "stopped",
    "cancelled": "stopped",
    "not-taken": "stopped",
    "ended": "stopped",
}
_ORDERED = frozenset(
    {"", "order", "plan", "original-order", "reflex-order", "filler-order", "instance-order"}
)
_PERIODS = {
    "s": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "a": "year",
}
# Display rules of clinical reference 10: units in full, mcg and never the Greek letter.
_DOSE_UNITS = {"ug": "mcg", "μg": "mcg", "µg": "mcg", "U": "units", "[iU]": "units", "IU": "units"}


def refuted(resource: Node) -> str | None:
    """Why a resource is not taken in at all: entered in error, or refuted; None otherwise."""
    if resource.status("status") == "entered-in-error":
        return ENTERED_IN_ERROR
    verified = resource.status("verificationStatus")
    if verified == "entered-in-error":
        return ENTERED_IN_ERROR
    return REFUTED if verified == "refuted" else None


def says_no_allergies(code: Coded | None) -> tuple[bool, str | None]:
    """Whether a code says that there are no allergies at all, or the words where only of a kind.

    `(True, None)`, `(False, "no known drug allergies")`, or `(False, None)` for a real allergy.
    """
    if code is None:
        return False, None
    said = code.words.casefold().strip().rstrip(".")
    if _any(code, _NONE_AT_ALL) or said in _NONE_AT_ALL_WORDS:
        return True, None
    if _any(code, _NONE_OF_A_KIND) or _any(code, _NOT_SAID) or said in _NONE_OF_A_KIND_WORDS:
        return False, code.words
    return False, None


def _any(code: Coded, known: dict[str, frozenset[str]]) -> bool:
    return any(code.has(system, codes) for system, codes in known.items())


def allergy_row(allergy: Node, source: str) -> ImportedRow:
    """An AllergyIntolerance that names something, also where the substance stands in a reaction."""
    code = allergy.coded("code")
    reactions = allergy.nodes("reaction")
    substances = [found for one in reactions if (found := one.coded("substance"))]
    named = code or (substances[0] if substances else None)
    words = named.words if named else "substance not named in the source"
    categories = allergy.texts("category", 64)
    risk = allergy.text("criticality", 64)
    columns: dict[str, Any] = {
        "substance": words,
        "reaction": _reaction_words(reactions),
        "severity": _severity(reactions),
        "kind": _kind(words, categories),
        "risk": risk if risk in {"low", "high"} else None,
        "status": _COURSES.get(allergy.status("clinicalStatus")),
        "code": named.code or None if named else None,
        "system": named.system or None if named else None,
        "source": "imported",
    }
    return ImportedRow("allergy", source, columns)


def allergy_of_condition(condition: Node, source: str) -> ImportedRow | None:
    """The allergy that a Condition speaks of ("Allergy to peanuts"); None for other conditions.

    Some sources keep allergies among the problems. The condition is kept too; beside it the
    allergy stands where a nurse looks for it.
    """
    code = condition.coded("code")
    if code is None:
        return None
    said = code.words.casefold().removesuffix("(disorder)").removesuffix("(finding)").strip()
    denied = ("no ", "family history", "history of", "suspected", "allergic rhinitis")
    speaks = said.startswith(("allergy to ", "allergic to ")) or said.endswith(" allergy")
    if not speaks or said.startswith(denied):
        return None
    columns: dict[str, Any] = {
        "substance": code.words,
        "kind": _kind(code.words, ()),
        "status": _COURSES.get(condition.status("clinicalStatus")),
        "code": code.code or None,
        "system": code.system or None,
        "source": "imported from the list of conditions",
    }
    return ImportedRow("allergy", f"{source}#allergy", columns)


def _kind(words: str, categories: tuple[str, ...]) -> str | None:
    low = words.casefold()
    for part, kind in _KINDS_BY_WORD:
        if part in low:
            return kind
    return _KINDS.get(categories[0]) if categories else None


def _reaction_words(reactions: tuple[Node, ...]) -> str | None:
    said: list[str] = []
    for one in reactions:
        found = [concept.words for concept in one.concepts("manifestation")]
        description = one.text("description", _LONGEST_WORDS)
        said.extend(found or ([description] if description else []))
    words = ", ".join(dict.fromkeys(said))
    return words or None


def _severity(reactions: tuple[Node, ...]) -> str | None:
    found = [one.text("severity", 64) for one in reactions]
    return next((worst for worst in reversed(_SEVERITIES) if worst in found), None)


def condition_row(condition: Node, source: str) -> ImportedRow | str:
    """A Condition, or why it is left out."""
    code = condition.coded("code")
    if code is None:
        return NAMELESS
    columns: dict[str, Any] = {
        "words": code.words,
        "code": code.code or None,
        "system": code.system or None,
        "since": _since(condition),
        "status": _COURSES.get(condition.status("clinicalStatus")),
    }
    return ImportedRow("condition", source, columns)


def _since(condition: Node) -> str | None:
    onset = condition.moment("onsetDateTime")
    period = condition.node("onsetPeriod")
    onset = onset or (period.moment("start") if period else None)
    said = condition.text("onsetString", 80)
    return onset.words() if onset else said


def medicine_row(medicine: Node, source: str, look: Look) -> ImportedRow | str:
    """A MedicationRequest or MedicationStatement as a home medicine, or why it is left out.

    One that is no longer taken only changes a medicine that came with an earlier import.
    """
    status = _TAKEN.get(medicine.status("status"))
    intent = medicine.text("intent", 64) or ""
    if status is None or intent not in _ORDERED:
        return NO_LONGER_TAKEN
    code = medicine.coded("medicationCodeableConcept") or _looked_up(medicine, look)
    if code is None:
        return NAMELESS
    dosages = (*medicine.nodes("dosageInstruction"), *medicine.nodes("dosage"))
    columns: dict[str, Any] = {
        "words": code.words,
        "code": code.code or None,
        "system": code.system or None,
        "dose": _joined(dosages, _dose_words),
        "route": _joined(dosages, _route_words),
        "frequency": _joined(dosages, _frequency_words),
        "reason": _reason(medicine, look),
        "since": _medicine_since(medicine),
        "status": status,
    }
    return ImportedRow("home_medicine", source, columns, only_change=status == "stopped")


def _looked_up(medicine: Node, look: Look) -> Coded | None:
    reference = medicine.reference("medicationReference")
    if reference is None:
        return None
    found = look(reference)
    code = found.coded("code") if found else None
    if code is not None:
        return code
    display = reference.text("display", _LONGEST_WORDS)
    return Coded(display, "", "", frozenset()) if display else None


def _joined(dosages: tuple[Node, ...], words: Callable[[Node], str | None]) -> str | None:
    said = "; ".join(dict.fromkeys(found for one in dosages if (found := words(one))))
    return said or None


def _dose_words(dosage: Node) -> str | None:
    said = dosage.text("text", _LONGEST_WORDS)
    if said:
        return said
    for rate in dosage.nodes("doseAndRate"):
        dose, between = rate.node("doseQuantity"), rate.node("doseRange")
        if dose and (words := _quantity(dose)):
            return words
        if between:
            ends = [between.node("low"), between.node("high")]
            shown = [words for end in ends if end and (words := _quantity(end))]
            if shown:
                return " to ".join(shown)
    return None


def _quantity(quantity: Node) -> str | None:
    value = quantity.figure("value")
    if value is None:
        return None
    unit = quantity.text("unit", 80) or quantity.text("code", 80) or ""
    unit = _DOSE_UNITS.get(unit, unit)
    return f"{plain_number(value)}{NBSP}{unit}" if unit else plain_number(value)


def _route_words(dosage: Node) -> str | None:
    route = dosage.coded("route")
    return route.words if route else None


def _frequency_words(dosage: Node) -> str | None:
    needed = dosage.flag("asNeededBoolean")
    reason = dosage.coded("asNeededCodeableConcept")
    parts = [_timing_words(dosage)]
    if needed or reason:
        parts.append(f"as needed for {reason.words}" if reason else "as needed")
    parts += [concept.words for concept in dosage.concepts("additionalInstruction")]
    return ", ".join(part for part in parts if part) or None


def _timing_words(dosage: Node) -> str | None:
    timing = dosage.node("timing")
    if timing is None:
        return None
    code = timing.coded("code")
    if code:
        return code.words
    repeat = timing.node("repeat")
    if repeat is None:
        return None
    period, unit = repeat.figure("period"), _PERIODS.get(repeat.text("periodUnit", 8) or "")
    times = repeat.figure("frequency")
    if period is None or unit is None or period <= 0:
        return None
    every = f"every {unit}" if period == 1 else f"every {plain_number(period)} {unit}s"
    if times is None or times == 1:
        return every
    return f"{plain_number(times)} times {every}"


def _reason(medicine: Node, look: Look) -> str | None:
    said = [concept.words for concept in medicine.concepts("reasonCode")]
    for reference in medicine.nodes("reasonReference"):
        found = look(reference)
        code = found.coded("code") if found else None
        shown = code.words if code else reference.text("display", _LONGEST_NAME)
        if shown:
            said.append(shown)
    return ", ".join(dict.fromkeys(said))[:_LONGEST_NAME] or None


def _medicine_since(medicine: Node) -> str | None:
    period = medicine.node("effectivePeriod")
    begun = period.moment("start") if period else None
    for name in ("effectiveDateTime", "authoredOn", "dateAsserted"):
        begun = begun or medicine.moment(name)
    return begun.words() if begun else None


def flag_row(flag: Node, source: str) -> ImportedRow | str:
    """A Flag as a precaution, or why it is left out."""
    if flag.status("status") == "inactive":
        return NO_LONGER_HOLDING
    code = flag.coded("code")
    if code is None:
        return NAMELESS
    kind = "fall" if "fall" in code.words.casefold().split() else "other"
    columns: dict[str, Any] = {"kind": kind, "what": code.words, "why": "imported"}
    return ImportedRow("precaution", source, columns)
