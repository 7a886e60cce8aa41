"""Keeps what a pure function made of frozen values, so that it is worked out once for them.

Every left field asks all rules again, and most values are the same objects as before. What was
made is found by the identity of the values, never by their equality: 37 and 37.0 are equal and
print differently. The values are held beside what was made of them, so that no other object can
take their place in memory; only the last few are held.
"""

from __future__ import annotations

from operator import is_
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


class once_for(Generic[P, T]):  # noqa: N801 - it stands before a function as a decorator does
    """`once_for(function, most)`: the function, called once for the same values.

    Its arguments are given by position, and all it goes by must be among them. `most` is how many
    results are held; the oldest goes first. Safe on any thread.
    """

    def __init__(self, work: Callable[P, T], most: int) -> None:
        self._work = work
        self._most = most
        self._made: dict[tuple[int, ...], tuple[tuple[Any, ...], T]] = {}
        self._lock = Lock()

    def __call__(self, *values: P.args, **named: P.kwargs) -> T:
        """What the function makes of these values. Raises as it does; TypeError for a name."""
        if named:
            raise TypeError("values are given by position")
        at = tuple(map(id, values))
        known = self._made.get(at)
        if known is not None and all(map(is_, known[0], values)):
            return known[1]
        fresh = self._work(*values, **named)
        with self._lock:
            while len(self._made) >= self._most:
                del self._made[next(iter(self._made))]
            self._made[at] = (values, fresh)
        return fresh
