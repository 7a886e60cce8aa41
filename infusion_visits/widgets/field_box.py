"""One asked thing on a form: label, editor, help, and what there is to say about the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from infusion_visits.core.charted import columns_of, is_shown
from infusion_visits.core.fields import Grade, Leaf, NotAValue, Ref
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.choice_editors import OptionEditor, PillEditor
from infusion_visits.widgets.editors import make_editor
from infusion_visits.widgets.finding_lines import FindingLines
from infusion_visits.widgets.form_state import FormState, NotDoneDesk, OverrideDesk
from infusion_visits.widgets.late_words import LateWords
from infusion_visits.widgets.reason_lines import NotDoneLine
from infusion_visits.widgets.theme import Size, font
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QResizeEvent

    from infusion_visits.core.cells import Row
    from infusion_visits.core.findings import Finding
    from infusion_visits.core.kinds import NotDoneReason
    from infusion_visits.core.marks import NotDone
    from infusion_visits.widgets.editor import Editor

_LABEL_HEIGHT = 24
_WIDE_LETTERS = 30
_BESIDE = 132
LONG_LABEL = 32
NOT_LEFT = "Typed before the program closed. Press Enter here to keep it."


class FieldBox(QWidget):
    """A labelled field. Shows what the record holds; tells the desk what a person types."""

    advance = Signal()
    changed_shape = Signal()

    def __init__(self, leaf: Leaf, row: Row, state: FormState, parent: QWidget) -> None:
        super().__init__(parent)
        self.leaf = leaf
        self.row = row
        self.cell = state.cell(row, leaf)
        self._state = state
        self._recording = False
        self._shown_meanwhile = False
        self._recorded = ""
        self._not_done: NotDone | None = None
        self._missing = False
        self._reasons: NotDoneLine | None = None
        options = state.ref_options(leaf, row) if isinstance(leaf, Ref) else ()
        self.editor: Editor = make_editor(leaf, state.sense, options)
        self.editor.name_it(self.cell.path(), leaf.label, leaf.help)
        self.editor.setEnabled(not state.read_only)
        self.editor.typing.connect(self._typing)
        self.editor.left.connect(self._left)
        self.editor.entered.connect(self.advance)
        self._offer: ActButton | None = None
        self._findings: FindingLines | None = None
        self._build()

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(3)
        self._body = body
        head = QHBoxLayout()
        head.setSpacing(8)
        self._head = head
        self._label = PlainWords(self.leaf.label, "label", wraps=False)
        self._label.setMinimumWidth(40)
        self._label.setMinimumHeight(_LABEL_HEIGHT)
        head.addWidget(self._label)
        head.addStretch(1)
        self._required = LateWords(lambda made: head.insertWidget(1, made), "small", wraps=False)
        self._beside = LateWords(lambda made: head.insertWidget(1, made), "small", wraps=False)
        self._unsaved = LateWords(head.addWidget, "warn", wraps=False)
        body.addLayout(head)
        body.addWidget(self.editor)
        # Two scales may grade one thing: a grade never stands without the name of its scale.
        beside = self.leaf.help or (self.leaf.scale if isinstance(self.leaf, Grade) else "")
        if beside:
            body.addWidget(PlainWords(beside, "small"))
        below = body.count()
        self._said = LateWords(lambda made: body.insertWidget(self._below(below), made), "danger")
        self._not_done_words = LateWords(self._put_not_done, "warn")

    def _below(self, place: int) -> int:
        """The place right below editor and help, whether or not reasons were asked meanwhile."""
        return place + (self._reasons is not None)

    def _put_not_done(self, made: PlainWords) -> None:
        last = self._findings
        place = self._body.indexOf(last) if last is not None else self._body.count()
        self._body.insertWidget(place, made)

    def _show_findings(self, found: list[Finding]) -> None:
        if self._findings is None:
            if not found:
                return
            desk = self._state.desk
            self._findings = FindingLines(desk.override if isinstance(desk, OverrideDesk) else None)
            self._body.addWidget(self._findings)
        self._findings.show_findings(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long question wraps where its column is too narrow for it and the word beside it."""
        super().resizeEvent(event)
        words = QFontMetrics(font(Size.SMALL, 600)).horizontalAdvance(self.leaf.label)
        wraps = words + _BESIDE > self.width()
        if wraps != self._label.wordWrap():
            self._label.setWordWrap(wraps)
            self._head.setStretchFactor(self._label, 1 if wraps else 0)

    @property
    def wide(self) -> bool:
        """Whether the field takes the whole width of a form of two columns."""
        if len(self.leaf.label) > LONG_LABEL:
            return True
        if isinstance(self.editor, PillEditor):
            letters = sum(len(pill.option.label) for pill in self.editor.row.pills)
            return letters > _WIDE_LETTERS
        return self.editor.wide

    def show_value(self, value: Any, above: Any) -> bool:
        """Shows the field of a row value (None: no row yet); says whether it is asked at all."""
        text = ""
        if value is not None:
            text = self.leaf.text(columns_of(self.leaf, value), self._state.sense())
        if isinstance(self.leaf, Ref) and isinstance(self.editor, OptionEditor):
            self.editor.set_options(self._state.ref_options(self.leaf, self.row))
        self._recorded = text
        if self._recording:
            self._shown_meanwhile = True
        elif self.cell not in self._state.held:
            self.editor.show_text(text)
        self._not_done = value.mark.not_done.get(self.leaf.name) if value is not None else None
        self._say()
        kind = self._state.facts.kind if self._state.facts else None
        asked = is_shown(self.leaf, value, above) and self.leaf.is_asked(kind)
        return asked or bool(text) or self.cell in self._state.held

    def hold(self, text: str) -> None:
        """Brings back what was typed and never left; it is kept when the field is left."""
        self.editor.set_text(text)
        read = self.leaf.parse(text, self._state.sense())
        if isinstance(read, NotAValue):
            self._state.held[self.cell] = read.words
        else:
            self._state.held[self.cell] = NOT_LEFT
            self.editor.take_as_typed()
        self._say()

    @property
    def answered(self) -> bool:
        """Whether there is an answer, or a reason why there is none."""
        return bool(self._recorded) or self._not_done is not None

    def _typing(self, text: str) -> None:
        self._state.desk.typing(self.cell, text)

    def _left(self, text: str) -> None:
        self._state.held.pop(self.cell, None)
        self._recording, self._shown_meanwhile = True, False
        try:
            words = self._state.desk.record(self.cell, text)
        finally:
            self._recording = False
        if words:
            self._state.held[self.cell] = words
        elif self._shown_meanwhile:
            self.editor.show_text(self._recorded)
        self._say()

    def _say(self) -> None:
        """Everything beside the editor: wrong, missing, not done, not saved, found."""
        state = self._state
        wrong = state.held.get(self.cell, "")
        self._said.say(wrong, "warn" if wrong == NOT_LEFT else "danger")
        self.editor.set_wrong(bool(wrong))
        missing = state.required(self.leaf) and not self.answered and not wrong
        self._missing = missing
        offered = self._offer is not None and not self._offer.isHidden()
        self._required.say("required" if missing and not offered else "")
        beside = state.beside.get(self.cell, "") if self._recorded else ""
        self._beside.say(beside)
        self._unsaved.say("not saved" if self.cell in state.unsaved else "")
        said = ""
        if self._not_done is not None and not self._recorded:
            said = f"not done: {self._not_done.reason}"
            said += f", {self._not_done.words}" if self._not_done.words else ""
        self._not_done_words.say(said)
        found = [one for one in state.findings.get(self.cell, []) if one.words != wrong]
        self._show_findings(found)
        spoken = [self.leaf.help, beside, "required" if missing else "", wrong, said]
        spoken += [one.words for one in found]
        self.editor.describe(". ".join(part.rstrip(".") for part in spoken if part))

    @property
    def _may_be_not_done(self) -> bool:
        state = self._state
        return (
            isinstance(state.desk, NotDoneDesk)
            and (state.required(self.leaf) or self.leaf.may_be_not_done)
            and not state.read_only
        )

    def open_not_done(self) -> None:
        """Asks inline why the required thing was not done."""
        if not self._may_be_not_done:
            return
        if self._reasons is None:
            self._reasons = NotDoneLine(self.leaf.label, self._keep_not_done, self._back, self)
            layout = self.layout()
            if isinstance(layout, QVBoxLayout):
                layout.insertWidget(layout.indexOf(self.editor) + 1, self._reasons)
            self.changed_shape.emit()
        self._reasons.open()

    def _keep_not_done(self, reason: NotDoneReason, words: str) -> None:
        desk = self._state.desk
        if isinstance(desk, NotDoneDesk):
            desk.not_done(self.cell, reason, words)
        self.advance.emit()

    def _back(self) -> None:
        self.editor.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+D: it was not done."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_D and self._may_be_not_done:
            self.open_not_done()
        else:
            super().keyPressEvent(event)

    def show_offer(self, here: bool) -> None:
        """Offers "not done" while the field is looked at; keys need no offer."""
        wanted = here and self._may_be_not_done and not self.answered
        if wanted and self._offer is None:
            self._offer = self._make_offer()
        if self._offer is not None:
            self._offer.setVisible(wanted)
        # The offer stands where the word stood: a narrow column has no room for both.
        self._required.say("required" if self._missing and not wanted else "")

    def _make_offer(self) -> ActButton:
        offer = ActButton("not done", "Ctrl D", Weight.QUIET)
        offer.setAccessibleName(f"{self.leaf.label} was not done")
        offer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        offer.setFixedHeight(_LABEL_HEIGHT)
        offer.clicked.connect(self.open_not_done)
        self._head.addWidget(offer)
        return offer

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is here."""
        self.show_offer(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went; the offer stays while the keys are here."""
        now = QApplication.focusWidget()
        self.show_offer(now is not None and self.isAncestorOf(now))
        super().leaveEvent(event)
