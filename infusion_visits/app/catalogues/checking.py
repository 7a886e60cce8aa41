"""An agency's catalogue file is looked at before anything counts: what it changes, what is wrong.

Nothing here changes what is in force, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from infusion_visits.app.catalogues.readers import CATALOGUES, Known, known_as
from infusion_visits.app.catalogues.toml_words import NoToml, read_toml, text_of
from infusion_visits.core.catalogue import CatalogueRefused, Fault, Place, offer, place_words
from infusion_visits.core.catalogue_changes import EntryChange, changes, unsourced
from infusion_visits.core.catalogue_merge import (
    inside,
    keyed,
    keyed_place,
    merged,
    written_place,
)
from infusion_visits.core.resources import as_if, load_catalogue, shipped
from infusion_visits.core.toml_lines import line_at, lines_of

WHICH = "catalogue"
"""The key with which a file says which catalogue it changes; else the name of the file says it."""
_NAMES = tuple(known.name for known in CATALOGUES)
THERAPIES = "therapies"
# Groups whose tables have names of their own and say the therapy inside.
_NAMED_WITHIN = frozenset({"ladder", "product"})
_UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file. `line` is None for what lies outside the file."""

    line: int | None
    words: str
    remedy: str

    def said(self, file: str) -> str:
        """`vitals.toml, line 41: pulse, amber: … Did you mean …?`"""
        where = file if self.line is None else f"{file}, line {self.line}"
        return f"{where}: {self.words} {self.remedy}".strip()


@dataclass(frozen=True)
class Checked:
    """A file that was looked at. It may be used only when it is `good`, and changes something.

    `whole` is the catalogue as it would be in force. `edition` is the agency's own.
    """

    file: str
    text: str = ""
    known: Known | None = None
    edition: str = ""
    changes: tuple[EntryChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    whole: Mapping[str, Any] | None = None

    @property
    def good(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.known is not None and self.whole is not None and not self.problems

    @property
    def usable(self) -> bool:
        """Whether there is something to use."""
        return self.good and bool(self.changes)

    @property
    def name(self) -> str:
        """The catalogue that it changes; empty where that is not known."""
        return self.known.name if self.known else ""


def check_file(path: Path, others: Mapping[str, Mapping[str, Any]] | None = None) -> Checked:
    """Looks at a file. `others` are the agency's catalogues beside which it would count.

    Raises OSError where the file cannot be opened.
    """
    with path.open("rb") as file:
        # One byte more than allowed says that it is too large; the rest is never read.
        content = file.read(1_000_001)
    return check(content, path.name, others or {})


def check(content: bytes, file: str, others: Mapping[str, Mapping[str, Any]]) -> Checked:
    """Looks at the content of a file called `file`."""
    try:
        text = text_of(content)
        own = read_toml(text)
    except NoToml as error:
        return Checked(file, problems=(Problem(error.line, error.words, error.remedy),))
    known = known_as(str(own.get(WHICH, Path(file).stem)))
    if known is None:
        return Checked(file, text, problems=(_which(own, file),))
    return _Check(known, file, text, own, others).checked()


def _which(own: Mapping[str, Any], file: str) -> Problem:
    said = str(own.get(WHICH, Path(file).stem))
    words = f"there is no catalogue called {said!r}."
    return Problem(1, words, f'{offer(said, _NAMES)} Say it with {WHICH} = "name" at the top.')


class _Check:
    """One look at one file."""

    def __init__(
        self,
        known: Known,
        file: str,
        text: str,
        own: Mapping[str, Any],
        others: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self._known, self._file, self._text = known, file, text
        self._own = {key: value for key, value in own.items() if key != WHICH}
        self._others = others
        self._lines = lines_of(text)
        self._shipped = shipped(known.name)

    def checked(self) -> Checked:
        whole, faults = merged(self._shipped, self._own, self._known.hideable)
        problems = [self._problem(fault) for fault in (*self._edition(), *faults)]
        problems += self._read(whole)
        found: tuple[EntryChange, ...] = ()
        if not faults:
            problems += map(self._problem, unsourced(self._shipped, whole, self._own))
            problems += map(self._problem, self._unknown_therapies())
            found = changes(self._shipped, whole)
        return Checked(
            self._file,
            self._text,
            self._known,
            str(self._own.get("edition", "")),
            found,
            tuple(sorted(dict.fromkeys(problems), key=lambda one: one.line or 0)),
            whole,
        )

    def _edition(self) -> Iterator[Fault]:
        said = self._own.get("edition")
        if not isinstance(said, str) or not said.strip():
            remedy = 'Add edition = "2026-1" at the top: it stands beside every figure of yours.'
            yield Fault((), "the file names no edition.", remedy)

    def _read(self, whole: Mapping[str, Any]) -> list[Problem]:
        """What the readers say: its own, and those of catalogues that look into this one."""
        with as_if({**self._others, self._known.name: whole}):
            faults = _faults(self._known, whole)
            if faults:
                return self._in_the_file(whole, faults)
            return [
                Problem(None, f"with it {one.title} could not be read: {words}.", _TOGETHER)
                for one in CATALOGUES
                if self._known.name in one.beside
                for words in _first_words(one)
            ]

    def _unknown_therapies(self) -> Iterator[Fault]:
        """A therapy that the file names and that is not known: what is said of it would be lost."""
        with as_if(self._others):
            known = load_catalogue(THERAPIES)["therapy"]
        for group in self._known.of_therapies:
            tables = self._own.get(group)
            for key, table in tables.items() if isinstance(tables, Mapping) else ():
                if not isinstance(table, Mapping):
                    continue
                named = table.get("therapy", "") if group in _NAMED_WITHIN else key
                if named and named not in known:
                    place = (group, key, "therapy") if group in _NAMED_WITHIN else (group, key)
                    words = f"there is no therapy called {named!r}."
                    yield Fault(place, words, offer(str(named), known))

    def _in_the_file(self, whole: Mapping[str, Any], faults: tuple[Fault, ...]) -> list[Problem]:
        misspelt = dict(self._misspelt(whole, faults))
        problems = []
        for fault in faults:
            place = keyed_place(whole, fault.place)
            around = next((at for at in misspelt if place[: len(at)] == at), None)
            at, said = (around, misspelt[around]) if around else (place, fault)
            written = written_place(self._own, at)
            problems.append(self._problem(Fault(written, said.words, said.remedy)))
        return problems

    def _misspelt(
        self, whole: Mapping[str, Any], faults: tuple[Fault, ...]
    ) -> Iterator[tuple[Place, Fault]]:
        """Entries that only look new: faulty, and called almost as one of the program's."""
        before = keyed(self._shipped)
        for fault in faults:
            place = keyed_place(whole, fault.place)
            for length in range(1, len(place) + 1):
                here = inside(keyed(whole), *place[:length])
                siblings = inside(before, *place[: length - 1])
                if not isinstance(siblings, Mapping) or place[length - 1] in siblings:
                    continue
                near = get_close_matches(str(place[length - 1]), [*siblings], n=1, cutoff=0.75)
                if near and isinstance(here, Mapping):
                    words = "the program has no entry of this name."
                    yield place[:length], Fault((), words, f"Did you mean {near[0]}?")
                break

    def _problem(self, fault: Fault) -> Problem:
        """A fault whose place is that of the file, with its line."""
        outside = bool(fault.place) and fault.place[0] not in self._own
        words = fault.words
        if fault.place:
            words = f"{place_words(fault.place)}: {words}"
        return Problem(None if outside else line_at(self._lines, fault.place), words, fault.remedy)


_TOGETHER = "The two belong together: change both, or neither."


def _faults(known: Known, whole: Mapping[str, Any]) -> tuple[Fault, ...]:
    try:
        known.read(whole)
    except CatalogueRefused as refused:
        return refused.faults
    except _UNREADABLE as error:
        return (Fault((), f"this is no such catalogue ({error}).", "Look at the program's own."),)
    return ()


def _first_words(known: Known) -> tuple[str, ...]:
    """Why a catalogue that is not changed itself cannot be read now; empty when it can."""
    faults = _faults(known, load_catalogue(known.name))
    return tuple(fault.said().rstrip(".") for fault in faults[:1])
