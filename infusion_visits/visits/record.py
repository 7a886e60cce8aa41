"""VisitRecord: everything charted at one visit, as frozen values; and its canonical text.

All that leaves a visit passes through here. A draft's record is read from the tables, a signed
one from the bytes that were signed. The text form knows sections by their keys, so that a new
section changes nothing in this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

import rfc8785
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.strategies import configure_union_passthrough

from infusion_visits.core.catalogue import Kept
from infusion_visits.core.cells import Key
from infusion_visits.core.desk import Who
from infusion_visits.core.errors import Missing
from infusion_visits.core.findings import Finding
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import NotDone
from infusion_visits.core.moments import utc_text
from infusion_visits.core.planned import PlannedTask
from infusion_visits.patients.facts import CareFact, DoseFact, EarlierReaction, HomeFact
from infusion_visits.patients.values import PatientChart
from infusion_visits.sections.list import SECTIONS

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class VisitHead:
    """The visit itself: who went where, when and why. Instants are UTC, `zone` is the home's."""

    id: UUID
    patient: UUID
    kind: VisitKind
    zone: str
    scheduled: datetime
    nurse: UUID
    order: UUID | None = None
    started: datetime | None = None
    completed: datetime | None = None
    missed: datetime | None = None
    cancelled: datetime | None = None
    reason: str = ""
    copied_from: UUID | None = None


@dataclass(frozen=True, slots=True)
class Overridden:
    """A stop that was gone past: the finding's key and words, the reason, who and when."""

    finding: str
    words: str
    reason: str
    at: datetime
    by: UUID


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The laptop's clock was set `back` or `forward` by `seconds`; `at` is its time afterwards."""

    what: str
    at: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class Absent:
    """A required group of rows that stayed empty for a reason: no vital signs, patient refused."""

    section: str
    group: str
    why: NotDone


@dataclass(frozen=True, slots=True)
class AgencyHead:
    """The agency as the note names it; `logo` as `core.logo` packs it, empty for none."""

    id: UUID
    name: str
    telephone: str = ""
    logo: str = ""


@dataclass(frozen=True)
class VisitRecord:
    """Everything charted at one visit, with the patient and the people as they were known then.

    `findings` and `catalogue` are empty in a draft; sealing takes them in, so that the note of a
    signed record recomputes no finding and reads no catalogue. `planned` are the tasks that it
    left when it was signed; None in a draft, and in a record of the first version.
    """

    visit: VisitHead
    agency: AgencyHead
    patient: PatientChart
    sections: Mapping[str, Any]
    people: tuple[Who, ...] = ()
    overrides: tuple[Overridden, ...] = ()
    clock_changes: tuple[ClockChange, ...] = ()
    absent: tuple[Absent, ...] = ()
    care_before: tuple[CareFact, ...] = ()
    home_before: HomeFact | None = None
    doses_before: tuple[DoseFact, ...] = ()
    reactions_before: tuple[EarlierReaction, ...] = ()
    planned: tuple[PlannedTask, ...] | None = None
    findings: tuple[Finding, ...] = ()
    catalogue: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sealed(self) -> bool:
        """Whether it was signed: then it says itself what was found."""
        return self.planned is not None or bool(self.findings or self.catalogue)

    def unsealed(self) -> VisitRecord:
        """The same record without what sealing took in."""
        return replace(self, planned=None, findings=(), catalogue={})

    def of(self, values: type[V]) -> V:
        """The values of the section whose type this is; empty where the record has it not yet.

        A record signed before a section was built says nothing of it. Raises Missing for a type
        that is no section's.
        """
        for value in self.sections.values():
            if isinstance(value, values):
                return value
        if any(section.values is values for section in SECTIONS):
            return values()
        raise Missing("section", "That section is not in this visit.")

    def with_section(self, key: str, values: Any) -> VisitRecord:
        """The same record with one section's values replaced."""
        return replace(self, sections={**self.sections, key: values})

    def who(self, member: UUID | None) -> Who | None:
        """The member with this id, as known at the visit."""
        return next((who for who in self.people if who.id == member), None)


def to_plain(record: VisitRecord) -> dict[str, Any]:
    """The record as JSON values: decimals and instants as text, what is not known left out."""
    plain = cast("dict[str, Any]", _converter().unstructure(replace(record, sections={})))
    plain["sections"] = {
        section.key: _converter().unstructure(record.sections[section.key])
        for section in SECTIONS
        if section.key in record.sections
    }
    return plain


def from_plain(plain: Mapping[str, Any]) -> VisitRecord:
    """The record that `to_plain` wrote. Raises cattrs errors for what no record can be."""
    known = {section.key: section.values for section in SECTIONS}
    bare = _converter().structure({**plain, "sections": {}}, VisitRecord)
    sections = {
        key: _converter().structure(values, known[key]) for key, values in plain["sections"].items()
    }
    kept = {name: Kept(catalogue) for name, catalogue in bare.catalogue.items()}
    return replace(bare, sections=sections, catalogue=kept)


def canonical(plain: Mapping[str, Any]) -> bytes:
    """RFC 8785 bytes: the same values always give the same bytes, whatever wrote them."""
    return rfc8785.dumps(dict(plain))


def plain_catalogue(value: Any) -> Any:
    """Catalogue data as JSON values: figures and days as text, because JSON numbers are binary."""
    if isinstance(value, Mapping):
        return {str(key): plain_catalogue(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain_catalogue(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float | date | time):
        return str(value)
    return value


@cache
def _converter() -> Converter:
    converter = Converter(omit_if_default=True)
    configure_union_passthrough(bool | int | str | None, converter)
    for kind, write, read in (
        (Decimal, lambda value: f"{value:f}", lambda text, _: Decimal(text)),
        (UUID, str, lambda text, _: UUID(text)),
        (date, date.isoformat, lambda text, _: date.fromisoformat(text)),
        (datetime, utc_text, _instant),
    ):
        converter.register_unstructure_hook(kind, write)
        converter.register_structure_hook(kind, read)
    converter.register_unstructure_hook(Key, lambda key: key if isinstance(key, int) else str(key))
    converter.register_structure_hook(
        Key, lambda key, _: key if isinstance(key, int) else UUID(key)
    )
    converter.register_structure_hook_func(
        lambda kind: kind == Mapping[str, Any], lambda value, _: dict(value)
    )
    # What version 1 did not know is left out where it is empty, so that its bytes come back.
    newer = override(omit_if_default=True)
    converter.register_unstructure_hook(
        VisitRecord,
        make_dict_unstructure_fn(
            VisitRecord,
            converter,
            home_before=newer,
            clock_changes=newer,
            doses_before=newer,
            reactions_before=newer,
            planned=newer,
        ),
    )
    return converter


def _instant(text: str, _: type[datetime]) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
