"""The revision command, tried on a copy of the program with one column more."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from infusion_visits.records.migrations import HEAD

ROOT = Path(__file__).parents[2]

SAME = """
from infusion_visits.app.schema import METADATA
from infusion_visits.records import migrate
from infusion_visits.records.database import memory_engine
from infusion_visits.records.freeze import trigger_statements

engine = memory_engine()
with engine.begin() as connection:
    METADATA.create_all(connection)
    for statement in trigger_statements(METADATA):
        connection.exec_driver_sql(statement)
    models = migrate.schema_of(connection)
engine = memory_engine()
with engine.begin() as connection:
    migrate.run_steps(connection)
    steps = migrate.schema_of(connection)
assert steps == migrate.schema_at_head()
assert models.keys() == steps.keys(), models.keys() ^ steps.keys()
table = steps["table", "not_done"]
assert "mood TEXT" in table, table
triggers = [key for key in models if key[0] == "trigger"]
assert all(models[key] == steps[key] for key in triggers)
"""


def _run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_new_column_becomes_the_next_step_with_every_trigger(tmp_path: Path) -> None:
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "infusion_visits", tmp_path / "infusion_visits", ignore=skip)
    shutil.copytree(ROOT / "resources", tmp_path / "resources", ignore=skip)
    tables = tmp_path / "infusion_visits" / "visits" / "tables.py"
    text = tables.read_text(encoding="utf-8")
    more = '__tablename__ = "not_done"\n    mood: str | None = text_column("more")\n'
    tables.write_text(text.replace('__tablename__ = "not_done"\n', more), encoding="utf-8")

    written = Path(_run(tmp_path, "-m", "infusion_visits.app.schema", "revision", "a mood"))

    number = f"{int(HEAD) + 1:04d}"
    assert written.name == f"{number}_a_mood.py"
    step = written.read_text(encoding="utf-8")
    assert "CREATE TRIGGER" in step
    assert "sa.TEXT()" in step
    assert "sqlmodel" not in step
    front = written.parent.parent / "__init__.py"
    assert f'HEAD = "{number}"' in front.read_text(encoding="utf-8")
    _run(tmp_path, "-c", SAME)


def test_without_words_or_option_it_says_what_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "infusion_visits.app.schema", "revision"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "what changes" in done.stderr


def test_the_unlock_screen_needs_no_database_library() -> None:
    text = (
        "import sys\n"
        "from infusion_visits.records import key_file, one_instance, whole_file\n"
        "from infusion_visits.team import passphrases\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'sqlcipher3', 'alembic', 'cryptography', 'argon2'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    _run(ROOT, "-c", text)
