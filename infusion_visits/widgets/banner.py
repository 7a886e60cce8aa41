"""The strip over a chart or a visit: whose it is, what must not be forgotten about this person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from infusion_visits.core.blocks import Words
from infusion_visits.widgets.chips import Chip
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.span_words import SpanWords
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class BannerWords:
    """What a banner says: the name, a few facts, chips as (words, kind), and words at the right."""

    name: str
    facts: tuple[Words, ...] = ()
    chips: tuple[tuple[str, str], ...] = ()
    beside: str = ""


WIDE, NARROW = (20, 12, 20, 12), (12, 4, 12, 4)
GAP, NARROW_GAP = 18, 8


class Banner(QFrame):
    """Name in the title's face, facts beside it, chips after them; wraps where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", "below")
        self.setAccessibleName("Patient")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(*WIDE)
        row.setSpacing(16)
        self._row = row
        host = QWidget()
        self._flow = FlowLayout(host, GAP)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        host.setSizePolicy(policy)
        row.addWidget(host, 1, Qt.AlignmentFlag.AlignVCenter)
        self._beside = PlainWords("", "quiet", wraps=False)
        row.addWidget(self._beside)
        self._host = host
        self._shown: BannerWords | None = None
        self._narrow = False

    def show_words(self, words: BannerWords) -> None:
        """Shows this; does nothing where it is shown already."""
        if words == self._shown:
            return
        self._shown = words
        said = (words.name, *(text for text, _ in words.chips))
        self.setAccessibleName(f"Patient {'; '.join(said)}")
        clear_out(self._flow)
        parts: list[QWidget] = [PlainWords(words.name, "title", wraps=False, parent=self._host)]
        parts += [SpanWords(fact, parent=self._host) for fact in words.facts]
        parts += [Chip(text, kind, self._host) for text, kind in words.chips]
        self._put(parts)
        self._beside.say(words.beside)
        self._beside.setVisible(bool(words.beside) and not self._narrow)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window it is close set, and what stands beside it gives way."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._row.setContentsMargins(*(NARROW if narrow else WIDE))
        self._flow.set_gap(NARROW_GAP if narrow else GAP)
        self._beside.setVisible(bool(self._beside.text()) and not narrow)

    def _put(self, parts: Sequence[QWidget]) -> None:
        for part in parts:
            part.setMinimumHeight(28)
            self._flow.addWidget(part)
            part.show()
