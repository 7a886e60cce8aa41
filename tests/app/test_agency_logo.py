"""The agency's logo at the window: chosen by a coordinator, made small, printed from then on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage

from infusion_visits.app.agency_logo import AgencyLogo, small_png
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.errors import BadFile, Refused
from infusion_visits.core.logo import LARGEST_BYTES, TALLEST, WIDEST, logo_of, read_png
from infusion_visits.team import actions as team
from infusion_visits.team.queries import LOGO, members, setting
from infusion_visits.widgets import theme
from tests.fixtures.records import NOW, OTHER_PASSPHRASE
from tests.journeys.office_window import Reviewer, at_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytest_plugins = ["tests.fixtures.kept_visit", "tests.fixtures.office_and_nurse"]


@pytest.fixture
def office(
    enrolled_template: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Reviewer]:
    theme.apply(qapp, "light")
    home = shutil.copytree(enrolled_template / "office", tmp_path / "office")
    clock = SteppingClock(NOW)
    clock.forward(minutes=14 * 60)
    with at_window(home, clock, qtbot, OTHER_PASSPHRASE) as person:
        yield person


def picture(folder: Path, width: int, height: int) -> str:
    """A picture file whose points are all different, half of it see-through."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    for x in range(width):
        for y in range(height):
            noise = (x * 7919 + y * 104729) % 0xFFFFFF
            image.setPixelColor(
                x, y, QColor(noise >> 16, noise >> 8 & 255, noise & 255, 255 * (x % 2))
            )
    path = str(folder / "logo.png")
    assert image.save(path)
    return path


def test_any_picture_is_made_one_that_the_note_carries(qapp: QApplication, tmp_path: Path) -> None:
    for width, height in ((900, 300), (20, 300), (1, 1)):
        png = small_png(picture(tmp_path, width, height))
        assert len(png) <= LARGEST_BYTES
        found = read_png(png)
        assert found.width <= WIDEST
        assert found.height <= TALLEST


def test_what_is_no_picture_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(b"words")
    with pytest.raises(BadFile):
        small_png(str(file))


def test_a_coordinator_chooses_and_takes_it_away(office: Reviewer, tmp_path: Path) -> None:
    office.go("settings")
    logo = office.inside.screen_of("settings").findChild(AgencyLogo)
    assert isinstance(logo, AgencyLogo)
    office.until(logo._choose.isVisible, "the act")
    assert not logo._away.isVisible()
    logo.choose(picture(tmp_path, 60, 20))
    office.until(lambda: bool(office.inside.house.settings.get(LOGO)), "kept")
    office.settle()
    with office.inside.house.unit() as unit:
        kept = logo_of(setting(unit, LOGO, ""))
        assert kept is not None
        assert (kept.width, kept.height) == (60, 20)
        with pytest.raises(BadFile):
            team.choose_logo(unit, b"no picture")
    assert not logo._picture.pixmap().isNull()
    logo._away.click()
    office.until(lambda: not office.inside.house.settings.get(LOGO), "taken away")
    assert logo._picture.pixmap().isNull()


def test_a_nurse_where_there_is_a_coordinator_does_not(office: Reviewer) -> None:
    with office.inside.house.unit() as unit:
        nurse = next(one.id for one in members(unit) if one.id != office.inside.house.member.id)
        unit.member = nurse
        with pytest.raises(Refused):
            team.choose_logo(unit, b"")
