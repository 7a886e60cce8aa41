"""How note files are named: so that they sort, and carry no more of the patient than is wanted.

A pattern is words with tokens, `visit-{visit_date}-{visit}`. Whatever a token stands for, the
name that comes of it is one plain file name on every system: letters, figures, `-`, `_`, `.`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from infusion_visits.core.clock import local, local_day
from infusion_visits.core.errors import Refused
from infusion_visits.patients.rules import standing
from infusion_visits.team.actions import choose
from infusion_visits.team.queries import may_change_catalogues, setting
from infusion_visits.visits.queries import VisitLine
from infusion_visits.visits.signed_note import SignedNote

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.visits.record import VisitHead, VisitRecord

PATTERN = "note_file_name"
"""The setting that holds the agency's pattern."""

# No name of a patient in a file name: it shows in mail, sync folders and lists of recent files.
DEFAULT_PATTERN = "visit-{visit_date}-{visit}"
SUFFIX = ".pdf"
LONGEST_PATTERN = 120
LONGEST_VALUE = 32
LONGEST_NAME = 120
# The tail of a UUIDv7 is random; its head would be the same for visits of one minute.
_TAIL = 6
_TOKEN = re.compile(r"\{([a-z_]*)\}")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|clock|conin|conout|com[0-9]|lpt[0-9])(\..*)?$")
_STAMP = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class Token:
    """Something that a name may carry; `of_patient` where a stranger learns of the patient."""

    name: str
    label: str
    example: str
    of_patient: bool = False


TOKENS = (
    Token("visit_date", "day of the visit", "2026-11-21"),
    Token("visit_time", "time of the visit", "0930"),
    Token("visit", "number of the visit", "4f9c2a"),
    Token("kind", "kind of visit", "routine-infusion"),
    Token("nurse", "initials of the nurse", "IH"),
    Token("agency", "agency", "Riverbend-Home-Infusion"),
    Token("initials", "initials of the patient", "MO", of_patient=True),
    Token("mrn", "record number of the patient", "0042-118", of_patient=True),
    Token("family", "family name of the patient", "Okafor", of_patient=True),
    Token("birth_year", "year of birth of the patient", "1979", of_patient=True),
)
_OF_LINE = ("visit_date", "visit_time", "visit", "kind")
_BY_NAME = {token.name: token for token in TOKENS}


def pattern_of(unit: UnitOfWork) -> str:
    """The agency's pattern, or the default one where it chose none."""
    return str(setting(unit, PATTERN, DEFAULT_PATTERN))


def choose_pattern(unit: UnitOfWork, pattern: str) -> None:
    """Keeps the agency's pattern. Raises Refused `pattern` with what is wrong, Refused `role`."""
    if said := fault_of(pattern):
        raise Refused("pattern", said)
    # Threat: one nurse has every note of the agency carry names into mail and shared folders.
    if not may_change_catalogues(unit):
        raise Refused("role", "Only a coordinator changes how the agency's files are named.")
    choose(unit, PATTERN, pattern.strip())


def fault_of(pattern: str) -> str:
    """What is wrong with a pattern, in words; empty where nothing is."""
    if not pattern.strip():
        return "The name is empty. Put in at least {visit_date} and {visit}."
    if len(pattern) > LONGEST_PATTERN:
        return f"The name is longer than {LONGEST_PATTERN} letters."
    unknown = [name for name in _TOKEN.findall(pattern) if name not in _BY_NAME]
    if unknown:
        known = ", ".join(f"{{{token.name}}}" for token in TOKENS)
        return f"{{{unknown[0]}}} is not known. Known are {known}."
    if set("{}") & set(_TOKEN.sub("", pattern)):
        return "A brace stands alone. What is filled in stands in braces: {visit_date}."
    if not _TOKEN.search(pattern):
        return "Every note would get the same name. Put in {visit_date} and {visit}."
    return ""


def told_of_patient(pattern: str) -> str:
    """What a stranger who sees only the file's name learns of the patient, in words; or nothing."""
    told = [token.label for token in tokens_in(pattern) if token.of_patient]
    if not told:
        return ""
    return (
        f"File names will carry: {', '.join(told)}. "
        "They show in mail, shared folders and lists of recent files."
    )


def tokens_in(pattern: str) -> tuple[Token, ...]:
    """The known tokens of a pattern, in their order."""
    return tuple(_BY_NAME[name] for name in _TOKEN.findall(pattern) if name in _BY_NAME)


def example(pattern: str) -> str:
    """The name of a made-up visit, for the preview."""
    return _filled(pattern, {token.name: token.example for token in TOKENS})


def file_name(visit: SignedNote | VisitRecord | VisitLine, pattern: str = DEFAULT_PATTERN) -> str:
    """The file name of a note, signed or draft: `visit-2026-11-21-4f9c2a.pdf`.

    Never a path and never a name that some system keeps for itself, whatever the record holds.
    A line of a list is enough where `needs_record` says so; of what it lacks there stands an x.
    """
    if isinstance(visit, VisitLine):
        return _filled(pattern, _of_visit(visit))
    record = visit.record if isinstance(visit, SignedNote) else visit
    return _filled(pattern, {**_of_visit(record.visit), **_of_record(record)})


def needs_record(pattern: str) -> bool:
    """Whether a name of this pattern tells more than a line of a list knows of a visit."""
    return any(token.name not in _OF_LINE for token in tokens_in(pattern))


def dated_name(word: str, now: datetime, zone: str) -> str:
    """The name of a file that is about no single visit: `worklist-2026-11-21-1405.pdf`."""
    return f"{word}-{local(now.astimezone(UTC), zone):%Y-%m-%d-%H%M}{SUFFIX}"


def another_name(name: str, taken: Collection[str]) -> str:
    """`name`, or with -2, -3 … where it is taken; `taken` holds names in small letters.

    Some systems hold `A.pdf` and `a.pdf` for the same file, so case tells no two apart.
    """
    stem, number, found = name.removesuffix(SUFFIX), 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{stem}-{number}{SUFFIX}"
    return found


def _of_visit(visit: VisitHead | VisitLine) -> Mapping[str, str]:
    return {
        "visit_date": f"{local_day(visit.scheduled, visit.zone):{_STAMP}}",
        "visit_time": f"{local(visit.scheduled, visit.zone):%H%M}",
        "visit": visit.id.hex[-_TAIL:],
        "kind": visit.kind.value.replace("_", "-"),
    }


def _of_record(record: VisitRecord) -> Mapping[str, str]:
    person = record.patient.patient
    nurse = record.who(record.visit.nurse)
    numbers = [row for row in standing(record.patient.patient_identifier) if row.value]
    numbers.sort(key=lambda row: (row.system or "").casefold() != "mrn")
    birth = person.birth_day if person else None
    names = (person.given, person.family) if person else ()
    return {
        "nurse": _initials(nurse.name) if nurse else "",
        "agency": record.agency.name,
        "initials": _initials(" ".join(name for name in names if name)),
        "mrn": (numbers[0].value or "") if numbers else "",
        "family": (person.family or "") if person else "",
        "birth_year": str(birth.year) if birth else "",
    }


def _initials(name: str) -> str:
    return "".join(word[0] for word in _plain(name.replace("-", " "), " ").split() if word)


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    said = _TOKEN.sub(lambda found: _value(values.get(found[1], "")), pattern)
    stem = re.sub(r"\.{2,}", ".", _plain(said, "-"))[:LONGEST_NAME].strip("-._ ")
    if not stem:
        stem = f"visit-{_value(values['visit'])}"
    if _RESERVED.match(stem):
        stem = f"visit-{stem}"
    return f"{stem}{SUFFIX}"


def _value(text: str) -> str:
    return _plain(text, "-").replace(".", "-")[:LONGEST_VALUE].strip("-") or "x"


def _plain(text: str, between: str) -> str:
    """Letters without accents, figures and `-`, `_`, `.`; whatever else there is becomes `between`.

    Threat: a name of a patient, or of an agency's pattern, that climbs out of the folder, names a
    device of Windows, or turns a listing round by direction marks.
    """
    bare = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in bare if not unicodedata.combining(one))
    return _NOT_PLAIN.sub(between, bare)
