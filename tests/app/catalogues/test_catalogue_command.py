"""`catalogue check FILE` prints what a file changes or gets wrong, without any record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.app import cli

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

BEFORE = "50\u00a0/min or less, above 110\u00a0/min"
AFTER = "45\u00a0/min or less, above 120\u00a0/min"
GOOD = """\
edition = "2026-1"

[pulse]
amber = ["<= 45", "> 120"]
source = "Agency protocol 12, 2026"
"""


def test_a_good_file_is_told_and_the_answer_is_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "vitals.toml"
    file.write_text(GOOD, "utf-8")
    assert cli.main(["catalogue", "check", str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Vital signs: limits, agency edition 2026-1: 1 entry changes.",
        "",
        "Pulse [pulse]",
        f"  amber: {BEFORE} -> {AFTER}",
        "  source: Agency protocol 12, 2026",
        "",
        "Per agency protocol and prescriber's order.",
    ]


def test_a_bad_file_is_told_with_its_line_and_the_answer_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "agency.toml"
    file.write_text('catalogue = "vitals"\n' + GOOD.replace("amber", "ambr"), "utf-8")
    assert cli.main(["catalogue", "check", str(file)]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "agency.toml, line 5: pulse, ambr: this key is not known. Did you mean amber?"
    assert out[2] == "agency.toml cannot be used: 1 thing is wrong."


def test_a_file_that_is_not_there_is_one_plain_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["catalogue", "check", str(tmp_path / "none.toml")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("The file cannot be opened.")
    assert said.err.count("\n") == 1
