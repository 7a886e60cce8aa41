"""Editors of one out of several: pills while they are few and short, a narrowing line otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from infusion_visits.core.fields import Choice, Leaf, Option, Ref, YesNo
from infusion_visits.widgets.editor import Editor, SenseSource
from infusion_visits.widgets.option_field import OptionField, option_for
from infusion_visits.widgets.pills import PillRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

MOST_PILLS = 5
MOST_LETTERS = 52
LONG_ANSWER = 44


def fits_pills(options: Sequence[Option]) -> bool:
    """Whether the options are few and short enough to stand side by side."""
    letters = sum(len(option.label) for option in options)
    return 0 < len(options) <= MOST_PILLS and letters <= MOST_LETTERS


class PillEditor(Editor):
    """A choice among few: every option is seen, one key picks it."""

    def __init__(
        self,
        leaf: Leaf,
        sense: SenseSource,
        options: Sequence[Option],
        letters: dict[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(leaf, sense, parent)
        self._odd = ""
        self.row = PillRow(options, letters, self)
        self.row.moved.connect(self._moved)
        self.row.picked.connect(self._picked)
        self.row.entered.connect(self._enter)
        self._body.addWidget(self.row)
        self._body.addWidget(self.echo)

    @property
    def widget(self) -> QWidget:
        """The row of pills."""
        return self.row

    def text(self) -> str:
        """The key of the answer, or a text that is none of the options, as it came."""
        return self.row.key() or self._odd

    def _write(self, text: str) -> None:
        known = {pill.option.key for pill in self.row.pills}
        option = option_for(text, [pill.option for pill in self.row.pills])
        key = text if text in known else (option.key if option else "")
        self._odd = "" if key else text
        self.row.set_key(key)

    def _moved(self) -> None:
        self._odd = ""
        self._typed()

    def _picked(self) -> None:
        self._odd = ""
        self._chosen()

    def refresh_echo(self) -> None:
        """The help of the chosen option, such as what a grade means; or a text that fits none."""
        chosen = next((pill.option for pill in self.row.pills if pill.isChecked()), None)
        self._say_echo(f"“{self._odd}”" if self._odd else (chosen.help if chosen else ""))

    def name_it(self, path: str, label: str, description: str = "") -> None:
        """The row has the address; each pill says the question before its answer."""
        super().name_it(path, label, description)
        for pill in self.row.pills:
            pill.setAccessibleName(f"{label}: {pill.option.label}")

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keys go to the chosen pill, else to the first."""
        self.row.take_focus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the row has no use for go to the form."""
        event.ignore()


class OptionEditor(Editor):
    """A choice among many: a line that narrows a list."""

    def __init__(
        self,
        leaf: Leaf,
        sense: SenseSource,
        options: Sequence[Option],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(leaf, sense, parent)
        self.field = OptionField(options, self)
        self._watch(self.field)
        self.field.textEdited.connect(self._edited)
        self.field.picked.connect(self._chosen)
        self.field.entered.connect(self._entered)
        self._body.addWidget(self.field)
        self._body.addWidget(self.echo)

    @property
    def widget(self) -> QWidget:
        """The line."""
        return self.field

    @property
    def wide(self) -> bool:
        """A long answer is never cut off: it takes the whole width."""
        return any(len(option.label) > LONG_ANSWER for option in self.field.options)

    def text(self) -> str:
        """The key of the option that the line means, or what was typed."""
        return self.field.key()

    def _write(self, text: str) -> None:
        self.field.set_key(text)

    def _edited(self, _text: str) -> None:
        self._typed()

    def _entered(self) -> None:
        self.field.tidy()
        self.refresh_echo()
        self._enter()

    def commit(self) -> None:
        """Leaving writes the whole label where the text means one option."""
        self.field.tidy()
        super().commit()

    def refresh_echo(self) -> None:
        """The help of the option that is meant."""
        option = option_for(self.field.text(), self.field.options)
        self._say_echo(option.help if option else "")

    def set_options(self, options: Sequence[Option]) -> None:
        """Offers these options instead; what stands in the line stays."""
        if tuple(options) != self.field.options:
            now = self.text()
            self.field.options = tuple(options)
            if not self.dirty:
                self.field.set_key(now)


def choice_editor(leaf: Choice, sense: SenseSource) -> Editor:
    """The editor of a Choice or a Grade."""
    if fits_pills(leaf.options):
        return PillEditor(leaf, sense, leaf.options)
    return OptionEditor(leaf, sense, leaf.options)


def yes_no_editor(leaf: YesNo, sense: SenseSource) -> Editor:
    """Two pills; y and n pick whatever words the answers have."""
    options = (Option(leaf.yes, leaf.yes.capitalize()), Option(leaf.no, leaf.no.capitalize()))
    return PillEditor(leaf, sense, options, {leaf.yes: "y", leaf.no: "n"})


def ref_editor(leaf: Ref, sense: SenseSource, options: Sequence[Option]) -> Editor:
    """A reference: the things of this patient and visit by name; their keys are UUIDs."""
    return OptionEditor(leaf, sense, options)
