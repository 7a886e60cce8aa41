"""The agency's own catalogues are kept whole and for good; only a coordinator changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.errors import InfusionVisitsError, Missing, Refused
from infusion_visits.team import actions, queries
from infusion_visits.team.actions import NewMember
from infusion_visits.vault.keys import FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.actions import Unlocked

PASSPHRASE = "copper lantern walks home"
OTHER = "slow river blue kite"
ZONE = "America/Chicago"
TEXT = 'edition = "2026-1"\n'


@pytest.fixture
def opened(tmp_path: Path, clock: SteppingClock, ids: TimedIds) -> Iterator[Unlocked]:
    made = actions.set_up(
        tmp_path / "record",
        "Willow Street Home Infusion",
        NewMember("Ines Halvorsen", "RN", "nurse"),
        PASSPHRASE,
        clock,
        ids,
        ZONE,
        stretch=FLOOR,
    )
    yield made
    made.close()


@pytest.fixture
def unit(opened: Unlocked, clock: SteppingClock, ids: TimedIds) -> Iterator[UnitOfWork]:
    with opened.unit(clock, ids, ZONE) as made:
        yield made


def names(unit: UnitOfWork) -> list[tuple[str, str]]:
    return [(one.name, one.text) for one in queries.loaded_catalogues(unit)]


def test_the_newest_of_each_name_counts(unit: UnitOfWork) -> None:
    assert names(unit) == []
    actions.load_catalogue(unit, "vitals", "one")
    actions.load_catalogue(unit, "devices", "two")
    actions.load_catalogue(unit, "vitals", "three")
    assert names(unit) == [("devices", "two"), ("vitals", "three")]


def test_a_withdrawn_one_no_longer_counts_and_may_be_loaded_again(unit: UnitOfWork) -> None:
    actions.load_catalogue(unit, "vitals", TEXT)
    actions.withdraw_catalogue(unit, "vitals")
    assert names(unit) == []
    with pytest.raises(Missing):
        actions.withdraw_catalogue(unit, "vitals")
    actions.load_catalogue(unit, "vitals", TEXT)
    assert names(unit) == [("vitals", TEXT)]


def test_who_loaded_it_and_when_and_its_digest_stay(unit: UnitOfWork) -> None:
    actions.load_catalogue(unit, "vitals", TEXT)
    (kept,) = queries.loaded_catalogues(unit)
    assert kept.by == unit.member
    assert kept.loaded_at == unit.now
    assert kept.digest == actions.digest_of_text(TEXT)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE catalogue_override SET text = 'other'", "DELETE FROM catalogue_override"],
)
def test_nothing_is_changed_or_removed_afterwards(unit: UnitOfWork, statement: str) -> None:
    actions.load_catalogue(unit, "vitals", TEXT)
    with pytest.raises(InfusionVisitsError):
        unit.run(statement)
    assert names(unit) == [("vitals", TEXT)]


def test_without_a_coordinator_anybody_may(unit: UnitOfWork) -> None:
    assert queries.may_change_catalogues(unit)


def test_with_a_coordinator_only_that_one_may(
    opened: Unlocked, clock: SteppingClock, ids: TimedIds
) -> None:
    with opened.unit(clock, ids, ZONE) as unit:
        actions.load_catalogue(unit, "vitals", TEXT)
        unit.commit()
    chief = NewMember("Cora Lindqvist", "RN", "coordinator")
    who = actions.add_member(opened, chief, OTHER, clock, ids, ZONE, stretch=FLOOR)
    with opened.unit(clock, ids, ZONE) as unit:
        assert not queries.may_change_catalogues(unit)
        for act in (
            lambda: actions.load_catalogue(unit, "vitals", TEXT),
            lambda: actions.withdraw_catalogue(unit, "vitals"),
        ):
            with pytest.raises(Refused, match="coordinator"):
                act()
        assert names(unit) == [("vitals", TEXT)]
    folder = opened.record.folder
    opened.close()
    hers = actions.unlock(folder, who.id, OTHER, clock, ids, ZONE)
    with hers.unit(clock, ids, ZONE) as unit:
        assert queries.may_change_catalogues(unit)
        actions.withdraw_catalogue(unit, "vitals")
        assert names(unit) == []
    hers.close()
