"""Where the program's own files lie, and which clinical catalogues are in force.

A catalogue is shipped with the program and may be changed by the agency's own file. What is in
force in this process stands in one place, `_in_force` below: `app/` puts it there when a record
is unlocked and after every change, and takes it back when the record is closed. All rules read
`load_catalogue`; nobody else opens a catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

Catalogue = Mapping[str, Any]

# Replaced as a whole, never changed: a thread that reads beside the change sees all or nothing.
_in_force: Mapping[str, Catalogue] = MappingProxyType({})
# What one thread looks at while it tries a file out, before anything is in force.
_tried: ContextVar[Mapping[str, Catalogue] | None] = ContextVar("tried catalogues", default=None)


@cache
def resources_folder() -> Path:
    """The resources folder: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def catalogue_file(name: str) -> Path:
    """The program's own file of a catalogue."""
    return resources_folder() / "clinical" / f"{name}.toml"


@cache
def shipped(name: str) -> dict[str, Any]:
    """The program's own catalogue as written, figures as Decimal; callers must not change it."""
    import tomllib  # the first screen needs no catalogue

    with catalogue_file(name).open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def load_catalogue(name: str) -> Catalogue:
    """The catalogue in force: the program's, or that with the agency's changes merged over it.

    The same object comes back until something else is put in force, so that what was made of it
    may be kept by its identity (`core.catalogue.read_once`).
    """
    tried = _tried.get()
    found = (_in_force if tried is None else tried).get(name)
    return shipped(name) if found is None else found


def put_in_force(changed: Mapping[str, Catalogue]) -> None:
    """From now on these catalogues count in the whole process, each merged and read before.

    Every catalogue that is not named is the program's own again; nothing named takes all back.
    """
    global _in_force
    _in_force = MappingProxyType(dict(changed))


def in_force() -> Mapping[str, Catalogue]:
    """The catalogues that are not the program's own at this moment, by name."""
    return _in_force


@contextmanager
def as_if(changed: Mapping[str, Catalogue]) -> Iterator[None]:
    """Within it, and in this thread alone, these catalogues count: to try a file out."""
    token = _tried.set(changed)
    try:
        yield
    finally:
        _tried.reset(token)
