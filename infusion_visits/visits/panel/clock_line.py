"""One line at the top of the workspace: the laptop's clock was set, or the laptop slept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.clock_watch import ClockEvent, ClockWatch
from infusion_visits.core.moments import show_time
from infusion_visits.visits.laptop_clock import words_of
from infusion_visits.widgets.messages import InlineMessage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from infusion_visits.visits.panel.desk import WorkspaceDesk


class ClockLine(InlineMessage):
    """Looked at every second while a visit is open; a timer that did not fire loses nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("workspace.clock")
        self._watch: ClockWatch | None = None
        self._desk: WorkspaceDesk | None = None
        self.acted.connect(self.hide)
        self.hide()

    def begin(self, desk: WorkspaceDesk) -> None:
        """A visit was opened."""
        self._desk = desk
        self._watch = ClockWatch(desk.desk.clock)
        self.hide()

    def end(self) -> None:
        """The visit is left."""
        self._desk = self._watch = None
        self.hide()

    def look(self) -> bool:
        """Says and keeps what happened since the last look; whether anything did."""
        if self._watch is None or self._desk is None:
            return False
        noticed = self._watch.look()
        if not noticed:
            return False
        zone = self._desk.visit.zone
        self.say(
            " ".join(words_of(one, show_time(one.at, zone)) for one in noticed), "warn", "Good"
        )
        self.show()
        for one in noticed:
            if one.what is not ClockEvent.SLEPT:
                self._desk.clock_changed(one)
        return True
