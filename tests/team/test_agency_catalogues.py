"""The agency's own catalogues are kept whole and for good; only a coordinator changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.errors import InfusionVisitsError, Missing, Refused
from infusion_visits.records import cells
from infusion_visits.team import actions, queries
from infusion_visits.team.tables import Member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from infusion_visits.core.ids import TimedIds
    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.records import UnitFor

TEXT = 'edition = "2026-1"\n'


def joined(unit: UnitOfWork, member: UUID, role: str) -> None:
    columns = {"name": role.capitalize(), "credential": "RN", "role": role}
    cells.append(unit, Member, {"id": member}, columns, sequence=None)


@pytest.fixture
def unit(unit_for: UnitFor, member: UUID) -> Iterator[UnitOfWork]:
    with unit_for() as made:
        joined(made, member, "nurse")
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
    unit_for: UnitFor, member: UUID, ids: TimedIds
) -> None:
    chief = ids.new()
    with unit_for() as unit:
        joined(unit, member, "nurse")
        actions.load_catalogue(unit, "vitals", TEXT)
        joined(unit, chief, "coordinator")
        unit.commit()
    with unit_for() as unit:
        assert not queries.may_change_catalogues(unit)
        for act in (
            lambda: actions.load_catalogue(unit, "vitals", TEXT),
            lambda: actions.withdraw_catalogue(unit, "vitals"),
        ):
            with pytest.raises(Refused, match="coordinator"):
                act()
        assert names(unit) == [("vitals", TEXT)]
    with unit_for(chief) as unit:
        assert queries.may_change_catalogues(unit)
        actions.withdraw_catalogue(unit, "vitals")
        assert names(unit) == []
