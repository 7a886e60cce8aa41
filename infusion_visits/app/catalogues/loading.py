"""The agency's catalogues of a record are put in force at unlock, changed, and taken back.

One that a newer program can no longer read does not count: the program's own does, and that is
said plainly. What was put in force last stays until something better is ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.app.catalogues.checking import Checked, Problem, check, check_file
from infusion_visits.app.catalogues.readers import known_as
from infusion_visits.core.errors import BadFile, Refused
from infusion_visits.core.resources import put_in_force
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.team import actions
from infusion_visits.team.queries import LoadedCatalogue, loaded_catalogues, may_change_catalogues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

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
    def title(self) -> str:
        """The catalogue's title on the screen."""
        known = known_as(self.loaded.name)
        return known.title if known else self.loaded.name

    @property
    def trouble(self) -> str:
        """Why it does not count, in one sentence for Today and Settings; empty when it does."""
        if self.counts:
            return ""
        first = self.checked.problems[0].said(self.checked.file)
        return (
            f"The agency's own catalogue “{self.title}” cannot be read by this version of the "
            f"program. The program's own figures count until it is loaded anew. {first}"
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


def put_in_force_from(unit: UnitOfWork) -> tuple[Standing, ...]:
    """At unlock, and after each change: what the record holds counts from now on.

    Takes some tenths of a second for each catalogue of the agency's: never on the interface thread.
    """
    standing = standing_of(loaded_catalogues(unit))
    put_in_force(wholes(standing))
    return standing


def take_back() -> None:
    """The record is closed: the program's own catalogues count again."""
    put_in_force({})


@dataclass(frozen=True)
class AgencyCatalogues:
    """What may be done with the agency's catalogues of an open record.

    Never on the interface thread. `reading` and `writing` give a unit of work; no long work is
    done while one writes.
    """

    reading: Callable[[], UnitOfWork]
    writing: Callable[[], UnitOfWork]

    def enter(self) -> tuple[Standing, ...]:
        """Puts in force what the record holds."""
        with self.reading() as unit:
            return put_in_force_from(unit)

    def may_change(self) -> bool:
        """Whether this member may load and withdraw."""
        with self.reading() as unit:
            return may_change_catalogues(unit)

    def look(self, path: Path) -> Checked:
        """Looks at a file beside those that count already. Raises BadFile."""
        with self.reading() as unit:
            standing = standing_of(loaded_catalogues(unit))
        try:
            return check_file(path, wholes(standing))
        except OSError:
            raise BadFile("catalogue", "The file cannot be opened.", str(path.name)) from None

    def use(self, checked: Checked) -> tuple[Standing, ...]:
        """Keeps a checked file in the record and puts it in force.

        Raises Refused `catalogue` for one that is not good, also where it is no longer so, or that
        changes nothing; Refused `role`. Nothing was changed then, and the last good one counts on.
        """
        with self.reading() as unit:
            loaded = loaded_catalogues(unit)
        others = wholes(standing_of(one for one in loaded if one.name != checked.name))
        again = check(checked.text.encode(), checked.file, others)
        if problems := checked.problems or again.problems:
            raise Refused("catalogue", problems[0].said(checked.file))
        if not again.usable or again.known is None:
            raise Refused("catalogue", f"{checked.file} changes nothing.")
        with self.writing() as unit:
            actions.load_catalogue(unit, again.known.name, again.text)
            unit.commit()
        return self.enter()

    def withdraw(self, name: str) -> tuple[Standing, ...]:
        """The program's own of this name counts again.

        Raises Refused `catalogue` where another of the agency's goes by it, Refused `role`,
        Missing.
        """
        with self.reading() as unit:
            before = standing_of(loaded_catalogues(unit))
        left = standing_of(one.loaded for one in before if one.loaded.name != name)
        counted = {one.loaded.name for one in before if one.counts}
        lost = [one for one in left if one.loaded.name in counted and not one.counts]
        if lost:
            raise Refused("catalogue", f"“{lost[0].title}” goes by it. Withdraw that one first.")
        with self.writing() as unit:
            actions.withdraw_catalogue(unit, name)
            unit.commit()
        return self.enter()
