"""A field left until it is durable, with its audit event, against a raw commit of one row."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.fields import NotAValue
from infusion_visits.records.database import connect
from infusion_visits.visits import charting
from tests.bench.filled_record import KEY, Filled, filled
from tests.bench.timing import Line, in_turns

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
ROUNDS = 300
AIM = 2.0
CELL = Cell("vitals", Row("vital_signs", (1,)), "pulse")


def saver(record: Filled) -> Callable[[], None]:
    """Leaves one field, each time with another figure."""
    figures = count(60)

    def save() -> None:
        with record.new_unit() as unit:
            found = charting.record(unit, record.visit, CELL, str(60 + next(figures) % 60))
            if isinstance(found, NotAValue):
                raise TypeError("a figure was not taken")
            unit.commit()

    return save


def raw(path: Path) -> Callable[[], None]:
    """Commits one row with the driver alone, with the same cipher and the same pragmas."""
    connection: Any = connect(path, KEY)
    connection.execute("CREATE TABLE one (n INTEGER PRIMARY KEY, at TEXT, pulse TEXT)")
    numbers = count(1)

    def save() -> None:
        connection.execute("BEGIN IMMEDIATE")
        row = (next(numbers), "2026-11-21T15:00:00.000000Z", "72")
        connection.execute("INSERT INTO one VALUES (?, ?, ?)", row)
        connection.execute("COMMIT")

    return save


def measure(record: Filled, folder: Path) -> Line:
    """Both ways in turns on the same disk; how often the disk is asked to sync, by strace."""
    ours, beside = saver(record), raw(folder / "raw.db")
    for _ in range(20):
        ours()
        beside()
    times = in_turns(ROUNDS, ours, beside)
    syncs = _syncs(folder)
    if syncs is None:
        note = "strace is absent: how often the disk is synced was not counted"
    else:
        note = f"{syncs:.2f} syncs of the disk for each field (aim: one)"
    met = times[0] / times[1] <= AIM and (syncs is None or syncs <= 1.1)
    return Line(
        "field left and durable, a raw commit beside", *times, f"ratio at most {AIM}", met, note
    )


def _syncs(folder: Path) -> float | None:
    """Syncs for each field: a run with more fields less a run with fewer, told by the kernel."""
    strace = shutil.which("strace")
    if strace is None:
        return None
    few, many = 20, 120
    counted = []
    for fields in (few, many):
        log = folder / f"strace-{fields}.txt"
        done = subprocess.run(
            [
                strace, "-f", "-e", "trace=fsync,fdatasync,sync_file_range,msync",
                "-o", str(log), sys.executable, "-m", "tests.bench.field_save",
                str(folder / f"traced-{fields}.db"), str(fields),
            ],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )  # fmt: skip
        if done.returncode != 0:
            return None
        counted.append(len(re.findall(r"\b(?:fsync|fdatasync|msync)\(", log.read_text())))
    return (counted[1] - counted[0]) / (many - few)


if __name__ == "__main__":
    save_one = saver(filled(Path(sys.argv[1])))
    for _ in range(int(sys.argv[2])):
        save_one()
