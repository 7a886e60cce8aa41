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
    DEVICE_CHECK,
    LUMEN_CHECK,
    SECTION,
)
from infusion_visits.sections.devices.forms import (
    ABOUT_FORM,
    CARE_FORM,
    REMOVAL_FORM,
    check_form,
    lumen_form,
    quick_cares,
)
from infusion_visits.sections.devices.page_one import NO_LINE, line_block
from infusion_visits.sections.devices.rules.check import lumen_name
from infusion_visits.sections.devices.rules.lines import (
    at_this_visit,
    check_of,
    device_id,
    line_label,
    line_order,
    lumen_numbers,
    needle_in_place,
)
from infusion_visits.sections.devices.rules.needed import WHOLE_CHECK, normal_answers
from infusion_visits.sections.devices.words import due_words
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.drawing import BodyView
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.parts_form import PartsForm
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.section_list import Progressed, SectionItem, SectionList
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.findings import Finding
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import AccessDevice, DeviceCheck, Devices
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions
    from infusion_visits.widgets.group_form import GroupPart

NORMAL_KEY = "F4"
_FIGURE = 240
_CHECKED_GROUPS = frozenset({DEVICE_CHECK.name, LUMEN_CHECK.name})


class LineDesk:
    """The visit's desk for one line: its care names the line, its check begins with the time."""

    def __init__(self, desk: VisitDesk, key: UUID) -> None:
        self._desk = desk
        self._key = key
        self.check_begun = False

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text."""
        self._desk.typing(cell, text)

    def record(self, cell: Cell, text: str) -> str | None:
        """A field was left; the first answer of the check says when it was."""
        if text.strip() and cell.field != WHOLE_CHECK:
            self._begin(cell.row, {WHOLE_CHECK: "now"})
        return self._desk.record(cell, text)

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row; care names its line."""
        if row.group == DEVICE_CARE.name:
            return self._desk.append(row, {"device_id": str(self._key), **texts})
        return self._desk.append(row, texts)

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a mistaken row out."""
        self._desk.strike(row, reason)

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """An item, or the whole check, was not done: the check is there to say so."""
        whole = cell.field == WHOLE_CHECK
        self._begin(cell.row, {} if whole else {WHOLE_CHECK: "now"})
        self._desk.not_done(cell, reason, words)

    def override(self, finding: str, reason: str) -> None:
        """Goes past a stop that may be overridden."""
        self._desk.override(finding, reason)

    def answer_check(self, texts: Mapping[str, str]) -> None:
        """Several answers of the check in one act."""
        self.check_begun = True
        self._desk.append(
            Row(DEVICE_CHECK.name, (self._key,)), {"device_id": str(self._key), **texts}
        )

    def _begin(self, row: Row, texts: Mapping[str, str]) -> None:
        if self.check_begun or row.group not in _CHECKED_GROUPS:
            return
        self.check_begun = True
        check = Row(DEVICE_CHECK.name, (self._key,))
        self._desk.append(check, {"device_id": str(self._key), **texts})


class LineForm(PartsForm):
    """One line: what falls due, its check, its lumens, its care, what it is, how it ended."""

    def __init__(
        self,
        device: AccessDevice,
        desk: VisitDesk,
        ref_options: RefOptions,
        sense: SenseSource | None,
        *,
        read_only: bool,
    ) -> None:
        self.key = device_id(device)
        self.line_desk = LineDesk(desk, self.key)
        super().__init__(SECTION, (), self.line_desk, ref_options, sense, read_only=read_only)
        self._read_only = read_only
        self._device = device
        self._values: Devices | None = None
        self._goes_on = False
        self._build_head()
        at = (self.key,)
        self.check = self.add_part(check_form(device), at)
        holder = self.add_widget(QWidget())
        self._lumen_column = QVBoxLayout(holder)
        self._lumen_column.setContentsMargins(0, 0, 0, 0)
        self._lumen_column.setSpacing(24)
        self.lumens: dict[int, GroupPart] = {}
        self._show_lumens(device)
        self._build_cares()
        self.care = self.add_part(CARE_FORM, ())
        self.about = self.add_fold(ABOUT_FORM, at, "About the line")
        self.removal = self.add_fold(REMOVAL_FORM, at, "Removal")

    def _show_lumens(self, device: AccessDevice) -> None:
        """A part for each lumen; one that is written down later joins without moving the keys."""
        numbers = lumen_numbers(device)
        for number in numbers:
            name = lumen_name(device, number)
            if number not in self.lumens:
                self.lumens[number] = self.add_part(
                    lumen_form(device, name), (self.key, number), into=self._lumen_column
                )
            self.lumens[number].heading.say(f"Lumen: {name}" if len(numbers) > 1 else "Lumen")
        for number, part in self.lumens.items():
            part.setVisible(number in numbers)

    def _build_head(self) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = PlainWords("", "title")
        self.due = PlainWords("", "quiet")
        words.addWidget(self.title)
        words.addWidget(self.due)
        row.addLayout(words, 1)
        self.normal = ActButton("All as it should be", NORMAL_KEY, Weight.PRIMARY)
        self.normal.clicked.connect(self.answer_normal)
        self.normal.setVisible(not self._read_only)
        row.addWidget(self.normal, 0, Qt.AlignmentFlag.AlignTop)
        self.add_widget(head)

    def _build_cares(self) -> None:
        holder = QWidget()
        row = FlowLayout(holder, 8)
        self.care_buttons: dict[str, ActButton] = {}
        for option in quick_cares(self._device.kind or ""):
            button = ActButton(option.label[:1].upper() + option.label[1:])
            button.clicked.connect(lambda _on=False, what=option.key: self.give(what))
            self.care_buttons[option.key] = button
            row.addWidget(button)
        holder.setVisible(not self._read_only)
        self.add_widget(holder)

    def give(self, what: str) -> None:
        """One act of care, now; its row opens for what else it asks."""
        if self.care.table is not None:
            self.care.table.add({"what": what})

    def answer_normal(self) -> None:
        """Answers what was looked at and is as it should be; leaves every answer that stands."""
        values = self._values
        if values is None or self._read_only:
            return
        check = check_of(values, self._device)
        needle = check.accessed if check is not None and check.accessed is not None else None
        if self._device.kind == of.PORT and needle is None:
            needle = needle_in_place(values, self._device) or False
        open_items = {
            name: text
            for name, text in normal_answers(self._device.kind or "", needle).items()
            if check is None or (getattr(check, name) is None and name not in check.mark.not_done)
        }
        if check is None or check.checked_at is None:
            open_items[WHOLE_CHECK] = "now"
        self._goes_on = True
        self.line_desk.answer_check(open_items)

    @property
    def _check_row(self) -> Row:
        return Row(DEVICE_CHECK.name, (self.key,))

    def show_line(
        self,
        values: Devices,
        device: AccessDevice,
        facts: Facts,
        findings: Sequence[Finding],
        unsaved: Collection[Cell],
    ) -> None:
        """Shows what the record holds of this line."""
        self._values, self._device = values, device
        check = check_of(values, device)
        self.line_desk.check_begun = check is not None
        self.title.say(line_label(device))
        due = "".join(span.text for span in due_words(values, device, facts))
        self.due.say(due)
        self.due.setVisible(bool(due))
        cares = tuple(care for care in values.device_care if care.device_id == self.key)
        mine = [found for found in findings if _is_about(found, self.key, cares)]
        self.show_state(facts, mine, unsaved)
        self.check.show_value(check, None)
        self._show_lumens(device)
        for number, part in self.lumens.items():
            part.show_value(_lumen_of(check, number), check)
        self.care.show_value(cares, None)
        self.about.show_value(device, None)
        self.removal.show_value(device, None)
        self.show_loose(mine)
        if self._goes_on and check is not None and check.site is not None:
            # The answers of the one key have come: on to the first item that needs looking.
            self._goes_on = False
            self.focus_first()


def _lumen_of(check: DeviceCheck | None, number: int) -> object | None:
    if check is None:
        return None
    return next((row for row in check.lumen_check if row.mark.row.at[-1] == number), None)


def _is_about(finding: Finding, key: UUID, cares: Sequence[object]) -> bool:
    cell = finding.cell
    if cell is None or finding.section != SECTION:
        return False
    if cell.row.group == DEVICE_CARE.name:
        rows = [care.mark.row for care in cares]  # type: ignore[attr-defined]
        return cell.row in rows
    return bool(cell.row.at) and cell.row.at[0] == key


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
        self.adds.setVisible(not self._read_only)
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
    levels = {one.level for one in findings if _is_about(one, device_id(device), cares)}
    if Level.ALERT in levels:
        return Progressed.ATTENTION
    begun = check_of(values, device) is not None
    if Level.STOP in levels:
        return Progressed.STARTED if begun else Progressed.EMPTY
    return Progressed.COMPLETE if begun else Progressed.EMPTY
