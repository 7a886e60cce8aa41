"""The first window against an empty window of Qt: each in a process of its own, seen painted."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.timing import Line, median_ms

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
ROUNDS = 9
AIM = 1.3

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1366, 768)
window.show()
while not window.windowHandle().isExposed():
    application.processEvents()
application.processEvents()
print("painted", flush=True)
import os
os._exit(0)
"""

OURS = """
import os, sys
from pathlib import Path
from infusion_visits.__main__ import import_before_qt
import_before_qt()
from infusion_visits.app import window
from PySide6.QtWidgets import QApplication

def painted(application):
    shown = QApplication.topLevelWidgets()
    while not any(one.windowHandle() and one.windowHandle().isExposed() for one in shown):
        application.processEvents()
    application.processEvents()
    print("painted", flush=True)
    os._exit(0)

QApplication.exec = painted
window.Window.warm_up = lambda self: None
window.run_window(Path(sys.argv[1]))
"""


def measure(home: Path) -> Line:
    """The median of both ways, in turns; compiled bytecode is there after a first round."""
    _seen(OURS, [str(home)])
    _seen(EMPTY, [])
    ours, empty = [], []
    for _ in range(ROUNDS):
        ours.append(_seen(OURS, [str(home)]))
        empty.append(_seen(EMPTY, []))
    line = (median_ms(ours), median_ms(empty))
    return Line(
        "unlock window, an empty window beside",
        *line,
        f"ratio at most {AIM}",
        line[0] / line[1] <= AIM,
    )


def _seen(script: str, arguments: Sequence[str]) -> float:
    """Seconds from starting the interpreter until the window is painted."""
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        taken = time.perf_counter() - start
        if said != "painted\n":
            assert child.stderr is not None
            raise RuntimeError(f"the window did not come: {child.stderr.read()}")
    return taken
