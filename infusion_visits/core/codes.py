"""Public codes of routes, lines and complications: read from `codes.toml` and checked.

SNOMED CT needs a licence or affiliate notice outside covered countries (clinical reference 5.1).
Codes of vital signs belong to their own catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.resources import load_catalogue, shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUE = "codes"
GROUPS = ("route", "device", "complication")
MARKS = ("verified", "expert", "unsure")
CENTRAL = "central"


@dataclass(frozen=True, slots=True)
class PublicCode:
    """One code of a public system for one of the program's own words."""

    group: str
    option: str
    system: str
    code: str
    display: str
    mark: str
    source: str
    lumens: int | None = None
    record_only: bool = False


@dataclass(frozen=True, slots=True)
class Codes:
    """All codes, and the licence line that stands where they are used."""

    codes: tuple[PublicCode, ...]
    licence: str

    def of(self, group: str, option: str, lumens: int | None = None) -> PublicCode | None:
        """The code of one word; with lumens that of the very kind, else the one that counts none.

        None where there is no public code: the program's own word is sent then.
        """
        fitting = [one for one in self.codes if (one.group, one.option) == (group, option)]
        exact = next((one for one in fitting if one.lumens == lumens), None)
        return exact or next((one for one in fitting if one.lumens is None), None)


@read_once
def read_codes(plain: Mapping[str, Any]) -> Codes:
    """All codes. Raises CatalogueRefused with every fault; one word has one code."""
    with reading(plain) as top:
        top.text("edition")
        top.text("source")
        licence = top.text("licence")
        table = top.entry("code")
        made: list[PublicCode] = []
        for _, entry in table.tables() if table else ():
            one = _code(entry)
            if any(
                (one.group, one.option, one.lumens) == (other.group, other.option, other.lumens)
                for other in made
            ):
                entry.fault("this word has a code already.", "Take one of them out.", "option")
            made.append(one)
        if table is not None:
            table.close()
    return Codes(tuple(made), licence)


def codes_in_force() -> Codes:
    """The codes in force."""
    return read_codes(load_catalogue(CATALOGUE))


def shipped_codes() -> Codes:
    """The program's own codes, whatever an agency's file says: for what must come out the same
    from the same signed note on every machine."""
    return read_codes(shipped(CATALOGUE))


def _code(entry: Entry) -> PublicCode:
    made = PublicCode(
        group=entry.choice("group", GROUPS),
        option=entry.text("option"),
        system=entry.text("system"),
        code=entry.text("code"),
        display=entry.text("display"),
        mark=entry.choice("mark", MARKS),
        source=entry.source(),
        lumens=entry.whole("lumens", needed=False, low=1, high=4),
        record_only=entry.yes("record_only"),
    )
    entry.close()
    return made
