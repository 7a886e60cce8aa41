"""The lines on the screen: which there are and where they lie; for the chosen one its check.

F4 answers what was looked at and is as it should be; each care is one key; Ins adds a line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from infusion_visits.core.blocks import BodyFigure
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Level
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import (
    ACCESS_DEVICE,
    DEVICE_CARE,
    SECTION,
)
from infusion_visits.sections.devices.page_one import NO_LINE, line_block
from infusion_visits.sections.devices.rules.lines import (
    at_this_visit,
    check_of,
    device_id,
    line_label,
    line_order,
)
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.drawing import BodyView
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.section_list import Progressed, SectionItem, SectionList
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import AccessDevice, Devices
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions

from infusion_visits.sections.devices.panel.line_form import NORMAL_KEY, LineForm, is_about

_FIGURE = 240


class DevicesPanel(QWidget):
    """All lines of the visit, and the form of the chosen one."""

    finished = Signal()

    def __init__(
        self,
        desk: VisitDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ref_options = ref_options
        self._sense = sense
        self._read_only = read_only
        self._forms: dict[str, tuple[tuple[object, ...], LineForm]] = {}
        self._shown: Mapping[str, AccessDevice] = {}
        self._chosen = ""
        self._expecting: set[str] | None = None
        self._last: tuple[Devices, Facts, Sequence[Finding], Collection[Cell]] | None = None
        self._build()
        shortcut = QShortcut(QKeySequence(NORMAL_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._answer_normal)

    def _build(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(20)
        head = QFrame()
        head.setProperty("ground", "card")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(8)
        self.none = PlainWords(f"{NO_LINE} Add the line that you find or place.", "quiet")
        left.addWidget(self.none)
        self.lines = SectionList()
        self.lines.setAccessibleName("Lines")
        self.lines.picked.connect(self.choose)
        left.addWidget(self.lines)
        self.adds = ActButton("Add a line", "Ins", sign="plus")
        self.adds.setObjectName(f"add {ACCESS_DEVICE.name}")
        self.adds.clicked.connect(self.ask_kind)
        if self._read_only:
            self.adds.hide()
        left.addWidget(self.adds, 0, Qt.AlignmentFlag.AlignLeft)
        self.kinds = PillRow(of.KINDS)
        self.kinds.setAccessibleName("Kind of the new line")
        self.kinds.entered.connect(self._add_line)
        self.kinds.hide()
        left.addWidget(self.kinds)
        left.addStretch(1)
        row.addLayout(left, 1)
        self.figure = BodyView()
        self.figure.setFixedHeight(_FIGURE)
        row.addWidget(self.figure, 1)
        body.addWidget(head)
        self._stack = QStackedWidget()
        body.addWidget(self._stack)
        body.addStretch(1)

    def ask_kind(self) -> None:
        """Which kind of line; the arrows walk, Enter adds it."""
        if not self._read_only:
            self.kinds.set_key("")
            self.kinds.show()
            self.kinds.take_focus()

    def _add_line(self) -> None:
        kind = self.kinds.key()
        if not kind:
            return
        self.kinds.hide()
        self._expecting = set(self._shown)
        self._desk.append(Row(ACCESS_DEVICE.name), {"kind": kind})

    def show_values(
        self,
        values: Devices,
        facts: Facts,
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
    ) -> None:
        """Shows what the record holds now."""
        self._last = (values, facts, findings, unsaved)
        shown = {
            str(device_id(device)): device
            for device in line_order(values.access_device)
            if at_this_visit(device, facts) and device.mark.struck is None
        }
        fresh = set(shown) - self._expecting if self._expecting is not None else set()
        if fresh:
            self._chosen, self._expecting = next(iter(fresh)), None
        elif self._chosen not in shown:
            self._chosen = next(iter(shown), "")
        self._shown = shown
        self.none.setVisible(not shown)
        items = [
            SectionItem(key, line_label(device), _progress(values, device, findings))
            for key, device in shown.items()
        ]
        self.lines.show_items(items, self._chosen)
        self.figure.show_figure(_figure(values, facts))
        self._make_forms(shown)
        for key, (_, form) in self._forms.items():
            form.show_line(values, shown[key], facts, findings, unsaved)
        self._show_chosen()
        if fresh:
            self._begin_new()

    def _make_forms(self, shown: Mapping[str, AccessDevice]) -> None:
        """The form of the chosen line, made when it is first chosen, anew when its kind changes."""
        for key, (shape, form) in list(self._forms.items()):
            if key not in shown or shape != _shape(shown[key]):
                self._drop(key, form)
        device = shown.get(self._chosen)
        if device is None or self._chosen in self._forms:
            return
        form = LineForm(
            device, self._desk, self._ref_options, self._sense, read_only=self._read_only
        )
        form.finished.connect(self._next_line)
        self._forms[self._chosen] = (_shape(device), form)

    def _drop(self, key: str, form: LineForm) -> None:
        self._stack.removeWidget(form)
        form.deleteLater()
        del self._forms[key]

    def _show_chosen(self) -> None:
        form = self.form
        if form is not None and self._stack.indexOf(form) < 0:
            self._stack.addWidget(form)
        self._stack.setVisible(form is not None)
        if form is not None:
            self._stack.setCurrentWidget(form)

    def _begin_new(self) -> None:
        """A new line opens at what it is."""
        form = self.form
        if form is not None:
            form.focus_cell(Cell(SECTION, Row(ACCESS_DEVICE.name, (form.key,)), "side"))

    @property
    def form(self) -> LineForm | None:
        """The form of the chosen line."""
        known = self._forms.get(self._chosen)
        return known[1] if known else None

    def choose(self, key: str) -> None:
        """Brings a line to the front."""
        if key in self._shown and self._last is not None:
            self._chosen = key
            values, facts, findings, unsaved = self._last
            self.show_values(values, facts, findings, unsaved)
            self._forms[key][1].focus_first()

    def _next_line(self) -> None:
        keys = [line.item.key for line in self.lines.lines]
        place = keys.index(self._chosen) if self._chosen in keys else len(keys)
        if place + 1 < len(keys):
            self.choose(keys[place + 1])
        else:
            self.finished.emit()

    def _answer_normal(self) -> None:
        if self.form is not None:
            self.form.answer_normal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ins asks for a new line; Escape thinks again."""
        if event.key() == Qt.Key.Key_Insert:
            self.ask_kind()
        elif event.key() == Qt.Key.Key_Escape and self.kinds.isVisible():
            self.kinds.hide()
            self.focus_first()
        else:
            super().keyPressEvent(event)

    def _form_of(self, row: Row) -> LineForm | None:
        for key, device in self._shown.items():
            held = row.at and str(row.at[0]) == key
            cared = row.group == DEVICE_CARE.name and _has_care(self._last, device_id(device), row)
            if (held or cared) and key != self._chosen:
                self.choose(key)
        return self.form

    def show_drafts(self, drafts: Mapping[Cell, str]) -> None:
        """Brings back what was typed and never left."""
        for cell, text in drafts.items():
            form = self._form_of(cell.row)
            if form is not None:
                form.show_drafts({cell: text})

    def open_row(self, row: Row) -> None:
        """Opens the row of a line, or one of its cares."""
        form = self._form_of(row)
        if form is not None:
            form.open_row(row)

    def focus_cell(self, cell: Cell) -> bool:
        """Goes to a field; says whether it is there."""
        form = self._form_of(cell.row)
        return form is not None and form.focus_cell(cell)

    def focus_first(self) -> None:
        """The chosen line's first open item; without a line, the way to add one."""
        if self.form is not None:
            self.form.focus_first()
        else:
            self.adds.setFocus(Qt.FocusReason.OtherFocusReason)


def _figure(values: Devices, facts: Facts) -> BodyFigure:
    """The body with the kinds of the lines beside it; the list says the rest."""
    figure = next((b for b in line_block(values, facts) if isinstance(b, BodyFigure)), None)
    if figure is None:
        return BodyFigure((), NO_LINE)
    marks = tuple(replace(mark, label=mark.label.partition(",")[0]) for mark in figure.marks)
    return replace(figure, marks=marks)


def _has_care(
    last: tuple[Devices, Facts, Sequence[Finding], Collection[Cell]] | None, key: UUID, row: Row
) -> bool:
    values = last[0] if last else None
    cares = values.device_care if values is not None else ()
    return any(care.mark.row == row and care.device_id == key for care in cares)


def _shape(device: AccessDevice) -> tuple[object, ...]:
    """What decides which fields a line's form has."""
    return (device.kind,)


def _progress(values: Devices, device: AccessDevice, findings: Sequence[Finding]) -> Progressed:
    cares = tuple(care for care in values.device_care if care.device_id == device_id(device))
    levels = {one.level for one in findings if is_about(one, device_id(device), cares)}
    if Level.ALERT in levels:
        return Progressed.ATTENTION
    begun = check_of(values, device) is not None
    if Level.STOP in levels:
        return Progressed.STARTED if begun else Progressed.EMPTY
    return Progressed.COMPLETE if begun else Progressed.EMPTY
