"""What every test stands on: no display, no user's own folders, the same examples each time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Before the first Qt import anywhere, or Qt aborts the whole run on a machine without a display.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Qt looks at these when it starts; a developer's own scaling must not move a pixel of a test.
for _name in ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_STYLE_OVERRIDE", "QT_FONT_DPI"):
    os.environ.pop(_name, None)
# Nothing that a test starts may find the developer's own records: platformdirs and Qt ask these.
_HOME = tempfile.TemporaryDirectory(prefix="infusion-visits-tests-", ignore_cleanup_errors=True)
for _name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
    os.environ[_name] = _HOME.name
for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
    os.environ[_name] = str(Path(_HOME.name, _name.lower()))
# Qt warns, and a warning fails a test, where this folder is missing or open to others.
os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="runtime-", dir=_HOME.name)
os.environ.pop("XDG_DOCUMENTS_DIR", None)

import pytest  # noqa: E402 - Qt's environment comes first
from hypothesis import HealthCheck, settings  # noqa: E402 - as above
from pytestqt.qtbot import QtBot  # noqa: E402 - as above

# The gate says the same of the same tree: fixed examples, and no clock on a busy machine.
settings.register_profile(
    "gate",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


# A condition that is waited for comes when it comes; a busy machine is no failure.
(QtBot.waitUntil.__kwdefaults__ or {})["timeout"] = 60_000

pytest_plugins = [
    "tests.fixtures.records",
    "tests.fixtures.demo",
    "tests.fixtures.demo_notes",
    "tests.fixtures.documents",
    "tests.fixtures.two_laptops",
    "tests.fixtures.lived_visit",
    "tests.fixtures.kept_visit",
    "tests.fixtures.office_and_nurse",
]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Qt's own name of the program in tests; never what pytest was started with."""
    return ["infusion-visits-tests"]
