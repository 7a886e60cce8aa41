"""The cases: data from `cases/*.toml`, checked against the text of their rows."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from tests.clinical_reference.rows import by_address

CASES = Path(__file__).with_name("cases")
NOT_COVERED = CASES / "not_covered.toml"
_KNOWN = frozenset({"row", "quote", "kind", "given", "expect", "derived"})
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the row it stands for, what of it is quoted, and what is run with what."""

    row: str
    quotes: tuple[str, ...]
    kind: str
    given: dict[str, Any]
    expect: dict[str, Any]
    derived: str
    file: str
    number: int

    @property
    def name(self) -> str:
        """`8.1/2 250 mL/120 min → 125`, for the list of tests."""
        return f"{self.row} [{self.file} {self.number}]"


@dataclass(frozen=True, slots=True)
class Reason:
    """Rows (addresses, `*` stands for anything) that no rule can embody, and why."""

    rows: tuple[str, ...]
    why: str

    def names(self, address: str) -> bool:
        """Whether a row is meant."""
        return any(fnmatchcase(address, pattern) for pattern in self.rows)


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of every file. Raises ValueError where one is not well formed."""
    made: list[Case] = []
    for file in sorted(CASES.glob("*.toml")):
        if file == NOT_COVERED:
            continue
        plain = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
        for number, entry in enumerate(plain.get("case", ()), 1):
            made.append(_case(entry, file.name, number))
    return tuple(made)


def _case(entry: dict[str, Any], file: str, number: int) -> Case:
    unknown = set(entry) - _KNOWN
    missing = {"row", "quote", "kind", "expect"} - set(entry)
    if unknown or missing or not entry.get("expect"):
        raise ValueError(f"{file} case {number}: unknown {unknown}, missing {missing}")
    quote = entry["quote"]
    return Case(
        row=entry["row"],
        quotes=tuple(quote) if isinstance(quote, list) else (quote,),
        kind=entry["kind"],
        given=entry.get("given", {}),
        expect=entry["expect"],
        derived=entry.get("derived", ""),
        file=file,
        number=number,
    )


@cache
def reasons() -> tuple[Reason, ...]:
    """Which rows no rule embodies, and why."""
    plain = tomllib.loads(NOT_COVERED.read_text("utf-8"))
    return tuple(Reason(tuple(entry["rows"]), entry["reason"]) for entry in plain["not_covered"])


def wrong_with(case: Case) -> list[str]:
    """What of a case does not agree with its row: its quotes, and its expected figures."""
    row = by_address().get(case.row)
    if row is None:
        return [f"there is no row {case.row}"]
    found = [f"{quote!r} does not stand in it" for quote in case.quotes if quote not in row.text]
    if not case.derived:
        standing = set(figures_in(row.text))
        found += [
            f"{figure} is expected and does not stand in it"
            for figure in _figures_of(case.expect)
            if figure not in standing
        ]
    return found


def figures_in(text: str) -> list[Decimal]:
    """The figures of a text without their signs: `1,000 mL` holds 1000, `11:03` holds 11 and 3."""
    return [Decimal(found.replace(",", "")) for found in _NUMBER.findall(text)]


def _figures_of(value: object) -> list[Decimal]:
    if isinstance(value, dict):
        return [figure for one in value.values() for figure in _figures_of(one)]
    if isinstance(value, list):
        return [figure for one in value for figure in _figures_of(one)]
    if isinstance(value, bool):
        return []
    if isinstance(value, int | Decimal):
        return [abs(Decimal(value))]
    return figures_in(str(value).replace("\u00a0", " "))
