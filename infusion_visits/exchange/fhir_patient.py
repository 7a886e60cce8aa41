"""FHIR R4 Patient (and those beside the patient) as columns of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.exchange.imported import ImportedRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.exchange.fhir_nodes import Node

_NAME_ORDER = ("official", "usual", "", "temp", "anonymous", "nickname", "maiden", "old")
_FORMER = frozenset({"nickname", "maiden", "old"})
_HOME_ORDER = ("home", "", "temp", "work")
_PHONE_ORDER = ("mobile", "home", "", "work", "temp")
_SEXES = frozenset({"female", "male", "other", "unknown"})
_LONG = 200


def patient_columns(patient: Node) -> dict[str, Any]:
    """The columns of the patient's own row. BadFile for a patient without any name."""
    columns: dict[str, Any] = _name(patient)
    columns |= _birth(patient)
    sex = (patient.text("gender", 64) or "").lower()
    columns["sex"] = sex if sex in _SEXES else None
    columns |= _telecom(patient)
    columns["address"] = _address(patient)
    columns["language"] = _language(patient)
    columns["status"] = _status(patient)
    return columns


def identifiers_of(patient: Node) -> tuple[tuple[str, str], ...]:
    """System and value of each identifier that is in force and says who gave it."""
    found: dict[tuple[str, str], None] = {}
    for one in patient.nodes("identifier"):
        system, value = one.text("system", 400), one.text("value", 400)
        if system and value and one.text("use", 64) != "old":
            found[(system, value)] = None
    return tuple(found)


def contact_rows(patient: Node, source: str) -> list[ImportedRow]:
    """Contacts named in the Patient itself."""
    rows = []
    for one in patient.nodes("contact"):
        name = one.node("name")
        said = _whole_name(name) if name else None
        organisation = one.node("organization")
        said = said or (organisation.text("display", _LONG) if organisation else None)
        if said:
            rows.append(_contact(one, said, f"{source}#contact/{said.casefold()}"))
    return rows


def related_person_row(person: Node, source: str) -> ImportedRow | None:
    """A RelatedPerson as a contact; None without a name."""
    names = person.nodes("name")
    said = _whole_name(names[0]) if names else None
    return _contact(person, said, source) if said else None


def _contact(one: Node, name: str, source: str) -> ImportedRow:
    relations = [concept.words for concept in one.concepts("relationship")]
    phones = _phones(one)
    columns = {
        "name": name[:_LONG],
        "relation": ", ".join(relations)[:_LONG] or None,
        "telephone": ", ".join(phones)[:_LONG] or None,
    }
    return ImportedRow("contact", source, columns)


def _name(patient: Node) -> dict[str, Any]:
    names = sorted(patient.nodes("name"), key=_name_rank)
    best = next((name for name in names if _whole_name(name)), None)
    if best is None:
        patient.wrong("name", "This patient has no name.")
    family = best.text("family", _LONG)
    given = " ".join(best.texts("given", _LONG)) or None
    if not family and not given:
        family = best.text("text", _LONG)
    if given and len(given) > _LONG:
        best.wrong("given", f"The given names are longer than {_LONG} characters.")
    return {
        "family": family,
        "given": given,
        "suffix": " ".join(best.texts("suffix", 40))[:40] or None,
        "preferred_name": _nickname(names, best),
        "other_names": _others(name for name in names if name is not best),
    }


def _name_rank(name: Node) -> tuple[bool, int]:
    period = name.node("period")
    over = period is not None and period.text("end", 64) is not None
    return over, _rank(name, _NAME_ORDER)


def _rank(one: Node, order: tuple[str, ...]) -> int:
    use = one.text("use", 64) or ""
    return order.index(use) if use in order else len(order)


def _nickname(names: Iterable[Node], best: Node) -> str | None:
    for name in names:
        if name is not best and name.text("use", 64) == "nickname":
            return " ".join(name.texts("given", _LONG))[:_LONG] or name.text("text", _LONG)
    return None


def _others(names: Iterable[Node]) -> str | None:
    said = []
    for name in names:
        whole, use = _whole_name(name), name.text("use", 64) or ""
        if whole and use != "nickname":
            said.append(f"{whole} ({use})" if use in _FORMER else whole)
    return "; ".join(dict.fromkeys(said))[:1000] or None


def _whole_name(name: Node) -> str | None:
    parts = (*name.texts("given", _LONG), name.text("family", _LONG) or "")
    said = " ".join(part for part in parts if part)
    return said or name.text("text", _LONG)


def _birth(patient: Node) -> dict[str, Any]:
    born = patient.moment("birthDate")
    if born is None:
        return {"birth_day": None, "birth_precision": None}
    precision = "day" if born.precision == "time" else born.precision
    return {"birth_day": born.day, "birth_precision": precision}


def _telecom(patient: Node) -> dict[str, Any]:
    phones = _phones(patient)
    emails = [
        value
        for one in patient.nodes("telecom")
        if one.text("system", 64) == "email" and (value := one.text("value", _LONG))
    ]
    return {
        "telephone": phones[0][:80] if phones else None,
        "other_telephone": ", ".join(phones[1:])[:300] or None,
        "email": emails[0] if emails else None,
    }


def _phones(one: Node) -> list[str]:
    found = [
        part
        for part in one.nodes("telecom")
        if part.text("system", 64) in {None, "phone", "sms"} and part.text("use", 64) != "old"
    ]
    ranked = sorted(found, key=lambda part: _rank(part, _PHONE_ORDER))
    values = (part.text("value", _LONG) for part in ranked)
    return list(dict.fromkeys(value for value in values if value))


def _address(patient: Node) -> str | None:
    standing = [one for one in patient.nodes("address") if one.text("use", 64) != "old"]
    if not standing:
        return None
    best = min(standing, key=lambda one: _rank(one, _HOME_ORDER))
    town = " ".join(
        part
        for part in (
            ", ".join(
                part for part in (best.text("city", _LONG), best.text("state", _LONG)) if part
            ),
            best.text("postalCode", 64),
        )
        if part
    )
    lines = [*best.texts("line", _LONG), town, best.text("country", _LONG) or ""]
    said = "\n".join(line for line in lines if line) or best.text("text", 1000)
    return said[:1000] if said else None


def _language(patient: Node) -> str | None:
    spoken = patient.nodes("communication")
    if not spoken:
        return None
    best = next((one for one in spoken if one.flag("preferred")), spoken[0])
    language = best.coded("language")
    return language.words[:80] if language else None


def _status(patient: Node) -> str | None:
    died = patient.moment("deceasedDateTime") is not None or patient.flag("deceasedBoolean")
    if died:
        return "died"
    return "discharged" if patient.flag("active") is False else None
