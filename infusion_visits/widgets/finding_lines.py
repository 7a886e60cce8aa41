"""What rules have to say, inline: a sign, the words, what else was measured, and the way past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.editor import is_enter
from infusion_visits.widgets.icons import Sign
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

SIGNS: dict[Level, tuple[str, str]] = {
    Level.STOP: ("stop", "danger"),
    Level.ALERT: ("alert", "warn"),
    Level.ADVICE: ("advice", "quiet"),
}
_SPOKEN = {Level.STOP: "Stop", Level.ALERT: "Alert", Level.ADVICE: "Advice"}


def sign_of(finding: Finding) -> tuple[str, str]:
    """The sign and its ink: red is for what can hurt; what merely comes first, or is still to be
    written before leaving and signing, is amber."""
    sign, ink = SIGNS[finding.level]
    hurts = finding.gate in _HURT and not finding.do_first
    return (sign, "warn") if ink == "danger" and not hurts else (sign, ink)


_HURT = frozenset({Gate.START, Gate.STEP, Gate.RESUME})
GoPast = Callable[[str, str], None]


class ReasonLine(QLineEdit):
    """A reason in words: Enter gives it, Escape thinks again."""

    def __init__(self, give: Callable[[str], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._give = give
        self._leave = leave
        self.setPlaceholderText("Why, in words; Enter goes past, Esc leaves")
        self.setAccessibleName("Reason for going past this stop")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter with words gives the reason."""
        if is_enter(event):
            if self.text().strip():
                self._give(self.text().strip())
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)


class FindingLine(QWidget):
    """One finding."""

    def __init__(self, finding: Finding, go_past: GoPast | None) -> None:
        super().__init__()
        self.finding = finding
        self._go_past = go_past
        sign, ink = sign_of(finding)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Sign(sign, ink, 16), 0, Qt.AlignmentFlag.AlignTop)
        self.words = PlainWords(finding.words, ink if ink != "quiet" else "small")
        self.words.setAccessibleName(f"{_SPOKEN[finding.level]}: {finding.words}")
        row.addWidget(self.words, 1)
        body.addLayout(row)
        if finding.detail:
            detail = PlainWords(finding.detail, "small")
            detail.setContentsMargins(22, 0, 0, 0)
            body.addWidget(detail)
        if finding.level is Level.STOP and finding.overridable and go_past is not None:
            self._offer(body)

    def _offer(self, body: QVBoxLayout) -> None:
        self._button = ActButton("Go past with a reason", weight=Weight.QUIET)
        self._reason = ReasonLine(self._give, self._close)
        self._reason.hide()
        self._button.clicked.connect(self._open)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 0, 0)
        row.addWidget(self._button)
        row.addWidget(self._reason, 1)
        row.addStretch(0)
        body.addLayout(row)

    def _open(self) -> None:
        self._button.hide()
        self._reason.show()
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._reason.hide()
        self._button.show()
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, reason: str) -> None:
        if self._go_past is not None:
            self._go_past(self.finding.key, reason)


class FindingLines(QWidget):
    """Several findings; is not there at all while there are none."""

    def __init__(self, go_past: GoPast | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go_past = go_past
        self._shown: tuple[Finding, ...] = ()
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(4)
        self.hide()

    @property
    def shown(self) -> tuple[Finding, ...]:
        """What is shown now."""
        return self._shown

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Shows these, stops first; rebuilds only what changed."""
        order = {Level.STOP: 0, Level.ALERT: 1, Level.ADVICE: 2}
        wanted = tuple(sorted(findings, key=lambda found: order[found.level]))
        if wanted == self._shown:
            return
        self._shown = wanted
        clear_out(self._body)
        for finding in wanted:
            self._body.addWidget(FindingLine(finding, self._go_past))
        self.setVisible(bool(wanted))
