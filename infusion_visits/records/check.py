"""Is the record whole? Every page, every key, every table, trigger and event, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.errors import BadFile, DeviceTrouble, InfusionVisitsError
from infusion_visits.records import change_log, key_file, migrate
from infusion_visits.records.migrations import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from infusion_visits.records.unit_of_work import UnitOfWork

_MOST = 5


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at: what, whether it is well, and what was found."""

    what: str
    good: bool
    words: str


def check(
    unit: UnitOfWork,
    folder: Path,
    also: Mapping[str, Callable[[UnitOfWork], Sequence[str]]] | None = None,
) -> tuple[Checked, ...]:
    """Looks at everything; changes nothing and goes on after what it finds.

    `unit` may be a reading one. `also` adds looks of the rooms above by name, each giving its
    faults in words; the signatures of visits are checked so. A gigabyte takes some seconds.
    """
    looks: dict[str, Callable[[UnitOfWork], Sequence[str]]] = {
        "Encrypted pages": _pages,
        "Database": _database,
        "References between rows": _references,
        "Version": _version,
        "Tables and freeze triggers": _schema,
        "Guards of this connection": _guards,
        "Audit trail": _audit,
        "Key file": lambda _: _key_files(folder),
        **(also or {}),
    }
    return tuple(_looked(what, look, unit) for what, look in looks.items())


def is_whole(found: Sequence[Checked]) -> bool:
    """Whether nothing was found wrong."""
    return all(one.good for one in found)


def _looked(what: str, look: Callable[[UnitOfWork], Sequence[str]], unit: UnitOfWork) -> Checked:
    try:
        faults = list(look(unit))
    except InfusionVisitsError as error:
        faults = [error.words]
    if not faults:
        return Checked(what, True, "well")
    more = f" (and {len(faults) - _MOST} more)" if len(faults) > _MOST else ""
    return Checked(what, False, "; ".join(faults[:_MOST]) + more)


def _pages(unit: UnitOfWork) -> list[str]:
    return [str(row[0]) for row in unit.run("PRAGMA cipher_integrity_check")]


def _database(unit: UnitOfWork) -> list[str]:
    found = [str(row[0]) for row in unit.run("PRAGMA integrity_check")]
    return [line for line in found if line != "ok"]


def _references(unit: UnitOfWork) -> list[str]:
    found = unit.run("PRAGMA foreign_key_check")
    return [f"a row of {row[0]} names a row of {row[2]} that is not there" for row in found]


def _version(unit: UnitOfWork) -> list[str]:
    version = unit.schema_version()
    return [] if version == HEAD else [f"the record is of version {version}, not of {HEAD}"]


def _schema(unit: UnitOfWork) -> list[str]:
    wanted, found = migrate.schema_at_head(), unit.schema()
    missing = [f"{kind} {name} is missing" for kind, name in sorted(wanted.keys() - found.keys())]
    added = [f"{kind} {name} was added" for kind, name in sorted(found.keys() - wanted.keys())]
    other = [
        f"{kind} {name} was changed"
        for kind, name in sorted(wanted.keys() & found.keys())
        if wanted[kind, name] != found[kind, name]
    ]
    return missing + added + other


def _guards(unit: UnitOfWork) -> list[str]:
    wanted = {
        "recursive_triggers": 1,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "synchronous": 2,
        "fullfsync": 1,
    }
    found = {name: unit.run(f"PRAGMA {name}")[0][0] for name in wanted}
    return [f"{name} is {found[name]}" for name in wanted if int(found[name]) != wanted[name]]


def _audit(unit: UnitOfWork) -> list[str]:
    state = change_log.verify_chain(unit)
    if state.whole:
        return []
    return [f"event {state.broken_at} does not fit: it was changed, removed or put in between"]


def _key_files(folder: Path) -> list[str]:
    faults = []
    for name in (key_file.NAME, key_file.COPY_NAME):
        try:
            key_file.read(folder / name)
        except (BadFile, DeviceTrouble) as error:
            faults.append(f"{name}: {error.words}")
    return faults
