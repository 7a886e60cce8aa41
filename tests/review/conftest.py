"""The review is tested in the program's own dress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.widgets import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True, scope="session")
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
