"""Pictures of screens: made without a display, of the window's size, and with something on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from infusion_visits.app import shots
from infusion_visits.app.window import FIRST_SIZE
from infusion_visits.widgets import theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

FIRST_DAY = [
    "dark-01-first-start.png",
    "dark-02-set-up.png",
    "dark-03-today-empty.png",
    "dark-04-patients-empty.png",
    "dark-05-new-patient.png",
    "dark-06-review-empty.png",
]
FEWEST_INKS = 40
"""Words in several voices have at least so many shades; an empty ground has one."""


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Scheme.DARK)
    yield
    theme.apply(qapp, theme.Scheme.LIGHT)


@pytest.mark.usefixtures("dark")
def test_the_first_day_is_pictured(tmp_path: Path) -> None:
    to = tmp_path / "pictures"
    to.mkdir()

    assert shots.first_day(tmp_path / "record", to, theme.Scheme.DARK) == len(FIRST_DAY)

    assert sorted(file.name for file in to.iterdir()) == FIRST_DAY
    seen = set()
    for name in FIRST_DAY:
        picture = QImage(str(to / name))
        assert (picture.width(), picture.height()) == FIRST_SIZE
        assert len(_inks(picture)) >= FEWEST_INKS, name
        assert picture.pixelColor(2, 2).lightness() < 60, f"{name} is not dark"
        seen.add(bytes(picture.constBits()))
    assert len(seen) == len(FIRST_DAY), "two pictures are the same"


def _inks(picture: QImage) -> set[int]:
    return {
        picture.pixel(x, y)
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
