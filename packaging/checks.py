"""Every check that a change must pass; `bootstrap.py test` runs it inside the environment."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
FILE_LINES = 400
FUNCTION_LINES = 50
# Tests read notes with pypdfium2; where these are present some read them a second time.
SECOND_READERS = ("pdftotext", "qpdf")

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff format", ("ruff", "format", "--check", "--output-format", "concise", ".")),
    ("ruff check", ("ruff", "check", "--output-format", "concise", ".")),
    ("lint-imports", ("lint-imports", "--no-cache", "--no-logo")),
    ("mypy", ("mypy",)),
    # Two at a time: this is a nurse's laptop, and more would fight over its two cores.
    ("pytest", ("pytest", "-q", "-n", "2")),
)


def main() -> int:
    """Run every step even after one has failed; returns 1 if any did."""
    results = []
    for name, command in STEPS:
        more = tuple(sys.argv[1:]) if name == "pytest" else ()
        results.append((name, *_step(name, (*command, *more))))
    _say_what_is_long()
    absent = [tool for tool in SECOND_READERS if shutil.which(tool) is None]
    print("Absent, so not used: " + (", ".join(absent) or "nothing"))
    print()
    for name, passed, seconds, last in results:
        print(f"{'ok  ' if passed else 'FAIL'} {name:<13} {seconds:6.1f} s  {last}".rstrip())
    return 0 if all(passed for _, passed, _, _ in results) else 1


def _step(name: str, command: tuple[str, ...]) -> tuple[bool, float, str]:
    """One step with its words shown as they come: passed, seconds, its last line."""
    print(f"== {name}", flush=True)
    tool = shutil.which(command[0], path=str(BIN))
    if tool is None:
        print(f"{command[0]} is not in {BIN}")
        return False, 0.0, "not installed"
    started = time.monotonic()
    last = ""
    with subprocess.Popen(
        [tool, *command[1:]],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as step:
        for line in step.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    return step.returncode == 0, time.monotonic() - started, last


def _say_what_is_long() -> None:
    """Where to look again: a list to read, not a gate."""
    long: list[str] = []
    for file in sorted((CHECKOUT / "infusion_visits").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        where = file.relative_to(CHECKOUT).as_posix()
        lines = text.count("\n")
        if lines > FILE_LINES:
            long.append(f"{where}: {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > FUNCTION_LINES:
                    long.append(f"{where}:{node.lineno}: {node.name} has {size} lines")
    print(f"\nFiles over {FILE_LINES} and functions over {FUNCTION_LINES} lines, to look at again:")
    print("\n".join(long) or "none")


if __name__ == "__main__":
    sys.exit(main())
