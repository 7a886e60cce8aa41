"""The patient as FHIR: who they are, and the people beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from infusion_visits.core.fhir import (
    TERMS,
    Piece,
    coding,
    concept,
    filled,
    link,
    own,
    resource,
    standing,
)

if TYPE_CHECKING:
    from datetime import date

    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.values import Contact, Identifier, PatientChart, Person

_ACTIVE = {"active": True, "on hold": True, "discharged": False, "died": False}
_SEXES = frozenset({"female", "male", "other", "unknown"})
_DATE_LENGTH = {"year": 4, "month": 7}
_LANGUAGES = {"english": "en", "spanish": "es", "french": "fr", "german": "de"}


def patient(chart: PatientChart, refs: Refs) -> Piece:
    """The Patient of the document; what is not known is not said, and the sex then `unknown`."""
    person = chart.patient
    numbers = [_identifier(one, refs.agency) for one in standing(chart.patient_identifier)]
    elements: dict[str, Any] = {"identifier": [one for one in numbers if one]}
    if person is not None:
        elements |= _person(person)
    elements.setdefault("gender", "unknown")
    elements["managingOrganization"] = link(refs.agency)
    return resource("Patient", refs.patient, **elements)


def related_persons(chart: PatientChart, refs: Refs) -> list[Piece]:
    """One for each contact."""
    return [_related(one, refs) for one in standing(chart.contact) if one.name]


def birth_date(day: date, precision: str | None) -> str:
    """`1979-03-14`, `1979-03` or `1979`: as much as is known."""
    return day.isoformat()[: _DATE_LENGTH.get(precision or "", 10)]


def _person(person: Person) -> dict[str, Any]:
    return {
        "active": _ACTIVE.get(person.status or ""),
        "name": _names(person),
        "telecom": _telecom(person),
        "gender": person.sex if person.sex in _SEXES else "unknown",
        "birthDate": birth_date(person.birth_day, person.birth_precision)
        if person.birth_day
        else None,
        **({"deceasedBoolean": True} if person.status == "died" else {}),
        "address": [_address(person.address)] if person.address else [],
        "communication": _language(person),
    }


def _names(person: Person) -> list[Piece]:
    official = filled(
        use="official",
        family=person.family,
        given=person.given.split() if person.given else [],
        suffix=[person.suffix] if person.suffix else [],
    )
    names = [official] if person.family or person.given else []
    if person.preferred_name:
        names.append({"use": "nickname", "given": [person.preferred_name]})
    names += [{"text": one} for one in (person.other_names or "").split("; ") if one.strip()]
    return names


def _telecom(person: Person) -> list[Piece]:
    numbers = [person.telephone, *(person.other_telephone or "").split(", ")]
    phones = [filled(system="phone", value=number) for number in numbers if number]
    for rank, phone in enumerate(phones, start=1):
        phone["rank"] = rank
    mail = [{"system": "email", "value": person.email}] if person.email else []
    return [*phones, *mail]


def _address(text: str) -> Piece:
    return filled(use="home", line=[line for line in text.splitlines() if line.strip()], text=text)


def _language(person: Person) -> list[Piece]:
    if not person.language:
        return []
    code = _LANGUAGES.get(person.language.casefold(), "")
    language = concept(person.language, coding("urn:ietf:bcp:47", code) if code else {})
    return [filled(language=language, preferred=True)]


def _identifier(one: Identifier, agency: UUID) -> Piece:
    """A number with its giver: an address where it is one, else the agency's word for it."""
    if not one.value:
        return {}
    words = one.system or "record number"
    if coding(words, "x"):
        return {"system": words, "value": one.value}
    made = uuid5(agency, f"identifier/{words.casefold()}")
    return {"type": {"text": words}, "system": f"urn:uuid:{made}", "value": one.value}


def _related(one: Contact, refs: Refs) -> Piece:
    told = {True: "may be told about care", False: "may not be told about care"}
    emergency = concept("emergency contact", coding(f"{TERMS}/v2-0131", "C", "Emergency Contact"))
    relations = [concept(one.relation)] if one.relation else []
    if one.emergency:
        relations.append(emergency)
    if one.may_be_told is not None:
        word = "may-be-told" if one.may_be_told else "not-to-be-told"
        relations.append(concept(told[one.may_be_told], own("contact", word)))
    return resource(
        "RelatedPerson",
        refs.of_patient(one.mark.row.path()),
        active=True,
        patient=link(refs.patient),
        relationship=relations,
        name=[{"text": one.name}],
        telecom=[filled(system="phone", value=one.telephone)] if one.telephone else [],
    )
