"""One line takes a set of vital signs as typed; the workspace keeps it above every section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.fields import Sense
from infusion_visits.sections.vitals.fields import SECTION, VITAL_SIGNS
from infusion_visits.sections.vitals.limits import limits_for, limits_in_force
from infusion_visits.sections.vitals.live import (
    Scored,
    confirmed_by,
    free_limb,
    no_pressure_on,
    score_words,
    soft_words,
)
from infusion_visits.sections.vitals.one_line import Reading, read_line
from infusion_visits.sections.vitals.one_line_words import EXAMPLE
from infusion_visits.sections.vitals.sets import standing
from infusion_visits.widgets.editor import is_enter
from infusion_visits.widgets.key_cap import KeyCap
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.vitals.limits import Limits
    from infusion_visits.sections.vitals.values import Vitals
    from infusion_visits.widgets.editor import SenseSource

LINE_CELL = Cell(SECTION, Row(VITAL_SIGNS.name), "line")
"""Where the half-typed line is kept as draft text; it is no field."""
CARRIED = ("limb", "position")
_OF_LETTERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ORDER = "BP  pulse  resp  SpO2  temp  pain, then a air @0930"


class _Line(QLineEdit):
    """The line itself: Enter is told, all else is typed."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the set."""
        if is_enter(event):
            self.entered.emit()
            return
        held = event.modifiers() & ~_OF_LETTERS
        if held == Qt.KeyboardModifier.AltModifier and event.text().isalnum():
            # A key of the reaction that nobody hears types no `u` for unresponsive.
            event.ignore()
            return
        super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A line given to the desk and not yet seen in the record, which had `count` sets then."""

    text: str
    words: str
    count: int


class VitalsLine(QWidget):
    """The line, its echo, its NEWS2, and what is wrong or doubted; `kept` after it was appended.

    A doubted figure is said while it is typed; the first Enter asks, the second keeps it as
    measured. A figure out of range is kept by one Enter; the line says once that it wants a reason.
    """

    kept = Signal()

    def __init__(
        self,
        desk: VisitDesk,
        sense: SenseSource | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._own_sense = sense
        self._facts: Facts | None = None
        self._limits: Mapping[str, Limits] = limits_in_force()
        self._carried: dict[str, str] = {}
        self._barred: Mapping[str, str] = {}
        self._asked = ""
        self._count = 0
        self._sent: _Sent | None = None
        self.reading = Reading()
        self._build()

    def _build(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(PlainWords("Vitals", "quiet", wraps=False))
        self.line = _Line()
        self.line.setObjectName(LINE_CELL.path())
        self.line.setAccessibleName("Vital signs in one line")
        self.line.setAccessibleDescription(f"In this order: {_ORDER}")
        self.line.setPlaceholderText(EXAMPLE)
        self.line.setMinimumWidth(280)
        self.line.setMaximumWidth(360)
        self.line.textEdited.connect(self._edited)
        self.line.entered.connect(self._enter)
        row.addWidget(self.line, 2)
        self.echo = PlainWords("", "", wraps=True)
        row.addWidget(self.echo, 3)
        self._cap = KeyCap("Enter")
        self._cap.hide()
        self.line.textChanged.connect(lambda text: self._cap.setVisible(bool(text.strip())))
        row.addWidget(self._cap)
        body.addLayout(row)
        self.score = PlainWords("", "small")
        self.score.hide()
        body.addWidget(self.score)
        self.said = PlainWords("", "warn")
        self.said.hide()
        body.addWidget(self.said)

    def show_values(self, values: Vitals, facts: Facts) -> None:
        """What the record holds: the limits in force, and the limb and position of the last set."""
        self._facts = facts
        self._limits = limits_for(facts)
        sets = [one for one in standing(values) if one.systolic is not None]
        last = sets[-1] if sets else None
        self._carried = {
            name: text for name in CARRIED if last and (text := getattr(last, name)) is not None
        }
        self._barred = no_pressure_on(facts)
        if "limb" not in self._carried and (limb := free_limb(self._barred)):
            self._carried["limb"] = limb
        self._count = len(values.vital_signs)
        if self._sent is not None and self._count > self._sent.count:
            self._came(self._sent)
        elif self.line.text():
            self._read()

    def show_draft(self, text: str) -> None:
        """Brings back a line that was typed and never kept."""
        self.line.setText(text)
        self._read()

    def not_kept(self) -> None:
        """The disk did not take the set that was sent; its words stay until it does."""
        if self._sent is not None:
            self.echo.say(f"Not saved: {self._sent.words}", "warn")

    def refused(self) -> None:
        """A rule forbade the set that was sent: its text comes back, to be corrected."""
        sent, self._sent = self._sent, None
        if sent is not None and not self.line.text():
            self.show_draft(sent.text)

    def take_focus(self) -> None:
        """The keys go to the line."""
        # With a shortcut's reason Qt marks the whole text, and the next key would replace it.
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sense(self) -> Sense | None:
        if self._own_sense is not None:
            return self._own_sense()
        return Sense(self._facts.now, self._facts.zone) if self._facts else None

    def _edited(self, text: str) -> None:
        self._asked = ""
        self._desk.typing(LINE_CELL, text)
        self._read()

    def _read(self) -> None:
        sense = self._sense()
        if sense is None:
            return
        self.reading = read_line(self.line.text(), sense, self._limits, self._carried, self._barred)
        parts = [
            f"{part.text}{'?' if part.doubted else ''} {part.quiet}".strip()
            for part in self.reading.echo
        ]
        self.echo.say(" · ".join(parts), "")
        doubt = " ".join(one.words for one in self.reading.doubts)
        problem = self.reading.problems[0].words if self.reading.problems else ""
        soft = "" if doubt or problem else self._soft()
        self._say(doubt or problem or soft, "warn" if doubt or soft else "small")
        scored = score_words(self.reading, self._facts) if self._facts else Scored("")
        self.score.say(scored.words, scored.voice)
        self.score.setVisible(bool(scored.words))

    def _soft(self) -> str:
        return soft_words(self.reading, self._facts) if self._facts else ""

    def _say(self, words: str, voice: str) -> None:
        self.said.say(words, voice)
        self.said.setVisible(bool(words))

    def _enter(self) -> None:
        self._read()
        text = self.line.text()
        if not text.strip():
            return
        if self.reading.problems:
            self._say(self.reading.problems[0].words, "danger")
            return
        if self.reading.doubts and self._asked != text:
            self._asked = text
            words = " ".join(one.words for one in self.reading.doubts)
            self._say(f"{words} Enter again keeps it as typed.", "warn")
            return
        sent = self._sent = _Sent(text, self.reading.words, self._count)
        texts = {**self.reading.texts, **confirmed_by(self.reading, self._limits)}
        # Emptied first: what the desk refuses comes back into it, at once or later.
        self.line.clear()
        self.reading = Reading()
        self._asked = ""
        self._say("", "small")
        self.score.hide()
        refused = self._desk.append(Row(VITAL_SIGNS.name), texts)
        if refused:
            self.refused()
            self._say(refused, "danger")
            return
        if self._sent is sent:
            self.echo.say(f"Keeping {sent.words}", "quiet")
        self.kept.emit()

    def _came(self, sent: _Sent) -> None:
        """The set is in the record; only now does its half-typed text go."""
        self._sent = None
        self.echo.say(f"Kept: {sent.words}", "ok")
        # What was typed meanwhile is kept anew: the set's own act took the line's text away.
        text = self.line.text()
        self._desk.typing(LINE_CELL, "" if text == sent.text else text)
