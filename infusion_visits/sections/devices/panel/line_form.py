"""The form of one line: its check, its lumens, its care, what it is, how it ended."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
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
    SIGNS_PART,
    about_form,
    check_parts,
    lumen_parts,
    quick_cares,
)
from infusion_visits.sections.devices.page_one import prompts
from infusion_visits.sections.devices.panel.sliced_form import SlicedForm
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
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.fields import Rows
    from infusion_visits.core.findings import Finding
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import (
        AccessDevice,
        DeviceCare,
        DeviceCheck,
        Devices,
    )
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions
    from infusion_visits.widgets.group_form import GroupPart
    from infusion_visits.widgets.parts_form import Fold

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


class LineForm(SlicedForm):
    """One line: what falls due, its check, its lumens, its care, what it is, how it ended.

    The head and the first part of the check are there at once; the rest is made in slices.
    """

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
        self._mine: Sequence[Finding] = ()
        self._goes_on = False
        self._build_head()
        self._columns: dict[str, QVBoxLayout] = {}
        self.check: dict[str, GroupPart] = {}
        self.lumens: dict[int, list[GroupPart]] = {}
        self._planned: set[int] = set()
        for place in ("check", "lumens", "cares", "folds"):
            self._add_column(place)
        parts = check_parts(device)
        self._signs = parts.pop(SIGNS_PART, None)
        first = next(iter(parts))
        self._make_check(first, parts.pop(first))
        for label, group in parts.items():
            self.later(partial(self._make_check, label, group))
        self._care: GroupPart | None = None
        self.about: Fold | None = None
        self.removal: Fold | None = None
        self._lumens_later(lumen_numbers(device))
        self.later(self._make_cares)
        self.later(self._make_folds)
        self.whole.connect(self._tell_loose)

    def _add_column(self, place: str) -> None:
        """A place for parts that come later, so that each stands where it belongs."""
        holder = self.add_widget(QWidget())
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        self._columns[place] = column

    def _make_check(self, label: str, group: Rows) -> None:
        part = self.add_part(group, (self.key,), into=self._columns["check"])
        part.show()
        self.check[label] = part
        if self._values is not None:
            part.show_value(self._said_once(label, check_of(self._values, self._device)), None)

    def _said_once(self, label: str, check: DeviceCheck | None) -> DeviceCheck | None:
        """The check for one of its parts: that it was written late is said at the first one."""
        if check is None or label == next(iter(self.check)):
            return check
        return replace(check, mark=replace(check.mark, entered_at=None))

    def _show_signs(self, check: DeviceCheck | None) -> None:
        """The signs are asked right below the site, and only where there are any."""
        seen = check is not None and check.site == of.SIGNS_PRESENT
        part = self.check.get(SIGNS_PART)
        if part is None and seen and self._signs is not None:
            part = self._make_part(self._signs, (self.key,), self)
            self._columns["check"].insertWidget(1, part)
            self.check[SIGNS_PART] = part
            self._shape_changed()
        if part is not None:
            part.setVisible(seen)
            part.show_value(self._said_once(SIGNS_PART, check), None)

    def _make_lumen(self, number: int, group: Rows) -> None:
        part = self.add_part(group, (self.key, number), into=self._columns["lumens"])
        self.lumens.setdefault(number, []).append(part)
        self._show_lumen(number, part)

    def _lumens_later(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._planned.add(number)
            for group in lumen_parts(self._device):
                self.later(partial(self._make_lumen, number, group))

    def _show_lumens(self) -> None:
        """A lumen that is written down later joins without moving the keys."""
        numbers = lumen_numbers(self._device)
        self._lumens_later([one for one in numbers if one not in self._planned])
        for number, parts in self.lumens.items():
            for part in parts:
                self._show_lumen(number, part)

    def _show_lumen(self, number: int, part: GroupPart) -> None:
        numbers = lumen_numbers(self._device)
        check = check_of(self._values, self._device) if self._values is not None else None
        beside = f": {lumen_name(self._device, number)}" if len(numbers) > 1 else ""
        part.heading.say(f"{part.group.label}{beside}")
        part.setVisible(number in numbers)
        part.show_value(_lumen_of(check, number), check)

    def _make_cares(self) -> None:
        self._build_cares()
        self._care = self.add_part(CARE_FORM, (), into=self._columns["cares"])
        self._care.show()
        self._care.show_value(self._cares(), None)

    @property
    def care(self) -> GroupPart:
        """The care of this line, made now where its turn has not come."""
        self.make_all()
        assert self._care is not None
        return self._care

    def _cares(self) -> tuple[DeviceCare, ...]:
        cares = self._values.device_care if self._values is not None else ()
        return tuple(care for care in cares if care.device_id == self.key)

    def _make_folds(self) -> None:
        at, column = (self.key,), self._columns["folds"]
        self.about = self.add_fold(about_form(self._device), at, "About the line", into=column)
        self.removal = self.add_fold(REMOVAL_FORM, at, "Removal", into=column)
        for fold in (self.about, self.removal):
            fold.show()
            fold.show_value(self._device, None)

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
        self._columns["cares"].addWidget(holder)
        # Beside visible parts a late one has to be shown itself.
        holder.setVisible(not self._read_only)

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
        waits = ". ".join(prompts(values, device, facts))
        self.due.say(" · ".join(words for words in (waits, due) if words))
        self.due.setVisible(bool(due or waits))
        cares = self._cares()
        self._mine = [found for found in findings if is_about(found, self.key, cares)]
        self.show_state(facts, self._mine, unsaved)
        for label, part in self.check.items():
            if label != SIGNS_PART:
                part.show_value(self._said_once(label, check), None)
        self._show_signs(check)
        self._show_lumens()
        if self._care is not None:
            self._care.show_value(cares, None)
        for fold in (self.about, self.removal):
            if fold is not None:
                fold.show_value(device, None)
        self._tell_loose()
        if self._goes_on and check is not None and check.site is not None:
            # The answers of the one key have come: on to the first item that needs looking.
            self._goes_on = False
            self.focus_first()

    def _tell_loose(self) -> None:
        """While parts are still to come nobody knows which findings have no field."""
        if self.is_whole:
            self.show_loose(self._mine)


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
