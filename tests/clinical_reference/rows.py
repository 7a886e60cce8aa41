"""The clinical reference taken apart: every table row, worked example and line has an address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).with_name("reference.md")
_HEADING = re.compile(r"^#{2,3} (\d+(?:\.\d+)?)\.? (.*)$")
_UNNUMBERED = re.compile(r"^#{2,3} ")
_WORKED = re.compile(r"^\*\*(8\.\d+) ")
_BOLD_LEAD = re.compile(r"^\*\*(\w+)")
_LONGEST_KEY = 60
_LONGEST_TITLE = 120
_PIECES = " · "
# There single examples are parted by semicolons.
_ALSO_SEMICOLONS = frozenset({"8.11", "8.15"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the reference: its section, its key there, its text as written, its line."""

    section: str
    key: str
    text: str
    line: int

    @property
    def address(self) -> str:
        """`8.1/2`."""
        return f"{self.section}/{self.key}"


@dataclass
class _Table:
    """The lines of one table with the line number of each."""

    lines: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class _Reading:
    """Where the reader is, and what it found."""

    section: str = ""
    lead: str = ""
    rows: list[Row] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, key: str, text: str, line: int, otherwise: str) -> None:
        """A row; `otherwise` is its key where the first is taken."""
        if f"{self.section}/{key}" in self.used:
            key = otherwise
        address = f"{self.section}/{key}"
        if address in self.used:
            raise ValueError(f"{address} stands twice (line {line})")
        self.used.add(address)
        self.rows.append(Row(self.section, key, text, line))

    def next_number(self, series: str) -> int:
        """The next number of a series of this section."""
        name = f"{self.section} {series}"
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]


@cache
def all_rows() -> tuple[Row, ...]:
    """Every row of the reference in its order."""
    return tuple(rows_of(REFERENCE.read_text("utf-8")))


@cache
def by_address() -> dict[str, Row]:
    """Every row by its address."""
    return {row.address: row for row in all_rows()}


def rows_of(text: str) -> list[Row]:
    """The rows of a reference. Raises ValueError where two would have one address."""
    reading = _Reading()
    table: _Table | None = None
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            fenced = not fenced
            continue
        if fenced:
            key = f"line {reading.next_number('line')}"
            reading.add(key, line, number, key)
            continue
        if line.startswith("|"):
            table = table or _Table()
            table.lines.append((number, line))
            continue
        if table:
            _take_table(reading, table)
            table = None
        _take_line(reading, number, line.strip())
    if table:
        _take_table(reading, table)
    return reading.rows


def _take_line(reading: _Reading, number: int, line: str) -> None:
    if (heading := _HEADING.match(line)) is not None:
        reading.section, reading.lead = heading[1], ""
        # A heading that says more than a title is itself a row (3.8).
        if len(heading[2]) > _LONGEST_TITLE:
            reading.add("text 1", heading[2], number, "heading")
        return
    if _UNNUMBERED.match(line) or not line or not reading.section or line.startswith("*Source"):
        return
    if (worked := _WORKED.match(line)) is not None:
        reading.section = worked[1]
        if _PIECES not in line:
            reading.add("rule", line, number, "rule")
            return
    lead = _BOLD_LEAD.match(line)
    reading.lead = lead[1].lower() if lead else reading.lead
    if _PIECES in line or reading.section in _ALSO_SEMICOLONS:
        for piece in _pieces(reading.section, line):
            key = str(reading.next_number("piece"))
            reading.add(key, piece, number, f"piece {key}")
        return
    key = f"text {reading.next_number('text')}"
    reading.add(key, line, number, f"{key} (2)")


def _pieces(section: str, line: str) -> list[str]:
    pieces = line.split(_PIECES)
    if section in _ALSO_SEMICOLONS:
        pieces = [part for piece in pieces for part in piece.split("; ")]
    return [piece.strip() for piece in pieces]


def _take_table(reading: _Reading, table: _Table) -> None:
    head = _cells(table.lines[0][1])[0]
    body = [(number, line) for number, line in table.lines[2:]]
    keys = [_short(_cells(line)[0]) for _, line in body]
    numbered = head == "Case" or any(not key or len(key) > _LONGEST_KEY for key in keys)
    before = ""
    counted: dict[str, int] = {}
    for index, ((number, line), key) in enumerate(zip(body, keys, strict=True), 1):
        chosen = key
        if head == "Scale":
            before = key or before
            counted[before] = counted.get(before, 0) + 1
            chosen = f"{before} {counted[before]}"
        elif numbered:
            chosen = str(index)
        elif head == "#" and reading.section == "3.7":
            chosen = f"example {key}"
        elif head.startswith("Step"):
            chosen = f"{reading.lead} {key}"
        full = _plain(_cells(line)[0])
        otherwise = full if full != key and not numbered else f"{_plain(head).lower()} {chosen}"
        reading.add(chosen, line, number, otherwise)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _short(cell: str) -> str:
    return _plain(cell).partition(" (")[0].strip()


def _plain(cell: str) -> str:
    return cell.replace("**", "").replace("`", "").strip()
