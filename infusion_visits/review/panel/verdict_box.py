"""What checking the file said, above the note: the answer in one line, then what does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.icons import Sign
from infusion_visits.widgets.words import PlainWords, set_property

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.exchange.verdict import Point

_SIGNS = {"danger": "stop", "warn": "alert", "ok": "check"}


class VerdictBox(QFrame):
    """The answer with its sign; below it the points that fail or cannot be said, or all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review.verdict")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._sign = Sign("check", "ok")
        head.addWidget(self._sign)
        self.words = PlainWords("", "strong")
        head.addWidget(self.words, 1)
        column.addLayout(head)
        self._points = QVBoxLayout()
        self._points.setSpacing(2)
        column.addLayout(self._points)
        self._all: Sequence[Point] = ()
        self._whole = False

    def show_verdict(self, words: str, ink: str, points: Sequence[Point]) -> None:
        """Shows an answer; `ink` is ok, warn or danger."""
        self.words.say(words, {"ok": "ok", "warn": "warn", "danger": "danger"}[ink])
        self._sign.show_sign(_SIGNS[ink], ink)
        set_property(self, "ground", ink)
        self.setAccessibleName(words)
        self._all = points
        self._show_points()

    def toggle(self) -> None:
        """All that was checked, or only what asks for a person."""
        self._whole = not self._whole
        self._show_points()

    def _show_points(self) -> None:
        clear_out(self._points)
        for point in self._all:
            if point.holds is not True or self._whole:
                self._points.addWidget(_line(point))


def _line(point: Point) -> QWidget:
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(2, 0, 0, 0)
    across.setSpacing(8)
    sign, ink = {True: ("check", "ok"), False: ("cross", "danger"), None: ("advice", "quiet")}[
        point.holds
    ]
    across.addWidget(Sign(sign, ink, 14))
    across.addWidget(PlainWords(point.words, "small"), 1)
    return row
