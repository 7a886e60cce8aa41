"""The first window stands before anything of the record's machinery is loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from infusion_visits.records import key_file

ROOT = Path(__file__).parents[2]
LATER = (
    "alembic",
    "argon2",
    "cattrs",
    "cryptography",
    "pydantic",
    "pypdfium2",
    "reportlab",
    "sqlalchemy",
    "sqlcipher3",
    "sqlmodel",
    "infusion_visits.app.inside",
    "infusion_visits.chart",
    "infusion_visits.exchange",
    "infusion_visits.notes",
    "infusion_visits.patients",
    "infusion_visits.sections",
    "infusion_visits.visits",
)

FIRST_WINDOW = """
import faulthandler, json, sys
# A window that never stands fails with the place where it waits.
faulthandler.dump_traceback_later(60, exit=True)
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from infusion_visits.app.window import Window
from infusion_visits.widgets import theme
application = QApplication([])
theme.apply(application, theme.Scheme.SYSTEM)
home = Path(sys.argv[1])
window = Window(home, home.parent / "demo")
window.show()
application.processEvents()
assert window.grab().width() > 1000
names = ("unlock.set_up", "unlock.passphrase")
seen = [name for name in names if window.findChild(QWidget, name).isVisible()]
print(json.dumps({"modules": sorted(sys.modules), "seen": seen}))
"""


def loaded(home: Path) -> tuple[set[str], list[str]]:
    """The modules of a program whose first window stands, and what it asks for."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST_WINDOW, str(home)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    return set(said["modules"]), said["seen"]


def heavy(modules: set[str]) -> list[str]:
    """Those that should come later."""
    return sorted(name for name in modules if name in LATER or name.startswith(_BELOW))


_BELOW = tuple(f"{name}." for name in LATER)


def test_the_first_start_loads_nothing_of_the_record(tmp_path: Path) -> None:
    modules, seen = loaded(tmp_path / "record")
    assert seen == ["unlock.set_up"]
    assert heavy(modules) == []


def test_the_passphrase_is_asked_for_by_the_key_file_alone(agency_home: Path) -> None:
    assert len(key_file.load(agency_home).slots) == 2
    modules, seen = loaded(agency_home)
    assert seen == ["unlock.passphrase"]
    # Reading the names of who may unlock opens no secret.
    assert heavy(modules) == []
