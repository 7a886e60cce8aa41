"""Words that are seldom said: their label is made when they are first said.

A form has dozens of fields, and a label costs more to make than a field costs to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable


class LateWords:
    """Stands for one label; `place` puts it into its layout when it is made."""

    def __init__(
        self, place: Callable[[PlainWords], None], voice: str = "", *, wraps: bool = True
    ) -> None:
        self._place = place
        self._voice = voice
        self._wraps = wraps
        self.label: PlainWords | None = None

    def say(self, text: str, voice: str | None = None) -> None:
        """Says this; says nothing, and takes no room, without words."""
        if self.label is None:
            if not text:
                return
            self.label = PlainWords(text, voice or self._voice, wraps=self._wraps)
            self._place(self.label)
        self.label.say(text, voice)
        self.label.setVisible(bool(text))
