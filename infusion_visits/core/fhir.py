"""The pieces of which FHIR R4 resources are made: codes, quantities, references, and whole rows.

Plain dicts; a Decimal stays a Decimal until it is written, so that 72.50 is not 72.5. What has no
sure public code is told by its words, with the program's own word beside it as a code of its own.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.codes import shipped_codes
from infusion_visits.core.fields import Choice, Day, Ink, Many, Number, Ref, When, YesNo
from infusion_visits.core.kinds import NotDoneReason
from infusion_visits.core.units import NBSP, unit_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from infusion_visits.core.charted import Telling
    from infusion_visits.core.fields import Leaf, Rows
    from infusion_visits.core.marks import Mark, NotDone
    from infusion_visits.core.refs import Refs

Piece = dict[str, Any]

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
TERMS = "http://terminology.hl7.org/CodeSystem"
OWN = "urn:x-infusion-visits"
"""Names of the program's own words: a URN of nobody else, and no address that could be called."""

_ABSENT = {
    NotDoneReason.REFUSED: "asked-declined",
    NotDoneReason.UNABLE: "not-performed",
    NotDoneReason.DEVICE_FAILED: "error",
    NotDoneReason.NOT_APPROPRIATE: "not-applicable",
    NotDoneReason.OTHER: "not-performed",
}
_UCUM = {
    **{unit: unit for unit in ("mg", "g", "mL", "mmol", "L/min", "mL/h", "mL/min", "mg/h")},
    **{unit: unit for unit in ("mL/kg/h", "mL/kg/min", "mg/min", "mg/kg/h", "mg/kg/min")},
    "mcg": "ug",
    "mcg/min": "ug/min",
    "mcg/kg/min": "ug/kg/min",
    "mEq": "meq",
    "mg/mL": "mg/mL",
    "mcg/mL": "ug/mL",
    "g/mL": "g/mL",
}
_UNSURE = "unsure"
_ISO_DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")
_SHOWN_DATE = re.compile(r"^(?:(\d{1,2}) )?(?:([A-Z][a-z]{2}) )?(\d{4})$")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FIGURE = re.compile(r"^\d{1,9}(\.\d{1,9})?$", re.ASCII)
_URI = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$")
_CODE = re.compile(r"^\S+( \S+)*$")


def resource(kind: str, key: UUID, **elements: Any) -> Piece:
    """A resource; elements without anything in them are left out."""
    return {"resourceType": kind, "id": str(key), **filled(**elements)}


def filled(**elements: Any) -> Piece:
    """Only the elements that say something: no None, no empty text, list or dict."""
    return {name: value for name, value in elements.items() if _says(value)}


def _says(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value not in ([], {}, ())


def link(key: UUID) -> Piece:
    """A reference within the document."""
    return {"reference": f"urn:uuid:{key}"}


def link_to(made: Piece) -> Piece:
    """A reference to a resource just made."""
    return {"reference": f"urn:uuid:{made['id']}"}


def linked(refs: Refs, key: UUID | None) -> Piece | None:
    """A reference to what stands in the document; None where it does not."""
    return link(key) if key is not None and key in refs.known else None


def author_of(mark: Mark, refs: Refs) -> Piece | None:
    """Who wrote a row, where the document knows them."""
    return linked(refs, mark.author or refs.author)


def coding(system: str, code: str, display: str = "") -> Piece:
    """One code; empty where system or code cannot be one."""
    if not _URI.match(system) or not _CODE.match(code):
        return {}
    return filled(system=system, code=code, display=display)


def concept(text: str, *codings: Piece) -> Piece:
    """A coded thing with the words that the nurse saw."""
    return filled(coding=[one for one in codings if one], text=text)


def own(group: str, name: str, display: str = "") -> Piece:
    """The program's own word as a code."""
    return coding(f"{OWN}:{group}", name, display)


def absent(why: NotDone) -> Piece:
    """Why a value is missing."""
    words = f"{why.reason.value}, {why.words}" if why.words else why.reason.value
    return concept(words, coding(f"{TERMS}/data-absent-reason", _ABSENT[why.reason]))


def quantity(value: Decimal, unit: str, ucum: str = "") -> Piece:
    """A figure with its unit as words and, where there is one, as a UCUM code."""
    if not ucum:
        return filled(value=value, unit=unit)
    return filled(value=value, unit=unit, system=UCUM, code=ucum)


def amount(value: Decimal, unit: str | None) -> Piece:
    """A dose or a rate in a unit as nurses write it; "units" are of many kinds, without a code."""
    return quantity(value, unit or "", _UCUM.get(unit or "", ""))


def public(group: str, option: str | None, lumens: int | None = None) -> Piece:
    """The public code of one of the program's words; empty where there is no sure one."""
    found = shipped_codes().of(group, option, lumens) if option else None
    if found is None or found.mark == _UNSURE:
        return {}
    return coding(found.system, found.code, found.display)


def date_of_words(text: str | None) -> str:
    """`2019`, `2019-03` or `2019-03-14` where words are a date and nothing else; else ""."""
    said = (text or "").strip()
    if _ISO_DATE.match(said):
        return said
    found = _SHOWN_DATE.match(said)
    if found is None or (found[1] and not found[2]) or (found[2] and found[2] not in _MONTHS):
        return ""
    month = f"-{_MONTHS.index(found[2]) + 1:02d}" if found[2] else ""
    return f"{found[3]}{month}{f'-{int(found[1]):02d}' if found[1] else ''}"


def measured(value: Decimal, ucum: str) -> Piece:
    """A figure in a unit that the program knows."""
    return quantity(value, unit_of(ucum).label, ucum)


def period(start: str | None, end: str | None) -> Piece:
    """A stretch of time, open where one end is not known."""
    return filled(start=start, end=end)


def note(*texts: str | None) -> list[Piece]:
    """Annotations, one for each text that says something."""
    return [{"text": text} for text in texts if text and text.strip()]


def category(code: str, words: str) -> Piece:
    """What kind of observation it is: vital-signs, laboratory, exam, survey, procedure, therapy."""
    return concept(words, coding(f"{TERMS}/observation-category", code, words))


VITAL_SIGNS = category("vital-signs", "Vital Signs")
EXAM = category("exam", "Exam")
SURVEY = category("survey", "Survey")
LABORATORY = category("laboratory", "Laboratory")
THERAPY = category("therapy", "Therapy")


def entered(mark: Mark, leaf: Number, value: Decimal) -> tuple[Decimal, str]:
    """The figure as it was typed and the UCUM code of its unit ("" where it has none)."""
    typed, _, code = mark.as_entered.get(leaf.name, "").rpartition(" ")
    if typed:
        return Decimal(typed), code
    return value, leaf.units[0].code if leaf.units else ""


def answer(leaf: Leaf, row: Any, telling: Telling, refs: Refs, group: str) -> Piece:
    """The `value[x]` of one answered field of a row; empty where it was not answered."""
    value = getattr(row, leaf.name)
    if value is None or value == () or isinstance(leaf, Ref | Ink):
        return {}
    if isinstance(leaf, YesNo):
        return {"valueBoolean": value}
    if isinstance(leaf, When):
        return {"valueDateTime": refs.when(value)}
    if isinstance(leaf, Day):
        return {"valueDateTime": value.isoformat()}
    if isinstance(leaf, Number):
        figure, code = entered(row.mark, leaf, value)
        return {"valueQuantity": measured(figure, code) if code else _beside(leaf, row, figure)}
    words = leaf_text(leaf, row, telling)
    if isinstance(leaf, Choice):
        return {"valueCodeableConcept": concept(words, own(f"{group}.{leaf.name}", value))}
    if isinstance(leaf, Many):
        labels = {option.key: option.label for option in leaf.options}
        codes = (own(f"{group}.{leaf.name}", key, labels.get(key, "")) for key in value)
        return {"valueCodeableConcept": concept(words, *codes)}
    return filled(valueString=words)


def _beside(leaf: Leaf, row: Any, figure: Decimal) -> Piece:
    """A figure whose unit is a field of its own beside it, or that has none."""
    return amount(figure, getattr(row, f"{leaf.name}_unit", None))


def _units_of(group: Rows, row: Any) -> set[str]:
    """The fields that are the unit of an answered figure: told with it, and not again."""
    pairs = {f"{leaf.name}_unit": leaf.name for leaf in group.leaves if isinstance(leaf, Number)}
    return {
        leaf.name
        for leaf in group.leaves
        if leaf.name in pairs
        and getattr(row, leaf.name) is not None
        and getattr(row, pairs[leaf.name]) is not None
    }


def components(
    group: Rows,
    row: Any,
    telling: Telling,
    refs: Refs,
    *,
    only: Collection[str] | None = None,
    skip: Collection[str] = (),
) -> list[Piece]:
    """The answered fields of a row, and those not done with their reason, in the order asked."""
    made: list[Piece] = []
    units = _units_of(group, row)
    for leaf in group.leaves:
        if leaf.name in skip or leaf.name in units:
            continue
        if only is not None and leaf.name not in only:
            continue
        code = concept(leaf.label, own(group.name, leaf.name))
        said = answer(leaf, row, telling, refs, group.name)
        why = row.mark.not_done.get(leaf.name)
        if said:
            made.append({"code": code, **said})
        elif why:
            made.append({"code": code, "dataAbsentReason": absent(why)})
    return made


def words_of(group: Rows, row: Any, telling: Telling, *, skip: Collection[str] = ()) -> str:
    """The answered fields of a row in words, `Label: answer`, one in each line.

    `skip` names the answers that are said elsewhere; why a field was not done is always told.
    """
    lines: list[str] = []
    units = _units_of(group, row)
    for leaf in group.leaves:
        text = _said(leaf, group, row, telling, units) if leaf.name not in skip else ""
        why = row.mark.not_done.get(leaf.name)
        if text:
            lines.append(f"{leaf.label}: {text}")
        elif why:
            lines.append(f"{leaf.label}: not done, {absent(why)['text']}")
    return "\n".join(lines)


def _said(leaf: Leaf, group: Rows, row: Any, telling: Telling, units: set[str]) -> str:
    if leaf.name in units or isinstance(leaf, Ref | Ink):
        return ""
    text = leaf_text(leaf, row, telling)
    if f"{leaf.name}_unit" not in units:
        return text
    return f"{text}{NBSP}{leaf_text(group.leaf(f'{leaf.name}_unit'), row, telling)}"


def standing(rows: Iterable[Any]) -> list[Any]:
    """The rows that were not struck out: a mistake stays legible in the text, and only there."""
    return [row for row in rows if row.mark.struck is None]


def observation(
    key: UUID, kind: Piece, code: Piece, mark: Mark, refs: Refs, **elements: Any
) -> Piece:
    """A final Observation of this visit, at the time of its row, by who wrote it."""
    return resource(
        "Observation",
        key,
        status="final",
        category=[kind],
        code=code,
        subject=link(refs.patient),
        encounter=link(refs.visit),
        effectiveDateTime=refs.time_of(mark),
        performer=[one for one in (author_of(mark, refs),) if one],
        **elements,
    )


def charted(
    group: Rows,
    row: Any,
    telling: Telling,
    refs: Refs,
    *,
    kind: Piece,
    text: str = "",
    codes: Collection[Piece] = (),
    skip: Collection[str] = (),
    **elements: Any,
) -> list[Piece]:
    """A whole row as one Observation with a component for each answer; none for an empty row."""
    parts = components(group, row, telling, refs, skip=skip)
    if not parts:
        return []
    code = concept(text or group.label, *codes, own("group", group.name))
    key = refs.made(row.mark.row.path())
    return [observation(key, kind, code, row.mark, refs, component=parts, **elements)]


def asked(group: Rows, row: Any, telling: Telling, refs: Refs) -> list[Piece]:
    """The answered fields of a row as items of a QuestionnaireResponse."""
    made: list[Piece] = []
    units = _units_of(group, row)
    for leaf in group.leaves:
        said = {} if leaf.name in units else answer(leaf, row, telling, refs, group.name)
        why = row.mark.not_done.get(leaf.name)
        if said:
            answers = _item_answers(leaf, said)
        elif why:
            answers = [{"valueString": f"not done: {absent(why)['text']}"}]
        else:
            continue
        made.append({"linkId": leaf.name, "text": leaf.label, "answer": answers})
    return made


def _item_answers(leaf: Leaf, said: Piece) -> list[Piece]:
    """An item knows no CodeableConcept, and a day has an element of its own."""
    if "valueCodeableConcept" in said:
        codings = said["valueCodeableConcept"].get("coding") or []
        return [{"valueCoding": one} for one in codings]
    if isinstance(leaf, Day):
        return [{"valueDate": said["valueDateTime"]}]
    return [said]


def responses(key: UUID, name: str, mark: Mark, refs: Refs, items: list[Piece]) -> list[Piece]:
    """The answers to one of the program's own questionnaires; none without an answer."""
    if not items:
        return []
    return [
        resource(
            "QuestionnaireResponse",
            key,
            questionnaire=f"{OWN}:questionnaire:{name}",
            status="completed",
            subject=link(refs.patient),
            encounter=link(refs.visit),
            authored=refs.time_of(mark),
            author=author_of(mark, refs),
            item=items,
        )
    ]


def dosage(**elements: Any) -> Piece:
    """The dosage of what was given; FHIR wants none without a dose or a rate (mad-1)."""
    made = filled(**elements)
    return made if "dose" in made or "rateQuantity" in made else {}


def figure_of(text: str | None) -> Decimal | None:
    """The figure that a text is and nothing else; None for `half`, `<5` or `1E9`."""
    said = (text or "").strip()
    return Decimal(said) if _FIGURE.match(said) else None
