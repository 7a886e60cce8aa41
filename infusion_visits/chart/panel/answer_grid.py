"""Labels at the left, words that wrap at the right; what was checked carries its sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from infusion_visits.widgets.icons import Sign
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.chart.chart_line import ChartLine

LABEL_WIDTH = 76
WORD_JOINER = "\u2060"
_TOP = Qt.AlignmentFlag.AlignTop
_SIGNS = {"ok": "check", "warn": "alert", "danger": "alert"}


def answer_grid(lines: Sequence[ChartLine], labels: int = LABEL_WIDTH) -> QWidget:
    """The lines as a grid; a label is said once for those that follow with the same."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.setColumnMinimumWidth(0, labels)
    grid.setColumnStretch(1, 1)
    former = ""
    for at, line in enumerate(lines):
        label = PlainWords(line.label if line.label != former else "", "small", wraps=False)
        label.setContentsMargins(0, 2, 0, 0)
        grid.addWidget(label, at, 0, _TOP)
        words = PlainWords(_unbroken(line.words), line.voice)
        words.setAccessibleName(f"{line.label}: {line.words}")
        if line.voice in _SIGNS:
            across = QHBoxLayout()
            across.setSpacing(6)
            across.addWidget(Sign(_SIGNS[line.voice], line.voice, 16), 0, _TOP)
            across.addWidget(words, 1)
            grid.addLayout(across, at, 1)
        else:
            grid.addWidget(words, at, 1)
        former = line.label
    return holder


def _unbroken(words: str) -> str:
    """No line ends within `mL/h`: a rate torn from its unit can be misread."""
    return re.sub(r"(?<=\w)/(?=\w)", f"/{WORD_JOINER}", words)
