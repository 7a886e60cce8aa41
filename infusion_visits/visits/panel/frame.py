"""How the workspace is laid out: banner, vitals line, sections, the form, the safety pane."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.visits.panel.clock_line import ClockLine
from infusion_visits.visits.panel.forms import SectionForms
from infusion_visits.visits.panel.safety import SafetyPane
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.banner import Banner
from infusion_visits.widgets.messages import InlineMessage
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.section_list import SectionList

SECTIONS_WIDTH = 212


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
        holder = QHBoxLayout()
        holder.setContentsMargins(16, 0, 16, 0)
        holder.addWidget(self._sign)
        column.addLayout(holder)
        return left
