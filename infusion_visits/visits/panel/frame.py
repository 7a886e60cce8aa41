"""How the workspace is laid out: banner, vitals line, sections, the form, the safety pane.

In a narrow window (a laptop's screen at 200 %) the form keeps its width: the sections are their
signs only, and the safety pane is a strip that opens over the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.visits.panel.clock_line import ClockLine
from infusion_visits.visits.panel.forms import SectionForms
from infusion_visits.visits.panel.safety import SafetyPane
from infusion_visits.visits.panel.safety_strip import PANE_KEY
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.banner import Banner
from infusion_visits.widgets.messages import InlineMessage
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.section_list import SectionList

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

SECTIONS_WIDTH = 212
SIGNS_WIDTH = 52
NARROW_BELOW = 936
"""Width of the workspace, in logical pixels, below which its sides draw back."""


class WorkspaceFrame(QWidget):
    """The parts of the workspace in their places; what they do is the workspace's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.banner = Banner()
        outer.addWidget(self.banner)
        self._message = InlineMessage()
        self._message.setObjectName("workspace.recovered")
        self._message.hide()
        self._message.acted.connect(self._message.hide)
        outer.addWidget(self._message)
        self._unsaved_line = InlineMessage(key="Ctrl+S")
        self._unsaved_line.setObjectName("workspace.unsaved")
        outer.addWidget(self._unsaved_line)
        self.clock_line = ClockLine()
        outer.addWidget(self.clock_line)
        self._line_bar = QFrame()
        self._line_bar.setProperty("rule", "below")
        self._line_row = QVBoxLayout(self._line_bar)
        self._line_row.setContentsMargins(20, 8, 20, 8)
        outer.addWidget(self._line_bar)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        outer.addLayout(middle, 1)
        middle.addWidget(self._make_left())
        self.forms = SectionForms()
        middle.addWidget(self.forms, 1)
        self.safety = SafetyPane()
        middle.addWidget(self.safety)
        middle.addWidget(self.safety.strip)
        self.safety.strip.hide()
        self.safety.strip.pane_asked.connect(self.toggle_safety)
        self.safety.act_asked.connect(self._close_safety)
        self.safety.jump_asked.connect(self._close_safety)
        self._middle = middle
        self._narrow = False
        self._make_keys()

    def _make_keys(self) -> None:
        self._pane_key = QShortcut(QKeySequence(PANE_KEY), self)
        self._pane_key.activated.connect(self.toggle_safety)
        self._pane_back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._pane_back.activated.connect(self._close_safety)
        self._pane_back.setEnabled(False)
        for key in (self._pane_key, self._pane_back):
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setAutoRepeat(False)

    def _make_left(self) -> QFrame:
        left = QFrame()
        left.setProperty("rule", "right")
        left.setFixedWidth(SECTIONS_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 12)
        self.sections = SectionList()
        column.addWidget(Scrolled(self.sections, "surface", (0, 0, 0, 0)), 1)
        self._sign = ActButton("Sign", "Ctrl+Enter", Weight.PRIMARY)
        self._sign.setObjectName("workspace.sign")
        self._sign_row = QHBoxLayout()
        self._sign_row.setContentsMargins(16, 0, 16, 0)
        self._sign_row.addWidget(self._sign)
        column.addLayout(self._sign_row)
        self._left = left
        self.sections.focus_moved.connect(self._fit_sections)
        return left

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow or wide, as the window is."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()
        elif self.safety_is_open:
            self._place_safety()

    def _lay_out(self) -> None:
        narrow = self._narrow
        self.banner.set_narrow(narrow)
        self.forms.set_narrow(narrow)
        self._fit_sections()
        self._line_row.setContentsMargins(*((12, 3, 12, 3) if narrow else (20, 8, 20, 8)))
        self._sign.set_narrow(narrow)
        (self.safety.strip.below if narrow else self._sign_row).addWidget(self._sign)
        self._close_safety()
        if narrow:
            self._middle.removeWidget(self.safety)
            self.safety.hide()
        else:
            self._middle.insertWidget(2, self.safety)
            self.safety.show()
        self.safety.strip.setVisible(narrow)
        # At once: between two layouts the form would be squeezed for a moment.
        self._middle.activate()

    def _fit_sections(self) -> None:
        """Their titles come out while one walks among them."""
        signs = self._narrow and not self.sections.is_walked
        self.sections.set_signs_only(signs)
        self._left.setFixedWidth(SIGNS_WIDTH if signs else SECTIONS_WIDTH)

    @property
    def safety_is_open(self) -> bool:
        """Whether the pane lies over the form."""
        return self._narrow and not self.safety.isHidden()

    def toggle_safety(self) -> None:
        """Opens the pane over the form in a narrow window, and closes it again."""
        if not self._narrow:
            return
        if self.safety_is_open:
            self._close_safety()
            return
        self._place_safety()
        self.safety.show()
        self.safety.raise_()
        self._pane_back.setEnabled(True)

    def _place_safety(self) -> None:
        strip = self.safety.strip.geometry()
        self.safety.setGeometry(
            strip.left() - self.safety.width(), strip.top(), self.safety.width(), strip.height()
        )

    def _close_safety(self) -> None:
        self._pane_back.setEnabled(False)
        if self._narrow:
            self.safety.hide()
