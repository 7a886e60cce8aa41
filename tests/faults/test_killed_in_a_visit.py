"""`kill -9` at the real window in the middle of a visit: what was said to be saved is there."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.app import cli
from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.desk import Place
from infusion_visits.core.moments import show_time
from infusion_visits.widgets import theme
from infusion_visits.widgets.messages import InlineMessage
from tests.faults.nurse_at_the_window import FIELDS, HALF, IN_ROUND, cell_of, text_of
from tests.fixtures.records import PASSPHRASE, ZONE

if TYPE_CHECKING:
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from infusion_visits.core.cells import Cell
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]
ROOT = Path(__file__).parents[2]
LONG_MS = 120_000


class Child:
    """The nurse at her window, watched line by line, and killed."""

    def __init__(self, home: Path, visit: UUID, at: datetime, first: int) -> None:
        words = [str(home), str(visit), at.isoformat(), str(first)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nurse_at_the_window", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        self.said: list[dict[str, Any]] = []

    def listen(self, lines: int) -> None:
        """Reads so many lines."""
        assert self.process.stdout is not None
        for _ in range(lines):
            line = self.process.stdout.readline()
            assert line, self.process.communicate()[1]
            self.said.append(json.loads(line))

    def kill(self) -> None:
        """Ends it as a power cut would; what it had said until then counts."""
        self.process.kill()
        rest, errors = self.process.communicate()
        self.said += [json.loads(line) for line in rest.splitlines() if line.endswith("}")]
        assert "Traceback" not in errors, errors


@pytest.fixture
def visit(lived: Lived, tmp_path: Path) -> tuple[Path, UUID, datetime]:
    """A started visit in a closed record; the folder, the visit, and the time at the home."""
    lived.arrive()
    lived.unlocked.close()
    return tmp_path / "record", lived.visit, lived.clock.now()


def test_what_was_left_is_there_and_what_was_half_typed_is_back(
    visit: tuple[Path, UUID, datetime], qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    home, of, now = visit
    chance = random.Random(11)
    number = 0
    # Amid the fields, while typing on in one that is not left, and before anything was typed.
    for lines in (1 + chance.randrange(1, IN_ROUND), 1 + IN_ROUND + 2, 1):
        child = Child(home, of, now, number)
        child.listen(lines)
        child.kill()
        left = [one["left"] for one in child.said if "left" in one]
        number = max([number, *(one + 1 for one in left)])
        instants = [datetime.fromisoformat(one["at"]) for one in child.said if "at" in one]
        kept = [one["kept"] for one in child.said if "kept" in one]
        now = max([now, *instants]) + timedelta(minutes=20)
        number = open_anew(qtbot, home, of, now, number, kept[-1] if kept else None, instants)
        open_after_a_clean_close(qtbot, home, of, now)
    check(home, capsys)


def open_anew(
    qtbot: QtBot,
    home: Path,
    visit: UUID,
    now: datetime,
    number: int,
    kept: str | None,
    instants: list[datetime],
) -> int:
    """Opens what was killed; gives the number of the next field (one may have been under way)."""
    window = unlocked(qtbot, home, now)
    assert window.inside is not None
    workspace = opened(qtbot, window, visit)
    line = workspace.findChild(InlineMessage, "workspace.recovered")
    assert line.isVisible()
    assert "recovered" in line.words.text()
    if instants:
        # At the last field, or at the one that was under way when the power went.
        around = [show_time(instants[-1] + timedelta(minutes=more), ZONE) for more in (0, 1)]
        assert any(f"saved at {time}." in line.words.text() for time in around), line.words.text()
    before = shown(window, visit)
    due = ledger(number)
    if before != due:
        number += 1
        assert before == ledger(number)
    if kept is not None:
        box = at_field(window, visit, HALF)
        now_there = box.toPlainText()
        assert now_there.startswith(kept)
        assert len(now_there) < len(kept) + 25
    window.close()
    return number


def open_after_a_clean_close(qtbot: QtBot, home: Path, visit: UUID, now: datetime) -> None:
    """No line, whatever was done to close."""
    window = unlocked(qtbot, home, now)
    workspace = opened(qtbot, window, visit)
    assert not workspace.findChild(InlineMessage, "workspace.recovered").isVisible()
    window.close()


def check(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The record's own check, as a person would run it."""
    secret = home.parent / "passphrase.txt"
    secret.write_text(PASSPHRASE, "utf-8")
    words = ["--home", str(home), "--as", "nurse", "--passphrase-file", str(secret), "check"]
    assert cli.main(words) == 0, capsys.readouterr().out


def ledger(number: int) -> dict[Cell, str]:
    """What stands in the fields when all before `number` were left."""
    found = dict.fromkeys(FIELDS, "")
    found[FIELDS[2]] = "Slept well."
    for one in range(number):
        found[cell_of(one)] = text_of(one, cell_of(one))
    return found


def shown(window: Window, visit: UUID) -> dict[Cell, str]:
    """What a person reads in the fields."""
    found = {}
    for cell in FIELDS:
        box = at_field(window, visit, cell)
        found[cell] = box.toPlainText() if hasattr(box, "toPlainText") else box.text()
    return found


def at_field(window: Window, visit: UUID, cell: Cell) -> Any:
    """The control of a field, gone to."""
    assert window.inside is not None
    window.inside.open(Place("visit", visit, cell.section, cell))
    QApplication.processEvents()
    box = window.findChild(QWidget, cell.path())
    assert box is not None
    assert box.isVisible()
    return box


def unlocked(qtbot: QtBot, home: Path, now: datetime) -> Window:
    """The window with the record open: only a passphrase was asked, and no question more."""
    window = Window(home, home.parent / "demo", SteppingClock(now), ZONE)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    box = window.findChild(QWidget, "unlock.passphrase")
    assert box is not None
    QTest.keyClicks(box, PASSPHRASE)
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.inside is not None, timeout=LONG_MS)
    assert QApplication.activeModalWidget() is None
    return window


def opened(qtbot: QtBot, window: Window, visit: UUID) -> Any:
    """The workspace of the visit."""
    inside = window.inside
    assert inside is not None
    inside.open(Place("visit", visit))
    workspace = inside.screen_of("visit")
    qtbot.waitUntil(
        lambda: workspace.visit_desk is not None and inside.house.runner.idle, timeout=LONG_MS
    )
    return workspace


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
