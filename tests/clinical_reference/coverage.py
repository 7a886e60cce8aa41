"""Which rows of the reference have a case, which a reason for having none, and which neither."""

from __future__ import annotations

from dataclasses import dataclass

from tests.clinical_reference.cases import Reason, all_cases, reasons
from tests.clinical_reference.rows import Row, all_rows


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one section by what is known of them."""

    name: str
    covered: tuple[Row, ...]
    excused: tuple[tuple[Row, str], ...]
    wanting: tuple[Row, ...]

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.covered) + len(self.excused) + len(self.wanting)


def sections() -> tuple[Section, ...]:
    """Every section of the reference in its order."""
    with_case = {case.row for case in all_cases()}
    names = dict.fromkeys(row.section for row in all_rows())
    return tuple(_section(name, with_case) for name in names)


def _section(name: str, with_case: set[str]) -> Section:
    covered, excused, wanting = [], [], []
    for row in all_rows():
        if row.section != name:
            continue
        why = reason_of(row)
        if row.address in with_case:
            covered.append(row)
        elif why:
            excused.append((row, why))
        else:
            wanting.append(row)
    return Section(name, tuple(covered), tuple(excused), tuple(wanting))


def reason_of(row: Row) -> str:
    """Why no rule embodies a row; "" where no reason is given."""
    return next((reason.why for reason in reasons() if reason.names(row.address)), "")


def needless_reasons() -> list[str]:
    """Addresses named one by one in a reason that have a case, or are no row at all."""
    with_case = {case.row for case in all_cases()}
    addresses = {row.address for row in all_rows()}
    return [
        pattern
        for reason in reasons()
        for pattern in reason.rows
        if pattern in with_case or not _meets(reason, pattern, addresses)
    ]


def _meets(reason: Reason, pattern: str, addresses: set[str]) -> bool:
    one = Reason((pattern,), reason.why)
    return any(one.names(address) for address in addresses)
