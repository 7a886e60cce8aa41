"""Notes of the demo agency for the review, opened once: light dress, one reading of each note."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from infusion_visits.app.demo import make
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.visits.queries import is_signed, list_visits
from infusion_visits.visits.signing import load_note
from infusion_visits.widgets import theme
from tests.fixtures.demo import DEMO_MORNING, DEMO_ZONE

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from infusion_visits.visits.signed_note import SignedNote


@pytest.fixture(autouse=True, scope="session")
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture(scope="session")
def demo_notes(
    demo_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[SignedNote, ...]:
    """Every signed note of the demo agency."""
    home = shutil.copytree(demo_template, tmp_path_factory.mktemp("notes") / "record")
    clock = SteppingClock(DEMO_MORNING)
    unlocked = make.unlock_demo(home, clock)
    with unlocked.unit(clock, seeded_ids(clock, 1), DEMO_ZONE, write=False) as unit:
        notes = tuple(
            load_note(unit, line.id) for line in list_visits(unit) if is_signed(unit, line.id)
        )
    unlocked.close()
    return notes
