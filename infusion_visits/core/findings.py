"""What a rule yields: a stop, an alert or an advice, and the act that it gates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from infusion_visits.core.cells import Cell


class Level(StrEnum):
    """How much a finding weighs: a stop shuts its gate, an alert prints on page one."""

    STOP = "stop"
    ALERT = "alert"
    ADVICE = "advice"


class Gate(StrEnum):
    """The act that stays shut while a stop is open."""

    SIGN = "sign"
    START = "start"
    STEP = "step"
    RESUME = "resume"
    DEPART = "depart"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule has to say about what was charted.

    `code` is stable (an override names it), `words` the line a person reads, `detail` the context
    around it (what else was measured), `response` what was done and who was told; `at` orders
    the exceptions of page one. `subject` keeps two findings of one code apart (a row path).
    `do_first` says that something comes before the act and nothing is wrong: amber, never red.
    """

    code: str
    level: Level
    words: str
    section: str
    cell: Cell | None = None
    gate: Gate = Gate.SIGN
    overridable: bool = False
    detail: str = ""
    response: str = ""
    at: datetime | None = None
    subject: str = ""
    do_first: bool = False

    @property
    def key(self) -> str:
        """What an override names: the code and the row it speaks of."""
        return f"{self.code}@{self.subject}" if self.subject else self.code


def stops(findings: list[Finding] | tuple[Finding, ...], *gates: Gate) -> list[Finding]:
    """The stops that keep any of `gates` shut."""
    return [found for found in findings if found.level is Level.STOP and found.gate in gates]


CLOSING = (Gate.SIGN, Gate.DEPART)
"""What must be open to sign: who signs has left, so that a stop at leaving holds here too."""
