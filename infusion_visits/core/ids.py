"""Where identifiers come from: UUID version 7, so that rows sort by the time they were made."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable

    from infusion_visits.core.clock import Clock


class Ids(Protocol):
    """A source of new identifiers."""

    def new(self) -> UUID:
        """A new UUIDv7, larger than every earlier one of this source."""


class TimedIds:
    """UUIDv7 from a clock and a source of randomness.

    Stays monotonic when the clock steps back (RFC 9562 section 6.2, method 3): the stamp never
    falls below the last one used, and within one millisecond the random part counts up.
    With a seeded `random.Random` the demo agency gets the same ids at every making.
    """

    def __init__(self, clock: Clock, bits: Callable[[int], int] | None = None) -> None:
        self._clock = clock
        self._bits = bits or _random_bits
        self._stamp = 0
        self._tail = 0
        # The database lane and the io lane take ids from one source.
        self._lock = threading.Lock()

    def new(self) -> UUID:
        """A new UUIDv7, larger than every earlier one of this source."""
        with self._lock:
            return self._next()

    def _next(self) -> UUID:
        stamp = int(self._clock.now().timestamp() * 1000)
        if stamp > self._stamp:
            self._stamp = stamp
            self._tail = self._bits(73)
        else:
            self._tail += 1 + self._bits(32)
            if self._tail >> 74:
                self._stamp += 1
                self._tail = self._bits(73)
        high = self._tail >> 62
        low = self._tail & ((1 << 62) - 1)
        return UUID(int=(self._stamp << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low)


def _random_bits(count: int) -> int:
    """That many bits of the system's own randomness, as a whole number."""
    return int.from_bytes(os.urandom(-(-count // 8))) >> (-count % 8)


def seeded_ids(clock: Clock, seed: int) -> TimedIds:
    """Ids that repeat for the same seed and the same clock; never for a real agency."""
    import random

    return TimedIds(clock, random.Random(seed).getrandbits)
