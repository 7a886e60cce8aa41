"""Where Tab goes: through everything that can be seen, in the order in which it is read.

Asked at each Tab and kept nowhere, so that rows which come and go never leave a wrong turn.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLayout,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

_TAB = Qt.FocusPolicy.TabFocus.value


def tab_stops(widget: QWidget) -> list[QWidget]:
    """Every control below `widget` at which Tab stops now, first read first."""
    stops: list[QWidget] = []
    _gather(widget, stops)
    return stops


def step_focus(root: QWidget, *, forward: bool) -> bool:
    """Puts the keys on the next control, or the one before; round at the ends."""
    stops = tab_stops(root)
    if not stops:
        return False
    now = QApplication.focusWidget()
    if now is not None and not now.isVisible():
        _stay_near(now, stops)
        return True
    place = _place(stops, now)
    if place is None:
        place = -1 if forward else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
    return True


def _stay_near(gone: QWidget, stops: list[QWidget]) -> None:
    """What had the keys went out of sight: they go to the nearest thing around it, not far off."""
    above = gone.parentWidget()
    while above is not None:
        near = tab_stops(above)
        if near:
            near[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        above = above.parentWidget()
    stops[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _place(stops: list[QWidget], now: QWidget | None) -> int | None:
    """Where the keys are: at a stop, or in a part of one, such as the pill beside the stop."""
    if now is None:
        return None
    if now in stops:
        return stops.index(now)
    above = now.parentWidget()
    if above is None:
        return None
    beside = [place for place, one in enumerate(stops) if one.parentWidget() is above]
    return beside[0] if beside else None


def _gather(widget: QWidget, stops: list[QWidget]) -> None:
    """One list for all: a chain of generators as deep as the window made each Tab take 20 ms."""
    if not widget.isVisible():
        return
    if widget.focusPolicy().value & _TAB and widget.isEnabled():
        stops.append(widget)
    inner = _inner(widget)
    if inner is not None:
        _gather(inner, stops)
        return
    layout = widget.layout()
    if layout is not None and not isinstance(widget, QScrollArea):
        _gather_laid_out(layout, stops)


def _inner(widget: QWidget) -> QWidget | None:
    if isinstance(widget, QStackedWidget):
        return widget.currentWidget()
    if isinstance(widget, QScrollArea):
        return widget.widget()
    if isinstance(widget, QMainWindow):
        return widget.centralWidget()
    return None


def _gather_laid_out(layout: QLayout, stops: list[QWidget]) -> None:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget = item.widget()
        below = item.layout()
        if widget is not None:
            _gather(widget, stops)
        elif below is not None:
            _gather_laid_out(below, stops)
