"""Facts of what goes on at a visit: runs, calls, reactions, vital signs. Core types only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RunFact:
    """An infusion of this visit: what runs through which lumen, and when it ran (UTC).

    `flushed_ml` is what the tubing was flushed with at its end, where that is charted. `given_ml`
    and `ml_per_hour` are those of the present of the facts; the rate is 0 while it is held.
    """

    drug: str
    device: UUID | None
    lumen: str
    started: datetime | None
    ended: datetime | None
    flushed_ml: Decimal | None = None
    given_ml: Decimal | None = None
    ml_per_hour: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CallFact:
    """A call of this visit's log in which somebody was reached: `role` and `how` are the keys of
    the steps of complications, `answer` is what was said, an order where `ordered`."""

    at: datetime
    role: str
    how: str = ""
    who: str = ""
    answer: str = ""
    ordered: bool = False
    read_back: bool | None = None


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """Somebody who had to be told of a complication: which roles, by when, and whether they were.

    `orders` are the orders that came back at this visit, word for word. `calls` are those of the
    log that may be the telling, where the complication's own steps do not have it yet.
    """

    complication: UUID
    words: str
    roles: tuple[str, ...]
    since: datetime
    deadline: datetime | None
    told: datetime | None = None
    orders: tuple[str, ...] = ()
    calls: tuple[CallFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the visit: "before", "70 mL/h", "held", "end", "watched", from `start` on."""

    start: datetime
    label: str
    ml_per_hour: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VitalsFact:
    """One set of this visit, such as the baseline that later sets are compared with. `news2` is
    the total of its score; None where it is not scored."""

    at: datetime
    systolic: Decimal | None = None
    diastolic: Decimal | None = None
    pulse: Decimal | None = None
    respirations: Decimal | None = None
    spo2: Decimal | None = None
    temperature_c: Decimal | None = None
    pain: Decimal | None = None
    news2: int | None = None


@dataclass(frozen=True, slots=True)
class VitalsDue:
    """A set of vital signs of the schedule: when it falls due, for what (`words`), and its state.

    `state` is ahead, due, taken, late or missed; `taken` the set that stands for it, `reason` why
    it was missed or late. `signs` are asked in it; it counts from `earliest` to `latest`.
    """

    at: datetime
    words: str
    state: str
    earliest: datetime
    latest: datetime
    taken: datetime | None = None
    minutes_late: int = 0
    reason: str = ""
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReactionFact:
    """A reaction noticed at this visit, as its rows tell it.

    `open` until it was closed. `grade` is what its course suggests on CTCAE 5 and `because` why.
    `criteria` says what the anaphylaxis criteria (WAO 2020) make of it; `anaphylaxis` is whether
    they were met or the nurse named it so. `locked`: nothing is resumed or started again at this
    visit. `ended` is when it was gone: closed, or the last look at it. `decision` says how the
    infusion went on. `story` is what happened around it in other sections: when, what kind of
    thing, and the words.
    """

    complication: UUID
    since: datetime
    open: bool
    grade: str
    because: str
    criteria: str = ""
    anaphylaxis: bool = False
    locked: bool = False
    ended: datetime | None = None
    decision: str = ""
    story: tuple[tuple[datetime, str, str], ...] = ()
