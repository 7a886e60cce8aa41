"""The agency's catalogues of a record are put in force at unlock, changed, and taken back.

One that a newer program can no longer read does not count: the program's own does, and that is
said plainly. What was put in force last stays until something better is ready.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.app.catalogues.checking import Checked, Problem, check
from infusion_visits.core.errors import Refused
from infusion_visits.core.resources import put_in_force
from infusion_visits.team import actions
from infusion_visits.team.queries import LoadedCatalogue, loaded_catalogues, may_change_catalogues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from infusion_visits.records.unit_of_work import UnitOfWork

_CHANGED = Problem(
    None, "the file is not as it was loaded.", "Restore the newest copy of the record."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One catalogue of the agency's: as it lies in the record, and what comes of it now."""

    loaded: LoadedCatalogue
    checked: Checked

    @property
    def counts(self) -> bool:
        """Whether it is in force; else the program's own is."""
        return self.checked.good

    @property
    def trouble(self) -> str:
        """Why it does not count, in one sentence for Today and Settings; empty when it does."""
        if self.counts:
            return ""
        title = self.checked.known.title if self.checked.known else self.loaded.name
        first = self.checked.problems[0].said(self.checked.file)
        return (
            f"The agency's own catalogue “{title}” cannot be read by this version of the program. "
            f"The program's own figures count until it is loaded anew. {first}"
        )


def standing_of(loaded: Iterable[LoadedCatalogue]) -> tuple[Standing, ...]:
    """What comes of the agency's catalogues together. Puts nothing in force.

    One may look into another, so each is tried beside those that are good already, until no
    further one becomes good.
    """
    waiting = list(loaded)
    good: list[Standing] = []
    tried: list[Standing] = []
    while waiting:
        tried = [_try(one, wholes(good)) for one in waiting]
        better = [one for one in tried if one.counts]
        if not better:
            break
        good.append(better[0])
        waiting = [one for one in waiting if one is not better[0].loaded]
    return (*good, *(tried if waiting else ()))


def _try(loaded: LoadedCatalogue, others: Mapping[str, Mapping[str, Any]]) -> Standing:
    file = f"{loaded.name}.toml"
    if actions.digest_of_text(loaded.text) != loaded.digest:
        return Standing(loaded, Checked(file, loaded.text, problems=(_CHANGED,)))
    return Standing(loaded, check(loaded.text.encode(), file, others))


def wholes(standing: Iterable[Standing]) -> dict[str, Mapping[str, Any]]:
    """The merged catalogues of those that count, by name."""
    return {
        one.loaded.name: one.checked.whole
        for one in standing
        if one.counts and one.checked.whole is not None
    }


def put_agency_in_force(unit: UnitOfWork) -> tuple[Standing, ...]:
    """At unlock, and after each change: what the record holds counts from now on."""
    standing = standing_of(loaded_catalogues(unit))
    put_in_force(wholes(standing))
    return standing


def take_back() -> None:
    """The record is closed: the program's own catalogues count again."""
    put_in_force({})


@dataclass(frozen=True)
class Overview:
    """What Settings shows: the agency's catalogues, and whether this member may change them."""

    standing: tuple[Standing, ...]
    may_change: bool


def overview(unit: UnitOfWork) -> Overview:
    """The agency's catalogues as they count now."""
    return Overview(standing_of(loaded_catalogues(unit)), may_change_catalogues(unit))


def use(unit: UnitOfWork, checked: Checked) -> None:
    """Keeps a checked file in the record; it counts once the caller puts it in force.

    Raises Refused `catalogue` for one that is not good, with its first problem, also where it has
    become so since it was looked at, and for one that changes nothing; Refused `role`. Nothing was
    changed then.
    """
    others = [one for one in loaded_catalogues(unit) if one.name != checked.name]
    again = check(checked.text.encode(), checked.file, wholes(standing_of(others)))
    if not checked.good or not again.good:
        problems = (*again.problems, *checked.problems)
        raise Refused("catalogue", problems[0].said(checked.file))
    if not checked.usable:
        raise Refused("catalogue", f"{checked.file} changes nothing.")
    actions.load_catalogue(unit, checked.name, checked.text)


def withdraw(unit: UnitOfWork, name: str) -> None:
    """The program's own counts again. Raises Refused where another of the agency's needs this one.

    Also raises Refused `role`, Missing.
    """
    before = standing_of(loaded_catalogues(unit))
    left = standing_of(one.loaded for one in before if one.loaded.name != name)
    counted = {one.loaded.name for one in before if one.counts}
    lost = [one for one in left if one.loaded.name in counted and not one.counts]
    if lost:
        title = lost[0].checked.known.title if lost[0].checked.known else lost[0].loaded.name
        words = f"“{title}” goes by it. Withdraw that one first."
        raise Refused("catalogue", words)
    actions.withdraw_catalogue(unit, name)
