"""A nurse in the middle of an anaphylaxis at the real window, who is killed.

`python -m tests.faults.nurse_at_a_reaction HOME VISIT AT`: says on standard output what the record
holds after each key.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from tests.faults.nurse_at_the_window import Nurse, at_keys, say

from PySide6.QtCore import Qt  # isort: skip - the platform is chosen above
from PySide6.QtTest import QTest  # isort: skip
from PySide6.QtWidgets import QApplication  # isort: skip

from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.desk import Place

if TYPE_CHECKING:
    from infusion_visits.visits.panel.reaction import ReactionView

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


class AtAReaction(Nurse):
    """Each key is over when the record has it."""

    @property
    def view(self) -> ReactionView:
        """The protocol."""
        view: ReactionView = self.inside.screen_of("visit").reaction.view
        return view

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier, said: str) -> None:
        """A key to whatever has the keys."""
        QTest.keyClick(at_keys(), key, modifier)
        self.until(lambda: self.inside.house.runner.idle)
        say(after=said, reaction=self.view.reaction is not None)

    def tick(self, key: str) -> None:
        """A sign is ticked with the mouse."""
        pill = next(p for row in self.view.signs.rows for p in row.pills if p.option.key == key)
        QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
        self.until(lambda: self.inside.house.runner.idle)


def main(home: str, visit: str, at_instant: str) -> None:
    """From Today, with the palette over it: the key; then signs, epinephrine, 911, a half line."""
    application = QApplication([])
    assert application is not None
    nurse = AtAReaction(Path(home), SteppingClock(datetime.fromisoformat(at_instant)))
    nurse.unlock()
    nurse.open_visit(UUID(visit))
    nurse.inside.open(Place("today"))
    QTest.keyClick(at_keys(), Qt.Key.Key_K, CONTROL)
    nurse.until(nurse.inside.palette_box.isVisible)
    nurse.press(Qt.Key.Key_F9, NONE, "key")
    assert not nurse.inside.palette_box.isVisible()
    nurse.tick("hives")
    nurse.tick("wheeze")
    nurse.press(Qt.Key.Key_E, ALT, "to epinephrine")
    nurse.press(Qt.Key.Key_Space, NONE, "epinephrine")
    nurse.press(Qt.Key.Key_N, ALT, "911")
    nurse.until(lambda: False)


if __name__ == "__main__":
    main(*sys.argv[1:])
