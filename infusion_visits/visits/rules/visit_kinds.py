"""What each kind of visit asks for: `resources/clinical/visit_kinds.toml`, read and held to.

Source: clinical reference table 7.12. The fields say themselves what the program cannot do
without; the catalogue says what the table, and the agency, ask for beyond that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.charted import is_shown
from infusion_visits.core.fields import group_named
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.list import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from infusion_visits.core.fields import Rows
    from infusion_visits.visits.record import VisitRecord

CATALOGUE = "visit_kinds"
ASKED = "asked-at-this-visit"
_KINDS = tuple(kind.value for kind in VisitKind)


@dataclass(frozen=True, slots=True)
class Address:
    """A place that must be filled: a group of rows (`field` empty), or one field of it."""

    section: str
    group: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of the table: what, where it stands, at which kinds of visit it is asked."""

    key: str
    label: str
    places: tuple[Address, ...]
    required: frozenset[VisitKind]
    conditional: frozenset[VisitKind]
    when: str
    source: str
    by_rule: bool = False


def read_visit_kinds(plain: Mapping[str, Any]) -> tuple[Asked, ...]:
    """The rows in order. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        top.text("edition")
        top.source()
        return tuple(_asked(key, entry) for key, entry in top.tables())


_read = read_once(read_visit_kinds)


def visit_kinds() -> tuple[Asked, ...]:
    """The table in force."""
    return _read(load_catalogue(CATALOGUE))


def _asked(key: str, entry: Entry) -> Asked:
    required = entry.choices("required", _KINDS)
    conditional = entry.choices("conditional", _KINDS, needed=False)
    if both := sorted(set(required).intersection(conditional)):
        words = f"{', '.join(both)} stands in both lists."
        entry.fault(words, "Leave it in one of them.", "conditional")
    made = Asked(
        key=key,
        label=entry.text("label"),
        places=tuple(filter(None, (_place(entry, text) for text in entry.texts("fields")))),
        required=frozenset(map(VisitKind, required)),
        conditional=frozenset(map(VisitKind, conditional)),
        when=entry.text("when", needed=bool(conditional)),
        source=entry.source(),
        by_rule=entry.yes("by_rule"),
    )
    entry.close()
    return made


def _place(entry: Entry, text: str) -> Address | None:
    section, _, rest = text.partition("/")
    group, _, field = rest.partition("/")
    found = _group(section, group)
    names = {leaf.name for leaf in found.leaves} if found else set()
    if found is None or (field and field not in names):
        entry.fault(
            f"{text!r} is no place in a visit.", "Write section/group or section/group/field.",
            "fields",
        )  # fmt: skip
        return None
    return Address(section, group, field)


def _group(section: str, group: str) -> Rows | None:
    for one in SECTIONS:
        if one.key == section:
            try:
                return group_named(one.rows, group)
            except KeyError:
                return None
    return None


def asked_beyond_the_fields(record: VisitRecord, known: set[str]) -> Iterator[Finding]:
    """A stop for each place that the table requires here and nothing fills.

    `known` are the subjects already found missing by the fields' own demands. What a rule of a
    section asks in its own way (a signature, or the reason why not) is left to it.
    """
    kind = record.visit.kind
    absent = {(one.section, one.group) for one in record.absent}
    for asked in visit_kinds():
        if kind not in asked.required or asked.by_rule:
            continue
        for place in asked.places:
            if (place.section, place.group) in absent or is_filled(record, place, known):
                continue
            yield not_there(place)


def not_there(place: Address, why: str = "this kind of visit asks for it") -> Finding:
    """The stop for a place that is asked for and not filled; `why` it is asked."""
    row = Row(place.group)
    group = _group(place.section, place.group)
    field = place.field or (group.leaves[0].name if group and group.leaves else "")
    said = f"{place.section}/{row.path()}"
    return Finding(
        code=ASKED,
        level=Level.STOP,
        words=f"{_named(place, group)} not charted yet: {why}.",
        section=place.section,
        cell=Cell(place.section, row, field),
        overridable=True,
        subject=f"{said}/{place.field}" if place.field else said,
    )


def _named(place: Address, group: Rows | None) -> str:
    """`Infusion`, `Medicines, home medicines`, `Arrival, consent`: as the nurse finds it."""
    title = next(one.title for one in SECTIONS if one.key == place.section)
    if group is None:
        return title
    label = group.leaf(place.field).label if place.field else group.label
    return title if label.casefold() in title.casefold() else f"{title}, {label.casefold()}"


def is_filled(record: VisitRecord, place: Address, known: set[str]) -> bool:
    """Filled, excused, not asked after the other answers, or already found missing."""
    values = record.sections.get(place.section)
    if values is None:
        return False
    held = getattr(values, place.group)
    rows = held if isinstance(held, tuple) else (() if held is None else (held,))
    standing = [row for row in rows if row.mark.struck is None]
    if not standing:
        said = f"{place.section}/{place.group}"
        return any(one == said or one.startswith(f"{said}/") for one in known)
    group = _group(place.section, place.group)
    if not place.field or group is None:
        return True
    leaf = group.leaf(place.field)
    return any(
        getattr(row, place.field) not in (None, ())
        or place.field in row.mark.not_done
        or not is_shown(leaf, row)
        or f"{place.section}/{row.mark.row.path()}/{place.field}" in known
        for row in standing
    )
