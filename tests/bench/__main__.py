"""Prints what this machine measures: `python -m tests.bench`, or bootstrap.py bench."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path

# Before the first Qt import: no display is needed, and none of the developer's own scaling.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_SCALE_FACTOR", None)


def main() -> int:
    """All measurements, then the table; 0 also where one falls short, which the table says."""
    from infusion_visits.core.clock import SystemClock
    from infusion_visits.core.ids import TimedIds
    from infusion_visits.team import actions as team
    from tests.bench import chart_opening, field_save, left_field, note_making, reviewing, startup
    from tests.bench.filled_record import ZONE, filled
    from tests.bench.timing import table

    with tempfile.TemporaryDirectory(prefix="infusion-visits-bench-") as name:
        folder = Path(name)
        print("Measuring: the unlock window ...", file=sys.stderr)
        clock = SystemClock()
        member = team.NewMember("Ines Halvorsen", "RN", "nurse")
        passphrase = "copper lantern walks home"
        ids = TimedIds(clock)
        team.set_up(folder / "home", "Riverbend", member, passphrase, clock, ids, ZONE).close()
        lines = [startup.measure(folder / "home")]
        record = filled(folder / "record.db")
        print("Measuring: a field ...", file=sys.stderr)
        lines.append(field_save.measure(record, folder))
        lines.append(left_field.measure(record))
        print("Measuring: a chart ...", file=sys.stderr)
        lines.extend(chart_opening.measure(record, folder / "record.db"))
        print("Measuring: a note ...", file=sys.stderr)
        lines.append(note_making.measure(record))
        record.engine.dispose()
        print("Measuring: thirty notes reviewed ...", file=sys.stderr)
        lines.extend(reviewing.measure(folder))
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, medians")
    print(table(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
