"""Addresses: which row, and which field of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

Key = UUID | int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a group (a Rows of fields): `at` are the keys below the owner, outermost first."""

    group: str
    at: tuple[Key, ...] = ()

    def path(self) -> str:
        """A stable text form, such as `vital_signs/3` or `lumen_check/0193…/1`."""
        return "/".join((self.group, *(str(key) for key in self.at)))


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one row of one section."""

    section: str
    row: Row
    field: str

    def path(self) -> str:
        """A stable text form, `vitals/vital_signs/3/pulse`; also the widget's object name."""
        return f"{self.section}/{self.row.path()}/{self.field}"


def cell_of_path(path: str) -> Cell | None:
    """The cell whose `path()` this is; None for a text that is none."""
    parts = path.split("/")
    if len(parts) < 3:
        return None
    section, group, *keys, field = parts
    try:
        at = tuple(int(key) if key.isdecimal() else UUID(key) for key in keys)
    except ValueError:
        return None
    return Cell(section, Row(group, at), field)
