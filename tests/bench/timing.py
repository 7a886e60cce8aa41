"""What a measurement is: two ways of one thing, taken in turns in one run, and their ratio."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. Times in milliseconds; `beside` None where there is no other way."""

    what: str
    ours: float
    beside: float | None
    aim: str
    met: bool
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the other way; None without one."""
        return self.ours / self.beside if self.beside else None


def median_ms(seconds: Sequence[float]) -> float:
    """The median of times in seconds, in milliseconds."""
    return statistics.median(seconds) * 1000


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(
    rounds: int, ours: Callable[[], object], beside: Callable[[], object]
) -> tuple[float, float]:
    """The medians in milliseconds of two ways, one after the other in each round.

    In turns, because a machine is not equally fast all the time.
    """
    first: list[float] = []
    second: list[float] = []
    for _ in range(rounds):
        first.append(timed(ours))
        second.append(timed(beside))
    return median_ms(first), median_ms(second)


def table(lines: Sequence[Line]) -> str:
    """The plain table: what, ours, beside it, the ratio, the aim and whether it was met."""
    rows = [("", "ours ms", "beside ms", "ratio", "aim", "")]
    rows += [
        (
            line.what,
            f"{line.ours:,.1f}",
            "" if line.beside is None else f"{line.beside:,.1f}",
            "" if line.ratio is None else f"{line.ratio:.2f}",
            line.aim,
            "met" if line.met else "FALLS SHORT",
        )
        for line in lines
    ]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    out = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:4], widths[1:4], strict=True)]
        cells += [cell.ljust(width) for cell, width in zip(row[4:], widths[4:], strict=True)]
        out.append("  ".join(cells).rstrip())
    out += [f"{line.what}: {line.note}" for line in lines if line.note]
    return "\n".join(out)
