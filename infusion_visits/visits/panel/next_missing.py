"""The walk over what is missing: one item after the other, none twice before each was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.cells import Cell
    from infusion_visits.core.findings import Finding


class NextMissing:
    """Remembers where the walk is, also when the item it stood at was answered meanwhile."""

    def __init__(self) -> None:
        self._order: list[tuple[str, Cell | None]] = []
        self._at = -1

    def after(self, missing: Sequence[Finding]) -> Finding | None:
        """The next item: the one after the last one given, where it stands now; round at the end.

        An answered item takes its place with it: without that, each answer would begin the walk
        anew at the top, at items that were left on purpose.
        """
        keys = [(one.key, one.cell) for one in missing]
        if not keys:
            self._order, self._at = [], -1
            return None
        later = self._order[self._at + 1 :] if self._at >= 0 else []
        last = self._order[self._at] if self._at >= 0 else None
        if last in keys:
            place = (keys.index(last) + 1) % len(keys)
        else:
            place = next((keys.index(one) for one in later if one in keys), 0)
        self._order, self._at = keys, place
        return missing[place]
