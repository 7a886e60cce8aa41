"""The page of a reaction in the middle of the workspace, and the one key that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from infusion_visits.visits import reacting
from infusion_visits.visits.panel.reaction import ReactionView
from infusion_visits.visits.reaction import latest
from infusion_visits.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from infusion_visits.visits.open_visit import View
    from infusion_visits.visits.panel.desk import WorkspaceDesk


class ReactionPage(Scrolled):
    """Lives as long as its visit is open; everything that it shows is read from the record."""

    def __init__(self, desk: WorkspaceDesk, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.view = ReactionView(desk, parent=self.host)
        self.hold(self.view)

    def press(self, now: View) -> None:
        """The key: the pump was stopped now and a reaction noticed, unless one is under way."""
        begun = reacting.pressed(now.record, now.facts)
        if begun is None:
            return
        visit = self._desk.visit.id
        # The field first: leaving it writes what it holds before the reaction is written.
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._desk.act(lambda unit: reacting.begin(unit, visit, begun))
        self.view.show_pending()


def is_open(view: View | None) -> bool:
    """Whether a reaction of this visit is not closed yet: it stands in front of the sections."""
    found = latest(view.record, view.facts) if view is not None else None
    return found is not None and found.open


def is_under_way(view: View | None) -> bool:
    """Whether it is neither decided nor closed: it is the first thing to see."""
    found = latest(view.record, view.facts) if view is not None else None
    return found is not None and found.under_way
