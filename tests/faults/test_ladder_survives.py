"""The ladder is right after `kill -9`, after the laptop slept, and after its clock was set."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from infusion_visits.app.window import Window
from infusion_visits.core.cells import Row
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.desk import Place
from infusion_visits.widgets.messages import InlineMessage
from tests.fixtures.records import PASSPHRASE, ZONE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]
ROOT = Path(__file__).parents[2]
LONG_MS = 120_000


@pytest.fixture
def waiting(lived: Lived, tmp_path: Path) -> tuple[Path, UUID, datetime]:
    """An infusion that is set up and may be started; its record is closed."""
    lived.arrive()
    lived.look_at_line()
    made = lived.append(
        "infusion", Row("infusion"), order_id=str(lived.order), device_id=str(lived.device),
        method="pump", second_check="solo",
    )  # fmt: skip
    lived.append("infusion", Row("product_lot", made.at), lot="LX4402", expiry="2028-06-30")
    lived.vitals()
    lived.unlocked.close()
    whole = lived.clock.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    return tmp_path / "record", lived.visit, whole


def opened(qtbot: QtBot, home: Path, visit: UUID, clock: SteppingClock) -> tuple[Window, Any]:
    """The window, which has to be held, and in it the workspace of the visit."""
    window = Window(home, home.parent / "demo", clock, ZONE)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    box = window.findChild(QWidget, "unlock.passphrase")
    assert box is not None
    QTest.keyClicks(box, PASSPHRASE)
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.inside is not None, timeout=LONG_MS)
    inside = window.inside
    assert inside is not None
    inside.open(Place("visit", visit))
    workspace = inside.screen_of("visit")
    qtbot.waitUntil(
        lambda: workspace.visit_desk is not None and inside.house.runner.idle, timeout=LONG_MS
    )
    return window, workspace


def pane(workspace: Any) -> str:
    """All words of the card of the running infusion."""
    card = workspace.safety._running
    words = [one.text() for one in card.findChildren(QLabel) if one.isVisibleTo(card)]
    return "\n".join(words).replace("\u00a0", " ")


def test_killed_in_an_infusion_it_goes_on_where_it_was(
    waiting: tuple[Path, UUID, datetime], qtbot: QtBot
) -> None:
    home, visit, now = waiting
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nurse_at_an_infusion", str(home), str(visit),
         now.isoformat()],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    said = []
    for _ in range(2):
        line = child.stdout.readline()
        assert line, child.communicate()[1]
        said.append(json.loads(line))
    child.kill()
    child.communicate()
    assert [one["act"] for one in said] == ["start", "step"]
    # 50 minutes after the start: 41 at 100 mL/h, 9 at 200 mL/h, though nothing ran in between.
    _window, workspace = opened(qtbot, home, visit, SteppingClock(now + timedelta(minutes=50)))
    words = pane(workspace)
    assert "200 mL/h now" in words
    assert "98.3 mL of 250 mL" in words
    form = workspace.forms.form("infusion")
    workspace.show_section("infusion")
    form = workspace.forms.form("infusion")
    table = "\n".join(
        one.text().replace("\u00a0", " ") for one in form.plan.findChildren(QLabel) if one.text()
    )
    assert "First plan" in table


def test_a_laptop_that_slept_is_right_at_the_next_look(
    waiting: tuple[Path, UUID, datetime], qtbot: QtBot
) -> None:
    home, visit, now = waiting
    clock = SteppingClock(now)
    _window, workspace = opened(qtbot, home, visit, clock)
    desk = workspace.visit_desk
    desk.append(Row("infusion_event", (1,)), {"at": "now", "kind": "start", "rate": "100"})
    qtbot.waitUntil(lambda: "100 mL/h now" in pane(workspace), timeout=LONG_MS)
    # 47 minutes in which no timer fired; the next one second timer is the next look.
    clock.forward(minutes=47)
    qtbot.waitUntil(lambda: "Step is late by" in pane(workspace), timeout=LONG_MS)
    line = workspace.findChild(InlineMessage, "workspace.clock")
    qtbot.waitUntil(line.isVisible, timeout=LONG_MS)
    assert "slept, or stood still, for 47 min" in line.words.text()
    assert "78.3 mL of 250 mL" in pane(workspace)
    codes = [one.code for one in workspace._view.findings]
    assert "infusion.step_late" in codes
    assert "clock-set" not in codes


def test_a_clock_that_is_set_back_is_said_kept_and_asked_about(
    waiting: tuple[Path, UUID, datetime], qtbot: QtBot
) -> None:
    home, visit, now = waiting
    clock = SteppingClock(now)
    _window, workspace = opened(qtbot, home, visit, clock)
    clock.set_by(minutes=-12)
    line = workspace.findChild(InlineMessage, "workspace.clock")
    qtbot.waitUntil(line.isVisible, timeout=LONG_MS)
    assert "went back 12 min" in line.words.text()
    qtbot.waitUntil(
        lambda: "clock-set" in [one.code for one in workspace._view.findings], timeout=LONG_MS
    )
    (change,) = workspace._view.record.clock_changes
    assert (change.what, change.seconds) == ("back", 720)
