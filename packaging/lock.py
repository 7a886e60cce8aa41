"""Writes the two locks anew from pyproject.toml: hashes for every platform, and no address.

Needs `uv` beside the interpreter or on the PATH; only whoever changes a dependency runs it.
Give `--upgrade` to take newer releases of everything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BARE = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links"),
)


def main() -> int:
    """Compile the app's lock, then the developers' one in the same versions."""
    beside = str(Path(sys.executable).parent)
    uv = shutil.which("uv", path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    if uv is None:
        print("uv was not found; put it on the PATH", file=sys.stderr)
        return 1
    # A folder of wheels on one machine must not decide what everyone installs.
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.endswith(("_FIND_LINKS", "_INDEX_URL", "_EXTRA_INDEX_URL"))
    }
    app, dev = "packaging/requirements.lock", "packaging/requirements-dev.lock"
    for lock, more in ((app, ()), (dev, ("--group", "dev", "--constraint", app))):
        command = [uv, "pip", "compile", "pyproject.toml", "--group", "build", *more, *BARE]
        command += [*sys.argv[1:], "--output-file", lock]
        done = subprocess.run(command, cwd=CHECKOUT, env=variables, check=False)
        if done.returncode:
            return done.returncode
        if "://" in (CHECKOUT / lock).read_text(encoding="utf-8"):
            print(f"{lock} names an address", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
