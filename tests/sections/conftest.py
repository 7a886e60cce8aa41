"""Panels are tested in the program's own dress, put on once: each time restyles everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.widgets import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def in_dress(qapp: QApplication) -> QApplication:
    """The application in the light scheme."""
    theme.apply(qapp, "light")
    return qapp
