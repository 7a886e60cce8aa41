"""`note` for many: of a day, a patient, all that are here only; and one beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.app import cli
from infusion_visits.app.demo import make
from infusion_visits.app.places import DEMO_PASSPHRASE
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.patients.queries import search
from infusion_visits.visits import history, signing
from infusion_visits.visits.queries import VisitLine, list_visits
from tests.fixtures.demo import DEMO_MORNING, DEMO_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.actions import Unlocked

Said = pytest.CaptureFixture[str]


class Terminal:
    """The command line of the demo agency's nurse, with a folder for what it writes."""

    def __init__(self, home: Path, out: Path) -> None:
        self.home, self.out = home, out
        self.secret = home.parent / "passphrase.txt"
        self.secret.write_text(f"{DEMO_PASSPHRASE}\n")

    def note(self, *words: str) -> int:
        opening = ["--home", str(self.home), "--as", "nurse"]
        opening += ["--passphrase-file", str(self.secret)]
        return cli.main([*opening, "note", *words, "--to", str(self.out)])

    def look(self, work: Callable[[UnitOfWork], object]) -> object:
        unlocked = self.unlock()
        clock = SteppingClock(DEMO_MORNING)
        try:
            with unlocked.unit(clock, seeded_ids(clock, 1), DEMO_ZONE, write=False) as unit:
                return work(unit)
        finally:
            unlocked.close()

    def unlock(self) -> Unlocked:
        return make.unlock_demo(self.home, SteppingClock(DEMO_MORNING))

    def signed(self) -> list[VisitLine]:
        found = self.look(
            lambda unit: [one for one in list_visits(unit) if one.status is VisitStatus.SIGNED]
        )
        assert isinstance(found, list)
        return found

    def here(self) -> object:
        return self.look(history.only_here_count)


@pytest.fixture
def terminal(demo_home: Path, tmp_path: Path) -> Terminal:
    return Terminal(demo_home, tmp_path / "out")


def test_all_that_are_here_only_leave_once(terminal: Terminal, capsys: Said) -> None:
    count = len(terminal.signed())
    assert terminal.here() == count
    assert terminal.note("--unsent", "--worklist") == 0
    said = capsys.readouterr()
    paths = said.out.splitlines()
    assert len(paths) == count + 1
    assert paths[-1].startswith(str(terminal.out / "worklist-"))
    assert sorted(paths) == sorted(str(path) for path in terminal.out.iterdir())
    assert "Left out: Nakamura, Kenji, 20 Nov 2026 15:00" in said.err
    assert f"{count} notes are in the folder. The worklist lies beside them." in said.err
    assert terminal.here() == 0
    assert terminal.note("--unsent") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("Notes on this laptop only: there is none to export.\n")


def test_of_a_patient_and_of_a_day(terminal: Terminal, capsys: Said) -> None:
    patient = terminal.look(lambda unit: search(unit, "Okafor", 1)[0].id)
    own = [one for one in terminal.signed() if one.patient == patient]
    assert terminal.note("--patient", str(patient)) == 0
    names = {path.name for path in terminal.out.iterdir()}
    assert names == {f"visit-{one.scheduled:%Y-%m-%d}-{one.id.hex[-6:]}.pdf" for one in own}
    capsys.readouterr()
    terminal.out = terminal.out.parent / "day"
    assert terminal.note("--day", "2026-10-31") == 0
    assert len(capsys.readouterr().out.splitlines()) >= 1
    assert all("2026-10-31" in path.name for path in terminal.out.iterdir())
    assert terminal.note("--patient", "00000000-0000-0000-0000-000000000001") == 1
    assert "not in the record" in capsys.readouterr().err


def test_what_does_not_go_together_is_one_line(terminal: Terminal, capsys: Said) -> None:
    visit = str(terminal.signed()[0].id)
    assert terminal.note(visit, "--worklist") == 1
    assert capsys.readouterr().err == ("A worklist goes with --day, --patient or --unsent.\n")
    for words in ([], [visit, "--unsent"], ["--day", "yesterday"]):
        with pytest.raises(SystemExit):
            terminal.note(*words)
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_one_note_is_noted_as_handed_over_and_beside_the_window_it_is_said(
    terminal: Terminal, capsys: Said
) -> None:
    first, second = terminal.signed()[:2]
    count = len(terminal.signed())
    assert terminal.note(str(first.id)) == 0
    assert capsys.readouterr().err == ""
    assert terminal.here() == count - 1
    window = terminal.unlock()
    try:
        assert terminal.note(str(second.id)) == 0
        said = capsys.readouterr()
        assert said.err == (
            "The window has the record open: that the note left this laptop was not written down.\n"
        )
        assert terminal.note("--unsent") == 1
        assert "already open in another window" in capsys.readouterr().err
    finally:
        window.close()
    file = terminal.look(lambda unit: signing.load_file(unit, second.id))
    assert (terminal.out / said.out.strip()).read_bytes() == file
    assert terminal.here() == count - 1
