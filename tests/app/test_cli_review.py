"""Notes and answers through the command line: one plain line each, and the whole way home."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from infusion_visits.app import cli
from infusion_visits.visits.answers import note_state
from tests.fixtures.records import OTHER_PASSPHRASE, PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.office_and_nurse import TwoLaptops

pytest_plugins = ["tests.fixtures.kept_visit", "tests.fixtures.office_and_nurse"]

Said = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def stick(laptops: TwoLaptops, tmp_path: Path) -> Path:
    """A stick with the nurse's note on it; both laptops closed."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "visit.pdf").write_bytes(laptops.nurse.file(laptops.visit))
    laptops.coordinator.opened.close()
    laptops.nurse.opened.close()
    return folder


@pytest.fixture
def run(laptops: TwoLaptops, tmp_path: Path, capsys: Said) -> Run:
    """A command at one of the laptops: its answer, its words, its complaints."""

    def command(who: str, *words: object) -> tuple[int, list[str], list[str]]:
        secret = tmp_path / f"{who}.txt"
        secret.write_text(OTHER_PASSPHRASE if who == "coordinator" else PASSPHRASE)
        home = laptops.folder / ("office" if who == "coordinator" else "nurse")
        opening = ["--home", str(home), "--as", who, "--passphrase-file", str(secret)]
        capsys.readouterr()
        answer = cli.main([*opening, *(str(word) for word in words)])
        said = capsys.readouterr()
        return answer, said.out.splitlines(), said.err.splitlines()

    return command


def test_from_the_stick_to_the_answer_and_home(run: Run, stick: Path, laptops: TwoLaptops) -> None:
    visit = laptops.visit
    answer, said, _ = run("coordinator", "import", stick)
    assert answer == 0
    assert said == [
        f"{stick / 'visit.pdf'}: Filed, with a new patient. (visit {visit})",
        "1 filed.",
    ]
    assert run("coordinator", "import", stick / "visit.pdf")[1][-1] == "1 already known."
    answer, (line,), _ = run("coordinator", "review", "list")
    assert re.search(rf"{visit}  2026-11-21  received  Okafor, Maren  Vein collapse", line)
    assert run("coordinator", "review", "return", visit, "Who was told?")[0] == 0
    assert "received (returned, not sent)" in run("coordinator", "review", "list")[1][0]
    answer, said, _ = run("coordinator", "review", "send", "--to", stick)
    assert (answer, said[-1]) == (0, "1 answer signed, 1 file written.")
    answer, said, _ = run("nurse", "import", stick)
    assert answer == 0
    assert f"  The note is returned. (visit {visit})" in said
    assert said[-1] == "1 taken in, 1 already known."
    nurse = laptops.open_again("nurse")
    with nurse.unit() as unit:
        assert note_state(unit, visit) == "returned"
    nurse.opened.close()
    assert run("coordinator", "review", "approve", visit)[0] == 0
    run("coordinator", "review", "send", "--to", stick)
    assert run("coordinator", "review", "list") == (0, [], ["Nothing to review."])
    assert " approved " in run("coordinator", "review", "list", "--all")[1][0]


def test_each_faulty_file_has_its_line_and_the_good_one_goes_in(
    run: Run, stick: Path, laptops: TwoLaptops
) -> None:
    whole = (stick / "visit.pdf").read_bytes()
    (stick / "cut.pdf").write_bytes(whole[:-900])
    (stick / "empty.pdf").write_bytes(b"")
    (stick / "junk.ivanswer").write_bytes(b"{}")
    (stick / "readme.txt").write_bytes(b"not looked at")
    (stick / "loop").symlink_to(stick)
    answer, said, wrong = run("coordinator", "import", stick)
    assert answer == 1
    assert len(wrong) == 3
    assert all(line.endswith(".") for line in wrong)
    assert f"{stick / 'visit.pdf'}: Filed, with a new patient. (visit {laptops.visit})" in said
    assert "1 filed" in said[2] or "1 filed" in " ".join(said)
    answer, _, wrong = run("coordinator", "import", stick / "nothing.pdf")
    assert (answer, wrong) == (1, [f"{stick / 'nothing.pdf'}: There is no such file."])


def test_a_nurse_decides_nothing_by_command_either(run: Run, stick: Path) -> None:
    del stick
    answer, _, wrong = run("nurse", "review", "send")
    assert answer == 1
    assert wrong == ["Only a coordinator decides on notes."]
