"""`kill -9` in the middle of an anaphylaxis: the protocol stands where it was, and stays locked."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import SteppingClock
from infusion_visits.visits.panel.workspace import REACTION
from tests.faults.test_ladder_survives import opened

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]
ROOT = Path(__file__).parents[2]
KEYS = 4


def test_killed_in_a_reaction_it_stands_where_it_was(
    lived: Lived, tmp_path: Path, qtbot: QtBot
) -> None:
    lived.arrive()
    lived.look_at_line()
    lived.vitals()
    made = lived.append(
        "infusion", Row("infusion"), order_id=str(lived.order), device_id=str(lived.device),
        method="pump", second_check="solo", prepared_ml="250",
    )  # fmt: skip
    acts = Row("infusion_event", made.at)
    lived.append("infusion", acts, at="now", kind="start", rate="100", reading_ml="0")
    lived.unlocked.close()
    home, now = tmp_path / "record", lived.clock.now() + timedelta(minutes=20)
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.nurse_at_a_reaction", str(home), str(lived.visit),
         now.isoformat()],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    said = []
    for _ in range(KEYS):
        line = child.stdout.readline()
        assert line, child.communicate()[1]
        said.append(json.loads(line))
    child.kill()
    child.communicate()
    assert [one["after"] for one in said] == ["key", "to epinephrine", "epinephrine", "911"]

    later = SteppingClock(now + timedelta(minutes=3))
    _window, workspace = opened(qtbot, home, lived.visit, later)
    assert workspace.place.section == REACTION
    view = workspace.reaction.view
    assert view.reaction.locked
    assert view.reaction.stopped_at == now.replace(second=0, microsecond=0)
    (given,) = view.reaction.medicines
    assert (given.medicine, given.dose, given.kit) == ("EPINEPHrine", "0.5", True)
    assert view.reaction.called_911 is not None
    assert view.signs.rows[0].chosen() == ("hives",)
    assert not view.decision.on.isVisible()
    assert not workspace.safety._running._buttons["hold"].isVisible()
