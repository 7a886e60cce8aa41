"""A nurse who starts an infusion at the real window, steps it late, and is killed.

`python -m tests.faults.nurse_at_an_infusion HOME VISIT AT`: says on standard output what the record
holds after each act.
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

if TYPE_CHECKING:
    from infusion_visits.sections.infusion.panel import InfusionPanel

CONTROL = Qt.KeyboardModifier.ControlModifier


class AtAnInfusion(Nurse):
    """Acts by their keys; each is over when the record has it."""

    @property
    def panel(self) -> InfusionPanel:
        """The form of the infusion."""
        found = self.inside.screen_of("visit").forms.form("infusion")
        assert found is not None
        panel: InfusionPanel = found
        return panel

    def vitals(self) -> None:
        """A set in the one line, so that the step opens."""
        line = self.inside.screen_of("visit").vitals_line
        line.take_focus()
        self.type_text("118/72 76 16 98 98.4 0")
        QTest.keyClick(at_keys(), Qt.Key.Key_Return)
        self.until(lambda: self.inside.house.runner.idle)

    def act(self, key: Qt.Key, modifier: Qt.KeyboardModifier, kind: str) -> None:
        """The key asks, Space keeps."""
        workspace = self.inside.screen_of("visit")
        workspace.show_section("infusion")
        QTest.keyClick(workspace, key, modifier)
        acts = self.panel.acts
        assert acts is not None
        strip = acts.strip
        assert strip is not None, [one.words for one in acts.found.shown]
        QTest.keyClick(strip.button, Qt.Key.Key_Space)
        self.until(lambda: self.inside.house.runner.idle)
        assert acts.summary is not None
        say(act=kind, rate=str(acts.summary.ml_per_hour), at=self.clock.now().isoformat())


def main(home: str, visit: str, at_instant: str) -> None:
    """Start, then the step eleven minutes late; then she waits to be killed."""
    application = QApplication([])
    assert application is not None
    nurse = AtAnInfusion(Path(home), SteppingClock(datetime.fromisoformat(at_instant)))
    nurse.unlock()
    nurse.open_visit(UUID(visit))
    nurse.act(Qt.Key.Key_F6, CONTROL, "start")
    nurse.clock.forward(minutes=41)
    nurse.vitals()
    nurse.act(Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier, "step")
    nurse.until(lambda: False)


if __name__ == "__main__":
    main(*sys.argv[1:])
