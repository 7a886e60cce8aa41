"""The project's own `.venv`, made from the hashed locks, and quick when it is already right."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import system_libraries

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = VENV / "infusion-visits.json"
APP_LOCK = CHECKOUT / "packaging" / "requirements.lock"
# Holds the former's packages too, in the same versions.
DEV_LOCK = CHECKOUT / "packaging" / "requirements-dev.lock"
LINES_SHOWN_OF_A_FAILURE = 20


def say(words: str) -> None:
    """One line to the person in front of the terminal."""
    print(words, file=sys.stderr, flush=True)


def plain_environment() -> dict[str, str]:
    """The variables for a child: nothing that bends its imports or its start-up time."""
    variables = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV"):
        variables.pop(name, None)
    # Some build machines set it, and then every start compiles some thousand files again.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    return variables


def ready(*, dev: bool = False) -> Path:
    """The interpreter of an environment that fits the locks; makes or mends it where needed.

    Exits with one line where that cannot be done.
    """
    wanted = {
        "app": _digest(APP_LOCK),
        "dev": _digest(DEV_LOCK) if dev else "",
        "house": _digest(CHECKOUT / "pyproject.toml", sys.version),
        "where": str(VENV),
    }
    found = _stamp()
    if not dev:
        # An environment for the tests holds everything the program needs.
        wanted["dev"] = found.get("dev", "")
    if found == wanted:
        return PYTHON
    started = time.monotonic()
    STAMP.unlink(missing_ok=True)
    # The scripts in an environment name its folder: one that was moved is made anew.
    if found.get("where", wanted["where"]) != wanted["where"] or not _usable():
        found = {}
        _make()
    if (found.get("app"), found.get("dev")) != (wanted["app"], wanted["dev"]):
        _install(DEV_LOCK if wanted["dev"] else APP_LOCK)
        if wanted["dev"]:
            wanted["dev"] = _digest(DEV_LOCK)
    _install_the_checkout()
    system_libraries.ensure(PYTHON, must=dev)
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    say(f"Ready after {time.monotonic() - started:.0f} s; the next start is quick.")
    return PYTHON


def _digest(file: Path, *more: str) -> str:
    parts = [file.read_bytes(), *(text.encode() for text in more)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _stamp() -> dict[str, str]:
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    # Half of a stamp, or one written by another program, is no stamp.
    return found if isinstance(found, dict) and PYTHON.exists() else {}


def _usable() -> bool:
    """Whether `.venv` runs, belongs to this Python and can install."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    asked = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(PYTHON), "-c", asked],
            env=plain_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == version


def _make() -> None:
    say(f"Making {VENV}")
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        # Debian and Ubuntu keep both out of their python3.
        system_libraries.install([f"python3.{sys.version_info[1]}-venv"], "python3 has no venv")
    _quietly([sys.executable, "-m", "venv", "--clear", str(VENV)], "The environment was not made.")


def _install(lock: Path) -> None:
    count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    say(f"Installing {count} packages from {lock.name}; the first time takes a minute or two.")
    command = [
        *_pip("install", "--no-deps", "--compile", "--require-hashes", "--requirement", str(lock)),
        # Threat: building from source would fetch build tools that no hash in the lock speaks for.
        "--only-binary=:all:",
    ]
    _quietly(command, "The packages were not installed.", count=count)


def _install_the_checkout() -> None:
    # Its build tools stand in the lock, so this asks nothing of the network.
    command = _pip("install", "--no-deps", "--no-index", "--no-build-isolation")
    _quietly(
        [*command, "--editable", str(CHECKOUT)], "The program was not put into the environment."
    )
    package = str(CHECKOUT / "infusion_visits")
    # Quiet, and a file that does not compile is for the program's own start to complain of.
    subprocess.run(
        [str(PYTHON), "-m", "compileall", "-qq", package], env=plain_environment(), check=False
    )


def _pip(*arguments: str) -> list[str]:
    return [
        *(str(PYTHON), "-m", "pip", "--no-input", "--disable-pip-version-check"),
        *arguments,
        *("--progress-bar", "off"),
    ]


def _quietly(command: list[str], trouble: str, *, count: int = 0) -> None:
    """Runs one step and counts the packages as they come; shows its words only if it fails."""
    variables = plain_environment() | {"PIP_USER": "0", "PIP_ROOT_USER_ACTION": "ignore"}
    words: list[str] = []
    come = 0
    with subprocess.Popen(
        command,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as step:
        for line in step.stdout or ():
            words.append(line.rstrip())
            if count and line.startswith("Collecting "):
                come += 1
                if come % 10 == 0 or come == count:
                    say(f"  {come} of {count}")
            elif count and line.startswith("Installing collected"):
                say("  unpacking")
    if step.returncode:
        say("\n".join(words[-LINES_SHOWN_OF_A_FAILURE:]))
        sys.exit(f"{trouble} The lines above say why; run the same command again after that.")
