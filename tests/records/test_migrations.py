"""A record of the first version comes whole to every later one, or stays what it was."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

import infusion_visits.app.schema
from infusion_visits.app.schema import METADATA
from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.records import migrate, record_folder
from infusion_visits.records.database import connect, memory_engine, open_engine
from infusion_visits.records.freeze import trigger_statements
from infusion_visits.records.migrate import SCHEMA_FILE, Steps
from infusion_visits.records.migrations import HEAD
from infusion_visits.vault.keys import FLOOR
from tests.fixtures.records import KEY
from tests.records.generic_rows import World

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from infusion_visits.core.ids import TimedIds

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
PASSPHRASE = "copper lantern walks home"
RELEASED_FIRST = "2d08c6e801e8aabce183348dbf40082d57ec6d3b5f0fd5ee743ae6b2074946c7"

STEP = '''
"""A step as a later version would have it: a column more, and a parent table made anew."""
import os, signal
import sqlalchemy as sa
from alembic import op
from infusion_visits.records.migrations.steps import drop_triggers, run_each

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None
SCHEMA_TRIGGERS = {triggers!r}

def upgrade() -> None:
    drop_triggers(op.get_bind())
    with op.batch_alter_table("vital_signs") as table:
        table.add_column(sa.Column("mood", sa.TEXT()))
    {middle}
    with op.batch_alter_table("visit", recreate="always") as table:
        table.add_column(sa.Column("mileage", sa.TEXT()))
    run_each(op.get_bind(), SCHEMA_TRIGGERS)
'''
KILL = "os.kill(os.getpid(), signal.SIGKILL)"
ORPHAN = 'op.get_bind().exec_driver_sql("DELETE FROM patient")'

CHILD = """
import sys
from pathlib import Path
from infusion_visits.records import migrate
from infusion_visits.records.database import open_engine
engine = open_engine(Path(sys.argv[1]), bytes(range(32)))
migrate.migrate(engine, migrate.Steps(Path(sys.argv[2]), sys.argv[3]))
"""


def _steps(folder: Path, middle: str = "pass") -> Steps:
    """The program's own migrations and one more."""
    shutil.copytree(SCHEMA_FILE.parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    revision = f"{int(HEAD) + 1:04d}"
    text = STEP.format(
        revision=revision, before=HEAD, triggers=trigger_statements(METADATA), middle=middle
    )
    (folder / "versions" / f"{revision}_more.py").write_text(text)
    return Steps(folder, revision)


def _first(path: Path) -> Engine:
    """A record of the newest version with a row in every table and one visit signed."""
    engine = open_engine(path, KEY)
    migrate.migrate(engine)
    engine.dispose()
    connection = connect(path, KEY)
    World(connection).fill()
    connection.close()
    return open_engine(path, KEY)


def _everything(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            name: sorted(
                tuple(row._mapping[column.name] for column in table.columns)
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
            )
            for name, table in METADATA.tables.items()
        }


def _shape(connection: Connection) -> dict[str, Any]:
    """Tables without the order of their columns: a later version adds its columns at the end."""
    found: dict[str, Any] = {}
    for (kind, name), sql in migrate.schema_of(connection).items():
        if kind != "table":
            found[name] = sql
            continue
        columns = connection.exec_driver_sql(f'PRAGMA table_info("{name}")').fetchall()
        keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{name}")').fetchall()
        found[name] = (
            {tuple(column)[1:] for column in columns},
            {tuple(key)[2:] for key in keys},
        )
    return found


def test_models_migrations_and_schema_file_say_the_same() -> None:
    assert infusion_visits.app.schema.__doc__
    engine = memory_engine()
    with engine.begin() as connection:
        METADATA.create_all(connection)
        for statement in trigger_statements(METADATA):
            connection.exec_driver_sql(statement)
        by_models = _shape(connection)
    engine.dispose()
    engine = memory_engine()
    with engine.begin() as connection:
        migrate.run_steps(connection)
        by_migrations = migrate.schema_of(connection)
        shape = _shape(connection)
    engine.dispose()
    by_file = migrate.schema_at_head()
    hint = 'run: python -m infusion_visits.app.schema revision "what changed"'
    assert by_models == shape, hint
    assert by_file == by_migrations, hint
    assert {kind for kind, _ in by_file} == {"table", "index", "trigger"}


def test_a_new_record_is_what_all_steps_come_to(tmp_path: Path) -> None:
    found = []
    for name, make in (("new", migrate.make_new), ("migrated", migrate.migrate)):
        engine = open_engine(tmp_path / f"{name}.db", KEY)
        make(engine)
        with engine.connect() as connection:
            version = connection.exec_driver_sql("SELECT * FROM alembic_version").all()
            table = "SELECT sql FROM sqlite_schema WHERE name = 'alembic_version'"
            made_as = " ".join(connection.exec_driver_sql(table).scalar_one().split())
            columns = made_as.replace("( ", "(").replace(" )", ")")
            found.append((migrate.schema_of(connection), version, columns))
        assert migrate.fits(engine)
        engine.dispose()
    assert found[0] == found[1]


def test_a_new_record_needs_no_migration_tool(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from infusion_visits.records import migrate
from infusion_visits.records.database import open_engine
migrate.make_new(open_engine(Path(sys.argv[1]), bytes(32)))
sys.exit("alembic" in sys.modules)
"""
    command = [sys.executable, "-c", code, str(tmp_path / "new.db")]
    assert subprocess.run(command, check=False).returncode == 0


def test_no_key_cascades_and_head_is_the_newest_step() -> None:
    assert "CASCADE" not in SCHEMA_FILE.read_text(encoding="utf-8").upper()
    steps = sorted((SCHEMA_FILE.parent / "versions").glob("0*.py"))
    assert steps[-1].name.startswith(f"{HEAD}_")
    assert [int(step.name[:4]) for step in steps] == list(range(1, len(steps) + 1))


def test_a_start_at_head_imports_no_migration_tool(record_template: Path) -> None:
    text = (
        "import sys; from pathlib import Path\n"
        "from infusion_visits.records import record_folder, migrate\n"
        "from infusion_visits.records.database import open_engine\n"
        "assert migrate.fits(open_engine(Path(sys.argv[1]), bytes(range(32))))\n"
        "assert not [name for name in sys.modules if name.startswith('alembic')]\n"
    )
    done = subprocess.run([sys.executable, "-c", text, str(record_template)], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_a_record_with_data_comes_whole_to_the_next_version(tmp_path: Path) -> None:
    engine = _first(tmp_path / "record.db")
    before = _everything(engine)
    assert all(before.values())
    steps = _steps(tmp_path / "steps")
    assert not migrate.fits(engine, steps)
    migrate.migrate(engine, steps)
    assert migrate.fits(engine, steps)
    assert _everything(engine) == before
    with engine.connect() as connection:
        found = migrate.schema_of(connection)
        assert {key for key in found if key[0] == "trigger"} == {
            key for key in migrate.schema_at_head() if key[0] == "trigger"
        }
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
    engine.dispose()
    connection = connect(tmp_path / "record.db", KEY)
    with pytest.raises(sqlcipher.IntegrityError, match="frozen: visit"):
        connection.execute(
            "UPDATE visit SET mileage = '5' WHERE id IN (SELECT visit_id FROM visit_snapshot)"
        )
    connection.close()


def test_a_step_that_would_leave_orphans_leaves_the_record_as_it_was(tmp_path: Path) -> None:
    engine = _first(tmp_path / "record.db")
    before = _everything(engine)
    with pytest.raises(DeviceTrouble) as trouble:
        migrate.migrate(engine, _steps(tmp_path / "steps", ORPHAN))
    assert trouble.value.code == "migration"
    assert migrate.version_of(engine) == HEAD
    assert _everything(engine) == before
    engine.dispose()


def test_killed_in_the_middle_the_record_is_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    engine = _first(path)
    before = _everything(engine)
    engine.dispose()
    steps = _steps(tmp_path / "steps", KILL)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(steps.folder), steps.head],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    engine = open_engine(path, KEY)
    assert migrate.version_of(engine) == HEAD
    assert _everything(engine) == before
    with engine.connect() as connection:
        assert migrate.schema_of(connection) == migrate.schema_at_head()
    engine.dispose()


def test_unlocking_an_older_record_copies_it_first(tmp_path: Path, ids: TimedIds) -> None:
    folder = tmp_path / "record"
    made = record_folder.create(folder, ids.new(), ids.new())
    made.give_key(ids.new(), made.member, "Ines", PASSPHRASE, NOW, FLOOR)
    made.close()
    steps = _steps(tmp_path / "steps")
    opened = record_folder.unlock(folder, made.member, PASSPHRASE, NOW, steps)
    assert opened.migrated_from == HEAD
    opened.close()
    (copy,) = (folder / "backups").iterdir()
    old = record_folder.unlock(copy, made.member, PASSPHRASE, NOW)
    assert old.migrated_from is None
    old.close()
    with pytest.raises(DeviceTrouble) as newer:
        record_folder.unlock(folder, made.member, PASSPHRASE, NOW)
    assert newer.value.code == "newer"


def test_the_first_migration_stays_what_was_released() -> None:
    written = (SCHEMA_FILE.parent / "versions" / "0001_first.py").read_bytes()
    assert hashlib.sha256(written).hexdigest() == RELEASED_FIRST, "records in use came from it"
