"""The libraries that Qt takes from the system: found missing, and on Debian or Ubuntu installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# What QtGui and QtWidgets load on a bare Debian 12, probed with ldd in a minimal root.
LOADED_ALWAYS = (
    "libglib2.0-0",
    "libegl1",
    "libgl1",
    "libx11-6",
    "libdbus-1-3",
    "libfontconfig1",
    "libfreetype6",
    "libxkbcommon0",
    "libbrotli1",
    "libgssapi-krb5-2",
)
# What the X11 plugin loads besides, with which a window is shown.
LOADED_FOR_A_WINDOW = (
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)
STARTS = "from PySide6.QtWidgets import QApplication; QApplication([])"
WINDOW_PLUGIN = (
    "import pathlib, PySide6;"
    "print(pathlib.Path(PySide6.__file__).parent / 'Qt' / 'plugins' / 'platforms' / 'libqxcb.so')"
)


def ensure(python: Path, *, window: bool = False, must: bool = True) -> None:
    """Sees to it that Qt starts; `window` asks for a real one rather than a picture of it.

    Exits with the one line to paste where it may not install. With `must` off it only says that
    line: the commands of the program need no Qt.
    """
    if sys.platform != "linux":
        return
    if not _starts(python):
        install(list(LOADED_ALWAYS), "Qt lacks some system libraries", must=must)
        if must and not _starts(python):
            sys.exit("Qt still does not start: " + _last_words(python))
    if window and _window_lacks(python):
        install(list(LOADED_FOR_A_WINDOW), "Qt lacks some libraries for a window")


def install(packages: list[str], why: str, *, must: bool = True) -> None:
    """Installs Debian packages as root; otherwise says the one line that does it."""
    line = "apt-get install -y --no-install-recommends " + " ".join(packages)
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        _ask_for(f"sudo apt-get update && sudo {line}" if apt else "", packages, why, must=must)
        return
    print(f"{why}: {line}", file=sys.stderr, flush=True)
    variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # An index that cannot be fetched anew may still do; what is missing then, install says.
    subprocess.run([apt, "update", "-qq"], env=variables, capture_output=True, check=False)
    done = subprocess.run(
        [apt, "-qq", *line.split()[1:]],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr, flush=True)
    if done.returncode and must:
        sys.exit(f"apt-get did not install them. Once it can, run: {line}")


def _ask_for(line: str, packages: list[str], why: str, *, must: bool) -> None:
    how = line or "install what your system calls " + " ".join(packages)
    words = f"{why}. Run this once, then start again:\n{how}"
    if must:
        sys.exit(words)
    print(f"{words}\n(needed for the window, not for what follows)", file=sys.stderr, flush=True)


def _tried(python: Path) -> subprocess.CompletedProcess[str]:
    # In a process of its own: where a library or a font is missing Qt aborts, it does not raise.
    return subprocess.run(
        [str(python), "-c", STARTS],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


def _starts(python: Path) -> bool:
    return _tried(python).returncode == 0


def _last_words(python: Path) -> str:
    lines = _tried(python).stderr.strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def _window_lacks(python: Path) -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    plugin = subprocess.run(
        [str(python), "-c", WINDOW_PLUGIN], capture_output=True, text=True, check=False
    ).stdout.strip()
    ldd = shutil.which("ldd")
    if not plugin or ldd is None:
        return False
    linked = subprocess.run([ldd, plugin], capture_output=True, text=True, check=False)
    return "not found" in linked.stdout
