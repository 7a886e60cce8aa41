"""A prepared SELECT says the same as the same one put together anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import bindparam, select

from infusion_visits.core.kinds import StrikeReason
from infusion_visits.records import cells
from infusion_visits.records.prepared import Prepared
from infusion_visits.records.rows import table_of
from infusion_visits.team.tables import Member

if TYPE_CHECKING:
    from uuid import UUID

    from tests.fixtures.records import UnitFor

MEMBER = table_of(Member)
ONE = Prepared(select(MEMBER).where(MEMBER.c.id == bindparam("id")))


@pytest.fixture
def people(unit_for: UnitFor) -> list[UUID]:
    """Three members: one who has left, one struck out."""
    with unit_for() as unit:
        made = [unit.ids.new() for _ in range(3)]
        for number, key in enumerate(made):
            columns = {"name": f"Ines {number}", "credential": "RN", "role": "nurse"}
            cells.put(unit, Member, {"id": key}, columns)
        cells.put(unit, Member, {"id": made[1]}, {"left_at": unit.now + timedelta(days=1)})
        cells.strike(unit, Member, {"id": made[2]}, StrikeReason.DUPLICATE)
        unit.commit()
    return made


def test_values_come_back_as_what_they_are(unit_for: UnitFor, people: list[UUID]) -> None:
    with unit_for(write=False) as unit:
        for key in people:
            row = ONE.one(unit, id=key)
            assert row == unit.one(select(MEMBER).where(MEMBER.c.id == key))
            assert row is not None
            assert (row["id"], row["created_by"]) == (key, unit.member)


def test_a_fixed_value_stays_and_labels_name_columns(unit_for: UnitFor, people: list[UUID]) -> None:
    standing = Prepared(
        select(MEMBER.c.name.label("who"))
        .where(MEMBER.c.role == "nurse", MEMBER.c.created_by == bindparam("by"))
        .where(MEMBER.c.struck_at.is_(None))
        .order_by(MEMBER.c.name)
    )
    with unit_for(write=False) as unit:
        assert standing.rows(unit, by=unit.member) == [{"who": "Ines 0"}, {"who": "Ines 1"}]
        assert standing.rows(unit, by=people[0]) == []
        assert standing.one(unit, by=people[0]) is None


def test_a_value_that_was_not_given_is_a_mistake(unit_for: UnitFor) -> None:
    with unit_for(write=False) as unit, pytest.raises(KeyError):
        ONE.one(unit)
