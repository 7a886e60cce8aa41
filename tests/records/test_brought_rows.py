"""A row from another laptop keeps who wrote it and when; the trail tells what came."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.patients.tables import Patient
from infusion_visits.records import cells
from infusion_visits.records.cells import Origin
from infusion_visits.records.change_log import verify_chain
from infusion_visits.records.prepared import owned_rows
from infusion_visits.visits.tables import ReceivedFile
from tests.fixtures.records import MEMBER, NOW

if TYPE_CHECKING:
    from tests.fixtures.records import UnitFor

NURSE, PATIENT = UUID(int=3), UUID(int=4)
WRITTEN, SIGNED = NOW - timedelta(days=3), NOW - timedelta(days=2)
ORIGIN = Origin(WRITTEN, NURSE, SIGNED, NURSE)


def row(unit_for: UnitFor) -> dict[str, Any]:
    """The patient as it lies in the record."""
    with unit_for(write=False) as unit:
        (found,) = owned_rows(unit, Patient, ("id", PATIENT), ("id",))
    return found


def bring(unit_for: UnitFor, origin: Origin = ORIGIN, **columns: Any) -> bool:
    """One row brought and committed."""
    with unit_for() as unit:
        written = cells.bring(unit, Patient, {"id": PATIENT}, columns, origin)
        unit.commit()
    return written


def test_it_keeps_its_author_and_times(unit_for: UnitFor) -> None:
    assert bring(unit_for, family="Okafor")
    found = row(unit_for)
    assert (found["created_at"], found["created_by"]) == (WRITTEN, NURSE)
    assert (found["updated_at"], found["updated_by"], found["revision"]) == (SIGNED, NURSE, 1)


def test_the_same_again_writes_nothing_and_something_newer_its_own_time(
    unit_for: UnitFor,
) -> None:
    bring(unit_for, family="Okafor")
    assert not bring(unit_for, family="Okafor")
    later = Origin(WRITTEN, NURSE, NOW, NURSE)
    assert bring(unit_for, later, family="Achebe", struck_at=NOW, struck_by=NURSE)
    found = row(unit_for)
    assert (found["family"], found["struck_at"], found["revision"]) == ("Achebe", NOW, 2)
    assert (found["created_at"], found["updated_at"]) == (WRITTEN, NOW)


def test_the_trail_says_who_brought_it(unit_for: UnitFor) -> None:
    bring(unit_for, family="Okafor")
    with unit_for() as unit:
        ((member, kind),) = unit.run("SELECT member, kind FROM audit_event")
        assert verify_chain(unit).whole
    assert (UUID(bytes=member), kind) == (MEMBER, "added")


def test_what_lasts_is_never_changed_by_a_row_from_elsewhere(unit_for: UnitFor) -> None:
    columns = {
        "sha256": "0" * 64,
        "file_name": "a.pdf",
        "file": b"",
        "verdict": "{}",
        "received_at": NOW,
    }
    with unit_for() as unit:
        cells.bring(unit, ReceivedFile, {"id": PATIENT}, columns, ORIGIN)
        with pytest.raises(TypeError):
            cells.bring(unit, ReceivedFile, {"id": PATIENT}, {"file_name": "b.pdf"}, ORIGIN)
