"""Every frozen table, attacked in every way that SQL knows, with and without the pragma."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table
from sqlcipher3 import dbapi2 as sqlcipher
from sqlmodel import SQLModel

import infusion_visits.app.schema
from infusion_visits.records.database import connect
from infusion_visits.records.freeze import models, owner_column, rule_of
from infusion_visits.records.rows import (
    APPEND_ONLY,
    VISIT,
    FrozenWith,
    UuidBytes,
    table_of,
)
from tests.fixtures.records import KEY
from tests.records.generic_rows import DRAFT, SIGNED, World, sorted_models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

assert infusion_visits.app.schema.METADATA is SQLModel.metadata
MODELS = models()
FROZEN = [name for name, model in MODELS.items() if rule_of(model) == VISIT]
LASTING = [name for name, model in MODELS.items() if rule_of(model) == APPEND_ONLY]
LIVING = [name for name, model in MODELS.items() if rule_of(model).what == "nothing"]


@pytest.fixture(scope="module")
def world_file(record_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "record.db"
    shutil.copyfile(record_template, path)
    connection = connect(path, KEY)
    World(connection).fill()
    connection.close()
    return path


@pytest.fixture(scope="module")
def filled(world_file: Path) -> Iterator[World]:
    connection = connect(world_file, KEY)
    world = World(connection, number=100_000)
    for table, _ in sorted_models():
        cursor = connection.execute(f'SELECT * FROM "{table.name}"')
        names = [part[0] for part in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            owner = owner_column(table)
            world.rows[table.name, row[owner] if owner else SIGNED] = row
    yield world
    connection.close()


@pytest.fixture(params=[True, False], ids=["recursive triggers", "foreign tool"])
def world(filled: World, request: pytest.FixtureRequest) -> Iterator[World]:
    """The filled record inside a transaction that is rolled back; also as another program sees it.

    Foreign keys are off, so that a refusal is the freeze's own.
    """
    on = "ON" if request.param else "OFF"
    filled.connection.execute(f"PRAGMA recursive_triggers = {on}")
    filled.connection.execute("PRAGMA foreign_keys = OFF")
    filled.connection.execute("BEGIN")
    yield filled
    filled.connection.execute("ROLLBACK")


def _any_column(table: Table) -> str:
    keys = {column.name for column in table.primary_key.columns} | {owner_column(table)}
    rest = [column.name for column in table.columns if column.name not in keys]
    return rest[0] if rest else next(iter(table.primary_key.columns)).name


def _key_is(table: Table, row: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    names = [column.name for column in table.primary_key.columns]
    return " AND ".join(f'"{name}" = ?' for name in names), tuple(row[name] for name in names)


def _update(world: World, table: Table, how: str = "UPDATE") -> None:
    column = _any_column(table)
    where, key = _key_is(table, world.rows[table.name, SIGNED])
    world.connection.execute(f'{how} "{table.name}" SET "{column}" = "{column}" WHERE {where}', key)


def _update_or_replace(world: World, table: Table) -> None:
    _update(world, table, "UPDATE OR REPLACE")


def _delete(world: World, table: Table) -> None:
    where, key = _key_is(table, world.rows[table.name, SIGNED])
    world.connection.execute(f'DELETE FROM "{table.name}" WHERE {where}', key)


def _insert_or_replace(world: World, table: Table) -> None:
    world.insert(table, world.rows[table.name, SIGNED], "INSERT OR REPLACE")


def _replace_into(world: World, table: Table) -> None:
    world.insert(table, world.rows[table.name, SIGNED], "REPLACE")


def _insert_or_ignore(world: World, table: Table) -> None:
    world.insert(table, world.rows[table.name, SIGNED], "INSERT OR IGNORE")


def _upsert(world: World, table: Table) -> None:
    row, column = world.rows[table.name, SIGNED], _any_column(table)
    names = ", ".join(f'"{name}"' for name in row)
    key = ", ".join(f'"{part.name}"' for part in table.primary_key.columns)
    world.connection.execute(
        f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(row))}) '
        f'ON CONFLICT ({key}) DO UPDATE SET "{column}" = "{column}"',
        tuple(row.values()),
    )


def _new_child(world: World, table: Table) -> None:
    world.insert(table, world.new_key(table, world.rows[table.name, SIGNED]))


def _moved(world: World, table: Table, source: bytes, target: bytes, how: str = "UPDATE") -> None:
    owner = owner_column(table)
    where, key = _key_is(table, world.rows[table.name, source])
    world.connection.execute(
        f'{how} "{table.name}" SET "{owner}" = ? WHERE {where}', (target, *key)
    )


def _moved_in(world: World, table: Table) -> None:
    _moved(world, table, DRAFT, SIGNED)


def _moved_in_by_replace(world: World, table: Table) -> None:
    _moved(world, table, DRAFT, SIGNED, "UPDATE OR REPLACE")


def _moved_out(world: World, table: Table) -> None:
    _moved(world, table, SIGNED, DRAFT)


def _moved_out_by_replace(world: World, table: Table) -> None:
    _moved(world, table, SIGNED, DRAFT, "UPDATE OR REPLACE")


def _taken_by_own_key(world: World, table: Table) -> None:
    """The key of the signed row, where it is its own, taken over by a row of the draft."""
    owner = owner_column(table)
    row = {**world.rows[table.name, SIGNED], str(owner): DRAFT}
    if owner in {column.name for column in table.primary_key.columns}:
        row = world.rows[table.name, SIGNED]
    world.insert(table, row, "INSERT OR REPLACE")


def _rowid(world: World, table: Table) -> int:
    where, key = _key_is(table, world.rows[table.name, SIGNED])
    found = world.connection.execute(f'SELECT rowid FROM "{table.name}" WHERE {where}', key)
    return int(found.fetchone()[0])


def _taken_by_rowid(world: World, table: Table) -> None:
    rowid = _rowid(world, table)
    owner = owner_column(table)
    fresh = world.new_key(table, world.rows[table.name, SIGNED])
    if owner:
        fresh[owner] = world.value(UuidBytes())
    world.insert(table, {**fresh, "rowid": rowid}, "INSERT OR REPLACE")


def _draft_takes_rowid(world: World, table: Table) -> None:
    where, key = _key_is(table, world.rows[table.name, DRAFT])
    world.connection.execute(
        f'UPDATE OR REPLACE "{table.name}" SET rowid = ? WHERE {where}',
        (_rowid(world, table), *key),
    )


COMMON: list[Callable[[World, Table], None]] = [
    _update,
    _update_or_replace,
    _delete,
    _insert_or_replace,
    _replace_into,
    _insert_or_ignore,
    _upsert,
    _taken_by_rowid,
]
OF_A_VISIT: list[Callable[[World, Table], None]] = [
    *COMMON,
    _new_child,
    _moved_in,
    _moved_in_by_replace,
    _moved_out,
    _moved_out_by_replace,
    _taken_by_own_key,
    _draft_takes_rowid,
]


@pytest.mark.parametrize("name", FROZEN)
def test_a_signed_visit_refuses_every_attack(world: World, name: str) -> None:
    table = table_of(MODELS[name])
    for attack in OF_A_VISIT:
        with pytest.raises(sqlcipher.IntegrityError, match=f"^frozen: {name}$"):
            attack(world, table)


@pytest.mark.parametrize("name", FROZEN)
def test_the_same_acts_on_a_draft_are_allowed(filled: World, name: str) -> None:
    """The attacks are real: without the snapshot they succeed."""
    table = table_of(MODELS[name])
    filled.connection.execute("PRAGMA foreign_keys = OFF")
    for attack in OF_A_VISIT:
        filled.connection.execute("BEGIN")
        filled.connection.execute('DROP TRIGGER "freeze_visit_snapshot_delete"')
        filled.connection.execute("DELETE FROM visit_snapshot")
        try:
            attack(filled, table)
        except sqlcipher.IntegrityError as error:
            assert "UNIQUE" in str(error)  # noqa: PT017 - a plain INSERT on a taken key
        finally:
            filled.connection.execute("ROLLBACK")


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_refuses_every_change(world: World, name: str) -> None:
    table = table_of(MODELS[name])
    for attack in COMMON:
        with pytest.raises(sqlcipher.IntegrityError, match=f"^lasting: {name}$"):
            attack(world, table)


@pytest.mark.parametrize("name", [name for name in LASTING if name != "visit_snapshot"])
def test_what_lasts_may_still_be_added_to_a_signed_visit(world: World, name: str) -> None:
    table = table_of(MODELS[name])
    world.insert(table, world.new_key(table, world.rows[name, SIGNED]))


@pytest.mark.parametrize("name", LIVING)
def test_what_lives_on_may_still_change(world: World, name: str) -> None:
    table = table_of(MODELS[name])
    _update(world, table)
    _insert_or_replace(world, table)


def test_the_rooms_choose_as_the_plan_says() -> None:
    assert {"visit", "not_done", "override", "vital_signs"} <= set(FROZEN)
    assert {"visit_snapshot", "signature", "addendum", "review", "audit_event"} <= set(LASTING)
    assert {"patient", "contact", "therapy_order", "task", "member"} <= set(LIVING)


def test_every_table_of_the_house_is_walked() -> None:
    assert set(MODELS) == set(SQLModel.metadata.tables)
    assert set(FROZEN) | set(LASTING) | set(LIVING) == set(MODELS)


@dataclass
class Apart:
    """What is asked of a model, without making one more of them."""

    __table__: Table
    frozen_with: FrozenWith | None


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (None, "does not say"),
        (FrozenWith("nothing"), "no reason"),
        (FrozenWith("perhaps"), "not known"),
        (VISIT, "no visit_id"),
    ],
)
def test_a_table_has_to_choose(rule: FrozenWith | None, why: str) -> None:
    model: Any = Apart(Table("apart", MetaData(), Column("id", Integer, primary_key=True)), rule)
    with pytest.raises(TypeError, match=why):
        rule_of(model)
