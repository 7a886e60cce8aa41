"""What a note must hold for payers and accreditors: `resources/clinical/required_contents.toml`.

Source: clinical reference 7.2. Each row names the fields that hold it, and its heading in the note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, reading
from infusion_visits.core.fields import group_named
from infusion_visits.patients.fields import ROWS as PATIENT_ROWS
from infusion_visits.patients.fields import SECTION as PATIENT_SECTION
from infusion_visits.sections.list import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.fields import Leaf

CATALOGUE = "required_contents"


@dataclass(frozen=True, slots=True)
class Held:
    """A field by its address."""

    section: str
    group: str
    field: str


@dataclass(frozen=True, slots=True)
class Content:
    """One thing that a note must hold."""

    key: str
    label: str
    asked_by: str
    heading: str
    held: tuple[Held, ...]
    source: str


def read_required_contents(plain: Mapping[str, Any]) -> tuple[Content, ...]:
    """The rows in order. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        top.text("edition")
        top.source()
        return tuple(_content(key, entry) for key, entry in top.tables())


def _content(key: str, entry: Entry) -> Content:
    held = tuple(filter(None, (_held(entry, text) for text in entry.texts("fields"))))
    made = Content(
        key=key,
        label=entry.text("label"),
        asked_by=entry.text("asked_by"),
        heading=entry.text("heading"),
        held=held,
        source=entry.source(),
    )
    entry.close()
    return made


def _held(entry: Entry, text: str) -> Held | None:
    section, _, rest = text.partition("/")
    group, _, field = rest.partition("/")
    found = Held(section, group, field)
    if leaf_of(found) is None:
        entry.fault(f"{text!r} is no field.", "Write section/group/field.", "fields")
        return None
    return found


def leaf_of(held: Held) -> Leaf | None:
    """The field at an address; None where there is none."""
    rows = {section.key: section.rows for section in SECTIONS} | {PATIENT_SECTION: PATIENT_ROWS}
    try:
        return group_named(rows[held.section], held.group).leaf(held.field)
    except KeyError:
        return None
