"""The rows of a repeating group: a compact table; one row at a time is open as a form in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from infusion_visits.core.cells import Key, Row
from infusion_visits.core.charted import mark_words
from infusion_visits.core.fields import Ink, Option, Owner, Ref, Rows, When
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.finding_lines import SIGNS, FindingLines
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.reason_lines import StrikeLine
from infusion_visits.widgets.row_line import LineHead, RowLine, columns_for
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from infusion_visits.core.kinds import StrikeReason
    from infusion_visits.widgets.form_state import FormState


class RowForm(Protocol):
    """The form of one row, made when the row is first opened."""

    def show_value(self, value: Any, above: Any) -> None:
        """Shows the row's value."""

    def focus_first(self) -> None:
        """Puts the keys into the first field without an answer."""


MakeRowForm = Callable[[Row, QWidget], tuple[QWidget, RowForm]]


class RowBlock(QWidget):
    """A line, its strike reasons, and the form below it while it is open."""

    def __init__(self, row: Row, table: RowsTable) -> None:
        super().__init__(table)
        self.row = row
        self.table = table
        self.value: Any = None
        self.form: RowForm | None = None
        self._form_widget: QWidget | None = None
        self._strikes: StrikeLine | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self.line = RowLine(self)
        self.line.setObjectName(row.path())
        self.line.toggled.connect(self.toggle)
        self.line.strike_asked.connect(self.ask_strike)
        self._body.addWidget(self.line)
        self.found = FindingLines()
        self.found.setContentsMargins(34, 0, 12, 8)
        self._body.addWidget(self.found)

    @property
    def open(self) -> bool:
        """Whether the form is shown."""
        return self._form_widget is not None and not self._form_widget.isHidden()

    def show_row(self, value: Any, above: Any, texts: dict[str, str]) -> None:
        """Shows a row value."""
        self.value = value
        state = self.table.state
        beside = ""
        if state.facts is not None:
            beside = " · ".join(span.text for span in mark_words(value.mark, state.facts))
        struck = value.mark.struck is not None
        self.line.show_line(texts, beside, struck=struck)
        found = state.findings_below(self.row) if not struck else []
        found = [one for one in found if one.cell is not None and self.table.owns(one.cell.row)]
        self.line.sign = SIGNS[found[0].level] if found else None
        self.found.show_findings([] if self.open else found)
        said = ", ".join(
            f"{leaf.label} {texts[leaf.name]}"
            for leaf in self.table.group.leaves
            if texts.get(leaf.name)
        )
        self.line.setAccessibleName(f"{self.table.group.label}: {said or 'nothing yet'}")
        self.line.setAccessibleDescription(beside or "Enter opens, Delete strikes out")
        if struck and self.open:
            self.close()
        if self.form is not None:
            self.form.show_value(value, above)

    def toggle(self) -> None:
        """Opens or closes the form; a struck row stays closed, it can only be read."""
        if self.open:
            self.close()
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.line.struck:
            self.open_form()
            if self.form is not None:
                self.form.focus_first()

    def open_form(self) -> None:
        """Shows the form, made now if it never was."""
        self.table.close_others(self)
        if self.form is None:
            self._form_widget, self.form = self.table.make_form(self.row, self)
            self._form_widget.setContentsMargins(34, 8, 16, 20)
            self._body.addWidget(self._form_widget)
            self.form.show_value(self.value, self.table.above)
        if self._form_widget is not None:
            self._form_widget.show()
        self.line.open = True
        self.line.update()
        self.found.show_findings([])
        self.table.changed_shape.emit()

    def close(self) -> bool:
        """Hides the form; what was typed in it was left and is recorded."""
        if self._form_widget is not None:
            self._form_widget.hide()
        self.line.open = False
        self.line.update()
        return True

    def ask_strike(self) -> None:
        """Asks why, one key each."""
        if self.line.struck or self.table.state.read_only:
            return
        if self._strikes is None:
            self._strikes = StrikeLine(self._strike, self._leave, self)
            self._body.insertWidget(1, self._strikes)
            self.table.changed_shape.emit()
        self._strikes.open()

    def _strike(self, reason: StrikeReason) -> None:
        self.table.state.desk.strike(self.row, reason)
        self._leave()

    def _leave(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)


class RowsTable(QFrame):
    """All rows of one repeating group below one parent."""

    changed_shape = Signal()

    def __init__(
        self,
        group: Rows,
        at: tuple[Key, ...],
        state: FormState,
        make_form: MakeRowForm,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.group = group
        self.at = at
        self.state = state
        self.make_form = make_form
        self.above: Any = None
        self._blocks: dict[Row, RowBlock] = {}
        self._values: Sequence[Any] = ()
        self._expecting: set[Row] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        self._frame = QFrame(self)
        self._frame.setProperty("ground", "card")
        self._lines = QVBoxLayout(self._frame)
        self._lines.setContentsMargins(1, 1, 1, 1)
        self._lines.setSpacing(0)
        self._head = LineHead(self._frame)
        self._lines.addWidget(self._head)
        self._frame.hide()
        body.addWidget(self._frame)
        self._said = PlainWords("", "danger")
        self._said.hide()
        body.addWidget(self._said)
        self._adds = FlowLayout(None, 8)
        self._offered: tuple[Option, ...] | None = None
        body.addLayout(self._adds)

    def owns(self, row: Row) -> bool:
        """Whether a row is of this group or of a group below it."""
        return any(row.group == group.name for group in self.group.walk())

    def show_values(self, values: Sequence[Any], above: Any) -> None:
        """Shows the rows; those already shown keep their forms, the one just added opens."""
        self.above = above
        self._values = values
        known = set(self._blocks)
        rows = [value.mark.row for value in values]
        for row in known - set(rows):
            block = self._blocks.pop(row)
            self._lines.removeWidget(block)
            block.hide()
            block.deleteLater()
        texts = [self._texts(value) for value in values]
        for place, (value, words) in enumerate(zip(values, texts, strict=True)):
            row = value.mark.row
            if row not in self._blocks:
                self._blocks[row] = RowBlock(row, self)
                self._lines.insertWidget(place + 1, self._blocks[row])
                # Now, not one event later: a key that comes at once must find its fields there.
                self._blocks[row].show()
            self._blocks[row].line.first = place == 0
            self._blocks[row].show_row(value, above, words)
        self._frame.setVisible(bool(rows))
        self._set_columns(texts)
        self._offer()
        if set(rows) != known:
            self.changed_shape.emit()
        self._open_expected(set(rows))

    def _texts(self, value: Any) -> dict[str, str]:
        texts: dict[str, str] = {}
        for leaf in self.group.leaves:
            if isinstance(leaf, Ink):
                continue
            text = self.state.words(leaf, value)
            not_done = value.mark.not_done.get(leaf.name)
            texts[leaf.name] = text or (f"not done: {not_done.reason}" if not_done else "")
        return texts

    def _set_columns(self, texts: list[dict[str, str]]) -> None:
        named = self.group.in_line
        leaves = tuple(one for one in self.group.leaves if not named or one.name in named)
        columns = columns_for(leaves, texts, max(self.width() - 44, 200))
        self._head.columns = columns
        self._head.setVisible(bool(columns))
        self._head.update()
        for block in self._blocks.values():
            block.line.columns = columns
            block.line.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit now."""
        super().resizeEvent(event)
        self._set_columns([self._texts(value) for value in self._values])

    def close_others(self, kept: RowBlock) -> None:
        """One row is open at a time."""
        for block in self._blocks.values():
            if block is not kept and block.open:
                block.close()

    def block(self, row: Row) -> RowBlock | None:
        """The block of a row."""
        return self._blocks.get(row)

    def _keys_left(self) -> tuple[Option, ...] | None:
        """For a group keyed by a reference: what has no row yet. None for other groups."""
        if not self.group.keyed_by:
            return None
        leaf = self.group.leaf(self.group.keyed_by)
        if not isinstance(leaf, Ref):
            return None
        taken = {str(row.at[-1]) for row in self._blocks if row.at}
        options = self.state.ref_options(leaf, Row(self.group.name, self.at))
        return tuple(option for option in options if option.key not in taken)

    def _offer(self) -> None:
        """The buttons that add a row: one, or one for each thing that has none yet."""
        wanted = self._keys_left()
        if wanted == self._offered and self._adds.count():
            return
        self._offered = wanted
        clear_out(self._adds)
        if self.state.read_only:
            return
        word = self.group.add_label or f"Add {self.group.label.lower()}"
        if wanted is None:
            self._add_button(word, {})
        for option in wanted or ():
            self._add_button(f"{word}: {option.label}", {self.group.keyed_by: option.key})
        self.changed_shape.emit()

    def _add_button(self, word: str, texts: dict[str, str]) -> None:
        key = "Ins" if self._adds.count() == 0 else ""
        button = ActButton(word, key, sign="plus", parent=self)
        button.setObjectName(f"add {Row(self.group.name, self.at).path()}")
        button.clicked.connect(lambda: self.add(texts))
        self._adds.addWidget(button)
        button.show()

    def add(self, texts: dict[str, str] | None = None) -> None:
        """Appends a row and opens it when it comes. A visit's act happens now unless corrected."""
        left = self._keys_left()
        if not texts and left is not None:
            if not left:
                return
            texts = {self.group.keyed_by: left[0].key}
        begun = dict(texts or {})
        timed = self.group.time_field
        happens = self.group.owner is Owner.VISIT and timed and timed not in begun
        if happens and isinstance(self.group.leaf(timed), When):
            begun[timed] = "now"
        self._expecting = set(self._blocks)
        words = self.state.desk.append(Row(self.group.name, self.at), begun)
        if words:
            self._expecting = None
        self._said.say(words or "")
        self._said.setVisible(bool(words))

    def _open_expected(self, rows: set[Row]) -> None:
        if self._expecting is None:
            return
        fresh = rows - self._expecting
        if not fresh:
            return
        self._expecting = None
        block = self._blocks[next(iter(fresh))]
        block.open_form()
        if block.form is not None:
            block.form.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ins adds a row from anywhere in the table; Escape closes the open row."""
        if event.key() == Qt.Key.Key_Insert and not self.state.read_only:
            self.add()
            return
        if event.key() == Qt.Key.Key_Escape:
            for block in self._blocks.values():
                if block.open:
                    block.toggle()
                    return
        super().keyPressEvent(event)
