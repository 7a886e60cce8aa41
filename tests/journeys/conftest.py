"""A chart with one person, weighed and asked about allergies: made once, then copied."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.patients import actions as patients
from infusion_visits.records import key_file
from infusion_visits.team import actions as team
from tests.fixtures.records import NOW, PASSPHRASE, ZONE
from tests.fixtures.whole_visit import PERSON

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    ("weight", {"weight_kg": "82", "day": "2026-11-18"}),
    ("contact", {"name": "Ada Okafor", "telephone": "555-0199", "emergency": "y"}),
)


@pytest.fixture(scope="session")
def chart_template(agency_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of an agency with one person in it, closed."""
    home = tmp_path_factory.mktemp("chart") / "record"
    shutil.copytree(agency_template, home)
    clock = SteppingClock(NOW)
    ids = seeded_ids(clock, 5)
    nurse = key_file.load(home).slots_as("nurse")[0].member
    unlocked = team.unlock(home, nurse, PASSPHRASE, clock, ids, ZONE)
    with unlocked.unit(clock, ids, ZONE) as unit:
        patient = patients.create(unit, PERSON)
        assert isinstance(patient, UUID), patient
        for group, texts in ROWS:
            made = patients.append(unit, patient, Row(group), texts)
            assert isinstance(made, tuple), made
        unit.commit()
    unlocked.close()
    return home
