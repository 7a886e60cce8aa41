"""Taking widgets out of a layout.

By `removeWidget`, never by `takeAt`: an item taken by Python is not deleted, stays registered with
its widget, and the next item of that widget then keeps a size that never changes again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QWidget


def placed_in(layout: QLayout) -> list[QWidget]:
    """The widgets that the layout places itself, in its order."""
    items = (layout.itemAt(at) for at in range(layout.count()))
    widgets = (item.widget() for item in items if item is not None)
    return [widget for widget in widgets if widget is not None]


def take_out(layout: QLayout) -> None:
    """Takes the widgets out; they live on where they are."""
    for widget in placed_in(layout):
        layout.removeWidget(widget)


def clear_out(layout: QLayout) -> None:
    """Takes the widgets out and ends them."""
    for widget in placed_in(layout):
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
