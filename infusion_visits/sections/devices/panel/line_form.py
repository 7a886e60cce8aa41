"""The form of one line: its check, its lumens, its care, what it is, how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import (
    DEVICE_CARE,
    DEVICE_CHECK,
    LUMEN_CHECK,
    SECTION,
)
from infusion_visits.sections.devices.forms import (
    CARE_FORM,
    REMOVAL_FORM,
    about_form,
    check_form,
    lumen_form,
    quick_cares,
)
from infusion_visits.sections.devices.rules.lines import (
    check_of,
    device_id,
    line_label,
    lumen_numbers,
    needle_in_place,
)
from infusion_visits.sections.devices.rules.lumens import lumen_name
from infusion_visits.sections.devices.rules.needed import WHOLE_CHECK, normal_answers
from infusion_visits.sections.devices.words import due_words
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.parts_form import PartsForm
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.findings import Finding
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import AccessDevice, DeviceCheck, Devices
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions
    from infusion_visits.widgets.group_form import GroupPart

NORMAL_KEY = "F4"
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
        self.about = self.add_fold(about_form(device), at, "About the line")
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
        if self._read_only:
            self.normal.hide()
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
        if self._read_only:
            holder.hide()
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
        mine = [found for found in findings if is_about(found, self.key, cares)]
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


def is_about(finding: Finding, key: UUID, cares: Sequence[object]) -> bool:
    """Whether a finding speaks of this line, its check, or one of its cares."""
    cell = finding.cell
    if cell is None or finding.section != SECTION:
        return False
    if cell.row.group == DEVICE_CARE.name:
        rows = [care.mark.row for care in cares]  # type: ignore[attr-defined]
        return cell.row in rows
    return bool(cell.row.at) and cell.row.at[0] == key
