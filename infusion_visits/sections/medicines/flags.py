"""Home medicines that change what an emergency asks for: read from the catalogue, words only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.resources import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.patients.facts import Facts

CATALOGUE = "home_medicines"
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class MedicineFlag:
    """A class of medicines: the names and the ends of names by which it is known."""

    key: str
    label: str
    says: str
    names: tuple[str, ...]
    suffixes: tuple[str, ...]
    groups: tuple[str, ...]
    source: str

    def is_of(self, medicine: str) -> bool:
        """Whether a medicine, as somebody wrote it, belongs to the class."""
        words = _WORD.findall(medicine.casefold())
        return any(
            word in self.names or any(word.endswith(end) for end in self.suffixes) for word in words
        )


@dataclass(frozen=True, slots=True)
class MedicineCatalogue:
    """The flags, and the words by which an as-needed medicine is told."""

    flags: tuple[MedicineFlag, ...]
    as_needed: tuple[str, ...]

    def flags_of(self, medicine: str, facts: Facts) -> tuple[MedicineFlag, ...]:
        """The flags of a medicine that matter for the ordered therapy."""
        therapy = facts.order.therapy if facts.order else None
        return tuple(
            flag
            for flag in self.flags
            if flag.is_of(medicine)
            and (not flag.groups or (therapy is not None and therapy.is_any(*flag.groups)))
        )

    def is_as_needed(self, frequency: str) -> bool:
        """Whether it is taken only when needed."""
        low = frequency.casefold()
        return any(words in low for words in self.as_needed)


@read_once
def read_home_medicines(plain: Mapping[str, Any]) -> MedicineCatalogue:
    """The whole catalogue. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        top.text("edition")
        top.text("source")
        needed = tuple(words.casefold() for words in top.texts("as_needed"))
        table = top.entry("flag")
        flags = tuple(_flag(key, entry) for key, entry in table.tables()) if table else ()
        if table is not None:
            table.close()
    return MedicineCatalogue(flags, needed)


def catalogue_of(facts: Facts) -> MedicineCatalogue:
    """The catalogue in force: the one kept with a signed record, else that of the house."""
    return read_home_medicines(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def _flag(key: str, entry: Entry) -> MedicineFlag:
    made = MedicineFlag(
        key=key,
        label=entry.text("label"),
        says=entry.text("says"),
        names=tuple(name.casefold() for name in entry.texts("names")),
        suffixes=tuple(end.casefold() for end in entry.texts("suffixes", needed=False)),
        groups=entry.texts("groups", needed=False),
        source=entry.source(),
    )
    entry.close()
    return made
